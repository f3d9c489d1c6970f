"""What still describes a source that opens its sentence, between it and what it says. May import: `view`."""

from __future__ import annotations

from selon.extract.statements.view import View


def over_apposition(view: View, k: int, last: int, source: tuple[int, int]) -> tuple[int, tuple[int, int]]:
    """Passes over what still describes the source behind a comma: a name, "cité par la radio", "de l'ONG Y"."""
    if k > last:
        return k, source
    t = view.tokens[k]
    name = t.pos == "PROPN"
    if not (name or "of" in view.cls[k] or (t.feats.get("VerbForm") == "Part" and t.feats.get("Tense") != "Pres")):
        return k, source
    j = k
    while j <= last and j - k < 16:
        if view.finite(j) or (name and view.tokens[j].pos not in ("PROPN", "PUNCT", "X", "NOUN", "ADJ")):
            return k, source
        if view.tokens[j].text == "," and any(view.finite(x) for x in range(j + 1, last + 1)):
            return j + 1, (source[0], j - 1) if name else source
        j += 1
    return k, source


def over_relative(view: View, k: int, last: int) -> int:
    """Passes over a relative clause about the source, up to the comma that closes it ("according to two officers, who …, the raid …")."""
    if k > last or not view.is_(k, "relative", "relative-other"):
        return k
    finite = next((j for j in range(k + 1, last + 1) if view.finite(j)), last)
    comma = next((j for j in range(finite + 1, last + 1) if view.tokens[j].text == ","), None)
    return comma + 1 if comma is not None and any(view.finite(j) for j in range(comma + 1, last + 1)) else k


def over_rest(view: View, k: int, stop: int, last: int) -> int:
    """Passes over what still belongs to a source that opens its sentence, where the parse has lost it: a prepositional phrase up to the comma,
    and an apposition without a verb between commas ("according to the Association for X, a monitoring group, more than …")."""
    if "bare-clauses" not in view.lexis.traits or k > last:
        return k
    if k == stop + 1 and view.tokens[k].pos == "ADP":
        comma = next((j for j in range(k, min(last, k + 10) + 1) if view.tokens[j].text == "," or view.finite(j)), None)
        if comma is not None and view.tokens[comma].text == ",":
            k = comma + 1
    if k <= last and view.is_(k, "article") and view.tokens[k].pos == "DET":
        comma = next((j for j in range(k, min(last, k + 9) + 1) if view.tokens[j].text == "," or view.finite(j)), None)
        if (
            comma is not None
            and view.tokens[comma].text == ","
            and comma < last
            and view.tokens[comma + 1].pos in ("DET", "NUM", "NOUN", "PROPN", "PRON", "ADJ")
            and any(view.finite(j) for j in range(comma + 1, last + 1))
            and not any(view.is_(j, "and") for j in range(k, comma))
        ):
            return comma + 1
    return k
