"""Which runs of capitalised words are names that the gazetteer or the pack knows, and which of them only look like places.

May import: `lang`, `gazetteer`, `words`, `context`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from selon.model import Parse, Token
from selon.model.shapes import is_loud, is_titled, is_word, joined
from selon.resolve.where.context import Context, opens_line
from selon.resolve.where.gazetteer import ARTICLES, Gazetteer
from selon.resolve.where.layout import iso_key
from selon.resolve.where.sheet import Candidate
from selon.resolve.where.words import Words, plain

REACH = 7
_ENDS = frozenset(("NOUN", "ADJ", "PROPN", "X"))
"""What the last word of a name may be where it is written small."""


def capital(t: Token) -> bool:
    """Whether a word begins with a capital, perhaps behind an Arabic article that is written small ("el-Facher")."""
    if t.text[:1].isupper():
        return True
    if "-" not in t.text:
        return False
    head, _, tail = t.text.partition("-")
    return tail[:1].isupper() and head in ARTICLES


class Names:
    """The names of one parse."""

    def __init__(self, parse: Parse, words: Words, gazetteer: Gazetteer) -> None:
        self.parse, self.words, self.gazetteer = parse, words, gazetteer
        self.loud = [is_loud(parse, parse.sentences[k]) for k in range(len(parse.sentences))]
        self.titled = [is_titled(parse, parse.sentences[k]) for k in range(len(parse.sentences))]
        self.lower = {plain(t) for t in parse if t.text[:1].islower()}
        self.located = self._located()
        self.located_lower = {w.lower() for w in self.located}
        self.surnames = self._surnames() - self.located

    def _located(self) -> set[str]:
        """Capitalised words that follow a preposition of place somewhere in the report, and so are names of places elsewhere too."""
        out: set[str] = set()
        tokens = self.parse.tokens
        for k in range(1, len(tokens)):
            entry = self.words.prepositions.get(plain(tokens[k - 1])) if capital(tokens[k]) else None
            if (
                entry is not None
                and entry["rel"] in ("in", "between", "to", "from")
                and not self.loud[tokens[k].sent]
                and tokens[k].pos == "PROPN"
            ):
                argument = (
                    tokens[k].deprel in ("obl:arg", "iobj", "obj") and entry["rel"] == "in" and plain(tokens[k - 1]) in self.words.datives
                )
                if not argument:
                    out.add(tokens[k].text)
        return out

    def _surnames(self) -> set[str]:
        """The last words of runs such as "Iouri Ignat" that nothing but a person's name explains: three times safer than a list of names."""
        out: set[str] = set()
        tokens = self.parse.tokens
        k = 0
        while k < len(tokens):
            if not (capital(tokens[k]) and tokens[k].pos == "PROPN") or self.loud[tokens[k].sent]:
                k += 1
                continue
            j = k
            while j + 1 < len(tokens) and joined(self.parse, j, j + 1) and capital(tokens[j + 1]) and tokens[j + 1].text.isalpha():
                j += 1
            before = plain(tokens[k - 1]) if k else ""
            title = before in self.words.people and self.words.people[before]["is"] == "person"
            if title or (j > k and not self.gazetteer.lookup(self.parse.text[tokens[k].start : tokens[j].end])):
                out.add(tokens[j].text)
            k = j + 1
        return out

    def runs(self, i: int) -> Iterator[tuple[int, str]]:
        """Ends and texts of the runs that begin at token i, the longest first."""
        ends = [i]
        j = i
        while j + 1 < len(self.parse) and j - i < REACH and joined(self.parse, j, j + 1):
            j += 1
            t = self.parse[j]
            if not is_word(t) and t.text != "-" and not t.text.isdigit():
                break
            if is_word(t) or t.text.isdigit():
                ends.append(j)
        start = self.parse[i].start
        for j in reversed(ends):
            yield j, self.parse.text[start : self.parse[j].end]

    def _longest(self, i: int) -> tuple[int, tuple[Candidate, ...], bool] | None:
        """The longest known name at token i: its end, its places, and whether the pack itself knows it."""
        words = self.words
        for j, text in self.runs(i):
            key = text.lower().replace("’", "'")
            last = self.parse[j]
            if key in words.countries:
                return j, self._country(key, text), True
            if key in words.metonyms and key not in words.senses:
                return j, self.gazetteer.lookup(text), True
            if last.text.islower() and not self.loud[last.sent]:
                own = (
                    tuple(
                        c
                        for c in self.gazetteer.lookup(text)
                        if c.geonameid is None and c.kind in ("site", "region", "water", "district", "admin2")
                    )
                    if j > i and last.pos in _ENDS
                    else ()
                )
                if own:
                    return j, own, True
                continue
            if key in words.senses:
                sense = words.senses[key]
                found = tuple(
                    replace(c, rank=0)
                    for c in self.gazetteer.lookup(sense["name"])
                    if c.kind == sense["kind"] and c.country == sense["iso"]
                )
                if found:
                    rest = tuple(c for c in self.gazetteer.lookup(text) if c.key != found[0].key)
                    return j, (found[0], *rest), True
            if i == j and (
                key in words.never
                or (key in words.classifiers and key not in self.located_lower)
                or key in words.articles
                or key in words.demonyms
            ):
                return None
            if j > i and plain(self.parse[i]) in words.articles and (not capital(self.parse[i + 1]) or self.parse[i + 1].text.isupper()):
                continue
            found = self.gazetteer.lookup(text)
            if not found and text[-1:].isalpha() and "’" in text:
                found = self.gazetteer.lookup(text.replace("’", "'"))
            if found and (j == i or not self._listing(i, j)):
                return j, found, False
        return None

    def _listing(self, i: int, j: int) -> bool:
        """Whether a run of several words is rather a list of names ("Kherson et Odessa")."""
        return any(plain(self.parse[k]) in self.words.joins and self.parse.text[self.parse[k].start - 1] == " " for k in range(i + 1, j))

    def _country(self, key: str, text: str) -> tuple[Candidate, ...]:
        iso = self.words.countries[key]
        own = [c for c in self.gazetteer.lookup(text) if c.country == iso and c.kind == "country"]
        if own:
            return (replace(own[0], rank=0),)
        return tuple(replace(c, rank=0) for c in self.gazetteer.lookup(iso_key(iso)) if c.kind == "country")

    def _plausible(self, i: int, low: str, candidates: tuple[Candidate, ...]) -> bool:
        """Whether one capitalised word is a name at all: not a common word that begins a sentence."""
        t = self.parse[i]
        first = i == self.parse.sentences[t.sent].first or not is_word(self.parse[i - 1])
        if len(t.text) < 3 or self._aged(i):
            return False
        if self.loud[t.sent]:
            best = max(c.population for c in candidates if c.rank < 2) if any(c.rank < 2 for c in candidates) else 0
            return low not in self.lower and (best > 50_000 or any(c.geonameid is None and c.rank < 2 for c in candidates))
        if first and (low in self.lower or t.pos in ("DET", "ADP", "PRON", "ADV", "CCONJ", "SCONJ", "AUX", "VERB", "NUM", "ADJ", "INTJ")):
            return (
                t.pos in ("ADJ", "VERB", "NUM") and low not in self.lower and any(c.rank < 2 and c.population > 100_000 for c in candidates)
            )
        if t.text.isupper():
            if first and len(t.text) > 3 and opens_line(self.parse, i):
                return any(c.rank < 2 for c in candidates)
            return len(t.text) > 4 and (
                t.text.capitalize() in self.located or any(c.rank < 2 and c.population > 100_000 for c in candidates)
            )
        return True

    def _masthead(self, j: int) -> bool:
        """Whether the name belongs to a newspaper's ("… Times")."""
        parse = self.parse
        return j + 1 < len(parse) and joined(parse, j, j + 1) and capital(parse[j + 1]) and plain(parse[j + 1]) in self.words.mastheads

    def _clock(self, context: Context) -> bool:
        """Whether a name only tells by which clock an hour is given ("(14h30 à Paris)")."""
        at = context.prep_at
        if at is None or at == 0 or context.rel != "in":
            return False
        before = self.parse[at - 1]
        return before.text[:1].isdigit() and any(c in "h:" for c in before.text) and self.parse[max(0, at - 2)].text in ("(", ",", "/")

    def _aged(self, i: int) -> bool:
        """Whether an age follows ("Hassan, 34 ans"): a person."""
        after = self.parse.tokens[i + 1 : i + 4]
        return len(after) == 3 and after[0].text in (",", "(") and after[1].text.isdigit() and plain(after[2]) in self.words.ages

    def _in_person(self, i: int, j: int) -> bool:
        """Whether the name stands in a longer run of capitalised words that no gazetteer knows: most likely a person."""
        parse = self.parse
        if self.loud[parse[i].sent]:
            return False
        if self.parse.text[parse[i].start : parse[j].end] in self.located:
            return False
        before = i > 0 and joined(parse, i - 1, i) and capital(parse[i - 1]) and is_word(parse[i - 1])
        if before and (plain(parse[i - 1]) in self.words.premodifiers or plain(parse[i - 1]) in self.words.genitives):
            before = False
        if before and self._beside(i - 1):
            before = False
        if before and (
            (parse[i - 1].pos != "PROPN" and i - 1 == parse.sentences[parse[i].sent].first) or plain(parse[i - 1]) in self.words.articles
        ):
            before = False
        after = j + 1 < len(parse) and joined(parse, j, j + 1) and capital(parse[j + 1]) and is_word(parse[j + 1])
        return before or (after and not self._beside(j + 1))

    def _beside(self, k: int) -> bool:
        """Whether the capitalised word at k is no part of a name beside it: a nationality, or any word of a heading in capitals but a name."""
        t = self.parse[k]
        if not self.words.premodifiers:
            return False
        return plain(t) in self.words.demonyms or (self.titled[t.sent] and (t.pos != "PROPN" or plain(t) in self.lower))
