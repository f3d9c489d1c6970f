"""What a number counts: the noun behind it. May import: `lang`, `rules`, `model`, `errors`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from selon.extract.quantities.numerals import Numeral
from selon.extract.quantities.phrases import PhraseTable
from selon.extract.quantities.words import NumberWords, base_entry
from selon.lang import Pack
from selon.model import Parse, Token
from selon.model.word import plain
from selon.rules import Entry

_QUOTES = frozenset('"«»“”„‟')
_NOUNS = frozenset(("NOUN", "PROPN"))


@dataclass(frozen=True, slots=True)
class Unit:
    """The counted noun. `head` is its token (-1 for "d'entre eux"), `last` the last token of the phrase, `entry` its lexicon line.

    `other` says that the number counts more of the same ("sept autres"), `factor` scales money ("M$").
    """

    text: str | None
    lemma: str | None
    head: int
    last: int
    entry: Entry | None
    cls: str = ""
    other: bool = False
    merged: bool = False
    factor: int = 1


class UnitReader:
    """Reads the unit behind a numeral with the lexicons of one pack."""

    def __init__(self, pack: Pack, words: NumberWords, context: PhraseTable) -> None:
        self.pack, self.w, self.context = pack, words, context
        self.units = pack.lexicons["unit-count"]
        self.measures = pack.lexicons["unit-measure"]
        self.people = pack.lexicons.get("place-demonyms")
        self.governors = pack.lexicons.get("figure-governors")
        self.participles = [(str(a), str(b)) for a, b in pack.table("figure-endings")["participles"]]
        self.phrases = PhraseTable(e for e in self.units if " " in e.key or "'" in e.key)

    def entry_at(self, parse: Parse, lower: list[str], k: int) -> Entry | None:
        """The lexicon line of a counted noun at token `k`."""
        hit = self.phrases.forward(lower, k)
        if hit is not None:
            return hit[1]
        t = parse[k]
        if t.pos in ("ADP", "DET", "PRON", "CCONJ", "SCONJ", "AUX", "PUNCT", "ADV"):
            return None
        return base_entry(t.text, t.lemma if t.pos in _NOUNS else t.text, self.units, self.pack)

    def role(self, lower: list[str], k: int) -> str:
        hit = self.context.forward(lower, k)
        return hit[1]["role"] if hit is not None and hit[0] == 1 else ""

    def read(self, parse: Parse, lower: list[str], n: Numeral, end: int) -> Unit | None:
        """The unit behind the numeral within the sentence (which ends before `end`), or None when nothing is named.

        What a word before the counted noun says of its fate ("80 wounded people") outweighs the noun.
        """
        unit = self._read(parse, lower, n, end)
        if unit is None or unit.head < 0 or not self.w.adjectives_before or (unit.entry is not None and unit.entry.get("count")):
            return unit
        for k in range(n.last + 1, unit.head):
            fate = self.entry_at(parse, lower, k) if parse[k].pos in ("ADJ", "VERB", "NOUN") else None
            if fate is not None and fate.get("count") and fate.get("class") in ("victim", "person"):
                return replace(unit, entry=fate, cls=fate["class"])
        return unit

    def _read(self, parse: Parse, lower: list[str], n: Numeral, end: int) -> Unit | None:
        sign = self.measures.get(lower[n.first - 1]) if n.first else None
        if (
            sign is not None
            and sign["class"] == "money"
            and not lower[n.first - 1].isalpha()
            and parse[n.first - 1].sent == parse[n.first].sent
        ):
            return Unit(parse[n.first - 1].text, lower[n.first - 1], -1, n.last, None, "money", factor=int(sign.get("factor", "1")))
        k = n.last + 1
        other = False
        partitive = False
        steps = 0
        while k < end and steps < 5:
            steps += 1
            t = parse[k]
            word = lower[k]
            if word in _QUOTES and k + 1 < end:
                k += 1
                continue
            hit = self.phrases.forward(lower, k)
            if hit is not None:
                return self._found(parse, lower, k, k + hit[0] - 1, hit[1], other, n, end)
            if self.w.adjectives_before and self._narrows(parse, lower, k, end):
                steps -= 1
                k += 1
                continue
            role = self.role(lower, k)
            if role == "other":
                other, k = True, k + 1
                continue
            pair = self.context.forward(lower, k)
            if pair is not None and pair[1]["role"] == "partitive" and k + pair[0] < end and self.role(lower, k + pair[0]) == "them":
                return Unit(None, None, -1, k + pair[0], None, "them")
            if word in self.w.of and not partitive:
                if (
                    n.kind not in ("collective", "vague", "one", "none")
                    and not self._scaled(lower, n)
                    and not self._owned(parse, lower, k, end)
                ):
                    return Unit(None, None, -1, k - 1, None, "", other) if other else None
                partitive, k = True, k + 1
                continue
            if partitive and t.pos == "DET":
                k += 1
                continue
            entry = self.entry_at(parse, lower, k)
            if role == "between" and (k + 1 < end) and self._noun_follows(parse, lower, k + 1, end):
                k += 1
                continue
            if entry is not None and (t.pos != "VERB" or entry.get("count")):
                return self._found(parse, lower, k, k, entry, other, n, end)
            if self.is_participle(word):
                break
            if t.pos in (*_NOUNS, "X", "SYM", "NUM") and (any(c.isalpha() for c in t.text) or word in self.measures):
                return self._found(parse, lower, k, k, None, other, n, end)
            if t.pos == "ADJ" and self._noun_follows(parse, lower, k + 1, end):
                k += 1
                continue
            break
        return Unit(None, None, -1, k - 1, None, "", True) if other else None

    def _narrows(self, parse: Parse, lower: list[str], k: int, end: int) -> bool:
        """Whether the word at k only narrows the counted noun behind it ("32 Ukrainian drones", "two oil depots", "three aid workers")."""
        t = parse[k]
        if t.pos not in ("ADJ", "NOUN", "PROPN", "VERB", "NUM") or k + 1 >= end or t.text in _QUOTES:
            return False
        head = parse[t.head]
        if t.rel in ("compound", "amod", "nmod", "flat") and k < head.i < min(end, k + 6) and head.pos in _NOUNS:
            return not any(x.pos in ("ADP", "PUNCT", "VERB", "CCONJ") and x.text not in _QUOTES for x in parse.tokens[k + 1 : head.i])
        if t.pos not in ("ADJ", "PROPN") or parse[k + 1].pos not in _NOUNS:
            return False
        known = self.people is not None and lower[k] in self.people
        return known and self.entry_at(parse, lower, k + 1) is not None

    def is_participle(self, word: str) -> bool:
        """Whether a word is a participle of a word that counts, as in "35 lancés": a participle that the parser took for a noun."""
        return self.governors is not None and any(
            word.endswith(a) and word[: len(word) - len(a)] + b in self.governors for a, b in self.participles if len(word) > len(a) + 2
        )

    def counts_one(self, unit: Unit | None) -> bool:
        """Whether an article before this unit counts 1."""
        if unit is None:
            return False
        if unit.cls == "them" or (unit.other and unit.head < 0):
            return True
        return (unit.entry is not None and unit.entry.get("one") == "yes") or (unit.entry is None and unit.cls == "person")

    def _scaled(self, lower: list[str], n: Numeral) -> bool:
        return lower[n.last] in self.w.scales

    def _owned(self, parse: Parse, lower: list[str], k: int, end: int) -> bool:
        """As in "cinq de nos habitants", "quatre des blessés": some of a known group."""
        if k + 1 >= end:
            return False
        if lower[k] not in ("de", "d'") and self._noun_follows(parse, lower, k + 1, end):
            return True
        return parse[k + 1].pos == "DET" and k + 2 < end and self._noun_follows(parse, lower, k + 2, end)

    def _noun_follows(self, parse: Parse, lower: list[str], k: int, end: int) -> bool:
        for j in range(k, min(k + 2, end)):
            if lower[j] in _QUOTES:
                continue
            if parse[j].pos in _NOUNS or self.entry_at(parse, lower, j) is not None:
                return True
            if parse[j].pos != "ADJ":
                return False
        return False

    def _found(self, parse: Parse, lower: list[str], k: int, last: int, entry: Entry | None, other: bool, n: Numeral, end: int) -> Unit:
        t = parse[k]
        start = k
        while self.w.adjectives_before and start > n.last + 1 and parse[start - 1].rel == "compound" and parse[start - 1].head == k:
            start -= 1
        cls = entry.get("class") if entry is not None else ""
        factor = 1
        if entry is None:
            measure = self.measures.get(lower[k])
            if measure is not None and measure["class"] == "money":
                cls, factor = "money", int(measure.get("factor", "1"))
            elif self.people is not None and t.text[:1].isupper() and lower[k] in self.people:
                cls = "person"
            else:
                cls = "unknown"
        last = self._extend(parse, lower, last, end)
        merged = False
        if cls == "victim" and last + 2 < end and lower[last + 1] in self.w.or_words:
            second = self.entry_at(parse, lower, last + 2)
            if second is not None and second.get("class") == "victim" and entry is not None and second.get("count") != entry.get("count"):
                merged, last = True, last + 2
        text = parse.span(start, last).text
        return Unit(text, entry.key if entry is not None else plain(t.lemma or t.text), k, last, entry, cls, other, merged, factor)

    def _extend(self, parse: Parse, lower: list[str], last: int, end: int) -> int:
        """Takes in "d'habitation", "de combat": a bare noun behind "de" that makes one term with the unit."""
        if (
            last + 2 < end
            and lower[last + 1] in ("de", "d'")
            and parse[last + 2].pos == "NOUN"
            and self._near(parse[last], parse[last + 2])
        ):
            return last + 2
        return last

    @staticmethod
    def _near(a: Token, b: Token) -> bool:
        return b.start - a.end <= 4
