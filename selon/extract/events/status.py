"""Whether an event happened, goes on, is planned, possible, denied or over: from negation, mood, tense and what governs it.

May import: `extract.events`, `model`.
"""

from __future__ import annotations

from typing import cast

from selon.extract.events.governors import PROCESS, governed
from selon.extract.events.merge import STRIKES
from selon.extract.events.status_words import StatusWords, function_of
from selon.extract.events.triggers import Hit
from selon.extract.events.verb_group import (
    finite_of,
    is_habitual,
    is_infinitive,
    is_negated,
    is_none_of,
    is_past,
    is_perfect,
    is_present,
    is_progressive,
    is_since,
)
from selon.model import EventType, Parse, Status, Token

# announcements stand as made, whatever they announce
_SAID: frozenset[EventType] = frozenset(("threat", "warning"))
_STATES: frozenset[EventType] = frozenset(("restriction", "outage"))
_GOING = STRIKES - {"explosion"}
_ADVISED: frozenset[EventType] = frozenset(("sheltering", "evacuation"))
_LASTING: frozenset[EventType] = frozenset(("restriction", "outage", "closure"))


def _own(parse: Parse, hit: Hit, w: StatusWords) -> Status | None:
    """What the verb group itself says."""
    t, kind = hit.head, hit.type
    if is_negated(parse, t, w, frozenset(hit.tokens)) or is_none_of(parse, t, w):
        return "denied"
    perfect = is_perfect(parse, t, hit)
    fin = finite_of(parse, t)
    once = _is_done_at_once(hit)
    lasting = kind in PROCESS and not once
    if fin is None:
        present = t.feats.get("VerbForm") == "Part" and t.feats.get("Tense") == "Pres"
        present = present and not (kind in _LASTING and _is_result(parse, t))
        return "ongoing" if lasting and (present or is_since(parse, t, w)) else None
    if hit.source == "phrase" and t.lemma.lower() in w.modal and not perfect:
        return cast(Status, w.cues[t.lemma.lower()])  # "must leave" as one phrase
    if fin.feats.get("Tense") == "Fut" and (not perfect or _is_dependent(parse, t)):
        return "planned"
    if fin.feats.get("Mood") == "Cnd" and fin.i == t.i:
        return "hypothetical"
    if (
        fin.feats.get("Mood") == "Imp"
        and fin.feats.get("Tense") != "Imp"
        and not any(c.rel == "nsubj" and c.i < t.i for c in parse.children(t))
    ):
        return "planned"
    if not perfect and fin.feats.get("Tense") in ("Pres", "Imp") and (lasting or is_progressive(parse, t)):
        return "ongoing"
    if lasting and is_progressive(parse, t):
        return "ongoing"
    if not perfect and hit.frame.verbal and not once and fin.i == t.i and kind in _GOING and not _leads(parse, t):
        present = fin.feats.get("Tense") == "Pres" and fin.feats.get("Mood") == "Ind" and function_of(t, w) != "same"
    else:
        present = False
    if not perfect and (present or is_habitual(parse, t, w)):
        return "ongoing"
    goes_on = lasting or (kind in _GOING and hit.frame.verbal and fin.feats.get("Tense") in ("Pres", "Imp"))
    return "ongoing" if goes_on and not perfect and is_since(parse, t, w) else None


def _is_result(parse: Parse, t: Token) -> bool:
    """Whether a clause without a finite verb tells what a past act came to: "tore off roofs, cutting power"."""
    head = parse[t.head]
    return t.rel == "advcl" and head.pos == "VERB" and (is_perfect(parse, head) or is_past(parse, head))


def _is_dependent(parse: Parse, t: Token) -> bool:
    """Whether a verb stands in a clause of its own conjunction: "once they will have left" lies ahead, "will have killed ten" sums up."""
    return t.rel in ("advcl", "acl") and any(c.rel == "mark" for c in parse.children(t))


_HEADING = 3


def _is_done_at_once(hit: Hit) -> bool:
    """Whether a verb tells of a blow, or of an act of office, which its present tense tells as done; what it left behind may last ("is closed")."""
    return bool(hit.word.entry.get("once")) and not hit.frame.passive


def _leads(parse: Parse, t: Token) -> bool:
    """Whether a verb leads its sentence: the root, or what stands beside a root without a verb, as in headings ("Haiti: gang torches …")."""
    return t.is_root or t.rel == "compound" or (t.rel == "parataxis" and parse[t.head].is_root and parse[t.head].pos != "VERB")


def _said(parse: Parse, hit: Hit, w: StatusWords) -> Status:
    """A threat or a warning stands as made; a warning that is in force goes on ("remain under alert", "an alert since the morning")."""
    t, nominal = hit.head, not hit.frame.verbal
    given = governed(parse, hit, w) if nominal else None
    if given == "ended":
        return "ended"
    if hit.type != "warning":
        return "happened"
    if not nominal:
        return "ongoing" if is_progressive(parse, t) or is_habitual(parse, t, w) else "happened"
    above = parse.head(t)
    stands = above is not None and t.rel in ("obl", "xcomp") and (above.rel == "cop" or w.cues.get(above.lemma.lower()) == "ongoing")
    return "ongoing" if is_since(parse, t, w) or (stands and above is not None and is_present(parse, above)) else "happened"


