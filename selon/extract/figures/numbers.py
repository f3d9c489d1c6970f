"""Completing bare numbers from their neighbours, and reading the words around a count. May import: `lang`, `rules`, `model`, `errors`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from selon.extract.figures.governors import Governors, Link
from selon.extract.quantities import Quantity
from selon.extract.quantities.words import base_entry, plain
from selon.lang import Pack
from selon.model import Parse, Scope, Token
from selon.rules import Entry

_REACH = 12
"""Tokens that the search for a governing word near by goes to each side."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity with its unit completed. `before` and `after` are the neighbours that share its sentence and unit.

    `denominator`: the number out of which another one counts ("21 des 23"). `narrowed`: a zero that another zero beside it completes
    ("pas de victimes ni de blessés": the second says the wounded).
    """

    index: int
    quantity: Quantity
    before: int | None = None
    after: int | None = None
    denominator: bool = False
    narrowed: bool = False


def completed(parse: Parse, pack: Pack, quantities: Sequence[Quantity]) -> list[Counted]:
    """All quantities in text order, bare ones with the unit of a neighbour or of the noun before them."""
    context = Context(parse, pack)
    out: list[Counted] = []
    for i, q in enumerate(quantities):
        sent = parse[q.numeral].sent
        before = i - 1 if i and parse[quantities[i - 1].numeral].sent == sent else None
        after = i + 1 if i + 1 < len(quantities) and parse[quantities[i + 1].numeral].sent == sent else None
        denominator = before is not None and context.is_out_of(quantities[before], q)
        narrowed = q.kind == "none" and any(
            p.kind == "none" and p.count_of == "wounded" and parse[p.numeral].sent == sent and abs(p.numeral - q.numeral) <= 6
            for p in quantities[max(0, i - 1) : i + 2]
            if p is not q
        )
        shared: int | None = None
        if q.unit is None and q.unit_class in ("", "them") and q.kind not in ("none",):
            q, shared = context.with_unit(q, quantities, out, i, before, after, sent)
        out.append(Counted(i, q, before, shared if shared is not None else None, denominator, narrowed))
    return out


class Context:
    """Looks around a count in one parse."""

    def __init__(self, parse: Parse, pack: Pack) -> None:
        self.parse, self.pack = parse, pack
        self.words = pack.lexicons["figure-context"]
        self.units = pack.lexicons["unit-count"]

    def role(self, t: Token) -> str:
        entry = self.words.get(plain(t.text)) or self.words.get(plain(t.lemma))
        return entry["role"] if entry is not None else ""

    def unit_at(self, t: Token) -> Entry | None:
        if t.pos in ("ADP", "DET", "PRON", "CCONJ", "SCONJ", "AUX", "PUNCT", "ADV", "NUM"):
            return None
        return base_entry(t.text, t.lemma, self.units, self.pack)

    def zero_of(self, q: Quantity) -> str:
        entry = self.units.get(q.unit_lemma or "")
        return entry.get("zero") if entry is not None else ""

    def is_out_of(self, a: Quantity, b: Quantity) -> bool:
        """Whether `b` is the number out of which `a` counts: "21 des 23", "72 missiles sur 99"."""
        start = self.parse.at(b.span.start)
        if start is None:
            return False
        gap = [plain(t.text) for t in self.parse.tokens[a.last + 1 : start.i]]
        while gap and self.parse[start.i - 1].pos == "DET" and len(gap) > 1:
            gap.pop()
            break
        words = self.pack.table("figure-words")
        return len(gap) == 1 and (gap[0] in words["out_of"] or (a.unit is None and gap[0] in words["some_of"]))

    def with_unit(
        self, q: Quantity, all_: Sequence[Quantity], done: list[Counted], i: int, before: int | None, after: int | None, sent: int
    ) -> tuple[Quantity, int | None]:
        """A bare number with the unit it is understood to have, and the neighbour whose count it shares, if it is one."""
        if after is not None and self.is_out_of(q, all_[after]):
            other = all_[after]
            return replace(q, unit=other.unit, unit_lemma=other.unit_lemma, unit_class=other.unit_class, head=other.head,
                           count_of=other.count_of), None  # fmt: skip
        if after is not None and q.last + 2 >= all_[after].numeral and self.role(self.parse[q.last + 1]) == "slot_oblique":
            other = all_[after]
            return replace(q, unit=other.unit, unit_lemma=other.unit_lemma, unit_class=other.unit_class, count_of=other.count_of,
                           population=other.population), after  # fmt: skip
        noun = self._noun_before(q)
        if noun is not None:
            t, entry = noun
            of = entry.get("count")
            return replace(q, unit=t.text, unit_lemma=entry.key, unit_class=entry["class"], head=t.i,
                           count_of=of or None), None  # type: ignore[arg-type]  # fmt: skip
        if before is not None:
            other = done[before].quantity
            if other.kind != "none" and other.unit_class not in ("money",):
                return replace(q, unit=other.unit, unit_lemma=other.unit_lemma, unit_class=other.unit_class), None
        for k in range(i - 1, max(-1, i - 4), -1):
            other = done[k].quantity
            if sent - self.parse[other.numeral].sent > 1:
                break
            if other.unit_class in ("weapon", "aircraft", "person", "victim"):
                cls = "" if other.unit_class == "victim" else other.unit_class
                return replace(q, unit=other.unit, unit_lemma=other.unit_lemma, unit_class=cls), None
        return q, None

    def _noun_before(self, q: Quantity) -> tuple[Token, Entry] | None:
        """ "Disparus : 9 000", "le nombre de morts est de sept", "le bilan des blessés s'élève à 22"."""
        first = self.parse.at(q.span.start)
        if first is None:
            return None
        sentence = self.parse.sentence(first)
        total = False
        best: tuple[Token, Entry] | None = None
        colon = first.i > sentence.first and self.parse[first.i - 1].text == ":"
        for k in range(first.i - 1, max(sentence.first, first.i - 14) - 1, -1):
            t = self.parse[k]
            if t.text in (";", ".", "•", "|") or "\n" in self.parse.text[t.end : self.parse[k + 1].start]:
                break
            if t.pos == "NUM" and not colon:
                break
            entry = self.unit_at(t)
            if entry is not None and best is None and (entry.get("count") or colon):
                best = (t, entry)
            if self.role(t) == "total":
                total = True
        if best is None:
            return None
        return best if total or colon else None

    def scope(self, q: Quantity) -> Scope | None:
        """cumulative after "depuis", total beside "au total"; None when the words around it do not say."""
        sentence = self.parse.sentence(self.parse[q.numeral])
        for t in self.parse.tokens[max(sentence.first, q.numeral - 6) : min(sentence.last, q.last + 8) + 1]:
            role = self.role(t)
            if role == "cumulative":
                return "cumulative"
            if role == "whole":
                return "total"
        return None

    def near(self, governors: Governors, q: Quantity) -> Link | None:
        """The nearest governing word in the clause where the parse shows none: to the right a participle or verb, to the left a verb."""
        parse = self.parse
        sentence = parse.sentence(parse[q.numeral])
        passive = False
        for t in parse.tokens[q.last + 1 : min(sentence.last, q.last + _REACH) + 1]:
            if t.text in (".", ";", ":", "!", "?") or t.pos == "NUM":
                break
            if t.pos == "AUX":
                passive = True
            if t.pos in ("VERB", "ADJ"):
                counts = governors.counts(parse, t)
                if counts is not None:
                    for slot in ("patient", "agent"):
                        of = counts.get(slot, q.unit_class)
                        if of is not None and (slot == "agent" or passive or t.feats.get("VerbForm") != "Fin"):
                            return Link(t.i, slot, of, t.i - q.last)
                if t.pos == "VERB":
                    break
        first = parse.at(q.span.start)
        start = first.i if first is not None else q.numeral
        for t in reversed(parse.tokens[max(sentence.first, start - _REACH) : start]):
            if t.text in (".", ";", "!", "?") or t.pos == "NUM":
                break
            if t.pos in ("VERB", "NOUN"):
                counts = governors.counts(parse, t)
                of = counts.get("patient", q.unit_class) if counts is not None else None
                if of is not None:
                    return Link(t.i, "patient", of, start - t.i)
                if t.pos == "VERB":
                    break
        return None
