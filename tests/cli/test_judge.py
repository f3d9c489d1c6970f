"""Judging at the command line, what it changes, and looking back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from selon.ledger import open_ledger
from selon.model import Reading
from tests.cli.conftest import Selon
from tests.link.build import Line, reading


def told(killed: int, version: str = "v1") -> list[Reading]:
    from dataclasses import replace

    made = [
        reading("a", "2024-03-05", [
            Line("Graville : douze morts dans une frappe", "airstrike", "Graville", "2024-03-04", figures=(("killed", killed, killed),), by=("le maire", "asserts")),
            Line("Les écoles ont fermé", "closure", "Graville", "2024-03-05"),
        ]),
        reading("b", "2024-03-06", [
            Line("L'armée parle de trois morts à Graville", "airstrike", "Graville", "2024-03-04", figures=(("killed", 3, 3),), by=("l'armée", "asserts")),
        ]),
        reading("c", "2024-03-06", [Line("Un barrage cède à Loinville", "disaster", "Loinville", "2024-03-01", "2024-03-02")]),
        reading("d", None, [Line("Une explosion quelque part", "explosion")]),
    ]  # fmt: skip
    return [replace(r, version=version) for r in made]


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = str(tmp_path / "ledger.sqlite")
    with open_ledger(path) as store:
        for r in told(12):
            store.add(r)
    return path


def out(selon: Selon, *arguments: str) -> str:
    ran = selon(*arguments)
    assert ran.code == 0, ran
    return ran.out


def lines(selon: Selon, *arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out(selon, *arguments, "--format", "jsonl").splitlines()]


def judge(selon: Selon, ledger: str, *arguments: str, author: str = "Ada") -> str:
    ran = selon("judge", *arguments, "--author", author, "--ledger", ledger)
    assert ran.code == 0, ran
    return ran.err.split()[0]


def graville(selon: Selon, ledger: str) -> str:
    return str(next(i["id"] for i in lines(selon, "incidents", "--place", "graville", "--ledger", ledger)))


def test_a_rejected_event_leaves_the_incident_and_stays_on_record(selon: Selon, ledger: str) -> None:
    assert "disputed" in out(selon, "incidents", "--ledger", ledger)
    judge(selon, ledger, "reject", "b/e0", "--note", "autre jour")
    shown = out(selon, "incidents", "--ledger", ledger)
    assert "disputed" not in shown and "l'armée" not in shown
    report = out(selon, "show", "b", "--ledger", ledger)
    assert "b/e0: rejected, Ada" in report and "« autre jour »" in report and "l'armée" in report
    assert "b/e0: rejected, Ada" in out(selon, "show", "b", "--ledger", ledger) and "L'armée parle" in report


def test_a_corrected_figure_is_shown_with_the_machine_s(selon: Selon, ledger: str) -> None:
    judge(selon, ledger, "correct", "b/e0/f1", "--value", '{"low": 13, "high": 13}')
    shown = out(selon, "incident", graville(selon, ledger), "--ledger", ledger)
    assert "13 — l'armée" in shown and "b/e0/f1: corrected high 3 → 13, low 3 → 13, Ada" in shown


def test_same_and_different_join_and_part_incidents_by_their_ids(selon: Selon, ledger: str) -> None:
    ids = {str(i["place"] and i["place"]["name"]): str(i["id"]) for i in lines(selon, "incidents", "--ledger", ledger)}  # type: ignore[index]
    judge(selon, ledger, "same", ids["Graville"][:8], ids["Loinville"][:8])
    assert {"a", "b", "c"} in [set(i["reports"]) for i in lines(selon, "incidents", "--ledger", ledger)]  # type: ignore[call-overload]
    judge(selon, ledger, "different", "a/e0", "b/e0")
    assert all(not {"a", "b"} <= set(i["reports"]) for i in lines(selon, "incidents", "--ledger", ledger))  # type: ignore[call-overload]


def test_taking_back_restores_the_state_before(selon: Selon, ledger: str) -> None:
    before = lines(selon, "incidents", "--ledger", ledger)
    id = judge(selon, ledger, "reject", "b/e0")
    assert lines(selon, "incidents", "--ledger", ledger) != before
    judge(selon, ledger, "--retract", id[:6])
    assert lines(selon, "incidents", "--ledger", ledger) == before
    assert [t["fate"] for t in lines(selon, "judgements", "--ledger", ledger)] == ["retracted", "retraction"]
    assert "rejected — taken back" in out(selon, "judgements", "--ledger", ledger)


def test_as_of_replays_judgements(selon: Selon, ledger: str) -> None:
    before = lines(selon, "incidents", "--ledger", ledger)
    judge(selon, ledger, "reject", "b/e0")
    (j,) = lines(selon, "judgements", "--ledger", ledger)
    made = str(j["made_at"])
    from datetime import datetime, timedelta

    earlier = (datetime.fromisoformat(made) - timedelta(microseconds=1)).isoformat()
    assert lines(selon, "incidents", "--ledger", ledger, "--as-of", earlier) == before
    assert lines(selon, "incidents", "--ledger", ledger, "--as-of", made) == lines(selon, "incidents", "--ledger", ledger) != before
    assert lines(selon, "judgements", "--ledger", ledger, "--as-of", earlier) == []


def test_two_people_who_disagree_are_both_shown_and_the_machine_s_result_stands(selon: Selon, ledger: str) -> None:
    before = lines(selon, "incidents", "--ledger", ledger)
    judge(selon, ledger, "reject", "b/e0")
    judge(selon, ledger, "accept", "b/e0", author="Bob")
    assert lines(selon, "incidents", "--ledger", ledger) == before
    listed = out(selon, "judgements", "--ledger", ledger)
    assert listed.count("disputed judgement") == 2 and "Ada" in listed and "Bob" in listed
    assert len(lines(selon, "judgements", "--ledger", ledger, "--author", "Bob")) == 1
    (pair,) = lines(selon, "judgements", "--agreement", "--ledger", ledger)
    assert (pair["first"], pair["second"], pair["common"], pair["alike"], pair["alpha"]) == ("Ada", "Bob", 1, 0, 0.0)
    assert "alpha 0.000" in out(selon, "judgements", "--agreement", "--ledger", ledger)


def test_a_judgement_on_what_is_gone_is_orphaned_in_words(selon: Selon, ledger: str) -> None:
    from dataclasses import replace

    judge(selon, ledger, "reject", "b/e0")
    with open_ledger(ledger) as store:
        store.add(replace(told(12, "v2")[1], events=()))
    text = out(selon, "judgements", "--ledger", ledger)
    assert "orphaned: what it was about is no longer found" in text and "« L'armée parle de trois morts à Graville »" in text
    assert "orphelin" in out(selon, "judgements", "--ledger", ledger, "--lang", "fr")


def test_history_tells_who_revised_what_when(selon: Selon, ledger: str) -> None:
    judge(selon, ledger, "correct", "b/e0/f1", "--value", '{"low": 5, "high": 5}', "--note", "voir la liste")
    with open_ledger(ledger) as store:
        store.add(told(17, "v2")[0])
    id = graville(selon, ledger)
    text = out(selon, "history", id[:8], "--ledger", ledger)
    assert "le maire: 17 (2024-03-05, a)" in text and "l'armée: 5 (2024-03-06, b)" in text
    assert "a read by v1" in text and "a read by v2" in text and text.index("by v1") < text.index("corrected") < text.index("by v2")
    assert "- killed 12" in text and "+ killed 17" in text and "« voir la liste »" in text
    kinds = [s["kind"] for s in lines(selon, "history", id, "--ledger", ledger)]
    assert kinds == ["reading", "reading", "judgement", "reading"]
    assert "Ce que le registre a appris" in out(selon, "history", id, "--ledger", ledger, "--lang", "fr")


def test_timeline_by_day_with_the_undated_last(selon: Selon, ledger: str) -> None:
    text = out(selon, "timeline", "--ledger", ledger)
    assert (
        text.index("2024-03-01") < text.index("Disaster") < text.index("2024-03-04") < text.index("Graville") < text.index("Day not known")
    )
    assert [d["day"] for d in lines(selon, "timeline", "--ledger", ledger)] == ["2024-03-01", "2024-03-04", None]
    assert [d["day"] for d in lines(selon, "timeline", "--since", "2024-03-03", "--until", "2024-03-31", "--ledger", ledger)] == [
        "2024-03-04"
    ]
    nothing = selon("timeline", "--place", "ailleurs", "--ledger", ledger)
    assert nothing.out == "" and "not the same as nothing happened" in nothing.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("reject", "b/e0"), 2, "SEL-U032"),
        (("--author", "Ada"), 2, "SEL-U033"),
        (("reject", "--author", "Ada"), 2, "SEL-U033"),
        (("bless", "b/e0", "--author", "Ada"), 2, "SEL-U003"),
        (("same", "b/e0", "--author", "Ada"), 2, "SEL-U033"),
        (("reject", "b/e0", "a/e0", "--author", "Ada"), 2, "SEL-U033"),
        (("same", "b/e0", "b/e0", "--author", "Ada"), 2, "SEL-U035"),
        (("same", "b/s0", "a/e0", "--author", "Ada"), 2, "SEL-U035"),
        (("reject", "abcdef12", "--author", "Ada"), 2, "SEL-U035"),
        (("same", "ffffffff", "b/e0", "--author", "Ada"), 2, "SEL-U020"),
        (("reject", "b/e9", "--author", "Ada"), 2, "SEL-U030"),
        (("reject", "b", "--author", "Ada"), 2, "SEL-U037"),
        (("reject", "zz/e0", "--author", "Ada"), 3, "SEL-L010"),
        (("correct", "b/e0", "--author", "Ada"), 2, "SEL-U034"),
        (("correct", "b/e0", "--value", "{", "--author", "Ada"), 2, "SEL-U034"),
        (("correct", "b/e0", "--value", '{"status": "gone"}', "--author", "Ada"), 2, "SEL-U031"),
        (("accept", "b/e0", "--value", "{}", "--author", "Ada"), 2, "SEL-U034"),
        (("--retract", "0123456789abcdef", "--author", "Ada"), 3, "SEL-L031"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_cannot_be_judged_is_refused_in_words(
    selon: Selon, ledger: str, arguments: tuple[str, ...], code: int, words: str, lang: str
) -> None:
    ran = selon("judge", *arguments, "--ledger", ledger, "--lang", lang)
    assert (ran.code, words in ran.err) == (code, True), ran
    assert list(open_ledger(ledger).judgements()) == []


def test_only_the_author_takes_a_judgement_back(selon: Selon, ledger: str) -> None:
    id = judge(selon, ledger, "reject", "b/e0")
    ran = selon("judge", "--retract", id, "--author", "Bob", "--ledger", ledger)
    assert ran.code == 3 and "SEL-L032" in ran.err


def test_the_author_can_come_from_the_environment_and_verdicts_in_french(
    selon: Selon, ledger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SELON_AUTHOR", "Zoé")
    assert selon("judge", "rejeté", "b/e0", "--ledger", ledger, "--lang", "fr").code == 0
    (j,) = lines(selon, "judgements", "--ledger", ledger)
    assert (j["author"], j["verdict"], j["fate"]) == ("Zoé", "reject", "counts")
