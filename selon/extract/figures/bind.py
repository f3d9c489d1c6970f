"""Which event a quantity belongs to, and what it counts there. May import: `lang`, `rules`, `model`, `errors`.

The count comes from the first of these that speaks: the counted noun itself ("20 morts"), a participle on it ("drones abattus"), the word
that governs it ("a tué 20 personnes"), the whole it is a part of ("dont 3 enfants"), its role in the event, a governing word near by in
the sentence. The event is the one whose trigger governs the number, else the nearest one in the sentence that takes such a count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from selon.extract.candidate import Candidate
from selon.extract.figures.defaults import BY_TYPE, FITS
from selon.extract.figures.governors import Governors, Link, governors_of
from selon.extract.figures.numbers import Context, Counted, completed
from selon.extract.quantities import Quantity
from selon.lang import Pack
from selon.model import CountOf, Figure, Parse

_STRONG = frozenset(("killed", "wounded", "missing"))
_ONE = frozenset(("killed", "wounded", "missing", "captured", "launched", "intercepted", "hit", "destroyed", "damaged", "displaced"))
_PEOPLE = frozenset(("person", "victim", "body", "group", ""))


@dataclass(frozen=True, slots=True)
class _Count:
    """A count that has been settled, with the governing token if one settled it."""

    of: CountOf
    governor: int | None = None


def bind_figures(parse: Parse, pack: Pack, candidates: Sequence[Candidate], quantities: Sequence[Quantity]) -> Mapping[int, tuple[Figure, ...]]:
    """Index of a candidate -> its figures in text order. A quantity that belongs to no event is left out."""
    by_sentence: dict[int, list[int]] = {}
    for i, c in enumerate(candidates):
        by_sentence.setdefault(parse[c.head].sent, []).append(i)
    binder = _Binder(parse, pack, candidates, by_sentence)
    found: dict[int, list[Figure]] = {}
    for item in completed(parse, pack, quantities):
        for i, figure in binder.figures(item):
            found.setdefault(i, []).append(figure)
    return {i: tuple(sorted(_distinct(fs), key=lambda f: (f.span.start, f.span.end))) for i, fs in found.items()}


def _distinct(figures: list[Figure]) -> list[Figure]:
    out: list[Figure] = []
    for f in figures:
        if not any((f.span, f.count_of, f.low, f.high) == (g.span, g.count_of, g.low, g.high) for g in out):
            out.append(f)
    return out


class _Binder:
    """Binds the quantities of one parse in text order and remembers what the ones before it counted."""

    def __init__(self, parse: Parse, pack: Pack, candidates: Sequence[Candidate], by_sentence: Mapping[int, list[int]]) -> None:
        self.parse, self.candidates, self.by_sentence = parse, candidates, by_sentence
        self.governors: Governors = governors_of(pack)
        self.context = Context(parse, pack)
        self.settled: dict[int, CountOf] = {}
        self.owner: dict[int, int] = {}
        for i, c in enumerate(candidates):
            for t in (*c.tokens, c.head):
                self.owner.setdefault(t, i)

    def figures(self, item: Counted) -> list[tuple[int, Figure]]:
        """The figures of one quantity, each with the index of its candidate."""
        q = item.quantity
        here = self.by_sentence.get(self.parse[q.numeral].sent, [])
        if not here:
            return []
        counts = self._counts(item, here)
        if counts:
            self.settled[item.index] = counts[0].of
        out: list[tuple[int, Figure]] = []
        for c in counts:
            i = self._candidate(q, c, here)
            if i is not None:
                out.append((i, self._figure(item, c.of)))
        return out

    def _figure(self, item: Counted, of: CountOf) -> Figure:
        q = item.quantity
        return Figure(q.span, of, q.unit, q.low, q.high, q.qualifier, q.population, self.context.scope(q))

    # --- what it counts ------------------------------------------------------------------------------------------------------------

    def _counts(self, item: Counted, here: list[int]) -> list[_Count]:
        q = item.quantity
        if q.merged:
            return [_Count("other")]
        if q.kind == "none":
            return self._nothing(item)
        if q.unit_class == "money":
            return [_Count("money")] if any(self.candidates[i].type in FITS["money"] for i in here) else []
        if q.count_of in _STRONG and q.count_of is not None:
            return [_Count(q.count_of)]
        links = list(self.governors.links(self.parse, q))
        own = [k for k in links if k.token > q.head and k.count is not None and self._is_on(k, q)]
        if own and own[0].count is not None:
            return self._with_second(_Count(own[0].count, own[0].token), links, q)
        if item.denominator:
            return [_Count("launched")] if q.unit_class in ("weapon", "aircraft", "") and self._intercepted(item) else []
        if q.part_of is not None and q.part_of in self.settled and q.unit_class in _PEOPLE | {"weapon"}:
            return [_Count(self.settled[q.part_of])]
        governed = [k for k in links if k.count is not None]
        if governed and governed[0].count is not None:
            first = _Count(governed[0].count, governed[0].token)
            if q.kind == "one" and (first.of not in _ONE):
                return []
            return self._with_second(first, links, q)
        if q.count_of is not None:
            return [_Count(q.count_of)]
        by_role = self._by_role(q, links, here)
        if by_role is not None:
            if q.kind == "one" and by_role.of not in _ONE:
                return []
            return [by_role]
        if q.kind == "one":
            return []
        if item.after is not None and item.after in self.settled:
            return [_Count(self.settled[item.after])]
        near = self.context.near(self.governors, q)
        if near is not None and near.count is not None:
            return [_Count(near.count, near.token)]
        return []

    def _is_on(self, link: Link, q: Quantity) -> bool:
        return self.parse[link.token].head != link.token and self.parse[link.token].rel in ("acl", "amod")

    def _intercepted(self, item: Counted) -> bool:
        return item.before is not None and self.settled.get(item.before) == "intercepted"

    def _with_second(self, first: _Count, links: list[Link], q: Quantity) -> list[_Count]:
        """A second count of the same number where another event of the sentence governs it too ("abattu neuf missiles lancés par…")."""
        out = [first]
        for k in links:
            if k.count is None or k.count == first.of or k.token == first.governor or k.token not in self.owner:
                continue
            if first.governor is not None and self.owner.get(first.governor) == self.owner[k.token]:
                continue
            out.append(_Count(k.count, k.token))
            break
        return out

    def _nothing(self, item: Counted) -> list[_Count]:
        """Zeros: nobody killed, nobody wounded, nothing destroyed."""
        q = item.quantity
        if q.unit_class == "unharmed":
            return [_Count("killed"), _Count("wounded")]
        if q.unit_class in ("victim", "body"):
            both = self.context.zero_of(q) == "both"
            if both and not item.narrowed:
                return [_Count("killed"), _Count("wounded")]
            return [_Count(q.count_of)] if q.count_of is not None else []
        for k in self.governors.links(self.parse, q):
            if k.count in ("killed", "destroyed", "damaged"):
                return [_Count(k.count, k.token)]
            if k.count == "wounded":
                hurt = self.governors.counts(self.parse, self.parse[k.token])
                touched = hurt is not None and hurt.get("patient", "building") == "hit"
                return [_Count("killed", k.token), _Count("wounded", k.token)] if touched else [_Count("wounded", k.token)]
        return []

    def _by_role(self, q: Quantity, links: list[Link], here: list[int]) -> _Count | None:
        """From the role that the counted noun has in an event of the sentence."""
        cls = q.unit_class if q.unit_class != "them" else ""
        for i in here:
            c = self.candidates[i]
            table = BY_TYPE.get(c.type, {})
            for role, token in c.roles:
                slot = {"actor": "agent", "target": "target", "instrument": "instrument"}.get(role, role)
                if token in (q.head, q.numeral) or (q.numeral <= token <= q.last):
                    of = table.get(slot, {}).get(cls)
                    if of is not None and cls:
                        return _Count(of, c.head)
        for k in links:
            i = self.owner.get(k.token, -1)
            if i in here:
                of = BY_TYPE.get(self.candidates[i].type, {}).get(k.slot, {}).get(cls)
                if of is not None and (cls or k.slot in ("patient", "agent")):
                    return _Count(of, k.token)
        return None

    # --- whose it is ---------------------------------------------------------------------------------------------------------------

    def _candidate(self, q: Quantity, count: _Count, here: list[int]) -> int | None:
        if count.governor is not None and self.owner.get(count.governor) in here:
            return self.owner[count.governor]
        if q.head in self.owner and self.owner[q.head] in here:
            return self.owner[q.head]
        fits = FITS.get(count.of)
        some = [i for i in here if fits is None or self.candidates[i].type in fits]
        if not some:
            if count.of not in _STRONG and count.of not in ("destroyed", "damaged", "hit", "captured", "displaced"):
                return None
            some = here
        return min(some, key=lambda i: (abs(self.candidates[i].head - q.head), i))


def narrowed(q: Quantity) -> Quantity:
    """The quantity without its unit class: what is looked up for a bare number."""
    return replace(q, unit_class="")
