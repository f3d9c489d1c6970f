"""Acronyms that a report explains itself: « Front patriotique du Nord (FPN) ». May import: `lexis`, `model`."""

from __future__ import annotations

from collections.abc import Mapping

from selon.model import Parse
from selon.resolve.who.lexis import unaccented

_LONGEST = 14
"""Tokens that the name before an acronym has at most."""
_SMALL = 3
"""Letters of a word that an acronym may leave out, at most ("de", "des", "for")."""


def explained(parse: Parse) -> Mapping[str, tuple[int, int]]:
    """Acronym -> tokens (first, last) of the name that stands before its brackets when first given."""
    out: dict[str, tuple[int, int]] = {}
    tokens = parse.tokens
    for i in [t.i for t in tokens if t.text == "("]:
        if i < 1 or i + 2 >= len(tokens) or tokens[i + 2].text != ")":
            continue
        short = parse[i + 1].text
        if short in out or not 2 <= len(short) <= 8 or not short.isalnum() or not any(c.isupper() for c in short[1:]):
            continue
        first = _by_letters(parse, i, short) or _by_parse(parse, i)
        if first is not None:
            out[short] = (first, i - 1)
    return out


def _by_letters(parse: Parse, bracket: int, short: str) -> int | None:
    """Where the words begin whose initials are the letters, small words left out."""
    letters = [c for c in unaccented(short).upper() if c.isalpha()]
    k = bracket - 1
    while letters and k >= 0 and bracket - k <= _LONGEST and parse[k].sent == parse[bracket].sent:
        word = unaccented(parse[k].text).strip("'\"«»“”")
        if word[:1].upper() == letters[-1]:
            letters.pop()
        elif len(word) > _SMALL:
            return None
        if not letters:
            return k if parse[k].text[:1].isupper() and bracket - k > 1 else None
        k -= 1
    return None


def _by_parse(parse: Parse, bracket: int) -> int | None:
    """Where the capitalised noun phrase begins to which the brackets belong, for letters of another language."""
    t = parse[bracket + 1]
    head = parse.head(t)
    if head is None or not bracket - _LONGEST < head.i < bracket or head.pos not in ("NOUN", "PROPN"):
        return None
    return head.i if head.text[:1].isupper() and head.i < bracket - 1 else None
