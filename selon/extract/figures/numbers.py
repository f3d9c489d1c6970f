"""Completing bare numbers from their neighbours. May import: `lang`, `rules`, `model`, `errors`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from selon.extract.figures.context import Context
from selon.extract.quantities import Quantity
from selon.lang import Pack
from selon.model import CountOf, Parse, Token
from selon.rules import Entry

_GAP = 7
"""Tokens that may stand between two counts of one list ("deux pilotes et six passagers du vol")."""
_REACH = 2
"""Sentences back to the count that a bare number goes on with, at most."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity with its unit completed.

    `before` is the count before it in the sentence; `joined` are the counts with which it shares a list or a unit, the likeliest first;
    `denominator` marks the number out of which another one counts ("21 des 23"); `narrowed` a zero that another zero beside it completes
    ("pas de victimes ni de blessés": the second says the wounded); `parts` are the tokens of its bracketed parts; `carried` are the
    counts of the sentences before, the last one first.
    """

    index: int
    quantity: Quantity
    before: int | None = None
    joined: tuple[int, ...] = ()
    denominator: bool = False
    narrowed: bool = False
    parts: frozenset[int] = frozenset()
    carried: tuple[int, ...] = ()


def completed(parse: Parse, pack: Pack, quantities: Sequence[Quantity]) -> list[Counted]:
    """All quantities in text order, bare ones with the unit of a neighbour or of the noun beside them."""
    context = Context(parse, pack)
    sents = [parse[q.numeral].sent for q in quantities]
    parts: dict[int, set[int]] = {}
    for q in quantities:
        if q.part_of is not None:
            parts.setdefault(q.part_of, set()).update(range(context.start(q), q.last + 1))
    out: list[Counted] = []
    for i, q in enumerate(quantities):
        before = i - 1 if i and sents[i - 1] == sents[i] else None
        after = i + 1 if i + 1 < len(quantities) and sents[i + 1] == sents[i] else None
        denominator = before is not None and context.is_out_of(quantities[before], q)
        narrowed = q.kind == "none" and any(
            quantities[k].kind == "none" and quantities[k].count_of == "wounded" and abs(quantities[k].numeral - q.numeral) <= _GAP
            for k in (before, after)
            if k is not None
        )
        joined: list[int] = []
        if before is not None and _is_list(parse, context, quantities[before], q):
            joined.append(before)
        if after is not None and _is_list(parse, context, q, quantities[after]):
            joined.append(after)
        carried: tuple[int, ...] = ()
        if q.unit is None and q.unit_class in ("", "them") and q.kind != "none":
            spoken = before is not None and not denominator and _is_said_by(parse, context, quantities[before], q)
            q, kin = _with_unit(parse, context, q, quantities, out, i, None if spoken else before, after)
            if kin is not None:
                joined.append(kin)
            elif before is None or spoken:
                carried = tuple(k for k in range(i - 1, -1, -1) if 0 < sents[i] - sents[k] <= _REACH and quantities[k].kind != "none")
        out.append(Counted(i, q, before, tuple(dict.fromkeys(joined)), denominator, narrowed, frozenset(parts.get(i, ())), carried))
    return out


def _is_list(parse: Parse, context: Context, a: Quantity, b: Quantity) -> bool:
    """Whether two counts stand in one list: a comma or conjunction between, complements, but no verb and no new clause."""
    between = parse.tokens[a.last + 1 : context.start(b)]
    if not 0 < len(between) <= _GAP or b.part_of is not None:
        return False
    if any(t.pos in ("VERB", "AUX", "SCONJ") or t.text in (";", ":", ".", "(", ")") for t in between):
        return False
    links = [t for t in between if t.pos == "CCONJ" or t.text == ","]
    return bool(links) and links[-1].i >= between[-1].i - 1


def _is_said_by(parse: Parse, context: Context, speakers: Quantity, q: Quantity) -> bool:
    """Whether a bare number is what counted people say ("deux médecins avancent 40", "parlent du chiffre de 40"): it counts something else than them."""
    k = context.start(q) - 1
    if speakers.kind == "one" and speakers.unit_class == "person" and q.kind != "one":
        # One person and a number of something, with nothing that joins them.
        return not any(t.pos == "CCONJ" or t.text in (",", ";") for t in parse.tokens[speakers.last + 1 : k + 1])
    while (
        k > speakers.last
        and parse[k].text != ","
        and (parse[k].pos in ("ADP", "DET", "ADV", "ADJ", "PUNCT") or context.role(parse[k]) == "total")
    ):
        k -= 1
    if k <= speakers.last or parse[k].pos not in ("VERB", "AUX"):
        return False
    return any(c.rel == "nsubj" and c.deprel != "nsubj:pass" and speakers.numeral <= c.i <= speakers.last for c in parse.children(parse[k]))


def _with_unit(
    parse: Parse,
    context: Context,
    q: Quantity,
    all_: Sequence[Quantity],
    done: list[Counted],
    i: int,
    before: int | None,
    after: int | None,
) -> tuple[Quantity, int | None]:
    """A bare number with the unit it is understood to have, and the neighbour whose count it shares, if it is one."""
    if after is not None and context.is_out_of(q, all_[after]):
        other = all_[after]
        return replace(_as(q, other), head=other.head, count_of=other.count_of), None
    if after is not None and q.last + 2 >= all_[after].numeral and context.role(parse[q.last + 1]) == "slot_oblique":
        other = all_[after]
        return replace(_as(q, other), count_of=other.count_of), after
    noun = context.noun_before(q) or context.noun_after(q)
    if noun is not None:
        return _of_noun(q, noun), None
    if before is not None:
        other = done[before].quantity
        if other.kind != "none" and other.unit_class not in ("money", "deed"):
            return _as(q, other), before
    for k in range(i - 1, max(-1, i - 4), -1):
        other = done[k].quantity
        if parse[q.numeral].sent - parse[other.numeral].sent > 1:
            break
        if other.unit_class in ("weapon", "aircraft", "person"):
            return _as(q, other), None
    return q, None


def _as(q: Quantity, other: Quantity) -> Quantity:
    cls = "" if other.unit_class == "victim" and other.kind != "none" else other.unit_class
    return replace(q, unit=other.unit, unit_lemma=other.unit_lemma, unit_class=cls)


def _of_noun(q: Quantity, noun: tuple[Token, Entry]) -> Quantity:
    t, entry = noun
    return replace(
        q,
        unit=t.text,
        unit_lemma=entry.key,
        unit_class=entry["class"],
        head=t.i,
        count_of=cast("CountOf | None", entry.get("count") or None),
    )
