"""What stands around an inserted cue: the quotation or clause that it ends, and how far that goes on behind it. May import: `view`, `cues`, `extent`."""

from __future__ import annotations

from collections.abc import Mapping

from selon.extract.statements.cues import Cue
from selon.extract.statements.extent import extent, segment_start
from selon.extract.statements.quotes import Quote
from selon.extract.statements.sources import speaks
from selon.extract.statements.view import STOPS, View


def end_before(view: View, k: int) -> int:
    """Offset behind the last word before token `k`."""
    j = k - 1
    while j > 0 and view.is_punct(j) and view.tokens[j].text not in (")", "]", "%", "»", '"', "”", "°"):
        if view.tokens[j].text in ("?", "!"):
            break
        j -= 1
    return view.tokens[j].end


def quoted_span(view: View, quote: Quote, group_first: int) -> tuple[int, int, bool]:
    """Start and end of a content that ends in a quotation, and whether the quotation is the whole of it."""
    k = view.first_from(quote.start)
    sent_first, _ = view.sentence_range(k) if k < len(view.tokens) else (0, 0)
    first = segment_start(view, k) if k > sent_first else k
    lead = view.text[view.tokens[first].start : quote.start].strip() if first < k else ""
    if first < k and lead and not lead.endswith(":"):
        words = [j for j in range(first, k) if not view.is_punct(j)]
        if len(words) >= 2 or any(view.finite(j) for j in words):
            start = view.tokens[first].start
            held = view.quote_at(start)
            if held is not None and held.start == start:
                start = held.first
            return start, quote.end, False
    return quote.first, _strip_end(view, quote.first, quote.last), True


def _strip_end(view: View, start: int, end: int) -> int:
    while end > start and (view.text[end - 1].isspace() or view.text[end - 1] in ",;"):
        end -= 1
    return end


def resumed(
    view: View,
    cue: Cue,
    after: int,
    start: int,
    end: int,
    whole: bool,
    cues: Mapping[int, Cue],
    groups: Mapping[int, Cue],
    floor: int,
    named: bool = False,
) -> int:
    """The end of the content when it goes on behind the cue: the quotation is taken up again, or the clause was only interrupted."""
    _, sent_last = view.sentence_range(cue.at)
    text = view.text
    # 1. A quotation right behind the cue, in the same passage, that has no cue of its own.
    k = after
    last = view.tokens[sent_last].end
    limit = min(floor, last + 400)
    position = view.tokens[after].end
    quote = next((q for q in view.outer_from(position) if q.start < limit), None)
    if whole and quote is not None and quote.start <= last + 3:
        gap = text[position : quote.start]
        stopped = quote.start >= last - 1 or gap.rstrip()[-1:] in (".", ",", ":", ";", "?", "!")
        if (
            stopped
            and not any(view.finite(j) or j in cues for j in range(k + 1, view.first_from(quote.start)))
            and not _own_cue(view, quote, cues)
        ):
            return _strip_end(view, quote.first, quote.last)
    if whole:
        return end
    # 2. The clause goes on behind a comma.
    j = after + 1
    while j <= sent_last and view.tokens[j].text != ",":
        if view.tokens[j].text in STOPS or view.tokens[j].text in (";", ":"):
            return end
        if view.finite(j) or j in cues or view.is_(j, "meanwhile", "while", "contrast"):
            return end
        if j - after > 12:
            return end
        j += 1
    j += 1
    if any(view.is_(x, "relative", "relative-other") for x in range(j, min(sent_last, j + 4) + 1)):
        return end
    if j > sent_last or view.is_(j, "relative", "relative-other", "while", "meanwhile", "according", "without") or j in cues:
        return end
    if view.is_(j, "and", "but") and j + 1 in cues:
        return end
    if view.tokens[j].pos == "PUNCT" and view.tokens[j].text in STOPS:
        return end
    t = view.tokens[j]
    if t.pos in ("VERB", "AUX") and t.feats.get("VerbForm") == "Part" and t.feats.get("Tense") == "Pres":
        return end
    if t.pos == "ADP" and j + 1 <= sent_last and view.tokens[j + 1].feats.get("VerbForm") == "Part":
        return end
    if _describes(view, cue, j, sent_last):
        return end
    if view.is_(j, "before", "after") and any(
        view.tokens[x].feats.get("VerbForm") == "Inf" for x in range(j + 1, min(sent_last, j + 3) + 1)
    ):
        return end  # ", avant d'ajouter que …"
    if view.is_(j, "that") or t.pos == "SCONJ":
        return end
    if (
        cue.group.inverted is None
        and not named
        and t.pos in ("PROPN", "DET", "NOUN")
        and not any(view.finite(x) for x in range(j, sent_last + 1))
    ):
        return end
    stop = extent(view, cue.at, j, cues, "resumed", groups)
    return view.tokens[stop].end if stop >= j else end


def _describes(view: View, cue: Cue, k: int, last: int) -> bool:
    """Whether what stands behind the speaker's comma is about the speaker: a participle ("joint par téléphone"), an age, a bare adjective."""
    t = view.tokens[k]
    if t.pos == "ADP" and "of" in view.cls[k] and not any(view.finite(j) for j in range(k, min(last, k + 6) + 1)):
        noun = next((j for j in range(k + 1, min(last, k + 4) + 1) if view.tokens[j].pos in ("NOUN", "PROPN")), None)
        if noun is not None and speaks(view, noun) in ("body", "name"):
            return True
    if t.pos == "VERB" and t.feats.get("VerbForm") == "Part":
        return t.head > cue.group.last - 1 or t.feats.get("Number") != "Plur" or cue.group.inverted is None
    if t.pos == "NUM" and k + 1 <= last and "duration" in view.cls[k + 1]:
        return True
    return t.pos == "ADJ" and not any(view.finite(j) for j in range(k, last + 1)) and t.feats.get("Number") != "Plur"


def _own_cue(view: View, quote: Quote, cues: Mapping[int, Cue]) -> bool:
    """Whether a quotation is followed by an inserted cue of its own."""
    k = view.first_from(quote.end)
    n = len(view.tokens)
    steps = 0
    while k < n and steps < 3 and view.is_punct(k):
        if view.tokens[k].text in STOPS:
            return False
        k += 1
        steps += 1
    return k < n and k in cues and cues[k].stance("quote") is not None and view.tokens[k].start - quote.end < 4
