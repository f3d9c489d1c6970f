"""Senses of event words: how one line of a lexicon says which event a word tells of, when, and who stands where in its frame.

A line holds senses parted by semicolons; the first whose conditions hold wins:

    TYPE[/STATUS] [if CONDITION [and CONDITION]…] [as role:slot…]

TYPE is an event type or `none`. A CONDITION is `slot=class,class`, `slot!=class,class` or a flag. Slots are agent, patient, obl,
any, over (the word that governs it) and above (the arguments of the verb that governs it); classes are those of the lexicon of classes, plus `proper`, `pronoun`, `event` and `strike` (a verb of striking). Roles are actor, target and instrument.
May import: `lang`, `rules`, `model`, `errors`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast, get_args

from selon.errors import PackError
from selon.lang import Pack
from selon.model import STATUSES, EventType, Status
from selon.rules.lexicon import Entry, Lexicon

SLOTS = ("agent", "patient", "obl", "any", "over", "above")
ROLES = ("actor", "target", "instrument")
FLAGS = (
    "active", "passive", "reflexive", "plural", "fem", "definite", "root", "governed", "num", "toll", "noobl", "nopatient", "noagent",
    "predicate", "imperative", "ofpeople", "numsent", "clausal", "war", "attributive", "bare",
)  # fmt: skip
_TYPES = frozenset(get_args(EventType))
_STRIKING = frozenset(("airstrike", "drone_strike", "missile_strike", "shelling", "attack"))


@dataclass(frozen=True, slots=True)
class Condition:
    """A test on a frame: a flag when `slot` is empty, else whether the slot holds a word of one of the classes."""

    slot: str
    classes: frozenset[str]
    wanted: bool = True
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a word; `type` is None where the word tells of no event. `roles` maps a role to a slot.

    `status` is the one that the sense has in itself ("to go back home" ends an evacuation).
    """

    type: EventType | None
    conditions: tuple[Condition, ...]
    roles: tuple[tuple[str, str], ...]
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A lexicon line with its senses. `attributes` are the entry's own (voice, of)."""

    key: str
    senses: tuple[Sense, ...]
    entry: Entry


@dataclass(frozen=True)
class EventWords:
    """The event lexicons of one pack, compiled: verbs, nouns, phrases by first word, classes of words.

    `acting` are words that say who acts in what depends on them, by how they say it (lexicon role-words).
    `striking` are the words whose plainest sense is a strike.
    `war` are words that make a report one of war.
    `forms` are regular forms of the verbs: form -> (lemma, whether the form may be an order).
    """

    verbs: Mapping[str, Word]
    nouns: Mapping[str, Word]
    phrases: Mapping[tuple[str, ...], Word]
    by_first: Mapping[str, tuple[tuple[str, ...], ...]]
    classes: Mapping[str, frozenset[str]]
    forms: Mapping[str, tuple[str, bool]]
    demonyms: frozenset[str]
    acting: Mapping[str, str]
    striking: frozenset[str]
    war: frozenset[str]
    plurals: Mapping[str, str]
    pasts: frozenset[str]
    known: frozenset[str]
    """Every form or lemma by which a single word may be found: most words of a text are in none of the tables."""


def _condition(text: str, place: str) -> Condition:
    for mark, wanted in (("!=", False), ("=", True)):
        slot, found, values = text.partition(mark)
        if found:
            if slot not in SLOTS:
                raise PackError("SEL-P030", f"{slot!r} is not a slot", place=place, remedy=f"one of {', '.join(SLOTS)}")
            return Condition(slot, frozenset(v.strip() for v in values.split(",")), wanted)
    if text not in FLAGS:
        raise PackError("SEL-P030", f"{text!r} is neither a condition nor a flag", place=place, remedy=f"one of {', '.join(FLAGS)}")
    return Condition("", frozenset(), True, text)


def parse_senses(text: str, place: str) -> tuple[Sense, ...]:
    """The senses of one line. Raises PackError SEL-P030 where a type, slot, role or flag is unknown."""
    out: list[Sense] = []
    for part in text.split(";"):
        rest, _, frame = part.strip().partition(" as ")
        name, _, tests = rest.partition(" if ")
        name, _, status = name.strip().partition("/")
        if status and status not in STATUSES:
            raise PackError("SEL-P030", f"{status!r} is not a status", place=place, remedy=f"one of {', '.join(STATUSES)}")
        if name != "none" and name not in _TYPES:
            raise PackError("SEL-P030", f"{name!r} is not an event type", place=place, remedy="look at the typology")
        roles: list[tuple[str, str]] = []
        for pair in frame.split():
            role, _, slot = pair.partition(":")
            if role not in ROLES or slot not in SLOTS:
                raise PackError("SEL-P030", f"{pair!r} is not role:slot", place=place)
            roles.append((role, slot))
        conditions = tuple(_condition(c.strip(), place) for c in tests.split(" and ")) if tests else ()
        out.append(
            Sense(cast(EventType, name) if name != "none" else None, conditions, tuple(roles), cast(Status, status) if status else None)
        )
    return tuple(out)


def _words(lexicon: Lexicon) -> dict[str, Word]:
    return {e.key: Word(e.key, parse_senses(e["senses"], f"{lexicon.id}: {e.key}"), e) for e in lexicon}


def _striking(table: Mapping[str, Word]) -> frozenset[str]:
    """Words that tell of a strike in two thirds of their senses or more."""
    out = []
    for key, word in table.items():
        told = [s.type for s in word.senses if s.type is not None]
        strikes = sum(t in _STRIKING for t in told)
        if told and strikes * 3 >= len(told) * 2:
            out.append(key)
    return frozenset(out)


