"""Where the story is: the settings that a report has named so far, and the one that an event without a place of its own takes.

May import: `attach`, `scene`, `geography`, `model`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selon.model import Event, Place, Report
from selon.resolve.where.attach import CARRIED, anchor_of, compared, dwelling, is_care, spoken
from selon.resolve.where.located import Located
from selon.resolve.where.scene import Scene, fineness, is_continent, named_town

# What makes a setting the likely one: distance, frequency, firmness, kind.
WEIGHTS = {
    "sentence": 0.15, "paragraph": 0.5, "often": 1.3, "strength": 0.1, "main": 0.6, "type": 0.5, "country": 0.5, "foreign": 2.7, "aside": 1.0,
    "last": 0.25, "heard": 1.4, "section": 2.1, "within": 1.0, "here": 3.9, "vote": 1.0, "first": 0.4, "coarse": 0.4, "early": 0.0, "toll": 5.5, "continent": 1.5, "firm": 0.0,
}  # fmt: skip


# Types that take place elsewhere than the story goes on.
ASIDE = frozenset({"meeting"})


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

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.settings: dict[str, _Setting] = {}
        self.wide = {x.place.name for xs in scene.by_sentence.values() for x in xs if is_continent(x)}
        self.last: str | None = None
        self.section: str | None = None
        self.within = False
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

    def leave(self) -> None:
        """A new entry of a live blog: what was going on in the one before does not go on."""
        self.section, self.within, self.last = None, False, None

    def open(self, place: Place | None, within: bool = False, kicker: bool = False) -> None:
        """A heading or a topic says where the section that it opens plays; `within`: it names a country and a place there, the section may go on in both;
        `kicker`: it stands in the headline, and what follows is the report, no section of it."""
        if place is not None:
            self._set(place, 2.0)
            self.last = place.name
            if not kicker:
                self.section, self.within = place.name, within

    def tell(self, kind: str, place: Place, strength: float, aside: bool = False) -> None:
        """An event of this kind happened there, as its own sentence says; `aside`: the story does not follow it there."""
        self._set(place, strength - (WEIGHTS["aside"] * 4 if aside else 0.0)).types.add(kind)
        if not aside and strength >= WEIGHTS["firm"]:
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

    def carry(self, kind: str, many: bool = False) -> Place | None:
        """The setting that an event of this kind most likely has: recent, often named, firmly said, of its kind; `many`: it befell thousands."""
        w = WEIGHTS
        ranked: list[tuple[float, Place]] = []
        main = self.scene.main
        for name, x in self.settings.items():
            if kind in ASIDE and not x.types & ASIDE:
                continue
            s = -w["sentence"] * min(self.sentence - x.sentence, 8) - w["paragraph"] * min(self.paragraph - x.paragraph, 4)
            s += w["often"] * math.log1p(max(0.0, self.scene.weight.get(name, 0.0))) + w["strength"] * min(x.strength, 6.0)
            s += w["type"] * (kind in x.types) + w["last"] * (name == self.last)
            s += w["here"] * (name == self.last and x.paragraph == self.paragraph)
            s += w["section" if not self.within else "within"] * (name == self.section)
            s -= w["country"] * (x.place.precision == "country") + w["continent"] * (name in self.wide)
            s += w["toll"] * (many and x.place.precision in ("country", "admin1"))
            if main is not None:
                s += w["main"] * (name == main.name) - w["foreign"] * (x.place.country != main.country)
            ranked.append((s, x.place))
        if ranked:
            ranked.sort(key=lambda r: -r[0])
            return self._because(ranked[0][1], [place.name for _, place in ranked[1:4]])
        if kind not in ASIDE and main is not None and main.span.start < self.scene.parse.sentences[self.sentence].start:
            return self._because(main, [])
        return None

    def _because(self, place: Place, others: Sequence[str]) -> Place:
        """The place with the reason why the story is there, for `selon explain`."""
        found = self.settings.get(place.name)
        back = self.sentence - found.sentence if found is not None else 0
        why = ["carried on" + (f" from {back} sentence{'s' * (back > 1)} before" if back else " within the sentence")]
        if place.name == self.last:
            why.append("the story was there last")
        if place.name == self.section:
            why.append("its section opens there")
        if self.scene.main is not None and place.name == self.scene.main.name:
            why.append("most of the report plays there")
        if others:
            why.append(f"rejected: {', '.join(others)}")
        base = place.because.partition("; carried on")[0].partition("; named in")[0]
        return replace(place, because="; ".join([base, *why]))


def voted(scene: Scene, events: Sequence[Event], owns: Mapping[int, tuple[float, Located] | None]) -> dict[str, Any]:
    """Weights of places, and the main one, once events have spoken: each place of an event's own is a vote, the first ones count more."""
    weight = Counter(scene.weight)
    places: dict[str, Place] = {}
    order = sorted((k for k, own in owns.items() if own is not None), key=lambda k: events[k].trigger.start)
    for n, k in enumerate(order):
        own = owns[k]
        if own is None or events[k].type in CARRIED or (own[1].candidate is None and not named_town(own[1])):
            continue
        x = own[1]
        weight[x.place.name] += WEIGHTS["vote"] + (WEIGHTS["first"] if n < 3 else 0.0)  # type: ignore[assignment]
        places.setdefault(x.place.name, x.place)
    if not places:
        return {"weight": dict(weight)}
    coarse = {"country": WEIGHTS["coarse"], "admin1": 0.5 + WEIGHTS["coarse"] / 2}
    name = max(places, key=lambda n: (weight[n] * coarse.get(places[n].precision, 1.0), -places[n].span.start))
    return {"weight": dict(weight), "main": places[name]}


