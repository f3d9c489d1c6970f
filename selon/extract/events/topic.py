"""Whether a report is about other worlds (a match, a play, a town council) that borrow the words of war and disaster.

May import: `lang`, `model`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from selon.lang import Pack
from selon.model import Parse

# A report is taken to be of another world when its words weigh this many times more than those of crisis. On reports about real
# events the ratio stays under 2, on look-alikes it is above 4; short texts need some words to decide at all.
RATIO = 2.5
LEAST = 5


@dataclass(frozen=True)
class TopicWords:
    """Weights of words of other worlds and of words of crisis."""

    other: Mapping[str, int]
    crisis: Mapping[str, int]

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset((*self.other, *self.crisis))


_COMPILED: dict[str, TopicWords] = {}


def topic_words(pack: Pack) -> TopicWords:
    """The topic lexicons of a pack."""
    found = _COMPILED.get(pack.hash)
    if found is None:
        found = TopicWords(
            {e.key: int(e["weight"]) for e in pack.lexicons["event-topics"]},
            {e.key: int(e["weight"]) for e in pack.lexicons["event-crisis"]},
        )
        _COMPILED.clear()
        _COMPILED[pack.hash] = found
    return found


def is_other_world(parse: Parse, words: TopicWords) -> bool:
    """Whether words of other worlds far outweigh words of crisis in a report."""
    other = crisis = 0
    known = words.known
    for t in parse:
        lemma, lower = t.lemma.lower(), t.lower
        if lemma not in known and lower not in known:
            continue
        crisis += words.crisis.get(lemma) or words.crisis.get(lower, 0)
        other += words.other.get(lemma) or words.other.get(lower, 0)
    return other >= LEAST and other > RATIO * (crisis + 1)
