"""Who stands in which role of an event, and the spans of triggers and role phrases.

May import: `extract.events`, `model`.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.events.frames import classes_of, verb_frame
from selon.extract.events.senses import EventWords
from selon.extract.events.triggers import Hit
from selon.model import EventType, Mention, Parse, Span, Token

WEAPONS = frozenset(("missile", "drone", "shell", "aircraft", "airbomb", "explosive", "gun", "blade", "incendiary", "device", "arms"))
_BEINGS = frozenset(("force", "person", "org", "official"))
_DOERS = frozenset(("person", "force", "org", "official", "proper", "pronoun", "protester", "place"))
_BY_SOMEBODY: frozenset[EventType] = frozenset(
    ("meeting", "deployment", "interception", "training", "authorisation", "threat", "weapons_transfer")
)
_NO_ACTOR: frozenset[EventType] = frozenset(("harm", "disaster"))
_SELDOM_ACTOR: frozenset[EventType] = frozenset(("explosion", "outage"))
# events that happen to those who move: the subject of an active verb is whom it concerns
_MOVED: frozenset[EventType] = frozenset(("evacuation", "sheltering", "closure"))
_LEFT_OUT = frozenset(("acl:relcl", "cc:preconj"))
_BEYOND = frozenset(("parataxis", "nsubj", "cop", "aux", "advcl", "punct", "advmod"))


def roles_of(parse: Parse, hit: Hit, folded: Sequence[Hit], words: EventWords) -> tuple[tuple[str, int], ...]:
    """Role -> index of the head of its phrase; what the hit lacks is taken from those it speaks for."""
    out: dict[str, int] = {}
    for h in (hit, *folded):
        for role, t in _own_roles(parse, h, hit.type, words):
            if role == "actor" and h is not hit and (hit.type in _NO_ACTOR or h.type in _NO_ACTOR):
                continue
            out.setdefault(role, t.i)
    if "actor" not in out and hit.type == "meeting":
        met = [t for t in hit.frame.patient if classes_of(parse, t, words) & {"official", "org", "person", "proper"}]
        if met:
            out["actor"] = met[0].i
            if out.get("target") == met[0].i:
                del out["target"]
    if "actor" not in out and hit.type == "deployment":
        sent = [t for t in hit.frame.patient if classes_of(parse, t, words) & {"force", "person", "rescuer"}]
        if sent:
            out["actor"] = sent[0].i
            if out.get("target") == sent[0].i:
                del out["target"]
    if "actor" not in out and hit.type not in _NO_ACTOR:
        carried = _blamed(parse, hit, words) or _carried_actor(parse, hit, words) or _owner_of_weapon(parse, (hit, *folded), words)
        if carried is None and hit.type in _BY_SOMEBODY:
            carried = _subject_above(parse, hit, words)
        if carried is not None and carried.i != out.get("target"):
            out["actor"] = carried.i
    return tuple(sorted(out.items()))


def _is_weapon(kinds: frozenset[str]) -> bool:
    return bool(kinds & WEAPONS) and not kinds & {"force", "person", "building"}


def _carried_actor(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """The subject of the verb that carries an event noun: "the army launched a raid", "on a visit, the minister said"."""
    if hit.frame.verbal and hit.source != "phrase":
        return None
    t = hit.head
    head = parse.head(t)
    if head is None or head.pos not in ("VERB", "AUX"):
        return None
    carries = "carrier" in words.classes.get(head.lemma.lower(), ())
    if not (carries and t.rel in ("obj", "xcomp", "obl")) and not (hit.type == "meeting" and t.rel in ("obl", "advcl", "obj")):
        return None
    for x in verb_frame(parse, head, words).agent:
        kinds = classes_of(parse, x, words)
        if kinds & _DOERS and "event" not in kinds:
            return x
    return None


def _subject_above(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """The nearest being that is the subject of a word above, for events that are always somebody's doing."""
    for a in parse.ancestors(hit.head):
        for c in parse.children(a):
            if c.rel == "nsubj" and classes_of(parse, c, words) & (_BEINGS | {"proper"}) and not c.deprel.endswith(":pass"):
                return c
    return None


def _owner_of_weapon(parse: Parse, hits: Sequence[Hit], words: EventWords) -> Token | None:
    """Whose weapon it is: the adjective of nationality, or the force in the genitive, of a weapon that strikes."""
    for h in hits:
        if h.type in ("interception", "weapons_transfer", "harm"):
            continue
        for x in (*h.frame.agent, *h.frame.obl, *h.frame.patient):
            if not _is_weapon(classes_of(parse, x, words)):
                continue
            for c in parse.children(x):
                if c.rel == "amod" and c.lemma.lower() in words.demonyms:
                    return c
                if c.rel == "nmod" and classes_of(parse, c, words) & {"force"}:
                    return c
    return None


