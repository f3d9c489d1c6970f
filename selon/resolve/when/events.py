"""The time of an event, apart from the time of saying. May import: `lang`, `model`, `attach`, `carry`, `resolve`.

In its own sentence an event takes the time that is nearest in the tree: cost is counted along the path from the trigger to the word that the
time depends on, and rises where the path leaves a clause. A time that depends on a cue is the time of saying (`said`) and is the event's
only when the trigger is that cue. From sentence to sentence a time is carried forward only for the same occurrence (`carry`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from selon.lang import Pack, per_pack
from selon.model import Event, Parse, Said, Statement, TimeSpan, Token
from selon.model.cover import Cover
from selon.resolve.when import calendar as cal
from selon.resolve.when.attach import Placed, best_time, ties_of
from selon.resolve.when.carry import EFFECTS, carry, day_of_hours
from selon.resolve.when.edtf import format_edtf
from selon.resolve.when.resolve import Piece, find_spans, is_header
from selon.resolve.when.words import Phrases, Words

# Days ahead within which a date may be that of a plan whose status was not seen.
_SOON = 45
# Times that can be those of counting.
_DAYS = frozenset(("day", "rel", "part", "clock", "later", "earlier", "same", "night"))


class EventWords:
    """The pack's words that keep a time from being an event's."""

    def __init__(self, pack: Pack) -> None:
        entries = pack.lexicons["time-notevent"]
        self.comparisons = Phrases({e.key: "1" for e in entries if e["kind"] == "comparison"})
        self.publishing = Phrases({e.key: "1" for e in entries if e["kind"] == "publishing"})
        told = pack.lexicons["time-counting"]
        self.counting = frozenset(e.key for e in told if e["kind"] == "counting")
        self.tolls = frozenset(e.key for e in told if e["kind"] == "toll")

    def compares(self, words: Words, k: int) -> bool:
        """Whether the words before `k` in the same sentence make "since" a comparison ("the deadliest attack since 2014")."""
        for j in range(k - 1, max(-1, k - 14), -1):
            if words.low[j] in ".!?;:":
                return False
            if next(self.comparisons.at(words, j), None) is not None:
                return True
        return False

    def counts(self, parse: Parse, trigger: Token, p: Placed, harm: bool) -> bool:
        """Whether the time tells when a toll was given, not when people came to harm ("On Monday the agency counted 50 dead").

        So for what the toll is of ("the toll of the landslide rose to 30 on Monday").
        """
        if p.piece is None or p.piece.expr.op not in _DAYS or p.stretch or p.governor is None:
            return False
        if p.governor.i != trigger.i:
            if p.governor.lemma.lower() not in self.counting or not parse.is_below(trigger, p.governor):
                return False
            return harm or any(t.lemma.lower() in self.tolls for t in _way(parse, trigger, p.governor))
        if not harm:
            return False
        if trigger.pos == "NOUN" and trigger.lemma.lower() in self.tolls and p.piece.expr.lead != "part":
            return True
        kin = parse.children(trigger)
        return any(c.rel == "cop" for c in kin) and any(c.rel == "nsubj" and c.lemma.lower() in self.tolls for c in kin)

    def publishes(self, words: Words, k: int) -> bool:
        """Whether the time tells when the report appeared ("Published on …")."""
        return any(self.publishing.ending(words, j) is not None for j in range(max(0, k - 3), k + 2))


@per_pack
def event_words(pack: Pack) -> EventWords:
    """The word lists of a pack."""
    return EventWords(pack)


def head_of(parse: Parse, start: int, end: int) -> Token | None:
    """The syntactic head of the tokens in a span."""
    tokens = parse.between(start, end)
    if not tokens:
        return parse.at(start)
    inside = {x.i for x in tokens}
    return next((x for x in tokens if x.head not in inside or x.is_root), tokens[0])


def place_times(parse: Parse, pack: Pack, times: Sequence[TimeSpan], cues: frozenset[int], day: str | None = None) -> list[Placed]:
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
        ahead = bool(day and t.earliest and t.earliest > day)
        out.append(Placed(t, piece, head, _governor(parse, piece, words, head, t, cues), fronted, _trails(parse, t), ahead))
    heads = {p.head.i: p for p in out}
    return [_beside(p, heads) for p in out]


def _way(parse: Parse, token: Token, top: Token) -> Iterator[Token]:
    """The tokens from one up to another above it, without that."""
    for t in (token, *parse.ancestors(token)):
        if t.i == top.i:
            return
        yield t


def _trails(parse: Parse, t: TimeSpan) -> bool:
    """Whether the time stands behind a comma at the end of its sentence."""
    inside = parse.between(t.span.start, t.span.end)
    if not inside or inside[0].i == 0:
        return False
    behind = parse.tokens[inside[-1].i + 1 : parse.sentence(inside[0]).last + 1]
    before = parse[inside[0].i - 1]
    if before.pos in ("ADP", "DET") and before.i > 0:
        before = parse[before.i - 1]
    return before.text == "," and all(x.pos == "PUNCT" for x in behind)


def _beside(p: Placed, heads: Mapping[int, Placed]) -> Placed:
    """A time that hangs on another one ("in 24 hours, on Monday") shares its governor."""
    seen = {p.head.i}
    governor = p.governor
    while governor is not None and governor.i in heads and governor.i not in seen:
        seen.add(governor.i)
        governor = heads[governor.i].governor
    return p if governor is p.governor else replace(p, governor=governor)


def _governor(parse: Parse, piece: Piece | None, words: Words, head: Token, t: TimeSpan, cues: frozenset[int]) -> Token | None:
    if piece is not None and (piece.expr.op == "anniversary" or piece.expr.text("of") == "noun"):
        # "Three days after the attack" speaks of the noun behind it.
        after = parse.at(words.end[piece.expr.whole_stop - 1])
        while after is not None and after.sent == head.sent:
            if after.pos in ("NOUN", "PROPN"):
                # Of a clause ("after two dams burst") it is the verb.
                clause = parse.head(after)
                return clause if after.rel == "nsubj" and clause is not None and clause.rel == "advcl" else after
            after = parse[after.i + 1] if after.i + 1 < len(parse) else None
    first = parse.at(t.span.start)
    if first is not None:
        k = first.i - 1
        while k > 0 and parse[k].pos in ("ADV", "ADJ") and parse[k].head == head.i:
            k -= 1
        if k in cues and parse[k].sent == first.sent:
            # Right behind a cue, a time is the time of saying, whatever the parse makes of it ("said late Thursday it had shot …").
            return parse[k]
    return parse.head(head)


def fits(event: Event, p: Placed, day: str | None) -> bool:
    """Whether the event can be then: what is planned or only thought of is not over by the day of publication, what has happened has begun.

    A day ahead that the text names outright stays: then it is the status that is doubtful.
    """
    if event.status in ("planned", "hypothetical"):
        return not (p.time.latest and day and p.time.latest < day)
    counted = p.piece is not None and (p.piece.expr.op in ("later", "earlier") or p.piece.expr.text("from") == "text")
    return not (event.status in ("happened", "ended") and p.ahead and counted)


def turned(p: Placed, event: Event, day: str | None) -> Placed:
    """A bare weekday, or a date without a year, that depends on the event itself, on the side of publication that the event's status asks for.

    "They will meet after Monday's strikes": the tense of the clause is not that of the strikes.
    """
    t = p.time
    e = p.piece.expr if p.piece is not None else None
    if e is None or e.args.keys() & {"dir", "weekdir", "yyyy", "yy"} or not (day and t.earliest and t.latest):
        return p
    if "month" in e.args and e.op in ("day", "month"):
        return _last_year(p, t, t.earliest, t.latest, event, day)
    if e.op != "day" or "d" in e.args or t.earliest != t.latest:
        return p
    way = -7 if p.ahead and event.status == "happened" else 7 if t.earliest < day and event.status == "planned" else 0
    if not way:
        return p
    moved = (date.fromisoformat(t.earliest) + timedelta(days=way)).isoformat()
    shown = replace(t, value=t.value.replace(t.earliest, moved), earliest=moved, latest=moved, edtf=moved)
    return replace(p, time=shown, ahead=moved > day)


def _last_year(p: Placed, t: TimeSpan, first: str, last: str, event: Event, day: str) -> Placed:
    """What has happened in a month that lies well ahead happened in that of the year before."""
    if event.status != "happened" or (date.fromisoformat(first) - date.fromisoformat(day)).days <= _SOON:
        return p
    a, b = (cal.shift(date.fromisoformat(x), -1, "Y") for x in (first, last))
    if a is None or b is None:
        return p
    value = t.value.replace(first[:4], str(a.year), 1)
    shown = replace(t, value=value, earliest=a.isoformat(), latest=b.isoformat(), edtf=format_edtf(a, b))
    return replace(p, time=shown, ahead=False)


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
    saying, ties, lists = frozenset(cues), ties_of(pack), event_words(pack)
    placed = place_times(parse, pack, times, saying, day)
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
    bare = [False] * len(events)
    heads: list[Token | None] = []
    for e, span in zip(events, spans, strict=True):
        trigger = head_of(parse, e.trigger.start, e.trigger.end)
        heads.append(trigger)
        if trigger is None or trigger.sent not in by_sentence:
            out.append(e)
            continue
        here = span | {trigger.i}
        near = (turned(p, e, day) if p.governor is not None and p.governor.i in here else p for p in by_sentence[trigger.sent])
        fitting = [p for p in near if fits(e, p, day) and not lists.counts(parse, trigger, p, e.type in EFFECTS)]
        best = best_time(parse, trigger, here, fitting, said_of, triggers, ties)
        out.append(replace(e, time=closed(best.time, e, day)) if best is not None else e)
        bare[len(out) - 1] = best is not None and best.bare_hour
    sentences = [h.sent if h is not None else -1 for h in heads]
    carried = carry(parse, day_of_hours(out, sentences, bare, day), sentences, day, contents)
    timed = tuple(
        replace(s, said=Said(said[k].time.span, said[k].time.earliest, said[k].time.latest)) if k in said else s
        for k, s in enumerate(statements)
    )
    return carried, timed


__all__ = ["EventWords", "closed", "event_words", "head_of", "place_times", "time_all"]
