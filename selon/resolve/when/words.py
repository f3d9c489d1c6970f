"""Words of a text for the temporal grammar, and the classes of words that its patterns name. May import: nothing of Selon.

The grammar looks at words, numbers and signs, not at the parse, so that times are found in any text, headers and captions included. Hyphens
between letters are dropped: a hyphenated and an open spelling are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# The key of a number that no pattern names by its digits.
NUMBER = "0"
# Letters with an elision's apostrophe, digits, or one sign. Digits and letters are parted ("6h30" is three words).
_WORD = re.compile(r"[^\W\d_]+'?|\d+|[^\w\s]|_")


@dataclass(frozen=True)
class Words:
    """The words of a text: lower-case forms with the plain apostrophe, offsets, and integer values (None for no digits).

    `keys` are the words as a grammar's index knows them, with three empty ones behind; `memo` keeps what a scan has found, so that scans of
    different texts may run side by side.
    """

    text: str
    low: list[str]
    start: list[int]
    end: list[int]
    number: list[int | None]
    keys: list[str] = field(default_factory=list, compare=False, repr=False)
    memo: dict[tuple[str, int], Any] = field(default_factory=dict, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.low)

    def glued(self, k: int) -> bool:
        """Whether the number `k` is only a part of a longer one ("3.958", "40 000", "3,5")."""
        s, e, t = self.start[k], self.end[k], self.text
        before = s >= 2 and t[s - 1] in ".," and t[s - 2].isdigit()
        after = e + 1 < len(t) and t[e] in ".," and t[e + 1].isdigit()
        thousands = self._group(k + 1, e) or (self.end[k] - s == 3 and s >= 2 and t[s - 1] in " \u00a0\u202f" and t[s - 2].isdigit())
        return before or after or thousands

    def _group(self, k: int, end: int) -> bool:
        if k >= len(self.low) or self.number[k] is None or self.end[k] - self.start[k] != 3:
            return False
        return self.start[k] == end + 1 and self.text[end] in " \u00a0\u202f"

    def breaks(self, a: int, b: int) -> int:
        """Line ends between the words `a` and `b`."""
        return self.text.count("\n", self.end[a], self.start[b]) if a < b else 0


def split_words(text: str) -> Words:
    """The words of a text in order."""
    low: list[str] = []
    start: list[int] = []
    end: list[int] = []
    number: list[int | None] = []
    size = len(text)
    for m in _WORD.finditer(text.replace("’", "'").replace("ʼ", "'")):
        s = m.start()
        w = m.group()
        e = s + len(w)
        if w == "-" and s > 0 and e < size and text[s - 1].isalpha() and text[e].isalpha():
            continue
        low.append(w.lower())
        start.append(s)
        end.append(e)
        number.append(int(w) if w.isdecimal() and len(w) < 9 else None)
    return Words(text, low, start, end, number)


class Phrases:
    """Words and phrases with a value each; of several that begin at a word, the longest come first."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self.first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for key, value in entries.items():
            words = tuple(split_words(key).low)
            self.first.setdefault(words[0], []).append((words, value))
        for v in self.first.values():
            v.sort(key=lambda p: -len(p[0]))
        phrases = [phrase for v in self.first.values() for phrase, _ in v]
        self.words = frozenset(w for phrase in phrases for w in phrase)
        self.seconds = frozenset(phrase[1] for phrase in phrases if len(phrase) > 1)
        self.closing = frozenset(phrase[1] for phrase in phrases if len(phrase) == 2)
        self.last = frozenset(phrase[-1] for phrase in phrases)
        self.alone = frozenset(phrase[0] for phrase in phrases if len(phrase) == 1)

    def at(self, words: Words, k: int) -> Iterator[tuple[int, str]]:
        """(index behind the phrase, value) of every phrase that begins at word `k`."""
        if k >= len(words.low):
            return
        low = words.low
        for phrase, value in self.first.get(low[k], ()):
            n = len(phrase)
            if n == 1 or tuple(low[k : k + n]) == phrase:
                yield k + n, value

    def ending(self, words: Words, k: int, reach: int = 5) -> tuple[int, str] | None:
        """The longest phrase that ends just before word `k`: (index of its first word, value)."""
        if not 0 < k <= len(words.low) or words.low[k - 1] not in self.last:
            return None
        for j in range(max(0, k - reach), k):
            for stop, value in self.at(words, j):
                if stop == k:
                    return j, value
        return None


class Numerals:
    """Number words composed from the table's atoms: falling sums, with `hundred`-like atoms that multiply what stands before them."""

    def __init__(self, atoms: Mapping[str, str], joins: frozenset[str], multipliers: frozenset[int] = frozenset((100, 1000))) -> None:
        self.atoms = Phrases(atoms)
        self.joins = joins
        self.multipliers = multipliers

    def at(self, words: Words, k: int) -> Iterator[tuple[int, int]]:
        """(index behind the numeral, value), the longest reading first, then its shorter beginnings; digits have one reading."""
        if k >= len(words.low):
            return
        n = words.number[k]
        if n is not None:
            if not words.glued(k):
                yield k + 1, n
            return
        found: list[tuple[int, int]] = []
        total, floor, j = 0, 10**9, k
        while j < len(words.low):
            start = j + 1 if found and words.low[j] in self.joins else j
            best = next(self.atoms.at(words, start), None)
            if best is None:
                break
            stop, raw = best
            value = int(raw)
            if value in self.multipliers:
                if found and not 0 < total < value:
                    break
                total, floor = max(total, 1) * value, value
            elif value < floor and (not found or floor in self.multipliers or (value < 20 and value < floor)):
                total, floor = total + value, 10 if value >= 20 and value % 20 else (20 if value >= 20 else 1)
            else:
                break
            found.append((stop, total))
            j = stop
        yield from reversed(found)
