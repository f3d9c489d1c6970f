"""Instructions named by a noun: "La consigne : rester chez soi", "Ordre a été donné aux troupes de partir". May import: `view`, `cues`, `extent`, `sources`."""

from __future__ import annotations

from collections.abc import Mapping

from selon.extract.statements.cues import Cue
from selon.extract.statements.extent import extent
from selon.extract.statements.sources import noun_phrase, speaks
from selon.extract.statements.view import Draft, View

_REACH = 14
"""Tokens between the noun and its colon or infinitive at most."""


def find_instructions(view: View, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> list[Draft]:
    """Statements of cue nouns whose `takes` names `colon`: what is told to do follows a colon, or an infinitive behind "was given"."""
    out: list[Draft] = []
    for i, t in enumerate(view.tokens):
        if t.pos not in ("NOUN", "PROPN"):
            continue
        entry = view.lexis.nouns.get(t.lemma.lower())
        if entry is None or "colon" not in entry.get("takes").split():
            continue
        draft = _behind_colon(view, i, entry["stance"]) or _given(view, i, entry["stance"], cues, groups)
        if draft is not None:
            out.append(draft)
    return out


def _behind_colon(view: View, i: int, stance: str) -> Draft | None:
    first, last = view.sentence_range(i)
    if any(view.finite(j) or view.tokens[j].pos == "ADP" for j in range(first, i)):
        return None
    colon = next((j for j in range(i + 1, min(last, i + _REACH) + 1) if view.tokens[j].text == ":"), None)
    if colon is None or colon >= last:
        return None
    verbs = [j for j in range(i + 1, colon) if view.is_verb(j)]
    if any(not {"copula", "link"} & view.lexis.classes(view.tokens[j].lemma.lower()) for j in verbs):
        return None
    quote = view.quote_starting(view.tokens[colon].end)
    if quote is None and not _told(view, colon + 1, last):
        return None
    end = last
    while end > colon + 1 and view.is_punct(end) and view.tokens[end].text not in (")", "»", "”", '"', "%"):
        end -= 1
    span = (quote.first, quote.last) if quote is not None else (view.tokens[colon + 1].start, view.tokens[end].end)
    return Draft(i, (i, i), _giver(view, i, colon), *span, stance, "instruction", "colon", quoted=quote is not None)


def _told(view: View, k: int, last: int) -> bool:
    """Whether an infinitive or an imperative begins at token `k`, perhaps behind its negation or preposition."""
    for j in range(k, min(last, k + 4) + 1):
        f = view.tokens[j].feats
        if f.get("VerbForm") == "Inf" or f.get("Mood") == "Imp" or (f.get("Person") == "2" and view.is_verb(j)):
            return True
        if not (view.is_(j, "ne", "negation", "clitic", "of", "reflexive") or view.tokens[j].pos in ("PRON", "ADV", "PART")):
            return False
    return False


def _giver(view: View, i: int, limit: int) -> tuple[int, int] | None:
    """Who gives the instruction: a complement with "of" right behind the noun."""
    k = i + 1
    while k < limit and view.tokens[k].pos == "ADJ":
        k += 1
    if k >= limit or "of" not in view.cls[k]:
        return None
    head = next((j for j in range(k + 1, min(limit, k + 5)) if view.tokens[j].pos in ("NOUN", "PROPN")), None)
    return noun_phrase(view, head, k + 1) if head is not None and speaks(view, head) in ("person", "body", "name") else None


def _given(view: View, i: int, stance: str, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Draft | None:
    """As in "Ordre a été donné à la garde de tirer", "consigne avait été passée de se taire"."""
    _, last = view.sentence_range(i)
    given = next((j for j in range(i + 1, min(last, i + 5) + 1) if "giving" in view.lexis.classes(view.tokens[j].lemma.lower())), None)
    if given is None or not any(view.tokens[j].pos == "AUX" for j in range(i + 1, given)):
        return None
    inf = next((j for j in range(given + 1, min(last, given + _REACH) + 1) if view.tokens[j].feats.get("VerbForm") == "Inf"), None)
    if inf is None or any(view.finite(j) or view.tokens[j].text in (";", ":") for j in range(given + 1, inf)):
        return None
    if not any("of" in view.cls[j] for j in range(given + 1, inf)):
        return None
    by = next((j for j in range(given + 1, inf) if "by" in view.cls[j]), None)
    who = next((j for j in range(by + 1, inf) if view.tokens[j].pos in ("NOUN", "PROPN")), None) if by is not None else None
    source = noun_phrase(view, who, by + 1) if who is not None and by is not None and speaks(view, who) else None
    start = source[1] + 1 if source is not None else given + 1
    end = extent(view, given, start, cues, "inf", groups)
    return Draft(i, (i, given), source, view.tokens[start].start, view.tokens[end].end, stance, "instruction", "inf")
