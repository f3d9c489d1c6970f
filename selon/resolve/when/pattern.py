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
from dataclasses import dataclass, replace
from typing import TypeAlias

from selon.errors import PackError
from selon.resolve.when.words import NUMBER, Numerals, Phrases, Words

Capture: TypeAlias = "tuple[str, object]"
Captures: TypeAlias = "tuple[Capture, ...]"
Found: TypeAlias = "Sequence[tuple[int, Captures]]"
Step: TypeAlias = "Callable[[Words, int, Captures], Found]"

_LEX = re.compile(r"\[|\]|\(|\)|\||\{|\}|<[^>\s]+>|\$[\w:-]+|[^\s\[\]()|{}]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A pattern or a piece of one, ready to run, with what is known of it beforehand: the words by which it can begin (`0` any number), those
    that can be its second, those that it may be alone, those that may be its second and last, and whether it may be no word at all.
    """

    run: Step
    firsts: frozenset[str]
    seconds: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    empty: bool = False

    def admits(self, first: str, second: str, more: bool) -> bool:
        """Whether it may match where a word's key is `first`, the next one's `second`, and a known word follows or not."""
        if not has(self.firsts, first):
            return False
        return has(self.alone, first) or has(self.seconds if more else self.closing, second)


def has(keys: frozenset[str], key: str) -> bool:
    """Whether a word of this key is among the keys, as itself or as a number."""
    return key in keys or (NUMBER in keys and key.isdecimal())


class Compiler:
    """Turns pattern text into steps. `rules` are filled by the grammar while it compiles, so that rules may name each other.

    `vocabulary` collects every word that any element can take: what is not in it (and no number) cannot stand inside an expression.
    """

    def __init__(self, classes: Mapping[str, Phrases], numerals: Numerals, rules: Callable[[str], Part]) -> None:
        self.classes, self.numerals, self.rules = classes, numerals, rules
        self.vocabulary: set[str] = set()

    def compile(self, text: str) -> Part:
        """Raises PackError SEL-P040 when the pattern is not well formed or names an unknown class."""
        parts = _LEX.findall(text)
        k, whole = self._alternatives(parts, 0, text)
        if k != len(parts) or whole.empty:
            raise PackError("SEL-P040", "the pattern is not well formed or matches nothing", excerpt=text)
        return whole

    def _alternatives(self, parts: list[str], k: int, text: str) -> tuple[int, Part]:
        options: list[Part] = []
        while True:
            k, option = self._sequence(parts, k, text)
            options.append(option)
            if k >= len(parts) or parts[k] != "|":
                break
            k += 1
        return k, options[0] if len(options) == 1 else one_of(options, _either(tuple(options)))

    def _sequence(self, parts: list[str], k: int, text: str) -> tuple[int, Part]:
        steps: list[Step] = []
        whole = Part(_nothing, frozenset(), empty=True)
        while k < len(parts) and parts[k] not in ("|", ")", "]"):
            k, part = self._element(parts, k, text)
            steps.append(part.run)
            whole = _then(whole, part)
        return k, replace(whole, run=_chain(tuple(steps)))

    def _element(self, parts: list[str], k: int, text: str) -> tuple[int, Part]:
        part = parts[k]
        if part in ("(", "["):
            closing = ")" if part == "(" else "]"
            k, inner = self._alternatives(parts, k + 1, text)
            if k >= len(parts) or parts[k] != closing:
                raise PackError("SEL-P040", f"{closing} is missing", excerpt=text)
            return k + 1, replace(inner, run=_optional(inner), empty=True) if part == "[" else inner
        if part in ("{", "}"):
            return k + 1, Part(_mark(part), frozenset(), empty=True)
        if part.startswith("<"):
            name, _, kept = part[1:-1].partition(":")
            return k + 1, self._class(name, kept or name, text)
        if part.startswith("$"):
            name, _, kept = part[1:].partition(":")
            rule = self.rules(name)
            return k + 1, replace(rule, run=_kept(rule.run, kept or name))
        self.vocabulary.add(part.lower())
        return k + 1, Part(_literal(part.lower()), frozenset((part.lower(),)), alone=frozenset((part.lower(),)))

    def _class(self, name: str, kept: str, text: str) -> Part:
        if name in ("cap", "lower"):
            return Part(_case(name == "cap"), frozenset(), empty=True)
        if name in _RANGES:
            step = _number("yyyy" if kept == "recent" else kept, *_RANGES[name])
            return Part(step, frozenset((NUMBER,)), alone=frozenset((NUMBER,)))
        if name == "n":
            atoms, joins = self.numerals.atoms, self.numerals.joins
            self.vocabulary.update(atoms.words, joins)
            return Part(
                _numeral(self.numerals, kept), frozenset((NUMBER, *atoms.first)), atoms.words | joins, atoms.alone | {NUMBER}, atoms.words
            )
        if name not in self.classes:
            raise PackError("SEL-P041", f"there is no class {name!r}", excerpt=text)
        phrases = self.classes[name]
        self.vocabulary.update(phrases.words)
        return Part(_phrase(phrases, kept), frozenset(phrases.first), phrases.seconds, phrases.alone, phrases.closing)


def _then(a: Part, b: Part) -> Part:
    """What is known of `b` behind `a` (the steps are joined by the caller)."""
    firsts, seconds, alone, closing = a.firsts, a.seconds, frozenset[str](), frozenset[str]()
    if b.empty:
        alone, closing = a.alone, a.closing
    if a.empty:
        firsts, seconds, alone, closing = firsts | b.firsts, seconds | b.seconds, alone | b.alone, closing | b.closing
    if a.alone:
        seconds, closing = seconds | b.firsts, closing | b.alone
    return Part(a.run, firsts, seconds, alone, closing, a.empty and b.empty)


def one_of(options: Sequence[Part], run: Step) -> Part:
    """What is known of a choice between patterns."""
    return Part(
        run,
        frozenset().union(*(o.firsts for o in options)),
        frozenset().union(*(o.seconds for o in options)),
        frozenset().union(*(o.alone for o in options)),
        frozenset().union(*(o.closing for o in options)),
        any(o.empty for o in options),
    )


# Name -> lowest and highest value, fewest and most digits, whether a part of a longer number counts too.
_RANGES: dict[str, tuple[int, int, int, int, bool]] = {
    "d": (1, 31, 1, 2, False), "mm": (1, 12, 1, 2, True), "dd": (1, 31, 1, 2, True), "yyyy": (1000, 2199, 4, 4, False),
    "recent": (1900, 2099, 4, 4, False),
    "year": (1000, 2199, 4, 4, True), "yy": (0, 99, 2, 2, False), "hh": (0, 24, 1, 2, False), "min": (0, 59, 2, 2, False),
    "minx": (0, 59, 2, 2, True), "int": (0, 10**8, 1, 8, False), "fragment": (0, 10**8, 1, 8, True),
}  # fmt: skip


def _nothing(words: Words, i: int, caps: Captures) -> Found:
    return ((i, caps),)


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


def _either(options: tuple[Part, ...]) -> Step:
    def run(words: Words, i: int, caps: Captures) -> Found:
        out: list[tuple[int, Captures]] = []
        keys = words.keys
        first, second, more = keys[i], keys[i + 1], bool(keys[i + 2])
        for o in options:
            if o.empty or o.admits(first, second, more):
                out += o.run(words, i, caps)
        return out

    return run


def _optional(part: Part) -> Step:
    step, firsts, empty = part.run, part.firsts, part.empty
    numbers = NUMBER in firsts

    def run(words: Words, i: int, caps: Captures) -> Found:
        key = words.keys[i]
        if empty or key in firsts or (numbers and key.isdecimal()):
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
        return ((i + 1, caps),) if words.keys[i] == word else ()

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
