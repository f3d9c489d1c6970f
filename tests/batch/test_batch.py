"""Many inputs: order, issues among readings, what is known is skipped, failures cost one report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from selon import batch
from selon.batch import Known, Note, Outcome, Read, Shelf, Unread, read_inputs
from selon.errors import Issue, PackError, PipelineError
from selon.intake import Input, build_report
from selon.model import Published, Reading, Report
from tests.batch.worker import work


class FakeReader:
    """Reads by copying; stands for a reader where only the way of the work is tried."""

    version = "1+fr.test"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def read_many(self, reports: Iterator[Report]) -> Iterator[Reading]:
        for r in reports:
            yield self.read(r)

    def read(self, report: Report) -> Reading:
        if "poison" in report.text:
            raise RuntimeError("no such frame")
        self.seen.append(report.id)
        return Reading(report, Published(), version=self.version)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> FakeReader:
    fake = FakeReader()

    def get(self: Shelf, lang: str) -> FakeReader | Issue:
        return fake if lang == "fr" else Issue("SEL-P002", "", f"there is no language pack for {lang!r}")

    monkeypatch.setattr(Shelf, "get", get)
    monkeypatch.setattr("selon.reader.reader_version", lambda lang, pipeline=None: fake.version)
    return fake


def inputs(count: int, **texts: str) -> list[Input | Issue]:
    return [Input(Report(f"r{k}", texts.get(f"r{k}", f"texte {k}"), "fr"), b"raw") for k in range(count)]


def names(outcomes: list[Outcome]) -> list[str]:
    out = []
    for o in outcomes:
        match o:
            case Read(reading, _, _):
                out.append(reading.report.id)
            case Known(report):
                out.append(f"={report.id}")
            case Unread(report, _, issue):
                out.append(f"!{report.id} {issue.code}")
            case Note(issue) | (Issue() as issue):
                out.append(issue.code)
    return out


def test_order_is_kept_over_chunks_and_issues(reader: FakeReader) -> None:
    many = inputs(70)
    many.insert(33, Issue("SEL-I001", "x", "empty"))
    many.append(Input(Report("last", "texte", "fr"), b"", (Issue("SEL-I010", "last", "cp1252"),)))
    assert names(list(read_inputs(many))) == [
        *(f"r{k}" for k in range(33)),
        "SEL-I001",
        *(f"r{k}" for k in range(33, 70)),
        "SEL-I010",
        "last",
    ]


def test_what_is_known_is_not_read(reader: FakeReader) -> None:
    found = names(list(read_inputs(inputs(5), knows=lambda r, version: r.id in ("r1", "r4") and version == "1+fr.test")))
    assert found == ["r0", "=r1", "r2", "r3", "=r4"] and reader.seen == ["r0", "r2", "r3"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_over_known_reports_loads_no_pipeline(monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    from selon.reader import Reader

    version = Reader.load("fr").version
    monkeypatch.setattr(Reader, "load", None)
    asked: list[str] = []

    def knows(report: Report, version: str) -> bool:
        asked.append(version)
        return True

    assert names(list(read_inputs(inputs(3), knows=knows, jobs=jobs))) == ["=r0", "=r1", "=r2"]
    assert asked == [version] * 3


def test_a_report_that_the_reader_fails_on(reader: FakeReader) -> None:
    found = list(read_inputs(inputs(20, r7="poison")))
    assert names(found) == [f"r{k}" if k != 7 else "!r7 SEL-I090" for k in range(20)]
    bad = found[7]
    assert isinstance(bad, Unread) and bad.raw == b"raw" and "no such frame" in bad.issue.problem and "test_batch.py:" in bad.issue.problem
    assert bad.issue.excerpt == "poison"


def test_a_language_without_a_pack_among_others(reader: FakeReader) -> None:
    many = inputs(3)
    many[1] = Input(Report("sw", "habari", "sw"), b"raw")
    assert names(list(read_inputs(many))) == ["r0", "!sw SEL-P002", "r2"]


def test_inputs_are_drawn_as_they_are_needed(reader: FakeReader) -> None:
    drawn = 0

    def endless() -> Iterator[Input | Issue]:
        nonlocal drawn
        while True:
            drawn += 1
            yield Input(Report(f"r{drawn}", "texte", "fr"), b"raw")

    outcomes = read_inputs(endless())
    for _ in range(40):
        next(outcomes)
    assert drawn <= 40 + 2 * batch.CHUNK_REPORTS


def test_nothing_waits_for_a_very_long_report(reader: FakeReader) -> None:
    many = inputs(6, r3="texte " * batch.CHUNK_LETTERS)
    outcomes = read_inputs(many)
    assert names([next(outcomes) for _ in range(3)]) == ["r0", "r1", "r2"]
    assert reader.seen == ["r0", "r1", "r2"]
    assert names(list(outcomes)) == ["r3", "r4", "r5"]


def test_a_broken_pack_or_pipeline_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from selon.reader import Reader

    def broken(cls: type[Reader], lang: str, pipeline: str | None = None) -> Reader:
        raise PackError("SEL-P011", "a lexicon needs id, about and entries")

    monkeypatch.setattr(Reader, "load", classmethod(broken))
    with pytest.raises(PackError, match="SEL-P011"):
        list(read_inputs(inputs(1)))

    def absent(cls: type[Reader], lang: str, pipeline: str | None = None) -> Reader:
        raise PipelineError("SEL-N01", "no pipeline ships")

    monkeypatch.setattr(Reader, "load", classmethod(absent))
    assert names(list(read_inputs(inputs(1)))) == ["!r0 SEL-N01"]


def test_a_process_that_is_killed_costs_one_report(monkeypatch: pytest.MonkeyPatch) -> None:
    class Several(batch._Several):
        def __init__(self, pipeline: str | None, jobs: int) -> None:
            super().__init__(pipeline, jobs, work)

    monkeypatch.setattr(batch, "_Several", Several)
    found = list(read_inputs(inputs(40, r20="poison"), jobs=2))
    assert names(found) == [f"r{k}" if k != 20 else "!r20 SEL-I091" for k in range(40)]


def test_the_parse_is_not_touched() -> None:
    """The trace of a reading binds to its own parse: the same text, token for token."""
    from selon.trace import explain_report

    found = explain_report(build_report("Selon la police, trois civils ont été tués.", id="x", lang="fr"))
    assert found.parse.text == found.reading.report.text
    for f in found.findings:
        assert all(found.parse.text[s.start : s.end] == s.text for _, s in f.spans)
    assert {f.kind for f in found.findings} >= {"statement", "event"}
