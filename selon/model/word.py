"""The plain form of a word, under which lexicons and tables know it. May import: nothing of Selon."""

from __future__ import annotations

from functools import lru_cache

_PLAIN = str.maketrans(dict.fromkeys("’ʼ′`´‘", "'") | dict.fromkeys("‐‑", "-") | dict.fromkeys("\u00a0\u2007\u2009\u202f", " "))


def straight(text: str) -> str:
    """Plain apostrophes, hyphens and spaces; the case is kept."""
    return text.translate(_PLAIN)


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """Lower case with plain apostrophes, hyphens and spaces. Remembered: the same words come again and again."""
    return word.lower().translate(_PLAIN)
