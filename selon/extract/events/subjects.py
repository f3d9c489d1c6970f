"""Subjects that a parse hides: in front of a verb that looks like a noun, above an infinitive, below an adverb; and who can be one.

May import: `extract.events`, `model`.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.events.frames import classes_of
from selon.extract.events.senses import EventWords
from selon.extract.events.triggers import Hit
from selon.model import Parse, Token

BEINGS = frozenset(("force", "person", "org", "official"))
CRAFT = frozenset(("aircraft", "vehicle", "ship"))
_DOERS = BEINGS | CRAFT | frozenset(("proper", "pronoun", "protester", "place"))
_STEPS = 4
"""Words above an infinitive at which its subject may stand, at most."""


def is_nobody(parse: Parse, t: Token, words: EventWords) -> bool:
    """Whether a phrase names nobody: "none of them", "one", "no group"."""
    near = (t, *(c for c in parse.children(t) if c.rel == "det"))
    if any("nobody" in words.classes.get(x.lemma.lower(), ()) for x in near):
        return True
    return any(words.acting.get(parse[k].lower) == "neither" for k in range(max(0, t.i - 2), t.i) if parse[k].sent == t.sent)


def is_infinitive(parse: Parse, t: Token) -> bool:
    """Whether a verb has no subject of its own: an infinitive, or a gerund behind a preposition ("for attacking")."""
    if t.feats.get("VerbForm") == "Inf":
        return True
    if t.deprel == "acl" and t.feats.get("VerbForm") in ("Part", "Ger") and any(c.rel == "mark" for c in parse.children(t)):
        return True
    return any(c.rel == "aux" and c.feats.get("VerbForm") == "Inf" for c in parse.children(t))


def being(parse: Parse, tokens: Sequence[Token], words: EventWords) -> Token | None:
    """The first of these nouns that is somebody: a person, a force, a body, a name."""
    for t in tokens:
        kinds = classes_of(parse, t, words)
        if kinds & (BEINGS | {"proper", "pronoun", "protester", "rescuer"}) and "event" not in kinds and not is_nobody(parse, t, words):
            return t
    return None


def before(parse: Parse, verb: Token) -> list[Token]:
    """The noun before a finite verb without a subject, where the parse takes it for something else: « Legion X » claims the raid, "as Russia has launched a salvo"."""
    head = parse.head(verb)
    if verb.rel == "parataxis" and head is not None and head.pos in ("NOUN", "PROPN") and head.i < verb.i:
        return [] if any(t.text in (":", ";", ".", "-", "–", "—") for t in parse.tokens[head.i : verb.i]) else [head]
    finite = (
        verb if verb.feats.get("VerbForm") == "Fin" else next((c for c in parse.children(verb) if c.rel == "aux" and c.i < verb.i), None)
    )
    if finite is None:
        return []
    first = parse.sentence(verb).first
    k = finite.i - 1
    while k > first and (parse[k].pos in ("ADV", "PART") or (parse[k].pos == "PRON" and parse[k].rel in ("expl", "obj", "iobj"))):
        k -= 1
    t = parse[k] if k >= first else None
    if t is None or t.pos not in ("NOUN", "PROPN", "ADJ") or t.head == verb.i:
        return []
    if t.rel == "obl" and parse[t.head].pos == "ADV" and parse[t.head].head == verb.i and t.pos != "ADJ":
        return [t]  # "more than 700 rescuers"
    while (
        t.rel in ("nmod", "amod", "flat", "appos")
        and not t.is_root
        and first <= t.head < finite.i
        and parse[t.head].pos in ("NOUN", "PROPN")
    ):
        t = parse[t.head]
    return [t] if t.head != verb.i and t.rel in ("obl", "obj", "conj", "root", "nmod") and t.pos != "ADJ" else []


def headline_subject(parse: Parse, hit: Hit) -> Token | None:
    """Who stands before a verb of a headline that the parse takes for a noun: with an object, which no noun has ("Nigeria: rebels attack a base")."""
    i = hit.head.i
    first = parse.sentence(hit.head).first
    if hit.source != "noun" or i == first or not any(c.rel == "obj" and c.i > i for c in parse.children(hit.head)):
        return None
    t = parse[i - 1]
    if t.pos not in ("NOUN", "PROPN", "ADJ"):
        return None
    start = next(
        (k + 1 for k in range(i - 1, first - 1, -1) if parse[k].pos == "PUNCT" and parse[k].text in (":", "-", "–", "—", ",")), first
    )
    while not t.is_root and start <= t.head < i:
        t = parse[t.head]
    return t if t.pos in ("NOUN", "PROPN") else None


def subject_in_front(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """Who stands in front of a finite active verb without a subject of its own."""
    f = hit.frame
    verb = hit.head
    sent = hit.type in ("deployment", "relief") and not f.patient
    if (f.passive and not sent) or f.agent or verb.pos not in ("VERB", "AUX"):
        return None
    for c in parse.children(verb):
        if c.deprel == "expl:subj" and f.reflexive and not any(k.rel in ("csubj", "ccomp") for k in parse.children(verb)):
            return c  # a personal pronoun, taken for an empty one
    return being(parse, before(parse, verb), words)


def subject_of_infinitive(parse: Parse, verb: Token, words: EventWords) -> Token | None:
    """The subject of the clause to which an infinitive belongs: "has the right to strike", "launched an operation to free the town"."""
    if not is_infinitive(parse, verb):
        return None
    t = verb
    for _ in range(_STEPS):
        head = parse.head(t)
        if head is None:
            return None
        subjects = [c for c in parse.children(head) if c.rel == "nsubj" and c.i != t.i]
        if not subjects and head.is_root and head.i < verb.i and t.rel == "acl" and head.pos in ("NOUN", "PROPN"):
            subjects = [head]  # a headline: "Security council to convene"
        if subjects:
            if any(c.deprel.endswith(":pass") for c in subjects) or words.acting.get(head.lemma.lower()) in ("accused", "urged"):
                return None
            return doer(parse, subjects, words)
        t = head
    return None


def doer(parse: Parse, tokens: Sequence[Token], words: EventWords) -> Token | None:
    """The first of these nouns that can do something: somebody, a place that stands for its state, a vessel or aircraft."""
    for x in tokens:
        kinds = classes_of(parse, x, words)
        if (
            kinds & _DOERS
            and "event" not in kinds
            and not is_nobody(parse, x, words)
            and x.feats.get("PronType") not in ("Rel", "Int", "Dem")
        ):
            return x
    return None
