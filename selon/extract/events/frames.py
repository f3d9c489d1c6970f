"""The frame of a word in a parse: who does it, who suffers it, where and with what. Universal Dependencies only, no language.

May import: `extract.events.senses`, `model`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from selon.extract.events.senses import BORROWED, EventWords, Word
from selon.model import Parse, Token

NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "X", "SYM"))
ACTORS = frozenset(
    ("person", "force", "org", "official", "proper", "pronoun", "protester", "missile", "drone", "shell", "aircraft", "nature")
)


_SUBJECTS = NOMINAL | {"ADJ"}
_CLOSE = 4
"""Tokens between two coordinated verbs that may share an object, at most."""


@dataclass
class Frame:
    """The arguments of one trigger. Tokens in each slot are heads of noun phrases, nearest first."""

    head: Token
    agent: list[Token] = field(default_factory=list)
    patient: list[Token] = field(default_factory=list)
    obl: list[Token] = field(default_factory=list)
    passive: bool = False
    reflexive: bool = False
    verbal: bool = True


def is_reflexive(t: Token) -> bool:
    """Whether a word is a reflexive pronoun of its verb."""
    return (t.feats.get("Reflex") == "Yes" and t.rel != "obl") or (t.pos == "PRON" and t.rel == "expl" and t.deprel != "expl:subj")


def relative_antecedent(parse: Parse, pronoun: Token) -> Token | None:
    """The noun that a relative pronoun stands for, or None."""
    for a in parse.ancestors(pronoun):
        if a.deprel.startswith("acl"):
            return parse[a.head]
    before = pronoun.i - 1
    while before >= 0 and parse[before].pos == "PUNCT":
        before -= 1
    if before >= 0 and parse[before].sent == pronoun.sent and parse[before].pos in ("NOUN", "PROPN"):
        return parse[before]
    return None


def has_case(parse: Parse, t: Token, words: EventWords, kind: str) -> bool:
    """Whether a noun is introduced by a preposition of a kind (genitive, agentive…), as the lexicon of classes has it."""
    return any(c.rel == "case" and kind in words.classes.get(c.lemma, ()) for c in parse.children(t))


def _real(parse: Parse, t: Token) -> Token:
    """What a pronoun stands for, and the noun that an adverb of quantity measures ("nearly 300 people")."""
    if t.feats.get("PronType") == "Rel":
        return relative_antecedent(parse, t) or t
    if t.pos == "ADV":
        return next((k for k in parse.children(t) if k.pos == "NOUN" and k.rel in ("obl", "nmod") and k.i > t.i), t)
    return t


def conjuncts(parse: Parse, t: Token) -> Iterable[Token]:
    """The token and what is coordinated with it."""
    yield t
    for c in parse.children(t):
        if c.rel == "conj" and c.pos in NOMINAL:
            yield c


def surface_subject(parse: Parse, verb: Token, depth: int = 0) -> Token | None:
    """The grammatical subject of a verb: its own, else that of what it is coordinated with or governed by."""
    own = [
        c
        for c in parse.children(verb)
        if c.rel in ("nsubj", "csubj") and _may_be_subject(parse, c) and not _is_hidden_object(parse, verb, c)
    ]
    if own and own[-1].i < verb.i:
        # a dateline or an address before the subject is none; a name right behind a noun is the noun's ("storm Ciaran")
        named = len(own) > 1 and own[-1].pos == "PROPN" and own[-2].pos == "NOUN" and own[-1].i == own[-2].i + 1
        return _real(parse, own[-2] if named else own[-1])
    for c in parse.children(verb):
        if c in own:
            return _real(parse, c)
        if c.rel == "aux":
            for k in parse.children(c):
                if k.rel == "nsubj":
                    return _real(parse, k)
    for c in parse.children(verb):
        if c.rel == "advmod" and c.i < verb.i and (measured := _real(parse, c)) is not c:
            return measured
    if depth > 4:
        return None
    head = parse.head(verb)
    if head is None:
        return None
    heading = head.is_root and head.text[:1].isupper() and head.pos in ("PROPN", "ADJ", "X")
    if heading and verb.rel in ("advcl", "acl", "xcomp") and verb.feats.get("VerbForm") == "Inf":
        return head  # "Macron to meet Scholz"
    if verb.rel == "xcomp" and head.pos == "NOUN" and verb.feats.get("VerbForm") == "Part":
        return head
    if verb.rel == "conj" and (head.pos in ("VERB", "AUX", "ADJ") or depth):
        return surface_subject(parse, head, depth + 1)
    if verb.rel in ("xcomp", "ccomp", "advcl") and verb.feats.get("VerbForm") in ("Inf", "Part", "Ger"):
        if verb.rel == "xcomp":
            for c in parse.children(head):
                if c.rel in ("obj", "iobj") and not is_reflexive(c) and c.i < verb.i:
                    return _real(parse, c)
                if c.deprel.startswith("obl:arg") and c.pos in NOMINAL:
                    return c
        return surface_subject(parse, head, depth + 1)
    if verb.deprel == "acl" and verb.feats.get("VerbForm") in ("Part", "Ger") and not any(c.rel == "mark" for c in parse.children(verb)):
        return _agreeing(parse, verb, head)
    return None


def _may_be_subject(parse: Parse, t: Token) -> bool:
    """Whether a word may name who acts: a noun, a noun tagged as an adjective, or an adverb that measures one ("more than 300 men")."""
    return t.pos in _SUBJECTS or (t.pos == "ADV" and _real(parse, t) is not t)


def _is_hidden_object(parse: Parse, verb: Token, t: Token) -> bool:
    """Whether a noun that the parse shows as subject stands behind an infinitive, where only an object can stand."""
    infinitive = verb.feats.get("VerbForm") == "Inf" or any(
        c.rel == "aux" and c.feats.get("VerbForm") == "Inf" for c in parse.children(verb)
    )
    return infinitive and t.i > verb.i and t.rel == "nsubj" and not t.deprel.endswith(":pass")


def _agreeing(parse: Parse, participle: Token, noun: Token) -> Token:
    """The noun that a participle stands on: where it does not agree with the nearest, the one above that does ("missiles of long range sent")."""
    node = noun
    for _ in range(3):
        if not any(participle.feats.get(k) and node.feats.get(k) and participle.feats[k] != node.feats[k] for k in ("Number", "Gender")):
            return node
        above = parse.head(node)
        if above is None or node.rel not in ("nmod", "appos", "flat") or above.pos not in NOMINAL:
            return noun
        node = above
    return noun


def verb_frame(parse: Parse, verb: Token, words: EventWords, active_participle: bool = False) -> Frame:
    """The frame of a verb, logical roles: the object of an active verb and the subject of a passive one are both its patient."""
    f = Frame(verb)
    children = parse.children(verb)
    has_aux = False
    for c in children:
        if c.deprel == "aux:pass" or c.deprel == "nsubj:pass":
            f.passive = True
        elif c.rel == "aux":
            has_aux = True
        elif c.rel == "cop" and verb.feats.get("VerbForm") != "Fin":
            f.passive = not active_participle
            has_aux = True
        if is_reflexive(c):
            f.reflexive = True
    bare_participle = verb.pos == "ADJ" or (verb.feats.get("VerbForm") == "Part" and verb.feats.get("Tense") == "Past")
    # A form that is past tense and participle alike, with a subject and an object of its own, is no participle.
    rels = {c.deprel for c in children if not is_reflexive(c)}
    lender = None if has_aux else shared_auxiliary(parse, verb)
    counts = bool(words.pasts) and verb.rel == "acl" and any(c.pos == "NUM" and c.rel in ("obj", "obl") and c.i > verb.i for c in children)
    if bare_participle and not has_aux and not f.passive and lender is None and not counts and not {"nsubj", "obj"} <= rels:
        # One that goes on with another verb and has an object of its own shares the other's auxiliary ("has denounced and promised").
        f.passive = not (verb.rel == "conj" and any(c.deprel == "obj" and c.i > verb.i for c in children))
    if f.passive and has_aux and "obj" in rels and "aux:pass" not in rels and "cop" not in rels:
        f.passive = False  # a subject that the parse takes for that of a passive
    if active_participle and not any(c.deprel == "aux:pass" and c.feats.get("VerbForm") == "Part" for c in children):
        f.passive = False
    if f.reflexive:
        f.passive = False
    subject = surface_subject(parse, lender if lender is not None and lender.rel != "conj" else verb)
    if subject is None and verb.rel == "amod":
        above = parse.head(verb)
        subject = above if above is None else _agreeing(parse, verb, above)
    for c in children:
        if c.deprel == "obl:agent" or (
            c.rel == "obl" and f.passive and has_case(parse, c, words, "agentive") and classes_of(parse, c, words) & ACTORS
        ):
            f.agent.append(c)
        elif c.rel == "obj" and not is_reflexive(c):
            if "time" not in words.classes.get(c.lemma.lower(), ()):
                f.patient.append(_real(parse, c))
        elif c.rel == "nsubj" and _is_hidden_object(parse, verb, c):
            f.patient.append(_real(parse, c))
        elif (c.rel == "iobj" and c.pos in ("NOUN", "PROPN") and "obj" not in rels) or _is_bare_complement(parse, verb, c):
            f.patient.append(c)
        elif c.rel in ("obl", "iobj", "nmod") and c.pos in NOMINAL:
            f.obl.append(c)
    if not f.passive and not f.patient:
        f.patient.extend(_shared_objects(parse, verb) or _hidden_object(parse, verb, words))
    if subject is not None and subject.i != verb.i:
        (f.patient if f.passive else f.agent).insert(0, subject)
    return f


def is_compound_past(parse: Parse, verb: Token) -> bool:
    """Whether a verb is an active compound past, whose auxiliary a coordinated participle shares ("have entered and killed two men")."""
    aux = [c for c in parse.children(verb) if c.rel == "aux"]
    return verb.feats.get("VerbForm") == "Part" and bool(aux) and all(c.deprel != "aux:pass" for c in aux)


def shared_auxiliary(parse: Parse, verb: Token) -> Token | None:
    """The compound past whose auxiliary a bare participle shares: one that it is coordinated with, or, where it has an object of its own, so
    that it can be no passive, the one above it."""
    if (
        verb.feats.get("VerbForm") != "Part"
        or verb.feats.get("Tense") == "Pres"
        or any(c.rel in ("aux", "cop") for c in parse.children(verb))
    ):
        return None
    if verb.rel == "conj":
        above = parse[verb.head]
        return above if is_compound_past(parse, above) else shared_auxiliary(parse, above)
    if verb.rel == "acl" and any(c.rel == "obj" and c.i > verb.i for c in parse.children(verb)):
        return next((a for a in parse.ancestors(verb) if is_compound_past(parse, a)), None)
    return None


def _shared_objects(parse: Parse, verb: Token) -> list[Token]:
    """Objects that a verb shares with the one it is coordinated with: "found and destroyed a missile"."""
    beside = [parse[verb.head]] if verb.rel == "conj" else []
    beside += [c for c in parse.children(verb) if c.rel == "conj" and c.pos == "VERB"]
    for other in beside:
        close = other.pos == "VERB" and abs(other.i - verb.i) <= _CLOSE
        found = [c for c in parse.children(other) if c.rel == "obj" and c.pos in NOMINAL and c.i > max(verb.i, other.i)]
        if close and found and not is_reflexive(found[0]):
            return found
    return []


def _hidden_object(parse: Parse, verb: Token, words: EventWords) -> list[Token]:
    """An object that the parse shows as something else: below an adverb ("more than a million shells"), as a predicate noun, above the verb."""
    top = verb
    while top.rel == "conj":
        top = parse[top.head]
    if top.rel == "xcomp":
        behind = [c for c in parse.children(parse[top.head]) if c.rel == "obj" and c.pos in NOMINAL and c.i > verb.i]
        if behind:
            return behind[:1]
    for c in parse.children(verb):
        if c.i < verb.i:
            continue
        if c.rel == "advmod":
            found = [k for k in parse.children(c) if k.rel in ("obl", "nmod", "fixed", "conj") and k.pos == "NOUN" and k.i > c.i]
            if found:
                return found[:1]
        if c.rel == "xcomp" and c.pos == "NOUN" and not any(k.rel == "cop" for k in parse.children(c)):
            return [c]
        if c.rel == "obl" and c.pos == "NUM" and not parse.children(c):
            return [c]
        if c.rel == "obl" and c.pos == "NOUN" and "time" not in words.classes.get(c.lemma.lower(), ()) and _is_bare(parse, c):
            return [c]
    return []


def _is_bare_complement(parse: Parse, verb: Token, t: Token) -> bool:
    """Whether a noun behind a verb that is tagged as a noun is its object: no preposition stands before it."""
    return verb.pos == "NOUN" and t.rel == "nmod" and t.i > verb.i and not any(k.rel == "case" for k in parse.children(t))


def _is_bare(parse: Parse, noun: Token) -> bool:
    """Whether a noun has a determiner and no preposition."""
    rels = {k.rel for k in parse.children(noun)}
    return "det" in rels and "case" not in rels


def noun_frame(parse: Parse, noun: Token, words: EventWords, word: Word | None) -> Frame:
    """The frame of an event noun: adjectives of nationality and "by" phrases act, other complements suffer.

    Whether a bare genitive acts or suffers is said by the lexicon (`of: agent`) and by what the genitive is.
    """
    f = Frame(noun, verbal=False)
    acts = word is not None and word.entry.get("of") == "agent"
    for child in parse.children(noun):
        c = _real(parse, child) if child.rel in ("nmod", "obl") else child
        if (
            c.pos in ("ADJ", "NOUN", "PROPN") and c.lemma.lower() in words.demonyms and c.rel in ("amod", "nmod", "appos", "compound")
        ) or c.deprel == "obl:agent":
            f.agent.append(c)
        elif c.deprel in ("nmod:poss", "compound"):
            _before(parse, c, words, f)
        elif c.rel in ("nmod", "obl", "appos") and c.pos in NOMINAL:
            genitive = has_case(parse, child, words, "genitive")
            kinds = classes_of(parse, c, words)
            if has_case(parse, child, words, "agentive") or (genitive and acts and _acts(parse, c, kinds, word)):
                f.agent.append(c)
            elif genitive:
                f.patient.append(c)
            else:
                f.obl.append(c)
        elif c.deprel == "acl" and c.feats.get("VerbForm") == "Part":
            f.agent.extend(k for k in parse.children(c) if k.deprel == "obl:agent")
    return f


def _before(parse: Parse, c: Token, words: EventWords, f: Frame) -> None:
    """Sorts what stands before an event noun: owners and forces act ("Israel's raid", "army shelling"), towns and buildings suffer, weapons are means."""
    kinds = classes_of(parse, c, words)
    if "time" in kinds:
        return
    if kinds & {"place", "building", "energy", "dam", "vehicle", "casualty"}:
        f.patient.append(c)
    elif (c.deprel == "nmod:poss" and c.pos in NOMINAL) or kinds & {"force", "org", "protester"}:
        f.agent.append(c)
    else:
        f.obl.append(c)


def _acts(parse: Parse, t: Token, kinds: frozenset[str], word: Word | None) -> bool:
    """Whether a genitive of a noun of action acts. A name without an article is a place ("the attack of Homs") unless persons act."""
    if kinds & {"place", "building", "event"}:
        return False
    if kinds & {"force", "org", "official", "protester"}:
        return True
    by_person = word is not None and word.entry.get("by") == "person"
    return "proper" in kinds and (by_person or any(c.rel == "det" for c in parse.children(t)))


def _of_parts(t: Token, words: EventWords) -> frozenset[str]:
    """The classes of the first known part of a compound that no lexicon knows as a whole ("tank-lorries", "ex-fighters")."""
    if "-" not in t.text:
        return frozenset()
    return next((found for part in t.lemma.lower().split("-") if (found := words.classes.get(part))), frozenset())


def classes_of(parse: Parse, t: Token, words: EventWords) -> frozenset[str]:
    """What kind of thing a noun is. Words of quantity, and words of no known kind, are what they are made of."""
    own = words.classes.get(t.lemma.lower()) or words.classes.get(t.lower) or _of_parts(t, words)
    extra: set[str] = set()
    if (
        t.pos == "PROPN"
        or (((t.pos == "ADJ" and t.is_root) or t.pos == "X") and not own and t.text[:1].isupper())
        or (t.pos == "NOUN" and not own and t.text[:1].isupper() and t.i > parse.sentence(t).first)
    ):
        extra.add("proper")
    elif not own and (t.pos == "PRON" or (t.pos == "DET" and t.rel in ("obj", "iobj"))):
        extra.add("pronoun")
    if t.pos in ("VERB", "NOUN") and t.lemma.lower() in words.striking:
        extra.add("strike")
    if t.lemma.lower() in words.nouns and t.pos in ("NOUN", "ADJ"):
        extra.add("event")
    if not own or "quantity" in own or BORROWED in own:
        for c in parse.children(t):
            if c.rel in ("nmod", "amod", "appos", "flat", "compound") and c.i != t.i:
                more = words.classes.get(c.lemma.lower()) or words.classes.get(c.lower)
                if more:
                    extra |= more if "quantity" not in more else classes_of(parse, c, words)
                elif c.pos == "PROPN" and c.rel == "nmod" and "quantity" in own:
                    extra.add("proper")  # most of a place is that place
                elif c.pos == "PROPN" and c.rel == "nmod" and not own and t.pos != "PROPN":
                    extra.add("ofproper")
        if t.rel in ("appos", "flat") and t.pos == "PROPN":
            head = parse[t.head]
            extra |= words.classes.get(head.lemma.lower(), frozenset())
    return own | extra
