"""Tolls that a sentence tells by a number alone: "The ministry speaks of 5 300", after a sentence that said what is counted.

May import: `extract.candidate`, `extract.events`, `model`.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.candidate import Candidate
from selon.extract.quantities import Quantity
from selon.model import EventType, Parse

_REACH = 2
"""Sentences between a toll and the bare number that goes on with it, at most."""
_COUNTED: tuple[EventType, ...] = ("harm", "evacuation", "detention", "protest", "outage", "sheltering")
_CASUALTIES = frozenset(("killed", "wounded", "missing"))
_DEADLY: frozenset[EventType] = frozenset(
    ("killing", "airstrike", "drone_strike", "missile_strike", "shelling", "attack", "explosion", "clash", "disaster")
)
"""Types of events whose counted people are victims where nothing else is said of them."""
_PEOPLE = frozenset(("person", "victim", "body", "group", "them"))


def bare_tolls(parse: Parse, candidates: Sequence[Candidate], quantities: Sequence[Quantity], lang: str) -> list[Candidate]:
    """Candidates for sentences that tell of nothing but hold a number without a noun, shortly after a toll."""
    told: dict[int, list[Candidate]] = {}
    for c in candidates:
        told.setdefault(parse[c.head].sent, []).append(c)
    by_sentence: dict[int, list[Quantity]] = {}
    for q in quantities:
        by_sentence.setdefault(parse[q.numeral].sent, []).append(q)
    out: list[Candidate] = []
    last: tuple[int, EventType] | None = None
    for sent in sorted(set(told) | set(by_sentence)):
        here = by_sentence.get(sent, [])
        if sent in told:
            kind = _counted(told[sent], here)
            last = (sent, kind) if kind is not None else last
            continue
        number = next((q for q in here if _is_bare(parse, q)), None)
        if number is None or last is None or sent - last[0] > _REACH:
            continue
        head = parse[number.numeral]
        out.append(Candidate(head.i, (head.i,), parse.span_of([head.i]), "", last[1], "happened", f"{lang}.event.number/bare"))
        last = (sent, last[1])
    return out


def _counted(told: Sequence[Candidate], here: Sequence[Quantity]) -> EventType | None:
    """What the people counted in a sentence suffered, or None where nobody is counted."""
    if any(q.count_of in _CASUALTIES and q.kind != "none" for q in here):
        return "harm"
    if any(q.unit_class in _PEOPLE and q.kind not in ("none", "one") for q in here):
        return next((k for k in _COUNTED if any(c.type == k for c in told)), "harm" if any(c.type in _DEADLY for c in told) else None)
    return "harm" if any(c.type == "killing" and c.status == "happened" for c in told) else None


def _is_bare(parse: Parse, q: Quantity) -> bool:
    """Whether a number stands without a noun, or with a pronoun for one, and is no mere figure of a date or a list."""
    if q.unit_class not in ("", "them") or q.unit is not None or q.kind in ("none", "one", "vague") or (q.low or q.high or 0) < 2:
        return False
    head = parse[q.numeral]
    return head.rel not in ("flat", "appos", "nummod") and not any(c.text in ("(", ":") and c.i < head.i for c in parse.children(head))
