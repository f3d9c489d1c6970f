"""Who stands behind an impersonal subject: "à la mairie, on assure que…", "dit-on à Kiev", "on lit dans un rapport". May import: `view`, `sources`."""

from __future__ import annotations

from selon.extract.statements.cues import Cue
from selon.extract.statements.sources import noun_phrase, speaks
from selon.extract.statements.view import View

Range = tuple[int, int]
_NEAR = 7


def behind_nobody(view: View, cue: Cue) -> Range | None:
    """The institution, group or document that a phrase of place names beside the cue: at the head of its clause, or right behind it."""
    g = cue.group
    seen = "seen" in cue.verb.flags or "reporter" in cue.verb.flags
    first, last = view.sentence_range(g.verb)
    lo = first
    for k in range(g.first - 1, first, -1):
        if view.tokens[k].text in (";", ":"):
            lo = k + 1
            break
    while lo < g.first and (view.is_punct(lo) or view.is_(lo, "and", "but") or view.tokens[lo].pos in ("CCONJ", "ADV")):
        lo += 1
    if lo < g.first:
        found = _placed(view, lo, g.first - 1, seen)
        if found is not None:
            return found
    k = g.last + 1
    if seen and any("bound" in view.cls[c] for c in g.clitics):
        # "… des images : on y voit un blindé"
        shown = next((j for j in range(g.first - 1, first - 1, -1) if view.tokens[j].pos == "NOUN" and "picture" in view.cls[j]), None)
        if shown is not None:
            return noun_phrase(view, shown)
    return _placed(view, k, min(last, k + _NEAR), seen) if k <= last else None


def _placed(view: View, k: int, limit: int, seen: bool) -> Range | None:
    """The noun phrase of a phrase of place that begins at token `k`."""
    if not (view.is_(k, "place-of-saying") or (view.tokens[k].pos == "ADP" and not view.is_(k, "of", "by", "for", "against", "without"))):
        return None
    for j in range(k + 1, min(limit, k + 5) + 1):
        t = view.tokens[j]
        if view.is_punct(j) or view.finite(j):
            return None
        sided = view.is_(k, "place-of-saying") and view.tokens[k].pos in ("NOUN", "ADP", "ADV")
        if t.pos in ("NOUN", "PROPN") or (sided and t.pos == "ADJ"):
            kind = speaks(view, j)
            wanted = ("document",) if seen else ("body", "name", "person")
            if view.is_(j, "place-of-saying") and not seen:
                return noun_phrase(view, j, k + 1)
            if kind in wanted or (sided and (kind or t.pos == "ADJ") and not seen):
                if t.pos == "ADJ":
                    return k, j
                return noun_phrase(view, j, k + 1)
            return None
    return None


def placed_speaker(view: View, cue: Cue, last: int) -> int | None:
    """The head of a body that only a phrase of place right behind a plural cue without a subject names, as translations have it:
    "…, ont déclaré dans l'administration"."""
    g = cue.group
    plural = any(view.tokens[j].feats.get("Number") == "Plur" and view.finite(j) for j in range(g.first, g.last + 1))
    k = g.last + 1
    if not plural or k >= last or not view.is_(k, "in", "to"):
        return None
    for j in range(k + 1, min(last, k + 4) + 1):
        if view.tokens[j].pos in ("NOUN", "PROPN"):
            return j if speaks(view, j) == "body" else None
        if view.tokens[j].pos not in ("DET", "ADJ"):
            return None
    return None


def placed_subject(view: View, cue: Cue) -> Range | None:
    """The body that a phrase of place opening the clause names before an empty "they" or no subject at all, as translations have it:
    "In the ministry they assure …", "dans la mairie disent …"."""
    g = cue.group
    first, _ = view.sentence_range(g.verb)
    k = g.first - 1
    plural = any(view.tokens[j].feats.get("Number") == "Plur" and view.finite(j) for j in range(g.first, g.last + 1))
    if g.form != "fin" or g.inverted is not None or k <= first:
        return None
    they = view.tokens[k].pos == "PRON" and view.tokens[k].feats.get("Number") == "Plur" and view.tokens[k].feats.get("Person") == "3"
    if they:
        k -= 1
    elif not plural:
        return None
    head = k
    while k > first and head - k < 5 and view.tokens[k].pos in ("NOUN", "PROPN", "ADJ", "DET"):
        head = k if view.tokens[k].pos in ("NOUN", "PROPN") else head
        k -= 1
    opens = k == first or view.tokens[k - 1].text in (",", ";") or view.tokens[k - 1].pos == "CCONJ"
    if k == head or not opens or not view.is_(k, "in") or view.tokens[k].pos != "ADP" or speaks(view, head) != "body":
        return None
    return noun_phrase(view, head, k + 1)
