"""Who acts where the frame of an event word does not say: blamed, urged, by the verb that carries an event noun, by whose it is.

May import: `extract.events`, `model`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selon.extract.events.frames import classes_of, has_case, verb_frame
from selon.extract.events.senses import EventWords
from selon.extract.events.subjects import (
    BEINGS,
    CRAFT,
    before,
    being,
    doer,
    headline_subject,
    is_infinitive,
    subject_in_front,
    subject_of_infinitive,
)
from selon.extract.events.triggers import Hit
from selon.model import EventType, Parse, Token

_STRIKES: frozenset[EventType] = frozenset(("airstrike", "drone_strike", "missile_strike", "shelling", "attack"))
_BY_SOMEBODY: frozenset[EventType] = frozenset(("meeting", "deployment", "interception", "training", "authorisation", "threat"))
_NAMED_BY_NOUN: frozenset[EventType] = frozenset(("meeting", "interception", "training"))
"""Of these, the ones that a noun may tell ("on a visit, the minister…")."""
_OWNED: frozenset[EventType] = _STRIKES | frozenset(
    (
        "explosion",
        "incursion",
        "deployment",
        "meeting",
        "threat",
        "weapons_transfer",
        "interception",
        "clash",
        "authorisation",
        "territory_change",
        "relief",
    )
)
"""Events of which somebody is said to be the owner: "its raids", "their visit"."""
_GENITIVE: frozenset[EventType] = _STRIKES | frozenset(
    ("territory_change", "incursion", "authorisation", "threat", "deployment", "weapons_transfer")
)
_MOVES: frozenset[EventType] = frozenset(("evacuation", "sheltering", "detention"))
_SHARED: frozenset[EventType] = _STRIKES | frozenset(("clash", "meeting", "agreement"))
"""Events between parties."""
_CLAIMED: frozenset[EventType] = _STRIKES | frozenset(("killing", "interception", "detention", "territory_change"))
_ANNOUNCED: frozenset[EventType] = _STRIKES | frozenset(
    ("explosion", "incursion", "clash", "territory_change", "killing", "detention", "evacuation")
)
"""Events that are not done by announcing them."""
_REACH = 14
"""Tokens between an event noun and the participle that says who did it, at most."""
_STEPS = 3


def find_actor(parse: Parse, hit: Hit, folded: Sequence[Hit], words: EventWords) -> Token | None:
    """The head of who acts in an event whose own frame names nobody, or None."""
    if hit.type == "protest" and _is_people(hit, words):
        return hit.head
    found = (
        headline_subject(parse, hit)
        or _blamed(parse, hit, words)
        or _by_participle(parse, hit, words)
        or _claimant(parse, hit, words)
        or _carrier(parse, hit, words)
        or _possessor(parse, hit, words)
        or _adjective_above(parse, hit, words)
        or _parties(parse, hit, words)
        or _genitive(parse, hit, words)
        or _owner_of_weapon(parse, (hit, *folded), words)
    )
    if found is None and hit.frame.verbal and hit.type not in _MOVES:
        found = None if hit.frame.passive else subject_of_infinitive(parse, hit.head, words)
        found = found or subject_in_front(parse, hit, words)
    by_noun = hit.source == "noun"
    if found is None and hit.type in (_NAMED_BY_NOUN if by_noun else _BY_SOMEBODY):
        found = _subject_above(parse, hit, words)
    return found


def controller(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """Who does what an infinitive says where the verb above it names another than its own subject: "accuses X of having fired", "allows X to strike"."""
    t = hit.head
    if not hit.frame.verbal or not is_infinitive(parse, t):
        return None
    for _ in range(_STEPS):
        head = parse.head(t)
        if head is None:
            return None
        how = words.acting.get(head.lemma.lower(), "") if head.pos == "VERB" else ""
        if how in ("accused", "urged"):
            frame = verb_frame(parse, head, words)
            if frame.passive:
                return being(parse, frame.patient, words)
            objects = [c for c in parse.children(head) if c.rel in ("obj", "iobj") and c.i < hit.head.i]
            objects += [c for c in parse.children(head) if c.rel == "obl" and how == "urged" and head.i < c.i < hit.head.i]
            return being(parse, objects, words)
        if head.pos in ("VERB", "AUX") and not is_infinitive(parse, head):
            return None
        t = head
    return None


def is_weapon(kinds: frozenset[str]) -> bool:
    """Whether classes are those of a weapon, not of who wields it."""
    return bool(kinds & WEAPONS) and not kinds & {"force", "person", "building"}


WEAPONS = frozenset(("missile", "drone", "shell", "aircraft", "airbomb", "explosive", "gun", "blade", "incendiary", "device", "arms"))


def _is_people(hit: Hit, words: EventWords) -> bool:
    """Whether an event is told by a noun for those to whom it happened (prisoners, evacuees): who speaks of them did not do it."""
    return not hit.frame.verbal and bool(words.classes.get(hit.word.key, frozenset()) & {"person", "casualty"})


def _above(parse: Parse, t: Token) -> Iterator[Token]:
    """A noun and the nouns that it is in the genitive of: "a wave of strikes", "its campaign of bombing"."""
    yield t
    for _ in range(2):
        head = parse.head(t)
        if head is None or t.rel != "nmod" or head.pos != "NOUN":
            return
        t = head
        yield t


def _blamed(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """Who is blamed for an event noun: "blames the blast on the rebels", "an attack attributed to the army", "accuses the army of an attack"."""
    if hit.frame.verbal and hit.source != "phrase":
        return None
    for t in _above(parse, hit.head):
        verbs = [c for c in parse.children(t) if c.deprel == "acl"]
        head = parse.head(t)
        if head is not None and head.pos == "VERB":
            verbs.append(head)
        for v in verbs:
            how = words.acting.get(v.lemma.lower(), "") or words.acting.get(v.lower, "")
            if not how and any(c.rel in ("obj", "obl") and words.acting.get(c.lemma.lower()) == "accused" for c in parse.children(v)):
                how = "accused"  # « mettre en cause »
            if how == "blamed" and (v.head == t.i or t.rel == "obj" or t.deprel == "nsubj:pass"):
                near = [c for c in parse.children(v) if c.rel in ("obl", "iobj", "nmod") and c.i != t.i]
                near += [c for c in parse.children(t) if c.rel == "nmod" and not has_case(parse, c, words, "genitive")]
                found = being(parse, near, words)
            elif how == "accused" and t.rel == "obl":
                found = being(parse, [c for c in parse.children(v) if c.rel in ("obj", "iobj") or c.deprel == "nsubj:pass"], words)
            else:
                found = None
            if found is not None:
                return found
    return None


def _by_participle(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """Who did it by a participle that the parse hangs on a noun between: "an attack on the town carried out by rebels"."""
    t = hit.head
    if hit.frame.verbal:
        return None
    last = parse.sentence(t).last
    for v in parse.tokens[t.i + 1 : min(last, t.i + _REACH) + 1]:
        if v.text in (";", ":") or (v.pos in ("VERB", "AUX") and v.feats.get("VerbForm") == "Fin"):
            return None
        own = v.head == t.i and v.deprel in ("acl", "amod")
        if not own and (v.pos != "VERB" or v.deprel != "acl" or not _carries(v, words)):
            continue
        if any(v.feats.get(k) and t.feats.get(k) and v.feats[k] != t.feats[k] for k in ("Gender", "Number")):
            continue
        found = being(parse, [c for c in parse.children(v) if c.deprel == "obl:agent" or has_case(parse, c, words, "agentive")], words)
        if found is not None:
            return found
    return None


def _claimant(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """Who claims those to whom it was done: "the army claims ten fighters killed"."""
    if hit.type not in _CLAIMED or not hit.frame.passive or hit.head.feats.get("VerbForm") != "Part":
        return None
    noun = parse.head(hit.head)
    verb = parse.head(noun) if noun is not None and hit.head.rel in ("acl", "amod") and noun.rel in ("obj", "ccomp") else noun
    if verb is None or words.acting.get(verb.lemma.lower()) != "claiming":
        return None
    return doer(parse, verb_frame(parse, verb, words).agent or before(parse, verb), words)


def _possessor(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """Whose it is: "its raids", "their visit", "under their control"; the subject of the verb, where there is one ("Turkey continues its strikes")."""
    if hit.type not in _OWNED or (hit.frame.verbal and hit.source != "phrase"):
        return None
    inside = [hit.head, *(parse[k] for k in hit.tokens if parse[k].pos == "NOUN")]
    for t in inside:
        for c in parse.children(t):
            if c.rel == "det" and c.feats.get("Poss") == "Yes":
                head = parse.head(t)
                third = c.feats.get("Person[psor]", c.feats.get("Person", "3")) == "3"
                subject = (
                    verb_frame(parse, head, words).agent if head is not None and head.pos == "VERB" and t.rel in ("obj", "obl") else []
                )
                return (doer(parse, subject, words) if third else None) or c
    return next((parse[k] for k in hit.tokens if parse[k].feats.get("Poss") == "Yes"), None)


def _adjective_above(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """The adjective of nationality on the noun that an event noun completes: "Israeli operations of reprisal"."""
    if hit.frame.verbal:
        return None
    for t in _above(parse, hit.head):
        for c in parse.children(t):
            if c.rel == "amod" and c.lemma.lower() in words.demonyms and c.i not in hit.tokens:
                return c
        if t.i != hit.head.i and any(c.rel == "nmod" and c.i != hit.head.i for c in parse.children(t)):
            return None
    return None


def _carrier(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """The subject of the verb that carries an event noun: "the army launched a wave of raids", "took part in the raids", "on a visit, the minister said"."""
    if (hit.frame.verbal and hit.source != "phrase") or _is_people(hit, words):
        return None
    for t in _above(parse, hit.head):
        head = parse.head(t)
        if head is None:
            return None
        if head.pos == "NOUN" and words.acting.get(head.lemma.lower()) == "part" and head.rel in ("obj", "obl", "nsubj"):
            t, head = head, parse[head.head]
            carries = words.acting.get(head.lemma.lower()) != "declining"
        elif any(c.rel == "obj" and words.acting.get(c.lemma.lower()) == "part" for c in parse.children(head)) and t.rel == "obl":
            carries = True  # "took part in the raids"
        else:
            announces = "toll" in words.classes.get(head.lemma.lower(), ())
            carries = head.pos in ("VERB", "AUX") and _carries(head, words) and not (announces and hit.type in _ANNOUNCED)
        if head.pos not in ("VERB", "AUX"):
            continue
        frame = verb_frame(parse, head, words)
        if carries and t.deprel == "nsubj:pass":
            agents = [c for c in parse.children(head) if c.deprel == "obl:agent" or has_case(parse, c, words, "agentive")]
            return doer(parse, agents, words)
        visits = hit.type == "meeting" and t.rel in ("obl", "advcl", "obj")
        if not (carries and t.rel in ("obj", "xcomp", "obl")) and not visits:
            return None
        return doer(parse, frame.agent or before(parse, head), words) or subject_of_infinitive(parse, head, words)
    return None


def _carries(verb: Token, words: EventWords) -> bool:
    """Whether the subject of a verb does what the event noun below it names: "leads a raid", "approves the sale"."""
    lemma = verb.lemma.lower()
    return "carrier" in words.classes.get(lemma, ()) or words.acting.get(lemma) == "carrying"


def _parties(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """The parties of a clash: "exchanges of fire between police and gangs", "fire that pitted soldiers against rebels"."""
    if hit.type not in _SHARED or hit.frame.verbal:
        return None
    inside = [hit.head, *(parse[k] for k in hit.tokens if parse[k].pos == "NOUN")]
    inside += [c for c in parse.children(hit.head) if c.rel == "acl"]
    for t in inside:
        for c in parse.children(t):
            if any(k.rel == "case" and words.acting.get(k.lemma.lower()) == "between" for k in parse.children(c)):
                return c
    head = parse.head(hit.head)
    if head is not None and words.acting.get(head.lemma.lower()) == "opposing":
        return being(parse, [c for c in parse.children(head) if c.rel == "obj"], words)
    return None


def _genitive(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """Whose act it is by a genitive that can do nothing but act: "the go-ahead of President X", "the reprisals of the army"."""
    if hit.type not in _GENITIVE or (hit.frame.verbal and hit.source != "phrase"):
        return None
    behind = hit.tokens[-1] + 1
    while behind < len(parse) and parse[behind].pos == "PUNCT" and parse[behind].text not in (",", ".", ";", ":"):
        behind += 1
    if (
        hit.source == "phrase"
        and not hit.frame.verbal
        and behind < len(parse)
        and parse[behind].rel == "case"
        and parse[behind].sent == hit.head.sent
    ):
        c = parse[parse[behind].head]
        if has_case(parse, c, words, "genitive") and classes_of(parse, c, words) & {"force", "org"}:
            return c
    inside = [hit.head, *(parse[k] for k in hit.tokens if parse[k].pos == "NOUN")]
    inside += [c for c in parse.children(hit.head) if c.deprel == "acl"]
    above = parse.head(hit.head)
    if above is not None and hit.head.rel == "nmod" and words.acting.get(above.lemma.lower()) == "chain":
        inside.append(above)
    for t in inside:
        for c in parse.children(t):
            if c.rel not in ("nmod", "obl") or not has_case(parse, c, words, "genitive") or c.i in hit.tokens:
                continue
            kinds = classes_of(parse, c, words)
            named = hit.type not in _STRIKES and c.pos == "PROPN" and any(k.rel == "flat" for k in parse.children(c))
            if (kinds & {"force", "official", "org"} or named) and not kinds & {"event", "building", "place", "weapon", *WEAPONS}:
                return c
    return None


def _owner_of_weapon(parse: Parse, hits: Sequence[Hit], words: EventWords) -> Token | None:
    """Whose weapon it is: the adjective of nationality, or the force in the genitive, of a weapon that strikes."""
    for h in hits:
        if h.type in ("interception", "weapons_transfer", "harm", "explosion"):
            continue
        for x in (*h.frame.agent, *h.frame.obl, *h.frame.patient):
            if not is_weapon(classes_of(parse, x, words)):
                continue
            for c in parse.children(x):
                if c.rel == "amod" and c.lemma.lower() in words.demonyms:
                    return c
                if c.rel == "nmod" and classes_of(parse, c, words) & {"force", "org", "person"} and has_case(parse, c, words, "genitive"):
                    return c
    return None


def _subject_above(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """The nearest being that is the subject of a word above, for events that are always somebody's doing."""
    if any(c.deprel == "nsubj:pass" for c in parse.children(hit.head)):
        return None  # a clause of its own, which leaves unsaid who did it
    for a in parse.ancestors(hit.head):
        for c in parse.children(a):
            if c.rel == "nsubj" and c.i == hit.head.i:
                return None
            if c.rel == "nsubj" and classes_of(parse, c, words) & (BEINGS | CRAFT | {"proper"}) and not c.deprel.endswith(":pass"):
                return c
    return None
