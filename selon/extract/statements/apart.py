"""Subjects that an aside, a relative clause or an act of citing parts from their verb. May import: `view`, `cues`, `speakers`."""

from __future__ import annotations

from selon.extract.statements.cues import Group
from selon.extract.statements.speakers import speaks
from selon.extract.statements.view import DASHES, View


def before_dashes(view: View, group: Group) -> int | None:
    """The speaker before an aside between dashes that parts it from its verb ("La milice – que Rome soutient – a nié")."""
    first, _ = view.sentence_range(group.verb)
    shut = group.first - 1
    if group.form != "fin" or shut <= first or view.tokens[shut].text not in DASHES:
        return None
    opened = next((j for j in range(shut - 1, first, -1) if view.tokens[j].text in DASHES), None)
    if opened is None or opened == first or any(view.finite(j) for j in range(first, opened)):
        return None
    return next((x for x in range(opened - 1, first - 1, -1) if view.tokens[x].pos in ("NOUN", "PROPN") and speaks(view, x)), None)


def over_relative(view: View, group: Group) -> int | None:
    """The noun before a relative clause between commas that parts it from its verb ("Kenya, which leads the mission, said")."""
    first, _ = view.sentence_range(group.verb)
    if group.form != "fin" or group.first - 1 <= first or view.tokens[group.first - 1].text != ",":
        return None
    for j in range(group.first - 2, first + 1, -1):
        if view.tokens[j].text in (";", ":") or view.quote_at(view.tokens[j].start) is not None:
            return None
        if view.is_(j, "relative") and view.tokens[j - 1].text == ",":
            head = view.tokens[j - 2]
            while head.head < head.i and head.rel in ("flat", "nmod", "appos", "compound") and not head.is_root and head.head >= first:
                if any(view.tokens[x].text in (";", ":") for x in range(head.head, head.i)):
                    break
                head = view.tokens[head.head]
            return head.i if speaks(view, head.i) else j - 2 if speaks(view, j - 2) else None
    return None


def cited_as(view: View, group: Group) -> int | None:
    """The object of an active verb of citing before "as" and a gerund ("cited the governor as saying")."""
    assert group.mark is not None
    first, _ = view.sentence_range(group.verb)
    for j in range(group.mark - 1, max(first, group.mark - 10) - 1, -1):
        if "citing" in view.lexis.classes(view.tokens[j].lemma.lower()) and view.tokens[j].pos == "VERB":
            return next((x for x in range(group.mark - 1, j, -1) if view.tokens[x].pos in ("NOUN", "PROPN") and speaks(view, x)), None)
    return None


def inside_relative(view: View, group: Group) -> int | None:
    """The speaker between a relative pronoun and its verb, whatever the parse says ("a raid which the army says hit …")."""
    first, _ = view.sentence_range(group.verb)
    k = group.first - 1
    if group.form != "fin" or k - 1 <= first or view.tokens[k].pos not in ("NOUN", "PROPN"):
        return None
    j = k - 1
    while j > first and k - j < 6 and view.tokens[j].pos in ("DET", "ADJ", "NOUN", "PROPN", "PART"):
        j -= 1
    return k if view.is_(j, "relative") and speaks(view, k) else None
