"""The form of a word that the trained pipeline sees.

Typography that carries no grammar is folded away here, at training and at reading alike, so that the pipeline needs no examples of it:
quotes of every kind, apostrophes, dashes, spaces inside numbers, decomposed accents, invisible marks. Digits become `0` (a year becomes
`1999`), so that no number is an unknown word. The text itself is never changed: tokens keep their exact slice.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Marks that take no room on the page: soft hyphen, zero-width characters, direction marks, byte-order mark, variation selectors.
INVISIBLE = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe0e\ufe0f"
SPACES = " \u00a0\u2007\u2009\u202f"
APOSTROPHES = "'’ʼ′`´‘"
DOUBLE_QUOTES = '"«»“”„‟″〝〞＂'
SINGLE_QUOTES = "‹›‚‛"
DASHES = "-‐‑‒–—―−"

_DROP = re.compile(f"[{INVISIBLE}]")
_FOLD = {ord(c): '"' for c in DOUBLE_QUOTES} | {ord(c): "'" for c in APOSTROPHES} | {ord(c): "-" for c in DASHES}
_FOLD |= {ord(c): '"' for c in SINGLE_QUOTES} | {ord("…"): "..."}
_LONE = re.compile("[\ud800-\udfff\x00-\x1f\x7f-\x9f]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = re.compile(rf"[+-]?\d+(?:[{SPACES}]\d{{3}})+(?:[.,]\d+)?")
_DIGIT = re.compile(r"\d")
_LONGEST = 60
"""Code points of a word that the pipeline looks at; the rest of a longer one is cut."""


def fold(word: str) -> str:
    """The word in composed form with plain quotes, apostrophes and dashes, without invisible marks. Never empty."""
    if word.isascii():
        return word if word.isprintable() else _LONE.sub("\ufffd", word)
    word = _LONE.sub("\ufffd", unicodedata.normalize("NFC", _DROP.sub("", word)).translate(_FOLD))
    return word or "\ufffd"


@lru_cache(maxsize=50_000)
def model_word(word: str, lower: bool = False) -> str:
    """`word` as the pipeline sees it; `lower` when it stands in running capitals."""
    if len(word) > _LONGEST:
        word = word[:_LONGEST]
    folded = fold(word)
    if folded in ("'", "''", "``"):
        return '"'
    if folded.startswith("--"):
        return "-"
    if _DIGIT.search(folded):
        if _NUMBER.fullmatch(folded):
            folded = "".join(c for c in folded if c not in SPACES)
            folded = _DIGIT.sub("0", folded)
        else:
            folded = _DIGIT.sub("0", _YEAR.sub("\ue000", folded)).replace("\ue000", "1999")
    return folded.lower() if lower else folded


def is_shouted(words: list[str]) -> bool:
    """Whether the words are running capitals, as in a headline: three or more words with letters, nearly all upper case.

    Short words count only when they are among longer ones, so that "ONU" or "OTAN : USA" alone is not a shout.
    """
    letters = [w for w in words if len(w) > 1 and w.isalpha()]
    if len(letters) < 3 or not any(len(w) > 5 for w in letters):
        return False
    return sum(w.isupper() for w in letters) >= 0.85 * len(letters)