def _split(phrase: str) -> tuple[str, ...]:
    """The tokens of a phrase: words parted by spaces, elided words by their apostrophe."""
    return tuple(phrase.replace("'", "' ").split())


def _forms(verbs: Lexicon, endings: Lexicon) -> dict[str, tuple[str, bool]]:
    """Regular forms of all verbs, by the longest infinitive ending that fits; a form of two verbs is the first one's."""
    out: dict[str, tuple[str, bool]] = {}
    by_length = sorted(endings, key=lambda e: -len(e.key))
    for verb in verbs:
        for e in by_length:
            if verb.key.endswith(e.key):
                stem = verb.key[: len(verb.key) - len(e.key)]
                orders = frozenset(e.get("imperative").split())
                for ending in e["endings"].split():
                    out.setdefault(stem + ending.removeprefix("-"), (verb.key, any(ending.endswith(o) for o in orders)))
                break
    return out


def _classes(lexicon: Lexicon, endings: list[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Classes by noun, and by the regular plural forms of nouns, which a lemma may fail to level."""
    own = {e.key: frozenset(e["is"].split()) for e in lexicon}
    return {**{form: own[key] for form, key in _plurals(lexicon, endings).items()}, **own}


# what is counted, and who speaks or acts -> classes of the conditions, for nouns that the lexicon of classes leaves out
_BY_UNIT = {
    "person": "person", "building": "building", "vehicle": "vehicle", "vessel": "ship", "aircraft": "aircraft", "place": "place", "gun": "gun",
}  # fmt: skip
_BY_POPULATION = {
    "military": "person force",
    "police": "person force",
    "civilian": "person civilian",
    "women": "person civilian",
    "children": "person civilian",
}
_BY_ACTOR = {
    "official": "official person",
    "politician": "official person",
    "armed_group": "force",
    "expert": "person",
    "witness": "person civilian",
}
_BY_BODY = {"official": "official org", "armed_group": "force", "organisation": "org"}


BORROWED = "borrowed"
"""The class of nouns whose classes come from another lexicon: their complements may say more ("services of rescue")."""


def _borrowed(lex: Mapping[str, Lexicon], endings: list[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Classes of nouns from the lexicons of counted things and of actors, with their regular plurals."""
    out: dict[str, frozenset[str]] = {}
    for lexicon in (lex["actor-roles"], lex["unit-count"]):
        for e in lexicon:
            if lexicon.id == "unit-count":
                found = _BY_POPULATION.get(e.get("population"), _BY_UNIT.get(e.get("class"), ""))
            else:
                found = (_BY_BODY if e.get("body") else _BY_ACTOR).get(e["kind"], "")
            if found:
                out.setdefault(e.key, frozenset((*found.split(), BORROWED)))
        out = {**{form: out[key] for form, key in _plurals(lexicon, endings).items() if key in out}, **out}
    return out


def _plurals(nouns: Lexicon, endings: list[tuple[str, str]]) -> dict[str, str]:
    """Regular plural forms of event nouns -> noun, for headings where capitals hide the lemma."""
    out: dict[str, str] = {}
    for e in nouns:
        for ending, instead in endings:
            if e.key.endswith(instead):
                out.setdefault(e.key[: len(e.key) - len(instead)] + ending, e.key)
    return out


def _pasts(verbs: Lexicon, endings: Lexicon) -> frozenset[str]:
    """Past forms that are no other word, so that they tell of the verb whatever a tagger takes them for."""
    by_length = sorted(endings, key=lambda e: -len(e.key))
    out: set[str] = set()
    for verb in verbs:
        fits = next((e for e in by_length if verb.key.endswith(e.key)), None)
        if fits is not None:
            out.update(verb.key[: len(verb.key) - len(fits.key)] + ending for ending in fits.get("past").split())
    return frozenset(out)


_COMPILED: dict[str, EventWords] = {}


def event_words(pack: Pack) -> EventWords:
    """The compiled event lexicons of a pack, made once per content of the pack."""
    found = _COMPILED.get(pack.hash)
    if found is None:
        lex = pack.lexicons
        phrases = _words(lex["event-phrases"])
        endings = [(str(a), str(b)) for a, b in pack.table("number-endings")["endings"]]
        by_first: dict[str, list[tuple[str, ...]]] = {}
        by_tokens = {_split(key): word for key, word in phrases.items()}
        for words in by_tokens:
            by_first.setdefault(words[0], []).append(words)
        verbs, nouns = _words(lex["event-verbs"]), _words(lex["event-nouns"])
        forms, plurals = _forms(lex["event-verbs"], lex["event-suffixes"]), _plurals(lex["event-nouns"], endings)
        found = EventWords(
            verbs, nouns, by_tokens,
            {k: tuple(sorted(v, key=len, reverse=True)) for k, v in by_first.items()},
            {**_borrowed(lex, endings), **_classes(lex["event-classes"], endings)},
            forms,
            frozenset(e.key for e in lex["role-demonyms"]),
            {e.key: e["how"] for e in lex["role-words"]},
            _striking(verbs) | _striking(nouns),
            frozenset(e.key for e in lex["event-war"]),
            plurals,
            _pasts(lex["event-verbs"], lex["event-suffixes"]),
            frozenset((*verbs, *nouns, *forms, *plurals)),
        )  # fmt: skip
        if len(_COMPILED) > 8:
            _COMPILED.clear()
        _COMPILED[pack.hash] = found
    return found
