"""Judgements: identity, retraction, whose word counts, finding targets again."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.errors import UsageError
from selon.model import Passage, Published, Reading, Report, Span
from selon.model.judged import check_correction, locate, target_of
from selon.model.judgement import Judgement, Target, Verdict, canonical, from_judgement_json, in_force, judgement_json, opinions
from tests.ledger.sample import TEXT, reading

NOON = datetime(2024, 3, 7, 12, tzinfo=UTC)
R = reading()
S1, E1, E2, F1 = (target_of(R, "r", i) for i in ("s1", "e1", "e2", "e1/f1"))


@st.composite
def targets(draw: st.DrawFn) -> Target:
    start = draw(st.integers(0, 50))
    return Target(
        draw(st.sampled_from(["statement", "event", "figure"])), draw(st.text(max_size=6)), draw(st.text(max_size=6)), start,
        start + draw(st.integers(0, 9)), draw(st.text(max_size=9)), draw(st.text(max_size=4)), draw(st.text(max_size=4)),
    )  # fmt: skip


ANY_VERDICT: st.SearchStrategy[Verdict | None] = st.sampled_from(["accept", "correct", "reject", "same", "different", "unsure", None])


@st.composite
def judgements(draw: st.DrawFn) -> Judgement:
    verdict = draw(ANY_VERDICT)
    pair = verdict in ("same", "different")
    value = canonical(draw(st.dictionaries(st.text(max_size=4), st.none() | st.integers() | st.text(max_size=4), max_size=3)))
    return Judgement(
        verdict, draw(st.text(min_size=1, max_size=8).filter(str.strip)), draw(st.datetimes(timezones=st.just(UTC))),
        draw(targets()) if verdict else None, draw(targets()) if pair else None, draw(st.text(max_size=20)),
        value if verdict == "correct" else None, draw(st.none() | st.text(max_size=16)) if verdict else draw(st.text(max_size=16)),
    )  # fmt: skip


@given(judgements())
def test_json_and_back(j: Judgement) -> None:
    again = from_judgement_json(judgement_json(j))
    assert again == j and again.id == j.id


def judged(
    author: str, verdict: Verdict, target: Target, hour: int = 0, other: Target | None = None, value: str | None = None
) -> Judgement:
    return Judgement(verdict, author, NOON + timedelta(hours=hour), target, other, value=value)


def test_the_later_word_of_one_author_counts() -> None:
    (o,) = opinions([judged("Ada", "reject", E1, 2), judged("Ada", "accept", E1, 1)])
    assert o.settled is not None and o.settled.verdict == "reject" and not o.disputed


def test_two_people_who_disagree_leave_the_machine_its_result() -> None:
    (o,) = opinions([judged("Ada", "reject", E1), judged("Bob", "accept", E1, 1)])
    assert o.disputed and o.settled is None and [j.author for j in o.judgements] == ["Ada", "Bob"]
    (o,) = opinions([judged("Ada", "correct", F1, 0, None, '{"low":1}'), judged("Bob", "correct", F1, 1, None, '{"low":2}')])
    assert o.disputed


def test_who_is_unsure_contradicts_nobody() -> None:
    (o,) = opinions([judged("Ada", "reject", E1), judged("Bob", "unsure", E1, 1)])
    assert o.settled is not None and o.settled.author == "Ada" and not o.disputed
    (o,) = opinions([judged("Bob", "unsure", E1, 1)])
    assert o.settled is None and not o.disputed


def test_a_pair_is_the_same_pair_the_other_way_round() -> None:
    a, b = judged("Ada", "same", E1, 0, E2), judged("Bob", "same", E2, 1, E1)
    (o,) = opinions([a, b])
    assert o.settled is not None and not o.disputed


def test_a_retraction_brings_back_the_word_before() -> None:
    first, second = judged("Ada", "accept", E1), judged("Ada", "reject", E1, 1)
    back = Judgement(None, "Ada", NOON + timedelta(hours=2), retracts=second.id)
    assert opinions([first, second, back]) == opinions([first])
    again = Judgement(None, "Ada", NOON + timedelta(hours=3), retracts=back.id)
    assert opinions([first, second, back, again]) == opinions([first, second])


def test_nobody_takes_back_what_another_said_nor_what_comes_later() -> None:
    first = judged("Ada", "accept", E1, 5)
    assert first in in_force([first, Judgement(None, "Bob", NOON + timedelta(hours=9), retracts=first.id)])
    assert first in in_force([first, Judgement(None, "Ada", NOON, retracts=first.id)])


@st.composite
def histories(draw: st.DrawFn) -> list[Judgement]:
    """Judgements of three people on a few targets, some taken back."""
    out: list[Judgement] = []
    for hour in range(draw(st.integers(0, 8))):
        who = draw(st.sampled_from(["Ada", "Bob", "Cid"]))
        mine = [j for j in out if j.author == who]
        takes_back = draw(st.booleans())
        if mine and takes_back:
            out.append(Judgement(None, who, NOON + timedelta(hours=hour), retracts=draw(st.sampled_from(mine)).id))
        else:
            verdict: Verdict = draw(st.sampled_from(["accept", "reject", "unsure"]))
            out.append(judged(who, verdict, draw(st.sampled_from([S1, E1, E2, F1])), hour))
    return out


@given(histories(), st.integers(0, 999))
def test_the_order_in_which_judgements_arrive_does_not_matter(history: list[Judgement], seed: int) -> None:
    shuffled = list(history)
    random.Random(seed).shuffle(shuffled)
    assert opinions(shuffled) == opinions(history)


@given(histories(), st.sampled_from(["accept", "reject"]))
def test_judging_and_taking_back_is_as_if_nothing_had_been(history: list[Judgement], verdict: Verdict) -> None:
    late = judged("Ada", verdict, E1, 100)
    back = Judgement(None, "Ada", NOON + timedelta(hours=101), retracts=late.id)
    assert opinions([*history, late, back]) == opinions(history)


def changed(r: Reading, status: str = "happened", id: str = "e1") -> Reading:
    return replace(r, events=tuple(replace(e, status=status, id=id) if e.id == "e1" else e for e in r.events))  # type: ignore[arg-type]


def test_a_judgement_outlives_a_reading_that_finds_the_same_under_another_id() -> None:
    item, state = locate(E1, changed(R, id="e9"))
    assert item is not None and (item.id, state) == ("e9", "stands")


def test_it_stands_when_only_the_extraction_changed_or_only_the_passage() -> None:
    item, state = locate(E1, changed(R, "denied"))
    assert item is not None and state == "stands"
    assert locate(E1, cut_otherwise(R))[1] == "stands"


def cut_otherwise(r: Reading) -> Reading:
    return replace(r, report=replace(r.report, passages=(Passage("paragraph", 0, len(TEXT)),)))


def test_it_reopens_when_passage_and_extraction_both_changed() -> None:
    item, state = locate(E1, cut_otherwise(changed(R, "denied")))
    assert item is not None and (item.id, state) == ("e1", "open_again")


def test_it_is_orphaned_when_nothing_is_there_any_more() -> None:
    assert locate(E1, replace(R, events=R.events[1:])) == (None, "orphaned")
    assert locate(F1, replace(R, events=())) == (None, "orphaned")
    empty = Report("x", "", "fr")
    assert locate(S1, Reading(empty, Published())) == (None, "orphaned")


def test_the_anchor_is_the_words_themselves() -> None:
    assert (F1.words, F1.item) == ("au moins 12 morts", "e1/f1") and TEXT[E1.start : E1.end] == "bombardement"
    assert Span.of(TEXT, S1.start, S1.end).text == S1.words
    with pytest.raises(UsageError, match="SEL-U030"):
        target_of(R, "r", "e1/f2")


@pytest.mark.parametrize(
    ("target", "value"),
    [
        (E1, {"status": "denied", "earliest": "2024-03-04", "latest": None}), (F1, {"low": 3, "high": 5, "population": None}),
        (S1, {"stance": "hearsay", "source": "le maire"}),
    ],
)  # fmt: skip
def test_corrections_that_are_taken(target: Target, value: dict[str, object]) -> None:
    assert check_correction(target.kind, value) == value


@pytest.mark.parametrize(
    ("target", "value"),
    [
        (E1, {}), (E1, [1]), (E1, {"colour": "red"}), (E1, {"status": "dead"}), (E1, {"earliest": "mardi"}), (E1, {"earliest": "2024-02-30"}),
        (E1, {"earliest": "2024-03-05", "latest": "2024-03-04"}), (F1, {"low": -1}), (F1, {"low": True}), (F1, {"low": 5, "high": 4}),
        (F1, {"low": "5"}), (S1, {"stance": None}), (S1, {"source": " "}),
    ],
)  # fmt: skip
def test_corrections_that_are_refused(target: Target, value: object) -> None:
    with pytest.raises(UsageError, match="SEL-U031"):
        check_correction(target.kind, value)


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "accept", "author": " "}, {"verdict": None}, {"verdict": "same"}, {"verdict": "correct"},
        {"verdict": "accept", "value": "{}"}, {"verdict": "accept", "target": None}, {"verdict": "accept", "made_at": datetime(2024, 3, 7)},
    ],
)  # fmt: skip
def test_judgements_that_say_nothing_are_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Judgement(**{"author": "Ada", "made_at": NOON, "target": E1, **fields})  # type: ignore[arg-type]
