"""The words that set a status: cues that govern it, and function words of negation, purpose, condition and duration.

May import: `lang`, `model`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selon.lang import Pack
from selon.model import Token


@dataclass(frozen=True)
class StatusWords:
    """Words that govern a status, and function words of negation, purpose and condition.

    `future` are verbs that make a future with an infinitive. `begin` are verbs after which an act goes on even where they are past ("have resumed"). `nominal` are the cues that also govern a noun ("fears an attack"); `modal` those that tell of a fact when they are past ("had to leave").
    `objects` are statuses that hold for a noun that is the object ("asks for a meeting"), `negated` those of a negated cue ("would not leave").
    """

    cues: Mapping[str, str]
    nominal: frozenset[str]
    modal: frozenset[str]
    functions: Mapping[str, str]
    participles: frozenset[str]
    begin: frozenset[str]
    future: frozenset[str]
    objects: Mapping[str, str]
    negated: Mapping[str, str]


_COMPILED: dict[str, StatusWords] = {}


def status_words(pack: Pack) -> StatusWords:
    """The status lexicons of a pack."""
    found = _COMPILED.get(pack.hash)
    if found is None:
        cues = pack.lexicons["status-cues"]
        own = [e for e in cues if e.get("over") != "clauses" or e.get("object")]
        found = StatusWords(
            {e.key: e["status"] for e in cues},
            frozenset(e.key for e in cues if e.get("over") != "clauses"),
            frozenset(e.key for e in cues if e.get("kind") == "modal"),
            {e.key: e["is"] for e in pack.lexicons["status-words"]},
            frozenset(e.key for e in own if e["status"] in ("planned", "hypothetical", "ended") and e.get("kind") != "modal"),
            frozenset(e.key for e in cues if e.get("kind") == "begin"),
            frozenset(e.key for e in cues if e.get("kind") == "future"),
            {e.key: e["object"] for e in cues if e.get("object")},
            {e.key: e["negated"] for e in cues if e.get("negated")},
        )  # fmt: skip
        _COMPILED.clear()
        _COMPILED[pack.hash] = found
    return found


def function_of(t: Token, w: StatusWords) -> str:
    """What a function word does, by lemma, then by form; empty for any other word."""
    return w.functions.get(t.lemma.lower()) or w.functions.get(t.lower) or ""
