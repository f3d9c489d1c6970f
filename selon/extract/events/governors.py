"""The status that the words above an event give it: cue verbs and nouns, modals, purpose, condition, fear.

May import: `extract.events.status_words`, `extract.events.triggers`, `extract.events.verb_group`, `model`.
"""

from __future__ import annotations

from typing import cast

from selon.extract.events.merge import STRIKES
from selon.extract.events.status_words import StatusWords, function_of
from selon.extract.events.triggers import Hit
from selon.extract.events.verb_group import (
    auxiliaries,
    finite_of,
    is_conditional,
    is_infinitive,
    is_negated,
    is_past_infinitive,
    is_perfect,
    is_present,
)
from selon.model import EventType, Parse, Status, Token

PROCESS: frozenset[EventType] = frozenset(
    ("evacuation", "sheltering", "relief", "outage", "closure", "restriction", "clash", "deployment", "disaster", "protest", "training")
)


# what has been told with a definite article is no proposal that one may weigh ("examined the attack", not "examined an embargo")
_TOLD: frozenset[EventType] = STRIKES | {"killing", "clash", "disaster", "harm", "incursion"}


def _mark(parse: Parse, t: Token, w: StatusWords) -> Status | None:
    """What opens the clause of a word: purpose or condition."""
    for c in parse.children(t):
        kind = function_of(c, w)
        clausal = is_infinitive(parse, t) or (t.rel in ("advcl", "acl") and t.pos == "VERB")
        hangs = t.rel in ("advcl", "acl") or (t.rel == "xcomp" and parse[t.head].pos in ("PROPN", "NOUN"))
        if kind == "infinitive" and c.rel == "mark" and hangs and parse[t.head].lemma.lower() not in w.cues:
            return "planned"
        if kind == "purpose" and is_past_infinitive(parse, t):
            continue  # "condemned for having shelled": the reason, a fact
        if kind == "purpose" and c.rel in ("mark", "case", "fixed") and clausal:
            return "planned" if is_infinitive(parse, t) else "hypothetical"
        if kind == "condition" and c.rel == "mark" and t.rel in ("advcl", "ccomp"):
            return "hypothetical"
    return None


def _cue(parse: Parse, t: Token, w: StatusWords) -> Status | None:
    """The status that a governing word gives to what it governs; a modal in the past tells of facts."""
    lemma = t.lemma.lower()
    found = w.cues.get(lemma)
    if found is None or (lemma in w.modal and is_perfect(parse, t)):
        return None
    return cast(Status, found)


def _has_active_infinitive(parse: Parse, modal: Token) -> bool:
    """Whether a modal governs an infinitive that tells of its subject alone: "the talks must open", not "the trip may open doors"."""
    for c in parse.children(modal):
        if c.rel == "xcomp" and c.feats.get("VerbForm") == "Inf":
            return not any(k.rel == "aux" or (k.rel == "obj" and k.feats.get("Reflex") != "Yes") for k in parse.children(c))
    return False


def _is_indefinite(parse: Parse, t: Token) -> bool:
    return any(c.rel == "det" and c.feats.get("Definite") == "Ind" for c in parse.children(t))


def _carries_on(parse: Parse, t: Token, verb: Token) -> bool:
    """Whether a noun is the object of a verb of going on that is in the present or imperfect: "continues its strikes"."""
    fin = finite_of(parse, verb)
    return t.rel == "obj" and fin is not None and fin.i == verb.i and fin.feats.get("Tense") in ("Pres", "Imp")


def _over_noun(parse: Parse, node: Token, head: Token, w: StatusWords, kind: EventType) -> Status | None:
    """What the word above a noun says of the event that the noun tells."""
    lemma = head.lemma.lower()
    found = w.cues.get(lemma)
    if node.rel == "nsubj" and found == "ongoing" and lemma in w.begin:
        return "ongoing" if kind in PROCESS else None
    if node.rel == "nsubj" and (lemma in w.modal or lemma in w.future) and _has_active_infinitive(parse, head):
        return _cue(parse, head, w)
    would = is_conditional(parse, head) or any(
        a.feats.get("VerbForm") == "Fin" and w.cues.get(a.lemma.lower()) == "hypothetical" for a in auxiliaries(parse, head)
    )
    if node.rel == "nsubj" and would and not is_perfect(parse, head) and kind in _TOLD and _is_indefinite(parse, node):
        return "hypothetical"  # "an operation would ruin the talks"
    if node.rel == "nsubj" and function_of(head, w) == "occurs" and is_negated(parse, head, w):
        return "denied"
    over = head.pos in ("ADJ", "NOUN") and lemma in w.nominal
    if node.rel == "nsubj" and (over or found == "ended" or (found == "ongoing" and not is_perfect(parse, head))):
        return _cue(parse, head, w)
    if found == "ongoing" and _carries_on(parse, node, head):
        return "ongoing"
    if found == "ongoing" and (kind not in PROCESS or is_perfect(parse, head)) and head.pos != "NOUN":
        return None
    if found == "ended" and node.deprel == "obl:arg" and head.pos == "VERB":
        return None
    if (
        node.rel in ("nmod", "obl")
        and head.pos == "NOUN"
        and any(c.rel == "amod" and w.cues.get(c.lemma.lower()) == "ongoing" for c in parse.children(head))
    ):
        return "ongoing"
    if lemma in w.nominal:
        if head.pos in ("NOUN", "ADJ") and node.rel in ("nmod", "obl"):
            return _cue(parse, head, w)
        if head.pos == "VERB" and (node.rel in ("obj", "xcomp") or node.deprel in ("nsubj:pass", "obl:arg")):
            return _cue(parse, head, w)
    told = kind in _TOLD and any(c.rel == "det" and c.feats.get("Definite") == "Def" for c in parse.children(node))
    if (
        head.pos == "VERB"
        and (node.rel in ("obj", "xcomp") or node.deprel in ("nsubj:pass", "obl:arg"))
        and lemma in w.objects
        and not told
    ):
        return cast(Status, w.objects[lemma])
    if head.pos == "VERB" and (node.rel == "obj" or node.deprel == "nsubj:pass"):
        if function_of(head, w) == "support" and is_negated(parse, head, w):
            return "denied"
        fin = finite_of(parse, head)
        if fin is not None and fin.feats.get("Tense") == "Fut":
            return "planned"
    return None


