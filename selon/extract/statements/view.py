"""One report as the finder of statements sees it: parse, words with their classes, quotations, passages. May import: `model`, `lexis`, `quotes`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from selon.extract.statements.lexis import NO_CLASSES, Lexis
from selon.extract.statements.quotes import ALL, SINGLES, Quote, find_quotes
from selon.model import Parse, Passage, Report, Span, Token

DASHES = frozenset("-–—−")
STOPS = frozenset(".!?…")


@dataclass(frozen=True)
class Draft:
    """A statement while it is being found: character offsets of the content, token ranges of cue and source.

    `at` is the index of the cue's head token, or of the first token of the content where there is no cue.
    """

    at: int
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    start: int
    end: int
    stance: str
    rule: str
    frame: str = ""
    channel: str | None = None
    conditional: bool = False
    quoted: bool = False


class View:
    """Precomputed, O(tokens)."""

    def __init__(self, report: Report, parse: Parse, lexis: Lexis) -> None:
        self.report, self.parse, self.lexis = report, parse, lexis
        self.text = parse.text
        self.tokens = parse.tokens
        self.low = [t.lower.replace("’", "'").replace("‘", "'") if "’" in t.text or "‘" in t.text else t.lower for t in self.tokens]
        words = lexis.words
        self.cls = [words.get(w, NO_CLASSES) for w in self.low]
        blocks = [p for p in report.passages if p.kind != "boilerplate"] or [Passage("paragraph", 0, len(self.text))]
        self.passages = blocks
        self._starts = [p.start for p in blocks]
        self.quotes: list[Quote] = []
        for p in blocks:
            if any(c in ALL or c in SINGLES for c in self.text[p.start : p.end]):
                self.quotes += find_quotes(self.text, p.start, p.end, "single-quotes" in lexis.traits)
        self.outer = [q for q in self.quotes if q.depth == 0]
        self._outer_starts = [q.start for q in self.outer]
        self.phrase_starts: set[int] = set()
        for i, w in enumerate(self.low):
            for phrase in lexis.phrases.get(w, ()):
                if phrase.bare != "opening" and tuple(self.low[i : i + len(phrase.words)]) == phrase.words:
                    self.phrase_starts.add(i)
                    break
        self.clause_starts: dict[int, int] = {}
        self._token_starts = [t.start for t in self.tokens]
        self.pasts = self._taken_for_participles() if "pasts-like-participles" in lexis.traits else frozenset()

    def _taken_for_participles(self) -> frozenset[int]:
        """Verbs that the tagger calls past participles and that are pasts, where both look alike: with an active subject and no auxiliary, or
        right behind the noun that seems to be the predicate of its sentence ("The minister promised to …")."""
        subjects = {t.head for t in self.tokens if t.deprel == "nsubj" and t.i < t.head}
        helped = {t.head for t in self.tokens if t.pos == "AUX" and t.rel in ("aux", "cop")}
        out: set[int] = set()
        for t in self.tokens:
            if t.pos != "VERB" or t.feats.get("VerbForm") != "Part" or t.feats.get("Tense") == "Pres" or t.i in helped:
                continue
            head = self.tokens[t.head]
            tied = t.deprel == "acl" or (t.rel in ("conj", "parataxis") and not any(c.rel == "cc" for c in self.children(t.i)))
            garden = tied and head.is_root and head.pos in ("NOUN", "PROPN") and head.i < t.i and head.i not in helped
            bare = t.deprel == "amod" and t.i > 0 and t.lemma.lower() in self.lexis.verbs and self._stands_as_predicate(t.i)
            apart = t.deprel in ("acl", "conj") and t.lemma.lower() in self.lexis.verbs and self._behind_apposition(t.i)
            if (t.i in subjects and not self.accused(t.i)) or apart or bare or (garden and self._governs_as_past(t.i)):
                out.add(t.i)
        return frozenset(out)

    def accused(self, i: int) -> bool:
        """Whether a verb that accuses its object has none before "of", so that it is a participle ("Army accused of looting")."""
        if "pasts-like-participles" not in self.lexis.traits or i + 1 >= len(self.tokens) or "of" not in self.cls[i + 1]:
            return False
        return any(v.frames.get("obj") == "accuses" for v in self.lexis.verbs.get(self.tokens[i].lemma.lower(), ()))

    def _behind_apposition(self, i: int) -> bool:
        """Whether a comma closes an apposition before the word, and a clause, a number or a quotation follows ("The mayor, Ali, suggested that …")."""
        if i < 3 or self.tokens[i - 1].text != "," or not any(self.tokens[j].text == "," for j in range(max(0, i - 7), i - 1)):
            return False
        near = range(i + 1, min(len(self.tokens), i + 5))
        if any("by" in self.cls[j] for j in near) or self.finite_between(max(0, i - 7), i):
            return False
        return any("that" in self.cls[j] or self.numbered(j, j) or self.tokens[j].text in '«“"' for j in near)

    def finite_between(self, first: int, last: int) -> bool:
        """Whether a finite verb stands in [first, last), by its features alone."""
        return any(self.tokens[j].feats.get("VerbForm") == "Fin" for j in range(first, last))

    def _stands_as_predicate(self, i: int) -> bool:
        """Whether an alleged attribute stands right behind a noun or a closing comma ("The group claimed responsibility")."""
        before = self.tokens[i - 1]
        return before.sent == self.tokens[i].sent and (before.pos in ("NOUN", "PROPN", "PRON") or (before.text == "," and before.i > 1))

    def _governs_as_past(self, i: int) -> bool:
        """Whether what follows a word that may be participle or past speaks for a past: no agent, no "of", an infinitive only if the verb takes one."""
        if i + 1 >= len(self.tokens) or self.is_punct(i + 1) or self.is_(i + 1, "by", "of", "in", "on"):
            return False
        if "to" in self.cls[i + 1]:
            return any("inf" in v.frames for v in self.lexis.verbs.get(self.tokens[i].lemma.lower(), ()))
        return True

    def passage(self, position: int) -> Passage:
        return self.passages[max(0, bisect_right(self._starts, position) - 1)]

    def quote_at(self, position: int) -> Quote | None:
        """The outermost quotation that covers a position."""
        k = bisect_right(self._outer_starts, position) - 1
        return self.outer[k] if k >= 0 and self.outer[k].holds(position) else None

    def outer_from(self, position: int) -> Iterator[Quote]:
        """The outermost quotations that begin at `position` or later."""
        return islice(self.outer, bisect_left(self._outer_starts, position), None)

    def quote_ending(self, position: int) -> Quote | None:
        """The outermost quotation whose closing mark is the last mark before `position`, apart from spaces and commas."""
        k = position - 1
        while k >= 0 and (self.text[k].isspace() or self.text[k] in ",-–—."):
            k -= 1
        q = self.quote_at(k) if k >= 0 else None
        return q if q is not None and (q.end == k + 1 or (q.open and q.end >= position)) else None

    def quote_starting(self, position: int) -> Quote | None:
        """The outermost quotation that begins at `position` or after spaces from it."""
        n = len(self.text)
        while position < n and self.text[position].isspace():
            position += 1
        q = self.quote_at(position)
        return q if q is not None and q.start == position else None

    def is_(self, i: int, *classes: str) -> bool:
        return not self.cls[i].isdisjoint(classes)

    def first_from(self, position: int) -> int:
        """Index of the first token that starts at or after `position`."""
        return bisect_left(self._token_starts, position)

    def sentence_range(self, i: int) -> tuple[int, int]:
        s = self.parse.sentences[self.tokens[i].sent]
        return s.first, s.last

    def is_punct(self, i: int) -> bool:
        t = self.tokens[i]
        return t.pos == "PUNCT" or not (t.text.isalnum() or any(c.isalnum() for c in t.text))

    def is_verb(self, i: int) -> bool:
        return self.tokens[i].pos in ("VERB", "AUX")

    def finite(self, i: int) -> bool:
        f = self.tokens[i].feats
        return f.get("VerbForm") == "Fin" or (self.tokens[i].pos in ("VERB", "AUX") and "Mood" in f) or i in self.pasts

    def children(self, i: int) -> list[Token]:
        return self.parse.children(self.tokens[i])

    def below(self, i: int, ancestor: int) -> bool:
        return self.parse.is_below(self.tokens[i], self.tokens[ancestor])

    def numbered(self, first: int, last: int) -> bool:
        """Whether a number, in digits or words, stands between two tokens."""
        return any(
            self.tokens[j].pos == "NUM" or self.tokens[j].text[:1].isdigit() or "number" in self.cls[j] for j in range(first, last + 1)
        )

    def passive_like(self, i: int) -> bool:
        """Whether an agent begins at token `i`."""
        return i < len(self.tokens) and "by" in self.cls[i]

    def span(self, first: int, last: int) -> Span:
        return self.parse.span(first, last)

    def words(self, first: int, last: int) -> Iterable[int]:
        return range(first, last + 1)
