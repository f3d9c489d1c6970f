"""Ledgers that cannot be opened, written or found; several writers; a writer killed in the middle."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from selon.errors import LedgerError
from selon.ledger import open_ledger
from selon.ledger.engine import engine_for, in_words
from selon.ledger.migrate import HOME, config
from selon.ledger.schema import APPEND_ONLY, HEAD, is_ours, metadata
from tests.ledger.sample import reading, report


def test_no_ledger_here(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"SEL-L001.*Try: read some reports"):
        open_ledger(str(tmp_path / "none.sqlite"), create=False)
    assert not (tmp_path / "none.sqlite").exists()


def test_an_empty_file_becomes_a_ledger_only_when_asked(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(LedgerError, match="SEL-L001"):
        open_ledger(str(tmp_path / "empty"), create=False)
    open_ledger(str(tmp_path / "empty")).close()
    open_ledger(str(tmp_path / "empty"), create=False).close()


def test_folders_are_made(tmp_path: Path) -> None:
    open_ledger(str(tmp_path / "a" / "b" / "ledger.sqlite")).close()


def test_a_file_that_is_something_else(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("These are notes, and long enough not to be taken for an empty database. " * 10)
    with pytest.raises(LedgerError, match="SEL-L002"):
        open_ledger(str(file))
    assert file.read_text().startswith("These are notes")
    with pytest.raises(LedgerError, match="SEL-L002"):
        open_ledger(str(tmp_path))


def test_a_name_that_the_system_refuses(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"SEL-L005.*Try:"):
        open_ledger(str(tmp_path / ("l" * 400)))


def test_a_database_of_another_program(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE bookmark (url)")
    other.close()
    with pytest.raises(LedgerError, match=r"SEL-L002.*bookmark"):
        open_ledger(str(file))
    with sqlite3.connect(file) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmark",)]
        other.execute("CREATE TABLE alembic_version (version_num)")
    other.close()
    with pytest.raises(LedgerError, match="SEL-L002"):
        open_ledger(str(file))


def test_a_newer_ledger(tmp_path: Path) -> None:
    file = str(tmp_path / "ledger.sqlite")
    open_ledger(file).close()
    with sqlite3.connect(file) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(LedgerError, match=r"SEL-L003.*9999"):
        open_ledger(file)


def test_a_locked_ledger(tmp_path: Path) -> None:
    file = str(tmp_path / "ledger.sqlite")
    with open_ledger(file, busy_ms=50) as ledger:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="SEL-L004"):
            ledger.add(reading())
        assert list(ledger.events()) == []  # questions are answered all the same
        other.execute("ROLLBACK")
        other.close()
        assert ledger.add(reading())


def test_a_full_disk_keeps_what_was_read(tmp_path: Path) -> None:
    file = str(tmp_path / "ledger.sqlite")
    with open_ledger(file) as ledger:
        ledger.add(reading(), b"raw")
        with ledger.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LedgerError, match=r"SEL-L006.*kept"):
            for k in range(100):
                ledger.keep(report(f"r{k}", f"text {k}"), os.urandom(4000))
    with open_ledger(file) as ledger:
        assert ledger.reading("port-soudan") == reading()
        names = [r.name for r in ledger.reports()]
        assert len(names) == len(set(names))
        ledger.keep(report("after", "room again"), os.urandom(4000))


def test_a_ledger_that_may_only_be_read(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    with open_ledger(str(file)) as ledger:
        ledger.add(reading())
    from selon.ledger.engine import _file_engine, _tuned
    from selon.ledger.ledger import Ledger
    from selon.ledger.migrate import prepare

    # As for a user without permission to write (tests may run as root, whom permissions do not stop).
    engine = _tuned(_file_engine(file, writable=False), 100, writable=False)
    prepare(engine, str(file), create=False)
    with Ledger(engine, str(file)) as ledger:
        assert ledger.reading("port-soudan") == reading()
        with pytest.raises(LedgerError, match="SEL-L005"):
            ledger.add(reading(version="3"))


def test_a_damaged_ledger(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    with open_ledger(str(file)) as ledger:
        ledger.add(reading(), b"raw")
    raw = bytearray(file.read_bytes())
    raw[4096:] = b"\xa5" * (len(raw) - 4096)
    file.write_bytes(raw)
    with pytest.raises(LedgerError, match=r"SEL-L00[27]"), open_ledger(str(file)) as ledger:
        list(ledger.events())


def test_unknown_databases_and_missing_drivers(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LedgerError, match="SEL-L009"):
        open_ledger("mysql://root@localhost/x")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"SEL-L008.*selon\[pg\]"):
        open_ledger("postgresql://nobody@localhost/none")


def test_other_faults_keep_their_words() -> None:
    with pytest.raises(LedgerError, match=r"SEL-L099.*no such table"), in_words("x"), engine_for(":memory:", create=True).connect() as c:
        c.exec_driver_sql("SELECT * FROM nowhere")


def test_head_is_the_newest_migration_and_models_agree(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(config()).get_heads() == [HEAD]
    assert (HOME / "versions").is_dir()
    with open_ledger(str(tmp_path / "l")) as ledger, ledger.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": lambda o, name, kind, r, c: kind != "table" or is_ours(name), "compare_type": False}
        )
        assert compare_metadata(context, metadata) == []
        triggers = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").scalar()
    assert triggers == 2 * len(APPEND_ONLY)


def test_two_writers_at_once(tmp_path: Path) -> None:
    file = str(tmp_path / "ledger.sqlite")
    added: list[int] = []
    errors: list[BaseException] = []

    def write() -> None:
        try:
            with open_ledger(file) as ledger:
                added.append(sum(ledger.add(reading(version=f"v{k}")) for k in range(20)))
        except BaseException as e:  # an assertion in a thread would be lost
            errors.append(e)

    threads = [threading.Thread(target=write) for _ in range(2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not errors
    assert sum(added) == 20
    with open_ledger(file) as ledger:
        assert len(ledger.versions("port-soudan")) == 20


WRITER = """
import sys
from selon.ledger import open_ledger
from tests.ledger.sample import reading
ledger = open_ledger(sys.argv[1])
k = 0
while True:
    ledger.add(reading(version=f"v{k}"), str(k).encode() * 1000)
    print(k, flush=True)
    k += 1
"""


def test_a_writer_killed_in_the_middle_loses_at_most_one_report(tmp_path: Path) -> None:
    file = str(tmp_path / "ledger.sqlite")
    with subprocess.Popen([sys.executable, "-c", WRITER, file], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) >= 10:
                writer.send_signal(signal.SIGKILL)
                break
        said = 10 + len(writer.stdout.read().splitlines())
    with open_ledger(file) as ledger:
        versions = ledger.versions("port-soudan")
        assert said + 1 <= len(versions) <= said + 2
        with ledger.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            events = connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
        assert events == 2 * len(versions)
        assert ledger.add(reading(version="after"))
