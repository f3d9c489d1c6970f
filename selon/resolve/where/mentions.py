"""Recognition: which words of a report name a place, in what context and in what role. Decides nothing about which place it is.

A name is a run of words that begins with a capital and that the gazetteer or the pack knows, the longest first; or one it does not
know behind a word such as "village". The words to the left (classifier, adjective of a country, preposition) tell what sort of place is
meant and whether the name stands for a place or for a government. Reads surface order first and the parse only to decide between
agent and place, so that wrong attachments cost little. May import: `names`, `lang`, `gazetteer`, `words`, `context`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from selon.model import Parse
from selon.model.shapes import is_word, joined
from selon.resolve.where.context import Context, classifier_behind, left_context, role_of
from selon.resolve.where.gazetteer import Gazetteer
from selon.resolve.where.names import Names, capital
from selon.resolve.where.sheet import Candidate
from selon.resolve.where.words import Words, entry_for, plain
from selon.rules import Entry

Role = Literal["place", "agent", "office", "topic", "dateline"]


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


class Finder(Names):
    """One pass over one parse."""

    def find(self) -> Iterator[Mention]:
        """Mentions in text order; they do not overlap."""
        i, n = 0, len(self.parse)
        tokens, classifiers = self.parse.tokens, self.words.classifiers
        previous: Mention | None = None
        while i < n:
            t = tokens[i]
            if t.text[:1].islower() and "-" not in t.text and entry_for(classifiers, t) is None:
                i += 1  # most words: written small, and none that stands by a place
                continue
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
        wanted = ("settlement", "district", "site")
        context = left_context(parse, self.words, i, previous.context if previous and self._continues(previous, i) else None)
        if context.classifier_at is not None and context.of:
            return context.expects in wanted
        end = j
        while end + 1 < len(parse) and joined(parse, end, end + 1) and capital(parse[end + 1]) and is_word(parse[end + 1]):
            end += 1
        behind = classifier_behind(parse, self.words, end)
        return behind is not None and self._classified(context, i, behind).expects in wanted

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

    def _unknown(self, i: int, previous: Mention | None) -> Mention | None:
        """A name that the gazetteer does not know, but that a word such as "village" or a list of villages makes a place."""
        parse = self.parse
        j = i
        while j + 1 < len(parse) and joined(parse, j, j + 1) and is_word(parse[j + 1]):
            if capital(parse[j + 1]):
                j += 1
            elif plain(parse[j + 1]) in self.words.links and j + 2 < len(parse) and joined(parse, j + 1, j + 2) and capital(parse[j + 2]):
                if plain(parse[j + 1]) in self.words.joins or self._parts(j):
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

    def _parts(self, j: int) -> bool:
        """Whether a preposition of place that stands apart follows: "X à Y" are two names, "X-à-Y" is one."""
        entry = self.words.prepositions.get(plain(self.parse[j + 1]))
        return entry is not None and entry["rel"] in ("in", "on") and self.parse.text[self.parse[j].end] == " "

    def _apposed(self, i: int, j: int) -> str | None:
        """The sort of place that a noun without a name of its own gives to the name beside it ("une localité voisine, X,", "X, petite ville")."""
        parse, words = self.parse, self.words
        if j + 2 >= len(parse) or parse[i].pos != "PROPN" or parse[j + 1].text not in (",", ".", ")", ":"):
            return None
        if i > 1 and parse[i - 1].text == ",":
            k = i - 2
            while k > 0 and i - k < 5 and (parse[k].pos in ("ADJ", "ADV") or plain(parse[k]) in words.modifiers):
                k -= 1
            found = self._town_word(k, i)
            if found is not None:
                return found
        if parse[j + 1].text != ",":
            return None
        k = j + 2 + (plain(parse[j + 2]) in words.indefinites)
        while k < len(parse) and k - j < 6 and parse[k].pos == "ADJ" and entry_for(words.classifiers, parse[k]) is None:
            k += 1
        return self._town_word(k, i) if k < len(parse) else None

    def _town_word(self, k: int, i: int) -> str | None:
        """The kind of the classifier at k, where it is one of towns and of the sentence of token i."""
        entry = entry_for(self.words.classifiers, self.parse[k])
        town = entry is not None and entry["kind"] in ("settlement", "district") and self.parse[k].sent == self.parse[i].sent
        return entry["kind"] if entry is not None and town else None

    def _lowercase(self, i: int, entry: Entry) -> Mention | None:
        """Nouns that take a place up ("la ville", "le territoire russe"), and names whose first word is written small ("mer Noire")."""
        parse, words = self.parse, self.words
        t = parse[i]
        kind = entry["kind"]
        for j, text in self.runs(i):
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
        definite = (before in words.articles and before not in words.indefinites) or before in words.contracted
        if iso is None and any(plain(parse[k]) in words.neighbours for k in range(i, j + 1)):
            return None
        if entry.get("owned") and before in words.possessives:
            kind = "soil"  # "sur son territoire"
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
