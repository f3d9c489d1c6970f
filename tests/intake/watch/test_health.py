"""Expected volumes, silence, changes of shape, and when what is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.intake.watch.health import Look, check_due, due_at, health, retry_due
from selon.intake.watch.plan import Source

START = datetime(2026, 11, 1, tzinfo=UTC)
SOURCE = Source("a", "https://a.example/rss", every=3600)


def hourly(
    days: float,
    *,
    fresh: int = 1,
    by_day: bool = False,
    shape: str = "rss",
    listed: int = 30,
    dated: int | None = None,
    start: datetime = START,
) -> list[Look]:
    """Looks every hour; `by_day` only brings news between 6 and 22 o'clock."""
    out = []
    for n in range(int(days * 24)):
        at = start + timedelta(hours=n)
        awake = not by_day or 6 <= at.hour < 22
        out.append(Look(at, 200, listed=listed, fresh=fresh if awake else 0, shape=shape, dated=listed if dated is None else dated))
    return out


def names(looks: list[Look], now: datetime, source: Source = SOURCE) -> list[str]:
    return [t for t, _ in health(looks, source, now).troubles]


def test_what_is_usual_is_learnt_after_some_days() -> None:
    assert health(hourly(3), SOURCE, START + timedelta(days=3)).per_day is None
    found = health(hourly(20), SOURCE, START + timedelta(days=20))
    assert found.per_day == pytest.approx(24, abs=0.5) and found.troubles == ()


def test_silence_is_said_after_a_time_that_chance_does_not_explain() -> None:
    looks = hourly(20) + hourly(1, fresh=0, start=START + timedelta(days=20))
    assert names(looks[: 20 * 24 + 5], START + timedelta(days=20, hours=5)) == []
    assert names(looks, START + timedelta(days=21)) == ["silent"]
    assert health(looks, SOURCE, START + timedelta(days=21)).since == START + timedelta(days=20) - timedelta(hours=1)


def test_nights_and_sundays_are_no_silence() -> None:
    looks = hourly(20, by_day=True)
    assert names(looks, START + timedelta(days=20, hours=6)) == [] == names(looks, START + timedelta(days=20, hours=8))
    assert names(looks, START + timedelta(days=21)) == ["silent"]


def test_what_the_user_expects_counts_before_anything_is_learnt() -> None:
    eager = Source("a", "https://a.example/rss", every=3600, expect=48.0)
    assert names(hourly(0.5, fresh=0), START + timedelta(hours=12), eager) == ["silent"]
    assert names(hourly(0.5, fresh=0), START + timedelta(hours=12)) == []


def test_failures_in_a_row() -> None:
    failing = [Look(START + timedelta(days=20, hours=n), None, "SEL-F004") for n in range(5)]
    assert names(hourly(20) + failing[:2], failing[1].at) == []
    assert names(hourly(20) + failing[:3], failing[2].at) == ["failing"]
    assert names(hourly(20) + failing[:3] + hourly(0.2, start=failing[2].at), failing[2].at + timedelta(hours=4)) == []


def test_shape_size_and_times() -> None:
    now, later = START + timedelta(days=20, hours=5), START + timedelta(days=20)
    assert names(hourly(20) + hourly(0.2, shape="atom", start=later), now) == ["shape"]
    assert names(hourly(20) + hourly(0.2, listed=3, start=later), now) == ["shrunk"]
    assert names(hourly(20) + hourly(0.2, dated=2, start=later), now) == ["undated"]
    assert names(hourly(20) + hourly(0.2, listed=25, start=later), now) == []


def test_a_trouble_has_one_beginning() -> None:
    looks = hourly(20) + hourly(2, shape="atom", start=START + timedelta(days=20))
    since = {health(looks[: n + 1], SOURCE, looks[n].at).since for n in range(20 * 24 + 1, len(looks))}
    assert since == {START + timedelta(days=20)}


def test_due() -> None:
    assert due_at([], SOURCE) is None
    good = Look(START, 200)
    assert due_at([good], SOURCE) == START + timedelta(hours=1)
    bad = [Look(START, None, "SEL-F004")] * 3
    assert due_at(bad, SOURCE) == START + timedelta(hours=8)
    assert due_at([Look(START, 429, "SEL-F013", wait=7 * 3600.0)], SOURCE) == START + timedelta(hours=7)
    assert due_at([Look(START, None, "x")] * 50, SOURCE) == START + timedelta(days=1)


def test_second_looks_come_at_the_ages_of_the_plan() -> None:
    ages = (3600.0, 86_400.0)
    assert check_due(START, START, ages) == START + timedelta(hours=1)
    assert check_due(START, START + timedelta(hours=2), ages) == START + timedelta(days=1)
    assert check_due(START, START + timedelta(days=2), ages) is None


def test_retries_end() -> None:
    assert retry_due(1, START, None) == START + timedelta(minutes=5) and retry_due(1, START, 7200.0) == START + timedelta(hours=2)
    assert retry_due(6, START, None) is None


LOOKS = st.lists(
    st.builds(
        Look, st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC)), st.sampled_from([200, 304, 500, None]),
        st.sampled_from([None, None, "SEL-F004"]), st.none() | st.integers(0, 50), st.none() | st.integers(0, 50), st.sampled_from([None, "rss", "atom"]), st.none() | st.integers(0, 50),
        st.none() | st.floats(0, 1e5),
    ),
    max_size=30,
)  # fmt: skip


@settings(deadline=None)
@given(LOOKS, st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))
def test_any_looks_give_some_health(looks: list[Look], now: datetime) -> None:
    ordered = sorted(looks, key=lambda k: k.at)
    found = health(ordered, SOURCE, now)
    assert (found.since is None) == (not found.troubles)
    due = due_at(ordered, SOURCE)
    assert due is None or due > ordered[-1].at
