"""The number words of a language, precomputed from `tables/numbers.yml`. May import: `lang`, `rules`, `model`, `errors`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from selon.lang import Pack, per_pack
from selon.model.word import plain
from selon.rules import Entry, Lexicon


@dataclass(frozen=True)
class NumberWords:
    """Numerals by what they do. All keys are lower case; see the comments of the table."""

    units: Mapping[str, int]
    zero: frozenset[str]
    teens: Mapping[str, int]
    tens: Mapping[str, int]
    four: frozenset[str]
    twenty: frozenset[str]
    tens_with_teens: frozenset[int]
    hundred: frozenset[str]
    thousand: frozenset[str]
    scales: Mapping[str, int]
    short_scales: Mapping[str, int]
    joiner: frozenset[str]
    hundred_joiner: frozenset[str]
    fractions: Mapping[str, Fraction]
    collectives: Mapping[str, int]
    exact_collectives: frozenset[str]
    plural_collectives: Mapping[str, int]
    free_plurals: frozenset[str]
    vague_times: int
    once: frozenset[str]
    vague_before: frozenset[str]
    sized: frozenset[str]
    crowds: Mapping[str, int]
    crowd_adjectives: frozenset[str]
    bare_crowds: frozenset[str]
    of: frozenset[str]
    vague: Mapping[str, int]
    weak_vague: frozenset[str]
    no: frozenset[str]
    range_to: frozenset[str]
    or_even: frozenset[str]
    range_from: frozenset[str]
    between: frozenset[str]
    range_and: frozenset[str]
    or_words: frozenset[str]
    lists: frozenset[str]
    adjectives_before: bool

    def is_numeral(self, part: str) -> bool:
        """Whether a word (or a part of a hyphenated one) belongs to a numeral written out."""
        return (
            part in self.units or part in self.teens or part in self.tens or part in self.hundred or part in self.thousand
            or part in self.scales or part in self.zero
        )  # fmt: skip


def _numbers(data: Mapping[str, str]) -> dict[str, int]:
    return {k: int(v) for k, v in data.items()}


@per_pack
def number_words(pack: Pack) -> NumberWords:
    """The number words of a pack."""
    t: Any = pack.table("numbers")
    r = t["range"]
    return NumberWords(
        units=_numbers(t["units"]), zero=frozenset(t["zero"]), teens=_numbers(t["teens"]), tens=_numbers(t["tens"]),
        four=frozenset(t["score"]["four"]), twenty=frozenset(t["score"]["twenty"]),
        tens_with_teens=frozenset(int(v) for v in t["tens_with_teens"]), hundred=frozenset(t["hundred"]), thousand=frozenset(t["thousand"]),
        scales=_numbers(t["scales"]), short_scales=_numbers(t["short_scales"]), joiner=frozenset(t["joiner"]),
        hundred_joiner=frozenset(t.get("hundred_joiner", ())), free_plurals=frozenset(t.get("free_plurals", ())),
        adjectives_before=t.get("adjectives_before") == "yes",
        fractions={k: Fraction(v) for k, v in t["fractions"].items()}, collectives=_numbers(t["collectives"]),
        exact_collectives=frozenset(t["exact_collectives"]), plural_collectives=_numbers(t["plural_collectives"]),
        vague_times=int(t["vague_times"]), once=frozenset(t["once"]), vague_before=frozenset(t["vague_before"]), sized=frozenset(t["sized"]),
        crowds=_numbers(t["crowds"]), crowd_adjectives=frozenset(t["crowd_adjectives"]),
        bare_crowds=frozenset(t["bare_crowds"]),
        of=frozenset(t["of"]), vague=_numbers(t["vague"]), weak_vague=frozenset(t["weak_vague"]), no=frozenset(t["no"]),
        range_to=frozenset(r["to"]), or_even=frozenset(r["or_even"]), range_from=frozenset(r["from"]), between=frozenset(r["between"]),
        range_and=frozenset(r["and"]), or_words=frozenset(r["or"]), lists=frozenset(r["list"]),
    )  # fmt: skip


@per_pack
def _endings(pack: Pack) -> tuple[tuple[str, str], ...]:
    return tuple((str(a), str(b)) for a, b in pack.table("number-endings")["endings"])


_MOST = 100_000
_LETTER = re.compile(r"[^\W\d_]")


def base_entry(word: str, lemma: str, lexicon: Lexicon, pack: Pack) -> Entry | None:
    """The lexicon line of a noun or participle by lemma, by form, else by the form without its plural or feminine ending."""
    known = _known(pack)
    key = lexicon.id, word, lemma
    if key not in known:
        if len(known) > _MOST:
            known.clear()
        known[key] = _base_entry(plain(word), plain(lemma), lexicon, pack)
    return known[key]


@per_pack
def _known(pack: Pack) -> dict[tuple[str, str, str], Entry | None]:
    """What was looked up before: the same words come again and again."""
    return {}


def _base_entry(w: str, lemma: str, lexicon: Lexicon, pack: Pack) -> Entry | None:
    entry = lexicon.get(lemma) or lexicon.get(w)
    if entry is not None or not _LETTER.match(w):
        return entry
    for ending, instead in _endings(pack):
        if w.endswith(ending) and len(w) > len(ending) + 1:
            entry = lexicon.get(w[: len(w) - len(ending)] + instead)
            if entry is not None:
                return entry
    return None
