"""Holders of offices whom a report names: it appeared while they held them. May import: `lang`, `model`, `words`.

The pack's table `time-terms` gives for each the stretches of days and the names. A name counts where a title stands beside it and no word that
makes its bearer a former or a future one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from selon.lang import Pack, per_pack
from selon.model import Evidence, Span
from selon.resolve.when.words import Phrases, Words

# Words before and behind a name in which its title may stand.
_BEFORE, _BEHIND = 6, 5
# Days for which the press goes on calling somebody by a lost office.
_GRACE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Term:
    """The stretches (first day, last day or None) within one of which a report appeared, and why."""

    stretches: tuple[tuple[date, date | None], ...]
    evidence: Evidence

    @property
    def first(self) -> date:
        return self.stretches[0][0]

    def holds(self, day: date) -> bool:
        """Whether the day lies in one of the stretches, or a few days behind it."""
        return any(a <= day and (b is None or day <= b + _GRACE) for a, b in self.stretches)


class Terms:
    """The table of a pack, compiled."""

    def __init__(self, pack: Pack) -> None:
        table = pack.table("time-terms")
        self.titles = frozenset(table["titles"])
        self.former = frozenset(table["former"])
        names: dict[str, str] = {}
        for line in table["terms"]:
            stretches, _, given = line.partition(" ; ")
            names.update((name, stretches) for name in given.split("|"))
        self.names = Phrases(names)

    def find(self, words: Words) -> list[Term]:
        """The terms of office that a text bears witness to, one for each holder named."""
        low, out, seen = words.low, [], set()
        first = self.names.first.keys() & frozenset(low)
        for k in [k for k, w in enumerate(low) if w in first] if first else ():
            found = next(self.names.at(words, k), None)
            if found is None or found[1] in seen:
                continue
            stop, stretches = found
            before = low[max(0, k - _BEFORE) : k]
            behind = low[stop : stop + _BEHIND] if stop < len(low) and low[stop] == "," else []
            if self.former.isdisjoint(before) and not self.titles.isdisjoint((*before, *behind, *low[k:stop])):
                seen.add(stretches)
                span = Span.of(words.text, words.start[k], words.end[stop - 1])
                out.append(Term(_read(stretches), Evidence(span, f"in office {stretches.replace(' ', ' and ')}")))
        return out


def _read(stretches: str) -> tuple[tuple[date, date | None], ...]:
    pairs = [s.split("/") for s in stretches.split()]
    return tuple((date.fromisoformat(a), None if b == ".." else date.fromisoformat(b)) for a, b in pairs)


@per_pack
def terms_of(pack: Pack) -> Terms:
    """The terms of a pack."""
    return Terms(pack)
