"""The place words of a language pack, compiled once per pack. May import: `lang`, `rules`, `fold`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selon.lang import Pack
from selon.model import Token
from selon.rules import Entry
from selon.rules.lexicon import Lexicon


@dataclass(frozen=True)
class Words:
    """Everything the recognition of places asks a language: sets and maps with lower-case keys, apostrophes as `'`."""

    classifiers: Mapping[str, Entry]
    prepositions: Mapping[str, Entry]
    people: Mapping[str, Entry]
    countries: Mapping[str, str]
    demonyms: Mapping[str, str]
    metonyms: Mapping[str, Entry]
    articles: frozenset[str]
    links: frozenset[str]
    of: frozenset[str]
    modifiers: frozenset[str]
    never: frozenset[str]
    directions: frozenset[str]
    senses: Mapping[str, Entry]
    contracted: frozenset[str]
    datives: frozenset[str]
    joins: frozenset[str]
    speaking: frozenset[str]
    hostile: frozenset[str]
    suffering: frozenset[str]
    giving: frozenset[str]
    ages: frozenset[str]
    coming: frozenset[str]
    possessives: frozenset[str]
    bullets: frozenset[str]
    where: frozenset[str]
    deictics: frozenset[str]
    reporting: frozenset[str]
    longest: int
    link: str
    neighbours: frozenset[str]
    premodifiers: frozenset[str]
    genitives: frozenset[str]
    mastheads: frozenset[str]
    superlatives: frozenset[str]
    since: frozenset[str]
    dwelling: frozenset[str]
    favours: frozenset[str]
    fillers: frozenset[str]
    indefinites: frozenset[str]


_COMPILED: dict[str, Words] = {}


def plain(token: Token) -> str:
    """The lower-case form with a straight apostrophe: the key of a closed-class word."""
    return token.lower.replace("’", "'") if "’" in token.text else token.lower


def entry_for(words: Mapping[str, Entry], token: Token) -> Entry | None:
    """The entry of a token by its form, else by its lemma."""
    return words.get(plain(token)) or words.get(token.lemma.lower())


def _by(lexicon: Lexicon, attribute: str, value: str) -> frozenset[str]:
    return frozenset(e.key for e in lexicon if value in e.get(attribute).split())


def words_of(pack: Pack) -> Words:
    """The compiled words of a pack. Raises PackError when one of the place lexicons is missing."""
    found = _COMPILED.get(pack.hash)
    if found is not None:
        return found
    lex = pack.lexicons
    small, verbs = lex["place-words"], lex["place-verbs"]
    words = Words(
        classifiers=lex["place-classifiers"].entries,
        prepositions=lex["place-prepositions"].entries,
        people=lex["place-people"].entries,
        countries={e.key: e["iso"] for e in lex["place-countries"]},
        demonyms={e.key: e["iso"] for e in lex["place-demonyms"]},
        metonyms=lex["place-metonyms"].entries,
        articles=_by(small, "is", "article"),
        links=_by(small, "is", "link"),
        of=_by(small, "is", "of"),
        modifiers=_by(small, "is", "modifier"),
        never=_by(small, "is", "never"),
        directions=_by(small, "is", "direction"),
        senses=lex["place-senses"].entries,
        contracted=_by(small, "is", "contracted"),
        datives=_by(small, "is", "dative"),
        joins=_by(small, "is", "join"),
        speaking=_by(verbs, "is", "speech"),
        hostile=_by(verbs, "is", "hostile"),
        suffering=_by(verbs, "is", "suffer"),
        giving=_by(verbs, "is", "give"),
        ages=_by(small, "is", "age"),
        where=_by(small, "is", "where"),
        deictics=_by(small, "is", "deictic"),
        coming=_by(verbs, "is", "come"),
        possessives=_by(small, "is", "possessive"),
        bullets=frozenset("-–—|/[(►▶•●■*·>"),
        reporting=frozenset(e.key for e in lex["reporting-verbs"]),
        link=next(iter(_by(small, "is", "link-form")), ""),
        neighbours=_by(small, "is", "neighbour"),
        premodifiers=_by(small, "is", "premodifier"),
        genitives=_by(small, "is", "genitive"),
        mastheads=_by(small, "is", "masthead"),
        superlatives=_by(small, "is", "superlative"),
        since=_by(small, "is", "since"),
        favours=_by(small, "is", "favour"),
        fillers=_by(small, "is", "filler"),
        indefinites=_by(small, "is", "indefinite"),
        dwelling=_by(verbs, "is", "dwell"),
        longest=max(len(k.split(" ")) for k in lex["place-prepositions"].entries),
    )
    if len(_COMPILED) > 16:
        _COMPILED.clear()
    _COMPILED[pack.hash] = words
    return words
