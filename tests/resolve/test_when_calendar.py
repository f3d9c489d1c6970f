from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.resolve.when import calendar as cal
from selon.resolve.when.edtf import format_edtf, parse_edtf
from selon.resolve.when.operations import feast_day, pick_year
from selon.resolve.when.timex import duration

days = st.dates(min_value=date(1600, 1, 1), max_value=date(2400, 12, 31))


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [
        (2019, date(2019, 4, 21), date(2019, 4, 28)),
        (2022, date(2022, 4, 17), date(2022, 4, 24)),
        (2024, date(2024, 3, 31), date(2024, 5, 5)),
        (2025, date(2025, 4, 20), date(2025, 4, 20)),
        (1961, date(1961, 4, 2), date(1961, 4, 9)),
    ],
)
def test_easter_of_both_churches(year: int, western: date, orthodox: date) -> None:
    assert cal.easter(year) == western
    assert cal.orthodox_easter(year) == orthodox


@given(st.integers(1800, 2300))
def test_easter_is_a_sunday_in_its_season(year: int) -> None:
    assert cal.easter(year).isoweekday() == 7
    assert date(year, 3, 22) <= cal.easter(year) <= date(year, 4, 25)
    assert cal.orthodox_easter(year).isoweekday() == 7


def test_feasts_by_rule() -> None:
    assert feast_day("12-25", 2023) == date(2023, 12, 25)
    assert feast_day("easter+39", 2024) == date(2024, 5, 9)
    assert feast_day("easter-2", 2024) == date(2024, 3, 29)
    assert feast_day("orthodox+0", 2024) == date(2024, 5, 5)


@given(days, st.integers(1, 7))
def test_weekdays_near_a_day(day: date, weekday: int) -> None:
    past, before = cal.weekday_near(day, weekday, "past"), cal.weekday_near(day, weekday, "before")
    future, after = cal.weekday_near(day, weekday, "future"), cal.weekday_near(day, weekday, "after")
    assert {d.isoweekday() for d in (past, before, future, after)} == {weekday}
    assert day - timedelta(6) <= past <= day <= future <= day + timedelta(6)
    assert day - timedelta(7) <= before < day < after <= day + timedelta(7)


def test_summer_time_does_not_shift_a_day() -> None:
    # The clocks changed in the night to 31 March 2024 in most of Europe.
    assert cal.shift(date(2024, 3, 30), 1, "D") == date(2024, 3, 31)
    assert cal.shift(date(2024, 3, 31), -1, "D") == date(2024, 3, 30)
    assert cal.shift(date(2024, 10, 26), 2, "D") == date(2024, 10, 28)


def test_months_end_where_the_month_ends() -> None:
    assert cal.add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)
    assert cal.add_months(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert cal.month_of(2023, 14) == (date(2024, 2, 1), date(2024, 2, 29))
    assert cal.shift(date(9999, 12, 31), 1, "D") is None


def test_units_around_a_day() -> None:
    day = date(2024, 3, 14)
    assert cal.unit_around(day, "W") == (date(2024, 3, 11), date(2024, 3, 17))
    assert cal.unit_around(day, "WE") == (date(2024, 3, 16), date(2024, 3, 17))
    assert cal.unit_around(day, "Q") == (date(2024, 1, 1), date(2024, 3, 31))
    assert cal.unit_around(day, "H") == (date(2024, 1, 1), date(2024, 6, 30))
    assert cal.unit_around(day, "E") == (date(2020, 1, 1), date(2029, 12, 31))
    assert cal.unit_around(day, "C") == (date(2001, 1, 1), date(2100, 12, 31))
    assert cal.season_of(2023, "WI") == (date(2023, 12, 1), date(2024, 2, 29))


def test_year_of_a_day_without_one() -> None:
    march = date(2024, 3, 14)
    assert pick_year(12, 30, march, "past", "") == date(2023, 12, 30)
    assert pick_year(12, 30, march, "future", "") == date(2024, 12, 30)
    assert pick_year(3, 20, march, "", "") == date(2024, 3, 20)
    assert pick_year(3, 14, march, "", "last") == date(2023, 3, 14)
    assert pick_year(2, 29, date(2023, 5, 1), "past", "") == date(2020, 2, 29)


@given(days, st.integers(0, 4000))
def test_edtf_round_trip_of_closed_intervals(first: date, size: int) -> None:
    last = first + timedelta(days=size)
    text = format_edtf(first, last)
    assert text is not None
    assert parse_edtf(text) == (first, last)


@given(days)
def test_edtf_round_trip_of_open_intervals(day: date) -> None:
    for interval in ((day, None), (None, day)):
        text = format_edtf(*interval)
        assert text is not None
        assert parse_edtf(text) == interval


@given(st.integers(1600, 2300), st.integers(1, 12))
def test_edtf_is_the_shortest_form(year: int, month: int) -> None:
    assert format_edtf(*cal.month_of(year, month)) == f"{year}-{month:02d}"
    assert format_edtf(*cal.year_of(year)) == str(year)
    assert parse_edtf(f"{year}") == cal.year_of(year)


@pytest.mark.parametrize("text", ["", "../..", "2024-13", "2024-02-30", "mardi", "2024-05-02/2024-05-01"])
def test_edtf_refuses_what_is_none(text: str) -> None:
    with pytest.raises(ValueError):
        parse_edtf(text)


def test_durations() -> None:
    assert duration(10, "M") == "P10M"
    assert duration(None, "D") == "PXD"
    assert duration(1, "Y", "half") == "P18M"
    assert duration(2, "HOUR", "half") == "PT150M"
    assert duration(3, "E") == "P30Y"
    assert duration(30, "S", fraction="4") == "PT30.4S"
