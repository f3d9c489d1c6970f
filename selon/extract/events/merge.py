"""One event per sentence and real occurrence: which hits tell of the same thing, and which of them speaks for it.

May import: `extract.events.triggers`, `model`.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.events.triggers import Hit
from selon.model import EventType, Parse, Status, Token

STRIKES: frozenset[EventType] = frozenset(("airstrike", "drone_strike", "missile_strike", "shelling", "attack", "explosion"))
CAUSES: frozenset[EventType] = STRIKES | frozenset(("clash", "disaster", "killing"))
_ABSORBED_AS_ARGUMENT: frozenset[EventType] = frozenset(("harm",))


def block(parse: Parse, t: Token) -> int:
    """The clause that a token belongs to: the nearest word above it that stands beside the main clause with a subject of its own."""
    node = t
    while not node.is_root:
        if node.rel == "parataxis":
            return node.i
        if node.rel == "conj" and node.pos in ("VERB", "AUX", "ADJ", "NOUN") and any(c.rel == "nsubj" for c in parse.children(node)):
            return node.i
        node = parse[node.head]
    return node.i


def is_argument(parse: Parse, inner: Hit, outer: Hit) -> bool:
    """Whether one hit stands in a role of the other, or directly below it."""
    return inner.head.head == outer.head.i or any(
        t.i == inner.head.i for t in (*outer.frame.agent, *outer.frame.patient, *outer.frame.obl)
    )


def _rank(hit: Hit) -> tuple[int, int, int]:
    specific = 0 if hit.type == "attack" else 1
    return (specific, 1 if hit.source == "noun" else 0, -hit.head.i)


def merge(parse: Parse, hits: Sequence[tuple[Hit, Status]]) -> list[tuple[Hit, Status, tuple[Hit, ...]]]:
    """The hits that remain, each with those it speaks for, in text order."""
    by_sentence: dict[int, list[tuple[Hit, Status]]] = {}
    for h in hits:
        by_sentence.setdefault(h[0].head.sent, []).append(h)
    out: list[tuple[Hit, Status, tuple[Hit, ...]]] = []
    for group in by_sentence.values():
        out.extend(_merge_sentence(parse, group))
    out.sort(key=lambda x: (x[0].head.i, x[0].tokens))
    return out


def _merge_sentence(parse: Parse, group: list[tuple[Hit, Status]]) -> list[tuple[Hit, Status, tuple[Hit, ...]]]:
    if len(group) == 1:
        return [(group[0][0], group[0][1], ())]
    into: dict[int, int] = {}
    blocks = [block(parse, h.head) for h, _ in group]

    def root(k: int) -> int:
        while k in into:
            k = into[k]
        return k

    order = range(len(group))
    # strikes of one clause are one strike, the more specific word speaking for it
    for i in order:
        for j in order:
            if i == j or root(i) != i or root(j) != j:
                continue
            (a, sa), (b, sb) = group[i], group[j]
            if _same(a, sa, b, sb, blocks[i] == blocks[j], parse) and _rank(a) >= _rank(b) and (_rank(a) > _rank(b) or i < j):
                into[j] = i
    for j in order:
        b, sb = group[j]
        if root(j) != j:
            continue
        for i in order:
            if i == j or root(i) != i:
                continue
            a, sa = group[i]
            if b.type == "harm" and a.type in CAUSES and sa == "happened" and (blocks[i] == blocks[j] or is_argument(parse, a, b)):
                into[j] = i
                break
            if b.type == "harm" and a.type != "harm" and is_argument(parse, b, a):
                into[j] = i
                break
    return [
        (group[k][0], group[k][1], tuple(group[j][0] for j in order if j != k and root(j) == k)) for k in order if root(k) == k
    ]


def _same(a: Hit, sa: Status, b: Hit, sb: Status, one_clause: bool, parse: Parse) -> bool:
    if a.type == b.type:
        return sa == sb or one_clause
    if a.type in STRIKES and b.type in STRIKES:
        if is_argument(parse, a, b) or is_argument(parse, b, a):
            return True
        return one_clause and "attack" in (a.type, b.type) and sa == sb
    if "killing" in (a.type, b.type) and (a.type in STRIKES or b.type in STRIKES):
        return one_clause and sa == sb
    return False
