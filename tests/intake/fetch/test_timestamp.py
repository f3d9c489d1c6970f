"""Time stamps from an authority of the test: openssl signs behind a real server on loopback."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selon.errors import FetchError, UsageError
from selon.intake.fetch import Client
from selon.intake.fetch.timestamp import read_roots, time_stamp
from tests.intake.fetch.authority import Authority, made_authority
from tests.intake.fetch.server import Site

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl plays the authority")
pytest.importorskip("rfc3161_client")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return made_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(agent="t", private=True) as made:
        yield made


def test_a_stamp_that_openssl_believes(site: Site, client: Client, authority: Authority, tmp_path: Path) -> None:
    site.answers["/tsa"] = authority.answer
    data = b"Bilan : 4 morts"
    stamp = time_stamp(client, site.url + "/tsa", data, read_roots(str(authority.roots)))
    assert abs((datetime.now(UTC) - stamp.said_at).total_seconds()) < 60
    (tmp_path / "data").write_bytes(data)
    (tmp_path / "tsr").write_bytes(stamp.token)
    check = ["openssl", "ts", "-verify", "-data", "data", "-in", "tsr", "-CAfile", str(authority.roots)]
    assert "OK" in subprocess.run(check, cwd=tmp_path, capture_output=True, text=True).stdout
    assert data not in site.asked[-1].body, "only the hash leaves the machine"


def test_a_stamp_of_somebody_unknown(site: Site, client: Client, authority: Authority, tmp_path: Path) -> None:
    other = made_authority(tmp_path)
    site.answers["/tsa"] = other.answer
    with pytest.raises(FetchError, match="SEL-F021"):
        time_stamp(client, site.url + "/tsa", b"x", read_roots(str(authority.roots)))
    assert time_stamp(client, site.url + "/tsa", b"x", []).token  # kept without roots: they can be checked later


def test_a_stamp_of_something_else(site: Site, client: Client, authority: Authority) -> None:
    site.answers["/tsa"] = authority.answer
    earlier = time_stamp(client, site.url + "/tsa", b"other bytes", [])
    site.answers["/tsa"] = lambda r: r.give(earlier.token, Content_Type="application/timestamp-reply")
    with pytest.raises(FetchError, match="SEL-F021"):
        time_stamp(client, site.url + "/tsa", b"x", [])


@pytest.mark.parametrize("answer", [b"", b"nonsense", b"\x30\x03\x02\x01\x02", b"\x30\x05\x30\x03\x02\x01\x02"])
def test_an_authority_that_gives_none(site: Site, client: Client, answer: bytes) -> None:
    site.answers["/tsa"] = lambda r: r.give(answer)
    with pytest.raises(FetchError, match="SEL-F020"):
        time_stamp(client, site.url + "/tsa", b"x", [])
    site.answers["/tsa"] = lambda r: r.give("", 503)
    with pytest.raises(FetchError, match="SEL-F020"):
        time_stamp(client, site.url + "/tsa", b"x", [])


def test_roots_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "roots.pem").write_text("no certificate")
    for name in ("roots.pem", "missing.pem"):
        with pytest.raises(UsageError, match="SEL-U095"):
            read_roots(str(tmp_path / name))
