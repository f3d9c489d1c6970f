"""Who acts where the frame of an event word does not say: blamed, urged, by the verb that carries an event noun, by whose it is.

May import: `extract.events`, `model`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selon.extract.events.frames import classes_of, has_case, verb_frame
from selon.extract.events.senses import EventWords
from selon.extract.events.triggers import Hit
from selon.model import EventType, Parse, Token

BEINGS = frozenset(("force", "person", "org", "official"))
_CRAFT = frozenset(("aircraft", "vehicle", "ship"))
_DOERS = BEINGS | _CRAFT | frozenset(("proper", "pronoun", "protester", "place"))
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
        _headline(parse, hit)
        or _blamed(parse, hit, words)
        or _by_participle(parse, hit, words)
        or _carrier(parse, hit, words)
        or _possessor(parse, hit, words)
        or _adjective_above(parse, hit, words)
        or _parties(parse, hit, words)
        or _genitive(parse, hit, words)
        or _owner_of_weapon(parse, (hit, *folded), words)
    )
    if found is None and hit.frame.verbal and hit.type not in _MOVES:
        found = None if hit.frame.passive else _of_infinitive(parse, hit.head, words)
        found = found or _in_front(parse, hit, words)
    by_noun = hit.source == "noun"
    if found is None and hit.type in (_NAMED_BY_NOUN if by_noun else _BY_SOMEBODY):
        found = _subject_above(parse, hit, words)
    return found


def controller(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """Who does what an infinitive says where the verb above it names another than its own subject: "accuses X of having fired", "allows X to strike"."""
    t = hit.head
    if not hit.frame.verbal or not _is_infinitive(parse, t):
        return None
    for _ in range(_STEPS):
        head = parse.head(t)
        if head is None:
            return None
        how = words.acting.get(head.lemma.lower(), "") if head.pos == "VERB" else ""
        if how in ("accused", "urged"):
            frame = verb_frame(parse, head, words)
            if frame.passive:
                return _being(parse, frame.patient, words)
            objects = [c for c in parse.children(head) if c.rel in ("obj", "iobj") and c.i < hit.head.i]
            objects += [c for c in parse.children(head) if c.rel == "obl" and how == "urged" and head.i < c.i < hit.head.i]
            return _being(parse, objects, words)
        if head.pos in ("VERB", "AUX") and not _is_infinitive(parse, head):
            return None
        t = head
    return None


def is_nobody(parse: Parse, t: Token, words: EventWords) -> bool:
    """Whether a phrase names nobody: "none of them", "one", "no group"."""
    near = (t, *(c for c in parse.children(t) if c.rel == "det"))
    if any("nobody" in words.classes.get(x.lemma.lower(), ()) for x in near):
        return True
    return any(words.acting.get(parse[k].lower) == "neither" for k in range(max(0, t.i - 2), t.i) if parse[k].sent == t.sent)


def is_weapon(kinds: frozenset[str]) -> bool:
    """Whether classes are those of a weapon, not of who wields it."""
    return bool(kinds & WEAPONS) and not kinds & {"force", "person", "building"}


WEAPONS = frozenset(("missile", "drone", "shell", "aircraft", "airbomb", "explosive", "gun", "blade", "incendiary", "device", "arms"))


def _is_infinitive(parse: Parse, t: Token) -> bool:
    """Whether a verb has no subject of its own: an infinitive, or a gerund behind a preposition ("for attacking")."""
    if t.feats.get("VerbForm") == "Inf":
        return True
    if t.deprel == "acl" and t.feats.get("VerbForm") in ("Part", "Ger") and any(c.rel == "mark" for c in parse.children(t)):
        return True
    return any(c.rel == "aux" and c.feats.get("VerbForm") == "Inf" for c in parse.children(t))


def _being(parse: Parse, tokens: Sequence[Token], words: EventWords) -> Token | None:
    for t in tokens:
        kinds = classes_of(parse, t, words)
        if kinds & (BEINGS | {"proper", "pronoun", "protester", "rescuer"}) and "event" not in kinds and not is_nobody(parse, t, words):
            return t
    return None


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
            if how == "blamed" and (v.head == t.i or t.rel == "obj" or t.deprel == "nsubj:pass"):
                near = [c for c in parse.children(v) if c.rel in ("obl", "iobj", "nmod") and c.i != t.i]
                near += [c for c in parse.children(t) if c.rel == "nmod" and not has_case(parse, c, words, "genitive")]
                found = _being(parse, near, words)
            elif how == "accused" and t.rel == "obl":
                found = _being(parse, [c for c in parse.children(v) if c.rel in ("obj", "iobj") or c.deprel == "nsubj:pass"], words)
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
        found = _being(parse, [c for c in parse.children(v) if c.deprel == "obl:agent" or has_case(parse, c, words, "agentive")], words)
        if found is not None:
            return found
    return None


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
                return (_doer(parse, subject, words) if third else None) or c
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
            return _doer(parse, agents, words)
        visits = hit.type == "meeting" and t.rel in ("obl", "advcl", "obj")
        if not (carries and t.rel in ("obj", "xcomp", "obl")) and not visits:
            return None
        return _doer(parse, frame.agent or _before(parse, head), words) or _of_infinitive(parse, head, words)
    return None


def _carries(verb: Token, words: EventWords) -> bool:
    """Whether the subject of a verb does what the event noun below it names: "leads a raid", "approves the sale"."""
    lemma = verb.lemma.lower()
    return "carrier" in words.classes.get(lemma, ()) or words.acting.get(lemma) == "carrying"


def _before(parse: Parse, verb: Token) -> list[Token]:
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


def _headline(parse: Parse, hit: Hit) -> Token | None:
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


def _in_front(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """Who stands in front of a finite active verb without a subject of its own."""
    f = hit.frame
    verb = hit.head
    sent = hit.type in ("deployment", "relief") and not f.patient
    if (f.passive and not sent) or f.agent or verb.pos not in ("VERB", "AUX"):
        return None
    for c in parse.children(verb):
        if c.deprel == "expl:subj" and f.reflexive and not any(k.rel in ("csubj", "ccomp") for k in parse.children(verb)):
            return c  # a personal pronoun, taken for an empty one
    return _being(parse, _before(parse, verb), words)


def _of_infinitive(parse: Parse, verb: Token, words: EventWords) -> Token | None:
    """The subject of the clause to which an infinitive belongs: "has the right to strike", "launched an operation to free the town"."""
    if not _is_infinitive(parse, verb):
        return None
    t = verb
    for _ in range(_STEPS + 1):
        head = parse.head(t)
        if head is None:
            return None
        subjects = [c for c in parse.children(head) if c.rel == "nsubj" and c.i != t.i]
        if not subjects and head.is_root and head.i < verb.i and t.rel == "acl" and head.pos in ("NOUN", "PROPN"):
            subjects = [head]  # a headline: "Security council to convene"
        if subjects:
            if any(c.deprel.endswith(":pass") for c in subjects) or words.acting.get(head.lemma.lower()) in ("accused", "urged"):
                return None
            return _doer(parse, subjects, words)
        t = head
    return None


def _doer(parse: Parse, tokens: Sequence[Token], words: EventWords) -> Token | None:
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
        return _being(parse, [c for c in parse.children(head) if c.rel == "obj"], words)
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
            if c.rel == "nsubj" and classes_of(parse, c, words) & (BEINGS | _CRAFT | {"proper"}) and not c.deprel.endswith(":pass"):
                return c
    return None
