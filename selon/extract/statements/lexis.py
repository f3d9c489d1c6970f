"""What a pack knows of saying, compiled once per pack: verbs by first word, phrases, word classes. May import: `lang`, `rules`, `errors`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from selon.errors import PackError
from selon.lang import Pack
from selon.rules import Lexicon

NO_CLASSES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb or phrase. `rest` are the words after the first, `reflexive` whether it needs a reflexive pronoun, `clitics` which
    other pronouns must stand before it.

    `frames` maps a construction (quote, that, inf, obj, obl-X, neg, refuse) to the stance it gives.
    """

    key: str
    rest: tuple[str, ...]
    reflexive: bool
    frames: Mapping[str, str]
    flags: Mapping[str, str]
    clitics: frozenset[str] = frozenset()

    @property
    def weak(self) -> bool:
        return "weak" in self.flags

    @property
    def counts(self) -> bool:
        """Whether the verb reports a number or nothing ("porter à", "retenir")."""
        return "number" in self.flags and all(f.startswith("ob") for f in self.frames)


@dataclass(frozen=True, slots=True)
class Phrase:
    """An attributing phrase: its words, its stance, and whether it takes a bare noun (`yes`) or holds its own source (`self`)."""

    words: tuple[str, ...]
    stance: str
    bare: str = ""


@dataclass(frozen=True)
class Lexis:
    """All that the finder of statements asks of a pack."""

    verbs: Mapping[str, tuple[Verb, ...]]
    reflexive_verbs: Mapping[str, tuple[Verb, ...]]
    forms: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[Phrase, ...]]
    sources: Mapping[str, str]
    channels: Lexicon
    nouns: Lexicon
    hints: Mapping[str, frozenset[str]] = field(default_factory=dict)
    conditional: tuple[str, ...] = ()
    refusals: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    peoples: frozenset[str] = frozenset()
    conditional_forms: frozenset[str] = frozenset()
    verb_keys: Mapping[str, frozenset[str]] = field(default_factory=dict)
    person_endings: tuple[str, ...] = ()
    no_persons: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    nations: Mapping[str, str] = field(default_factory=dict)
    """Countries, their capitals and nationalities, as one word each, with the country's ISO 3166 code."""
    traits: frozenset[str] = frozenset()
    future_endings: tuple[str, ...] = ()
    future_stems: frozenset[str] = frozenset()
    """What the language does and others do not: see `traits` in its pack.yml."""

    def classes(self, word: str) -> frozenset[str]:
        return self.words.get(word, NO_CLASSES)


_FLAGS = (
    "weak",
    "feeble",
    "document",
    "refuser",
    "learn",
    "reporter",
    "suspect",
    "names",
    "as",
    "number",
    "lean",
    "class",
    "forms",
    "seen",
    "objects",
    "negative",
    "perfect",
    "person",
    "belief",
    "active",
    "agentless",
    "unless",
)
_CACHE: dict[tuple[str, str], Lexis] = {}


def lexis_of(pack: Pack) -> Lexis:
    """The compiled lexicons of a pack. Raises PackError SEL-P033 when a verb names a class that is not there."""
    key = (pack.lang, pack.hash)
    if key not in _CACHE:
        _CACHE.clear()
        _CACHE[key] = _compile(pack)
    return _CACHE[key]


