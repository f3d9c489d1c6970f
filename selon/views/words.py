"""Words for the values of a reading in the languages of the interface. May import: `lang.strict_yaml`, `model`, `errors`.

The words live in `words/<language>.yml`, by field and value. A value without a word is a defect that a test finds.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from selon.errors import UsageError
from selon.lang.strict_yaml import load_yaml

_HOME = Path(__file__).parent / "words"

Words = Mapping[str, Mapping[str, str]]


def languages() -> list[str]:
    """Languages of the interface."""
    return sorted(p.stem for p in _HOME.glob("*.yml"))


@cache
def words(lang: str) -> Words:
    """Field -> value -> word. Raises UsageError SEL-U010 for a language without words."""
    path = _HOME / f"{lang}.yml"
    if not path.is_file():
        raise UsageError("SEL-U010", f"the interface does not speak {lang!r}", remedy=f"one of {', '.join(languages())}")
    return cast(Words, load_yaml(path))


def word(lang: str, field: str, value: str | None) -> str:
    """The word for a value, the value itself where there is none, nothing for None."""
    if value is None:
        return ""
    return words(lang).get(field, {}).get(value, value)


def amount(lang: str, low: int | None, high: int | None, qualifier: str) -> str:
    """A range in figures and words: « au moins 17 », « 5–8 », « environ 20 »."""
    if low is None and high is None:
        return "?"
    number = f"{_digits(low if low is not None else high or 0, lang)}"
    if low is not None and high is not None and low != high:
        number = f"{_digits(low, lang)}–{_digits(high, lang)}"
    lead = word(lang, "qualifier", qualifier)
    if qualifier == "vague":
        return f"≥ {number}" if low is not None else f"≤ {number}"
    return f"{lead} {number}".strip()


def _digits(n: int, lang: str) -> str:
    # A narrow no-break space parts thousands in French, a comma in English.
    return f"{n:,}".replace(",", "\u202f" if lang == "fr" else ",")
