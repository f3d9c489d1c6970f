"""Where sentences begin, by rules over tokens that can be read and tested.

A border stands after `.`, `!`, `?` or an ellipsis, with the closing quotes and brackets behind it, when what follows looks like a
beginning; at a blank line; and at a line end unless the next line goes on in lower case. Never after an abbreviation or an initial
(the tokenizer keeps their stop), a colon or a semicolon.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.nlp.normal import DASHES, DOUBLE_QUOTES
from selon.nlp.tokenize import Cut, TokenizerData

_CLOSERS = set("»”\"’'›)]}+″“")
_OPENERS = set("«“„\"‘'‹([{+")
_QUOTES = set(DOUBLE_QUOTES)


def sentence_starts(text: str, cuts: Sequence[Cut], data: TokenizerData) -> list[int]:
    """Indices of the tokens that begin a sentence, the first always among them. `cuts` are the tokens of one passage."""
    if not cuts:
        return []
    starts = [0]
    n = len(cuts)
    i = 1
    inside = text[cuts[0][0] : cuts[0][1]] in _QUOTES  # an undirected or opening quote is open
    while i < n:
        gap = text[cuts[i - 1][1] : cuts[i][0]]
        if "\n" in gap or "\r" in gap or "\u2028" in gap or "\u2029" in gap:
            if _breaks_line(text, cuts, i, gap):
                starts.append(i)
                inside = False
        elif i > starts[-1] and _ends(text, cuts, i - 1, starts[-1], data):
            j = _after_closers(text, cuts, i, inside)
            if j < n and j > i - 1 and _begins(text, cuts, j, data):
                starts.append(j)
                if any(text[a:b] in _QUOTES for a, b in cuts[i:j]):
                    inside = False
                i = j
        word = text[cuts[i][0] : cuts[i][1]]
        if word in _QUOTES:
            inside = word in "«“„" if word in "«»“”„" and not (word == "“" and inside) else not inside
        i += 1
    return starts


def _breaks_line(text: str, cuts: Sequence[Cut], i: int, gap: str) -> bool:
    """Whether the line end before token `i` is a border: always at a blank line, else unless the next line goes on in lower case."""
    if gap.count("\n") > 1 or gap.count("\r") > 1 or "\u2029" in gap:
        return True
    first, last = text[cuts[i][0]], text[cuts[i - 1][1] - 1]
    return not (first.islower() or first in ",;:)»”") or last in ".!?…"


def _ends(text: str, cuts: Sequence[Cut], k: int, start: int, data: TokenizerData) -> bool:
    """Whether token `k` can be the last of a sentence that began at token `start`."""
    a, b = cuts[k]
    if text[b - 1] not in ".!?…":
        return False
    word = text[a:b]
    if word == ".":
        # "1. Le bilan", "a. …": a list mark opens the sentence.
        return not (k == start + 1 and (text[cuts[start][0] : cuts[start][1]].isdigit() or cuts[start][1] - cuts[start][0] == 1))
    if any(c.isalnum() for c in word):
        return word[:-1].lower() in data.abbreviations_final or (word.count(".") > 1 and _acronym(word))
    return True


def _acronym(word: str) -> bool:
    """O.N.U., not J.-P. (an initial stands before a name)."""
    return "-" not in word and len(word) > 4


def _after_closers(text: str, cuts: Sequence[Cut], i: int, inside: bool) -> int:
    """The first token from `i` on that is no closing quote or bracket belonging to what ends before it."""
    while i < len(cuts):
        word = text[cuts[i][0] : cuts[i][1]]
        if word not in _CLOSERS:
            return i
        glued = cuts[i][0] == cuts[i - 1][1]
        if word in ('"', "″", "“", "+", "'", "’"):
            # These open and close alike: one that is open closes here; else one glued to the left only closes.
            opens_next = i + 1 < len(cuts) and cuts[i + 1][0] == cuts[i][1]
            if not (inside or (glued and not opens_next)):
                return i
            inside = False
        i += 1
    return i


def _begins(text: str, cuts: Sequence[Cut], j: int, data: TokenizerData) -> bool:
    """Whether token `j` can begin a sentence."""
    a = cuts[j][0]
    if a == cuts[j - 1][1] and text[a].isalpha() and not text[a].isupper():
        return False
    k = j
    while k < len(cuts) and (text[cuts[k][0]] in _OPENERS or text[cuts[k][0]] in DASHES or text[cuts[k][0]] in "•*–—¿¡"):
        k += 1
    if k == len(cuts):
        return k > j and text[a] in _OPENERS
    c = text[cuts[k][0]]
    if c.isalpha():
        return not c.islower()
    return c.isdigit() or c in "@#" or not (c.isalnum() or c in ",;:.!?…%)]}»”")