def told_most(events: Sequence[Event], told: Mapping[int, Place | None]) -> Place | None:
    """The place at which most events of a first telling happened, the first ones counting more; None when none has a place."""
    votes: Counter[str] = Counter()
    places: dict[str, Place] = {}
    for n, (k, e) in enumerate(sorted(enumerate(events), key=lambda x: x[1].trigger.start)):
        place = told.get(k)
        if place is not None and e.type not in CARRIED and e.type not in ASIDE:
            votes[place.name] += 1.0 + (WEIGHTS["early"] if n < 5 else 0.0)  # type: ignore[assignment]
            places.setdefault(place.name, place)
    name = max(places, key=lambda n: (votes[n], -places[n].span.start), default=None)
    return places[name] if name is not None else None


def main_place(report: Report, located: Sequence[Located]) -> tuple[Place | None, dict[str, float]]:
    """The place that the report speaks of most, mentions in the headline and the first lines counting more; and the weight of each."""
    weight: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for x in located:
        if (x.candidate is None and not named_town(x)) or x.mention.role == "agent":
            continue
        w = 1.0 if x.mention.context.rel in ("in", "on", "near", "of", "") else 0.4
        if x.place.span.start < 400:
            w *= 2
        if x.place.precision == "country" or is_continent(x):
            w *= 0.5
        weight[x.place.name] += w  # type: ignore[assignment]
        first.setdefault(x.place.name, x.place)
    if not weight:
        return None, {}
    name = max(weight, key=lambda n: (weight[n], -first[n].span.start))
    return first[name], dict(weight)


def heading(scene: Scene, s: int) -> tuple[Place | None, bool]:
    """The place of a sentence that is a heading or opens with a topic ("Liban : …"), and whether it lies within the topic."""
    topics = [x for x in scene.by_sentence.get(s, ()) if x.mention.role == "topic" and x.candidate is not None]
    if not topics:
        return None, False
    topic = topics[0]
    if topic.candidate is None or topic.candidate.kind != "country":
        return topic.place, topic.candidate is not None and topic.candidate.kind == "water"
    # "Country: floods in the town of X" opens a section on X.
    finer = [
        x
        for x in scene.by_sentence.get(s, ())
        if x.candidate is not None
        and x.candidate.country == topic.candidate.country
        and x.candidate.kind != "country"
        and x.mention.role == "place"
        and x.mention.context.rel in ("in", "on", "near")
    ]
    return (finer[0].place, True) if finer else (topic.place, False)


def set_by(scene: Scene, s: int) -> tuple[float, Place] | None:
    """The place that a sentence sets for those after it, and how firmly: a heading, a dateline, a locative phrase."""
    best: tuple[float, Place] | None = None
    for x in scene.by_sentence.get(s, ()):
        m = x.mention
        if m.role == "agent" or (x.candidate is None and not named_town(x)) or _aside(scene, x):
            continue
        score = fineness(x)
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


def _aside(scene: Scene, x: Located) -> bool:
    """Whether a place is only where somebody speaks, lives or is cared for, or the bound of a comparison: the story does not move there."""
    anchor = anchor_of(scene.parse, x)
    if x.mention.role in ("topic", "dateline"):
        return False
    seat = x.mention.name.lower() in scene.words.metonyms
    return (seat and spoken(scene, anchor)) or dwelling(scene, anchor) or is_care(scene, x) or compared(scene, x, x.mention.first)
