"""The stores that the contract is tried on. PostgreSQL takes part where its driver and its programs are installed."""

from __future__ import annotations

import importlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from selon.ledger import Ledger, open_ledger


def _program(name: str) -> str | None:
    found = shutil.which(name)
    if found:
        return found
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((str(f / name) for f in folders if (f / name).exists()), None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a private PostgreSQL server on a socket in a temporary folder."""
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed (selon[pg])")
    initdb, server = _program("initdb"), _program("postgres")
    if not initdb or not server:
        pytest.skip("PostgreSQL is not installed")
    # The server refuses to run as root: it then runs as a user without rights.
    user = next((u for u in ("postgres", "nobody") if _exists(u)), None) if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as folder:
        if user is not None:
            shutil.chown(folder, user)
        data = f"{folder}/data"
        made = [initdb, "-D", data, "-A", "trust", "-U", "selon", "-E", "UTF8", "--locale=C"]
        subprocess.run(made, check=True, capture_output=True, user=user, cwd=folder)
        # Ours alone, and only for these tests: no TCP, no durability.
        options = ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
        running = subprocess.Popen([server, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user, cwd=folder)
        try:
            ready = _program("pg_isready") or "pg_isready"
            for _ in range(100):
                if subprocess.run([ready, "-h", folder], capture_output=True).returncode == 0:
                    break
                time.sleep(0.1)
            yield f"postgresql://selon@/postgres?host={folder}"
        finally:
            running.terminate()
            running.wait()


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


@pytest.fixture(params=["file", "memory", "postgres"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    if request.param == "postgres":
        address = request.getfixturevalue("postgres")
        _empty(address)
    else:
        address = ":memory:" if request.param == "memory" else str(tmp_path / "ledger.sqlite")
    with open_ledger(address) as opened:
        yield opened


def _empty(address: str) -> None:
    psycopg: Any = importlib.import_module("psycopg")  # an extra: type checkers may not have it
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
