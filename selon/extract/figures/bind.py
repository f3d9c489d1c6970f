"""Which event a quantity belongs to, and what it counts there. May import: `lang`, `rules`, `model`, `errors`.

The count comes from the first of these that speaks: the counted noun itself ("20 morts"), a participle on it ("drones abattus"), the whole it
is a part of ("dont 3 enfants"), the word that governs it ("a tué 20 personnes"), its role in the event, a count it is joined to, a
governing word near by. The event is the one whose trigger governs the number, else the nearest one in the sentence that takes such a count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from selon.extract.candidate import Candidate
from selon.extract.figures.context import Context
from selon.extract.figures.defaults import BY_TYPE, FITS, NEAREST, STRIKES
from selon.extract.figures.governors import Governors, Link, count_in, governors_of
from selon.extract.figures.numbers import Counted, completed
from selon.extract.quantities import Quantity
from selon.lang import Pack
from selon.model import CountOf, Figure, Parse

_STRONG = frozenset(("killed", "wounded", "missing"))
_ONE = frozenset(("killed", "wounded", "missing", "captured", "launched", "intercepted", "hit", "destroyed", "damaged", "displaced"))
_PEOPLE = frozenset(("person", "victim", "body", "group", "them", ""))
_THINGS = frozenset(("building", "place", "vehicle", "gun", "vessel", "aircraft", "area", "goods"))


@dataclass(frozen=True, slots=True)
class _Count:
    """A count that has been settled, with the governing token if one settled it."""

    of: CountOf
    governor: int | None = None


def bind_figures(
    parse: Parse, pack: Pack, candidates: Sequence[Candidate], quantities: Sequence[Quantity]
) -> Mapping[int, tuple[Figure, ...]]:
    """Index of a candidate -> its figures in text order. A quantity that belongs to no event is left out."""
    if not candidates or not quantities:
        return {}
    found: dict[int, list[Figure]] = {}
    for i, figure in _Binder(parse, pack, candidates, completed(parse, pack, quantities)).figures():
        found.setdefault(i, []).append(figure)
    return {i: tuple(sorted(_distinct(fs), key=lambda f: (f.span.start, f.span.end))) for i, fs in found.items()}


def _distinct(figures: list[Figure]) -> list[Figure]:
    out: list[Figure] = []
    for f in figures:
        if not any((f.span, f.count_of, f.low, f.high) == (g.span, g.count_of, g.low, g.high) for g in out):
            out.append(f)
    return out


class _Binder:
    """Binds the quantities of one parse; what a number counts may come from the one it is joined to, so all are settled before any is bound."""

    def __init__(self, parse: Parse, pack: Pack, candidates: Sequence[Candidate], items: Sequence[Counted]) -> None:
        self.parse, self.candidates, self.items = parse, candidates, items
        self.governors: Governors = governors_of(pack)
        self.context = Context(parse, pack)
        self.headings = pack.lexicons["figure-headings"]
        self.by_sentence: dict[int, list[int]] = {}
        self.owner: dict[int, int] = {}
        for i, c in enumerate(candidates):
            self.by_sentence.setdefault(parse[c.head].sent, []).append(i)
            for t in (*c.tokens, c.head):
                self.owner.setdefault(t, i)
        self.settled: dict[int, list[_Count]] = {}

    def figures(self) -> list[tuple[int, Figure]]:
        """All figures, each with the index of its candidate."""
        open_: list[Counted] = []
        for item in self.items:
            counts = self._counts(item, self._here(item.quantity))
            if counts:
                self.settled[item.index] = counts
            else:
                open_.append(item)
        steps = (self._of_whole, self._right, self._joined, self._of_whole, self._part, self._last_resort, self._joined, self._nearest)
        for step in steps:
            for item in [*open_, *reversed(open_)]:
                counts = step(item) if item.index not in self.settled and not item.denominator else []
                if counts:
                    self.settled[item.index] = counts
        out: list[tuple[int, Figure]] = []
        for item in self.items:
            q = item.quantity
            here = self._here(q)
            for c in self.settled.get(item.index, ()) if here else ():
                if self._is_unsaid(q) and c.of not in _STRONG and (c.of != "captured" or q.numeral != q.head):
                    continue
                i = self._candidate(q, c, here)
                if i is not None:
                    of: CountOf = "delivered" if c.of == "launched" and self.candidates[i].type == "weapons_transfer" else c.of
                    out.append((i, Figure(q.span, of, q.unit, q.low, q.high, q.qualifier, q.population, self.context.scope(q))))
        return out

    def _is_unsaid(self, q: Quantity) -> bool:
        """Whether one is counted without a word for it ("sa mère", "Médecin tué"): then only where it is a victim."""
        return q.kind == "one" and q.unit is not None and (q.numeral == q.head or self.parse[q.numeral].feats.get("Poss") == "Yes")

    def _here(self, q: Quantity) -> list[int]:
        return self.by_sentence.get(self.parse[q.numeral].sent, [])

    # --- what it counts ------------------------------------------------------------------------------------------------------------

    def _counts(self, item: Counted, here: list[int], late: bool = False) -> list[_Count]:
        q = item.quantity
        if q.merged or self.context.is_merged(q):
            return [_Count("other")]
        if q.kind == "none":
            return self._nothing(item)
        if q.unit_class == "place" and self.context.is_known_pair(q):
            return []
        if q.unit_class == "money":
            return [_Count("money")] if any(self.candidates[i].type in FITS["money"] for i in here) else []
        links = list(self.governors.links(self.parse, q))
        governed = [k for k in links if k.count is not None]
        if q.count_of is not None and q.count_of in _STRONG and q.unit_class in ("victim", "body"):
            found = governed[0] if governed else self.context.beside(self.governors, q) if q.unit_class == "body" else None
            if q.unit_class == "body" and found is not None and found.count in ("delivered", "other"):
                return [_Count(found.count, found.token)]
            return [_Count(q.count_of)]
        if q.unit_class == "deed" and q.count_of is None:
            strike = q.head in self.owner or any(self.candidates[i].type in STRIKES for i in here)
            return [_Count("other", q.head)] if strike and q.kind != "one" else []
        if item.denominator:
            before = self.settled.get(item.before, ()) if item.before is not None else ()
            return [_Count("launched")] if any(c.of == "intercepted" for c in before) else []
        if q.unit_class == "times":
            return self._times(q, links)
        downed = self._downed(q, links)
        if downed is not None:
            return self._with_second(downed, links)
        told = self._by_phrase(q, here)
        if told is not None and (q.kind != "one" or told.of in _ONE):
            return [told]
        beside = self.context.beside(self.governors, q)
        if beside is not None and beside.count is not None and (q.kind != "one" or beside.count in _ONE):
            return self._with_second(_Count(beside.count, beside.token), links)
        own = [k for k in governed if k.token > q.head and self._is_on(k)]
        whole = self._of_whole(item)
        if own and own[0].count is not None and not (whole and own[0].count in ("participants", "other")):
            return self._with_second(_Count(own[0].count, own[0].token), links)
        if whole:
            return whole
        if q.part_of is not None and q.part_of not in self.settled and not late and q.part_of != item.index:
            return []  # until it is known what the whole counts
        if q.unit_class in ("person", "them") and self.context.hurt(q):
            return [_Count("wounded")]
        if governed and governed[0].count is not None:
            first = _Count(governed[0].count, governed[0].token)
            if q.kind == "one" and first.of not in _ONE:
                return []
            return self._with_second(first, links)
        if q.count_of is not None and not (q.count_of == "other" and q.kind == "one"):
            return [_Count(q.count_of)]
        by_role = self._by_role(q, links, here)
        if by_role is not None and (q.kind != "one" or by_role.of in _ONE):
            return [by_role]
        return []

    def _part(self, item: Counted) -> list[_Count]:
        """What a part counts by its own words, where nobody knows what the whole counts."""
        return self._counts(item, self._here(item.quantity), late=True) if item.quantity.part_of is not None else []

    def _of_whole(self, item: Counted) -> list[_Count]:
        """What the whole counts of which this is a part ("12 tués, dont trois enfants", "dont un à Homs")."""
        q = item.quantity
        if q.part_of is None or q.part_of not in self.settled:
            return []
        whole = self.items[q.part_of].quantity
        alike = q.unit_class in _PEOPLE | {"weapon"} or (q.unit is not None and q.unit == whole.unit)
        return [_Count(self.settled[q.part_of][0].of)] if alike else []

    def _is_on(self, link: Link) -> bool:
        return self._on(link.token)

    def _on(self, token: int) -> bool:
        return not self.parse[token].is_root and self.parse[token].rel in ("acl", "amod")

    def _with_second(self, first: _Count, links: list[Link]) -> list[_Count]:
        """A second count of the same number where another event of the sentence governs it too ("abattu neuf missiles lancés par…")."""
        out = [self._of_two(first)]
        for k in links:
            if k.count is None or k.count == first.of or k.token == first.governor or k.token not in self.owner:
                continue
            if first.governor is not None and self.owner.get(first.governor) == self.owner[k.token]:
                continue
            # One of the two must be a participle on the noun itself; two verbs of a series each have a number of their own.
            if first.governor is not None and self._is_on(k) == self._on(first.governor):
                continue
            out.append(_Count(k.count, k.token))
            break
        return out

    def _times(self, q: Quantity, links: list[Link]) -> list[_Count]:
        """How often a strike happened: "visée à trois reprises"."""
        for k in links:
            i = self.owner.get(k.token)
            if i is not None and self.candidates[i].type in STRIKES:
                return [_Count("other", k.token)]
        return []

    def _downed(self, q: Quantity, links: list[Link]) -> _Count | None:
        """What an interception takes down is intercepted, whatever its verb says elsewhere ("détruit", "repoussé")."""
        if q.unit_class not in ("weapon", "aircraft", "", "unknown"):
            return None
        for k in links:
            i = self.owner.get(k.token)
            if i is not None and self.candidates[i].type == "interception" and k.slot in ("patient", "target"):
                return _Count("intercepted", k.token)
        return None

    def _of_two(self, count: _Count) -> _Count:
        """As in "ont été tués ou blessés": one number for two counts is neither."""
        if count.governor is None or count.of not in ("killed", "wounded", "captured", "missing", "destroyed", "damaged"):
            return count
        unit = "building" if count.of in ("destroyed", "damaged") else "person"
        verb = self.parse[count.governor]
        both = [verb, *(c for c in self.parse.children(verb) if c.rel == "conj"), *((self.parse[verb.head],) if verb.rel == "conj" else ())]
        for t in both[1:]:
            if abs(t.i - verb.i) > 3 or not self.context.is_choice(min(t.i, verb.i), max(t.i, verb.i)):
                continue
            counts = self.governors.counts(self.parse, t)
            other = (counts.get("patient", unit) or counts.get("agent", unit)) if counts is not None else None
            if other is not None and other != count.of:
                return _Count("other", count.governor)
        return count

    def _nothing(self, item: Counted) -> list[_Count]:
        """Zeros: nobody killed, nobody wounded, nothing destroyed."""
        q = item.quantity
        if q.unit_class == "unharmed":
            return [_Count("killed"), _Count("wounded")]
        if q.unit_class in ("victim", "body"):
            if self.context.zero_of(q) == "both" and not item.narrowed:
                return [_Count("killed"), _Count("wounded")]
            return [_Count(q.count_of)] if q.count_of is not None else []
        near = self.context.right(self.governors, q, frozenset())
        for k in (*self.governors.links(self.parse, q), *((near,) if near is not None else ())):
            if k.count in ("killed", "destroyed", "damaged", "captured"):
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
                slot = "agent" if role == "actor" else role
                if q.numeral <= token <= q.last:
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

    def _joined(self, item: Counted) -> list[_Count]:
        """From a count it is joined to by a comma or a conjunction, or whose unit it shares."""
        q = item.quantity
        if q.kind == "none" or q.unit_class in ("money", "deed", "times"):
            return []
        for k in item.joined:
            for c in self.settled.get(k, ()):
                if self._alike(q, self.items[k].quantity, c.of) and (q.kind != "one" or c.of in _ONE):
                    return [c]
        return []

    @staticmethod
    def _alike(a: Quantity, b: Quantity, of: CountOf) -> bool:
        if a.unit_class in _PEOPLE and b.unit_class in _PEOPLE:
            return True
        if a.unit_class in _THINGS and b.unit_class in _THINGS:
            return of not in ("launched", "intercepted")
        return a.unit_class == b.unit_class or {a.unit_class, b.unit_class} == {"weapon", "aircraft"}

    def _right(self, item: Counted) -> list[_Count]:
        """From a governing word close to the right that the parse does not show."""
        q = item.quantity
        if not self._here(q) or q.kind == "none" or q.unit_class in ("deed", "money", "times"):
            return []
        if q.kind == "one":
            among = self.context.among(self.governors, q)
            if among is None and q.unit_class in ("person", "them") and self.context.hurt(q):
                return [_Count("wounded")]
            return [_Count(among)] if among is not None else []
        near = self.context.right(self.governors, q, item.parts)
        return [_Count(near.count, near.token)] if near is not None and near.count is not None else []

    def _last_resort(self, item: Counted) -> list[_Count]:
        """A governing word to the left; goods in a relief event; a bare number that goes on with the toll of the sentence before."""
        q = item.quantity
        here = self._here(q)
        if not here or q.kind in ("none", "one") or q.unit_class in ("deed", "money", "times"):
            return []
        listed = next((self.candidates[i] for i in here if self.candidates[i].rule.endswith("/listed")), None)
        heading = self.headings.get(listed.lemma) if listed is not None else None
        if listed is not None and heading is not None and heading.get("count"):
            return [_Count(cast(CountOf, heading["count"]), listed.head)]
        if self.context.is_aboard(q):
            return [_Count("other")]
        near = self.context.left(self.governors, q)
        if near is not None and near.count is not None:
            return [_Count(near.count, near.token)]
        if q.unit is None and q.unit_class == "" and self.context.is_toll(q):
            return [_Count("killed")]
        if q.unit_class == "goods" and any(self.candidates[i].type in ("relief", "weapons_transfer") for i in here):
            return [_Count("delivered")]
        carried = self._carried(item)
        if (
            carried is not None
            and carried.of in _STRONG
            and any(self.candidates[i].type == "harm" or self.candidates[i].type in STRIKES for i in here)
        ):
            return [_Count(carried.of)]
        own = next((self.candidates[i] for i in here if self.candidates[i].head == q.numeral), None)
        if own is not None:
            return [carried] if carried is not None else [_Count("killed")] if own.type == "harm" else []
        return []

    def _carried(self, item: Counted) -> _Count | None:
        """What a bare number goes on with: the dead of the nearest sentence before, else its last count."""
        near: list[_Count] = []
        sent: int | None = None
        for k in item.carried:
            here = self.parse[self.items[k].quantity.numeral].sent
            if near and here != sent:
                break
            near += self.settled.get(k, ())
            sent = here
        return next((c for c in near if c.of == "killed"), near[0] if near else None)

    def _by_phrase(self, q: Quantity, here: list[int]) -> _Count | None:
        """From the phrase that tells an event beside the count ("mis hors de combat quelque 80 mercenaires", "30 rebelles sont tombés au combat")."""
        start = self.context.start(q)
        for i in here:
            c = self.candidates[i]
            counts = self.governors.words.get(c.lemma) if " " in c.lemma else None
            if counts is None:
                continue
            behind = 0 < start - c.tokens[-1] <= 3
            ahead = 0 < c.tokens[0] - q.last <= 6 and not self.context.is_parted(q.last + 1, c.tokens[0])
            of = count_in(counts, "patient" if behind else "agent", q) if behind or ahead else None
            if of is not None:
                return _Count(of, c.head)
        return None

    def _nearest(self, item: Counted) -> list[_Count]:
        """What such a count is in an event like the nearest one of the sentence, where no word of it says more."""
        q = item.quantity
        here = self._here(q)
        if not here or q.kind in ("none", "one") or q.merged or (q.unit_class == "place" and self.context.is_known_pair(q)):
            return []
        near = min(here, key=lambda i: (abs(self.candidates[i].head - q.head), i))
        of = NEAREST.get(self.candidates[near].type, {}).get(q.unit_class if q.unit_class != "them" else "")
        if of == "killed" and any(
            k.slot == "agent" and k.count is None and self.parse[k.token].pos == "VERB" for k in self.governors.links(self.parse, q)
        ):
            return []  # who does something else is no victim
        if of == "participants" and self.candidates[near].type == "relief" and self.context.is_recipient(q):
            of = "other"  # whom the help is for
        return [_Count(of, self.candidates[near].head)] if of is not None else []

    # --- whose it is ---------------------------------------------------------------------------------------------------------------

    def _candidate(self, q: Quantity, count: _Count, here: list[int]) -> int | None:
        if count.governor is not None and self.owner.get(count.governor) in here:
            return self.owner[count.governor]
        if q.head in self.owner and self.owner[q.head] in here:
            return self.owner[q.head]
        fits = FITS.get(count.of)
        some = [i for i in here if fits is None or self.candidates[i].type in fits]
        if not some:
            if count.of not in _STRONG and count.of not in ("destroyed", "damaged", "hit", "captured", "displaced", "cut_off"):
                return None
            some = here
        return min(some, key=lambda i: (abs(self.candidates[i].head - q.head), i))
