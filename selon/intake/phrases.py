"""Phrases that mark what surrounds a report, compiled from a pack's table `boilerplate`. May import: `fold`, `lang`, `errors`.

Looking a line up costs one dictionary access a word, whatever the number of phrases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from selon.errors import PackError
from selon.intake.fold import words
from selon.lang import available, load_pack

START_MAX, INSIDE_MAX, DATED_MAX, WEAK_MAX, NAMED_MAX = 30, 30, 30, 6, 12
"""Words a line may have to count as boilerplate that begins with, holds, is dated by, or only may begin with a phrase; or as a byline."""


class PhraseSet:
    """Phrases by their first word."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[list[str]]] = {}
        self._lasts: set[str] = set()
        for p in phrases:
            parts = words(p)
            if parts:
                self._lasts.add(parts[-1])
                self._by_first.setdefault(parts[0], []).append(parts)
        for same in self._by_first.values():
            same.sort(key=len, reverse=True)

    def at(self, line: list[str], i: int) -> int:
        """How many words from `i` on are the longest phrase that stands there; 0 for none."""
        if i >= len(line):
            return 0
        for phrase in self._by_first.get(line[i], ()):
            if line[i : i + len(phrase)] == phrase:
                return len(phrase)
        return 0

    def closes(self, line: list[str]) -> bool:
        """Whether the line ends with a phrase."""
        n = len(line)
        return n > 0 and line[-1] in self._lasts and any(self.at(line, i) == n - i for i in range(max(0, n - 6), n))

    def anywhere(self, line: list[str]) -> bool:
        """Whether a phrase stands somewhere in the line."""
        by_first = self._by_first
        return any(w in by_first and self.at(line, i) for i, w in enumerate(line))


@dataclass(frozen=True)
class Phrases:
    """The compiled table of one language. Empty for a language without one: then only shape counts."""

    start: PhraseSet
    weak: PhraseSet
    label: PhraseSet
    whole: PhraseSet
    inside: PhraseSet
    end: PhraseSet
    dated: PhraseSet
    byline: PhraseSet
    signature: PhraseSet
    caption: PhraseSet
    live: PhraseSet
    shop: frozenset[str]
    agencies: frozenset[str]
    pool: frozenset[str]
    credit: frozenset[str]
    dateline: frozenset[str]


@cache
def phrases(lang: str) -> Phrases:
    """The phrases of a language."""
    table: Mapping[str, Any] = {}
    if lang in available():
        try:
            table = load_pack(lang).table("boilerplate")
        except PackError as e:
            if e.code != "SEL-P003":
                raise

    def flat(name: str) -> frozenset[str]:
        return frozenset(w for raw in str(table.get(name, "")).split() for w in words(raw))

    def some(name: str) -> PhraseSet:
        return PhraseSet(table.get(name, ()))

    return Phrases(
        start=some("start"), weak=some("weak"), label=some("label"), whole=some("whole"), inside=some("inside"), end=some("end"), dated=some("dated"), byline=some("byline"),
        signature=some("signature"), caption=some("caption"), live=some("live"),
        shop=flat("shop"), agencies=flat("agencies"), pool=flat("pool"), credit=flat("credit"), dateline=flat("dateline"),
    )  # fmt: skip
