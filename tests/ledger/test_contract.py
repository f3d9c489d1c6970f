"""What every store must do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from selon.errors import Issue, LedgerError
from selon.ledger import EventQuestion, Ledger, StatementQuestion
from selon.ledger.rows import report_id
from selon.model import Reading, from_json, to_json
from selon.model.judged import target_of
from selon.model.judgement import Judgement
from tests.ledger.sample import TEXT, reading, report
from tests.model.strategies import readings


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(readings())
def test_every_field_of_any_reading_comes_back(ledger: Ledger, r: Reading) -> None:
    assert from_json(to_json(r)) == r
    ledger.add(r, b"raw")
    again = ledger.reading(report_id(r.report))
    if again != r:  # another example with the same text and version was first
        assert again.report.text == r.report.text and not ledger.add(r, b"raw")
    list(ledger.events())
    list(ledger.statements())
    list(ledger.reports())


def test_the_same_reading_twice_changes_nothing(ledger: Ledger) -> None:
    assert ledger.add(reading(), TEXT.encode())
    assert not ledger.add(reading(), TEXT.encode())
    assert not ledger.add(reading("a-copy-under-another-name"), TEXT.encode())
    assert [r.name for r in ledger.reports()] == ["port-soudan"]
    assert len(list(ledger.events())) == 2
    assert ledger.reading("a-copy-under-another-name") == reading()


def test_the_same_text_at_another_address_is_another_report(ledger: Ledger) -> None:
    assert report_id(report(url="https://a.example/1")) != report_id(report(url="https://b.example/1"))


def test_a_report_is_known_by_version_and_by_what_was_given(ledger: Ledger) -> None:
    r = reading()
    assert not ledger.has(r.report, r.version)
    ledger.add(r)
    assert ledger.has(r.report, r.version)
    assert not ledger.has(r.report, "another version")


def test_as_of_replays_what_was_known(ledger: Ledger) -> None:
    before = datetime.now(UTC)
    ledger.add(reading())
    first = ledger.versions("port-soudan")[0].recorded_at
    ledger.add(reading(version="2+fr.cccc+bbbb", figure=17))
    second = ledger.versions("port-soudan")[1].recorded_at
    assert before <= first < second and first.tzinfo is not None

    def lows(as_of: datetime | None) -> list[int | None]:
        return [f.low for e in ledger.events(as_of=as_of) for f in e.figures]

    assert lows(before - timedelta(seconds=1)) == []
    assert lows(first) == [12]
    assert lows(second - timedelta(microseconds=1)) == [12]
    assert lows(second) == lows(None) == [17]
    assert ledger.reading("port-soudan", first).version == "1+fr.aaaa+bbbb"
    assert ledger.reading("port-soudan").version == "2+fr.cccc+bbbb"
    assert [r.version for r in ledger.readings(first)] == ["1+fr.aaaa+bbbb"]
    assert [r.version for r in ledger.readings()] == ["2+fr.cccc+bbbb"]
    assert list(ledger.reports(as_of=before - timedelta(seconds=1))) == []
    with pytest.raises(LedgerError, match="SEL-L012"):
        ledger.reading("port-soudan", before - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (EventQuestion(), ["e1", "e2"]),
        (EventQuestion(place="port soudan"), ["e1"]),
        (EventQuestion(place="PORT SUDAN"), ["e1"]),
        (EventQuestion(place="red sea"), ["e1"]),
        (EventQuestion(place="sd"), ["e1"]),
        (EventQuestion(place="port"), ["e1"]),
        (EventQuestion(place="por"), []),
        (EventQuestion(since="2024-03-05", until="2024-03-05"), ["e1"]),
        (EventQuestion(since="2024-03-06"), []),
        (EventQuestion(until="2024-03-04"), []),
        (EventQuestion(until="2024-03-04", undated=True), ["e2"]),
        (EventQuestion(types=("attack", "airstrike")), ["e2"]),
        (EventQuestion(statuses=("denied",)), ["e2"]),
        (EventQuestion(counts_of=("killed",)), ["e1"]),
        (EventQuestion(counts_of=("wounded",)), []),
        (EventQuestion(who="marche"), ["e1"]),
        (EventQuestion(source="ministere de la sante"), ["e1"]),
        (EventQuestion(source="armée"), ["e2"]),
        (EventQuestion(report="port-soudan"), ["e1", "e2"]),
        (EventQuestion(report="nowhere"), []),
        (EventQuestion(limit=1), ["e1"]),
        (EventQuestion(place="% '; DROP TABLE event; --"), []),
    ],
)
def test_events_by_question(ledger: Ledger, question: EventQuestion, found: list[str]) -> None:
    ledger.add(reading())
    assert [e.id for e in ledger.events(question)] == found


def test_an_event_row_carries_evidence(ledger: Ledger) -> None:
    ledger.add(reading())
    e = next(iter(ledger.events()))
    assert (e.trigger, TEXT[e.start : e.end]) == ("bombardement", "bombardement")
    assert e.sentence.startswith("Le ministère") and e.sentence.endswith("12 morts.")
    assert [(f.count_of, f.low, f.high, f.qualifier, f.population) for f in e.figures] == [("killed", 12, None, "at_least", "civilian")]
    assert [(u.id, u.source, u.stance) for u in e.under] == [("s1", "ministère de la Santé", "asserts")]
    assert (e.place_name, e.country, e.lat, e.earliest, e.time) == ("Port Sudan", "SD", 19.6, "2024-03-05", "mardi")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (StatementQuestion(), ["s1", "s2"]),
        (StatementQuestion(source="santé"), ["s1"]),
        (StatementQuestion(stances=("denies",)), ["s2"]),
        (StatementQuestion(kinds=("official",), countries=("SD",)), ["s1", "s2"]),
        (StatementQuestion(kinds=("witness",)), []),
        (StatementQuestion(search="marche morts"), ["s1"]),
        (StatementQuestion(search="Marché"), ["s1"]),
        (StatementQuestion(search="bombard*"), ["s1"]),
        (StatementQuestion(search="bombard"), []),
        (StatementQuestion(search='"; OR * NEAR('), []),
        (StatementQuestion(search="porte-parole"), ["s2"]),
        (StatementQuestion(report="port-soudan", limit=1), ["s1"]),
    ],
)
def test_statements_by_question(ledger: Ledger, question: StatementQuestion, found: list[str]) -> None:
    ledger.add(reading())
    assert [s.id for s in ledger.statements(question)] == found


def test_reports_are_listed_and_searched(ledger: Ledger) -> None:
    ledger.add(reading(), TEXT.encode())
    ledger.keep(report("not-read", "Some text in a language without a pack."), b"Some text")
    rows = list(ledger.reports())
    assert [(r.name, r.version, r.statements, r.events, r.figures) for r in rows] == [
        ("port-soudan", "1+fr.aaaa+bbbb", 2, 2, 1),
        ("not-read", None, 0, 0, 0),
    ]
    assert [r.name for r in ledger.reports("soudan bombardement")] == ["port-soudan"]
    assert [r.name for r in ledger.reports("language")] == ["not-read"]


def test_raw_bytes_come_back_by_hash(ledger: Ledger) -> None:
    raw = TEXT.encode() * 3 + b"\x00\xff"
    ledger.add(reading(), raw)
    row = next(ledger.reports())
    assert row.sha256 is not None and ledger.raw(row.sha256) == raw
    with pytest.raises(LedgerError, match="SEL-L013"):
        ledger.raw("0" * 64)


def test_reports_by_name_id_and_beginning_of_id(ledger: Ledger) -> None:
    ledger.add(reading())
    id_ = next(ledger.reports()).id
    assert ledger.reading(id_) == ledger.reading(id_[:6]) == ledger.reading("port-soudan")
    with pytest.raises(LedgerError, match="SEL-L010"):
        ledger.reading("nobody")
    ledger.keep(report("port-soudan", "Another text under the same name."))
    with pytest.raises(LedgerError, match=r"SEL-L011.*" + id_):
        ledger.reading("port-soudan")


def test_issues_are_recorded_once(ledger: Ledger) -> None:
    issue = Issue("SEL-I001", "x.txt", "it is empty", "\ud800", "look at it")
    assert ledger.record(issue)
    assert not ledger.record(issue)
    row = next(ledger.issues())
    assert (row.code, row.place, row.problem, row.remedy) == ("SEL-I001", "x.txt", "it is empty", "look at it")
    assert list(ledger.issues(as_of=row.recorded_at - timedelta(seconds=1))) == []


@pytest.mark.parametrize(
    "table", ["archive", "report", "reading", "statement", "event", "figure", "holds", "time", "place", "sighting", "issue", "judgement"]
)
@pytest.mark.parametrize("act", ['UPDATE "{}" SET {} = {}', 'DELETE FROM "{}"'])
def test_rows_are_never_changed_or_deleted(ledger: Ledger, table: str, act: str) -> None:
    from sqlalchemy import text

    from selon.ledger.engine import in_words
    from selon.ledger.schema import metadata

    ledger.add(reading(), b"raw")
    ledger.record(Issue("SEL-I001", "x.txt", "it is empty"))
    ledger.judge(Judgement("accept", "Ada", datetime.now(UTC), target_of(reading(), "r", "e1")))
    column = f'"{next(iter(metadata.tables[table].columns)).name}"'
    with pytest.raises(LedgerError, match="SEL-L020"), in_words(""), ledger.engine.begin() as connection:
        connection.execute(text(act.format(table, column, column)))
