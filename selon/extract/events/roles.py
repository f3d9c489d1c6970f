"""Who stands in which role of an event, and the spans of triggers and role phrases.

May import: `extract.events`, `model`.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.events.actors import controller, find_actor, is_weapon
from selon.extract.events.frames import classes_of
from selon.extract.events.senses import EventWords
from selon.extract.events.subjects import BEINGS, is_nobody
from selon.extract.events.triggers import Hit
from selon.model import EventType, Mention, Parse, Span, Token

_NO_ACTOR: frozenset[EventType] = frozenset(("harm", "disaster"))
_SELDOM_ACTOR: frozenset[EventType] = frozenset(("explosion", "outage"))
_BLOWS_UP: dict[EventType, frozenset[str]] = {
    "explosion": frozenset(("force", "official", "proper", "person")), "outage": frozenset(("force", "official")),
}  # fmt: skip
# events that happen to those who move: the subject of an active verb is whom it concerns
_MOVED: frozenset[EventType] = frozenset(("evacuation", "sheltering", "closure"))
_SENT: frozenset[EventType] = frozenset(("deployment", "relief"))
"""Events that those who are sent carry out themselves."""
_AT_PLACES: frozenset[EventType] = frozenset(("attack", "airstrike", "drone_strike", "missile_strike", "shelling"))
_BIDDEN: frozenset[EventType] = frozenset(("warning", "evacuation", "sheltering"))
_ORDERING = frozenset(("official", "org", "force"))
_LEFT_OUT = frozenset(("acl:relcl", "cc:preconj"))
_LOOSE = frozenset(("nmod", "amod", "acl", "obl"))
_CUTS = frozenset((",", ":", ";", "-", "–", "—"))
"""Marks behind which such a complement is no part of the phrase any more."""
_BEYOND = frozenset(("parataxis", "nsubj", "cop", "aux", "advcl", "punct", "advmod"))


def roles_of(parse: Parse, hit: Hit, folded: Sequence[Hit], words: EventWords) -> tuple[tuple[str, int], ...]:
    """Role -> index of the head of its phrase; what the hit lacks is taken from those it speaks for."""
    out: dict[str, int] = {}
    for h in (hit, *folded):
        for role, t in _own_roles(parse, h, hit.type, words):
            if role == "actor" and h is not hit and (hit.type in _NO_ACTOR or h.type in _NO_ACTOR):
                continue
            out.setdefault(role, t.i)
    if "actor" not in out and not hit.frame.agent and not hit.frame.passive and hit.head.feats.get("VerbForm") == "Fin":
        joined = [c for c in parse.children(hit.head) if c.rel == "compound" and c.pos in ("NOUN", "PROPN") and c.i < hit.head.i]
        if joined:
            out["actor"] = joined[-1].i  # a headline: "Foreign ministry summons the ambassador"
    if "actor" not in out and hit.type == "meeting":
        met = [t for t in hit.frame.patient if classes_of(parse, t, words) & {"official", "org", "person", "proper"}]
        if met:
            out["actor"] = met[0].i
            if out.get("target") == met[0].i:
                del out["target"]
    if "actor" not in out and hit.type in _SENT:
        sent = [t for t in hit.frame.patient if _goes_itself(hit.type, classes_of(parse, t, words))]
        if sent:
            out["actor"] = sent[0].i
            if out.get("target") == sent[0].i:
                del out["target"]
    if hit.type not in _NO_ACTOR and hit.type not in _MOVED:
        urged = controller(parse, hit, words)
        if urged is not None:
            out["actor"] = urged.i
    if "actor" not in out and hit.type not in _NO_ACTOR:
        found = find_actor(parse, hit, folded, words)
        if found is not None:
            out["actor"] = found.i
            if out.get("target") == found.i:
                del out["target"]
    return tuple(sorted(out.items()))


def _goes_itself(kind: EventType, kinds: frozenset[str]) -> bool:
    """Whether those who are sent act themselves: soldiers deployed, firefighters called out; not the wounded who are treated."""
    if kind == "deployment":
        return bool(kinds & {"force", "person", "rescuer"})
    return "person" in kinds and bool(kinds & {"force", "rescuer"})


def _own_roles(parse: Parse, hit: Hit, kind: EventType, words: EventWords) -> list[tuple[str, Token]]:
    f = hit.frame
    slots = {"agent": f.agent, "patient": f.patient, "obl": f.obl}
    out: list[tuple[str, Token]] = []
    taken: set[str] = set()
    for role, slot in hit.sense.roles:
        taken.add(slot)
        out.extend((role, t) for t in slots.get(slot, ())[:1])
    if "agent" not in taken:
        out.extend(_agents(parse, hit, kind, words))
    if "patient" not in taken:
        for t in f.patient:
            kinds = classes_of(parse, t, words)
            if "event" in kinds and not kinds & BEINGS:
                continue
            strikes = kind not in ("interception", "weapons_transfer", "detention", "deployment")
            out.append(("instrument" if is_weapon(kinds) and strikes else "target", t))
    if "obl" not in taken:
        for t in f.obl:
            kinds = classes_of(parse, t, words)
            if is_weapon(kinds):
                out.append(("instrument", t))
            elif kind == "clash" and not f.verbal and kinds & {"force", "person"}:
                out.append(("actor", t))
            elif kinds & {"building", "place", "proper", "person"} and kind not in ("harm", "meeting"):
                out.append(("target", t))
    return out


def _agents(parse: Parse, hit: Hit, kind: EventType, words: EventWords) -> list[tuple[str, Token]]:
    """The roles of those who stand as agents: actors, weapons, or whom a movement concerns."""
    f = hit.frame
    out: list[tuple[str, Token]] = []
    for t in (_behind_colon(parse, a, hit) for a in f.agent):
        kinds = classes_of(parse, t, words)
        if "event" in kinds and not kinds & BEINGS:
            continue
        if t.feats.get("PronType") in ("Rel", "Int") or (t.pos == "PRON" and "-" in t.text[1:] and not t.text.startswith("-")):
            continue  # "who", "themselves"
        if t.text.startswith("-") and kind in _BIDDEN:
            continue  # whom an order addresses
        own = words.classes.get(t.lemma.lower()) or words.classes.get(t.lower)
        if not own and not kinds & BEINGS and t.deprel.startswith("obl") and t.pos == "NOUN" and not t.text[:1].isupper():
            continue
        if kind in _AT_PLACES and _is_place_hit(parse, hit, t, kinds):
            out.append(("target", t))
            continue
        if "time" in kinds or "road" in kinds or is_nobody(parse, t, words):
            continue
        if not own and t.rel == "obj" and t.pos != "PROPN":
            continue
        if kind == "explosion" and f.verbal and "civilian" in kinds and t.rel == "nsubj":
            out.append(("target", t))  # who treads on a mine
            continue
        if kind in _SELDOM_ACTOR and (f.verbal or kind == "outage") and not kinds & _BLOWS_UP[kind]:
            if is_weapon(kinds):
                out.append(("instrument", t))
            continue
        if kind == "detention" and f.verbal and (f.reflexive or hit.source == "phrase") and not f.patient and t.deprel != "obl:agent":
            out.append(("target", t))  # who gives himself up
            continue
        if is_weapon(kinds) and "aircraft" not in kinds and kind not in ("deployment", "interception"):
            out.append(("instrument", t))
        elif f.verbal and kind in _MOVED and t.deprel != "obl:agent" and not (f.patient and (kinds & _ORDERING or _is_named(parse, t))):
            out.append(("target", t))
            if kind != "closure" and not _is_bidden(hit, t) and not kinds & {"building", "place"} and not _is_counted(parse, t):
                out.append(("actor", t))
        elif (
            kind not in _NO_ACTOR
            or (kind == "disaster" and _strikes(parse, hit, t))
            or (not f.verbal and t.pos == "ADJ")
            or (kind == "harm" and t.deprel == "obl:agent" and "force" in kinds)
        ):
            out.append(("actor", t))
    return out


def _is_place_hit(parse: Parse, hit: Hit, t: Token, kinds: frozenset[str]) -> bool:
    """Whether a headline tells what was hit by a verb whose past and participle are one: "Hospital hit", "Odesa hit, two dead"."""
    verb, f = hit.head, hit.frame
    if verb.lower != verb.lemma.lower() or verb.feats.get("Tense") != "Past" or f.passive or f.patient or t.i > verb.i:
        return False
    bare = not any(c.rel in ("det", "aux") for c in (*parse.children(t), *parse.children(verb)))
    return bare and (
        "building" in kinds or (t.pos == "PROPN" and not f.obl and not any(c.rel in ("compound", "advmod") for c in parse.children(verb)))
    )


def _behind_colon(parse: Parse, t: Token, hit: Hit) -> Token:
    """Who acts in a headline that opens with a place: "Nigeria: rebels attack a base"."""
    if t.i + 1 < hit.head.i and parse[t.i + 1].text == ":":
        return next((c for c in parse.children(t) if c.rel in ("appos", "conj", "nmod", "parataxis") and t.i + 1 < c.i < hit.head.i), t)
    return t


def _strikes(parse: Parse, hit: Hit, t: Token) -> bool:
    """Whether a force of nature is the subject of an active verb with an object: "the storm has killed twelve people"."""
    return hit.frame.verbal and not hit.frame.passive and t.rel == "nsubj" and any(c.rel == "obj" for c in parse.children(hit.head))


def _is_named(parse: Parse, t: Token) -> bool:
    """Whether a noun without any determiner is a name ("Médecins sans frontières a suspendu…")."""
    return t.text[:1].isupper() and not any(c.rel in ("det", "nummod") for c in parse.children(t))


def _is_counted(parse: Parse, t: Token) -> bool:
    """Whether a phrase is a number of people, told for the number: they are whom a movement concerns."""
    return t.pos == "NUM" or any(c.rel == "nummod" for c in parse.children(t))


def _is_bidden(hit: Hit, t: Token) -> bool:
    """Whether a movement is only asked for or aimed at, so that nobody is said to have made it: an infinitive, an order."""
    head = hit.head
    return head.feats.get("VerbForm") == "Inf" or head.feats.get("Mood") == "Imp" or t.text.startswith("-")


def trigger_span(parse: Parse, hit: Hit) -> Span:
    """The words of a trigger with the auxiliaries of its verb."""
    tokens = set(hit.tokens)
    if hit.frame.verbal and len(hit.tokens) == 1:
        for c in parse.children(hit.head):
            if c.rel == "aux" and c.i < hit.head.i and hit.head.i - c.i <= 4:
                tokens.add(c.i)
    return parse.span_of(tokens)


def phrase_span(parse: Parse, head: Token) -> Span:
    """The noun phrase of a head, without preposition, relative clauses and what is beyond a comma."""
    keep = [head.i]
    stack = [head]
    while stack:
        t = stack.pop()
        for c in parse.children(t):
            if c.deprel in _LEFT_OUT or c.rel in _BEYOND or (c.rel in ("case", "mark") and t.i == head.i):
                continue
            marks = {k.text for k in parse.children(c) if k.pos == "PUNCT" and k.i < c.i} if c.i > t.i else set()
            if "(" in marks or (c.rel in _LOOSE and marks & _CUTS):
                continue
            keep.append(c.i)
            stack.append(c)
    keep.sort()
    at = keep.index(head.i)
    first = last = at
    while first > 0 and all(parse[k].rel in ("punct", "case") for k in range(keep[first - 1] + 1, keep[first])):
        first -= 1
    while last + 1 < len(keep) and all(parse[k].rel in ("punct", "case", "advmod") for k in range(keep[last] + 1, keep[last + 1])):
        last += 1
    return parse.span(keep[first], keep[last])


def mention(parse: Parse, index: int | None) -> Mention | None:
    """The mention that stands in a role, by the index of its head."""
    return None if index is None else Mention(phrase_span(parse, parse[index]))
