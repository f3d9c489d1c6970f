"""Phrases of several tokens, matched forward or backward over a token sequence in constant time per token.

May import: `rules`, `model`, `errors`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from selon.rules import Entry

_CUT = re.compile(r"[^\s']+'?|'")


def phrase_words(key: str) -> tuple[str, ...]:
    """A lexicon key as the tokenizer cuts it: at spaces and behind an apostrophe."""
    return tuple(_CUT.findall(key))


class PhraseTable:
    """Lexicon entries by their first and by their last word, the longest first."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        first: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        last: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        for e in entries:
            words = phrase_words(e.key)
            if not words:
                continue
            first.setdefault(words[0], []).append((words, e))
            last.setdefault(words[-1], []).append((words, e))
        for table in (first, last):
            for v in table.values():
                v.sort(key=lambda p: -len(p[0]))
        self._first: Mapping[str, list[tuple[tuple[str, ...], Entry]]] = first
        self._last: Mapping[str, list[tuple[tuple[str, ...], Entry]]] = last

    def ends(self, name: str, value: str) -> tuple[frozenset[str], frozenset[str]]:
        """The first and the last words of the entries whose attribute `name` is `value`: a text without any of them has none."""
        firsts = frozenset(w for w, found in self._first.items() if any(e.get(name) == value for _, e in found))
        return firsts, frozenset(w for w, found in self._last.items() if any(e.get(name) == value for _, e in found))

    def forward(self, words: Sequence[str], k: int) -> tuple[int, Entry] | None:
        """The longest entry that begins at word `k`: (its number of words, entry)."""
        if 0 <= k < len(words):
            starting = self._first.get(words[k])
            if starting is None:
                return None
            for phrase, entry in starting:
                if tuple(words[k : k + len(phrase)]) == phrase:
                    return len(phrase), entry
        return None

    def backward(self, words: Sequence[str], k: int) -> tuple[int, Entry] | None:
        """The longest entry that ends at word `k` (inclusive): (its number of words, entry)."""
        if 0 <= k < len(words):
            for phrase, entry in self._last.get(words[k], ()):
                n = len(phrase)
                if k + 1 >= n and tuple(words[k + 1 - n : k + 1]) == phrase:
                    return n, entry
        return None
