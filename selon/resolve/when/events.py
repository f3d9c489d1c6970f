"""The time of an event, apart from the time of saying. May import: `lang`, `model`, `resolve`.

In its own sentence an event takes the time that is nearest in the tree: cost is counted along the path from the trigger to the word that the
time depends on, and rises where the path leaves a clause. A time that depends on a cue is the time of saying (`said`) and is the event's
only when the trigger is that cue. From sentence to sentence a time is carried forward only for the same occurrence (`carry`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from selon.lang import Pack
from selon.model import Event, Parse, Said, Statement, TimeSpan, Token
from selon.model.cover import Cover
from selon.resolve.when.carry import carry
from selon.resolve.when.resolve import Piece, find_spans, is_header
from selon.resolve.when.words import Phrases, Words

# Cost of leaving a word by its relation on the way up from the trigger, and of entering one on the way down to the time.
_UP = {"conj": 1.5, "ccomp": 2.0, "advcl": 2.5, "acl": 1.5, "acl:relcl": 3.0, "parataxis": 3.5, "appos": 1.5, "xcomp": 0.5}
_DOWN = {
    "conj": 4.0,
    "ccomp": 5.0,
    "advcl": 4.0,
    "acl": 4.0,
    "acl:relcl": 5.0,
    "parataxis": 4.5,
    "appos": 3.0,
    "xcomp": 1.5,
    "nsubj": 2.0,
    "nmod": 1.5,
}
_PLAIN = 1.0
# A clause that hangs on the trigger itself describes it: "the strike that hit the port on Monday".
_OWN_CLAUSE = 2.0
_PHRASE = frozenset(("nmod", "obl", "appos", "obj"))
_CHAINED = 0.3
_SAYING = 5.0
_OTHER_EVENT = 3.0
_FRONTED = 1.0
_LIMIT = 5.0
# Cost of a time right behind a noun, and the tokens that may stand between.
_BEHIND, _GAP = 1.0, 4
# Clock times and lengths say less about the day than a day does: they lose against one beside them.
_RANK = {"clock": 1.0, "length": 1.5, "part": 0.2, "year": 1.5, "decade": 2.0, "century": 2.0, "month": 0.3}


@dataclass(frozen=True, slots=True)
class Placed:
    """A time with its place in the tree: its own head token, and the token that governs it (None at a root)."""

    time: TimeSpan
    piece: Piece | None
    head: Token
    governor: Token | None
    fronted: bool = False


class EventWords:
    """The pack's words that keep a time from being an event's."""

    def __init__(self, pack: Pack) -> None:
        entries = pack.lexicons["time-notevent"]
        self.comparisons = Phrases({e.key: "1" for e in entries if e["kind"] == "comparison"})
        self.publishing = Phrases({e.key: "1" for e in entries if e["kind"] == "publishing"})

    def compares(self, words: Words, k: int) -> bool:
        """Whether the words before `k` in the same sentence make "since" a comparison ("the deadliest attack since 2014")."""
        for j in range(k - 1, max(-1, k - 14), -1):
            if words.low[j] in ".!?;:":
                return False
            if next(self.comparisons.at(words, j), None) is not None:
                return True
        return False

    def publishes(self, words: Words, k: int) -> bool:
        """Whether the time tells when the report appeared ("Published on …")."""
        return any(self.publishing.ending(words, j) is not None for j in range(max(0, k - 3), k + 2))


_words: dict[str, EventWords] = {}


def event_words(pack: Pack) -> EventWords:
    """The word lists of a pack, made once."""
    key = f"{pack.lang}:{pack.hash}"
    if key not in _words:
        _words[key] = EventWords(pack)
    return _words[key]


def head_of(parse: Parse, start: int, end: int) -> Token | None:
    """The syntactic head of the tokens in a span."""
    tokens = parse.between(start, end)
    if not tokens:
        return parse.at(start)
    inside = {x.i for x in tokens}
    return next((x for x in tokens if x.head not in inside or x.is_root), tokens[0])


def place_times(parse: Parse, pack: Pack, times: Sequence[TimeSpan], cues: frozenset[int]) -> list[Placed]:
    """The times that can be an event's or a statement's, with their governors."""
    words, pieces = find_spans(parse.text, pack)
    by_start = {words.start[p.expr.first]: p for p in pieces}
    lists = event_words(pack)
    out: list[Placed] = []
    for t in times:
        if t.type == "SET" or not (t.earliest or t.latest):
            continue
        piece = by_start.get(t.span.start)
        if piece is not None:
            e = piece.expr
            if is_header(words, e) or lists.publishes(words, e.first):
                continue
            if e.lead == "since" and lists.compares(words, e.lead_first):
                continue
        head = head_of(parse, t.span.start, t.span.end)
        if head is None or head.start >= t.span.end:
            continue
        if piece is not None:
            # With the words that lead to it ("in the course of", "ago"), so that these do not stand between it and its governor.
            e = piece.expr
            k = min(x for x in (e.first, e.whole_first, e.lead_first if e.lead_first >= 0 else e.first))
            head = head_of(parse, words.start[k], t.span.end) or head
        first = parse.sentence(head).first
        opening = parse.tokens[first : head.i]
        fronted = head.i - first <= 4 and not any(x.pos in ("VERB", "AUX", "PROPN") for x in opening)
        out.append(Placed(t, piece, head, _governor(parse, piece, words, head, t, cues), fronted))
    return out


def _governor(parse: Parse, piece: Piece | None, words: Words, head: Token, t: TimeSpan, cues: frozenset[int]) -> Token | None:
    if piece is not None and (piece.expr.op == "anniversary" or piece.expr.text("of") == "noun"):
        # "Three days after the attack" speaks of the noun behind it.
        after = parse.at(words.end[piece.expr.whole_stop - 1])
        while after is not None and after.sent == head.sent:
            if after.pos in ("NOUN", "PROPN"):
                return after
            after = parse[after.i + 1] if after.i + 1 < len(parse) else None
    first = parse.at(t.span.start)
    if first is not None and first.i > 0 and first.i - 1 in cues and parse[first.i - 1].sent == first.sent:
        # Right behind a cue, a time is the time of saying, whatever the parse makes of it.
        return parse[first.i - 1]
    return parse.head(head)


def tree_cost(
    parse: Parse, trigger: Token, target: Token, saying: frozenset[int], other: frozenset[int], own: frozenset[int] = frozenset()
) -> float:
    """Cost of the way from a trigger to the word that a time depends on."""
    up: dict[int, float] = {trigger.i: 0.0}
    cost, t = 0.0, trigger
    while not t.is_root:
        cost += _UP.get(t.deprel) or _UP.get(t.rel, _PLAIN)
        t = parse[t.head]
        up[t.i] = cost
    down, t = 0.0, target
    while t.i not in up:
        if t.is_root:
            return 99.0
        if (t.head == trigger.i or (t.head in own and t.head > trigger.i)) and t.rel == "acl":
            down += _OWN_CLAUSE
        elif t.rel == "conj" and t.feats.get("VerbForm") == "Part" and not any(c.rel == "aux" for c in parse.children(t)):
            # "were killed and six wounded on Monday": the second participle shares the auxiliary, and the time is of both.
            down += _PLAIN
        elif t.rel in _PHRASE and parse[t.head].rel in _PHRASE and t.pos in ("NOUN", "PROPN") and parse[t.head].i not in up:
            # A chain of phrases one below the other ("four people in the town of X on Monday") is most often one beside the other.
            down += _CHAINED
        else:
            down += _DOWN.get(t.deprel) or _DOWN.get(t.rel, _PLAIN)
        t = parse[t.head]
    total = up[t.i] + down
    if target.i in saying:
        total += _SAYING
    elif down and target.i in other:
        total += _OTHER_EVENT
    return total


def _behind(parse: Parse, trigger: Token, own: frozenset[int], p: Placed) -> bool:
    """Whether the time stands right behind a trigger that is a noun, perhaps set off by a comma: "the intrusion, on Monday, of a group"."""
    first = parse.at(p.time.span.start)
    last = max(own)
    if trigger.pos != "NOUN" or first is None or not 0 < first.i - last <= _GAP:
        return False
    return all(t.text == "," or t.pos in ("ADP", "DET", "PUNCT") for t in parse.tokens[last + 1 : first.i])


def best_time(
    parse: Parse,
    trigger: Token,
    own: frozenset[int],
    placed: Sequence[Placed],
    said_of: Callable[[Token], frozenset[int]],
    triggers: frozenset[int],
) -> Placed | None:
    """The time of the trigger's own sentence, or None. `said_of` gives the cue words of the statements whose content holds a token."""
    best: tuple[float, int] | None = None
    chosen: Placed | None = None
    other = triggers - own
    for p in placed:
        if p.head.sent != trigger.sent:
            continue
        target = p.governor if p.governor is not None else p.head
        cost = 0.0 if target.i in own else tree_cost(parse, trigger, target, said_of(trigger), other, own)
        if target.i not in own and _behind(parse, trigger, own, p):
            cost = min(cost, _BEHIND)
        if p.fronted:
            # At the head of a sentence a time frames all of it.
            cost -= _FRONTED
        if cost > _LIMIT:
            continue
        key = (cost + (_RANK.get(p.piece.expr.op, 0.0) if p.piece is not None else 0.0), abs(p.head.i - trigger.i))
        if best is None or key < best:
            best, chosen = key, p
    return chosen


