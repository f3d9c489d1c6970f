"""Occurrences that the whole press reported, recognised by the words of a report's first lines. May import: `lang`, `model`, `words`.

The pack's table `time-news` gives for each a day and the words that must stand together. A match proves nothing alone, as such things happen again:
`dating` lets it choose between days that other clues leave open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from selon.errors import PackError
from selon.lang import Pack, per_pack
from selon.model import Evidence, Span
from selon.resolve.when.words import Words

# How far the first lines reach, in code points.
HEAD = 900


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day, and for each word that must stand in the first lines its exact forms and its beginnings."""

    day: date
    words: tuple[tuple[frozenset[str], tuple[str, ...]], ...]


Index = Mapping[str, Sequence[Occurrence]]


def _compile(line: str) -> Occurrence:
    day, *parts = line.split()
    words = []
    for part in parts:
        forms = part.split("|")
        words.append((frozenset(f for f in forms if not f.endswith("*")), tuple(f[:-1] for f in forms if f.endswith("*"))))
    return Occurrence(date.fromisoformat(day), tuple(words))


@per_pack
def occurrences_of(pack: Pack) -> Index:
    """The occurrences of a pack by each form of their first word (given in full, without `*`), none where it has no such table."""
    try:
        lines = pack.table("time-news")["news"]
    except PackError:
        lines = []
    out: dict[str, list[Occurrence]] = {}
    for line in lines:
        occurrence = _compile(line)
        for form in occurrence.words[0][0]:
            out.setdefault(form, []).append(occurrence)
    return out


def find_news(words: Words, pack: Pack) -> list[tuple[date, Evidence]]:
    """The occurrences whose words all stand in the first lines, with the first of these words as evidence; in the order of their days."""
    index = occurrences_of(pack)
    # English possessives leave an apostrophe behind.
    head = [w.rstrip("'") for w in words.low[: bisect_right(words.start, HEAD)]]
    # Letters and digits that stand together ("M23") are one name here.
    joined = (a + b for k, (a, b) in enumerate(pairwise(head)) if words.end[k] == words.start[k + 1] and b.isdecimal())
    known = frozenset((*head, *joined))
    out: dict[Occurrence, int] = {}
    for k, w in enumerate(head):
        for x in index.get(w, ()):
            if x not in out and all(
                not forms.isdisjoint(known) or (begin and any(v.startswith(begin) for v in head)) for forms, begin in x.words[1:]
            ):
                out[x] = k
    return [
        (
            x.day,
            Evidence(Span.of(words.text, words.start[k], words.end[k]), f"the first lines tell of what happened on {x.day.isoformat()}"),
        )
        for x, k in sorted(out.items(), key=lambda i: i[0].day)
    ]
