"""Running a pipeline over texts.

With our own pipelines words, sentence borders and typography are ours and only the labels are the model's. Any other spaCy package with
Universal Dependencies labels runs with its own tokenizer and sentence borders.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from selon.model.parse import NO_FEATS, Feats, Parse, Token
from selon.nlp.chunks import Passages, chunks, groups, ranges, sound
from selon.nlp.lemma import AS_WRITTEN, Lemmatizer
from selon.nlp.lexicon import Lexicon, hints
from selon.nlp.normal import fold, is_shouted, model_word
from selon.nlp.segment import sentence_starts
from selon.nlp.tokenize import Cut, Tokenizer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Job: TypeAlias = "tuple[str, Passages]"

BATCH = 40_000
"""Code points of text that are parsed together before anything is handed out: bounds memory."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One document for the model: tokens of one passage, whole sentences."""

    job: int
    cuts: list[Cut]
    starts: list[int]
    words: list[str]


@dataclass(slots=True)
class Pipeline:
    """A loaded pipeline. `hash` names weights, configuration and the code that cuts text: readings are versioned by it."""

    name: str
    lang: str
    hash: str
    nlp: Language
    tokenizer: Tokenizer | None
    lemmatizer: Lemmatizer
    lexicon: Lexicon
    _feats: dict[str, Feats] = field(default_factory=dict)

    def parse(self, text: str, passages: Passages = None) -> Parse:
        """The parse of `text`, or of its `passages` only: (start, end) code points, in any order, not overlapping."""
        return next(self.parse_many([(text, passages)]))

    def parse_many(self, jobs: Iterable[Job]) -> Iterator[Parse]:
        """One parse per job, in order; texts are batched, memory does not grow with their number."""
        batch: list[Job] = []
        size = 0
        for job in jobs:
            batch.append(job)
            size += len(job[0]) if job[1] is None else sum(b - a for a, b in job[1])
            if size >= BATCH:
                yield from self._batch(batch)
                batch, size = [], 0
        if batch:
            yield from self._batch(batch)

    def _batch(self, jobs: list[Job]) -> list[Parse]:
        tokens: list[list[Token]] = [[] for _ in jobs]
        counts = [0] * len(jobs)  # sentences so far
        units = (u for k, (text, passages) in enumerate(jobs) for u in self._units(k, text, passages))
        with self.nlp.memory_zone():
            if self.tokenizer is None:
                self._foreign(jobs, tokens, counts)
            else:
                pairs = ((self.document(u), u) for u in units)
                for doc, unit in self.nlp.pipe(pairs, as_tuples=True, batch_size=64):
                    text = jobs[unit.job][0]
                    counts[unit.job] = self.collect(text, doc, unit.cuts, unit.starts, tokens[unit.job], counts[unit.job])
        return [Parse.build(text, toks) for (text, _), toks in zip(jobs, tokens, strict=True)]

    # -- our own pipelines ---------------------------------------------------------------------------------------------------------

    def _units(self, job: int, text: str, passages: Passages) -> Iterator[Unit]:
        assert self.tokenizer is not None
        for start, end in ranges(text, passages):
            for a, b in chunks(text, start, end):
                cuts = list(self.tokenizer.cuts(text, a, b))
                starts = sentence_starts(text, cuts, self.tokenizer.data)
                for first, last in groups(starts, len(cuts)):
                    mine = cuts[first:last]
                    begin = [s - first for s in starts if first < s < last]
                    yield Unit(job, mine, [0, *begin], model_words(text, mine, [0, *begin]))

    def document(self, unit: Unit) -> Doc:
        from spacy.tokens import Doc

        tags, lemmas = hints(unit.words, self.lexicon)
        marks: list[bool | int | None] = [False] * len(unit.words)
        for s in unit.starts:
            marks[s] = True
        return Doc(self.nlp.vocab, words=unit.words, tags=tags, lemmas=lemmas, sent_starts=marks)

    def collect(self, text: str, doc: Doc, cuts: Sequence[Cut], starts: Sequence[int], out: list[Token], sent: int) -> int:
        """Appends the tokens of `doc` to `out`, sentences numbered from `sent`; returns the next sentence number."""
        base = len(out)
        bounds = [*starts, len(cuts)]
        for first, last in pairwise(bounds):
            heads = [t.head.i for t in doc[first:last]]
            root = _root(doc, heads, first, last)
            for i, head in enumerate(heads, first):
                t = doc[i]
                a, b = cuts[i]
                rel = t.dep_
                if i == root:
                    head, rel = i, "root"
                elif head == i or not first <= head < last:
                    head, rel = root, "parataxis" if rel.lower() == "root" else rel
                word = text[a:b]
                pos = t.pos_
                folded = fold(word)
                lemma = folded if pos in AS_WRITTEN else self.lemmatizer.choose(folded, pos, t.lemma_)
                out.append(Token(base + i, a, b, word, lemma, pos, base + head, rel or "dep", sent, self._morph(str(t.morph))))
            sent += 1
        return sent

    def _morph(self, text: str) -> Feats:
        """Features as a dictionary, one object for each distinct set."""
        if not text:
            return NO_FEATS
        feats = self._feats.get(text)
        if feats is None:
            feats = self._feats[text] = dict(p.split("=", 1) for p in text.split("|") if "=" in p)
        return feats

    # -- other packages ------------------------------------------------------------------------------------------------------------

    def _foreign(self, jobs: list[Job], tokens: list[list[Token]], counts: list[int]) -> None:
        spans = [(k, a, b) for k, (text, passages) in enumerate(jobs) for p in ranges(text, passages) for a, b in chunks(text, *p)]
        texts = ((sound(jobs[k][0][a:b]), (k, a)) for k, a, b in spans)
        for doc, (k, offset) in self.nlp.pipe(texts, as_tuples=True, batch_size=32):
            text = jobs[k][0]
            keep = [t.i for t in doc if not t.is_space and text[offset + t.idx : offset + t.idx + len(t)].strip()]
            place = {i: n for n, i in enumerate(keep)}
            base = len(tokens[k])
            for sent in doc.sents:
                ids = [t.i for t in sent if t.i in place]
                if not ids:
                    continue
                heads = {i: _solid(doc, i, place) for i in ids}
                root = next((i for i in ids if heads[i] == i), ids[0])
                for i in ids:
                    t = doc[i]
                    head = heads[i] if heads[i] in heads else root
                    rel = t.dep_.lower() or "dep"
                    if i == root:
                        head, rel = i, "root"
                    elif head == i:
                        head, rel = root, "parataxis" if rel == "root" else rel
                    a, b = offset + t.idx, offset + t.idx + len(t)
                    word, feats = text[a:b], self._morph(str(t.morph))
                    tokens[k].append(
                        Token(base + place[i], a, b, word, t.lemma_ or word, t.pos_, base + place[head], rel, counts[k], feats)
                    )
                counts[k] += 1


def model_words(text: str, cuts: Sequence[Cut], starts: Sequence[int]) -> list[str]:
    """Model forms of the tokens; sentences in running capitals are lower-cased."""
    out: list[str] = []
    bounds = [*starts, len(cuts)]
    for first, last in pairwise(bounds):
        words = [text[a:b] for a, b in cuts[first:last]]
        lower = is_shouted(words)
        out.extend(model_word(w, lower) for w in words)
    return out


def _root(doc: Doc, heads: Sequence[int], first: int, last: int) -> int:
    """The root of the sentence: the first token without a head inside it, a predicate before punctuation."""
    roots = [i for i, h in enumerate(heads, first) if h == i or not first <= h < last]
    for i in roots:
        if doc[i].dep_.lower() == "root" and doc[i].pos_ != "PUNCT":
            return i
    return roots[0] if roots else first


def _solid(doc: Doc, i: int, place: dict[int, int]) -> int:
    """The nearest governor of token `i` that is no white space; itself when there is none."""
    seen: int = doc[i].head.i
    while seen not in place:
        above = doc[seen].head.i
        if above == seen:
            return i
        seen = above
    return seen
