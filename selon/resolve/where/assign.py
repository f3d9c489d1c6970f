"""Which place an event has: the finest named one of its sentence that belongs to it, else the one carried on.

Every mention of the event's sentence gets a score: how it hangs on the trigger, by which preposition, how fine it is, what stands
between. The best one is the event's own place if it is good enough for the type of event. Otherwise the event stays where the story
is: the place of the event before, or a place that a sentence without events has set ("À Rostov, le calme est revenu."); a new
paragraph after an excursion returns to the place that the report speaks of most. May import: `geography`, `mentions`, `words`, `model`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selon.model import Event, Parse, Place, Report, Token
from selon.resolve.where.geography import Located
from selon.resolve.where.words import Words, plain

# How much a preposition speaks for a place of the event. Motion types read "to" and "from" otherwise.
RELATION = {"in": 2.0, "on": 2.2, "near": 1.8, "": 1.0, "of": 0.6, "to": -0.8, "from": -2.5, "between": -0.5, "via": -2.0, "by": -1.5, "with": -2.0, "agent": -3.0}
MOTION = frozenset({"evacuation", "deployment", "relief", "meeting"})
LEAVING = frozenset({"evacuation", "deployment", "territory_change"})
# Types whose places are rarely told: a delivery goes to a government, a threat is uttered, a sanction is decided.
PLACELESS = {"weapons_transfer": 4.4, "sanction": 5.0, "threat": 4.4, "agreement": 3.0, "authorisation": 1.6, "training": 2.0, "meeting": 2.0}
CARRIED = frozenset({"weapons_transfer", "sanction", "threat", "agreement", "authorisation", "training"})
FINE = {"site": 0.3, "district": 0.5, "village": 0.4, "city": 0.4, "admin2": 0.4, "admin1": -0.2, "region": -0.3, "water": -0.3, "country": -1.4}
FIT = {
    "near": 2.0, "token": 0.08, "semicolon": 1.2, "mark": 0.5, "bracket": 1.6, "below": 2.2, "below_verb": 0.9, "clause": 1.0, "clause_verb": 0.7,
    "verb": 0.5, "object": 2.2, "subject": -0.5, "unknown": -0.6, "site": 2.6, "office": 2.0, "dateline": 2.5, "topic": 1.2, "listed": 1.2,
    "spoken": 2.8, "capital": 1.0, "motion": 1.2, "far": 18.0, "front": 1.4, "where": 2.0, "there": 2.0, "rival": 0.5, "city": 1.8, "come": 3.0, "enough": 1.0,
}  # fmt: skip
ASIDE = frozenset({"meeting"})


@dataclass(frozen=True)
class _Scene:
    """What assignment needs, once per report."""

    parse: Parse
    words: Words
    by_sentence: dict[int, list[Located]]
    main: Place | None
    weight: dict[str, float]


def assign(report: Report, parse: Parse, events: Sequence[Event], located: Sequence[Located], words: Words) -> tuple[Event, ...]:
    """The events in their own order, each with its place or None."""
    by_sentence: dict[int, list[Located]] = {}
    for x in located:
        by_sentence.setdefault(parse[x.mention.first].sent, []).append(x)
    main, weight = _main(report, located)
    scene = _Scene(parse, words, by_sentence, main, weight)
    by_event: dict[int, list[int]] = {}
    for k, e in enumerate(events):
        token = parse.at(e.trigger.start)
        if token is not None:
            by_event.setdefault(token.sent, []).append(k)
    owns = {k: _own(scene, events[k], [events[j] for j in ks if j != k]) for ks in by_event.values() for k in ks}
    scene = replace(scene, **_voted(scene, events, owns))
    story = Story(scene)
    out = list(events)
    paragraph, last = 0, -1
    for s in sorted(by_sentence.keys() | by_event.keys()):
        paragraph += sum(_new_passage(parse, k) for k in range(last + 1, s + 1))
        last = s
        story.at(s, paragraph)
        story.open(_heading(scene, s))
        if s not in by_event:
            story.hear(_set_by(scene, s))
            continue
        for k in sorted(by_event[s], key=lambda k: events[k].trigger.start):
            e = events[k]
            own = owns[k]
            if own is not None:
                score, x = own
                out[k] = replace(e, place=x.place)
                if e.type not in CARRIED:
                    story.tell(e.type, x.place, score, e.type in ASIDE or x.mention.context.rel in ("to", "from"))
            elif e.type not in CARRIED:
                place = story.carry(e.type)
                out[k] = replace(e, place=place)
                if place is not None:
                    story.stay(e.type, place)
        story.hear(_set_by(scene, s), events=True)
    return tuple(out)


WEIGHTS = {
    "sentence": 0.15, "paragraph": 0.5, "often": 1.5, "strength": 0.25, "main": 0.6, "type": 0.5, "country": 0.5, "foreign": 1.0, "aside": 1.5,
    "last": 1.0, "heard": 0.6, "section": 1.5, "vote": 0.7, "first": 0.7, "coarse": 0.4,
}  # fmt: skip


@dataclass
class _Setting:
    """A place where the story has been: when it was last there and how firmly it was said."""

    place: Place
    sentence: int
    paragraph: int
    strength: float
    types: set[str]


class Story:
    """Where the story is: settings by name, and which of them an event without a place of its own takes."""

    def __init__(self, scene: _Scene) -> None:
        self.scene = scene
        self.settings: dict[str, _Setting] = {}
        self.last: str | None = None
        self.section: str | None = None
        self.sentence = self.paragraph = 0

    def at(self, sentence: int, paragraph: int) -> None:
        """Moves on to a sentence."""
        self.sentence, self.paragraph = sentence, paragraph

    def _set(self, place: Place, strength: float) -> _Setting:
        found = self.settings.get(place.name)
        if found is None:
            found = self.settings[place.name] = _Setting(place, self.sentence, self.paragraph, strength, set())
        found.place, found.sentence, found.paragraph = place, self.sentence, self.paragraph
        found.strength = max(strength, 0.6 * found.strength)
        return found

    def open(self, place: Place | None) -> None:
        """A heading or a topic says where the section that it opens plays."""
        if place is not None:
            self._set(place, 2.0)
            self.section = self.last = place.name

    def tell(self, kind: str, place: Place, strength: float, aside: bool = False) -> None:
        """An event of this kind happened there, as its own sentence says; `aside`: the story does not follow it there."""
        self._set(place, strength - (WEIGHTS["aside"] * 4 if aside else 0.0)).types.add(kind)
        if not aside:
            self.last = place.name

    def stay(self, kind: str, place: Place) -> None:
        """An event of this kind was taken to happen where the story was."""
        found = self.settings.get(place.name)
        if found is None:
            found = self._set(place, 1.0)
        found.sentence, found.paragraph = self.sentence, self.paragraph
        found.types.add(kind)
        self.last = place.name

    def hear(self, told: tuple[float, Place] | None, events: bool = False) -> None:
        """A sentence without events, or the rest of one with some, has named a place."""
        if told is None:
            return
        score, place = told
        known = place.name in self.settings
        if events and known:
            return
        self._set(place, score * (0.5 if events else 1.0))
        if not events and score >= WEIGHTS["heard"]:
            self.last = place.name

    def carry(self, kind: str) -> Place | None:
        """The setting that an event of this kind most likely has: recent, often named, firmly said, of its kind."""
        w = WEIGHTS
        best: tuple[float, Place] | None = None
        main = self.scene.main
        for name, x in self.settings.items():
            s = -w["sentence"] * min(self.sentence - x.sentence, 8) - w["paragraph"] * min(self.paragraph - x.paragraph, 4)
            s += w["often"] * math.log1p(self.scene.weight.get(name, 0.0)) + w["strength"] * min(x.strength, 6.0)
            s += w["type"] * (kind in x.types) + w["last"] * (name == self.last)
            s += w["section"] * (name == self.section)
            s -= w["country"] * (x.place.precision == "country")
            if main is not None:
                s += w["main"] * (name == main.name) - w["foreign"] * (x.place.country != main.country)
            if best is None or s > best[0]:
                best = s, x.place
        if best is None and main is not None and main.span.start < self.scene.parse.sentences[self.sentence].start:
            return main
        return best[1] if best else None


def _main(report: Report, located: Sequence[Located]) -> tuple[Place | None, dict[str, float]]:
    """The place that the report speaks of most, mentions in the headline and the first lines counting more; and the weight of each."""
    weight: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for x in located:
        if x.candidate is None or x.mention.role == "agent":
            continue
        w = 1.0 if x.mention.context.rel in ("in", "on", "near", "of", "") else 0.4
        if x.place.span.start < 400:
            w *= 2
        if x.candidate.kind == "country":
            w *= 0.5
        weight[x.place.name] += w  # type: ignore[assignment]
        first.setdefault(x.place.name, x.place)
    if not weight:
        return None, {}
    name = max(weight, key=lambda n: (weight[n], -first[n].span.start))
    return first[name], dict(weight)


def _voted(scene: _Scene, events: Sequence[Event], owns: Mapping[int, tuple[float, Located] | None]) -> dict[str, Any]:
    """Weights of places, and the main one, once events have spoken: each place of an event's own is a vote, the first ones count more."""
    weight = Counter(scene.weight)
    places: dict[str, Place] = {}
    order = sorted((k for k, own in owns.items() if own is not None), key=lambda k: events[k].trigger.start)
    for n, k in enumerate(order):
        own = owns[k]
        if own is None or events[k].type in CARRIED or own[1].candidate is None:
            continue
        x = own[1]
        weight[x.place.name] += WEIGHTS["vote"] + (WEIGHTS["first"] if n < 3 else 0.0)  # type: ignore[assignment]
        places.setdefault(x.place.name, x.place)
    if not places:
        return {"weight": dict(weight)}
    coarse = {"country": WEIGHTS["coarse"], "admin1": 0.5 + WEIGHTS["coarse"] / 2}
    name = max(places, key=lambda n: (weight[n] * coarse.get(places[n].precision, 1.0), -places[n].span.start))
    return {"weight": dict(weight), "main": places[name]}


