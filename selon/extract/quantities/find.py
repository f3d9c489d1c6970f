"""Finding quantities: numerals, what opens or blurs them, what they count, and what is no count at all.

May import: `lang`, `rules`, `model`, `errors`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from selon.extract.quantities.guards import Guards
from selon.extract.quantities.numerals import Kind, Numeral, NumeralReader
from selon.extract.quantities.parts import bounds, with_parts
from selon.extract.quantities.phrases import PhraseTable
from selon.extract.quantities.quantity import Quantity
from selon.extract.quantities.unit import Unit, UnitReader
from selon.extract.quantities.words import number_words
from selon.lang import Pack, per_pack
from selon.model import CountOf, Parse, Population, Qualifier, Report, Sentence, TimeSpan
from selon.model.word import plain


@dataclass(frozen=True)
class _Tools:
    """Everything of a pack that the stage needs, built once."""

    reader: NumeralReader
    before: PhraseTable
    after: PhraseTable
    context: PhraseTable
    units: UnitReader
    guards: Guards
    negators: frozenset[str]
    """Last words of what says that there were none: most sentences have no such word."""
    unharmed: frozenset[str]


@per_pack
def _build(pack: Pack) -> _Tools:
    words = number_words(pack)
    context = PhraseTable(pack.lexicons["number-context"])
    units = UnitReader(pack, words, context)
    return _Tools(
        NumeralReader(words), PhraseTable(pack.lexicons["number-qualifiers"]), PhraseTable(pack.lexicons["number-after"]), context, units,
        Guards(words, PhraseTable(pack.lexicons["unit-measure"]), context, units), context.ends("role", "negator")[1],
        context.ends("role", "unharmed")[0],
    )  # fmt: skip


_BLUR: dict[Qualifier, int] = {"more_than": 5, "at_least": 5, "less_than": 5, "up_to": 5, "vague": 4, "about": 3, "exact": 0}


def find_quantities(report: Report, parse: Parse, pack: Pack, times: Sequence[TimeSpan]) -> tuple[Quantity, ...]:
    """All quantities in text order, without ages, distances, dates, percentages, calibres, votes and model numbers."""
    tools = _build(pack)
    lower = [plain(t.text) for t in parse.tokens]
    spans = sorted((t.span.start, t.span.end) for t in times)
    starts = [s for s, _ in spans]
    found: list[Quantity] = []
    for sentence in parse.sentences:
        found += _Sentence(parse, lower, sentence, tools, spans, starts).quantities()
    return with_parts(parse, lower, found, tools.context, tools.reader.w.of)


class _Sentence:
    """Works on one sentence; positions are token indices of the whole parse."""

    def __init__(
        self, parse: Parse, lower: list[str], sentence: Sentence, tools: _Tools, spans: list[tuple[int, int]], starts: list[int]
    ) -> None:
        self.parse, self.lower, self.tools = parse, lower, tools
        self.first, self.end = sentence.first, sentence.last + 1
        self.spans, self.starts = spans, starts
        self.w = tools.reader.w

    def quantities(self) -> list[Quantity]:
        words = [t.text for t in self.parse.tokens[self.first : self.end]]
        shift = self.first
        numerals = [Numeral(n.first + shift, n.last + shift, n.low, n.high, n.kind) for n in self.tools.reader.read(words)]
        numerals = self._ranges(numerals)
        out: list[Quantity] = []
        for k, n in enumerate(numerals):
            following = numerals[k + 1] if k + 1 < len(numerals) else None
            q = self._quantity(n, following)
            if q is not None:
                out.append(q)
        out += self._zeros(out)
        out += self._unsaid(out)
        return sorted((q for q in out if not _is_inside(q, out)), key=lambda q: (q.span.start, q.span.end))

    # --- ranges --------------------------------------------------------------------------------------------------------------------

    def _ranges(self, numerals: list[Numeral]) -> list[Numeral]:
        """Joins "de 10 à 15", "entre 5 et 8", "deux ou trois", "18, voire 20"; drops a vague word before a number ("quelques 200")."""
        out: list[Numeral] = []
        for n in numerals:
            if out and out[-1].kind in ("digits", "words", "collective", "one") and n.kind in ("digits", "words", "collective"):
                joined = self._joined(out[-1], n) if not self._in_time(out[-1]) else None
                if joined is not None:
                    out[-1] = joined
                    continue
            if out and out[-1].kind == "vague" and out[-1].first == out[-1].last == n.first - 1 and n.kind in ("digits", "words"):
                out[-1] = n
                continue
            out.append(n)
        return out

    def _joined(self, a: Numeral, b: Numeral) -> Numeral | None:
        w, lower = self.w, self.lower
        gap = lower[a.last + 1 : b.first]
        before = lower[a.first - 1] if a.first > self.first else ""
        link = gap[-1] if gap else ""
        if len(gap) == 1 and link in w.range_and:
            if before not in w.between:
                return None
        elif len(gap) == 1 and link in w.range_to:
            if before in w.range_from and self._is_change(a.first - 1):
                return None
        elif not (len(gap) == 2 and gap[0] == "," and link in w.or_even):
            return None
        if a.kind == "one" and link not in w.or_even and not self.tools.context.forward(lower, b.first - 1):
            # "un à trois blessés", but not "un (navire) à deux pas d'ici".
            counted = b.last + 1 < self.end and self.tools.units.entry_at(self.parse, lower, b.last + 1) is not None
            if not counted:
                return None
        low = a.low
        scale = self._shared_scale(a, b)
        if scale:
            low *= scale
        if b.high is None or low >= b.high:
            return None
        kind: Kind = "collective" if "collective" in (a.kind, b.kind) else "digits"
        return Numeral(a.first, b.last, low, b.high, kind)

    def _shared_scale(self, a: Numeral, b: Numeral) -> int:
        """As in "trois à quatre mille", "3 à 4 000": the scale that the first number leaves to the second."""
        w = self.w
        word = self.lower[b.last].rpartition("-")[2]
        scale = w.scales.get(word, 0) or (1000 if word in w.thousand else 100 if word in w.hundred else 0)
        if not scale and b.low % 1000 == 0 and b.first == b.last and self.lower[b.first][:1].isdigit():
            scale = 1000
        if scale and a.low < 1000 and b.low % scale == 0 and 0 < a.low < b.low // scale and b.low // scale < 1000:
            return scale if a.low * scale < b.low else 0
        return 0

    def _is_change(self, k: int) -> bool:
        """Whether a verb of revision stands close before token `k`: then "de X à Y" is an old and a new count."""
        for t in reversed(self.parse.tokens[max(self.first, k - 5) : k]):
            entry = self.tools.units.pack.lexicons["number-context"].get(plain(t.lemma))
            if entry is not None and entry["role"] == "change":
                return True
            if t.pos == "PUNCT":
                return False
        return False

    # --- one quantity --------------------------------------------------------------------------------------------------------------

    def _quantity(self, n: Numeral, following: Numeral | None) -> Quantity | None:
        tools, parse, lower = self.tools, self.parse, self.lower
        unit = tools.units.read(parse, lower, n, self.end)
        if self._in_time(n) and not (unit and unit.entry):
            return None
        if unit is None and n.kind in ("one", "vague") and self._stands_for_one(n):
            unit = Unit(None, None, -1, n.last, None, "them")
        if unit is None and (n.kind in ("one", "none") or (n.kind == "vague" and lower[n.last] not in self.w.plural_collectives)):
            return None
        if n.kind == "one" and not tools.units.counts_one(unit):
            return None
        first, qualifier = self._before(n)
        if n.kind != "one" and tools.guards.is_no_count(parse, lower, n, unit, following, first, self.first, self.end):
            return None
        if n.high == 0 and n.kind == "words" and unit is None and n.first > self.first and parse[n.first - 1].pos == "NOUN":
            return None  # "kilometre zero"
        if n.kind == "one" and qualifier == "about":
            return None  # "near a school"
        low, high = n.low, n.high
        last = unit.last if unit is not None else n.last
        behind = tools.after.forward(lower, n.last + 1) or tools.after.forward(lower, last + 1)
        if behind is not None and behind[0] + max(n.last, last) < self.end + 2:
            word = cast(Qualifier, behind[1]["qualifier"])
            if _BLUR[word] > _BLUR[qualifier]:
                qualifier = word
        if qualifier == "exact" and n.kind in ("collective", "vague"):
            qualifier = "about" if n.kind == "collective" else "vague"
        kind = n.kind
        if n.kind == "one" and first > self.first and self._negated_one(first):
            if unit is None or unit.cls not in ("person", "victim", "body", "them"):
                return None
            low, high, kind, qualifier = 0, 0, "none", "exact"
        low_out, high_out = bounds(low, high, qualifier)
        if n.kind in ("none",) or kind == "none":
            low_out, high_out, qualifier = 0, 0, "exact"
        return self._make(n, unit, first, last, low_out, high_out, qualifier, kind)

    def _make(
        self, n: Numeral, unit: Unit | None, first: int, last: int, low: int | None, high: int | None, qualifier: Qualifier, kind: Kind
    ) -> Quantity:
        parse = self.parse
        entry = unit.entry if unit is not None else None
        count = cast("CountOf | None", entry.get("count") or None) if entry else None
        merged = bool(unit is not None and unit.merged)
        if unit is not None and unit.factor != 1:
            low = low * unit.factor if low is not None else None
            high = high * unit.factor if high is not None else None
        return Quantity(
            span=parse.span(first, last), low=low, high=high, qualifier=qualifier,
            unit=unit.text if unit is not None else None, unit_lemma=unit.lemma if unit is not None else None,
            head=unit.head if unit is not None and unit.head >= 0 else n.first, numeral=n.first, kind=kind,
            last=last, unit_class=unit.cls if unit is not None else "", count_of=count,
            population=cast("Population | None", entry.get("population") or None) if entry else None, merged=merged,
        )  # fmt: skip

    def _stands_for_one(self, n: Numeral) -> bool:
        """Whether a word that is mostly an article is a count by itself: "dont un abattu", "dont plusieurs à Homs", "une à Lyon et une à Nice"."""
        k = n.last + 1
        if k >= self.end:
            return False
        before = self._role(n.first - 1) if n.first > self.first else ""
        behind = self.parse[k]
        if n.kind == "vague" and n.first == n.last and behind.pos in ("VERB", "AUX") and before != "part":
            return n.first - 1 > self.first and (self.parse[n.first - 1].pos == "CCONJ" or self.parse[n.first - 1].text == ",")
        bare = (
            behind.pos in ("ADP", "PUNCT")
            or (before == "part" and behind.pos == "ADV")
            or (behind.pos in ("VERB", "ADJ") and self.tools.units.is_participle(self.lower[k]))
        )
        if before == "part":
            return bare and self.lower[k] not in self.w.of
        if n.kind != "one" or n.first - 1 <= self.first or behind.pos != "ADP" or self.lower[k] in self.w.of:
            return False
        lists = self.parse[n.first - 1]
        return (lists.pos == "CCONJ" or lists.text == ",") and k + 1 < self.end and self.parse[k + 1].pos == "PROPN"

    def _in_time(self, n: Numeral) -> bool:
        start, end = self.parse[n.first].start, self.parse[n.last].end
        k = bisect_right(self.starts, start) - 1
        return k >= 0 and self.spans[k][1] >= end

    def _before(self, n: Numeral) -> tuple[int, Qualifier]:
        """Where the phrase begins with all that qualifies the number, and the strongest qualifier."""
        lower, first = self.lower, n.first
        best: Qualifier = "exact"
        while first > self.first:
            k = first - 1
            if self.parse[k].deprel == "compound:prt":
                break  # "handed over two hostages" hands over two
            hit = self.tools.before.backward(lower, k)
            skipped = 0
            if hit is None and lower[k] in self.w.once | self.w.vague_before and k > self.first:
                # "plus de ces 200", "les quelque 300", "aux environs des 40": one determiner between.
                hit = self.tools.before.backward(lower, k - 1)
                skipped = 1
            if hit is None or k - skipped + 1 - hit[0] < self.first:
                break
            word = cast(Qualifier, hit[1]["qualifier"])
            first = k - skipped + 1 - hit[0]
            if hit[1].get("unless") == "negated" and self._is_negated(first):
                word = "exact"  # "n'en compte plus que 31"
            if _BLUR[word] > _BLUR[best]:
                best = word
        return first, best

    def _is_negated(self, k: int) -> bool:
        """Whether a particle of negation stands close before token `k`."""
        return any(t.feats.get("Polarity") == "Neg" or self._role(t.i) == "particle" for t in self.parse.tokens[max(self.first, k - 4) : k])

    def _negated_one(self, first: int) -> bool:
        """As in "pas un (seul) blessé"."""
        hit = self.tools.context.backward(self.lower, first - 1)
        return hit is not None and hit[1]["role"] == "negator"

    # --- nothing -------------------------------------------------------------------------------------------------------------------

    def _zeros(self, found: list[Quantity]) -> list[Quantity]:
        """As in "sans faire de victimes", "ni mort ni blessé", "pas de blessé", "sains et saufs"."""
        out: list[Quantity] = []
        parse, lower, tools = self.parse, self.lower, self.tools
        here = lower[self.first : self.end]
        negated, unharmed = not tools.negators.isdisjoint(here), not tools.unharmed.isdisjoint(here)
        if not negated and not unharmed:
            return out
        taken = {q.head for q in found}
        for k in range(self.first, self.end):
            hit = tools.context.forward(lower, k) if unharmed else None
            if hit is not None and hit[1]["role"] == "unharmed":
                last = k + hit[0] - 1
                out.append(Quantity(parse.span(k, last), 0, 0, "exact", None, hit[1].key, k, k, None, "none", last, "unharmed"))
                continue
            if not negated or k in taken or k == self.first:
                continue
            unit = tools.units.entry_at(parse, lower, k)
            if unit is None or unit.get("class") not in ("victim", "body"):
                continue
            first = self._negator_before(k)
            if first is not None:
                out.append(
                    Quantity(
                        parse.span(first, k), 0, 0, "exact", parse[k].text, unit.key, k, first, None, "none", k, "victim",
                        cast("CountOf", unit["count"]),
                    )
                )  # fmt: skip
        return out

    def _unsaid(self, found: list[Quantity]) -> list[Quantity]:
        """One without a word for it: in headlines ("Médecin tué à Homs"), and of a family ("sa mère a été tuée")."""
        out: list[Quantity] = []
        parse, tools = self.parse, self.tools
        taken = {q.head for q in found}
        for k in range(self.first, self.end):
            t = parse[k]
            if t.pos != "NOUN" or k in taken or t.feats.get("Number") == "Plur":
                continue
            owned = k > self.first and parse[k - 1].feats.get("Poss") == "Yes"
            bare = (k == self.first or parse[k - 1].pos == "PUNCT") and k + 1 < self.end and self._tells_fate(k + 1)
            if not owned and not (bare and (t.text[:1].isupper() or parse[k - 1].text == ":")):
                continue
            entry = tools.units.entry_at(parse, self.lower, k)
            if entry is None or entry.get("class") != "person" or entry.get("kin" if owned else "one") != "yes":
                continue
            if entry.key != self.lower[k] and not owned and self.lower[k].endswith("s"):
                continue
            first = k - 1 if owned else k
            out.append(
                Quantity(
                    parse.span(first, k), 1, 1, "exact", t.text, entry.key, k, first, None, "one", k, "person", None,
                    cast("Population | None", entry.get("population") or None),
                )
            )  # fmt: skip
        return out

    def _tells_fate(self, k: int) -> bool:
        """Whether a participle at token `k` may say what happened to the noun before it."""
        units = self.tools.units
        entry = units.entry_at(self.parse, self.lower, k)
        return units.is_participle(self.lower[k]) or (entry is not None and entry.get("class") == "victim")

    def _negator_before(self, k: int) -> int | None:
        """The first token of "pas fait de", "sans", "ni", "sans faire de nouvelles" before the noun at `k`, or None."""
        lower, parse = self.lower, self.parse
        j = k - 1
        if j >= self.first and parse[j].pos == "ADJ":
            j -= 1
        if j < self.first:
            return None
        word = self._role(j)
        if word == "negator" and self.lower[j] not in self.w.of:
            return j
        leads = self.w.adjectives_before and word == "bridge"
        if (lower[j] not in self.w.of or lower[j] == "des") and not leads:
            return None
        steps = 0
        j -= 1
        while j >= self.first and steps < 6:
            role = self._role(j)
            if role == "negator":
                return j
            if role != "bridge" and parse[j].pos not in ("VERB", "AUX", "ADV", "PRON"):
                return None
            j -= 1
            steps += 1
        return None

    def _role(self, k: int) -> str:
        hit = self.tools.context.backward(self.lower, k)
        return hit[1]["role"] if hit is not None and hit[0] == 1 else ""


def _is_inside(q: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether a word without a number belongs to what qualifies another count ("as many as 500", "no more than 20", "no reports of casualties")."""
    return q.kind in ("vague", "none") and any(
        o is not q and o.span.start <= q.span.start and q.span.end <= o.span.end and o.span != q.span for o in others
    )
