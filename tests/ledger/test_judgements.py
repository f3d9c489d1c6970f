"""What every store must do with judgements."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from selon.errors import LedgerError
from selon.ledger import Ledger, open_ledger
from selon.ledger.rows import report_id
from selon.model.judged import target_of
from selon.model.judgement import Judgement
from tests.ledger.sample import reading, report
from tests.model.test_judgement import judgements

NOON = datetime(2024, 3, 7, 12, tzinfo=UTC)
ID = report_id(report())
E1, E2 = (target_of(reading(), ID, e) for e in ("e1", "e2"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(judgements())
def test_every_field_of_any_judgement_comes_back(ledger: Ledger, j: Judgement) -> None:
    if j.retracts is None:
        ledger.judge(j)
        assert not ledger.judge(j)
        (again,) = [x for x in ledger.judgements() if x.id == j.id]
        assert again == j


def test_judgements_come_in_the_order_in_which_they_were_made_and_as_of_a_moment(ledger: Ledger) -> None:
    second = Judgement("reject", "Ada", NOON + timedelta(hours=1), E1)
    first = Judgement("accept", "Bob", NOON, E1, note="deux témoins")
    assert ledger.judge(second) and ledger.judge(first)
    assert list(ledger.judgements()) == [first, second]
    assert list(ledger.judgements(NOON)) == [first]
    assert list(ledger.judgements(NOON - timedelta(microseconds=1))) == []


def test_who_judges_on_an_old_state_is_told_and_nothing_is_lost(ledger: Ledger) -> None:
    mine, theirs = Judgement("accept", "Ada", NOON, E1), Judgement("reject", "Bob", NOON, E1)
    assert ledger.judge(mine, after=0)
    with pytest.raises(LedgerError, match="SEL-L030"):
        ledger.judge(theirs, after=0)
    assert list(ledger.judgements()) == [mine]
    assert ledger.judge(Judgement("accept", "Bob", NOON, E2), after=0)  # another target, no conflict
    assert ledger.judge(theirs, after=1)


def test_only_the_author_takes_a_judgement_back(ledger: Ledger) -> None:
    mine = Judgement("accept", "Ada", NOON, E1)
    ledger.judge(mine)
    with pytest.raises(LedgerError, match=r"SEL-L032.*Ada"):
        ledger.judge(Judgement(None, "Bob", NOON + timedelta(1), retracts=mine.id))
    with pytest.raises(LedgerError, match="SEL-L031"):
        ledger.judge(Judgement(None, "Ada", NOON + timedelta(1), retracts="0" * 16))
    assert ledger.judge(Judgement(None, "Ada", NOON + timedelta(1), retracts=mine.id))


def test_a_ledger_of_the_first_version_is_migrated_with_all_it_holds(tmp_path: Path) -> None:
    from alembic import command

    from selon.ledger.engine import engine_for
    from selon.ledger.migrate import _wal, config

    file = str(tmp_path / "old.sqlite")
    engine = engine_for(file, create=True)
    _wal(engine)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        made = config()
        made.attributes["connection"] = connection
        command.upgrade(made, "0001")
    engine.dispose()
    with sqlite3.connect(file) as raw:
        assert raw.execute("SELECT name FROM sqlite_master WHERE name = 'judgement'").fetchall() == []
        raw.execute("INSERT INTO issue VALUES ('1', 'SEL-I001', 'x', 'p', 'e', 'r', '2024-03-07 12:00:00.000000')")
    raw.close()
    with open_ledger(file) as ledger:
        assert [i.place for i in ledger.issues()] == ["x"]
        assert ledger.judge(Judgement("accept", "Ada", NOON, E1)) and len(list(ledger.judgements())) == 1