def _new_passage(parse: Parse, s: int) -> bool:
    """Whether sentence s is the first of its paragraph."""
    if s == 0:
        return True
    return "\n" in parse.text[parse.sentences[s - 1].end : parse.sentences[s].start]


def _heading(scene: _Scene, s: int) -> Place | None:
    """The place of a sentence that is a heading or opens with a topic ("Liban : …")."""
    topics = [x for x in scene.by_sentence.get(s, ()) if x.mention.role == "topic" and x.candidate is not None]
    return topics[0].place if topics else None


def _set_by(scene: _Scene, s: int) -> tuple[float, Place] | None:
    """The place that a sentence sets for those after it, and how firmly: a heading, a dateline, a locative phrase."""
    best: tuple[float, Place] | None = None
    for x in scene.by_sentence.get(s, ()):
        m = x.mention
        if m.role in ("agent",) or x.candidate is None:
            continue
        score = FINE[x.candidate.kind]
        if m.role in ("topic", "dateline"):
            capital = m.name.lower() in scene.words.metonyms
            score += 1.0 if m.role == "topic" or not capital or scene.weight.get(x.place.name, 0) > 3 else -2.0
        elif m.context.rel in ("in", "near", "on"):
            score += 1.0
        elif m.role == "place" and m.context.rel in ("", "of"):
            score += 0.6
        elif m.role == "office":
            score += 0.3
        else:
            score -= 2.0
        if score > 0.2 and (best is None or score > best[0]):
            best = score, x.place
    return best


