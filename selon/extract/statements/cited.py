"""Who is cited for what another source says: "…, selon un témoin cité par la radio", "…, affirme l'ONG, citant un médecin". May import: `view`, `sources`."""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.statements.sources import noun_phrase, speaks
from selon.extract.statements.view import Draft, View

_REACH = 9


def find_cited(view: View, found: Sequence[Draft]) -> list[Draft]:
    """A second statement with the same content, for the one who cites the source, or for the one whom the source cites."""
    out: list[Draft] = []
    for d in found:
        if d.source is None or d.stance not in ("asserts", "accuses", "confirms"):
            continue
        _, last = view.sentence_range(d.source[1])
        draft = _citer(view, d, last) or _cited(view, d, last)
        if draft is not None:
            out.append(draft)
    return out


def _cites(view: View, i: int) -> bool:
    return "citing" in view.lexis.classes(view.tokens[i].lemma.lower()) and view.tokens[i].pos in ("VERB", "ADJ")


def _citer(view: View, d: Draft, last: int) -> Draft | None:
    """As in "un témoin cité (sous couvert d'anonymat) par la radio": the radio says it, too."""
    assert d.source is not None
    for i in range(d.source[0] + 1, min(last, d.source[1] + 3) + 1):
        if not _cites(view, i) or view.tokens[i].feats.get("VerbForm") != "Part" or view.tokens[i].feats.get("Tense") == "Pres":
            continue
        for j in range(i + 1, min(last, i + _REACH) + 1):
            if view.finite(j) or view.tokens[j].text in (";", ":"):
                return None
            if "by" in view.cls[j]:
                who = next((k for k in range(j + 1, min(last, j + 5) + 1) if view.tokens[k].pos in ("NOUN", "PROPN")), None)
                if who is None or speaks(view, who) not in ("body", "name", "person"):
                    return None
                return Draft(i, (i, i), noun_phrase(view, who, j + 1), d.start, d.end, "asserts", "cited", "cited")
        return None
    return None


def _cited(view: View, d: Draft, last: int) -> Draft | None:
    """As in "l'ONG a compté 70 morts, citant un hôpital": the hospital says it first."""
    lo = max(d.source[1] if d.source is not None else d.at, d.cue[1] if d.cue is not None else d.at)
    for i in range(lo + 1, last + 1):
        if not _cites(view, i) or view.tokens[i].feats.get("Tense") != "Pres" or view.tokens[i].feats.get("VerbForm") != "Part":
            continue
        if view.tokens[i - 1].text != "," or any(view.tokens[j].text == ";" for j in range(lo, i)):
            return None
        who = next((k for k in range(i + 1, min(last, i + 5) + 1) if view.tokens[k].pos in ("NOUN", "PROPN")), None)
        if who is None or speaks(view, who) not in ("body", "name", "person"):
            return None
        end = d.end if d.start > view.tokens[i].start else min(d.end, view.tokens[i - 1].start)
        return Draft(i, (i, i), noun_phrase(view, who, i + 1), d.start, end, "asserts", "cited", "cited")
    return None
