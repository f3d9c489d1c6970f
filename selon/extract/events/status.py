"""Whether an event happened, goes on, is planned, possible, denied or over: from negation, mood, tense and what governs it.

May import: `extract.events.triggers`, `lang`, `model`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from selon.extract.events.triggers import Hit
from selon.lang import Pack
from selon.model import EventType, Parse, Status, Token

PROCESS: frozenset[EventType] = frozenset(
    ("evacuation", "sheltering", "relief", "outage", "closure", "restriction", "clash", "deployment", "disaster", "protest", "training")
)


@dataclass(frozen=True)
class StatusWords:
    """Words that govern a status, and function words of negation, purpose and condition."""

    cues: Mapping[str, str]
    functions: Mapping[str, str]


_COMPILED: dict[str, StatusWords] = {}


def status_words(pack: Pack) -> StatusWords:
    """The status lexicons of a pack."""
    found = _COMPILED.get(pack.hash)
    if found is None:
        found = StatusWords(
            {e.key: e["status"] for e in pack.lexicons["status-cues"]}, {e.key: e["is"] for e in pack.lexicons["status-words"]}
        )
        _COMPILED.clear()
        _COMPILED[pack.hash] = found
    return found


def _function(t: Token, w: StatusWords) -> str:
    return w.functions.get(t.lemma.lower()) or w.functions.get(t.lower) or ""


def is_negated(parse: Parse, t: Token, w: StatusWords) -> bool:
    """Whether a word is negated by an adverb, or has an argument or determiner of zero."""
    for c in parse.children(t):
        kind = _function(c, w)
        if kind == "neg" and c.rel in ("advmod", "cc", "det", "obj", "case"):
            return True
        if kind == "zero" and c.rel in ("det", "case", "mark", "nsubj", "obj", "amod", "advmod"):
            return True
        if c.rel in ("nsubj", "obj") and any(_function(k, w) == "zero" and k.rel == "det" for k in parse.children(c)):
            return True
    return False


def _aux(parse: Parse, t: Token) -> list[Token]:
    return [c for c in parse.children(t) if c.rel in ("aux", "cop")]


def _finite(parse: Parse, t: Token) -> Token | None:
    """The finite word of a verb group: the verb itself or its first auxiliary."""
    if t.feats.get("VerbForm") == "Fin" or t.feats.get("Mood"):
        return t
    return next((a for a in _aux(parse, t) if a.feats.get("VerbForm") == "Fin" or a.feats.get("Mood")), None)


def _own(parse: Parse, t: Token, w: StatusWords, kind: EventType) -> Status | None:
    """What the verb group itself says."""
    if is_negated(parse, t, w):
        return "denied"
    fin = _finite(parse, t)
    if fin is None:
        return None
    perfect = fin.i != t.i and t.feats.get("VerbForm") == "Part" and fin.deprel != "cop" and fin.deprel != "aux:pass"
    if fin.feats.get("Tense") == "Fut" and not perfect:
        return "planned"
    if fin.feats.get("Mood") == "Cnd" and fin.i == t.i:
        return "hypothetical"
    if fin.feats.get("Mood") == "Imp":
        return "planned"
    if fin.feats.get("Tense") in ("Pres", "Imp") and not perfect and kind in PROCESS:
        return "ongoing"
    return None


def _governed(parse: Parse, t: Token, w: StatusWords, nominal: bool) -> Status | None:
    """What the words above say: cue verbs and nouns, modals, purpose, condition."""
    node = t
    for _ in range(4):
        for c in parse.children(node):
            kind = _function(c, w)
            if c.rel in ("mark", "case", "fixed") and kind == "purpose" and node.feats.get("VerbForm") == "Inf":
                return "hypothetical"
            if c.rel == "mark" and kind == "condition" and c.lemma in w.functions and node.rel == "advcl":
                return "hypothetical"
            if nominal and node.i == t.i and c.rel == "amod" and c.lemma.lower() in w.cues:
                return cast(Status, w.cues[c.lemma.lower()])
        head = parse.head(node)
        if head is None:
            return None
        infinitive = node.feats.get("VerbForm") == "Inf" and not any(a.feats.get("VerbForm") == "Inf" for a in _aux(parse, node))
        cue = w.cues.get(head.lemma.lower())
        first_nominal = nominal and node.i == t.i
        if cue and infinitive and node.rel in ("xcomp", "ccomp", "obl", "advcl", "acl", "nmod", "csubj", "obj"):
            return cast(Status, cue)
        if cue and node.feats.get("Mood") == "Sub" and node.rel in ("ccomp", "xcomp", "acl", "advcl"):
            return cast(Status, cue)
        if cue and first_nominal and cue != "happened" and (
            (head.pos in ("NOUN", "ADJ") and node.rel in ("nmod", "obl"))
            or (head.pos in ("VERB", "AUX") and node.rel in ("obj", "obl", "xcomp", "nsubj") and (cue == "ended" or node.deprel != "nsubj"))
        ):
            return cast(Status, cue)
        modal = next((c for c in _aux(parse, node) if w.cues.get(c.lemma.lower()) and c.lemma.lower() != node.lemma.lower()), None)
        if modal is not None:
            return cast(Status, w.cues[modal.lemma.lower()])
        if first_nominal and head.pos == "VERB" and (node.rel == "obj" or node.deprel == "nsubj:pass"):
            if is_negated(parse, head, w):
                return "denied"
            fin = _finite(parse, head)
            if fin is not None and fin.feats.get("Tense") == "Fut":
                return "planned"
            node = head
            continue
        if infinitive and node.rel in ("xcomp", "conj"):
            node = head
            continue
        if node.rel == "conj":
            node = head
            continue
        return None
    return None


def status_of(parse: Parse, hit: Hit, w: StatusWords) -> Status:
    """The status of a hit. What governs it outranks its own tense; its own negation outranks both."""
    t = hit.head
    nominal = not hit.frame.verbal
    if any(_function(parse[k], w) in ("neg", "zero") for k in hit.tokens if parse[k].i != t.i and hit.source != "phrase"):
        return "denied"
    own = _own(parse, t, w, hit.type)
    if nominal and own == "ongoing" and hit.type not in ("restriction", "outage", "clash", "disaster"):
        own = None
    if own == "denied":
        return own
    if w.cues.get(hit.word.key) == "ended" and hit.source != "phrase":
        return "ended"
    return _governed(parse, t, w, nominal) or own or "happened"
