"""The finest type that the words of the sentence allow: by the weapon that strikes.

May import: `extract.events`, `model`.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.events.frames import classes_of, conjuncts, verb_frame
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
    if f.verbal and any({"aircraft", "force"} <= classes_of(parse, t, words) for t in f.agent):
        hit.type = "airstrike"  # "the air force": it strikes from the air, whatever the verb
        return
    tokens: list[Token] = [*f.agent, *f.obl]
    if hit.type == "attack" and not f.verbal:
        tokens += f.patient
        above = parse.head(hit.head)
        if above is not None and hit.head.rel == "obj" and "carrier" in words.classes.get(above.lemma.lower(), ()):
            carriers = verb_frame(parse, above, words).agent
            if any("aircraft" in classes_of(parse, t, words) for t in carriers):
                hit.type = "airstrike"
                return
            tokens += carriers
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


_NEAR = 4
"""Sentences back to the strike that a demonstrative points to, at most."""
_FAR = 8
"""Sentences back to the strike that a bare definite noun takes up, at most."""
_NARROWS = frozenset(("nmod", "amod", "acl", "appos", "obl"))
_VAGUE: frozenset[EventType] = frozenset(("attack", "explosion"))


def by_pointing(parse: Parse, hits: Sequence[Hit]) -> None:
    """Gives a strike that a noun points back to the type of the strike told in a sentence before.

    "This bombardment" takes up the last strike; "the attack", with no word that would tell it from another one, the last whose means
    the report has told.
    """
    last: Hit | None = None
    told: Hit | None = None
    for h in hits:
        if h.type not in STRIKES:
            continue
        if not h.frame.verbal and h.source == "noun" and _is_of_any_means(h):
            points = _points(parse, h.head)
            back, reach = (told if h.type == "attack" or points == "bare" else last), _NEAR if points == "this" else _FAR
            if points and (points == "this" or h.type == "attack") and back is not None and 0 < h.head.sent - back.head.sent <= reach:
                h.type = back.type
        last = h
        if h.type not in _VAGUE:
            told = h


def _is_of_any_means(hit: Hit) -> bool:
    """Whether a noun may tell of strikes by several means, so that it can take up any of them ("attack", not "riposte")."""
    return len({s.type for s in hit.word.senses if s.type in STRIKES}) > 2


def _points(parse: Parse, noun: Token) -> str:
    """How a noun points back: "this" by a demonstrative, "bare" by a definite article in the singular with nothing that narrows it, else not."""
    children = parse.children(noun)
    determiner = next((c for c in children if c.rel == "det"), None)
    if determiner is None:
        return ""
    if determiner.feats.get("PronType") == "Dem":
        return "this"
    definite = determiner.feats.get("Definite") == "Def" and noun.feats.get("Number") != "Plur"
    return "bare" if definite and not any(c.rel in _NARROWS for c in children) else ""
