"""What is no count: measures, dates, ages, labels, list marks, scores. May import: `lang`, `rules`, `model`, `errors`."""

from __future__ import annotations

from selon.extract.quantities.numerals import Numeral
from selon.extract.quantities.phrases import PhraseTable
from selon.extract.quantities.unit import Unit, UnitReader
from selon.extract.quantities.words import NumberWords
from selon.model import Parse

_OLDEST = 115


class Guards:
    """Tests a numeral and its surroundings; every test is about neighbours only, so it costs the same everywhere."""

    def __init__(self, words: NumberWords, measures: PhraseTable, context: PhraseTable, units: UnitReader) -> None:
        self.w, self.measures, self.context, self.units = words, measures, context, units

    def is_no_count(
        self, parse: Parse, lower: list[str], n: Numeral, unit: Unit | None, following: Numeral | None, start: int, first: int, end: int
    ) -> bool:
        """Whether the number is a measure, a date, an age, a label, a list mark or a bare year. `start` is where its phrase begins."""
        if lower[start - 1] in self.w.of and start - 2 >= first and self._role(lower, start - 2) == "fraction":
            return True
        if self._role(lower, start - 1) == "age" or (self._role(lower, start - 3) == "age" and lower[start - 1] in self.w.lists):
            return True
        if unit is not None and unit.entry is not None and unit.entry.get("size") == "yes" and lower[start - 1] in self.w.of:
            return True  # "a building of five floors"
        if (unit is None or unit.head < 0) and self._is_age_of(parse, lower, n):
            return True
        if self._is_measure(parse, lower, n, unit) or self._shares_measure(lower, n, following):
            return True
        counted = unit is not None and (unit.entry is not None or unit.cls in ("money", "them", "person"))
        if n.kind == "digits" and not counted:
            if self._is_label(parse, lower, n, unit, start, first):
                return True
            if self._is_list_mark(parse, n):
                return True
            if 1000 <= n.low <= 2100 and (n.high or 0) <= 2100 and self._is_bare_year(lower, n) and not (unit and unit.head >= 0):
                return True
        if n.first > first and n.kind == "words" and n.low < 13 and lower[n.first - 1].isdigit():
            return True
        return self._is_bracketed(parse, lower, n, unit, first, end)

    def _is_age_of(self, parse: Parse, lower: list[str], n: Numeral) -> bool:
        """How old somebody is: "Omar, 41, said", "she was nine"."""
        if n.first != n.last or not 0 < n.low <= _OLDEST or n.first < 2:
            return False
        if n.last + 2 < len(parse) and parse[n.first - 1].text == "," and parse[n.last + 1].text == "," and n.kind == "digits":
            return parse[n.first - 2].pos == "PROPN" and parse[n.last + 2].pos in ("VERB", "AUX", "PRON")
        hit = self.context.backward(lower, n.first - 1)
        return hit is not None and hit[0] > 1 and hit[1]["role"] == "age"

    def _is_measure(self, parse: Parse, lower: list[str], n: Numeral, unit: Unit | None) -> bool:
        # "80 pour cent": the numeral is the second half of a measure.
        back = self.measures.backward(lower, n.last)
        against = self.measures.backward(lower, n.first - 2)
        if against is not None and against[1]["class"] == "vote" and self._role(lower, n.first - 1) == "against":
            return True
        if back is not None and back[0] > n.last - n.first + 1:
            return True
        if unit is not None and unit.entry is not None:
            return False
        if unit is not None and unit.cls == "money":
            return False
        for k in (n.last + 1, unit.head if unit is not None else -1):
            hit = self.measures.forward(lower, k)
            if hit is not None and hit[1]["class"] != "money" and not (hit[1]["class"] == "date" and parse[k].pos == "AUX"):
                return True  # but "5,000 may have died"
        k = n.last + 1
        if k + 1 < len(lower) and lower[k] in self.w.of:
            hit = self.measures.forward(lower, k + 1)
            if hit is not None and hit[1]["class"] != "money":
                return True
        return False

    def _role(self, lower: list[str], k: int) -> str:
        hit = self.context.backward(lower, k)
        return hit[1]["role"] if hit is not None and hit[0] == 1 else ""

    def _shares_measure(self, lower: list[str], n: Numeral, following: Numeral | None) -> bool:
        """As in "3 et 5 ans", "les 9, 10 et 11 mai": a number joined to one that has a measure behind it."""
        if following is None or following.first != n.last + 2 or lower[n.last + 1] not in self.w.lists:
            return False
        hit = self.measures.forward(lower, following.last + 1)
        return hit is not None and hit[1]["class"] != "money"

    def _is_label(self, parse: Parse, lower: list[str], n: Numeral, unit: Unit | None, start: int, first: int) -> bool:
        if start != n.first or n.first == first:
            return False
        k = n.first - 1
        before = parse[k]
        hit = self.context.backward(lower, k)
        role = hit[1]["role"] if hit is not None else ""
        if role == "label":
            return True
        if role == "counting" or (n.first == n.last and not lower[n.first].replace("-", "").isdigit()):
            return False
        if role == "day_before" and n.low == n.high and n.low <= 31 and (unit is None or unit.head < 0):
            return True
        measure = self.measures.backward(lower, k)
        if measure is not None and measure[1]["class"] in ("date", "time"):
            return True
        if unit is not None and unit.head >= 0:
            return False
        return (
            before.pos in ("PROPN", "NOUN", "X")
            and parse.text[before.end : parse[n.first].start].strip() == ""
            and "\n" not in (parse.text[before.end : parse[n.first].start])
        )

    @staticmethod
    def _is_bare_year(lower: list[str], n: Numeral) -> bool:
        """Four digits without a separator, or two such joined: a year, or the years of a war."""
        return all(len(p) == 4 and p.isdigit() for k in {n.first, n.last} for p in lower[k].split("-"))

    def _is_list_mark(self, parse: Parse, n: Numeral) -> bool:
        text, t = parse.text, parse[n.last]
        line_start = text.rfind("\n", 0, parse[n.first].start) + 1
        if text[line_start : parse[n.first].start].strip(" \t-*•–—·\u00a0"):
            return False
        rest = text[t.end : t.end + 2].strip()
        return rest[:1] in (")", ".", "/", "°", "-", ":") and n.first == n.last

    def _is_bracketed(self, parse: Parse, lower: list[str], n: Numeral, unit: Unit | None, first: int, end: int) -> bool:
        """A bare number in brackets behind a name: an age or a page."""
        if unit is not None and unit.head >= 0:
            return False
        if n.first - 2 < first or n.last + 1 >= end:
            return False
        return lower[n.first - 1] == "(" and lower[n.last + 1] in (")", ",") and parse[n.first - 2].pos == "PROPN"
