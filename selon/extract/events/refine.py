"""The finest type that the words allow: by the weapon in the sentence, and by what the report has established for the same occurrence.

May import: `extract.events`, `model`.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.events.frames import classes_of, conjuncts
from selon.extract.events.senses import EventWords
from selon.extract.events.triggers import Hit
from selon.model import EventType, Parse, Token

# the kind of weapon that says how a strike was made, the first that is there
BY_WEAPON: tuple[tuple[str, EventType], ...] = (
    ("drone", "drone_strike"), ("missile", "missile_strike"), ("airbomb", "airstrike"), ("shell", "shelling"), ("explosive", "explosion"),
)  # fmt: skip
SPECIFIC: frozenset[EventType] = frozenset(("drone_strike", "missile_strike", "airstrike", "shelling", "explosion"))


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


def is_anaphoric(parse: Parse, hit: Hit) -> bool:
    """Whether a noun points back to what has been told: definite or demonstrative, without a name or date of its own."""
    t = hit.head
    if hit.frame.verbal:
        return False
    pointing = False
    for c in parse.children(t):
        if c.rel == "det" and (c.feats.get("Definite") == "Def" or c.feats.get("PronType") == "Dem"):
            pointing = True
        if c.rel in ("nmod", "amod", "acl", "appos") and (c.pos in ("PROPN", "NUM") or c.deprel.startswith("acl")):
            return False
    return pointing


def by_report(parse: Parse, hits: Sequence[Hit]) -> None:
    """Gives a bare "the attack" the type that the report has plainly established before it for a strike."""
    established: EventType | None = None
    for h in hits:
        if h.type in SPECIFIC:
            established = h.type
        elif h.type == "attack" and established is not None and is_anaphoric(parse, h):
            h.type = established
