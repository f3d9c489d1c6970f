"""Quotations and claims without a cue of their own: continued speech, names in brackets, names before a colon. May import: `view`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from selon.extract.statements.extent import segment_start
from selon.extract.statements.quotes import Quote
from selon.extract.statements.sources import noun_phrase, speaks
from selon.extract.statements.view import DASHES, STOPS, Draft, View
from selon.model.cover import Cover

_REACH = 400
"""Characters behind a statement in which a quotation can still be its speaker's."""
_LEAST = 4
"""Words that a quotation without a cue must have at least: shorter ones are names and scare quotes."""


def find_carried(view: View, found: Sequence[Draft]) -> list[Draft]:
    """Quotations that stand as sentences of their own, with the speaker of the statement before them."""
    out: list[Draft] = []
    ordered = sorted(found, key=lambda d: d.start)
    told = Cover((d.start, d.end) for d in ordered)
    spoken: dict[int, Draft] = {}
    for d in ordered:
        if d.source is not None:
            spoken.setdefault(d.end, d)
    ends = sorted(spoken)
    for q in view.outer:
        if told.touches(q.first, q.last):
            continue
        words = [w for w in view.text[q.first : q.last].split() if any(c.isalpha() for c in w)]
        if len(words) < _LEAST:
            continue
        passage = view.passage(q.start)
        before = _last_before(view.text, passage.start, q.start)
        after = _first_behind(view.text, q.end, passage.end)
        whole_before = not before or before in '.!?…:;»”"'
        ended = view.text[q.last - 1] in STOPS or not after or after in ".!?…" or view.text[q.end - 1 : q.end] in STOPS
        dashed = _behind_dash(view, q, passage.end) if after and after in DASHES else None
        if not whole_before or not (ended or dashed is not None or after.isupper() or after in '«"“'):
            continue
        k = view.first_from(q.first)
        if k >= len(view.tokens):
            continue
        last = max(k, view.first_from(q.last) - 1)
        if not any(view.finite(j) or view.is_verb(j) for j in range(k, last + 1)):
            continue
        nearest = bisect_right(ends, q.start) - 1
        source = dashed or _speaker(view, q.start, before, spoken[ends[nearest]] if nearest >= 0 else None, passage.start)
        if source is None and not after:
            source = _entering(view, last)
        if source is None and passage.kind not in ("headline", "subhead"):
            continue
        if source is None:
            continue
        stance = "asserts"
        out.append(Draft(k, None, source, q.first, q.last, stance, "carried-quotation", "quote", quoted=True))
    return out


def find_quoted_predicates(view: View, found: Sequence[Draft]) -> list[Draft]:
    """Quotations that begin with the predicate of the speaker before them: "Le bailleur « n'a rien à déclarer »", "Oslo « suit l'affaire »"."""
    told = Cover((d.start, d.end) for d in found)
    out: list[Draft] = []
    for q in view.outer:
        k = view.first_from(q.first)
        if q.open or k < 2 or k >= len(view.tokens) or len(view.text[q.first : q.last].split()) < 3 or told.touches(q.first, q.last):
            continue
        verb = k
        while verb < k + 3 and view.is_(verb, "ne", "clitic", "reflexive"):
            verb += 1
        lead = k - 1
        while lead > 0 and (view.is_punct(lead) or view.tokens[lead].start >= q.start):
            lead -= 1
        if not view.finite(verb) or view.tokens[lead].sent != view.tokens[k].sent or view.is_(lead, "relative", "that"):
            continue
        first, _ = view.sentence_range(k)
        if any(view.finite(j) for j in range(first, lead + 1)):
            continue
        head = next((j for j in range(first, lead + 1) if speaks(view, j) in ("person", "body", "name", "pronoun")), None)
        if head is None or (noun_phrase(view, head)[0] != first and view.tokens[first].pos in ("ADP", "SCONJ")):
            continue
        out.append(Draft(k, None, noun_phrase(view, head), q.first, q.last, "asserts", "carried-quotation", "quote", quoted=True))
    return out


def _last_before(text: str, floor: int, end: int) -> str:
    """The last character in [floor, end) that is no white space."""
    while end > floor and text[end - 1].isspace():
        end -= 1
    return text[end - 1] if end > floor else ""


def _first_behind(text: str, start: int, ceiling: int) -> str:
    """The first character in [start, ceiling) that is no white space."""
    while start < ceiling and text[start].isspace():
        start += 1
    return text[start] if start < ceiling else ""


