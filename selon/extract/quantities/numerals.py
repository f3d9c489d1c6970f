"""Numerals in a sequence of words: digits, words, collectives, vague counts. Knows values, not what is counted.

May import: `lang`, `rules`, `model`, `errors`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from selon.extract.quantities.words import NumberWords
from selon.model.word import plain

Kind = Literal["digits", "words", "collective", "vague", "one", "none"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at words `first` to `last` (inclusive). `high` None = open.

    kind: digits or words (exact), collective ("une vingtaine"), vague ("des dizaines", "plusieurs"), one (an article or pronoun that
    may count), none ("aucun").
    """

    first: int
    last: int
    low: int
    high: int | None
    kind: Kind


_GROUPED = re.compile(r"\d{1,3}(?:[. ,']\d{3})+\Z")
_DECIMAL = re.compile(r"\d+[.,]\d+\Z")
_DIGITS = re.compile(r"\d+\Z")
_SIGN = re.compile(r"[+±~≈]")
_GLUED = re.compile(r"(\d+(?:[.,]\d+)?)([a-zA-Z]{1,3})\Z")
_DIGIT_RANGE = re.compile(r"(\d[\d ]*)-(\d[\d ]*)\Z")


def digits_value(word: str) -> Fraction | None:
    """The value of a word of digits: grouped by threes (space, point, comma, apostrophe) or with a decimal part; else None."""
    w = plain(word)
    if w and _SIGN.match(w):
        w = w[1:]
    if not w or not w[0].isdigit() or not w.isascii():
        return None
    if _DIGITS.match(w):
        return Fraction(int(w)) if len(w) <= 15 else None
    if _GROUPED.match(w):
        return Fraction(int(re.sub(r"\D", "", w))) if len(w) <= 20 else None
    if _DECIMAL.match(w):
        return Fraction(w.replace(",", "."))
    return None


@dataclass(frozen=True, slots=True)
class _Part:
    """One number word: a whole token or a part of a hyphenated one."""

    word: str
    token: int
    last: bool


