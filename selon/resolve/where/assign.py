"""Which place an event has: the finest named one of its sentence that belongs to it, else the one carried on.

Every mention of the event's sentence gets a score: how it hangs on the trigger, by which preposition, how fine it is, what stands
between. The best one is the event's own place if it is good enough for the type of event. Otherwise the event stays where the story
is: the place of the event before, or a place that a sentence without events has set ("À Rostov, le calme est revenu."); a new
paragraph after an excursion returns to the place that the report speaks of most. May import: `attach`, `story`, `scene`, `geography`, `words`, `model`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from selon.model import Event, Parse, Place, Report
from selon.resolve.where.attach import CARRIED, is_care, own_place
from selon.resolve.where.located import Located
from selon.resolve.where.scene import Scene
from selon.resolve.where.story import ASIDE, Story, heading, main_place, set_by, told_most, voted
from selon.resolve.where.words import Words, plain

# People of a toll that no single town bears.
MANY = 1000
# Types that, where they are only thought of, are told of without a place.
SPOKEN_OF = frozenset({"attack", "deployment"})


def assign(report: Report, parse: Parse, events: Sequence[Event], located: Sequence[Located], words: Words) -> tuple[Event, ...]:
    """The events in their own order, each with its place or None."""
    by_sentence: dict[int, list[Located]] = {}
    for x in located:
        by_sentence.setdefault(parse[x.mention.first].sent, []).append(x)
    main, weight = main_place(report, located)
    body = max((p.end for p in report.passages if p.kind == "headline"), default=0)
    scene = Scene(parse, words, by_sentence, main, weight, body, _entries(report))
    by_event: dict[int, list[int]] = {}
    for k, e in enumerate(events):
        token = parse.at(e.trigger.start)
        if token is not None:
            by_event.setdefault(token.sent, []).append(k)
    owns = {k: own_place(scene, events[k], [events[j] for j in ks if j != k]) for ks in by_event.values() for k in ks}
    scene = replace(scene, **voted(scene, events, owns))
    told = _tell(scene, events, by_event, owns)
    # A first telling shows where most of the report plays; the second one knows it from the start.
    main = told_most(events, told)
    if main is not None and main != scene.main:
        told = _tell(replace(scene, main=main), events, by_event, owns)
    return tuple(replace(e, place=told[k]) if k in told else e for k, e in enumerate(events))


def _tell(
    scene: Scene,
    events: Sequence[Event],
    by_event: Mapping[int, Sequence[int]],
    owns: Mapping[int, tuple[float, Located] | None],
) -> dict[int, Place | None]:
    """One way through the report: the places of the events that it settles, by their index."""
    parse = scene.parse
    story = Story(scene)
    out: dict[int, Place | None] = {}
    paragraph, last, before = 0, -1, -1
    for s in sorted(scene.by_sentence.keys() | by_event.keys()):
        paragraph += sum(_new_passage(parse, k) for k in range(last + 1, s + 1))
        last = s
        story.at(s, paragraph)
        if any(before < b <= parse.sentences[s].start for b in scene.entries):
            story.leave()
        before = parse.sentences[s].start
        story.open(*heading(scene, s), kicker=parse.sentences[s].start < scene.body)
        if s not in by_event:
            story.hear(set_by(scene, s))
            continue
        for k in sorted(by_event[s], key=lambda k: events[k].trigger.start):
            e = events[k]
            own = owns[k]
            if own is not None:
                score, x = own
                out[k] = _named(scene, s, x)
                if e.type not in CARRIED:
                    story.tell(e.type, x.place, score, e.type in ASIDE or x.mention.context.rel in ("to", "from") or is_care(scene, x))
            elif e.type not in CARRIED and not (e.type in SPOKEN_OF and e.status in ("planned", "hypothetical")):
                place = story.carry(e.type, _many(e)) or _office(scene, s)
                if place is not None and _many(e) and any(plain(t) in scene.words.since for t in parse.tokens_of(parse.sentences[s])):
                    place = _land(scene, s, place)
                out[k] = place
                if place is not None and not _many(e):
                    story.stay(e.type, place)
        story.hear(set_by(scene, s), events=True)
    return out


def _named(scene: Scene, s: int, x: Located) -> Place:
    """The place of a mention with the reason why it is an event's: it stands in its sentence, and what else stands there was rejected."""
    others = dict.fromkeys(y.place.name for y in scene.by_sentence[s] if y.place.name != x.place.name and y.mention.role != "agent")
    why = "named in the event's own sentence" + (f", rejected there: {', '.join(list(others)[:4])}" if others else "")
    return replace(x.place, because=f"{x.place.because}; {why}")


def _many(e: Event) -> bool:
    """Whether an event befell thousands: such tolls are a country's or a region's."""
    people = ("killed", "wounded", "missing", "displaced", "sheltered", "other")
    return any(f.count_of in people and (f.low or f.high or 0) >= MANY for f in e.figures)


def _land(scene: Scene, s: int, place: Place) -> Place:
    """The country that a town lies in, where the report has named it before; else the place itself. For tolls since some day."""
    if place.precision in ("country", "admin1") or not place.country:
        return place
    before = (x.place for k in range(s, -1, -1) for x in scene.by_sentence.get(k, ()))
    land = next((p for p in before if p.precision == "country" and p.country == place.country), None)
    if land is None:
        return place
    return replace(land, because=f"{land.because}; carried on: thousands are no single town's toll; rejected: {place.name}")


def _office(scene: Scene, s: int) -> Place | None:
    """Where nothing has been told yet, an event is where the one who tells of it holds office ("The governor of X announced …")."""
    return next((_named(scene, s, x) for x in scene.by_sentence.get(s, ()) if x.mention.role == "office" and x.candidate is not None), None)


def _entries(report: Report) -> tuple[int, ...]:
    """Where the entries of a live blog begin: at their headings, or at their first words."""
    passages = [p for p in report.passages if p.kind not in ("boilerplate", "byline")]
    out: list[int] = []
    for k, p in enumerate(passages):
        before = passages[k - 1] if k else None
        if p.kind == "live_entry" and not (before is not None and before.kind == "live_entry"):
            out.append(before.start if before is not None and before.kind == "subhead" else p.start)
    return tuple(out)


def _new_passage(parse: Parse, s: int) -> bool:
    """Whether sentence s is the first of its paragraph."""
    if s == 0:
        return True
    return "\n" in parse.text[parse.sentences[s - 1].end : parse.sentences[s].start]
