"""Cue nouns whose source stands before them or behind "by": "Kiev's claim that …", "a call by the UN for a truce". May import: `view`, `cues`, `extent`, `sources`.

A cue noun of the pack takes part when its `takes` names one of: clause (behind a complementizer), to (an infinitive), for (a noun or clause
behind that preposition).
"""

from __future__ import annotations

from collections.abc import Mapping

from selon.extract.statements.cues import Cue
from selon.extract.statements.extent import extent
from selon.extract.statements.sources import noun_phrase, speaks
from selon.extract.statements.view import Draft, View

Range = tuple[int, int]
_SHORT = 5
"""Words below which a content that only asks for comment or not to be named is none."""
_KINDS = frozenset(("clause", "to", "for"))


def find_owned(view: View, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> list[Draft]:
    """Statements of such cue nouns in text order."""
    out: list[Draft] = []
    for i, t in enumerate(view.tokens):
        if t.pos not in ("NOUN", "PROPN", "VERB"):
            continue
        entry = view.lexis.nouns.get(t.lemma.lower())
        if entry is None or i in groups:
            continue
        if _means(view, i):
            continue
        takes = _KINDS & set(entry.get("takes").split())
        if not takes or (t.pos == "VERB" and not _nominal(view, i)):
            continue
        source = _before(view, i)
        k, behind = _over_agent(view, i)
        start = _governed(view, k, takes)
        if start is None:
            continue
        end = extent(view, i, start, cues, "that" if "that" in view.cls[start] else "obl-for", groups)
        end = _within(view, i, start, end)
        if end - start < _SHORT and any("void" in view.lexis.hints.get(view.tokens[j].lemma.lower(), ()) for j in range(start, end + 1)):
            continue
        who = source or behind
        out.append(Draft(i, (i, i), who, view.tokens[start].start, view.tokens[end].end, entry["stance"], "owned-noun", "noun"))
    return out


def _means(view: View, i: int) -> bool:
    """Whether the noun is only the means of a cue before it ("said in a statement that …")."""
    k = i - 1
    while k >= 0 and i - k < 4 and view.tokens[k].pos in ("DET", "ADJ", "NOUN"):
        k -= 1
    return k >= 0 and view.tokens[k].pos == "ADP" and view.is_(k, "in", "on") and view.tokens[i].lemma.lower() in view.lexis.channels


def _within(view: View, i: int, start: int, end: int) -> int:
    """The end before the finite verb of the clause that the noun is a part of."""
    clause = "that" in view.cls[start]
    for j in range(start + 1, end + 1):
        if view.finite(j) and not view.below(j, i) and not view.quote_at(view.tokens[j].start):
            if clause:
                clause = False
                continue
            return max(start, j - 1)
        if clause and view.finite(j):
            clause = False
    return end


def _nominal(view: View, i: int) -> bool:
    """Whether a word that the tagger takes for a verb stands behind a determiner, a possessive or an adjective."""
    return i > 0 and (view.tokens[i - 1].pos in ("DET", "ADJ") or view.is_(i - 1, "own") or view.tokens[i - 1].deprel == "case")


def _before(view: View, i: int) -> Range | None:
    """Who owns the noun: a possessive, or an adjective of nationality."""
    for c in view.children(i):
        if c.i < i and c.rel == "nmod" and (speaks(view, c.i) or "own" in view.cls[c.i]):
            first, last = noun_phrase(view, c.i)
            return first, min(last, c.i)
    k = i - 1
    while k >= 0 and view.tokens[k].pos == "ADJ" and view.tokens[k].sent == view.tokens[i].sent:
        if view.tokens[k].lemma.lower() in view.lexis.peoples:
            return k, k
        k -= 1
    return None


def _over_agent(view: View, i: int) -> tuple[int, Range | None]:
    """The token behind "by X" or "from X", and the phrase of X."""
    _, last = view.sentence_range(i)
    k = i + 1
    if k < last and view.is_(k, "by", "with"):
        head = next((j for j in range(k + 1, min(last, k + 6) + 1) if view.tokens[j].pos in ("NOUN", "PROPN", "PRON")), None)
        while head is not None and head < last and view.tokens[head + 1].pos in ("NOUN", "PROPN"):
            head += 1
        if head is not None and speaks(view, head):
            source = noun_phrase(view, head, k + 1)
            stop = next((j for j in range(head, source[1] + 1) if view.is_(j, "that", "for", "to")), source[1] + 1)
            return stop, (source[0], stop - 1)
    return k, None


def _governed(view: View, k: int, takes: frozenset[str]) -> int | None:
    """The first token of what the noun governs."""
    if k >= len(view.tokens) or view.is_punct(k):
        return None
    if "clause" in takes and "that" in view.cls[k] and view.tokens[k].pos in ("SCONJ", "PRON"):
        _, last = view.sentence_range(k)
        finite = [j for j in range(k + 1, min(last, k + 14) + 1) if view.finite(j)]
        # A finite verb right behind it, or none, speaks for a relative clause.
        return k if finite and finite[0] > k + 1 else None
    if "to" in takes and "to" in view.cls[k] and k + 1 < len(view.tokens) and view.tokens[k + 1].feats.get("VerbForm") == "Inf":
        return k
    if "for" in takes and "for" in view.cls[k]:
        return k
    return None
