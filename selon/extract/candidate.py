"""An event while it is being built: what `events` hands to `figures`. May import: `model`."""

from __future__ import annotations

from dataclasses import dataclass

from selon.model import EventType, Span, Status


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger in the parse. `head` is the index of the trigger's syntactic head, `tokens` all its tokens.

    `lemma` is the lexicon key that found it; `roles` maps actor, target and instrument to the index of the role's head token.
    """

    head: int
    tokens: tuple[int, ...]
    trigger: Span
    lemma: str
    type: EventType
    status: Status
    rule: str
    roles: tuple[tuple[str, int], ...] = ()