class NumeralReader:
    """Reads numerals off word sequences with the number words of one language."""

    def __init__(self, words: NumberWords) -> None:
        self.w = words
        self._starts = (
            set(words.units) | set(words.teens) | set(words.tens) | words.hundred | words.thousand | words.zero | set(words.collectives)
            | set(words.plural_collectives) | set(words.vague) | words.no | set(words.fractions)
        )  # fmt: skip

    def read(self, words: Sequence[str]) -> list[Numeral]:
        """All numerals in order, none inside another. `words` are tokens as the text has them."""
        out: list[Numeral] = []
        i, n = 0, len(words)
        lower = [plain(w) for w in words]
        while i < n:
            w = lower[i]
            found = None
            if w in self._starts or (not w.isalpha() and (w.partition("-")[0] in self._starts or any(c.isdigit() for c in w))):
                found = self._at(words, lower, i)
            if found is not None:
                out.append(found)
                i = found.last + 1
            else:
                i += 1
        return out

    def _at(self, words: Sequence[str], lower: list[str], i: int) -> Numeral | None:
        w = lower[i]
        t = self.w
        if w in t.collectives:
            return self._collective(lower, i)
        if w in t.plural_collectives:
            plural = self._plural(lower, i)
            if plural is not None:
                return plural
        if w in t.vague:
            return self._vague(lower, i)
        if w in t.no:
            return Numeral(i, i, 0, 0, "none")
        if w in t.fractions:
            return self._fraction(lower, i)
        m = _DIGIT_RANGE.match(w)
        if m:
            low, high = (int(re.sub(r"\D", "", g)) for g in m.groups())
            return Numeral(i, i, low, high, "digits") if low < high else None
        return self._exact(words, lower, i)

    def _fraction(self, lower: list[str], i: int) -> Numeral | None:
        """As in "half a million", "half a dozen"."""
        t = self.w
        if i + 2 >= len(lower) or lower[i + 1] not in t.once:
            return None
        size = t.scales.get(lower[i + 2]) or t.collectives.get(lower[i + 2]) or t.plural_collectives.get(lower[i + 2])
        return self._whole(i, i + 2, t.fractions[lower[i]] * size, "words") if size else None

    # --- exact numbers -------------------------------------------------------------------------------------------------------------

    def _exact(self, words: Sequence[str], lower: list[str], i: int) -> Numeral | None:
        glued = _GLUED.match(words[i])
        if glued and glued.group(2) in self.w.short_scales:
            value = Fraction(glued.group(1).replace(",", ".")) * self.w.short_scales[glued.group(2)]
            return self._whole(i, i, value, "digits")
        digits = digits_value(words[i])
        if digits is not None:
            return self._digits(words, lower, i, digits)
        parts = self._parts(lower, i)
        if not parts:
            return None
        read = self._number(parts, 0)
        if read is None:
            return None
        number, k = read
        value = Fraction(number)
        # A hyphenated token must be used up to its end: "deux-pièces" is no number.
        if not parts[k - 1].last:
            return None
        last = parts[k - 1].token
        if value == 1 and last == i and lower[i] in self.w.once:
            if last + 1 < len(lower) and lower[last + 1] in self.w.vague and lower[last + 1] not in self.w.weak_vague:
                blurred = self._vague(lower, i + 1)
                return None if blurred is None else replace(blurred, first=i)
            return self._one_collective(lower, i) or self._crowd(lower, i) or Numeral(i, i, 1, 1, "one")
        collective = self._counted_collective(lower, i, last, value)
        return collective or self._whole(i, last, value, "words")

    def _digits(self, words: Sequence[str], lower: list[str], i: int, value: Fraction) -> Numeral | None:
        last = i
        if i + 1 < len(lower):
            scale = self.w.scales.get(lower[i + 1]) or self.w.short_scales.get(words[i + 1])
            if lower[i + 1] in self.w.thousand:
                scale = 1000
            if scale:
                value *= scale
                last = i + 1
                value, last = self._tail(words, lower, value, last, scale)
                value, last = self._half(lower, value, last, scale)
        collective = self._counted_collective(lower, i, last, value)
        return collective or self._whole(i, last, value, "digits")

    def _tail(self, words: Sequence[str], lower: list[str], value: Fraction, last: int, scale: int) -> tuple[Fraction, int]:
        """As in "2 millions 300.000": what follows a scale and is smaller than it."""
        k = last + 1
        if k < len(lower):
            more = digits_value(words[k])
            if more is not None and more < scale and k + 1 < len(lower) and lower[k + 1] in self.w.thousand:
                return value + more * 1000, k + 1
            if more is not None and 1000 <= more < scale:
                return value + more, k
        return value, last

    def _half(self, lower: list[str], value: Fraction, last: int, scale: int) -> tuple[Fraction, int]:
        """As in "un million et demi"."""
        if last + 2 < len(lower) and lower[last + 1] in self.w.joiner and lower[last + 2] in self.w.fractions:
            return value + self.w.fractions[lower[last + 2]] * scale, last + 2
        return value, last

    def _whole(self, first: int, last: int, value: Fraction, kind: Kind) -> Numeral | None:
        if value.denominator != 1:
            return None
        return Numeral(first, last, int(value), int(value), kind)

    def _parts(self, lower: list[str], i: int) -> list[_Part]:
        """The number words from token `i` on, hyphenated tokens taken apart; ends before the first token that is no number."""
        t = self.w
        out: list[_Part] = []
        k = i
        while k < len(lower) and k < i + 24:
            pieces = lower[k].split("-")
            if all(t.is_numeral(p) or (p in t.joiner and 0 < j < len(pieces) - 1) for j, p in enumerate(pieces)):
                out += [_Part(p, k, j == len(pieces) - 1) for j, p in enumerate(pieces)]
            elif (out and lower[k] in t.joiner and k + 1 < len(lower)) or (out and lower[k] in t.fractions and out[-1].word in t.joiner):
                out.append(_Part(lower[k], k, True))
            else:
                break
            k += 1
        return out

    def _number(self, parts: list[_Part], k: int) -> tuple[int, int] | None:
        """(value, index after) of the longest whole number at part `k`."""
        t = self.w
        total, limit, start = 0, 10**15, k
        while k < len(parts):
            word = parts[k].word
            if word in t.zero:
                return (0, k + 1) if k == start else (total, k)
            group: int | None = None
            nxt = k
            if word in t.thousand:
                group = 1
            else:
                read = self._below_thousand(parts, k)
                if read is None:
                    break
                group, nxt = read
            if nxt < len(parts) and parts[nxt].word in t.thousand and limit > 1000:
                total, limit, k = total + group * 1000, 1000, nxt + 1
                continue
            if nxt < len(parts) and parts[nxt].word in t.scales and t.scales[parts[nxt].word] < limit:
                scale = t.scales[parts[nxt].word]
                total, limit, k = total + group * scale, scale, nxt + 1
                if k + 1 < len(parts) and parts[k].word in t.joiner and parts[k + 1].word in t.fractions:
                    return total + int(t.fractions[parts[k + 1].word] * scale), k + 2
                continue
            if word in t.thousand or group >= limit:
                break
            return total + group, nxt
        return (total, k) if k > start else None

    def _below_thousand(self, parts: list[_Part], k: int) -> tuple[int, int] | None:
        t = self.w
        if parts[k].word in t.hundred:
            value, k = 100, k + 1
        else:
            read = self._below_hundred(parts, k)
            if read is None:
                return None
            value, k = read
            # "deux cents", and the old "douze cents".
            if k < len(parts) and parts[k].word in t.hundred and (1 <= value <= 9 or 11 <= value <= 19):
                value, k = value * 100, k + 1
            else:
                return value, k
        if k + 1 < len(parts) and parts[k].word in t.hundred_joiner:
            k += 1
        if k < len(parts):
            read = self._below_hundred(parts, k)
            # "cent deux mille" reads on; "deux cent trois cents" does not.
            if read is not None and not (read[1] < len(parts) and parts[read[1]].word in t.hundred):
                return value + read[0], read[1]
        return value, k

    def _below_hundred(self, parts: list[_Part], k: int) -> tuple[int, int] | None:
        t = self.w
        word = parts[k].word
        nxt = parts[k + 1].word if k + 1 < len(parts) else ""
        if word in t.four and nxt in t.twenty:
            value, k = 80, k + 2
        elif word in t.tens:
            value, k = t.tens[word], k + 1
        elif word in t.teens:
            value = t.teens[word]
            if value == 10 and t.units.get(nxt, 0) >= 7:
                return value + t.units[nxt], k + 2
            return value, k + 1
        elif word in t.units:
            return t.units[word], k + 1
        else:
            return None
        if k >= len(parts):
            return value, k
        word = parts[k].word
        after = k
        joined = False
        if word in t.joiner and k + 1 < len(parts):
            joined, after = True, k + 1
            word = parts[after].word
        unit = t.units.get(word, 0)
        follows_hundred = after + 1 < len(parts) and parts[after + 1].word in t.hundred
        if unit and not follows_hundred and (unit == 1 or not joined):
            return value + unit, after + 1
        if value in t.tens_with_teens and word in t.teens:
            teen = t.teens[word]
            if joined and teen != 11:
                return value, k
            if teen == 10 and after + 1 < len(parts) and t.units.get(parts[after + 1].word, 0) >= 7:
                return value + 10 + t.units[parts[after + 1].word], after + 2
            return value + teen, after + 1
        return value, k

    # --- collectives and vague counts ----------------------------------------------------------------------------------------------

    def _scaled(self, lower: list[str], last: int, value: int) -> tuple[int, int]:
        """As in "une dizaine de milliers", "des dizaines de millions"."""
        t = self.w
        if last + 2 < len(lower) and lower[last + 1] in t.of:
            big = t.plural_collectives.get(lower[last + 2], 0)
            if big >= 1000:
                return value * big, last + 2
        return value, last

    def _one_collective(self, lower: list[str], i: int) -> Numeral | None:
        """As in "une (bonne) vingtaine"; "un million" is read as a number."""
        k = i + 1
        if k < len(lower) and lower[k] in self.w.sized:
            k += 1
        if k < len(lower) and lower[k] in self.w.collectives:
            return self._from_collective(lower, i, k, 1)
        return None

    def _crowd(self, lower: list[str], i: int) -> Numeral | None:
        """As in "un certain nombre de", "une poignée de": more than one, and no more is said. `i` is the article."""
        t = self.w
        k = i + 1
        while k < len(lower) and k <= i + 2 and lower[k] in t.crowd_adjectives:
            k += 1
        if k >= len(lower) or lower[k] not in t.crowds:
            return None
        last = k
        if last + 1 < len(lower) and lower[last + 1] in t.crowd_adjectives:
            last += 1
        plain_number = last == i + 1 and lower[k] in t.bare_crowds
        if last + 1 < len(lower) and lower[last + 1] in t.of and not plain_number:
            return Numeral(i, last, t.crowds[lower[k]], None, "vague")
        return None

    def _collective(self, lower: list[str], i: int) -> Numeral | None:
        """A collective that no article or number before it has claimed: "la quinzaine de", "près d'une" is handled there."""
        k = i - 1
        if k >= 0 and lower[k] in self.w.sized:
            k -= 1
        first = k if k >= 0 and lower[k] in self.w.once else i
        return self._from_collective(lower, first, i, 1)

    def _counted_collective(self, lower: list[str], first: int, last: int, value: Fraction) -> Numeral | None:
        """As in "deux douzaines", "3 dizaines", "deux milliers"."""
        k = last + 1
        if k < len(lower) and value.denominator == 1 and (lower[k] in self.w.plural_collectives and lower[k] not in self.w.scales):
            total, end = self._scaled(lower, k, int(value) * self.w.plural_collectives[lower[k]])
            return Numeral(first, end, total, total, "collective")
        return None

    def _from_collective(self, lower: list[str], first: int, at: int, times: int) -> Numeral:
        word = lower[at]
        value, last = self._scaled(lower, at, times * self.w.collectives[word])
        kind: Kind = "words" if word in self.w.exact_collectives else "collective"
        return Numeral(first, last, value, value, kind)

    def _plural(self, lower: list[str], i: int) -> Numeral | None:
        """As in "des dizaines", "plusieurs centaines de milliers", "par centaines": at least twice."""
        before = lower[i - 1] if i else ""
        if (
            i
            and lower[i] not in self.w.free_plurals
            and before not in self.w.vague_before
            and not before.startswith(("«", '"', "“", "(", ",", ":", ".", "…", "-", "–", "—", "•", "|"))
        ):
            return None
        value, last = self._scaled(lower, i, self.w.plural_collectives[lower[i]] * self.w.vague_times)
        first = i - 1 if i and before in self.w.vague_before and before not in self.w.range_to else i
        if before in self.w.of or before in self.w.once:
            first = i - 1 if before == "des" else i
        return Numeral(first, last, value, None, "vague")

    def _vague(self, lower: list[str], i: int) -> Numeral | None:
        k = i + 1
        if k < len(lower) and lower[k] in self.w.plural_collectives:
            value, last = self._scaled(lower, k, self.w.plural_collectives[lower[k]] * self.w.vague_times)
            return Numeral(i, last, value, None, "vague")
        return Numeral(i, i, self.w.vague[lower[i]], None, "vague")