def _trigger(parse: Parse, e: Event) -> tuple[Token, set[int]] | None:
    """The head token of a trigger and all its tokens."""
    tokens = parse.between(e.trigger.start, e.trigger.end)
    token = tokens[0] if tokens else parse.at(e.trigger.start)
    if token is None:
        return None
    group = {t.i for t in tokens} or {token.i}
    return next((parse[i] for i in sorted(group) if parse[i].head not in group or parse[i].is_root), token), group


def _own(scene: _Scene, e: Event, others: Sequence[Event]) -> tuple[float, Located] | None:
    """The best place mention of the event's own sentence with its score, if it is good enough."""
    parse = scene.parse
    trigger = _trigger(parse, e)
    if trigger is None:
        return None
    head, group = trigger
    rivals = [t for t in (_trigger(parse, o) for o in others) if t is not None and t[1].isdisjoint(group)]
    best: tuple[float, Located] | None = None
    for x in scene.by_sentence.get(head.sent, ()):
        if x.mention.role == "agent" or not group.isdisjoint(range(x.mention.first, x.mention.last + 1)) and x.mention.anaphor:
            continue
        s = _fit(scene, e, head, group, x)
        if rivals:
            anchor = _anchor(parse, x)
            mine = _attachment(parse, head, group, anchor)
            lead = max(_attachment(parse, h, g, anchor) for h, g in rivals) - mine
            s -= FIT["rival"] * min(max(lead, 0.0), 2.5)
        if best is None or s > best[0]:
            best = s, x
    enough = PLACELESS.get(e.type, FIT["enough"])
    return best if best and best[0] >= enough else None


