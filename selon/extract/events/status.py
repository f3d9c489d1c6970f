"""Whether an event happened, goes on, is planned, possible, denied or over: from negation, mood, tense and what governs it.

May import: `extract.events.triggers`, `lang`, `model`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from selon.extract.events.merge import STRIKES
from selon.extract.events.triggers import Hit
from selon.lang import Pack
from selon.model import EventType, Parse, Status, Token

# announcements stand as made, whatever they announce
_SAID: frozenset[EventType] = frozenset(("threat", "warning"))
_STATES: frozenset[EventType] = frozenset(("restriction", "outage"))
_LASTING: frozenset[EventType] = frozenset(("restriction", "outage", "closure"))
PROCESS: frozenset[EventType] = frozenset(
    ("evacuation", "sheltering", "relief", "outage", "closure", "restriction", "clash", "deployment", "disaster", "protest", "training")
)


@dataclass(frozen=True)
class StatusWords:
    """Words that govern a status, and function words of negation, purpose and condition.

    `nominal` are the cues that also govern a noun ("fears an attack"); `modal` those that tell of a fact when they are past ("had to leave").
    `objects` are statuses that hold for a noun that is the object ("asks for a meeting"), `negated` those of a negated cue ("would not leave").
    """

    cues: Mapping[str, str]
    nominal: frozenset[str]
    modal: frozenset[str]
    functions: Mapping[str, str]
    participles: frozenset[str]
    objects: Mapping[str, str]
    negated: Mapping[str, str]


_COMPILED: dict[str, StatusWords] = {}


def status_words(pack: Pack) -> StatusWords:
    """The status lexicons of a pack."""
    found = _COMPILED.get(pack.hash)
    if found is None:
        cues = pack.lexicons["status-cues"]
        found = StatusWords(
            {e.key: e["status"] for e in cues},
            frozenset(e.key for e in cues if e.get("over") != "clauses"),
            frozenset(e.key for e in cues if e.get("kind") == "modal"),
            {e.key: e["is"] for e in pack.lexicons["status-words"]},
            frozenset(e.key for e in cues if e["status"] in ("planned", "hypothetical", "ended") and e.get("kind") != "modal"),
            {e.key: e["object"] for e in cues if e.get("object")},
            {e.key: e["negated"] for e in cues if e.get("negated")},
        )  # fmt: skip
        _COMPILED.clear()
        _COMPILED[pack.hash] = found
    return found


def _function(t: Token, w: StatusWords) -> str:
    return w.functions.get(t.lemma.lower()) or w.functions.get(t.lower) or ""


def is_negated(parse: Parse, t: Token, w: StatusWords, own: frozenset[int] = frozenset()) -> bool:
    """Whether a word is negated by an adverb, or has an argument or determiner of zero. Tokens of `own` do not count."""
    children = parse.children(t)
    for c in children:
        if c.i in own:
            continue
        kind = _function(c, w)
        if kind == "nobody" and c.rel in ("nsubj", "obj") and any(_function(k, w) == "particle" for k in children):
            return True
        if kind == "neg" and c.rel in ("advmod", "cc", "det", "obj", "case"):
            return True
        if kind == "zero" and c.rel in ("det", "case", "mark", "nsubj", "obj", "amod", "advmod"):
            return True
        if c.rel in ("nsubj", "obj") and any(
            (_function(k, w) == "zero" and k.rel == "det") or (_function(k, w) == "neg" and k.rel == "advmod") for k in parse.children(c)
        ):
            return True
    return False


def _aux(parse: Parse, t: Token) -> list[Token]:
    return [c for c in parse.children(t) if c.rel in ("aux", "cop")]


def _finite(parse: Parse, t: Token) -> Token | None:
    """The finite word of a verb group: the verb itself or its first auxiliary."""
    if t.feats.get("VerbForm") == "Fin" or t.feats.get("Mood"):
        return t
    return next((a for a in _aux(parse, t) if a.feats.get("VerbForm") == "Fin" or a.feats.get("Mood")), None)


def _is_perfect(parse: Parse, t: Token, hit: Hit | None = None) -> bool:
    """Whether a verb group is a compound past: a participle with an auxiliary that is not that of the passive."""
    if hit is not None and hit.frame.verbal and not hit.frame.passive and any(a.rel == "aux" for a in _aux(parse, t)):
        return t.feats.get("VerbForm") != "Inf" and not _is_progressive(parse, t)
    return (
        t.feats.get("VerbForm") == "Part"
        and any(a.deprel in ("aux:tense", "aux") for a in _aux(parse, t))
        and not _is_progressive(parse, t)
    )


def _is_progressive(parse: Parse, t: Token) -> bool:
    """Whether a verb group with a finite auxiliary shows an act under way: "are advancing", "is being shelled"."""
    aux = _aux(parse, t)
    if not any(a.feats.get("VerbForm") == "Fin" for a in aux) or any(
        a.feats.get("VerbForm") == "Part" and a.feats.get("Tense") == "Past" for a in aux
    ):
        return False
    under_way = t.feats.get("VerbForm") in ("Part", "Ger") and t.feats.get("Tense", "Pres") == "Pres"
    return under_way or any(a.deprel == "aux:pass" and a.feats.get("VerbForm") in ("Part", "Ger") for a in aux)


def _is_present(parse: Parse, t: Token) -> bool:
    fin = _finite(parse, t)
    return fin is not None and fin.i == t.i and fin.feats.get("Tense") == "Pres"


def _is_past(parse: Parse, t: Token) -> bool:
    """Whether the finite word of a verb group is in the past that tells of what happened (not in the imperfect)."""
    fin = _finite(parse, t)
    return fin is not None and fin.feats.get("Tense") == "Past" and fin.feats.get("VerbForm") == "Fin"


def is_infinitive(parse: Parse, t: Token) -> bool:
    """Whether a verb group is an infinitive that tells of no past: "to strike", "to be struck", not "to have struck"."""
    aux = _aux(parse, t)
    if t.feats.get("VerbForm") == "Inf":
        return not any(a.feats.get("VerbForm") == "Inf" and a.deprel == "aux:tense" for a in aux)
    return any(a.feats.get("VerbForm") == "Inf" and a.deprel in ("aux:pass", "cop") for a in aux)


def _since(parse: Parse, t: Token, w: StatusWords) -> bool:
    return any(
        c.rel in ("obl", "nmod", "advmod") and (_function(c, w) == "since" or any(_function(k, w) == "since" for k in parse.children(c)))
        for c in parse.children(t)
    )


def _habitual(parse: Parse, t: Token, w: StatusWords) -> bool:
    """Whether a verb is said to go on: "still", "every night"."""
    for c in parse.children(t):
        if c.rel not in ("obl", "advmod", "nmod"):
            continue
        if _function(c, w) == "habit" or (
            _function(c, w) == "unit" and any(_function(k, w) in ("habit", "every") for k in parse.children(c))
        ):
            return True
    return False


def _is_none_of(parse: Parse, t: Token, w: StatusWords) -> bool:
    """Whether a noun with "any" stands under something negated: "was not aware of any casualties"."""
    if not any(_function(c, w) == "any" and c.rel == "det" for c in parse.children(t)):
        return False
    return any(is_negated(parse, a, w) for _, a in zip(range(3), parse.ancestors(t), strict=False))


def _own(parse: Parse, hit: Hit, w: StatusWords) -> Status | None:
    """What the verb group itself says."""
    t, kind = hit.head, hit.type
    if is_negated(parse, t, w, frozenset(hit.tokens)) or _is_none_of(parse, t, w):
        return "denied"
    perfect = _is_perfect(parse, t, hit)
    fin = _finite(parse, t)
    lasting = kind in PROCESS
    if fin is None:
        present = t.feats.get("VerbForm") == "Part" and t.feats.get("Tense") == "Pres"
        return "ongoing" if lasting and (present or _since(parse, t, w)) else None
    if fin.feats.get("Tense") == "Fut" and not perfect:
        return "planned"
    if fin.feats.get("Mood") == "Cnd" and fin.i == t.i:
        return "hypothetical"
    if fin.feats.get("Mood") == "Imp" and fin.feats.get("Tense") != "Imp":
        return "planned"
    if not perfect and fin.feats.get("Tense") in ("Pres", "Imp") and (lasting or _is_progressive(parse, t)):
        return "ongoing"
    if lasting and _is_progressive(parse, t):
        return "ongoing"
    if not perfect and hit.frame.verbal and fin.i == t.i and kind in STRIKES and not t.is_root:
        present = fin.feats.get("Tense") == "Pres" and fin.feats.get("Mood") == "Ind" and _function(t, w) != "same"
    else:
        present = False
    if not perfect and (present or _habitual(parse, t, w)):
        return "ongoing"
    return "ongoing" if lasting and not perfect and _since(parse, t, w) else None


def _mark(parse: Parse, t: Token, w: StatusWords) -> Status | None:
    """What opens the clause of a word: purpose or condition."""
    for c in parse.children(t):
        kind = _function(c, w)
        clausal = is_infinitive(parse, t) or (t.rel in ("advcl", "acl") and t.pos == "VERB")
        if kind == "infinitive" and c.rel == "mark" and t.rel in ("advcl", "acl") and parse[t.head].lemma.lower() not in w.cues:
            return "planned"
        if kind == "purpose" and c.rel in ("mark", "case", "fixed") and clausal:
            return "hypothetical"
        if kind == "condition" and c.rel == "mark" and t.rel == "advcl":
            return "hypothetical"
    return None


def _cue(parse: Parse, t: Token, w: StatusWords) -> Status | None:
    """The status that a governing word gives to what it governs; a modal in the past tells of facts."""
    lemma = t.lemma.lower()
    found = w.cues.get(lemma)
    if found is None or (lemma in w.modal and _is_perfect(parse, t)):
        return None
    return cast(Status, found)


def _over_noun(parse: Parse, node: Token, head: Token, w: StatusWords, kind: EventType) -> Status | None:
    """What the word above a noun says of the event that the noun tells."""
    lemma = head.lemma.lower()
    found = w.cues.get(lemma)
    if node.rel == "nsubj" and (head.pos == "ADJ" or found in ("ongoing", "ended")):
        return _cue(parse, head, w)
    if found == "ongoing" and (kind not in PROCESS or _is_perfect(parse, head)):
        return None
    if lemma in w.nominal:
        if head.pos in ("NOUN", "ADJ") and node.rel in ("nmod", "obl"):
            return _cue(parse, head, w)
        if head.pos == "VERB" and (node.rel in ("obj", "xcomp") or node.deprel in ("nsubj:pass", "obl:arg")):
            return _cue(parse, head, w)
    if head.pos == "VERB" and (node.rel in ("obj", "xcomp") or node.deprel in ("nsubj:pass", "obl:arg")) and lemma in w.objects:
        return cast(Status, w.objects[lemma])
    if head.pos == "VERB" and (node.rel == "obj" or node.deprel == "nsubj:pass"):
        if _function(head, w) == "support" and is_negated(parse, head, w):
            return "denied"
        fin = _finite(parse, head)
        if fin is not None and fin.feats.get("Tense") == "Fut":
            return "planned"
    return None


def _feared(parse: Parse, t: Token, w: StatusWords) -> bool:
    """Whether a noun stands below a verb of risk or fear, however deep ("risk being hit by the floods")."""
    node = t
    for _ in range(6):
        head = parse.head(node)
        if head is None:
            return False
        if head.pos == "VERB" and _function(head, w) == "risk" and node.rel in ("xcomp", "ccomp", "obj", "obl"):
            return True
        node = head
    return False


def _governed(parse: Parse, t: Token, w: StatusWords, nominal: bool, kind: EventType) -> Status | None:
    """What the words above say: cue verbs and nouns, modals, purpose, condition."""
    found = _above(parse, t, w, nominal, kind)
    return "hypothetical" if found is None and nominal and _feared(parse, t, w) else found


def _above(parse: Parse, t: Token, w: StatusWords, nominal: bool, kind: EventType) -> Status | None:
    node, infinitive = t, is_infinitive(parse, t)
    while nominal and node.rel == "nmod" and parse[node.head].pos in ("SYM", "NUM"):
        node = parse[node.head]  # "$400 million in military aid"
    if nominal:
        for c in parse.children(t):
            if c.rel == "amod" and c.lemma.lower() in w.cues:
                return cast(Status, w.cues[c.lemma.lower()])
            if c.deprel == "acl" and c.feats.get("Tense") == "Past" and c.lemma.lower() in w.participles:
                return cast(Status, w.cues[c.lemma.lower()])
            if c.deprel == "acl:relcl" and _function(c, w) == "goes_on" and _is_present(parse, c):
                return "ongoing"
    for step in range(5):
        found = _mark(parse, node, w)
        if found is not None:
            return found
        for c in _aux(parse, node):
            if c.lemma.lower() in w.modal and (node.feats.get("VerbForm") == "Inf" or is_infinitive(parse, node)):
                return _cue(parse, c, w)
        head = parse.head(node)
        if head is None:
            return None
        if nominal and step == 0:
            found = _over_noun(parse, node, head, w, kind)
            if found is not None:
                return found
            if head.pos != "VERB" or (node.rel != "obj" and node.deprel != "nsubj:pass"):
                return None
            if _function(head, w) != "support":
                return None
            infinitive = is_infinitive(parse, head)
        elif infinitive and head.lemma.lower() in w.negated and is_negated(parse, head, w):
            return cast(Status, w.negated[head.lemma.lower()])
        elif infinitive and head.lemma.lower() in w.cues:
            return _cue(parse, head, w)
        elif node.rel == "ccomp" and w.cues.get(head.lemma.lower()) == "hypothetical" and not _is_perfect(parse, node):
            return "hypothetical"
        elif not infinitive and node.rel != "conj":
            return None
        else:
            infinitive = infinitive or is_infinitive(parse, head)
        node = head
    return None


_HEADING = 3


def is_left_out(parse: Parse, hit: Hit, w: StatusWords) -> bool:
    """Whether a hit tells of nothing: a bare heading ("Visits"), what a manner leaves out ("without a shot"), or a word that tells of
    an event only when it is negated ("no train runs")."""
    t = hit.head
    if hit.word.entry.get("needs") == "negation" and not is_negated(parse, t, w):
        return True
    if hit.frame.verbal:
        return False
    s = parse.sentence(t)
    if hit.type in ("harm", "meeting") and s.last - s.first < _HEADING and not any(k.pos == "NUM" for k in parse.tokens_of(s)):
        words = [k for k in parse.tokens_of(s) if k.pos not in ("PUNCT", "DET")]
        if len(words) == 1 and is_negated(parse, t, w) is False:
            return True
    return hit.type != "harm" and any(c.rel == "case" and c.i not in hit.tokens and _function(c, w) == "zero" for c in parse.children(t))


def status_of(parse: Parse, hit: Hit, w: StatusWords) -> Status:
    """The status of a hit. What governs it outranks its own tense; its own negation outranks both."""
    t = hit.head
    nominal = not hit.frame.verbal
    if hit.type in _SAID:
        return "ended" if nominal and _governed(parse, t, w, nominal, hit.type) == "ended" else "happened"
    own_word = w.cues.get(hit.word.key) if hit.source != "verb" else None
    said = hit.sense.status or hit.word.entry.get("status") or own_word
    if hit.word.entry.get("needs") == "negation":
        fin = _finite(parse, t)
        return "planned" if fin is not None and fin.feats.get("Tense") == "Fut" else "ongoing"
    own = _own(parse, hit, w)
    if said == "ended" and own == "denied":
        return "ongoing"
    if said in ("denied", "ended") and own != "planned":
        return cast(Status, said)
    if nominal and own == "ongoing" and hit.type not in _LASTING and hit.type not in ("clash", "disaster"):
        own = None
    if own == "denied":
        return own
    governed = _governed(parse, t, w, nominal, hit.type)
    if governed is not None:
        return governed
    lasts = hit.type in _LASTING and (not nominal or t.is_root or t.rel == "conj")
    if own is None and lasts and not _is_perfect(parse, t, hit) and not _is_past(parse, t):
        return "ongoing"
    if own is None and nominal and hit.type in _STATES and t.rel not in ("obj", "nsubj", "nmod"):
        return "ongoing"
    if nominal and hit.type == "clash" and t.rel == "nsubj" and _is_present(parse, parse[t.head]):
        return "ongoing"
    if nominal and hit.type == "evacuation" and t.rel in ("obj", "nmod") and any(_is_present(parse, a) for a in parse.ancestors(t)):
        return "ongoing"
    if nominal and hit.type in PROCESS and t.rel == "nsubj" and _since(parse, parse[t.head], w):
        return "ongoing"
    return own or cast(Status, hit.word.entry.get("status", "happened"))
