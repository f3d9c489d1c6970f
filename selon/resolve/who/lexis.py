"""What a pack knows of actors: roles, titles, pronouns, known bodies and people, nationalities. May import: `lang`, `rules`, `model`, `errors`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from selon.lang import Pack, per_pack
from selon.model import SourceKind
from selon.model.word import plain, straight
from selon.rules import Entry, Lexicon

_FIRST = re.compile(r"(?<=') ?| ")
"""Where the first word of a key ends: at a space, or behind an elision's apostrophe."""
_MOST = 50_000
_PIECES = re.compile(r"[^\s']+'?|'")


@lru_cache(maxsize=20_000)
def unaccented(word: str) -> str:
    """Without marks: capitals often lose theirs ("Etat")."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class Known:
    """A body or person of the shipped tables. `country` None = above states, or of none."""

    name: str
    kind: SourceKind
    country: str | None
    person: bool
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A role noun at words `first` to `last` of a mention."""

    first: int
    last: int
    entry: Entry

    @property
    def key(self) -> str:
        return self.entry.key

    @property
    def kind(self) -> SourceKind:
        return cast(SourceKind, self.entry["kind"])

    @property
    def is_body(self) -> bool:
        return self.entry.get("body") == "yes"

    @property
    def is_private(self) -> bool:
        return self.entry.get("private") == "yes"


class Lexis:
    """Look-ups over the words of a mention."""

    def __init__(self, pack: Pack) -> None:
        self.roles: Lexicon = pack.lexicons["actor-roles"]
        self.words: Lexicon = pack.lexicons["actor-words"]
        self.demonyms: Lexicon = pack.lexicons["place-demonyms"]
        self.countries: Lexicon = pack.lexicons["place-countries"]
        self.metonyms: Lexicon = pack.lexicons["place-metonyms"]
        self.states: Mapping[str, str] = cast("Mapping[str, str]", pack.table("states"))
        self._known: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
        for table, field, person in (("institutions", "institutions", False), ("people", "people", True)):
            for row in cast("list[dict[str, Any]]", pack.table(table)[field]):
                known = Known(row["name"], row["kind"], row.get("country"), person, tuple(row.get("office", ())))
                for name in (row["name"], *row.get("also", ())):
                    words = tuple(_PIECES.findall(straight(str(name))))
                    self._known.setdefault(words[0], []).append((words, known))
        self._add_surnames()
        self._long: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
        for names in self._known.values():
            for words, known in names:
                if len(words) >= 3:
                    low = tuple(plain(w) for w in words)
                    self._long.setdefault(low[0], []).append((low, known))
        for names in self._known.values():
            names.sort(key=lambda n: -len(n[0]))
        self._role_phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        for e in self.roles:
            words = tuple(_PIECES.findall(unaccented(e.key)))
            self._role_phrases.setdefault(words[0], []).append((words, e))
        for phrases in self._role_phrases.values():
            phrases.sort(key=lambda p: -len(p[0]))
        self._begun: dict[str, Sequence[tuple[tuple[str, ...], Entry]]] = {}
        self._states_begin = frozenset(_FIRST.split(e.key)[0] for lexicon in (self.countries, self.metonyms) for e in lexicon)

    def _add_surnames(self) -> None:
        """A surname alone means the one person of the table who bears it; short ones mean too many others."""
        bearers: dict[str, set[Known]] = {}
        for names in self._known.values():
            for words, known in names:
                if known.person and len(words) > 1:
                    bearers.setdefault(words[-1], set()).add(known)
        for surname, people in bearers.items():
            if len(people) == 1 and len(surname) > 4 and surname not in self._known:
                self._known[surname] = [((surname,), next(iter(people)))]

    def known_at(self, words: Sequence[str], k: int) -> tuple[int, Known] | None:
        """The longest known name at word `k` (words as written, apostrophes plain): (number of words, what it is)."""
        for name, known in self._known.get(words[k], ()):
            if tuple(words[k : k + len(name)]) == name:
                return len(name), known
        # Long names are known in any case: "Observatoire Syrien des Droits de l'Homme".
        for name, known in self._long.get(plain(words[k]), ()):
            if tuple(plain(w) for w in words[k : k + len(name)]) == name:
                return len(name), known
        return None

    def role_at(self, lower: Sequence[str], k: int) -> Role | None:
        """The longest role noun at word `k`; a plural is tried without its ending."""
        for phrase, entry in self._roles_from(lower[k]):
            if len(phrase) == 1 or tuple(unaccented(w) for w in lower[k + 1 : k + len(phrase)]) == phrase[1:]:
                return Role(k, k + len(phrase) - 1, entry)
        return None

    def _roles_from(self, lower: str) -> Sequence[tuple[tuple[str, ...], Entry]]:
        """The role nouns that may begin with a word, or with its singular: the same words come again and again."""
        found = self._begun.get(lower)
        if found is None:
            word = unaccented(lower)
            found = [p for form in (word, *_singulars(word)) for p in self._role_phrases.get(form, ())]
            if len(self._begun) > _MOST:
                self._begun.clear()
            self._begun[lower] = found
        return found

    def word(self, lower: str) -> Entry | None:
        return self.words.get(lower)

    def what(self, lower: str) -> str:
        """What a small word is: title, pronoun, article, demonstrative… or ""."""
        e = self.words.get(lower)
        return e["is"] if e is not None else ""

    def nation(self, lower: Sequence[str], k: int, proper: bool) -> tuple[int, str] | None:
        """A nationality, a state or a capital that speaks for one at word `k`: (number of words, ISO 3166 code)."""
        entry = self.demonyms.get(lower[k])
        if entry is not None:
            return 1, entry["iso"]
        if lower[k] not in self._states_begin:
            return None
        for n in (3, 2, 1):
            phrase = " ".join(lower[k : k + n]).replace("' ", "'")
            entry = self.countries.get(phrase) or (self.metonyms.get(phrase) if proper else None)
            if entry is not None and k + n <= len(lower):
                return n, entry["iso"]
        return None


def _singulars(word: str) -> tuple[str, ...]:
    return (word[:-1],) if word.endswith(("s", "x")) and len(word) > 3 else ()


@per_pack
def lexis_of(pack: Pack) -> Lexis:
    """The actor words of a pack, built once per pack."""
    return Lexis(pack)


KINDS: Mapping[str, int] = {
    k: i
    for i, k in enumerate(
        ("official", "armed_group", "politician", "organisation", "media", "expert", "document", "witness", "anonymous", "other")
    )
}
"""Kinds in the order in which they win where mentions of one actor differ."""