def _fit(scene: _Scene, e: Event, head: Token, group: set[int], x: Located) -> float:
    parse, m = scene.parse, x.mention
    anchor = _anchor(parse, x)
    score = _attachment(parse, head, group, anchor)
    rel = m.context.rel
    value = RELATION.get(rel, 0.0)
    governor = parse.head(anchor)
    if rel in ("of", "from") and governor is not None and governor.lemma.lower() in scene.words.coming:
        value = -FIT["come"]
    elif rel == "of" and anchor.rel == "obl":
        rel = "from"
        value = RELATION["from"] if e.type not in LEAVING else FIT["motion"]
    elif rel in ("to", "of") and e.type in MOTION or rel == "from" and e.type in LEAVING:
        value = FIT["motion"]
    if rel == "" and anchor.head in group and anchor.deprel in ("obj", "nsubj:pass", "obl:arg", "nmod"):
        value = FIT["object"]
    elif rel == "" and anchor.rel == "nsubj" and x.candidate is not None and x.candidate.kind == "country":
        value = FIT["subject"]
    elif rel == "" and anchor.rel == "nsubj" and (anchor.head in group or anchor.head == head.head):
        value = FIT["city"]
    score += value
    score += FINE[x.candidate.kind] if x.candidate is not None else FIT["unknown"]
    if x.candidate is None and m.context.expects == "site":
        score -= FIT["site"]
    if m.role == "office":
        score -= FIT["office"]
    elif m.role == "dateline":
        score -= FIT["dateline"]
    elif m.role == "topic":
        score += FIT["topic"]
    if m.listed:
        score -= FIT["listed"]
    if anchor.i < head.i:
        if rel in ("in", "near", "on") and _fronted(scene, m.context.prep_at, head.i):
            score += FIT["front"]
        if _where(scene, m.last, head.i):
            score += FIT["where"]
    if _there(scene, head):
        score -= FIT["there"]
    if _spoken(scene, head, anchor):
        score -= FIT["spoken"]
    if rel == "in" and m.name.lower() in scene.words.metonyms and scene.main is not None and scene.main.country != x.place.country:
        score -= FIT["capital"]
    return score


def _fronted(scene: _Scene, prep_at: int | None, trigger: int) -> bool:
    """Whether a phrase stands at the front of its sentence or main clause ("A X, …"; "…; à X, …"): it holds for all that follows."""
    if prep_at is None:
        return False
    parse = scene.parse
    before = prep_at - 1
    first = parse.sentence(parse[trigger]).first
    if before >= first and parse[before].text not in (":", ";", "«", '"', "-", "–", "—", "•"):
        return False
    return not any(t.text == ";" for t in parse.tokens[prep_at:trigger])


def _where(scene: _Scene, last: int, trigger: int) -> bool:
    """Whether a relative clause of place begins after the name and holds the trigger ("X, où dix personnes …")."""
    after = [t for t in scene.parse.tokens[last + 1 : last + 3] if t.text not in (",", ")")]
    return bool(after) and plain(after[0]) in scene.words.where and not any(t.text == ";" for t in scene.parse.tokens[last:trigger])


def _there(scene: _Scene, head: Token) -> bool:
    """Whether the trigger's clause says "there": the place is the one spoken of before."""
    return any(plain(t) in scene.words.deictics for t in scene.parse.children(head))


def _spoken(scene: _Scene, head: Token, anchor: Token) -> bool:
    """Whether the mention hangs on a verb of saying other than the trigger: where something is said, not where it happened."""
    parse = scene.parse
    for up in parse.ancestors(anchor):
        if up.i == head.i:
            return False
        if up.pos in ("VERB", "AUX"):
            return up.lemma.lower() in scene.words.reporting
    return False


def _anchor(parse: Parse, x: Located) -> Token:
    """The token by which a mention hangs: its classifier, else the token of the name whose head lies outside it."""
    m = x.mention
    if m.context.classifier_at is not None:
        return parse[m.context.classifier_at]
    for k in range(m.first, m.last + 1):
        if not m.first <= parse[k].head <= m.last:
            return parse[k]
    return parse[m.first]


def _attachment(parse: Parse, head: Token, group: set[int], anchor: Token) -> float:
    """How near the mention hangs to the trigger, in the tree and on the line."""
    gap = parse.tokens[min(head.i, anchor.i) + 1 : max(head.i, anchor.i)]
    score = FIT["near"] - FIT["token"] * min(len(gap), FIT["far"])
    score -= sum(FIT["semicolon"] for t in gap if t.text == ";") + sum(FIT["mark"] for t in gap if t.text in (":", "«", "»", '"', "“", "”"))
    score -= FIT["bracket"] * abs(sum((t.text == "(") - (t.text == ")") for t in gap))
    crossed = 0
    for up in _upward(parse, anchor):
        if up.i in group:
            return score + FIT["below"] - FIT["below_verb"] * crossed
        if up.pos in ("VERB", "AUX") and up.i != anchor.i:
            crossed += 1
    # The mention hangs on the verb that governs the trigger: "ont été tués à X dans une frappe".
    above = [head.i, *(a.i for a in parse.ancestors(head))]
    clause = next((k for k in above[1:] if parse[k].pos == "VERB"), None)
    if clause is not None:
        crossed = 0
        for up in _upward(parse, anchor):
            if up.i == clause:
                return score + FIT["clause"] - FIT["clause_verb"] * crossed
            if up.pos in ("VERB", "AUX") and up.i != anchor.i:
                crossed += 1
    verbs = sum(t.pos == "VERB" for t in gap)
    return score - FIT["verb"] * verbs


def _upward(parse: Parse, token: Token) -> list[Token]:
    return [token, *parse.ancestors(token)]