def closed(t: TimeSpan, event: Event, day: str | None) -> TimeSpan:
    """What has happened has happened by the day of publication; what goes on, or is planned, stays open."""
    if (
        t.earliest
        and day
        and event.status == "happened"
        and t.earliest <= day
        and (t.latest is None or t.latest > day)
        and t.precision != "night"
    ):
        return replace(
            t, latest=day, edtf=f"{t.earliest}/{day}" if t.earliest != day else day, because=f"{t.because}; told on the day of publication"
        )
    if t.earliest and t.latest is None and day and (date.fromisoformat(day) - date.fromisoformat(t.earliest)).days in (0, 1):
        return replace(t, latest=day, edtf=f"{t.earliest}/{day}" if t.earliest != day else day)
    return t


def time_all(
    parse: Parse, pack: Pack, events: Sequence[Event], times: Sequence[TimeSpan], statements: Sequence[Statement], day: str | None
) -> tuple[tuple[Event, ...], tuple[Statement, ...]]:
    """Events with their times, statements with their time of saying."""
    cues: dict[int, int] = {}
    for k, s in enumerate(statements):
        if s.cue is not None:
            for t in parse.between(s.cue.start, s.cue.end):
                cues.setdefault(t.i, k)
    saying = frozenset(cues)
    placed = place_times(parse, pack, times, saying)
    said: dict[int, Placed] = {}
    for p in placed:
        if p.governor is not None and p.governor.i in cues:
            said.setdefault(cues[p.governor.i], p)
    spans = [frozenset(t.i for t in parse.between(e.trigger.start, e.trigger.end)) for e in events]
    triggers: frozenset[int] = frozenset().union(*spans)
    by_sentence: dict[int, list[Placed]] = {}
    for p in placed:
        by_sentence.setdefault(p.head.sent, []).append(p)

    contents = Cover((s.content.start, s.content.end) for s in statements)
    cue_words: dict[int, list[int]] = {}
    for i, k in cues.items():
        cue_words.setdefault(k, []).append(i)

    def said_of(token: Token) -> frozenset[int]:
        # A time on the saying verb is kept from what is said, not from where it was said ("promised on Monday, during a visit").
        return frozenset(i for k in contents.holding(token.start, token.start + 1) for i in cue_words.get(k, ()))

    out: list[Event] = []
    heads: list[Token | None] = []
    for e, span in zip(events, spans, strict=True):
        trigger = head_of(parse, e.trigger.start, e.trigger.end)
        heads.append(trigger)
        if trigger is None or trigger.sent not in by_sentence:
            out.append(e)
            continue
        best = best_time(parse, trigger, span | {trigger.i}, by_sentence[trigger.sent], said_of, triggers)
        out.append(replace(e, time=closed(best.time, e, day)) if best is not None else e)
    carried = carry(parse, out, [h.sent if h is not None else -1 for h in heads], day)
    timed = tuple(
        replace(s, said=Said(said[k].time.span, said[k].time.earliest, said[k].time.latest)) if k in said else s
        for k, s in enumerate(statements)
    )
    return carried, timed


__all__ = ["EventWords", "Placed", "best_time", "closed", "event_words", "head_of", "place_times", "time_all", "tree_cost"]
