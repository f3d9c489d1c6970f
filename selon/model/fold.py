"""Folding text for search: case, accents, ligatures, quotes and punctuation do not count. May import: nothing of Selon."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Lower-case words without accents, parted by one space: « L'Œuvre d'Élie » -> `l oeuvre d elie`."""
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    # Letters in disguise (bold, full width) have no lower case before they are unmasked.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).translate(_LETTERS)
    return " ".join(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def fold_all(*texts: str | None) -> str:
    """The folded texts between spaces and bars, so that ` niger ` is found in ` niger | ne ` and not in ` nigeria `."""
    return f" {' | '.join(f for t in dict.fromkeys(texts) if t and (f := fold(t)))} "


def person_key(name: str, country: str | None = None) -> str:
    """One key for spellings of one name: « Viatcheslav Gladkov » and « Vyacheslav Gladkov » share initial, last name and country."""
    words = fold(name).split()
    capitals = [w for w in name.split() if w[:1].isupper()]
    if len(words) >= 2 and len(capitals) == len(name.split()):
        return f"{words[0][0]} {words[-1]} {country or ''}"
    return " ".join(words)