def _compile(pack: Pack) -> Lexis:
    lx = pack.lexicons
    plain: dict[str, list[Verb]] = {}
    reflexive: dict[str, list[Verb]] = {}
    words = {e.key: frozenset(e["is"].split()) for e in lx["speech-words"]}
    marks = tuple(w for w, c in words.items() if "reflexive-mark" in c)
    bound = tuple(w for w, c in words.items() if "bound" in c)
    endings = pack.table("verb-endings")
    forms: dict[str, str] = {}
    for entry in lx["reporting-verbs"]:
        frames: dict[str, str] = {}
        name = entry.get("class")
        if name:
            line = lx["reporting-classes"].get(name)
            if line is None:
                raise PackError("SEL-P033", f"the verb {entry.key!r} has the unknown class {name!r}", place="reporting-verbs")
            frames.update(line.attributes)
        frames.update({k: v for k, v in entry.attributes.items() if k not in _FLAGS})
        flags = {k: v for k, v in entry.attributes.items() if k in _FLAGS and k != "class"}
        key, self_verb = entry.key, False
        for mark in marks:
            lead = mark if mark.endswith("'") else mark + " "
            if key.startswith(lead):
                key, self_verb = key[len(lead) :], True
        needed = set()
        while (head := key.split(" ", 1)[0]) in bound and " " in key:
            needed.add(head)
            key = key.split(" ", 1)[1]
        first, *rest = key.replace("'", "' ").split()
        verb = Verb(entry.key, tuple(rest), self_verb, {k: v for k, v in frames.items() if v != "none"}, flags, frozenset(needed))
        (reflexive if self_verb else plain).setdefault(first, []).append(verb)
        for form in _inflect(first, endings):
            forms.setdefault(form, first)
        for form in entry.get("forms").split():
            forms[form] = first
    phrases: dict[str, list[Phrase]] = {}
    for entry in lx["attribution"]:
        w = tuple(entry.key.split(" "))
        phrases.setdefault(w[0], []).append(Phrase(w, entry["stance"], entry.get("bare")))
    for entry in lx["attribution-self"]:
        w = tuple(entry.key.split(" "))
        phrases.setdefault(w[0], []).append(Phrase(w, entry["stance"], "self"))
    for v in phrases.values():
        v.sort(key=lambda p: -len(p.words))
    hints: dict[str, set[str]] = {}
    for entry in lx["statement-hints"]:
        for h in entry["hint"].split():
            hints.setdefault(entry.key, set()).add(h)
    return Lexis(
        {k: tuple(sorted(v, key=lambda x: -len(x.rest) - len(x.clitics))) for k, v in plain.items()},
        {k: tuple(sorted(v, key=lambda x: -len(x.rest) - len(x.clitics))) for k, v in reflexive.items()},
        forms, words, {k: tuple(v) for k, v in phrases.items()},
        {e.key: e["speaks"] for e in lx["source-nouns"]}, lx["channels"], lx["cue-nouns"],
        {k: frozenset(v) for k, v in hints.items()}, tuple(pack.table("verb-moods")["conditional"]),
        frozenset(w for w, c in words.items() if "refusal" in c), frozenset(w for w, c in words.items() if "object-pronoun" in c),
        frozenset(e.key for e in lx["source-nouns"] if e["speaks"] == "people"),
        frozenset(pack.table("verb-moods")["conditional_forms"]),
        {_without(e.key, marks): frozenset(e.get("lean").split()) for e in lx["reporting-verbs"] if e.get("lean")},
        tuple(pack.table("source-endings")["person"]), frozenset(pack.table("source-endings")["not"]),
        frozenset(str(n).lower().split()[-1] for p in pack.table("people")["people"] for n in (p["name"], *p.get("also", ()))),
        {e.key: e["iso"] for name in ("place-metonyms", "place-countries", "place-demonyms") for e in lx[name] if " " not in e.key},
        frozenset(str(pack.settings.get("traits", "")).split()),
        future_endings=tuple(pack.table("verb-moods").get("future_endings", ())),
        future_stems=frozenset(pack.table("verb-moods").get("future_stems", ())),
    )  # fmt: skip


def _without(key: str, marks: tuple[str, ...]) -> str:
    """The key of a verb without its reflexive mark."""
    for mark in marks:
        lead = mark if mark.endswith("'") else mark + " "
        if key.startswith(lead):
            return key[len(lead) :]
    return key


def _inflect(lemma: str, endings: Mapping[str, list[str]]) -> list[str]:
    """Forms of a lemma by the longest matching ending of the pack's table; a form is `stem + ending`."""
    for tail in sorted(endings, key=len, reverse=True):
        if lemma.endswith(tail) and len(lemma) > len(tail):
            stem = lemma[: -len(tail)]
            return [stem + e for e in endings[tail]]
    return []
