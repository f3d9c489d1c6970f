"""Text to tokens, as Universal Dependencies cut it, driven by the language's `tokenizer.yml`.

Works on any Unicode text in time linear in its length. White space, control characters and invisible marks alone make no token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from selon.errors import PipelineError
from selon.nlp.normal import APOSTROPHES, DASHES, INVISIBLE, SPACES, fold

Cut = tuple[int, int]

LONGEST = 200
"""Code points of a run without white space up to which it is looked at as a word; a longer one is one token."""

_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
_W = rf"[\w{_MARKS}{INVISIBLE}]"
_A = f"[{APOSTROPHES}]"
_H = "[-‐‑]"
_NUM = rf"\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,:/’']\d+)*"
_E = "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]"
_M = "[\ufe0f\U0001f3fb-\U0001f3ff]"
_SCAN = re.compile(
    rf"""
    (?P<blank>[\s\x00-\x1f\x7f-\x9f{INVISIBLE}]+)
  | (?P<url>(?:https?://|www\.)[^\s<>"«»“”\x00-\x1f]+)
  | (?P<mail>[\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}})+)
  | (?P<handle>[@\#]{_W}+)
  | (?P<number>(?:(?<![\w.,)])[+±−-])?(?:{_NUM})(?!{_W}|{_H}{_W}|\.\w))
  | (?P<numero>[nN][°º]s?(?![^\W\d]))
  | (?P<initials>(?:[A-ZÀ-Þ]\.{_H}?)+[A-ZÀ-Þ]\.(?!\w))
  | (?P<degree>°[CF]\b)
  | (?P<dots>\.{{2,}}|…)
  | (?P<run>!+|\?[!?]*|-{{2,}}|={{2,}}|_{{2,}}|\*{{2,}})
  | (?P<word>{_W}+(?:(?:[{APOSTROPHES}.&]|{_H}){_W}+)*(?:{_A}(?!\w))?)
  | (?P<emoji>[\U0001f1e6-\U0001f1ff]{{2}}|{_E}{_M}*(?:\u200d{_E}{_M}*)*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_URL_TAIL = re.compile(r"[.,;:!?)\]'’…]+\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]\Z|[^\W\d_]\Z")
_MISSED_SPACE = re.compile(r"(?<=[^\W\d_A-ZÀ-Þ]{2})\.(?=[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]|[A-ZÀ-Þ]\b)")


@dataclass(frozen=True)
class TokenizerData:
    """What a language says of its words; see the comments of `tokenizer.yml`. All lower case."""

    elisions: frozenset[str] = frozenset()
    elision_before: str = ""
    keep: frozenset[str] = frozenset()
    clitics: frozenset[str] = frozenset()
    clitic_links: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    abbreviations_final: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    suffixes: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: Path) -> TokenizerData:
        """Reads a `tokenizer.yml`. Raises PipelineError when a field is unknown or of the wrong kind."""
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) or {}
        known = set(cls.__dataclass_fields__)
        for key, value in raw.items():
            if key not in known:
                raise PipelineError(
                    "SEL-N05", "unknown field", place=path.name, excerpt=str(key), remedy="one of " + ", ".join(sorted(known))
                )
            if isinstance(value, str) != (key == "elision_before"):
                raise PipelineError("SEL-N06", f"{key} is not a list of words", place=path.name, excerpt=str(value)[:60])
        suffixes = tuple(sorted(raw.pop("suffixes", []), key=len, reverse=True))
        before = raw.pop("elision_before", "")
        return cls(**{k: frozenset(v) for k, v in raw.items()}, suffixes=suffixes, elision_before=before)


