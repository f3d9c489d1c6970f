"""By what means something was said: "sur Telegram", "dans un communiqué", "au téléphone". May import: `view`."""

from __future__ import annotations

from dataclasses import replace

from selon.extract.statements.view import Draft, View

_REACH = 14
"""Tokens around the cue within which its channel is looked for."""


def with_channel(view: View, draft: Draft) -> Draft:
    """The draft with its channel, as written and without article; a document that speaks is its own channel."""
    if draft.cue is None:
        return draft
    first, last = view.sentence_range(draft.at)
    for lo, hi in ((draft.cue[1] + 1, min(last, draft.cue[1] + _REACH)), (first, draft.cue[0] - 1)):
        for k in range(lo, hi):
            if draft.start <= view.tokens[k].start < draft.end or not view.is_(k, "on", "in", "to", "by"):
                continue
            quote = view.quote_at(view.tokens[k].start)
            if quote is not None and not quote.holds(view.tokens[draft.cue[0]].start):
                continue
            noun = _channel(view, k + 1, hi)
            if noun is not None:
                return replace(draft, channel=view.span(*noun).text)
            if view.finite(k):
                break
    if draft.source is not None:
        head = draft.source[0]
        while head < draft.source[1] and view.tokens[head].pos in ("DET", "ADJ", "NUM"):
            head += 1
        if view.lexis.sources.get(view.tokens[head].lemma.lower()) == "document" and view.tokens[head].lemma.lower() in view.lexis.channels:
            return replace(draft, channel=view.tokens[head].text)
    return draft


def _channel(view: View, k: int, hi: int) -> tuple[int, int] | None:
    """The channel noun that a preposition before token `k` governs, with the adjectives and complement that belong to it."""
    j = k
    while j <= hi and view.tokens[j].pos in ("DET", "ADJ", "NUM", "ADP") and j - k < 3:
        j += 1
    if j > hi:
        return None
    t = view.tokens[j]
    if t.pos not in ("NOUN", "PROPN", "X") or not (t.lemma.lower() in view.lexis.channels or view.low[j] in view.lexis.channels):
        return None
    end = j
    while end + 1 <= hi and view.tokens[end + 1].pos in ("ADJ", "PROPN") and view.below(end + 1, j):
        end += 1
    if (
        end + 2 <= hi
        and view.tokens[end + 1].pos == "ADP"
        and view.tokens[end + 2].pos == "NOUN"
        and view.low[end + 2] in view.lexis.channels
    ):
        end += 2
    return j, end
