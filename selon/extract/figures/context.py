"""The words around a count: units it leaves out, governing words near by, scope. May import: `lang`, `rules`, `model`, `errors`."""

from __future__ import annotations

from typing import cast

from selon.extract.figures.governors import Governors, Link, count_in, is_reflexive
from selon.extract.quantities import Quantity
from selon.extract.quantities.phrases import PhraseTable
from selon.extract.quantities.words import base_entry, number_words
from selon.lang import Pack
from selon.model import CountOf, Parse, Scope, Token
from selon.model.word import plain
from selon.rules import Entry

_RIGHT = 12
_LEFT = 5
_CLOSE = 5
"""Tokens that the search for a governing word near by goes to each side."""
_NO_UNIT = frozenset(("ADP", "DET", "PRON", "CCONJ", "SCONJ", "AUX", "PUNCT", "ADV", "NUM"))
_STOPS = frozenset((".", ";", "!", "?"))


class Context:
    """Looks around a count in one parse."""

    def __init__(self, parse: Parse, pack: Pack) -> None:
        self.parse, self.pack = parse, pack
        self.words = pack.lexicons["figure-context"]
        self.phrases = PhraseTable(e for e in self.words if " " in e.key)
        self.units = pack.lexicons["unit-count"]

    def role(self, t: Token) -> str:
        entry = self.words.get(plain(t.text)) or self.words.get(plain(t.lemma))
        return entry["role"] if entry is not None else ""

    def unit_at(self, t: Token) -> Entry | None:
        """The lexicon line of a counted noun at a token."""
        if t.pos in _NO_UNIT:
            return None
        return base_entry(t.text, t.lemma, self.units, self.pack)

    def zero_of(self, q: Quantity) -> str:
        entry = self.units.get(q.unit_lemma or "")
        return entry.get("zero") if entry is not None else ""

    def start(self, q: Quantity) -> int:
        """The index of the first token of the count's phrase."""
        t = self.parse.at(q.span.start)
        return t.i if t is not None else q.numeral

    def is_out_of(self, a: Quantity, b: Quantity) -> bool:
        """Whether `b` is the number out of which `a` counts: "21 des 23", "72 missiles sur 99"."""
        start = self.start(b)
        between = [t for t in self.parse.tokens[a.last + 1 : start] if t.text != ","]
        while a.unit is not None and len(between) > 1 and between[0].pos in ("ADJ", "VERB", "NOUN", "ADV"):
            between.pop(0)  # "40 enemy drones destroyed out of 52"
        gap = [plain(t.text) for t in between]
        if len(gap) == 2 and self.parse[start - 1].pos == "DET":
            gap.pop()
        words = self.pack.table("figure-words")
        return len(gap) == 1 and (gap[0] in words["out_of"] or (a.unit is None and gap[0] in words["some_of"]))

    def noun_before(self, q: Quantity) -> tuple[Token, Entry] | None:
        """The noun that a bare number counts: "Disparus : 9 000", "le total des blessés atteint 31"."""
        parse = self.parse
        first = self.start(q)
        sentence = parse.sentence(parse[first])
        colon = first > sentence.first and parse[first - 1].text == ":"
        total = False
        best: tuple[Token, Entry] | None = None
        for k in range(first - 1, max(sentence.first, first - 14) - 1, -1):
            t = parse[k]
            if t.text in _STOPS or t.text in ("•", "|") or "\n" in parse.text[t.end : parse[k + 1].start]:
                break
            if t.pos == "NUM" and not colon:
                break
            entry = self.unit_at(t)
            if entry is not None and best is None and (entry.get("count") or colon):
                best = (t, entry)
            total = total or self.role(t) == "total"
        return best if best is not None and (total or colon) else None

    def is_toll(self, q: Quantity) -> bool:
        """Whether a word for a toll stands before a bare number in its sentence ("le bilan grimpe à 14"): then it counts the dead."""
        first = self.start(q)
        for t in reversed(self.parse.tokens[self.parse.sentence(self.parse[first]).first : first]):
            entry = self.words.get(plain(t.text)) or self.words.get(plain(t.lemma))
            if entry is not None and entry.get("toll") == "yes":
                return True
            if t.text in _STOPS or t.pos == "NUM":
                return False
        return False

    def noun_after(self, q: Quantity) -> tuple[Token, Entry] | None:
        """The noun behind a bare number: "portent à 40 le total des disparus"."""
        parse = self.parse
        sentence = parse.sentence(parse[q.numeral])
        total = False
        for t in parse.tokens[q.last + 1 : min(sentence.last, q.last + 7) + 1]:
            if t.pos in ("PUNCT", "VERB", "NUM") and not total:
                return None
            if self.role(t) == "total":
                total = True
            elif total:
                entry = self.unit_at(t)
                if entry is not None:
                    return t, entry
        return None

    def scope(self, q: Quantity) -> Scope | None:
        """Cumulative after "depuis", total beside "au total"; None when the words around it do not say."""
        sentence = self.parse.sentence(self.parse[q.numeral])
        for t in self.parse.tokens[max(sentence.first, q.numeral - 6) : min(sentence.last, q.last + 8) + 1]:
            role = self.role(t)
            if role == "cumulative":
                return "cumulative"
            if role == "whole":
                return "total"
        return None

    def among(self, governors: Governors, q: Quantity) -> CountOf | None:
        """The count of those among whom these are: "figure parmi les blessés", "compte au nombre des morts"."""
        parse = self.parse
        sentence = parse.sentence(parse[q.numeral])
        lower = [plain(t.text) for t in parse.tokens[q.last + 1 : min(sentence.last, q.last + 14) + 1]]
        for k in range(len(lower)):
            t = parse[q.last + 1 + k]
            if t.text in _STOPS:
                return None
            hit = self.phrases.forward(lower, k)
            found = (hit is not None and hit[1]["role"] == "among") or self.role(t) == "among"
            if found:
                for u in parse.tokens[t.i + 1 : min(sentence.last, t.i + 6) + 1]:
                    entry = self.unit_at(u)
                    if entry is not None and entry.get("count"):
                        return cast(CountOf, entry["count"])
                    counts = governors.counts(parse, u) if u.pos in ("VERB", "ADJ") else None
                    of = counts.get("patient", "person") if counts is not None else None
                    if of is not None:
                        return of
                return None
        return None

    def is_aboard(self, q: Quantity) -> bool:
        """Whether people are counted only as those on board."""
        near = self.parse.tokens[q.last + 1 : q.last + 6]
        lower = [plain(t.text) for t in near]
        return any(
            self.role(t) == "aboard" or ((hit := self.phrases.forward(lower, k)) is not None and hit[1]["role"] == "aboard")
            for k, t in enumerate(near)
        )

    def is_parted(self, a: int, b: int) -> bool:
        """Whether another number, another verb, a new clause or a stop stands in tokens [a, b)."""
        return any(t.pos in ("NUM", "VERB", "SCONJ") or t.text in (*_STOPS, ":") for t in self.parse.tokens[a:b])

    def is_known_pair(self, q: Quantity) -> bool:
        """As in "the two countries": places that were named before, not counted."""
        k = q.numeral - 1
        before = self.parse[k].feats if k >= 0 else {}
        return q.low == q.high == 2 and (before.get("Definite") == "Def" or before.get("PronType") == "Dem")

    def is_recipient(self, q: Quantity) -> bool:
        """Whether a count stands behind "to": those to whom something is given."""
        start = self.start(q)
        return start > 0 and self.parse[start - 1].pos == "ADP" and self.role(self.parse[start - 1]) == "slot_oblique"

    def is_choice(self, a: int, b: int) -> bool:
        """Whether an "or" stands between two tokens."""
        words = self.pack.table("figure-words")["or"]
        return any(plain(t.text) in words for t in self.parse.tokens[a + 1 : b])

    def is_merged(self, q: Quantity) -> bool:
        """As in "300 soldats, morts et blessés mêlés"."""
        sentence = self.parse.sentence(self.parse[q.numeral])
        return any(self.role(t) == "merged" for t in self.parse.tokens[q.last + 1 : min(sentence.last, q.last + 8) + 1])

    def beside(self, governors: Governors, q: Quantity) -> Link | None:
        """A governing word right beside the count, which outweighs the parse: "a tué 20 personnes", "neuf ont péri", "5 passagers tués"."""
        return self._verb_before(governors, q) or self._verb_behind(governors, q)

    def _verb_before(self, governors: Governors, q: Quantity) -> Link | None:
        parse = self.parse
        k = self.start(q) - 1
        if k > 1 and plain(parse[k].text) in number_words(self.pack).between:
            k -= 1
        if k < 1 or parse[k].sent != parse[q.numeral].sent:
            return None
        if parse[k].pos == "ADP":
            return self._phrase_before(governors, q, k)
        if parse[k].pos in ("ADJ", "NOUN"):
            acting = governors.present(parse[k])
            of = count_in(acting, "patient", q) if acting is not None else None
            if of is not None:
                return Link(k, "patient", of, 1)
        if parse[k].pos != "VERB" and not (parse[k].pos in ("ADJ", "NOUN") and parse[k - 1].pos in ("AUX", "CCONJ")):
            return None
        if any(c.deprel == "aux:pass" for c in parse.children(parse[k])) or any(c.rel == "expl" for c in parse.children(parse[k])):
            return None
        counts = governors.counts(parse, parse[k])
        of = count_in(counts, "patient", q) if counts is not None else None
        return Link(k, "patient", of, 1) if of is not None else None

    def _phrase_before(self, governors: Governors, q: Quantity, k: int) -> Link | None:
        """A verb and its noun before a preposition at token `k`: "coûté la vie à"."""
        parse = self.parse
        for j in range(k - 1, max(-1, k - 5), -1):
            t = parse[j]
            if t.sent != parse[k].sent or t.pos in ("PUNCT", "CCONJ"):
                return None
            nouns = governors.pairs.get(plain(t.lemma)) if t.pos == "VERB" else None
            for u in parse.tokens[j + 1 : k] if nouns else ():
                counts = governors.words.get(f"{plain(t.lemma)} {plain(u.lemma)}")
                of = count_in(counts, "oblique", q) if counts is not None else None
                if of is not None:
                    return Link(j, "oblique", of, k - j)
        return None

    def _verb_behind(self, governors: Governors, q: Quantity) -> Link | None:
        parse = self.parse
        end = min(parse.sentence(parse[q.numeral]).last, q.last + 8)
        aux = plural_aux = False
        k = q.last
        while k < end:
            k += 1
            t = parse[k]
            if t.pos == "AUX":
                aux = True
                plural_aux = plural_aux or t.feats.get("Number") == "Plur"
                continue
            if t.pos in ("ADV", "PART") or (t.pos == "PRON" and aux):
                continue
            if t.pos == "NOUN" and not aux:
                if k == q.last + 1 and parse[q.last].pos == "NUM":
                    counts = governors.counts(parse, t)
                    of = count_in(counts, "patient", q) if counts is not None else None
                    if of is not None:
                        return Link(t.i, "patient", of, 1)
                fate = self._fate(t, k > q.last + 1)
                if fate is not None and q.unit_class in ("person", "group", "body", "victim"):
                    return Link(t.i, "patient", fate, t.i - q.last)
                continue
            if t.pos in ("VERB", "ADJ") or (aux and t.pos == "NOUN"):
                counts = governors.counts(parse, t)
                if counts is None:
                    if t.pos == "VERB":
                        return None
                    continue
                if t.feats.get("VerbForm") == "Fin" or (
                    q.low is not None and q.low > 1 and t.feats.get("Number") == "Sing" and not plural_aux
                ):
                    return None
                if plain(t.text).endswith(governors.acting):
                    return None
                if is_reflexive(parse, t):
                    of = count_in(counts, "reflexive", q)
                    return Link(t.i, "reflexive", of, t.i - q.last) if of is not None else None
                passive = not aux or any(c.deprel == "aux:pass" for c in parse.children(t)) or t.pos != "VERB"
                of = count_in(counts, "patient", q) if passive else None
                of = of or count_in(counts, "agent", q) or (count_in(counts, "patient", q) if passive or t.pos == "ADJ" else None)
                return Link(t.i, "patient", of, t.i - q.last) if of is not None else None
            if t.pos == "NUM" and plain(parse[k - 1].text) in self.pack.table("figure-words")["out_of"]:
                continue  # "18 drones out of 23 shot down"
            if aux or t.pos in ("PUNCT", "CCONJ", "SCONJ", "NUM", "PRON"):
                return None
        return None

    def _fate(self, t: Token, complemented: bool) -> CountOf | None:
        """What a noun right behind a counted one says of it ("331 civils tués", "3 membres d'une famille blessés"), where the parse takes a participle for a noun.

        Behind a complement it must stand without a preposition or an article of its own.
        """
        before = self.parse[t.i - 1]
        if complemented and before.pos not in ("NOUN", "ADJ", "PROPN", "ADV"):
            return None
        entry = self.unit_at(t)
        return cast("CountOf | None", entry.get("count") or None) if entry is not None and entry["class"] == "victim" else None

    def hurt(self, q: Quantity) -> bool:
        """Whether what follows says that somebody is hurt: a state ("est dans un état grave") or an injury ("a une fracture")."""
        parse = self.parse
        last = min(parse.sentence(parse[q.numeral]).last, q.last + _RIGHT)
        lower = [plain(t.text) for t in parse.tokens[q.last + 1 : last + 1]]
        state = negated = False
        for k, t in enumerate(parse.tokens[q.last + 1 : last + 1]):
            if t.text in (*_STOPS, ":", ",") or (t.pos == "CCONJ" and not state) or t.pos == "NUM":
                return False
            negated = negated or t.feats.get("Polarity") == "Neg"
            hit = self.phrases.forward(lower, k)
            role = hit[1]["role"] if hit is not None else self.role(t)
            if role == "injury" and k < _CLOSE:
                return not negated
            if role == "severe" or (role == "grave" and state):
                return not negated
            state = state or role == "state"
        return False

    def right(self, governors: Governors, q: Quantity, parts: frozenset[int]) -> Link | None:
        """The nearest governing participle or verb to the right, where the parse shows none.

        `parts` are tokens of a bracketed part of this count ("huit passagers, dont un pilote, ont péri"), which is skipped.
        """
        among = self.among(governors, q)
        if among is not None:
            return Link(q.last, "patient", among, 0)
        parse = self.parse
        sentence = parse.sentence(parse[q.numeral])
        k = q.last + 1
        if parts:
            # Behind the comma that closes the part.
            end = max(parts) + 1
            while end <= min(sentence.last, max(parts) + 16) and parse[end].text != ",":
                end += 1
            k = end if end <= sentence.last and parse[end].text == "," else max(parts) + 1
        lower = [plain(t.text) for t in parse.tokens[k : min(sentence.last, k + _RIGHT) + 1]]
        passive = negated = False
        for j, t in enumerate(parse.tokens[k : min(sentence.last, k + _RIGHT) + 1]):
            if t.text in _STOPS or t.text == ":" or t.pos == "NUM":
                return None
            hit = self.phrases.forward(lower, j)
            if (hit is not None and hit[1]["role"] == "severe") or self.role(t) == "severe":
                return Link(t.i, "patient", "wounded", j)
            if hit is not None and hit[1]["role"] in ("cut_off", "displaced"):
                return Link(t.i, "patient", cast(CountOf, hit[1]["role"]), j)
            passive = passive or t.pos == "AUX"
            negated = negated or t.feats.get("Polarity") == "Neg"
            if t.pos in ("VERB", "ADJ"):
                if self.role(t) == "alive":
                    return Link(t.i, "agent", "killed", j) if negated else None
                counts = governors.counts(parse, t)
                if counts is not None and is_reflexive(parse, t):
                    of = count_in(counts, "reflexive", q)
                    return Link(t.i, "reflexive", of, j) if of is not None else None
                for slot in ("patient", "agent") if counts is not None else ():
                    of = count_in(counts, slot, q) if counts is not None else None
                    if of is not None and (slot == "agent" or passive or t.feats.get("VerbForm") != "Fin"):
                        return Link(t.i, slot, of, j)
                if t.pos == "VERB" and self.role(t) != "stay":
                    return None
        return None

    def left(self, governors: Governors, q: Quantity) -> Link | None:
        """The nearest governing verb or noun close to the left."""
        parse = self.parse
        start = self.start(q)
        first = parse.sentence(parse[start]).first
        for t in reversed(parse.tokens[max(first, start - _LEFT) : start]):
            if t.text in _STOPS or t.pos == "NUM":
                return None
            if t.pos in ("VERB", "NOUN"):
                counts = governors.counts(parse, t)
                of = count_in(counts, "patient", q) if counts is not None else None
                if of is not None:
                    return Link(t.i, "patient", of, start - t.i)
                if t.pos == "VERB":
                    return None
        return None