def _is_bare_infinitive(parse: Parse, hit: Hit) -> bool:
    """Whether an infinitive stands alone or after a noun, as advice does: "the order: stay indoors"."""
    t = hit.head
    if not is_infinitive(parse, t):
        return False
    return t.is_root or t.rel in ("appos", "parataxis", "acl", "nmod") or (t.rel == "conj" and parse[t.head].feats.get("VerbForm") == "Inf")


def _stands(parse: Parse, hit: Hit, w: StatusWords) -> bool:
    """Whether a measure or a failure holds by the present verb over it: "cuts reach 18 hours a day", "has imposed a blockade since May"."""
    head = parse.head(hit.head)
    if head is None or not is_present(parse, head):
        return False
    return hit.type == "outage" if hit.head.rel == "nsubj" else hit.head.rel == "obj" and is_since(parse, head, w)


def _is_subjected(parse: Parse, over: Token, w: StatusWords) -> bool:
    """Whether a noun is said of something that has been so since some time: "is the target of strikes since Tuesday"."""
    return any(c.rel == "cop" and c.feats.get("Tense") == "Pres" for c in parse.children(over)) and is_since(parse, over, w)


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
    return hit.type != "harm" and any(c.rel == "case" and c.i not in hit.tokens and function_of(c, w) == "zero" for c in parse.children(t))


_PERMITTED = 4
"""Words between a permission and the strike that it is about, at most, counted upwards."""


def is_permitted(parse: Parse, hit: Hit, permissions: frozenset[int]) -> bool:
    """Whether a strike stands below a word of permission, so that it is possible and no more ("a green light for strikes")."""
    node = hit.head
    for _ in range(_PERMITTED):
        if node.is_root or node.deprel in ("acl:relcl", "parataxis", "advcl"):
            return False
        node = parse[node.head]
        if node.i in permissions:
            return True
    return False


def status_of(parse: Parse, hit: Hit, w: StatusWords) -> Status:
    """The status of a hit. What governs it outranks its own tense; its own negation outranks both."""
    t = hit.head
    nominal = not hit.frame.verbal
    if hit.type in _SAID:
        return _said(parse, hit, w)
    own_word = w.cues.get(hit.word.key) if hit.source != "verb" else None
    if own_word in ("planned", "hypothetical"):
        own_word = None  # what a word does to what stands below it: a ban on arms is in force, their use is not
    said = hit.sense.status or hit.word.entry.get("status") or own_word
    if hit.word.entry.get("needs") == "negation":
        fin = finite_of(parse, t)
        return "planned" if fin is not None and fin.feats.get("Tense") == "Fut" else "ongoing"
    own = _own(parse, hit, w)
    if said == "ended" and own == "denied":
        return "ongoing"
    if said == "hypothetical" and own in (None, "ongoing") and not is_perfect(parse, t, hit):
        own = "hypothetical"
    if said == "ended" and nominal and governed(parse, hit, w) in ("planned", "hypothetical"):
        return "ongoing"  # who calls for an end to the fighting says that it goes on
    if said in ("denied", "ended") and own != "planned":
        return cast(Status, said)
    predicate = any(c.rel == "cop" for c in parse.children(t))
    if nominal and own == "ongoing" and not predicate and hit.type not in _LASTING and hit.type not in ("clash", "disaster"):
        own = None
    if own == "denied" and hit.type == "authorisation" and is_present(parse, t):
        return "ongoing"  # what is not allowed is refused
    if own == "denied":
        return own
    given = governed(parse, hit, w)
    if given == "planned" and hit.type == "protest" and _is_result(parse, t):
        return "happened"  # "blocked roads to protest against the murders": that was the protest
    if given is not None:
        return given
    lasts = hit.type in _LASTING and (not nominal or t.is_root or t.rel == "conj")
    if own is None and not nominal and hit.type in _ADVISED and _is_bare_infinitive(parse, hit):
        return "planned"
    done = not nominal and not hit.frame.passive and t.feats.get("VerbForm") == "Part" and t.feats.get("Tense") != "Pres"
    done = done or (not nominal and (_is_done_at_once(hit) or _is_result(parse, t)))
    if own is None and lasts and not done and not is_perfect(parse, t, hit) and not is_past(parse, t):
        return "ongoing"
    adverbial = hit.source == "phrase" and parse[hit.tokens[0]].pos == "ADP"
    if own is None and nominal and hit.type in _STATES and (adverbial or t.rel not in ("obj", "nsubj", "nmod")):
        return "ongoing"
    if nominal and hit.type == "clash" and t.rel == "nsubj" and is_present(parse, parse[t.head]):
        return "ongoing"
    if nominal and hit.type == "evacuation" and t.rel in ("obj", "nmod") and any(is_present(parse, a) for a in parse.ancestors(t)):
        return "ongoing"
    if nominal and hit.type in PROCESS and t.rel == "nsubj" and is_since(parse, parse[t.head], w):
        return "ongoing"
    if nominal and t.rel == "nmod" and hit.type in _GOING and _is_subjected(parse, parse[t.head], w):
        return "ongoing"
    if own is None and nominal and hit.type in _LASTING and _stands(parse, hit, w):
        return "ongoing"
    fin = finite_of(parse, t)
    over = is_perfect(parse, t, hit) or (fin is not None and fin.feats.get("Tense") in ("Past", "Imp"))
    return own or cast(Status, "happened" if said is None or (said == "ongoing" and over) else said)
