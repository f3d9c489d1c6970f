"""What people judged goes before what the machine found, in any order, and nothing is lost."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from selon.link import Judged, apply, link
from selon.link.pairs import Pairs
from selon.model import Reading
from selon.model.incident import Incident, incident_json
from selon.model.judged import target_of
from selon.model.judgement import Judgement, Verdict, canonical
from tests.link.build import Line, reading
from tests.link.test_link import RAID, reports

NOON = datetime(2024, 3, 7, 12, tzinfo=UTC)
BY_ID = {r.report.id: r for r in RAID}
NAMED = {f"id-{k}": k for k in BY_ID}


def pair(*keys: str) -> frozenset[tuple[str, str]]:
    return frozenset((k[0], k[1:]) for k in keys)


def with_event(incidents: list[Incident], key: str) -> Incident:
    return next(i for i in incidents if (key[0], key[1:]) in i.events)


def judged(verdict: Verdict, item: str, other: str = "", author: str = "Ada", hour: int = 0, **value: object) -> Judgement:
    ends = [target_of(BY_ID[k[0]], f"id-{k[0]}", k[1:]) for k in (item, other) if k]
    return Judgement(
        verdict,
        author,
        NOON + timedelta(hours=hour),
        ends[0],
        ends[1] if len(ends) > 1 else None,
        value=canonical(value) if value else None,
    )


def effects(*judgements: Judgement) -> Judged:
    return apply(judgements, BY_ID, NAMED)


def test_judged_the_same_is_one_incident_whatever_days_and_places_say() -> None:
    found = with_event(link(RAID, must=frozenset({pair("de0", "ee0")})), "de0")
    assert set(found.reports) == {"d", "e"} and ("e", "e0") in found.events


def test_two_occurrences_of_one_report_can_be_judged_the_same() -> None:
    found = with_event(link(RAID, must=frozenset({pair("ce0", "ce1")})), "ce0")
    assert ("c", "e1") in found.events and {"a", "b", "c"} == set(found.reports)


def test_two_events_of_one_telling_can_be_judged_different() -> None:
    apart = link(RAID, frozenset({pair("ae0", "ae1")}))
    assert with_event(apart, "ae0").id != with_event(apart, "ae1").id
    assert sorted(e for i in apart for e in i.events) == sorted((r.report.id, e.id) for r in RAID for e in r.events)


def test_where_whole_incidents_may_not_be_joined_only_the_judged_events_come_together() -> None:
    joined = link(RAID, frozenset({pair("be0", "de0")}), must=frozenset({pair("ae0", "de0")}))
    assert set(with_event(joined, "ae0").reports) == {"a", "d"} and set(with_event(joined, "be0").reports) == {"b", "c"}


def test_what_is_different_stays_so_though_both_are_the_same_as_a_third() -> None:
    torn = link(RAID, frozenset({pair("ae0", "ee0")}), must=frozenset({pair("ae0", "de0"), pair("de0", "ee0")}))
    assert with_event(torn, "ae0").id != with_event(torn, "ee0").id


@st.composite
def judged_reports(draw: st.DrawFn) -> tuple[list[Reading], Pairs, Pairs]:
    told = draw(reports())
    keys = [(r.report.id, e.id) for r in told for e in r.events]
    made = st.tuples(st.sampled_from(keys), st.sampled_from(keys)).filter(lambda p: p[0] != p[1]).map(frozenset)
    chosen = st.just(frozenset[frozenset[tuple[str, str]]]()) if len(keys) < 2 else st.frozensets(made, max_size=5)
    return told, draw(chosen), draw(chosen)


@settings(max_examples=60, deadline=None)
@given(judged_reports(), st.integers(0, 1000))
def test_order_does_not_matter_with_pairs_either(case: tuple[list[Reading], Pairs, Pairs], seed: int) -> None:
    told, cannot, must = case
    shuffled = list(told)
    random.Random(seed).shuffle(shuffled)
    found = link(told, cannot, must=must)
    assert [incident_json(i) for i in found] == [incident_json(i) for i in link(shuffled, cannot, must=must)]
    assert sorted(e for i in found for e in i.events) == sorted((r.report.id, e.id) for r in told for e in r.events)
    held = {e: i.id for i in found for e in i.events}
    assert all(len({held[e] for e in p}) == 2 for p in cannot)


@settings(max_examples=60, deadline=None)
@given(judged_reports())
def test_one_pair_of_the_same_is_always_obeyed(case: tuple[list[Reading], Pairs, Pairs]) -> None:
    told, _, must = case
    held = {e: i.id for i in link(told, must=must) for e in i.events}
    assert all(len({held[e] for e in p}) == 1 for p in must)


def test_the_rejected_is_left_out_and_stays_on_record() -> None:
    j = effects(judged("reject", "be0"), judged("reject", "ae0/f1", hour=1), judged("reject", "cs0", hour=2))
    assert [e.id for e in j.readings["b"].events] == []
    assert j.readings["a"].events[0].figures == () and len(j.readings["a"].events) == 2
    assert [s.id for s in j.readings["c"].statements] == [] and j.readings["c"].events[0].statements == ()
    assert all(i.main_of != ("b",) and "b" not in i.reports for i in link(j.readings.values()))
    assert [s.effective and s.effective.verdict for s in j.of["b", "e0"]] == ["reject"]


def test_the_corrected_value_counts_and_the_machine_s_stays_beside_it() -> None:
    j = effects(judged("correct", "be0/f1", low=13, high=13), judged("correct", "ce0", earliest="2024-03-03", status="denied"))
    killed = next(g for g in with_event(link(j.readings.values()), "ae0").figures if g.count_of == "killed")
    assert [(v.report, v.low) for v in killed.values] == [("a", 12), ("b", 13)]
    (s,) = j.of["b", "e0/f1"]
    assert s.machine == {"low": 3, "high": 3}
    event = j.readings["c"].events[0]
    assert (event.status, event.time and event.time.earliest, event.time and event.time.latest) == ("denied", "2024-03-03", "2024-03-04")
    assert event.figures == BY_ID["c"].events[0].figures


def test_a_corrected_place_has_no_coordinates_of_the_wrong_one() -> None:
    place = effects(judged("correct", "de0", place="Autreville", country="BE")).readings["d"].events[0].place
    assert place is not None and (place.name, place.country, place.lat, place.geonameid) == ("Autreville", "BE", None, None)
    assert effects(judged("correct", "de0", place=None)).readings["d"].events[0].place is None


def test_a_corrected_source_speaks_in_the_matrix() -> None:
    (s,) = effects(judged("correct", "bs0", source="le porte-parole", stance="denies")).readings["b"].statements
    assert s.source is not None and (s.source.name, s.source.kind, s.stance) == ("le porte-parole", "official", "denies")


def test_disputed_judgements_leave_the_machine_s_result() -> None:
    j = effects(judged("reject", "be0"), judged("accept", "be0", author="Bob"))
    assert j.readings == BY_ID
    (s,) = j.of["b", "e0"]
    assert s.opinion.disputed and s.effective is None and s.state == "stands"


def test_judgements_on_what_is_gone_are_orphaned_and_do_nothing() -> None:
    orphan = judged("reject", "be0")
    without = {k: r for k, r in BY_ID.items() if k != "b"}
    j = apply([orphan, judged("same", "be0", "de0")], without, NAMED)
    assert [(s.state, s.effective) for s in j.standings] == [("orphaned", None)] * 2
    assert j.readings == without and not j.must


def test_pairs_of_judgements_reach_linking() -> None:
    j = effects(judged("same", "de0", "ee0"), judged("different", "ae0", "be0"), judged("unsure", "ae0", "ce0"))
    assert (j.must, j.cannot) == (frozenset({pair("de0", "ee0")}), frozenset({pair("ae0", "be0")}))


@given(st.permutations([
    judged("reject", "be0"), judged("correct", "ae0/f1", low=1), judged("same", "de0", "ee0"), judged("accept", "cs0"),
    judged("reject", "ce1", author="Bob"), judged("unsure", "ce1"),
]))  # fmt: skip
def test_judgements_of_different_targets_can_be_made_in_any_order(history: list[Judgement]) -> None:
    later = [Judgement(j.verdict, j.author, NOON + timedelta(hours=k), j.target, j.other, value=j.value) for k, j in enumerate(history)]
    one, two = effects(*later), effects(*reversed(history))
    assert (one.readings, one.must, one.cannot) == (two.readings, two.must, two.cannot)


def test_taking_back_brings_back_the_state_before() -> None:
    late = judged("reject", "be0", hour=1)
    back = Judgement(None, "Ada", NOON + timedelta(hours=2), retracts=late.id)
    assert effects(judged("correct", "be0", status="denied"), late, back) == effects(judged("correct", "be0", status="denied"))


def test_a_judgement_on_a_report_with_two_names_is_found_by_the_ledger_s_id() -> None:
    renamed = {"other": BY_ID["b"]}
    j = apply([judged("reject", "be0")], renamed, {"id-b": "other"})
    assert j.readings["other"].events == () and ("other", "e0") in j.of


def test_a_thousand_judgements_cost_little() -> None:
    told = [reading(f"r{k}", "2024-03-05", [Line("Frappe sur Graville", "airstrike", "Graville", "2024-03-04")]) for k in range(1000)]
    cannot = frozenset(frozenset({("r0", "e0"), (f"r{k}", "e0")}) for k in range(1, 1000))
    found = link(told, cannot)
    assert sorted(len(i.reports) for i in found) == [1, 999]
