"""The words that govern a count, and in which slot the count stands to them. May import: `lang`, `rules`, `model`, `errors`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from selon.extract.quantities import Quantity
from selon.extract.quantities.words import base_entry
from selon.lang import Pack, per_pack
from selon.model import CountOf, Parse, Token
from selon.model.word import plain
from selon.rules import Lexicon

SLOTS = ("patient", "agent", "oblique", "target", "reflexive")


@dataclass(frozen=True)
class Counts:
    """What the slots of one governing word count, by class of the unit ("" = a bare number)."""

    by_slot: Mapping[str, Mapping[str, CountOf]]

    def get(self, slot: str, unit_class: str) -> CountOf | None:
        return self.by_slot.get(slot, {}).get(unit_class)


@dataclass(frozen=True, slots=True)
class Link:
    """A count in a slot of a word. `count` is None where the lexicon does not know the word; `steps` how far the parse goes."""

    token: int
    slot: str
    count: CountOf | None
    steps: int


@per_pack
def governors_of(pack: Pack) -> Governors:
    """The governing words of a pack, built once per pack."""
    return Governors(pack)


def _parse_counts(value: str) -> dict[str, CountOf]:
    out: dict[str, CountOf] = {}
    for pair in value.split(" "):
        classes, _, count = pair.partition("=")
        for c in classes.split(","):
            out[c] = cast(CountOf, count)
    return out


class Governors:
    """Looks up governing words and walks from a count to them."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        lexicon = pack.lexicons["figure-governors"]
        self.words: dict[str, Counts] = {}
        self.pairs: dict[str, set[str]] = {}
        for e in lexicon:
            self.words[e.key] = Counts({s: _parse_counts(e.get(s)) for s in SLOTS if e.get(s)})
            verb, _, noun = e.key.partition(" ")
            if noun:
                self.pairs.setdefault(verb, set()).add(noun)
        self.lexicon: Lexicon = lexicon
        self.participles = [(str(a), str(b)) for a, b in pack.table("figure-endings")["participles"]]
        self.acting: tuple[str, ...] = tuple(str(e) for e in pack.table("figure-endings")["present"])
        self.presents = [(str(a), str(b)) for a, b in pack.table("figure-endings")["present_of"]]
        self.context = pack.lexicons["figure-context"]

    def counts(self, parse: Parse, t: Token) -> Counts | None:
        """The governing word at a token: with its noun ("coûter la vie"), else alone; the form helps where the lemma errs."""
        lemma = plain(t.lemma)
        nouns = self.pairs.get(lemma)
        if nouns:
            for c in parse.children(t):
                n = plain(c.lemma)
                if n in nouns:
                    return self.words[f"{lemma} {n}"]
        found = self.words.get(lemma)
        if found is not None:
            return found
        if t.pos in ("VERB", "ADJ", "NOUN", "AUX"):
            entry = base_entry(t.text, t.lemma, self.lexicon, self.pack)
            if entry is not None:
                return self.words[entry.key]
            infinitive = self._infinitive(plain(t.text), self.participles)
            if infinitive is not None:
                return self.words[infinitive]
        return None

    def present(self, t: Token) -> Counts | None:
        """The governing word whose present participle a token is ("en blessant six"), where the parse takes it for an adjective or noun."""
        key = self._infinitive(plain(t.text), self.presents)
        return self.words[key] if key is not None else None

    def _infinitive(self, form: str, endings: list[tuple[str, str]]) -> str | None:
        """As in "touchées" -> "toucher": participles that the lemmatizer left alone."""
        for ending, instead in endings:
            if form.endswith(ending):
                key = form[: len(form) - len(ending)] + instead
                if key in self.words:
                    return key
        return None

    def role(self, word: str) -> str:
        entry = self.context.get(word)
        return entry["role"] if entry is not None else ""

    def case_slot(self, parse: Parse, t: Token) -> str:
        """The slot that the preposition of a noun phrase gives, "" without one."""
        for c in parse.children(t):
            if c.rel == "case" and c.i < t.i:
                return self.role(plain(c.text)).removeprefix("slot_")
        return ""

    def links(self, parse: Parse, q: Quantity) -> Iterator[Link]:
        """Words in whose slots the count stands, the nearest first: participles on it, then what it depends on."""
        top = self._top(parse, q)
        heads = [top]
        t = top
        for _ in range(4):
            if t.rel in ("conj", "appos") and not t.is_root:
                t = parse[t.head]
                heads.append(t)
            else:
                break
        for k, h in enumerate(heads):
            yield from self._below(parse, h, q, k)
        for k, h in enumerate(heads):
            yield from self._above(parse, h, q, k)
            if k == 0 and h.rel == "conj" and parse[h.head].pos in ("VERB", "AUX"):
                break

    def _top(self, parse: Parse, q: Quantity) -> Token:
        """The token of the count's phrase by which it hangs: "vingtaine" in "une vingtaine de blessés"."""
        t = parse[q.head]
        start = q.span.start
        while not t.is_root:
            h = parse[t.head]
            if start <= h.start and h.i <= q.last and h.pos not in ("VERB", "AUX"):
                t = h
            else:
                break
        return t

    def _link(self, parse: Parse, t: Token, slot: str, q: Quantity, steps: int) -> Link:
        counts = self.counts(parse, t)
        if counts is None:
            return Link(t.i, slot, None, steps)
        if slot in ("agent", "patient") and "reflexive" in counts.by_slot and is_reflexive(parse, t):
            return Link(t.i, slot, count_in(counts, "reflexive", q), steps)
        return Link(t.i, slot, count_in(counts, slot, q), steps)

    def _below(self, parse: Parse, h: Token, q: Quantity, steps: int) -> Iterator[Link]:
        for c in parse.children(h):
            if c.i <= h.i or c.i == q.numeral:
                continue
            if c.deprel == "acl:relcl":
                slot = "patient" if _is_passive(parse, c) else "agent"
                if self._relative_subject(parse, c):
                    yield self._link(parse, c, slot, q, steps)
            elif c.rel in ("acl", "amod") and (c.pos in ("VERB", "ADJ")):
                present = (c.feats.get("Tense") == "Pres" and c.feats.get("VerbForm") == "Part") or plain(c.text).endswith(self.acting)
                slot = "agent" if present else "patient"
                link = self._link(parse, c, slot, q, steps)
                if link.count is None and slot == "patient":
                    link = self._link(parse, c, "agent", q, steps)
                yield link

    def _relative_subject(self, parse: Parse, verb: Token) -> bool:
        """Whether the subject of a relative clause is the noun it stands on ("qui ont péri"), not one of its own ("dont 61 ont…")."""
        return any(
            c.rel == "nsubj" and (c.feats.get("PronType") == "Rel" or self.role(plain(c.text)) == "relative") for c in parse.children(verb)
        )

    def _above(self, parse: Parse, h: Token, q: Quantity, steps: int) -> Iterator[Link]:
        if h.is_root:
            if h.pos in ("VERB", "ADJ") and h.i != q.head:
                yield self._link(parse, h, "patient", q, steps)
            return
        p = parse[h.head]
        slot = self._slot(parse, h, p)
        if not slot:
            return
        link = self._link(parse, p, slot, q, steps)
        if link.count is None and slot == "agent" and p.pos != "NOUN" and h.rel == "nsubj":
            # Participles of verbs that take "être" look active; verbs of the lexicon know better.
            other = self._link(parse, p, "patient", q, steps)
            if other.count is not None and _is_passive(parse, p):
                link = other
        elif link.count is None and slot == "patient" and h.deprel == "nsubj:pass":
            other = self._link(parse, p, "agent", q, steps)
            if other.count is not None:
                link = other
        yield link
        if link.count is None and slot == "agent":
            for c in parse.children(p):
                if c.rel == "xcomp" and c.pos == "VERB" and c.i > h.i:  # "could be saved": what the modal verb opens
                    yield self._link(parse, c, "patient" if _is_passive(parse, c) else "agent", q, steps + 1)
        if p.deprel in ("xcomp", "ccomp") and slot == "agent" and not p.is_root:
            yield self._link(parse, parse[p.head], slot, q, steps + 1)

    def _slot(self, parse: Parse, h: Token, p: Token) -> str:
        rel = h.deprel
        if rel == "nsubj:pass":
            return "patient"
        if h.rel in ("nsubj", "csubj"):
            return "patient" if _is_passive(parse, p) else "agent"
        if h.rel in ("obj", "iobj"):
            return "patient"
        if rel == "obl:agent":
            return "agent"
        if h.rel in ("obl", "nmod", "xcomp"):
            case = self.case_slot(parse, h)
            if p.pos in ("VERB", "AUX", "ADJ"):
                if case == "patient" and _has_object(parse, p):
                    return "oblique"
                if case == "oblique":
                    return "oblique"
                return case or "patient"
            return case or "patient"
        if h.rel in ("dislocated", "parataxis", "dep"):
            return "patient"
        return ""


def count_in(counts: Counts, slot: str, q: Quantity) -> CountOf | None:
    """What a slot counts for this quantity; bare numbers and unknown nouns count what the word counts by itself."""
    of = counts.get(slot, q.unit_class)
    if of is None and (q.unit_class in ("unknown", "them") or q.head == q.numeral):
        of = counts.get(slot, "") or (counts.get(slot, "person") if q.unit_class == "them" else None)
    return of


def is_reflexive(parse: Parse, verb: Token) -> bool:
    """Whether a reflexive pronoun belongs to the verb."""
    return any(c.pos == "PRON" and c.i < verb.i and (c.rel == "expl" or c.feats.get("Reflex") == "Yes") for c in parse.children(verb))


def _is_passive(parse: Parse, verb: Token) -> bool:
    if verb.feats.get("Voice") == "Pass":
        return True
    return any(c.deprel in ("aux:pass", "nsubj:pass") for c in parse.children(verb))


def _has_object(parse: Parse, verb: Token) -> bool:
    return any(c.rel == "obj" for c in parse.children(verb))
