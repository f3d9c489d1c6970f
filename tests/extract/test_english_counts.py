"""The number grammar in English: its corpus at 100 %, and any integer below 10^9 written out comes back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from selon.extract.quantities import Quantity, find_quantities
from selon.lang import load_pack
from selon.model import Report
from tests.extract.flat import flat

PACK = load_pack("en")
UNITS = (
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
)  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def read(text: str) -> tuple[Quantity, ...]:
    return find_quantities(Report("t", text, "en"), flat(text, "en"), PACK, ())


def below_thousand(n: int, link: str) -> str:
    hundreds, rest = divmod(n, 100)
    ten, unit = divmod(rest, 10)
    low = UNITS[rest] if rest < 20 else TENS[ten - 2] + (f"-{UNITS[unit]}" if unit else "")
    if not hundreds:
        return low
    return f"{UNITS[hundreds]} hundred" + (f"{link}{low}" if rest else "")


def in_words(n: int, link: str) -> str:
    """A whole number below 10^9 as English writes it out; `link` stands between the hundreds and what follows."""
    parts = []
    for scale, name in ((1_000_000, " million"), (1000, " thousand"), (1, "")):
        group, n = divmod(n, scale)
        if group:
            parts.append(below_thousand(group, link) + name)
    return " ".join(parts)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.integers(2, 9_999), st.integers(2, 10**9 - 1)), st.sampled_from([" ", " and "]))
def test_an_integer_in_words_comes_back(n: int, link: str) -> None:
    text = in_words(n, link)
    assert [(q.low, q.high) for q in read(f"{text} rockets")] == [(n, n)], text


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 10**12))
def test_digits_in_groups_come_back(n: int) -> None:
    assert [(q.low, q.high) for q in read(f"{n:,} rockets")] == [(n, n)]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_and_spans_are_its_own(text: str) -> None:
    for q in read(text) if flat(text, "en").tokens else ():
        assert text[q.span.start : q.span.end] == q.span.text


def test_a_part_points_to_its_whole() -> None:
    assert [q.part_of for q in read("12 dead, including three children and two women")] == [None, 0, 0]


def test_a_list_of_parts_may_be_closed_behind() -> None:
    whole, *parts = read("Six people were injured, a child and a nurse included.")
    assert whole.low == 6
    assert [p.part_of for p in parts] == [0, 0]
