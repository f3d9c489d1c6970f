"""Conflicts between drafts: the same cue twice, the same content twice, relays. May import: `view`, `model`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from selon.extract.statements.view import Draft, View
from selon.model import Mood, Source, Span, Stance, Statement
from selon.model.cover import Cover


def settle(view: View, drafts: Sequence[Draft]) -> list[Draft]:
    """One draft per cue and no two that say the same with the same source, in text order."""
    out: list[Draft] = []
    cues: set[tuple[int, int]] = set()
    for d in sorted(drafts, key=lambda d: (d.start, d.end, d.at)):
        if d.end - d.start < 2 or not any(c.isalnum() for c in view.text[d.start : d.end]):
            continue
        if (d.cue is not None and d.cue in cues) or _is_told(d, out):
            continue
        out.append(d)
        if d.cue is not None:
            cues.add(d.cue)
    return out


def _is_told(d: Draft, before: Sequence[Draft]) -> bool:
    """Whether a draft that begins earlier, or at the same place, says the same. They share nine tenths only if they begin near each other."""
    near = d.start - (d.end - d.start) / 9
    for o in reversed(before):
        if o.start < near:
            return False
        if _same(d, o):
            return True
    return False


def _same(a: Draft, b: Draft) -> bool:
    both = min(a.end, b.end) - max(a.start, b.start)
    whole = max(a.end, b.end) - min(a.start, b.start)
    if both <= 0.9 * whole:
        return False
    if a.source == b.source and a.source is not None:
        return True
    if _names_source(a, b) or _names_source(b, a):
        return True
    return a.stance == b.stance and "rule" in (a.frame, b.frame)


def _names_source(a: Draft, b: Draft) -> bool:
    """Whether the cue of one draft only names the source of the other ("a-t-on appris de sources policières")."""
    return a.rule == "attribution" and a.cue is not None and b.source is not None and a.cue[0] <= b.source[1] and b.source[0] <= a.cue[1]


def to_statements(view: View, drafts: Sequence[Draft], prefix: str) -> tuple[Statement, ...]:
    """Statements with ids in text order, relays resolved by which content holds which cue."""
    ordered = sorted(drafts, key=lambda d: (d.start, d.end))
    ids = [f"s{k + 1}" for k in range(len(ordered))]
    contents = Cover((d.start, d.end) for d in ordered)
    out: list[Statement] = []
    for k, d in enumerate(ordered):
        cue = view.span(*d.cue) if d.cue is not None else None
        source = None
        if d.source is not None:
            span = _bare(view, view.span(*d.source))
            source = Source(span, span.text)
        mood: Mood = "quoted" if d.quoted else "conditional" if d.conditional else "indicative"
        within = _holder(ordered, k, view, contents)
        out.append(
            Statement(
                id=ids[k], source=source, cue=cue, stance=cast(Stance, d.stance), content=Span.of(view.text, d.start, d.end),
                rule=f"{prefix}.statement.{d.rule}", channel=d.channel, mood=mood, within=ids[within] if within is not None else None,
            )
        )  # fmt: skip
    return tuple(out)


def _bare(view: View, span: Span) -> Span:
    """An inverted pronoun without its hyphens: "-t-il" -> "il"."""
    cut = span.text.rfind("-") + 1 if span.text.startswith("-") else 0
    return Span.of(view.text, span.start + cut, span.end)


def _holder(drafts: Sequence[Draft], k: int, view: View, contents: Cover) -> int | None:
    """The smallest other draft whose content holds the cue of this one."""
    d = drafts[k]
    if d.cue is None:
        return None
    at = view.tokens[d.cue[0]].start
    best: int | None = None
    for j in contents.holding(at, at + 1):
        o = drafts[j]
        if j == k or not (o.start <= d.start and d.end <= o.end + 2):
            continue
        if o.cue is not None and d.start <= view.tokens[o.cue[0]].start < d.end:
            continue
        if best is None or o.end - o.start < drafts[best].end - drafts[best].start:
            best = j
    return best
