"""Which place an event has: the finest named one of its sentence that belongs to it, else the one carried on.

Every mention of the event's sentence gets a score: how it hangs on the trigger, by which preposition, how fine it is, what stands
between. The best one is the event's own place if it is good enough for the type of event. Otherwise the event stays where the story
is: the place of the event before, or a place that a sentence without events has set ("À Rostov, le calme est revenu."); a new
paragraph after an excursion returns to the place that the report speaks of most. May import: `geography`, `mentions`, `words`, `model`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from selon.model import Event, Parse, Place, Report, Token
from selon.resolve.where.geography import Located
from selon.resolve.where.words import Words

# How much a preposition speaks for a place of the event. Motion types read "to" and "from" otherwise.
RELATION = {"in": 2.0, "on": 2.2, "near": 1.8, "": 0.6, "of": 0.6, "to": -0.8, "from": -1.5, "between": -0.5, "via": -2.0, "by": -1.5, "with": -2.0, "agent": -3.0}
MOTION = frozenset({"evacuation", "deployment", "relief", "meeting"})
# Types whose places are rarely told: a delivery goes to a government, a threat is uttered, a sanction is decided.
PLACELESS = {"weapons_transfer": 4.4, "sanction": 5.0, "threat": 4.4, "agreement": 3.0, "authorisation": 3.0, "training": 2.0, "meeting": 2.0}
CARRIED = frozenset({"weapons_transfer", "sanction", "threat", "agreement", "authorisation", "training"})
FINE = {"site": 0.3, "district": 0.5, "village": 0.4, "city": 0.4, "admin2": 0.0, "admin1": -0.2, "region": -0.3, "water": -0.3, "country": -1.4}
ENOUGH = 1.6


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
    out = list(events)
    current: Place | None = None
    for s in sorted(by_sentence.keys() | by_event.keys()):
        here = sorted(by_event.get(s, ()), key=lambda k: events[k].trigger.start)
        if here and current is not None and main is not None and _new_passage(report, parse, s) and _excursion(scene, current):
            current = main
        if here and current is None and main is not None and main.span.start < events[here[0]].trigger.start:
            current = main
        named = False
        for k in here:
            e = events[k]
            own = _own(scene, e)
            if own is not None:
                place: Place | None = own.place
                if e.type not in CARRIED and own.mention.role != "dateline":
                    current, named = own.place, True
            else:
                place = None if e.type in CARRIED else current
            out[k] = replace(e, place=place)
        if not named:
            current = _set_by(scene, s, bool(here)) or current
    return tuple(out)


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


def _excursion(scene: _Scene, current: Place) -> bool:
    """Whether the story has left for a place that the report hardly speaks of."""
    main = scene.main
    if main is None or main.name == current.name:
        return False
    return scene.weight.get(current.name, 0.0) * 2.5 < scene.weight[main.name]


def _new_passage(report: Report, parse: Parse, s: int) -> bool:
    """Whether sentence s is the first of its paragraph."""
    if s == 0:
        return True
    return "\n" in parse.text[parse.sentences[s - 1].end : parse.sentences[s].start]


def _set_by(scene: _Scene, s: int, events: bool) -> Place | None:
    """The place that a sentence sets for those after it, where no event took it: a heading, a dateline, a locative phrase."""
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
        if events:
            score -= 1.0
        if score > 0.2 and (best is None or score > best[0]):
            best = score, x.place
    return best[1] if best else None


def _own(scene: _Scene, e: Event) -> Located | None:
    """The best place mention of the event's own sentence, if it is good enough."""
    parse = scene.parse
    tokens = parse.between(e.trigger.start, e.trigger.end)
    token = tokens[0] if tokens else parse.at(e.trigger.start)
    if token is None:
        return None
    group = {t.i for t in tokens} or {token.i}
    head = next((parse[i] for i in sorted(group) if parse[i].head not in group or parse[i].is_root), token)
    best: tuple[float, Located] | None = None
    for x in scene.by_sentence.get(token.sent, ()):
        if x.mention.role == "agent" or not group.isdisjoint(range(x.mention.first, x.mention.last + 1)) and x.mention.anaphor:
            continue
        s = _fit(scene, e, head, group, x)
        if best is None or s > best[0]:
            best = s, x
    enough = PLACELESS.get(e.type, ENOUGH)
    return best[1] if best and best[0] >= enough else None


def _fit(scene: _Scene, e: Event, head: Token, group: set[int], x: Located) -> float:
    parse, m = scene.parse, x.mention
    anchor = _anchor(parse, x)
    score = _attachment(parse, head, group, anchor)
    rel = m.context.rel
    value = RELATION.get(rel, 0.0)
    if rel in ("to", "from", "of") and e.type in MOTION:
        value = 1.2
    if rel == "" and anchor.head in group and anchor.deprel in ("obj", "nsubj:pass", "obl:arg", "nmod"):
        value = 2.2
    elif rel == "" and anchor.rel == "nsubj" and x.candidate is not None and x.candidate.kind == "country":
        value = -0.5
    score += value
    score += FINE[x.candidate.kind] if x.candidate is not None else -0.6
    if x.candidate is None and m.context.expects == "site":
        score -= 1.6
    if m.role == "office":
        score -= 2.0
    elif m.role == "dateline":
        score -= 2.5
    elif m.role == "topic":
        score += 0.4
    if m.listed:
        score -= 1.2
    return score


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
    score = 2.0 - 0.08 * len(gap)
    score -= sum(1.2 for t in gap if t.text == ";") + sum(0.5 for t in gap if t.text in (":", "«", "»", '"', "“", "”"))
    score -= 1.6 * abs(sum((t.text == "(") - (t.text == ")") for t in gap))
    crossed = 0
    for up in _upward(parse, anchor):
        if up.i in group:
            return score + 1.8 - 0.9 * crossed
        if up.pos in ("VERB", "AUX") and up.i != anchor.i:
            crossed += 1
    # The mention hangs on the verb that governs the trigger: "ont été tués à X dans une frappe".
    above = [head.i, *(a.i for a in parse.ancestors(head))]
    clause = next((k for k in above[1:] if parse[k].pos == "VERB"), None)
    if clause is not None:
        crossed = 0
        for up in _upward(parse, anchor):
            if up.i == clause:
                return score + 1.0 - 0.7 * crossed
            if up.pos in ("VERB", "AUX") and up.i != anchor.i:
                crossed += 1
    verbs = sum(t.pos == "VERB" for t in gap)
    return score - 0.5 * verbs


def _upward(parse: Parse, token: Token) -> list[Token]:
    return [token, *parse.ancestors(token)]
