"""Persons that the report introduces by role and name, wherever they stand. May import: `lang`, `rules`, `model`, `errors`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from selon.model import Parse
from selon.model.word import plain
from selon.resolve.who.lexis import Known, Lexis
from selon.resolve.who.mention import Mention
from selon.resolve.who.words import words_of

_REACH = 9
"""Words between a role and the name behind its comma ("le gouverneur de la région voisine, X")."""


@dataclass
class Person:
    """A person of the report: the fullest name so far, role nouns, countries named with it, and where it was first named.

    `ground` is the country that the places around its first mention gave it.
    """

    name: str
    at: int
    roles: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    nations: list[str] = field(default_factory=list)
    known: Known | None = None
    gender: str = ""
    ground: str | None = None
    bodies: list[Known] = field(default_factory=list)


class Register:
    """The persons of one report by surname."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._by_word: dict[str, Person] = {}

    def find(self, name: str) -> Person | None:
        """The person whose full name has this surname (or this whole name)."""
        words = [plain(w) for w in name.split()]
        for w in reversed(words):
            person = self._by_word.get(w)
            if person is not None and (len(words) == 1 or _compatible(words, [plain(x) for x in person.name.split()])):
                return person
        return None

    def add(self, name: str, at: int) -> Person:
        """The person of that name, new or known; a longer name replaces a shorter one."""
        person = self.find(name)
        if person is None:
            person = Person(name, at)
            self.people.append(person)
        elif len(name.split()) > len(person.name.split()):
            person.name = name
        words = name.split()
        self._by_word[plain(words[-1])] = person
        if len(words) > 1:
            self._by_word.setdefault(plain(words[0]), person)
        return person

    def by_role(self, role: str, nations: Sequence[str], before: int) -> Person | None:
        """The last person introduced with this role before a token, else the first one after it."""
        fits = [p for p in self.people if role in p.roles and (not nations or not p.nations or set(nations) & set(p.nations))]
        earlier = [p for p in fits if p.at < before]
        return earlier[-1] if earlier else fits[0] if fits else None


def _compatible(short: list[str], full: list[str]) -> bool:
    """Whether two names can be of one person: they share a word, and no first names contradict each other."""
    if len(short) >= 2 and len(full) >= 2:
        return short[-1] == full[-1] and (short[0] == full[0] or short[0][0] == full[0][0])
    return bool(set(short) & set(full))


def note(register: Register, mention: Mention, lexis: Lexis, kind: str) -> Person | None:
    """Takes the person named in a mention into the register, with all that the mention says of it; `kind` is what its role makes it."""
    if mention.name is None or not _is_person(mention, lexis):
        return None
    person = register.add(mention.name, mention.first)
    for role in mention.roles:
        if not role.is_body and role.key not in person.roles:
            person.roles.append(role.key)
    if mention.roles:
        person.kinds.append(kind)
    person.nations += [n for n in mention.nations if n not in person.nations]
    if mention.known is not None:
        if mention.known.person:
            person.known = person.known or mention.known
        else:
            person.bodies.append(mention.known)
    if not person.gender:
        person.gender = mention.gender if mention.roles or mention.form == "title" else ""
    return person


def _is_person(mention: Mention, lexis: Lexis) -> bool:
    """A name is a person's when a role or title stands by it, when it is known, or when it has two words and nothing else claims it."""
    if mention.known is not None and mention.known.person:
        return True
    if mention.role is not None:
        return any(not r.is_body for r in mention.roles)
    return mention.known is None and mention.name is not None and len(mention.name.split()) >= 2


def introductions(parse: Parse, lexis: Lexis, placed: Sequence[bool]) -> list[tuple[int, int]]:
    """Token ranges of "role … name" and "name, role" in the text."""
    out: list[tuple[int, int]] = []
    free = 0
    for k, role in words_of(parse, lexis).roles:
        if k < free:
            continue
        name = _name_behind(parse, lexis, placed, role.last + 1)
        if name is not None:
            out.append((k, name[1]))
            free = name[1] + 1
            continue
        before = _name_ahead(parse, lexis, placed, k)
        if before is not None:
            out.append((before, role.last))
        free = role.last + 1
    return out


def _named(parse: Parse, placed: Sequence[bool], k: int, sent: int) -> bool:
    t = parse[k] if 0 <= k < len(parse) else None
    return (
        t is not None
        and t.sent == sent
        and t.text[:1].isupper()
        and not placed[t.i]
        and any(c.islower() for c in t.text)
        and t.pos not in ("DET", "ADP")
    )


def _name_behind(parse: Parse, lexis: Lexis, placed: Sequence[bool], k: int) -> tuple[int, int] | None:
    """The name directly behind a role, or behind its complement and a comma."""
    sent = parse[k - 1].sent
    end = min(len(parse), k + _REACH)
    j = k
    comma = False
    while j < end and parse[j].sent == sent:
        t = parse[j]
        if t.text == ",":
            comma, j = True, j + 1
            if not (_named(parse, placed, j, sent) and _named(parse, placed, j + 1, sent)):
                return None
        if _named(parse, placed, j, sent) and (comma or parse[j - 1].pos in ("NOUN", "ADJ", "PROPN", "ADV") or j == k):
            last = j
            while _named(parse, placed, last + 1, sent) or (
                lexis.what(plain(parse[last + 1].text)) == "particle" and _named(parse, placed, last + 2, sent)
                if last + 2 < len(parse)
                else False
            ):
                last += 1
            if last > j or j == k or comma or parse[j].pos == "PROPN":
                return j, last
            return None
        if t.pos in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ") and t.text not in ("(", ")", '"', "«", "»"):
            return None
        j += 1
    return None


def _name_ahead(parse: Parse, lexis: Lexis, placed: Sequence[bool], k: int) -> int | None:
    """The first token of a name of two words or more right before ", (le) role"."""
    sent = parse[k].sent
    j = k - 1
    while j >= 0 and parse[j].sent == sent and parse[j].pos in ("DET", "ADJ") and k - j <= 3:
        j -= 1
    if j < 2 or parse[j].text not in (",", "("):
        return None
    last = j - 1
    first = last
    while _named(parse, placed, first, sent):
        first -= 1
    return first + 1 if last - first >= 2 else None
