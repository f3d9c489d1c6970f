"""Which way a clause looks: past, future, or neither. From the parse where there is one, else from the forms of words. May import: `lang`, `model`.

With a parse: the nearest governing verb of the expression, its auxiliaries and its own governor ("doit se rendre mardi"). Without: the nearest
tense-bearing form of the same sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from selon.lang import Pack, per_pack
from selon.model import Parse, Token
from selon.resolve.when.words import Words

_STOPS = frozenset(".!?;")
_REACH = 14
# Relations of what people are called to ("to a summit on Saturday").
_CALLED = frozenset(("obj", "obl"))


class Tenses:
    """The pack's data on tense, ready for use."""

    def __init__(self, pack: Pack) -> None:
        table = pack.table("time-tense")
        self.future_endings = tuple(table["future_endings"])
        self.future_except = frozenset(table["future_except"])
        self.past_endings = tuple(table["past_endings"])
        self.future_words = frozenset(table["future_words"])
        self.past_words = frozenset(table["past_words"])
        ahead = pack.lexicons["time-ahead"]
        self.ahead_words = frozenset(e.key for e in ahead if e["kind"] == "word")
        self.ahead_verbs = frozenset(e.key for e in ahead if e["kind"] == "verb")
        self.ahead_calls = frozenset(e.key for e in ahead if e["kind"] == "call")

    def of_word(self, word: str) -> str:
        """past, future or "" by the form alone."""
        if word in self.ahead_words or word in self.future_words:
            return "future"
        if word in self.past_words:
            return "past"
        if len(word) > 4 and word.endswith(self.future_endings) and word not in self.future_except:
            return "future"
        if len(word) > 5 and word.endswith(self.past_endings):
            return "past"
        return ""

    def around(self, words: Words, first: int, stop: int) -> str:
        """The tense of the nearest tense-bearing form in the sentence of the words `first` to `stop`."""
        best, near = "", _REACH + 1
        for k in _window(words, first - 1, -1):
            t = self.of_word(words.low[k])
            if t:
                best, near = t, first - k
                break
        for k in _window(words, stop, 1):
            t = self.of_word(words.low[k])
            if t:
                # What precedes binds more closely than what follows at the same distance.
                if k - stop + 2 < near:
                    best = t
                break
        return best

    def of_clause(self, parse: Parse, token: Token) -> str:
        """The tense of the clause that the token stands in, by its governing verb."""
        for t in (token, *parse.ancestors(token)):
            if t.i != token.i and t.lower in self.ahead_words:
                return "future"
            if t.i == token.head and t.pos == "NOUN" and t.rel in _CALLED and parse[t.head].lemma.lower() in self.ahead_calls:
                return "future"
            if t.pos in ("VERB", "AUX") or any(c.rel == "cop" for c in parse.children(t)):
                tense = self._of_verb(parse, t)
                if tense:
                    return tense
        return ""

    def _of_verb(self, parse: Parse, verb: Token) -> str:
        head = parse.head(verb)
        form = verb.feats.get("VerbForm")
        helpers = [c for c in parse.children(verb) if c.rel in ("aux", "cop")]
        if form == "Inf" and any(h.lower in self.ahead_words for h in helpers):
            return "future"
        if form == "Inf":
            if head is not None and head.lemma.lower() in self.ahead_verbs:
                return self._of_verb(parse, head) or "future"
            return ""
        if verb.lower in self.ahead_words:
            return "future"
        for h in (*helpers, verb):
            if h.feats.get("Tense") == "Fut" or h.lower in self.ahead_words:
                return "future"
        if helpers and form == "Part" and verb.feats.get("Tense") != "Pres":
            return "past"
        if verb.feats.get("Tense") in ("Past", "Imp"):
            return "past"
        return ""


def _window(words: Words, k: int, step: int) -> Iterator[int]:
    for _ in range(_REACH):
        if not 0 <= k < len(words) or words.low[k] in _STOPS:
            return
        yield k
        k += step


@per_pack
def tenses_of(pack: Pack) -> Tenses:
    """The tense data of a pack."""
    return Tenses(pack)
