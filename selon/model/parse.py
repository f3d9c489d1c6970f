"""The parse: tokens, sentences and dependencies of one text, free of any NLP library.

Stages after `nlp` see only this. Labels are Universal Dependencies (https://universaldependencies.org): UPOS, FEATS and DEPREL.
Offsets are Unicode code points into the text that was parsed. May import: nothing of Selon but `model`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from selon.model.span import Span

Feats: TypeAlias = dict[str, str]

NO_FEATS: Feats = {}


@dataclass(frozen=True, slots=True)
class Token:
    """One syntactic word. `head` is the index of its governor in the parse; a root is its own head.

    `lower` is the lower-case text, `rel` the relation without its subtype (`obl:mod` -> `obl`).
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    head: int
    deprel: str
    sent: int
    feats: Feats = field(default_factory=lambda: NO_FEATS)
    lower: str = field(init=False, repr=False, compare=False)
    rel: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Asked for dozens of times a token: worked out once. `object.__setattr__`, because the value is frozen.
        object.__setattr__(self, "lower", self.text.lower())
        object.__setattr__(self, "rel", self.deprel.partition(":")[0])

    @property
    def is_root(self) -> bool:
        return self.head == self.i


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (inclusive)."""

    i: int
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class Parse:
    """Tokens in order and sentences in order over `text`. Every token belongs to exactly one sentence."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i]

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        out: list[list[int]] = [[] for _ in self.tokens]
        for t in self.tokens:
            if t.head != t.i:
                out[t.head].append(t.i)
        return tuple(tuple(c) for c in out)

    def children(self, token: Token) -> list[Token]:
        """Direct dependents in text order."""
        return [self.tokens[j] for j in self._children[token.i]]

    def head(self, token: Token) -> Token | None:
        """The governor, or None for a root."""
        return None if token.head == token.i else self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Governors from the nearest to the root."""
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def subtree(self, token: Token) -> list[int]:
        """Indices of the token and of all below it, sorted."""
        out = [token.i]
        stack = list(self._children[token.i])
        while stack:
            j = stack.pop()
            out.append(j)
            stack.extend(self._children[j])
        out.sort()
        return out

    def is_below(self, token: Token, ancestor: Token) -> bool:
        """Whether `token` is `ancestor` or depends on it at any distance."""
        return token.i == ancestor.i or any(a.i == ancestor.i for a in self.ancestors(token))

    def sentence(self, token: Token) -> Sentence:
        return self.sentences[token.sent]

    def tokens_of(self, sentence: Sentence) -> tuple[Token, ...]:
        return self.tokens[sentence.first : sentence.last + 1]

    @cached_property
    def _starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    def at(self, offset: int) -> Token | None:
        """The token that covers the code point `offset`, else the next one after it, else None."""
        from bisect import bisect_right

        k = bisect_right(self._starts, offset) - 1
        if k >= 0 and self.tokens[k].end > offset:
            return self.tokens[k]
        return self.tokens[k + 1] if k + 1 < len(self.tokens) else None

    def between(self, start: int, end: int) -> tuple[Token, ...]:
        """Tokens that lie wholly in [start, end)."""
        from bisect import bisect_left

        tokens = self.tokens
        first = last = bisect_left(self._starts, start)
        while last < len(tokens) and tokens[last].end <= end:
            last += 1
        return tokens[first:last]

    def span(self, first: int, last: int) -> Span:
        """The text span from token `first` to token `last`, inclusive."""
        return Span.of(self.text, self.tokens[first].start, self.tokens[last].end)

    def span_of(self, indices: Iterable[int]) -> Span:
        """The smallest contiguous span that covers the given tokens."""
        ids = list(indices)
        return self.span(min(ids), max(ids))

    @classmethod
    def build(cls, text: str, tokens: Iterable[Token]) -> Parse:
        """A parse from tokens whose `sent` numbers rise from 0 without gaps.

        Raises ValueError when a token does not match its slice, a head leaves its sentence, or sentence numbers jump.
        """
        toks = tuple(tokens)
        sents: list[Sentence] = []
        first = 0
        for k, t in enumerate(toks):
            if t.i != k or text[t.start : t.end] != t.text:
                raise ValueError(f"token {k} {t.text!r} does not stand at {t.start}:{t.end}")
            if toks[t.head].sent != t.sent:
                raise ValueError(f"token {k} {t.text!r} has its head in another sentence")
            if k + 1 == len(toks) or toks[k + 1].sent != t.sent:
                if t.sent != len(sents):
                    raise ValueError(f"sentence {t.sent} follows sentence {len(sents) - 1}")
                sents.append(Sentence(t.sent, first, k, toks[first].start, t.end))
                first = k + 1
        return cls(text, toks, tuple(sents))


def _feats_text(feats: Feats) -> str:
    return "|".join(f"{k}={v}" for k, v in sorted(feats.items())) or "_"


def to_conllu(parse: Parse) -> str:
    """CoNLL-U with the offsets of each token in MISC (`start=…|end=…`). The text itself is not stored."""
    out: list[str] = []
    for s in parse.sentences:
        for t in parse.tokens_of(s):
            head = 0 if t.is_root else t.head - s.first + 1
            out.append(
                "\t".join(
                    (str(t.i - s.first + 1), t.text.replace("\n", " ") or "_", t.lemma or "_", t.pos or "_", "_", _feats_text(t.feats),
                     str(head), t.deprel or "_", "_", f"start={t.start}|end={t.end}")
                )
            )  # fmt: skip
        out.append("")
    return "\n".join(out) + "\n"


def from_conllu(text: str, conllu: str) -> Parse:
    """The inverse of `to_conllu` over the same text. Raises ValueError when it does not fit."""
    tokens: list[Token] = []
    sent = 0
    first = 0
    for line in [*conllu.split("\n"), ""]:
        if not line.strip():
            if len(tokens) > first:
                sent, first = sent + 1, len(tokens)
            continue
        if line.startswith("#"):
            continue
        c = line.split("\t")
        if len(c) != 10:
            raise ValueError(f"a CoNLL-U line has {len(c)} columns instead of 10: {line[:60]!r}")
        misc = dict(p.split("=", 1) for p in c[9].split("|") if "=" in p)
        start, end = int(misc["start"]), int(misc["end"])
        head = int(c[6])
        i = len(tokens)
        feats: Feats = dict(p.split("=", 1) for p in c[5].split("|") if "=" in p)
        tokens.append(Token(i, start, end, text[start:end], c[2], c[3], i if head == 0 else first + head - 1, c[7], sent, feats))
    return Parse.build(text, tokens)
