"""Quotations and claims without a cue of their own: continued speech, names in brackets, names before a colon. May import: `view`."""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.statements.extent import segment_start
from selon.extract.statements.sources import noun_phrase, speaks
from selon.extract.statements.view import STOPS, Draft, View

_LEAST = 4
"""Words that a quotation without a cue must have at least: shorter ones are names and scare quotes."""


def find_carried(view: View, found: Sequence[Draft]) -> list[Draft]:
    """Quotations that stand as sentences of their own, with the speaker of the statement before them."""
    out: list[Draft] = []
    ordered = sorted(found, key=lambda d: d.start)
    for q in view.outer:
        if any(d.start < q.last and d.end > q.first for d in ordered):
            continue
        words = [w for w in view.text[q.first : q.last].split() if any(c.isalpha() for c in w)]
        if len(words) < _LEAST:
            continue
        passage = view.passage(q.start)
        before = view.text[passage.start : q.start].rstrip()
        after = view.text[q.end : passage.end].lstrip()
        whole_before = not before or before[-1] in '.!?…:;»”"'
        ended = view.text[q.last - 1] in STOPS or not after or after[0] in ".!?…" or view.text[q.end - 1 : q.end] in STOPS
        if not whole_before or not (ended or after[:1].isupper() or after[:1] in '«"“'):
            continue
        k = view.first_from(q.first)
        if k >= len(view.tokens):
            continue
        last = max(k, view.first_from(q.last) - 1)
        if not any(view.finite(j) or view.is_verb(j) for j in range(k, last + 1)):
            continue
        source = _speaker(view, q.start, before, ordered, passage.start)
        if source is None and passage.kind not in ("headline", "subhead"):
            continue
        if source is None:
            continue
        stance = "asserts"
        out.append(Draft(k, None, source, q.first, q.last, stance, "carried-quotation", "quote", quoted=True))
    return out


def _speaker(view: View, position: int, before: str, found: Sequence[Draft], floor: int) -> tuple[int, int] | None:
    """The subject of the clause before a colon, else the source of the nearest statement before in this passage or the one before."""
    if before.endswith(":"):
        k = view.first_from(position) - 1
        first, _ = view.sentence_range(k)
        for j in range(first, k):
            t = view.tokens[j]
            if t.rel == "nsubj" and speaks(view, j) in ("person", "body", "name", "pronoun", "reporter"):
                return noun_phrase(view, j)
        for j in range(first, k):
            if speaks(view, j) in ("person", "name") and view.tokens[j].pos in ("NOUN", "PROPN"):
                return noun_phrase(view, j)
    best: Draft | None = None
    for d in found:
        if d.source is not None and d.end <= position and (best is None or d.end > best.end):
            best = d
    if best is not None and best.source is not None:
        gap = view.text[best.end : position]
        if gap.count("\n") <= 2 and len(gap) < 400:
            return best.source
    # A person who is the subject of the sentence before.
    k = view.first_from(position) - 1
    if k >= 0 and view.tokens[k].start >= floor:
        first, last = view.sentence_range(k)
        for j in range(first, last + 1):
            if view.tokens[j].rel == "nsubj" and speaks(view, j) in ("person", "name"):
                return noun_phrase(view, j)
    return None


def find_bracketed(view: View, found: Sequence[Draft]) -> list[Draft]:
    """Attributions in brackets at the end of a headline or of a line of figures: "Dix morts à X (gouverneur)"."""
    out: list[Draft] = []
    for i, t in enumerate(view.tokens):
        if t.text != "(" or view.quote_at(t.start) is not None:
            continue
        first, _ = view.sentence_range(i)
        close = next((j for j in range(i + 1, min(len(view.tokens), i + 16)) if view.tokens[j].text == ")"), None)
        if close is None:
            continue
        passage = view.passage(t.start)
        rest = view.text[view.tokens[close].end : passage.end].strip()
        headline = passage.kind in ("headline", "subhead") or (passage.start <= view.passages[0].start + 1)
        k = i + 1
        named = False
        if "origin" in view.cls[k]:
            named = True
            k += 1
            if k < close and view.is_punct(k):
                k += 1
        head = next(
            (j for j in range(k, close) if view.tokens[j].pos in ("NOUN", "PROPN", "X") and speaks(view, j) in ("person", "body", "name")),
            None,
        )
        if head is None or any(view.finite(j) for j in range(k, close)):
            continue
        if (
            any(view.tokens[j].pos == "NUM" for j in range(k, head))
            or (head + 1 < close and any(view.tokens[j].pos == "NUM" and view.tokens[j - 1].text != "," for j in range(head, close)))
        ) and not any(view.tokens[j].text == "," for j in range(k, close)):
            continue
        if view.text[view.tokens[close].end : view.tokens[close].end + 3].strip()[:1] in ("-", "–", "—", ":"):
            continue
        if sum(view.tokens[j].text.isupper() for j in range(k, close)) > 1:
            continue
        gloss = view.tokens[i - 1].pos == "PROPN" and view.tokens[i - 1].text[:1].isupper()
        if gloss and not (headline and not rest):
            continue
        strong = (speaks(view, head) in ("person", "body") and view.tokens[head].text[:1].islower()) or (
            view.tokens[head].text.isupper() and len(view.tokens[head].text) > 1
        )
        if not named and not (strong and ((headline and not rest) or _figure_before(view, i, first))):
            continue
        if any(view.tokens[j].text == "," for j in range(k, close)) and not named:
            close_at = next(j for j in range(k, close) if view.tokens[j].text == ",")
        else:
            close_at = close
        start = segment_start(view, i, labels=True)
        if start >= i:
            continue
        s, e = view.tokens[start].start, view.tokens[i - 1].end
        q = view.quote_at(s)
        if q is not None and q.start == s and q.end >= e:
            s, e = q.first, q.last
        if any(d.start < e and d.end > s and d.rule != "conditional" and abs(d.start - s) < 5 for d in found):
            continue
        out.append(Draft(i, None, (k, close_at - 1), s, e, "asserts", "bracketed-source", "bracket"))
    return out


def _figure_before(view: View, i: int, first: int) -> bool:
    """A line of figures: a number near before the bracket, and no finite verb in the segment."""
    lo = segment_start(view, i)
    words = range(max(first, lo), i)
    return any(view.tokens[j].pos == "NUM" or view.tokens[j].text[:1].isdigit() for j in words) and not any(view.finite(j) for j in words)
