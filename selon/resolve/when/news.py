"""Occurrences that the whole press reported, recognised by the words of a report's first lines. May import: `lang`, `model`, `words`.

The pack's table `time-news` gives for each a day and the words that must stand together. A match proves nothing alone, as such things happen again:
`dating` lets it choose between days that other clues leave open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selon.errors import PackError
from selon.lang import Pack
from selon.model import Evidence, Span
from selon.resolve.when.words import Words

# How far the first lines reach, in code points.
HEAD = 900


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day, and for each word that must stand in the first lines its exact forms and its beginnings."""

    day: date
    words: tuple[tuple[frozenset[str], tuple[str, ...]], ...]


def _compile(line: str) -> Occurrence:
    day, *parts = line.split()
    words = []
    for part in parts:
        forms = part.split("|")
        words.append((frozenset(f for f in forms if not f.endswith("*")), tuple(f[:-1] for f in forms if f.endswith("*"))))
    return Occurrence(date.fromisoformat(day), tuple(words))


_compiled: dict[str, list[Occurrence]] = {}


def occurrences_of(pack: Pack) -> list[Occurrence]:
    """The occurrences of a pack, none where it has no such table; made once."""
    key = f"{pack.lang}:{pack.hash}"
    if key not in _compiled:
        try:
            lines = pack.table("time-news")["news"]
        except PackError:
            lines = []
        _compiled[key] = [_compile(line) for line in lines]
    return _compiled[key]


def find_news(words: Words, pack: Pack) -> list[tuple[date, Evidence]]:
    """The occurrences whose words all stand in the first lines, with the first of these words as evidence."""
    stop = next((k for k in range(len(words)) if words.start[k] > HEAD), len(words))
    head = words.low[:stop]
    known = frozenset(head)
    out: list[tuple[date, Evidence]] = []
    for x in occurrences_of(pack):
        if all(not forms.isdisjoint(known) or (begin and any(w.startswith(begin) for w in head)) for forms, begin in x.words):
            forms, begin = x.words[0]
            k = next(i for i, w in enumerate(head) if w in forms or (begin and w.startswith(begin)))
            span = Span.of(words.text, words.start[k], words.end[k])
            out.append((x.day, Evidence(span, f"the first lines tell of what happened on {x.day.isoformat()}")))
    return out
