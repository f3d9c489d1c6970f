"""Recognition: which words of a report name a place, in what context and in what role. Decides nothing about which place it is.

A name is a run of words that begins with a capital and that the gazetteer or the pack knows, the longest first; or one it does not
know behind a word such as "village". The words to the left (classifier, adjective of a country, preposition) tell what sort of place is
meant and whether the name stands for a place or for a government. Reads surface order first and the parse only to decide between
agent and place, so that wrong attachments cost little. May import: `lang`, `gazetteer`, `words`, `context`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from selon.model import Parse, Token
from selon.model.shapes import is_loud, is_titled, is_word, joined
from selon.resolve.where.context import Context, classifier_behind, left_context, opens_line, role_of
from selon.resolve.where.gazetteer import ARTICLES, Gazetteer
from selon.resolve.where.layout import iso_key
from selon.resolve.where.sheet import Candidate
from selon.resolve.where.words import Words, entry_for, plain
from selon.rules import Entry

Role = Literal["place", "agent", "office", "topic", "dateline"]
REACH = 7


def capital(t: Token) -> bool:
    """Whether a word begins with a capital, perhaps behind an Arabic article that is written small ("el-Facher")."""
    first = t.text[:1]
    if first.isupper():
        return True
    head, dash, tail = t.text.partition("-")
    return bool(dash) and tail[:1].isupper() and head in ARTICLES


@dataclass(frozen=True, slots=True)
class Mention:
    """A name (or a noun that takes one up) in its context. `first` to `last` are its tokens, `start` to `end` its span with classifier."""

    first: int
    last: int
    start: int
    end: int
    name: str
    candidates: tuple[Candidate, ...]
    context: Context
    role: Role
    anaphor: bool = False
    sense: bool = False
    listed: bool = False


class Finder:
    """One pass over one parse."""

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

    def find(self) -> Iterator[Mention]:
        """Mentions in text order; they do not overlap."""
        i, n = 0, len(self.parse)
        previous: Mention | None = None
        while i < n:
            m = self._at(i, previous)
            if m is None:
                i += 1
                continue
            yield m
            previous = m
            i = m.last + 1

    def _at(self, i: int, previous: Mention | None) -> Mention | None:
        t = self.parse[i]
        if not capital(t):
            entry = entry_for(self.words.classifiers, t)
            return self._lowercase(i, entry) if entry is not None and is_word(t) else None
        if not is_word(t):
            return None
        low = plain(t)
        match = self._longest(i)
        if match is None:
            return self._unknown(i, previous)
        j, candidates, known = match
        if not known and self._cut_short(i, j, previous):
            return self._unknown(i, previous)
        if i == j and not known and not self._plausible(i, low, candidates):
            return None
        return self._build(i, j, candidates, previous, known)

    def _cut_short(self, i: int, j: int, previous: Mention | None) -> bool:
        """Whether a known name is only the beginning of a longer one that nobody knows, behind a word such as "village" ("Lin" of "Lin Ta Lu")."""
        parse = self.parse
        if j + 1 >= len(parse) or not joined(parse, j, j + 1) or not capital(parse[j + 1]) or not is_word(parse[j + 1]):
            return False
        if parse.text[parse[j].end : parse[j + 1].start] != " " or self.loud[parse[i].sent] or self.titled[parse[i].sent]:
            return False
        context = left_context(parse, self.words, i, previous.context if previous and self._continues(previous, i) else None)
        return context.classifier_at is not None and context.of and context.expects in ("settlement", "district", "site")

    def _names(self, i: int) -> Iterator[tuple[int, str]]:
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
        for j, text in self._names(i):
            key = text.lower().replace("’", "'")
            last = self.parse[j]
            if key in words.countries:
                return j, self._country(key, text), True
            if key in words.metonyms and key not in words.senses:
                return j, self.gazetteer.lookup(text), True
            if last.text.islower() and not self.loud[last.sent]:
                own = (
                    tuple(
                        c for c in self.gazetteer.lookup(text) if c.geonameid is None and c.kind in ("site", "region", "water", "district")
                    )
                    if j > i
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

    def _build(self, i: int, j: int, candidates: tuple[Candidate, ...], previous: Mention | None, known: bool) -> Mention | None:
        parse, words = self.parse, self.words
        goes_on = previous is not None and self._continues(previous, i)
        context = left_context(parse, words, i, previous.context if previous and goes_on else None)
        if context.person or (context.body and not context.of):
            return None
        behind = classifier_behind(parse, words, j) if context.classifier_at is None or context.part else None
        if behind is not None:
            context = self._classified(context, i, behind)
            candidates = self.gazetteer.lookup(parse.text[parse[i].start : parse[behind].end]) or candidates
        elif context.classifier_at is not None:
            whole = self._with_classifier(context.classifier_at, i, j)
            if whole:
                candidates = whole
        elif not known and self._in_person(i, j):
            return None
        if self._masthead(j) or self._clock(context):
            return None
        if context.classifier_at is not None and context.expects == "country" and j + 1 < len(parse) and self._in_person(i, j):
            return None  # "leur pays de Vladimir …": a person
        text = parse.text[parse[i].start : parse[j].end]
        first = words.classifiers.get(plain(parse[i])) if j > i else None
        if first is not None and first.get("name"):
            context = replace(context, expects=first["kind"])
        if i == j and context.classifier_at is None and text in self.surnames and not known:
            return None
        if text.lower() in words.directions and context.expects not in ("admin1", "admin2"):
            return None
        role = role_of(parse, words, i, j, context, text, candidates)
        start = parse[context.left].start
        return Mention(i, j, start, parse[j].end, text, candidates, context, role, sense=text.lower() in words.senses, listed=goes_on)

    def _classified(self, context: Context, i: int, behind: int) -> Context:
        """The context of the name at i with the classifier that stands behind it, and the preposition before it."""
        entry = entry_for(self.words.classifiers, self.parse[behind])
        kind = entry["kind"] if entry is not None else ""
        if kind in ("part", "border", "none"):
            return context
        return replace(context, expects=kind, soft="", classifier_at=behind)

    def _continues(self, previous: Mention, i: int) -> bool:
        """Whether the name at i goes on a list that `previous` began: a comma, "et", "ou" between, perhaps with "de" or an article."""
        between = self.parse.tokens[previous.last + 1 : i]
        after = self.parse.tokens[i + 1 : i + 2]
        if after and after[0].pos in ("VERB", "AUX") and between and between[-1].text == ",":
            return False  # "à X, Y annonce": Y begins a clause of its own
        if not between or len(between) > 4 or self.parse[previous.last].sent != self.parse[i].sent:
            return False
        small = self.words.of | self.words.articles
        joins = [t for t in between if t.text == "," or plain(t) in self.words.joins]
        return bool(joins) and all(t.text == "," or plain(t) in self.words.joins or plain(t) in small for t in between)

    def _with_classifier(self, at: int, i: int, j: int) -> tuple[Candidate, ...]:
        """Places whose name includes the classifier: "mer Noire", "bande de Gaza", "centrale de …", without adjectives between."""
        parse = self.parse
        name = parse.text[parse[i].start : parse[j].end]
        full = parse.text[parse[at].start : parse[j].end]
        hits = self.gazetteer.lookup(full)
        if not hits:
            small = [t for t in parse.tokens[at + 1 : i] if plain(t) in self.words.of or plain(t) in self.words.articles]
            between = parse.text[small[0].start : small[-1].end] + ("" if small[-1].text[-1:] in "'’" else " ") if small else ""
            hits = self.gazetteer.lookup(f"{parse[at].text} {between}{name}")
        return hits

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

    def _unknown(self, i: int, previous: Mention | None) -> Mention | None:
        """A name that the gazetteer does not know, but that a word such as "village" or a list of villages makes a place."""
        parse = self.parse
        j = i
        while j + 1 < len(parse) and joined(parse, j, j + 1) and is_word(parse[j + 1]):
            if capital(parse[j + 1]):
                j += 1
            elif plain(parse[j + 1]) in self.words.links and j + 2 < len(parse) and joined(parse, j + 1, j + 2) and capital(parse[j + 2]):
                if plain(parse[j + 1]) in self.words.joins:
                    break
                j += 2
            else:
                break
        context = left_context(parse, self.words, i, previous.context if previous and self._continues(previous, i) else None)
        if context.person:
            return None
        text = parse.text[parse[i].start : parse[j].end]
        low = text.lower()
        if low in self.words.never or low in self.words.demonyms or len(text) < 3 or self.loud[parse[i].sent]:
            return None
        if low.partition("-")[0] in self.words.demonyms:
            return None  # "Russian-occupied": whose it is
        if i == j and text.isupper() and len(text) < 7 and context.expects == "site":
            return None  # "une école de l'UNRWA": whose it is, not what it is called
        apposed = self._apposed(i, j)
        if apposed is not None:
            return Mention(i, j, parse[i].start, parse[j].end, text, (), replace(context, expects=apposed), "place")
        behind = classifier_behind(parse, self.words, j) if context.classifier_at is None else None
        opens = plain(parse[i]) in self.words.prepositions or plain(parse[i]) in self.words.never
        if behind is not None and not opens and plain(parse[i - 1] if i else parse[i]) not in self.words.demonyms:
            after = self._classified(context, i, behind)
            if after.expects in ("settlement", "admin1", "admin2", "district"):
                found = self.gazetteer.lookup(parse.text[parse[i].start : parse[behind].end])
                return Mention(i, j, parse[context.left].start, parse[j].end, text, found, after, "place")
        if context.part and context.of and parse[i].pos == "PROPN" and context.rel in ("in", "near", "of") and text not in self.surnames:
            context = replace(context, expects="settlement")  # "à l'entrée de X"
        named = context.classifier_at is not None and context.expects in ("settlement", "admin2", "district", "water", "site")
        if named and context.classifier_at is not None:
            whole = self._with_classifier(context.classifier_at, i, j)
            return Mention(i, j, parse[context.left].start, parse[j].end, text, whole, context, "place")
        argument = parse[i].deprel in ("obl:arg", "iobj", "obj")
        loose = context.soft == "any" and not (text.isupper() or opens or parse[i].rel == "compound")
        soft = context.rel == "in" and (context.soft == "settlement" or loose)
        if soft and parse[i].pos == "PROPN" and not argument and text not in self.surnames:
            return Mention(i, j, parse[i].start, parse[j].end, text, (), context, "place")
        return None

    def _apposed(self, i: int, j: int) -> str | None:
        """The sort of place that a noun without a name of its own gives to the name beside it ("une localité voisine, X,")."""
        parse, words = self.parse, self.words
        if (
            i < 2
            or parse[i - 1].text != ","
            or j + 1 >= len(parse)
            or parse[j + 1].text not in (",", ".", ")", ":")
            or parse[i].pos != "PROPN"
        ):
            return None
        k = i - 2
        while k > 0 and i - k < 5 and (parse[k].pos in ("ADJ", "ADV") or plain(parse[k]) in words.modifiers):
            k -= 1
        entry = entry_for(words.classifiers, parse[k])
        return (
            entry["kind"] if entry is not None and entry["kind"] in ("settlement", "district") and parse[k].sent == parse[i].sent else None
        )

    def _lowercase(self, i: int, entry: Entry) -> Mention | None:
        """Nouns that take a place up ("la ville", "le territoire russe"), and names whose first word is written small ("mer Noire")."""
        parse, words = self.parse, self.words
        t = parse[i]
        kind = entry["kind"]
        for j, text in self._names(i):
            if j > i and capital(parse[j]):
                found = tuple(c for c in self.gazetteer.lookup(text) if c.kind in ("water", "region", "site", "admin1", "district"))
                found = tuple(c for c in found if c.kind == kind) or found
                if found or text.lower() in words.countries:
                    context = replace(left_context(parse, words, i, None), expects="")
                    found = found or self._country(text.lower(), text)
                    left = parse[context.left].start if context.classifier_at is None else parse[i].start
                    return Mention(i, j, left, parse[j].end, text, found, context, role_of(parse, words, i, j, context, text, found))
        j = i
        iso = None
        while j + 1 < len(parse) and j - i < 3 and joined(parse, j, j + 1):
            nxt = plain(parse[j + 1])
            if nxt in words.demonyms:
                iso = words.demonyms[nxt]
            elif parse[j + 1].pos in ("AUX", "VERB") or (nxt not in words.modifiers and parse[j + 1].pos != "ADJ"):
                break
            j += 1
        after = parse[j + 1] if j + 1 < len(parse) and parse[j + 1].sent == t.sent else None
        if after is not None and (plain(after) in words.of or capital(after)) and not (kind == "part" and plain(after) == "du"):
            return None
        if words.premodifiers and after is not None and after.pos in ("NOUN", "PROPN") and joined(parse, j, j + 1):
            return None  # "the state agency": the word only qualifies another
        at = i - 1
        while (
            words.premodifiers
            and at >= 0
            and parse[at].sent == t.sent
            and (plain(parse[at]) in words.demonyms or plain(parse[at]) in words.modifiers)
        ):
            iso = iso or words.demonyms.get(plain(parse[at]))
            at -= 1
        before = plain(parse[at]) if at >= 0 else ""
        definite = before in words.articles or before in words.contracted
        if iso is None and any(plain(parse[k]) in words.neighbours for k in range(i, j + 1)):
            return None
        if kind == "soil" or (iso and kind in ("admin2", "country", "part", "region", "capital")):
            if iso is None and before not in words.possessives:
                return None
        elif not (entry.get("plain") and definite) or kind in ("border", "none"):
            return None
        context = left_context(parse, words, i, None)
        context = replace(context, expects=kind, iso=iso, classifier_at=i)
        left = parse[context.left].start
        return Mention(i, j, left, parse[j].end, plain(t), (), context, "place", anaphor=True)


def find_mentions(parse: Parse, words: Words, gazetteer: Gazetteer) -> list[Mention]:
    """All mentions of a parse in text order."""
    return list(Finder(parse, words, gazetteer).find())
