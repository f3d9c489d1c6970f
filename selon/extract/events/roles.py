"""Who stands in which role of an event, and the spans of triggers and role phrases.

May import: `extract.events`, `model`.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.events.frames import classes_of
from selon.extract.events.senses import EventWords
from selon.extract.events.triggers import Hit
from selon.model import EventType, Mention, Parse, Span, Token

WEAPONS = frozenset(("missile", "drone", "shell", "aircraft", "airbomb", "explosive", "gun", "blade", "incendiary", "device", "arms"))
_NO_ACTOR: frozenset[EventType] = frozenset(("harm", "disaster", "explosion", "outage"))
_LEFT_OUT = frozenset(("acl:relcl", "parataxis", "cop", "aux", "advcl", "punct", "nsubj", "cc:preconj"))


def roles_of(parse: Parse, hit: Hit, folded: Sequence[Hit], words: EventWords) -> tuple[tuple[str, int], ...]:
    """Role -> index of the head of its phrase; what the hit lacks is taken from those it speaks for."""
    out: dict[str, int] = {}
    for h in (hit, *folded):
        for role, t in _own_roles(parse, h, words):
            if role == "actor" and (hit.type in _NO_ACTOR and h is not hit):
                continue
            out.setdefault(role, t.i)
    return tuple(sorted(out.items()))


def _own_roles(parse: Parse, hit: Hit, words: EventWords) -> list[tuple[str, Token]]:
    f = hit.frame
    slots = {"agent": f.agent, "patient": f.patient, "obl": f.obl}
    out: list[tuple[str, Token]] = []
    taken: set[str] = set()
    for role, slot in hit.sense.roles:
        taken.add(slot)
        out.extend((role, t) for t in slots.get(slot, ())[:1])
    if "agent" not in taken:
        for t in f.agent:
            kinds = classes_of(parse, t, words)
            if "event" in kinds and not kinds & {"force", "person"}:
                continue
            weapon = bool(kinds & WEAPONS) and not kinds & {"force", "person"}
            if weapon and hit.type != "deployment":
                out.append(("instrument", t))
            elif hit.type not in _NO_ACTOR or not f.verbal:
                out.append(("actor", t))
    if "patient" not in taken:
        for t in f.patient:
            kinds = classes_of(parse, t, words)
            if "event" in kinds and not kinds & {"force", "person"}:
                continue
            weapon = bool(kinds & WEAPONS) and not kinds & {"force", "person", "building"}
            strike = hit.type not in ("interception", "weapons_transfer", "detention", "deployment")
            out.append(("instrument" if weapon and strike else "target", t))
    if "obl" not in taken:
        for t in f.obl:
            kinds = classes_of(parse, t, words)
            if kinds & WEAPONS and not kinds & {"force", "person"}:
                out.append(("instrument", t))
            elif kinds & {"building", "place", "proper", "person"} and hit.type not in ("harm", "meeting"):
                out.append(("target", t))
    return out


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
            if c.deprel in _LEFT_OUT or c.rel in ("acl", "case", "mark") and t.i == head.i and (c.rel != "acl"):
                continue
            if c.rel in ("parataxis", "nsubj", "cop", "aux", "advcl", "punct", "advmod") or c.deprel == "acl:relcl":
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
