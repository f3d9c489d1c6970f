"""One event per sentence and real occurrence: which hits tell of the same thing, and which of them speaks for it.

May import: `extract.events.senses`, `extract.events.triggers`, `model`.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.events.senses import EventWords
from selon.extract.events.triggers import Hit
from selon.model import EventType, Parse, Status, Token

STRIKES: frozenset[EventType] = frozenset(("airstrike", "drone_strike", "missile_strike", "shelling", "attack", "explosion"))
CAUSES: frozenset[EventType] = STRIKES | frozenset(("clash", "disaster", "killing"))
# what is planned or possible is another occurrence than what happened
_TOLD_APART: frozenset[EventType] = STRIKES | {"meeting"}
_PEOPLE = frozenset(("person", "casualty"))
# what people flee from, are warned of, threatened with or forbidden is told by the other event: (inner, outer)
_TOLD_BY: frozenset[tuple[EventType, EventType]] = frozenset(
    (
        ("clash", "evacuation"),
        ("attack", "evacuation"),
        ("disaster", "evacuation"),
        ("disaster", "warning"),
        ("attack", "threat"),
        ("protest", "restriction"),
        ("meeting", "warning"),
        ("disaster", "relief"),
    )
)

# what is told as over by a word beside the one that told it as done ("arrested, then set free")
_ENDING: frozenset[EventType] = frozenset(("detention", "closure", "outage", "restriction"))

Told = tuple[Hit, Status, tuple[Hit, ...]]


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


def is_argument(inner: Hit, outer: Hit) -> bool:
    """Whether one hit stands in a role of the other, or directly below it."""
    f = outer.frame
    return inner.head.head == outer.head.i or any(t.i == inner.head.i for t in (*f.agent, *f.patient, *f.obl))


def _is_within(parse: Parse, inner: Hit, outer: Hit) -> bool:
    """Whether a noun stands in a role of another hit, or in the genitive of what does ("fled the renewed fighting", "left the zone of combat")."""
    node = inner.head
    for _ in range(3):
        if any(t.i == node.i for t in outer.frame.agent):
            return False  # what drives people out is told beside their flight
        if node.head == outer.head.i or any(t.i == node.i for t in (*outer.frame.patient, *outer.frame.obl)):
            return True
        if node.rel != "nmod":
            return False
        node = parse[node.head]
    return False


def _rank(hit: Hit) -> tuple[int, int, int]:
    return (0 if hit.type == "attack" else 1, 1 if hit.source == "noun" else 0, -hit.head.i)


def _same(parse: Parse, a: Hit, sa: Status, b: Hit, sb: Status, one_clause: bool) -> bool:
    """Whether two hits of one sentence tell of one occurrence in the same way, apart from the harm that it does.

    Clauses that stand beside each other with subjects of their own tell of two occurrences, but for harm, whose parts make one toll;
    a visit and the talks planned for it are two.
    """
    if a.type == b.type:
        if sa != sb:
            one = a.word.key == b.word.key or is_argument(a, b) or is_argument(b, a)
            return one_clause and (a.type not in _TOLD_APART or one)
        return one_clause or a.type == "harm" or _is_below(parse, a.head, b.head) or _is_below(parse, b.head, a.head)
    if a.type == "disaster" and (b.type in STRIKES or b.type == "killing") and b.frame.verbal and b.head.head == a.head.i:
        return b.head.rel == "advcl"  # "crashed, killing its crew": the helicopter struck nobody
    if a.type in STRIKES and b.type in STRIKES:
        return is_argument(a, b) or is_argument(b, a) or (one_clause and "attack" in (a.type, b.type) and sa == sb)
    if "killing" in (a.type, b.type) and (a.type in STRIKES or b.type in STRIKES):
        return one_clause and sa == sb and _is_near(parse, a.head, b.head)
    return False


def _is_below(parse: Parse, t: Token, above: Token) -> bool:
    return any(x.i == above.i for x in parse.ancestors(t))


def _is_near(parse: Parse, a: Token, b: Token) -> bool:
    """Whether one word is below the other, or both are below one word, without a relative clause between them."""
    return a.head in (b.i, b.head) or b.head == a.i or _is_below(parse, a, b) or _is_below(parse, b, a)


def _is_people(hit: Hit, words: EventWords) -> bool:
    """Whether a hit is a noun for those to whom something happened (the wounded, the displaced)."""
    return hit.source == "noun" and bool(words.classes.get(hit.word.key, frozenset()) & _PEOPLE)


class _Groups:
    """Union of hits, each group spoken for by one of them."""

    def __init__(self, n: int) -> None:
        self._into: dict[int, int] = {}
        self.n = n

    def head(self, k: int) -> int:
        while k in self._into:
            k = self._into[k]
        return k

    def join(self, k: int, into: int) -> None:
        if self.head(k) != self.head(into):
            self._into[self.head(k)] = self.head(into)

    def members(self, k: int) -> list[int]:
        return [j for j in range(self.n) if self.head(j) == self.head(k)]

    def heads(self) -> list[int]:
        return [k for k in range(self.n) if k not in self._into]


def _merge_sentence(parse: Parse, group: list[tuple[Hit, Status]], words: EventWords) -> list[Told]:
    if len(group) == 1:
        return [(group[0][0], group[0][1], ())]
    groups = _Groups(len(group))
    blocks = [block(parse, h.head) for h, _ in group]
    order = range(len(group))
    for i in order:
        for j in order:
            if i == j or groups.head(i) != i or groups.head(j) != j:
                continue
            (a, sa), (b, sb) = group[i], group[j]
            if _same(parse, a, sa, b, sb, blocks[i] == blocks[j]) and _rank(a) > _rank(b):
                groups.join(j, i)
    for j in groups.heads():
        # "the rescue was suspended": what is suspended tells that it is over
        b = group[j][0]
        if b.type == "closure" and b.frame.verbal:
            over = next((i for i in groups.heads() if i != j and group[i][1] == "ended" and is_argument(group[i][0], b)), None)
            if over is not None:
                groups.join(j, over)
    for j in groups.heads():
        if group[j][0].type != "harm":
            continue
        for i in groups.heads():
            if i != j and not _stands_apart(parse, group[i][0], group[j], blocks[i] != blocks[j]) and _absorbs(group, groups, i, j, words):
                groups.join(j, i)
                break
    for j in groups.heads():
        b = group[j][0]
        teller = next((i for i in order if (b.type, group[i][0].type) in _TOLD_BY and _is_within(parse, b, group[i][0])), None)
        if b.source == "noun" and teller is not None:
            groups.join(j, teller)
        elif _is_people(b, words):
            for i in order:
                if groups.head(i) != j and (is_argument(b, group[i][0]) or (b.head.rel == "conj" and b.head.head == group[i][0].head.i)):
                    groups.join(j, i)
                    break
    out: list[Told] = []
    for k in groups.heads():
        others = [group[j] for j in groups.members(k) if j != k]
        out.append((group[k][0], _joint_status(group[k], others), tuple(h for h, _ in others)))
    return out


def _joint_status(speaker: tuple[Hit, Status], others: Sequence[tuple[Hit, Status]]) -> Status:
    """The status of an occurrence told by several words: it is over where one says so, and harm was done where one part of it was."""
    hit, status = speaker
    kin = [(h, s) for h, s in others if h.type == hit.type]
    if hit.type == "harm" and status == "denied" and any(s == "happened" for _, s in kin):
        return "happened"
    if hit.type in _ENDING and status in ("happened", "ongoing") and any(s == "ended" for _, s in kin):
        return "ended"
    told = next((s for h, s in kin if h.frame.verbal and not hit.frame.verbal and is_argument(hit, h)), None)
    return told if told is not None and status == "happened" else status


def _stands_apart(parse: Parse, cause: Hit, harm: tuple[Hit, Status], two_clauses: bool) -> bool:
    """Whether harm is told by a clause of its own beside that of the cause: "…, and a power station burned", "…; no casualties"."""
    hit, status = harm
    if not two_clauses or not (hit.frame.verbal or status == "denied"):
        return False
    return not _is_below(parse, cause.head, hit.head) and (status == "denied" or not _is_below(parse, hit.head, cause.head))


def _absorbs(group: list[tuple[Hit, Status]], groups: _Groups, i: int, j: int, words: EventWords) -> bool:
    """Whether the harm of group `j` is what the occurrence of group `i` did."""
    a, sa = group[i]
    for m in groups.members(j):
        b, sb = group[m]
        if a.type in CAUSES and sa == "happened":
            return True
        if sb == "denied" and (a.type in CAUSES or a.type == "interception"):
            return True
        if (
            a.type not in ("harm", "interception")
            and not _is_people(a, words)
            and any(is_argument(b, group[k][0]) for k in groups.members(i))
        ):
            return True
    return False


def merge(parse: Parse, hits: Sequence[tuple[Hit, Status]], words: EventWords) -> list[Told]:
    """The hits that remain, each with its status and those it speaks for, in text order."""
    by_sentence: dict[int, list[tuple[Hit, Status]]] = {}
    for h in hits:
        by_sentence.setdefault(h[0].head.sent, []).append(h)
    out: list[Told] = []
    for group in by_sentence.values():
        out.extend(_merge_sentence(parse, group, words))
    out.sort(key=lambda x: (x[0].head.i, x[0].tokens))
    return out
