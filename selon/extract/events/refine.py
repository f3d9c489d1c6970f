"""The finest type that the words of the sentence allow: by the weapon that strikes.

May import: `extract.events`, `model`.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.events.frames import classes_of, conjuncts
from selon.extract.events.merge import STRIKES
from selon.extract.events.senses import EventWords
from selon.extract.events.triggers import Hit
from selon.model import EventType, Parse, Token

# the kind of weapon that says how a strike was made, the first that is there
BY_WEAPON: tuple[tuple[str, EventType], ...] = (
    ("drone", "drone_strike"), ("missile", "missile_strike"), ("airbomb", "airstrike"), ("shell", "shelling"), ("explosive", "explosion"),
)  # fmt: skip


def by_weapon(parse: Parse, hit: Hit, words: EventWords) -> None:
    """Gives an attack or harm the type of the weapon that does it in its clause."""
    if hit.type not in ("attack", "harm"):
        return
    f = hit.frame
    tokens: list[Token] = [*f.agent, *f.obl]
    if hit.type == "attack" and not f.verbal:
        tokens += f.patient
    kinds: set[str] = set()
    for t in tokens:
        for x in conjuncts(parse, t):
            found = classes_of(parse, x, words)
            if not found & {"force", "person", "building", "place", "event"}:
                kinds |= found
    if hit.type == "attack" and f.verbal and "aircraft" in kinds and "drone" not in kinds:
        hit.type = "airstrike"
        return
    for kind, kind_type in BY_WEAPON:
        if kind in kinds:
            hit.type = kind_type
            return


def by_pointing(parse: Parse, hits: Sequence[Hit]) -> None:
    """Gives a strike that a demonstrative points back to ("this bombardment") the type of the last strike told in a sentence before."""
    last: Hit | None = None
    for h in hits:
        if h.type not in STRIKES:
            continue
        points = not h.frame.verbal and any(c.rel == "det" and c.feats.get("PronType") == "Dem" for c in parse.children(h.head))
        if points and last is not None and last.head.sent < h.head.sent:
            h.type = last.type
        last = h