class Tokenizer:
    """Cuts text into tokens; holds no state between texts."""

    def __init__(self, data: TokenizerData) -> None:
        self.data = data
        links = "|".join(re.escape(x) for x in sorted(data.clitic_links))
        clitics = "|".join(re.escape(x) for x in sorted(data.clitics, key=len, reverse=True))
        particles = "|".join(re.escape(x) for x in sorted(data.particles))
        self._clitic = re.compile(rf"((?:{_H}(?:{links}))?{_H}(?:{clitics}))\Z", re.IGNORECASE) if clitics else None
        self._particle = re.compile(rf"{_H}(?:{particles})\Z", re.IGNORECASE) if particles else None
        elisions = "|".join(re.escape(x) for x in sorted(data.elisions, key=len, reverse=True))
        self._elision = re.compile(rf"(?:{elisions}){_A}", re.IGNORECASE) if elisions else None

    def cuts(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Cut]:
        """(start, end) of each token of `text[start:end]`, in order, in code points of `text`."""
        stop = len(text) if end is None else end
        pos = start
        first = True  # whether nothing with letters came since the last sentence end, quote or dash
        while pos < stop:
            m = _SCAN.match(text, pos, stop)
            if m is None:  # cannot happen: `other` matches anything
                break
            kind, a, b = m.lastgroup, m.start(), m.end()
            pos = b
            if kind == "blank":
                continue
            if kind == "url":
                tail = _URL_TAIL.search(m.group())
                if tail and tail.start() > 8:
                    pos = b = a + tail.start()
                yield a, b
            elif kind == "word":
                b = self._stop(text, a, b, stop)
                pos = b
                yield from self._word(text, a, b, first)
                first = False
                continue
            else:
                yield a, b
            first = kind in ("dots", "run", "other")

    def _stop(self, text: str, a: int, b: int, stop: int) -> int:
        """The end of the word that spans a to b, one further when the stop behind it belongs to it."""
        if b >= stop or text[b] != ".":
            return b
        word = fold(text[a:b]).lower().rpartition("'")[2]
        if word in self.data.abbreviations or word in self.data.abbreviations_final:
            return b + 1
        if not _INITIALS.match(word) or not text[b - 1].isupper():
            return b
        if len(word) > 1:
            return b + 1
        rest = text[b + 1 : min(b + 40, stop)].lstrip()
        if not rest or text[b + 1 : b + 2] == "\n":
            return b
        following = re.match(r"\w+['’]?", rest)
        if following and following.group()[0].isupper() and fold(following.group()).lower() not in self.data.starters:
            return b + 1
        return b + 1 if rest[0] in DASHES and not text[b + 1].isspace() else b

    def _word(self, text: str, a: int, b: int, first: bool) -> Iterator[Cut]:
        """The tokens of one run of letters, digits, apostrophes and hyphens."""
        if b - a > LONGEST:
            yield a, b
            return
        m = _MISSED_SPACE.search(text, a, b)
        if m and not text[a:b].lower().startswith("www"):
            yield from self._word(text, a, m.start(), first)
            yield m.start(), m.end()
            yield from self._word(text, m.end(), b, True)
            return
        tail: list[Cut] = []
        while self._elision and (folded := fold(text[a:b]).lower()) not in self.data.keep:
            e = self._elision.match(text, a, b)
            if e is None or not self._elides(text, e.end(), b):
                break
            yield a, e.end()
            a = e.end()
            if a == b:
                return
            if folded.startswith(("qu'", "c'")):  # "qu'est-ce": the verb behind may be capitalised only with the elision
                first = True
        if b - a > 1 and text[b - 1] in APOSTROPHES and text[b - 2] not in APOSTROPHES:
            tail.append((b - 1, b))
            b -= 1
        while b - a > 2 and fold(text[a:b]).lower() not in self.data.keep:
            cut = self._enclitic(text, a, b, first)
            if cut <= a or cut >= b:
                break
            tail.append((cut, b))
            b = cut
        yield a, b
        yield from reversed(tail)

    def _elides(self, text: str, at: int, end: int) -> bool:
        """Whether the letter at `at` lets a word before it lose its vowel (or the elision stands alone before a quote or a space)."""
        if at >= end:
            return True
        c = fold(text[at])[:1].lower()
        return c in self.data.elision_before or c.isdigit() or (end - at > 1 and text[at : at + 2].isupper()) or not c.isalpha()

    def _enclitic(self, text: str, a: int, b: int, first: bool) -> int:
        """Where a pronoun, particle or suffix at the end of the word begins, or -1."""
        for suffix in self.data.suffixes:
            if b - a > len(suffix) and fold(text[b - len(suffix) : b]).lower() == suffix:
                return b - len(suffix)
        if self._clitic and (m := self._clitic.search(text, a, b)):
            base = text[a : m.start()]
            if base and not base[-1].isdigit() and (base[0].islower() or first or m.group().isupper()):
                return m.start()
        if self._particle and (m := self._particle.search(text, a, b)) and m.start() > a:
            return m.start()
        return -1
