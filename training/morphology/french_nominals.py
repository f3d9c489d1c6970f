"""The inflection of French nouns and adjectives, and words made by rule from others.

Labels: `nms` (noun, gender, number), `afp` (adjective), `ns`/`ap` where both genders share the form; a form that does not change in number has both
labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

VOWELS = "aeiouyàâäéèêëîïôöùûü"
FEMININE = (
    ("eux", "euse"),
    ("oux", "ouse"),
    ("er", "ère"),
    ("f", "ve"),
    ("el", "elle"),
    ("eil", "eille"),
    ("en", "enne"),
    ("on", "onne"),
    ("c", "que"),
    ("eau", "elle"),
)
QUALITY = (
    ("able", "abilité"),
    ("ible", "ibilité"),
    ("if", "ivité"),
    ("eux", "osité"),
    ("el", "alité"),
    ("al", "alité"),
    ("aire", "arité"),
    ("ique", "icité"),
    ("ide", "idité"),
    ("ain", "anité"),
)
"""Ends of adjectives and of the nouns of quality made of them."""


@dataclass(frozen=True, slots=True)
class Endings:
    """Words that do not follow the rule of their ending; see `own/fr.morphology/endings.yml`."""

    plural: dict[str, frozenset[str]]
    irregular: dict[str, str]
    feminine: dict[str, str]
    sets: dict[str, frozenset[str]]

    @classmethod
    def load(cls, path: Path) -> Endings:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        lists = {k: frozenset(v) for k, v in raw.items() if isinstance(v, list)}
        return cls({k: frozenset(v) for k, v in raw["plural"].items()}, raw["irregular"], raw["feminine"], lists)

    def plurals(self, word: str) -> Iterator[str]:
        """The plural, or both where there are two."""
        if word in self.irregular:
            yield self.irregular[word]
        elif word.endswith(("s", "x", "z")):
            yield word
        elif word.endswith("al"):
            if word in self.plural["als"]:
                yield word + "s"
            if word not in self.plural["als"] or word in self.plural["both"]:
                yield word[:-1] + "ux"
        elif word in self.plural["aux"]:
            yield word[:-2] + "ux"
        elif word in self.plural["oux"] or (word.endswith(("au", "eu", "œu")) and word not in self.plural["s"]):
            yield word + "x"
        else:
            yield word + "s"

    def feminine_of(self, word: str) -> str:
        """The feminine singular of an adjective or of the name of a person."""
        if word in self.feminine:
            return self.feminine[word]
        if word.endswith("e"):
            return word
        if word in self.sets["ète"]:
            return word[:-2] + "ète"
        for end, other in FEMININE:
            if word.endswith(end):
                return word[: len(word) - len(end)] + other
        if word.endswith("eur"):
            return self._eur(word)
        return word + "e"

    def _eur(self, word: str) -> str:
        if word in self.sets["eure"] or word.endswith("érieur"):
            return word + "e"
        if word.endswith("teur") and word not in self.sets["teuse"]:
            return word[:-3] + "rice"
        return word[:-1] + "se"


def noun(word: str, genders: str, endings: Endings) -> Iterator[tuple[str, str]]:
    """Forms of a noun: `m`, `f`, `c` (one form for both genders) or `p` (a person, with a feminine by rule)."""
    if genders == "p":
        yield from noun(word, "m", endings)
        female = endings.feminine_of(word)
        yield from noun(female, "f" if female != word else "m", endings)
        return
    gender = "" if genders == "c" else genders
    yield word, f"n{gender}s"
    for plural in endings.plurals(word):
        yield plural, f"n{gender}p"


def adjective(word: str, endings: Endings) -> Iterator[tuple[str, str]]:
    """Forms of an adjective."""
    female = endings.feminine_of(word)
    if female == word:
        yield word, "as"
        yield word + "s", "ap"
        return
    yield word, "ams"
    for plural in endings.plurals(word):
        yield plural, "amp"
    yield female, "afs"
    yield female + "s", "afp"


def adverb(word: str, endings: Endings) -> str:
    """The adverb in -ment of an adjective."""
    for end, other in (("ant", "amment"), ("ent", "emment")):
        if word.endswith(end) and len(word) > 5:
            return word[:-3] + other
    base = word if word[-1] in VOWELS else endings.feminine_of(word)
    return base + "ment"


def from_verb(verb: str, stem: str) -> Iterator[tuple[str, str]]:
    """(word, kind) of nouns and adjectives that French makes freely of a verb: bombardement, patrouilleur, mobilisation. `stem`: what stands
    before -ons of the present; kinds as for `noun`, and `a` for an adjective."""
    back = stem[:-1] if stem.endswith("ge") and verb.endswith("ger") else stem
    soft = back[:-1] + "c" if back.endswith("ç") else back
    for end, kind in (("age", "m"), ("able", "a")):
        yield stem + end, kind
    yield soft + "eur", "p"
    yield soft + "ement", "m"
    if verb.endswith("er"):
        hard = back.replace("è", "é")
        hard = hard[:-2] + {"qu": "c", "gu": "g"}[hard[-2:]] if hard.endswith(("qu", "gu")) else soft if hard.endswith("ç") else hard
        yield from ((hard + end, kind) for end, kind in (("ation", "f"), ("ateur", "p"), ("age", "m"), ("able", "a")))
    if verb.endswith("ifier"):
        yield verb[:-2] + "cation", "f"
        yield verb[:-2] + "cateur", "p"


def from_adjective(word: str) -> Iterator[tuple[str, str]]:
    """(word, kind) of nouns that French makes freely of an adjective: efficacité, régionalisme."""
    for end, other in QUALITY:
        if word.endswith(end):
            yield word[: len(word) - len(end)] + other, "f"
    if word.endswith("al"):
        yield from ((word + end, kind) for end, kind in (("isme", "m"), ("iste", "c"), ("isation", "f")))
