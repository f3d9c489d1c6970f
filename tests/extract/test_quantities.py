"""The number grammar: its corpus at 100 %, and any integer below 10^9 written out comes back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from selon.extract.quantities import Quantity, find_quantities
from selon.lang import load_pack
from selon.model import Report, Span, TimeSpan
from tests.extract.flat import flat

PACK = load_pack("fr")


def read(text: str) -> tuple[Quantity, ...]:
    return find_quantities(Report("t", text, "fr"), flat(text), PACK, ())


UNITS = (
    ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"]
)  # fmt: skip
TENS = ["vingt", "trente", "quarante", "cinquante", "soixante"]


def below_hundred(n: int, final: bool) -> str:
    """`final`: nothing numeral follows, so that "quatre-vingts" takes its s."""
    if n < 20:
        return UNITS[n]
    if n < 70:
        ten, unit = TENS[n // 10 - 2], n % 10
        return ten if unit == 0 else f"{ten} et un" if unit == 1 else f"{ten}-{UNITS[unit]}"
    if n < 80:
        return "soixante et onze" if n == 71 else f"soixante-{UNITS[n - 60]}"
    if n == 80:
        return "quatre-vingts" if final else "quatre-vingt"
    return f"quatre-vingt-{UNITS[n - 80]}"


def below_thousand(n: int, final: bool) -> str:
    hundreds, rest = divmod(n, 100)
    words = []
    if hundreds:
        words.append("cent" if hundreds == 1 else f"{UNITS[hundreds]} cent{'s' if rest == 0 and final else ''}")
    if rest or not hundreds:
        words.append(below_hundred(rest, final))
    return " ".join(words)


def in_words(n: int) -> str:
    """A whole number below 10^9 as French writes it out, in the spelling before 1990 (hyphens below one hundred only)."""
    millions, rest = divmod(n, 1_000_000)
    thousands, units = divmod(rest, 1000)
    words = []
    if millions:
        words.append(f"{below_thousand(millions, True)} million{'s' if millions > 1 else ''}")
    if thousands:
        words.append("mille" if thousands == 1 else f"{below_thousand(thousands, False)} mille")
    if units or not words:
        words.append(below_thousand(units, True))
    return " ".join(words)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.integers(2, 9_999), st.integers(2, 10**9 - 1)))
def test_an_integer_in_words_comes_back(n: int) -> None:
    for text in (in_words(n), in_words(n).replace(" ", "-")):
        if "million" in text and "-" in text and " " not in text:
            continue
        link = " de" if n % 1_000_000 == 0 else ""
        assert [(q.low, q.high) for q in read(f"{text}{link} roquettes")] == [(n, n)], text


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**12), st.sampled_from([" ", "\u00a0", "\u202f", ".", "'"]))
def test_digits_in_groups_come_back(n: int, sign: str) -> None:
    text = f"{n:,}".replace(",", sign)
    assert [(q.low, q.high) for q in read(f"{text} roquettes")] == [(n, n)]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_and_spans_are_its_own(text: str) -> None:
    for q in find_quantities(Report("t", text, "fr"), flat(text), PACK, ()) if flat(text).tokens else ():
        assert text[q.span.start : q.span.end] == q.span.text


def test_a_part_points_to_its_whole() -> None:
    found = read("12 morts, dont trois enfants et deux femmes")
    assert [q.part_of for q in found] == [None, 0, 0]


def test_an_old_and_a_new_toll_are_two_counts() -> None:
    text = "il passe de 10 à 17 morts"
    parse = flat(text)
    tokens = [t if t.text != "passe" else type(t)(t.i, t.start, t.end, t.text, "passer", "VERB", t.head, t.deprel, t.sent) for t in parse]
    found = find_quantities(Report("t", text, "fr"), type(parse).build(text, tokens), PACK, ())
    assert [(q.low, q.high) for q in found] == [(10, 10), (17, 17)]


def test_a_time_is_no_count() -> None:
    text = "entre 12 et 15 selon lui"
    time = TimeSpan(Span.of(text, 0, 14), "TIME", "T12")
    assert find_quantities(Report("t", text, "fr"), flat(text), PACK, [time]) == ()


def test_merged_tolls_are_one_number() -> None:
    (found,) = read("17 tués ou blessés")
    assert found.merged and found.low == 17
