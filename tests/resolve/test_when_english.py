"""What an English report says of its own day, and which way its clauses look."""

from __future__ import annotations

import pytest

from selon.intake import build_report
from selon.lang import load_pack
from selon.resolve.when import date_report, tag_times

PACK = load_pack("en")


def published(text: str) -> tuple[str | None, str]:
    found = date_report(build_report(text, id="x", lang="en"), PACK)
    return (found.earliest if found.earliest == found.latest else None), found.basis


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Six killed in strike\n\nPublished 5 April 2024\n\nDrones struck the city overnight.", "2024-04-05"),
        ("Village burnt down\n\n6 June 2024\n\nKALOGO (Agency) - Gunmen attacked the village on Wednesday.", "2024-06-06"),
        ("Tuesday, March 12, 2024\n\nA dam gave way on Monday night.", "2024-03-12"),
        ("KALOGO, May 3, 2023 (Agency) - Two soldiers died on Tuesday.", "2023-05-03"),
        ("A bridge collapsed on Monday.\n\nLast updated on 9 January 2025", "2025-01-09"),
    ],
)
def test_a_day_that_the_report_gives_for_itself(text: str, day: str) -> None:
    assert published(text) == (day, "stated")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On the 430th day of the war, fighting goes on in eastern Ukraine.", "2023-04-29"),
        ("War in Ukraine, day 430 of the invasion: the line does not move.", "2023-04-29"),
        ("On the second anniversary of the Beirut port explosion, a crowd gathered.", "2022-08-04"),
    ],
)
def test_a_day_that_can_be_worked_out(text: str, day: str) -> None:
    assert published(text) == (day, "inferred")


def test_a_report_without_a_day_stays_without_one() -> None:
    assert published("The army shelled the village on Tuesday. Five people died.") == (None, "unknown")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The ministers met on Friday.", "2024-03-08"),
        ("The ministers will meet on Friday.", "2024-03-15"),
        ("The ministers are expected to meet on Friday.", "2024-03-15"),
        ("The siege has lasted since 3 May last year.", "2023-05-03"),
        ("The truce ended on the last Saturday of February.", "2024-02-24"),
    ],
)
def test_a_clause_looks_back_or_ahead(text: str, day: str) -> None:
    assert [t.earliest for t in tag_times(text, PACK, "2024-03-14")] == [day]


def test_the_last_day_of_a_range_takes_the_month_of_the_first() -> None:
    found = tag_times("The talks were held from May 5 to 7.", PACK, "2024-06-14")
    assert {(t.earliest, t.latest) for t in found} == {("2024-05-05", "2024-05-07")}
