"""Events in English: the pack's corpus read with the live pipeline, and what its words lean on."""

from __future__ import annotations

from collections import Counter
from functools import cache

from selon.extract import find_events, find_quantities
from selon.extract.events.senses import event_words
from selon.intake import build_report
from selon.lang import load_pack
from selon.lang.strict_yaml import load_yaml
from selon.model import EVENT_TYPES, STATUSES, Event
from selon.nlp import Pipeline, load_pipeline

PACK = load_pack("en")
CORPUS = load_yaml(PACK.folder / "corpus" / "events.yml")
FLOOR = 0.90
FLOOR_STATUS = 0.90
FLOOR_ACTOR = 0.88
MOST_FALSE = 3
"""Look-alikes in which an event is found, at most: parsers err."""


@cache
def _pipeline() -> Pipeline:
    return load_pipeline(None, "en")


@cache
def read(text: str) -> tuple[Event, ...]:
    report = build_report(text, id="x", lang="en")
    parse = _pipeline().parse(text, [(p.start, p.end) for p in report.passages])
    return find_events(report, parse, PACK, find_quantities(report, parse, PACK, ()), ())


def _expected(line: str) -> tuple[str, str, str | None]:
    what, _, actor = line.partition(" | ")
    kind, status = what.split()
    return kind, status, actor or None


def _tally() -> Counter[str]:
    tally: Counter[str] = Counter()
    for entries in CORPUS.values():
        for entry in entries:
            left = list(read(entry["text"]))
            tally["found"] += len(left)
            for kind, status, actor in map(_expected, entry["events"]):
                tally["gold"] += 1
                hit = next((e for e in left if e.type == kind), None)
                if hit is None:
                    continue
                left.remove(hit)
                tally["hit"] += 1
                tally["status"] += hit.status == status
                if actor:
                    tally["actors"] += 1
                    tally["actor"] += hit.actor is not None and actor in hit.actor.span.text
    return tally


def test_the_corpus_names_known_types_and_statuses_and_covers_most_types() -> None:
    lines = [_expected(line) for entries in CORPUS.values() for entry in entries for line in entry["events"]]
    assert all(kind in EVENT_TYPES and status in STATUSES for kind, status, _ in lines)
    assert len({kind for kind, _, _ in lines}) >= len(EVENT_TYPES) - 2


def test_events_of_the_corpus() -> None:
    t = _tally()
    assert 2 * t["hit"] / (t["found"] + t["gold"]) >= FLOOR, t
    assert t["status"] / t["hit"] >= FLOOR_STATUS, t
    assert t["actor"] / t["actors"] >= FLOOR_ACTOR, t


def test_look_alikes_tell_of_nothing() -> None:
    false = [entry["text"] for entry in CORPUS["look_alikes"] if read(entry["text"])]
    assert len(false) <= MOST_FALSE, false


def test_conditions_name_classes_that_words_have() -> None:
    """A class that no word has makes a condition that never holds: a slip of the pen."""
    words = event_words(PACK)
    known = {c for classes in words.classes.values() for c in classes} | {"proper", "pronoun", "event", "strike", "ofproper"}
    used = {
        c
        for table in (words.verbs, words.nouns, words.phrases)
        for word in table.values()
        for sense in word.senses
        for condition in sense.conditions
        for c in condition.classes
    }
    assert used <= known, used - known


def test_irregular_forms_lead_to_their_verb() -> None:
    forms = event_words(PACK).forms
    assert {f: forms[f][0] for f in ("struck", "fled", "sank", "overran", "shelled", "burying")} == {
        "struck": "strike", "fled": "flee", "sank": "sink", "overran": "overrun", "shelled": "shell", "burying": "bury",
    }  # fmt: skip
