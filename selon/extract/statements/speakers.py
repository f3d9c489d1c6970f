"""Whether a word can be one who speaks. May import: `view`."""

from __future__ import annotations

from selon.extract.statements.view import View


def speaks(view: View, i: int) -> str:
    """What kind of speaker the word can be: person, body, document, name, pronoun, or nothing."""
    t = view.tokens[i]
    kind = view.lexis.sources.get(t.lemma.lower()) or view.lexis.sources.get(view.low[i])
    if kind and t.pos not in ("VERB", "AUX", "ADP"):
        return kind
    if _starts(view, i) and t.text[:1].isupper() and t.pos in ("NOUN", "ADJ", "X", "VERB", "AUX", "INTJ") and i + 1 < len(view.tokens):
        # A bare noun that opens a sentence right before a verb is a name ("Rome se déclare").
        follower = view.tokens[i + 1]
        if follower.pos in ("VERB", "AUX", "PROPN") or view.is_(i + 1, "reflexive", "ne") or follower.text[:1].isupper():
            return "name"
    if t.pos == "PROPN" or (t.text[:1].isupper() and t.pos in ("NOUN", "ADJ", "X") and not _starts(view, i)):
        return "name"
    if t.pos == "NOUN" and view.is_(i, "number", "many") and _many(view, i):
        return "person"
    if (
        "subject" in view.cls[i]
        and t.pos in ("DET", "ADJ", "NOUN", "NUM")
        and i + 1 < len(view.tokens)
        and (view.tokens[i + 1].pos in ("VERB", "AUX") or (t.pos == "NUM" and "of" in view.cls[i + 1]))
    ):
        return "pronoun"
    if t.pos == "PRON" and ("subject" in view.cls[i] or "inverted" in view.cls[i] or "relative" in view.cls[i]):
        return "pronoun"
    if "nobody" in view.cls[i]:
        return "nobody"
    if t.pos == "NOUN" and view.low[i].endswith(view.lexis.person_endings) and view.low[i] not in view.lexis.no_persons:
        return "person"
    return ""


def _many(view: View, i: int) -> bool:
    """Whether a noun of quantity counts people: "des milliers d'habitants"."""
    if i + 2 >= len(view.tokens) or "of" not in view.cls[i + 1]:
        return False
    j = i + 2
    while j < i + 4 and j + 1 < len(view.tokens) and view.tokens[j].pos in ("DET", "ADJ"):
        j += 1
    return view.tokens[j].pos == "NOUN" and view.lexis.sources.get(view.tokens[j].lemma.lower()) in ("person", "people", "body")


def _starts(view: View, i: int) -> bool:
    return i == view.sentence_range(i)[0]