def _speaker(view: View, position: int, before: str, told: Draft | None, floor: int) -> tuple[int, int] | None:
    """The subject of the clause before a colon, else the source of `told`, the nearest statement before, in this passage or the one before."""
    if before == ":":
        k = view.first_from(position) - 1
        first, _ = view.sentence_range(k)
        for j in range(k - 1, first - 1, -1):
            t = view.tokens[j]
            if t.rel == "nsubj" and speaks(view, j) in ("person", "body", "name", "pronoun", "reporter"):
                return noun_phrase(view, j)
        for j in range(first, k):
            if speaks(view, j) in ("person", "name") and view.tokens[j].pos in ("NOUN", "PROPN") and view.low[j] not in view.lexis.nations:
                return noun_phrase(view, j)
    onstage = _onstage(view, position, told, floor)
    if onstage is not None:
        return onstage
    if told is not None and position - told.end < _REACH and view.text.count("\n", told.end, position) <= 2:
        return told.source
    # A person who is the subject of the sentence before.
    k = view.first_from(position) - 1
    if k >= 0 and view.tokens[k].start >= floor:
        first, last = view.sentence_range(k)
        for j in range(first, last + 1):
            if view.tokens[j].rel == "nsubj" and speaks(view, j) in ("person", "name"):
                return noun_phrase(view, j)
    return None


def _behind_dash(view: View, q: Quote, ceiling: int) -> tuple[int, int] | None:
    """The speaker named between the dash behind a quotation and the end of its line ("« … » - Rosa, marchande")."""
    k = view.first_from(q.end)
    while k < len(view.tokens) and view.is_punct(k):
        k += 1
    end = view.first_from(ceiling)
    if k >= end or end - k > 12 or any(view.finite(j) for j in range(k, end)):
        return None
    head = next((j for j in range(k, end) if view.tokens[j].pos in ("NOUN", "PROPN")), None)
    return noun_phrase(view, head) if head is not None and speaks(view, head) in ("person", "name", "body") else None


def _entering(view: View, k: int) -> tuple[int, int] | None:
    """The person whom the sentence behind token `k` opens with, when nobody was on stage before (« … » Rosa a neuf ans)."""
    while k + 1 < len(view.tokens) and view.is_punct(k + 1):
        k += 1
    if k + 1 >= len(view.tokens):
        return None
    first, last = view.sentence_range(k + 1)
    if view.quote_at(view.tokens[first].start) is not None:
        return None
    for j in range(first, min(last, first + 6) + 1):
        if view.tokens[j].rel == "nsubj":
            kind = speaks(view, j)
            alone = kind == "name" and view.low[j] not in view.lexis.nations
            return noun_phrase(view, j) if alone or (kind == "person" and view.tokens[j].feats.get("Number") != "Plur") else None
    return None


def _onstage(view: View, position: int, told: Draft | None, floor: int) -> tuple[int, int] | None:
    """A person of whom the sentence right before the quotation tells something, when nobody speaks in it: "Jo livrait du pain. « L'eau montait. »"."""
    k = view.first_from(position) - 1
    if k < 0:
        return None
    first, last = view.sentence_range(k)
    start = view.tokens[first].start
    if start < floor - _REACH or (told is not None and told.end > start) or view.text.count("\n", view.tokens[last].end, position) > 2:
        return None
    for j in range(first, last + 1):
        t = view.tokens[j]
        if t.rel != "nsubj" or view.tokens[t.head].rel not in ("root", "conj") or view.is_(j, "relative", "cleft", "nobody"):
            continue
        kind = speaks(view, j)
        alone = kind == "name" and view.low[j] not in view.lexis.nations
        if (kind == "person" and t.feats.get("Number") != "Plur") or alone or (kind == "pronoun" and t.feats.get("Number") == "Sing"):
            return noun_phrase(view, j)
        return None
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
        behind = view.text[view.tokens[close].end : view.tokens[close].end + 3].strip()[:1]
        if named and behind == ":" and close + 2 < len(view.tokens) and view.tokens[close + 2].sent == t.sent:
            # "Bilan (source : mairie) : un mort"
            _, last = view.sentence_range(close)
            while last > close + 2 and view.is_punct(last) and view.tokens[last].text not in (")", "»", "%"):
                last -= 1
            out.append(
                Draft(
                    close + 2,
                    None,
                    (k, close - 1),
                    view.tokens[close + 2].start,
                    view.tokens[last].end,
                    "asserts",
                    "bracketed-source",
                    "bracket",
                )
            )
            continue
        if behind and behind in "-–—:":
            continue
        cited = view.quote_ending(t.start)
        if cited is not None and not cited.open and view.tokens[i - 1].text in ('"', "»", "”", "’", "'"):
            lead = _last_before(view.text, passage.start, cited.start)
            if (not lead or lead in ".!?:;") and not any(d.start < cited.last and d.end > cited.first for d in found):
                out.append(Draft(i, None, (k, close - 1), cited.first, cited.last, "asserts", "bracketed-source", "bracket", quoted=True))
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
