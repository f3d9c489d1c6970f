"""Speakers named before a colon, in headlines and before quotations: "Minister: the bridge is open", "Kone: 'We hold'". May import: `view`, `sources`."""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.statements.extent import skip_lead
from selon.extract.statements.sources import noun_phrase, speaks
from selon.extract.statements.view import DASHES, STOPS, Draft, View

_LEAST = 4
"""Words that follow the colon at least."""
_TRAIL = 9
"""Words that the name of a speaker behind a headline may have, with its mark."""
_LONGEST = 9
"""Words that the name of a speaker before a colon may have."""


def find_labelled(view: View, found: Sequence[Draft]) -> list[Draft]:
    """Statements whose speaker is all that stands before the first colon of a line."""
    names = {
        view.low[d.source[1]]
        for d in found
        if d.source is not None and all(view.tokens[j].pos == "PROPN" for j in range(d.source[0], d.source[1] + 1))
    }
    out: list[Draft] = []
    for passage in view.passages:
        limit = view.first_from(passage.end)
        first = view.first_from(passage.start)
        if first < limit:
            first = skip_lead(view, first, limit)  # behind a time of day, a bullet
        colon = next((j for j in range(first + 1, min(limit, first + _LONGEST + 1)) if view.tokens[j].text == ":"), None)
        if colon is None or colon + 2 >= limit or any(_unnamely(view, j) for j in range(first, colon)):
            continue
        start, end = _content(view, colon + 1, limit)
        quoted = view.quote_at(view.tokens[colon + 1].start) is not None
        line = view.text[passage.start : passage.end].rstrip()
        if not quoted and passage.kind not in ("headline", "subhead") and line[-1:] in STOPS:
            continue
        if not quoted and view.numbered(colon + 1, min(limit - 1, colon + 3)) and "none" not in view.cls[colon + 1]:
            continue  # a row of figures
        head = _speaker(view, first, colon, names)
        short = passage.kind in ("headline", "subhead") or line[-1:] not in STOPS
        if head is None or any(d.start < end and d.end > start and abs(d.start - start) < 4 for d in found):
            continue
        if not quoted and limit - colon < (_LEAST if not short else 2):
            continue
        source = noun_phrase(view, head)
        out.append(
            Draft(colon + 1, (colon, colon), (max(first, source[0]), colon - 1), start, end, "asserts", "label", "quote", quoted=quoted)
        )
    return out


def find_trailing(view: View, found: Sequence[Draft]) -> list[Draft]:
    """Speakers named behind the last dash or colon of a headline: "Ten dead in flood - mayor", "Rocket kills three: officials"."""
    out: list[Draft] = []
    for passage in view.passages:
        line = view.text[passage.start : passage.end].rstrip()
        first, limit = view.first_from(passage.start), view.first_from(passage.end)
        if line[-1:] in STOPS or line[-1:] == ":" or limit - first < _LEAST + 2 or "\n" in line:
            continue
        mark = next((j for j in range(limit - 1, max(first + 2, limit - _TRAIL) - 1, -1) if view.tokens[j].text in (*DASHES, ":")), None)
        if mark is None or mark + 1 >= limit or view.text[view.tokens[mark].start - 1].isalnum() != (view.tokens[mark].text == ":"):
            continue
        head = next((j for j in range(mark + 1, limit) if speaks(view, j) in ("person", "body") and not view.is_verb(j)), None)
        if head is None or any(view.finite(j) or view.is_punct(j) or view.tokens[j].pos == "NUM" for j in range(mark + 1, limit)):
            continue
        if view.tokens[mark].text == ":" and view.tokens[head].feats.get("Number") != "Plur" and "bare-clauses" not in view.lexis.traits:
            continue
        start = skip_lead(view, first, mark)
        if mark - start < _LEAST - 1 or not any(view.is_verb(j) or view.numbered(j, j) for j in range(start, mark)):
            continue
        quote = view.quote_starting(view.tokens[start].start)
        whole = quote is not None and not quote.open and view.first_from(quote.end) == mark
        span = (quote.first, quote.last) if whole and quote is not None else (view.tokens[start].start, view.tokens[mark - 1].end)
        if any(d.start < span[1] and d.end > span[0] for d in found):
            continue
        out.append(Draft(start, None, (mark + 1, limit - 1), *span, "asserts", "label", "quote", quoted=whole))
    return out


def find_verbless(view: View, found: Sequence[Draft]) -> list[Draft]:
    """Headlines that put a speaker right before a quotation, without a verb: "Séisme : le maire « sous le choc »"."""
    out: list[Draft] = []
    for q in view.outer:
        passage = view.passage(q.start)
        short = passage.kind in ("headline", "subhead") or view.text[passage.start : passage.end].rstrip()[-1:] not in STOPS
        if q.open or not short or len(view.text[q.first : q.last].split()) < 2 or not view.text[q.first].islower():
            continue
        if any(d.start < q.end and d.end > q.start for d in found):
            continue
        k = view.first_from(q.start) - 1
        start = max(view.first_from(passage.start), k - _LONGEST)
        lead = next((j for j in range(k, start - 1, -1) if view.tokens[j].text in (",", ":", ";")), start - 1) + 1
        if lead > k or any(view.is_verb(j) or view.tokens[j].pos == "ADP" for j in range(lead, k + 1)):
            continue
        head = next((j for j in range(lead, k + 1) if view.tokens[j].pos in ("NOUN", "PROPN")), None)
        if head is not None and speaks(view, head) in ("person", "body", "name") and view.low[head] not in view.lexis.channels:
            at = view.first_from(q.first)
            out.append(Draft(at, None, (lead, k), q.first, q.last, "comments", "label", "quote", quoted=True))
    return out


def _unnamely(view: View, j: int) -> bool:
    """Whether a token never stands in the name of a speaker: a verb, a comma or stop, a number."""
    return view.is_verb(j) or view.tokens[j].text in (".", ",", ";") or view.tokens[j].text[:1].isdigit()


def _speaker(view: View, first: int, colon: int, names: set[str]) -> int | None:
    """The head of the label when it can only be a speaker: an office, or a name that speaks elsewhere in the report and is no country."""
    for j in range(first, colon):
        if view.tokens[j].pos == "ADP":
            return None
        kind = speaks(view, j)
        plural = view.tokens[j].feats.get("Number") == "Plur"
        if kind == "person" and not plural and view.lexis.sources.get(view.tokens[j].lemma.lower()) == "person":
            return j
        defined = j > first and view.tokens[j - 1].pos == "DET" and view.tokens[j - 1].feats.get("Definite") == "Def"
        if defined and not plural and view.lexis.sources.get(view.tokens[j].lemma.lower()) == "body":
            return j
        if kind == "name" and (view.low[j] in names or view.low[j] in view.lexis.surnames) and view.low[j] not in view.lexis.nations:
            return j
    return None


def _content(view: View, k: int, limit: int) -> tuple[int, int]:
    quote = view.quote_starting(view.tokens[k].start)
    if quote is not None and not quote.open:
        return quote.first, quote.last
    last = min(limit, view.sentence_range(k)[1] + 1) - 1
    while last > k and view.is_punct(last) and view.tokens[last].text not in (")", "%", "»", "”", '"'):
        last -= 1
    return view.tokens[k].start, view.tokens[last].end
