"""Patterns over words: the small language in which a pack writes its temporal grammar. May import: `errors`, `words`.

    word            that word                       [a b]       may be absent
    (a | b c)       one of                          <class>     a word of a class, its value kept under the class's name
    <class:name>    the same, kept under `name`     $rule       another rule of the grammar, kept under its name
    { … }           the borders of the expression proper; without them it is all that the pattern covers

Numeric classes are built in: <n> (a numeral in digits or words), <d> 1-31, <mm> 1-12, <yyyy> four digits, <recent> 1900-2099 (kept as yyyy), <yy> two digits, <hh> 0-24, <min> two
digits 0-59, <int> any digits. <cap> and <lower> test the first letter of the next word and take nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from selon.errors import PackError
from selon.resolve.when.words import Numerals, Phrases, Words

Capture: TypeAlias = "tuple[str, object]"
Captures: TypeAlias = "tuple[Capture, ...]"
Found: TypeAlias = "Sequence[tuple[int, Captures]]"
Step: TypeAlias = "Callable[[Words, int, Captures], Found]"

NUMBER = "#"
_LEX = re.compile(r"\[|\]|\(|\)|\||\{|\}|<[^>\s]+>|\$[\w:-]+|[^\s\[\]()|{}]+")


@dataclass(frozen=True)
class Compiled:
    """A pattern ready to run, with the words by which it can begin (`#` any number)."""

    run: Step
    firsts: frozenset[str]


class Compiler:
    """Turns pattern text into steps. `rules` are filled by the grammar while it compiles, so that rules may name each other.

    `vocabulary` collects every word that any element can begin with: what is not in it (and no number) cannot stand inside an expression.
    """

    def __init__(self, classes: Mapping[str, Phrases], numerals: Numerals, rules: Callable[[str], tuple[Step, frozenset[str]]]) -> None:
        self.classes, self.numerals, self.rules = classes, numerals, rules
        self.vocabulary: set[str] = set()

    def compile(self, text: str) -> Compiled:
        """Raises PackError SEL-P040 when the pattern is not well formed or names an unknown class."""
        parts = _LEX.findall(text)
        k, (step, firsts, empty) = self._alternatives(parts, 0, text)
        if k != len(parts) or empty:
            raise PackError("SEL-P040", "the pattern is not well formed or matches nothing", excerpt=text)
        return Compiled(step, firsts)

    def _alternatives(self, parts: list[str], k: int, text: str) -> tuple[int, tuple[Step, frozenset[str], bool]]:
        options = []
        while True:
            k, option = self._sequence(parts, k, text)
            options.append(option)
            if k >= len(parts) or parts[k] != "|":
                break
            k += 1
        if len(options) == 1:
            return k, options[0]
        choices = tuple(options)

        def run(words: Words, i: int, caps: Captures) -> Found:
            out: list[tuple[int, Captures]] = []
            for step, firsts, empty in choices:
                if empty or _begins(firsts, words, i):
                    out += step(words, i, caps)
            return out

        return k, (run, frozenset().union(*(o[1] for o in options)), any(o[2] for o in options))

    def _sequence(self, parts: list[str], k: int, text: str) -> tuple[int, tuple[Step, frozenset[str], bool]]:
        steps: list[Step] = []
        firsts: frozenset[str] = frozenset()
        empty = True
        while k < len(parts) and parts[k] not in ("|", ")", "]"):
            k, (step, first, may_be_empty) = self._element(parts, k, text)
            steps.append(step)
            if empty:
                firsts |= first
                empty = may_be_empty
        return k, (_chain(tuple(steps)), firsts, empty)

    def _element(self, parts: list[str], k: int, text: str) -> tuple[int, tuple[Step, frozenset[str], bool]]:
        part = parts[k]
        if part in ("(", "["):
            closing = ")" if part == "(" else "]"
            k, (step, firsts, empty) = self._alternatives(parts, k + 1, text)
            if k >= len(parts) or parts[k] != closing:
                raise PackError("SEL-P040", f"{closing} is missing", excerpt=text)
            return k + 1, (_optional(step, firsts, empty), firsts, True) if part == "[" else (step, firsts, empty)
        if part in ("{", "}"):
            return k + 1, (_mark(part), frozenset(), True)
        if part.startswith("<"):
            name, _, kept = part[1:-1].partition(":")
            return k + 1, self._class(name, kept or name, text)
        if part.startswith("$"):
            name, _, kept = part[1:].partition(":")
            step, firsts = self.rules(name)
            return k + 1, (_kept(step, kept or name), firsts, False)
        self.vocabulary.add(part.lower())
        return k + 1, (_literal(part.lower()), frozenset((part.lower(),)), False)

    def _class(self, name: str, kept: str, text: str) -> tuple[Step, frozenset[str], bool]:
        if name in ("cap", "lower"):
            return _case(name == "cap"), frozenset(), True
        if name in _RANGES:
            return _number("yyyy" if kept == "recent" else kept, *_RANGES[name]), frozenset((NUMBER,)), False
        if name == "n":
            self.vocabulary.update(self.numerals.atoms.words, self.numerals.joins)
            return _numeral(self.numerals, kept), frozenset((NUMBER, *self.numerals.atoms.first)), False
        if name not in self.classes:
            raise PackError("SEL-P041", f"there is no class {name!r}", excerpt=text)
        phrases = self.classes[name]
        self.vocabulary.update(phrases.words)
        return _phrase(phrases, kept), frozenset(phrases.first), False


# Name -> lowest and highest value, fewest and most digits, whether a part of a longer number counts too.
_RANGES: dict[str, tuple[int, int, int, int, bool]] = {
    "d": (1, 31, 1, 2, False), "mm": (1, 12, 1, 2, True), "dd": (1, 31, 1, 2, True), "yyyy": (1000, 2199, 4, 4, False),
    "recent": (1900, 2099, 4, 4, False),
    "year": (1000, 2199, 4, 4, True), "yy": (0, 99, 2, 2, False), "hh": (0, 24, 1, 2, False), "min": (0, 59, 2, 2, False),
    "minx": (0, 59, 2, 2, True), "int": (0, 10**8, 1, 8, False), "fragment": (0, 10**8, 1, 8, True),
}  # fmt: skip


def _chain(steps: tuple[Step, ...]) -> Step:
    if len(steps) == 1:
        return steps[0]

    def run(words: Words, i: int, caps: Captures) -> Found:
        states: Found = ((i, caps),)
        for step in steps:
            reached: list[tuple[int, Captures]] = []
            for j, c in states:
                reached += step(words, j, c)
            if not reached:
                return ()
            states = reached
        return states

    return run


def _begins(firsts: frozenset[str], words: Words, i: int) -> bool:
    """Whether something with these first words can begin at word `i`."""
    return i < len(words.low) and (words.low[i] in firsts or (words.number[i] is not None and NUMBER in firsts))


def _optional(step: Step, firsts: frozenset[str], empty: bool) -> Step:
    def run(words: Words, i: int, caps: Captures) -> Found:
        if empty or _begins(firsts, words, i):
            return (*step(words, i, caps), (i, caps))
        return ((i, caps),)

    return run


def _mark(sign: str) -> Step:
    def run(words: Words, i: int, caps: Captures) -> Found:
        return ((i, (*caps, (sign, i))),)

    return run


def _kept(step: Step, name: str) -> Step:
    def run(words: Words, i: int, caps: Captures) -> Found:
        return [(j, (*caps, (name, inner[0][1]))) for j, inner in step(words, i, ())]

    return run


def _literal(word: str) -> Step:
    def run(words: Words, i: int, caps: Captures) -> Found:
        return ((i + 1, caps),) if i < len(words.low) and words.low[i] == word else ()

    return run


def _case(capital: bool) -> Step:
    def run(words: Words, i: int, caps: Captures) -> Found:
        return ((i, caps),) if i < len(words.low) and words.text[words.start[i]].isupper() == capital else ()

    return run


def _number(name: str, low: int, high: int, fewest: int, most: int, parts: bool) -> Step:
    def run(words: Words, i: int, caps: Captures) -> Found:
        if i >= len(words.low):
            return ()
        n = words.number[i]
        if n is not None and low <= n <= high and fewest <= words.end[i] - words.start[i] <= most and (parts or not words.glued(i)):
            return ((i + 1, (*caps, (name, n))),)
        return ()

    return run


def _numeral(numerals: Numerals, name: str) -> Step:
    def run(words: Words, i: int, caps: Captures) -> Found:
        return [(j, (*caps, (name, n))) for j, n in numerals.at(words, i)]

    return run


def _phrase(phrases: Phrases, name: str) -> Step:
    def run(words: Words, i: int, caps: Captures) -> Found:
        return [(j, (*caps, (name, value))) for j, value in phrases.at(words, i)]

    return run
