"""Counts that belong together: parts of a whole ("12 morts, dont trois enfants"), bounds that hold for several. May import: `model`."""

from __future__ import annotations

from dataclasses import replace

from selon.extract.quantities.phrases import PhraseTable
from selon.extract.quantities.quantity import Quantity
from selon.model import Parse, Qualifier

_LISTS = frozenset(("-", "–", "—", "("))
"""Marks that open a list of parts right behind the whole."""


def bounds(low: int, high: int | None, qualifier: Qualifier) -> tuple[int | None, int | None]:
    """Open ends as the guidelines have them: at least and more than leave the top open, up to and less than the bottom."""
    if qualifier in ("at_least", "more_than", "vague"):
        return low, None
    if qualifier in ("up_to", "less_than"):
        return None, high if high is not None else low
    return low, high


def with_parts(parse: Parse, lower: list[str], found: list[Quantity], context: PhraseTable, of: frozenset[str]) -> tuple[Quantity, ...]:
    """Marks parts: "12 morts, dont trois enfants", "cinq enfants compris"."""
    out: list[Quantity] = []
    for q in found:
        q = _with_shared_bound(parse, lower, out, q, of)
        sent = parse[q.numeral].sent
        start = parse.at(q.span.start)
        k = (start.i if start is not None else q.numeral) - 1
        part = False
        listed = len(out)  # where the parts begin that a word behind them closes
        while k >= 0 and parse[k].sent == sent and k >= q.numeral - 4:
            hit = context.backward(lower, k)
            if hit is not None and hit[1]["role"] == "part":
                part = True
                break
            if parse[k].pos not in ("DET", "ADP", "ADV"):
                break
            k -= 1
        if not part:
            hit = context.forward(lower, q.last + 1)
            part = hit is not None and hit[1]["role"] == "part_after"
            while part and listed > 1 and out[listed - 1].part_of is None and _continues(parse, lower, out[listed - 1], (*out, q)[listed]):
                listed -= 1  # "a child and a nurse included"
        if not part and out and k >= 0 and parse[k].text in _LISTS and out[-1].last == k - 1 and out[-1].part_of is None:
            # "47 morts - 14 gendarmes et 33 civils", "douze victimes (neuf femmes)"
            part = q.count_of is None and q.unit_class == "person" and out[-1].count_of is not None and (q.low or 0) <= (out[-1].low or 0)
        whole: int | None = None
        if part or (out and out[-1].part_of is not None and _continues(parse, lower, out[-1], q)):
            for j in range(listed - 1, -1, -1):
                if parse[out[j].numeral].sent != sent:
                    break
                if out[j].part_of is None and out[j].kind != "none":
                    whole = j
                    break
        if whole is not None:
            out[listed:] = [replace(other, part_of=whole) for other in out[listed:]]
        out.append(q if whole is None else replace(q, part_of=whole))
    return tuple(out)


def _with_shared_bound(parse: Parse, lower: list[str], before: list[Quantity], q: Quantity, of: frozenset[str]) -> Quantity:
    """As in "plus de 2 900 morts, de 5 600 blessés": the bound of the first count holds for those that go on with its "de"."""
    if not before or q.qualifier != "exact" or q.kind not in ("digits", "words") or before[-1].qualifier not in ("more_than", "less_than"):
        return q
    start = parse.at(q.span.start)
    if start is None or start.i < 2 or lower[start.i - 1] not in of or parse[before[-1].numeral].sent != start.sent:
        return q
    between = parse.tokens[before[-1].last + 1 : start.i - 1]
    if not between or len(between) > 4 or (between[-1].text != "," and between[-1].pos != "CCONJ") or any(t.pos == "VERB" for t in between):
        return q
    low, high = bounds(q.low or 0, q.high, before[-1].qualifier)
    return replace(q, low=low, high=high, qualifier=before[-1].qualifier)


def _continues(parse: Parse, lower: list[str], before: Quantity, q: Quantity) -> bool:
    """Whether a count goes on a list of parts: "dont deux femmes et un enfant", with nothing but commas and `et` between."""
    start = parse.at(q.span.start)
    if start is None or before.count_of != q.count_of:
        return False
    between = parse.tokens[before.last + 1 : start.i]
    if len(between) > 2 and between[0].pos == "ADP" and between[1].pos == "NUM":
        between = between[3:]  # an age: "un garçon de six ans et sa tante"
    return 0 < len(between) <= 2 and all(t.pos == "CCONJ" or t.text == "," for t in between)