def _own_roles(parse: Parse, hit: Hit, kind: EventType, words: EventWords) -> list[tuple[str, Token]]:
    f = hit.frame
    slots = {"agent": f.agent, "patient": f.patient, "obl": f.obl}
    out: list[tuple[str, Token]] = []
    taken: set[str] = set()
    for role, slot in hit.sense.roles:
        taken.add(slot)
        out.extend((role, t) for t in slots.get(slot, ())[:1])
    if "agent" not in taken:
        out.extend(_agents(parse, hit, kind, words))
    if "patient" not in taken:
        for t in f.patient:
            kinds = classes_of(parse, t, words)
            if "event" in kinds and not kinds & _BEINGS:
                continue
            strikes = kind not in ("interception", "weapons_transfer", "detention", "deployment")
            out.append(("instrument" if _is_weapon(kinds) and strikes else "target", t))
    if "obl" not in taken:
        for t in f.obl:
            kinds = classes_of(parse, t, words)
            if _is_weapon(kinds):
                out.append(("instrument", t))
            elif kind == "clash" and not f.verbal and kinds & {"force", "person", "proper"}:
                out.append(("actor", t))
            elif kinds & {"building", "place", "proper", "person"} and kind not in ("harm", "meeting"):
                out.append(("target", t))
    return out


def _agents(parse: Parse, hit: Hit, kind: EventType, words: EventWords) -> list[tuple[str, Token]]:
    """The roles of those who stand as agents: actors, weapons, or whom a movement concerns."""
    f = hit.frame
    out: list[tuple[str, Token]] = []
    for t in f.agent:
        kinds = classes_of(parse, t, words)
        if "event" in kinds and not kinds & _BEINGS:
            continue
        if t.feats.get("PronType") in ("Rel", "Int"):
            continue
        if not kinds and t.deprel.startswith("obl") and t.pos == "NOUN":
            continue
        if "time" in kinds or "road" in kinds or _is_nobody(parse, t, words) or (not kinds and t.rel == "obj"):
            continue
        if kind in _SELDOM_ACTOR and f.verbal and not kinds & {"force", "official", "proper", "person"}:
            if _is_weapon(kinds):
                out.append(("instrument", t))
            continue
        if _is_weapon(kinds) and "aircraft" not in kinds and kind not in ("deployment", "interception"):
            out.append(("instrument", t))
        elif f.verbal and kind in _MOVED and (not kinds & {"official", "org", "force"} or not f.patient):
            out.append(("target", t))
            if kind != "closure":
                out.append(("actor", t))
        elif kind not in _NO_ACTOR or (not f.verbal and t.pos == "ADJ"):
            out.append(("actor", t))
    return out


def _is_nobody(parse: Parse, t: Token, words: EventWords) -> bool:
    """Whether a phrase names nobody: "none of them", "one", "no group"."""
    return any("nobody" in words.classes.get(x.lemma.lower(), ()) for x in (t, *(c for c in parse.children(t) if c.rel == "det")))


def _blamed(parse: Parse, hit: Hit, words: EventWords) -> Token | None:
    """Who is blamed for an event noun: "blames the blast on the rebels", "an attack attributed to the army"."""
    t = hit.head
    verbs = [c for c in parse.children(t) if c.deprel == "acl"]
    head = parse.head(t)
    if head is not None and (t.rel == "obj" or t.deprel == "nsubj:pass"):
        verbs.append(head)
    for v in verbs:
        if "blame" not in words.classes.get(v.lemma.lower(), ()):
            continue
        for c in parse.children(v):
            if c.rel in ("obl", "iobj", "nmod") and classes_of(parse, c, words) & (_BEINGS | {"proper"}):
                return c
    return None


def trigger_span(parse: Parse, hit: Hit) -> Span:
    """The words of a trigger with the auxiliaries of its verb."""
    tokens = set(hit.tokens)
    if hit.frame.verbal and len(hit.tokens) == 1:
        for c in parse.children(hit.head):
            if c.rel == "aux" and c.i < hit.head.i and hit.head.i - c.i <= 4:
                tokens.add(c.i)
    return parse.span_of(tokens)


def phrase_span(parse: Parse, head: Token) -> Span:
    """The noun phrase of a head, without preposition, relative clauses and what is beyond a comma."""
    keep = [head.i]
    stack = [head]
    while stack:
        t = stack.pop()
        for c in parse.children(t):
            if c.deprel in _LEFT_OUT or c.rel in _BEYOND or (c.rel in ("case", "mark") and t.i == head.i):
                continue
            keep.append(c.i)
            stack.append(c)
    keep.sort()
    at = keep.index(head.i)
    first = last = at
    while first > 0 and all(parse[k].rel in ("punct", "case") for k in range(keep[first - 1] + 1, keep[first])):
        first -= 1
    while last + 1 < len(keep) and all(parse[k].rel in ("punct", "case", "advmod") for k in range(keep[last] + 1, keep[last + 1])):
        last += 1
    return parse.span(keep[first], keep[last])


def mention(parse: Parse, index: int | None) -> Mention | None:
    """The mention that stands in a role, by the index of its head."""
    return None if index is None else Mention(phrase_span(parse, parse[index]))