def _feared(parse: Parse, t: Token, w: StatusWords) -> bool:
    """Whether a noun stands below a verb of risk or fear, however deep ("risk being hit by the floods")."""
    node = t
    for _ in range(6):
        head = parse.head(node)
        if head is None or any(c.rel == "case" and function_of(c, w) == "past" for c in parse.children(node)):
            return False
        if head.pos == "VERB" and function_of(head, w) == "risk" and node.rel in ("xcomp", "ccomp", "obj", "obl"):
            return node.deprel != "obl:mod"  # "fears more deaths after the attack": an adjunct is not what is feared
        node = head
    return False


def _is_wanted(parse: Parse, t: Token, w: StatusWords) -> bool:
    """Whether the end of an event is asked for or promised: "calls for an end to the strikes", "demanded that they stop firing"."""
    ends = next((a for _, a in zip(range(2), parse.ancestors(t), strict=False) if w.cues.get(a.lemma.lower()) == "ended"), None)
    over = None if ends is None else parse.head(ends)
    if over is None or ends is None or over.pos not in ("VERB", "NOUN"):
        return False
    lemma = over.lemma.lower()
    # to announce the end of a search is not to ask for it: over a noun, the word must be one that governs nouns
    reaches = ends.pos != "NOUN" or lemma in w.nominal or lemma in w.objects
    return reaches and w.cues.get(lemma) in ("planned", "hypothetical")


def governed(parse: Parse, hit: Hit, w: StatusWords) -> Status | None:
    """What the words above a hit say: cue verbs and nouns, modals, purpose, condition."""
    t, nominal = hit.head, not hit.frame.verbal
    found = _above(parse, hit, w)
    if found == "ended" and _is_wanted(parse, t, w):
        return "ongoing"  # who asks that it stop says that it goes on
    return "hypothetical" if found in (None, "planned") and nominal and _feared(parse, t, w) else found


def _above(parse: Parse, hit: Hit, w: StatusWords) -> Status | None:
    t, nominal, kind = hit.head, not hit.frame.verbal, hit.type
    # a participle that is no passive makes the past of its infinitive: "say that they have stepped in"
    node, infinitive = t, is_infinitive(parse, t) and not (t.feats.get("VerbForm") == "Part" and not nominal and not hit.frame.passive)
    while nominal and node.rel == "nmod" and parse[node.head].pos in ("SYM", "NUM"):
        node = parse[node.head]  # "$400 million in military aid"
    if nominal:
        for c in parse.children(t):
            if c.rel == "amod" and c.lemma.lower() in w.cues and not (kind == "agreement" and w.cues[c.lemma.lower()] == "ongoing"):
                return cast(Status, w.cues[c.lemma.lower()])
            if c.rel in ("nmod", "obl") and c.pos == "NOUN" and w.cues.get(c.lemma.lower()) == "ongoing":
                return "ongoing"
            if c.deprel == "acl" and c.feats.get("Tense") == "Past" and c.lemma.lower() in w.participles:
                return cast(Status, w.cues[c.lemma.lower()])
            if c.deprel == "acl:relcl" and function_of(c, w) == "goes_on" and is_present(parse, c):
                return "ongoing"
    for step in range(5):
        found = _mark(parse, node, w)
        if found is not None:
            return found
        for c in auxiliaries(parse, node):
            if c.lemma.lower() in w.modal and (node.feats.get("VerbForm") == "Inf" or is_infinitive(parse, node)):
                return _cue(parse, c, w)
        head = parse.head(node)
        if head is None:
            return None
        if nominal and step == 0:
            found = _over_noun(parse, node, head, w, kind)
            if found is not None:
                return found
            if head.pos != "VERB" or (node.rel != "obj" and node.deprel not in ("nsubj:pass", "obl:arg")):
                return None
            if function_of(head, w) != "support":
                return None
            infinitive = is_infinitive(parse, head)
        elif infinitive and head.lemma.lower() in w.negated and is_negated(parse, head, w):
            return cast(Status, w.negated[head.lemma.lower()])
        elif infinitive and function_of(head, w) == "says" and not any(c.rel == "mark" for c in parse.children(node)):
            return "ongoing" if kind in PROCESS else None  # "says it fights", not "tells to fight"
        elif infinitive and head.lemma.lower() in w.cues:
            return _cue(parse, head, w)
        elif node.rel == "ccomp" and w.cues.get(head.lemma.lower()) == "hypothetical" and not is_perfect(parse, node):
            return "hypothetical"
        elif not infinitive and node.rel != "conj":
            return None
        else:
            infinitive = infinitive or is_infinitive(parse, head)
        node = head
    return None
