"""Questions that name who speaks and are answered by the next sentence: "Que dit la mairie ? Rien de plus.". May import: `view`, `cues`, `sources`."""

from __future__ import annotations

from selon.extract.statements.cues import Cue
from selon.extract.statements.sources import noun_phrase, right_subject, speaks
from selon.extract.statements.view import Draft, View


def is_asked(view: View, cue: Cue) -> bool:
    """Whether the cue is the verb of a question for what is said: "Que répond Kigali ?"."""
    first, last = view.sentence_range(cue.at)
    start = first
    while start < cue.group.first and (view.is_punct(start) or view.is_(start, "and", "but")):
        start += 1
    lead = cue.group.first - 1
    while lead > start and (view.is_punct(lead) or view.tokens[lead].pos == "PROPN"):
        lead -= 1
    end = last
    while end > cue.at and view.tokens[end].text in ('"', "»", "”"):
        end -= 1
    return view.tokens[end].text == "?" and "that" in view.cls[lead] and lead >= start and (lead == start or view.is_punct(lead - 1))


def asked(view: View, cue: Cue) -> Draft | None:
    """The statement of such a question: its content is the sentence behind it, in the same passage."""
    stance = cue.stance("obj") or cue.stance("quote")
    _, last = view.sentence_range(cue.at)
    head = right_subject(view, cue.group, last)
    if stance is None or cue.group.negated or head is None or not speaks(view, head) or last + 1 >= len(view.tokens):
        return None
    first, end = view.sentence_range(last + 1)
    if view.tokens[first].start >= view.passage(view.tokens[cue.at].start).end or view.tokens[end].text == "?":
        return None
    while end > first and view.is_punct(end) and view.tokens[end].text not in (")", "»", "”", '"', "%"):
        end -= 1
    return Draft(
        cue.at, (cue.group.first, cue.group.last), noun_phrase(view, head, cue.group.last + 1), view.tokens[first].start,
        view.tokens[end].end, stance, "asked", "quote",
    )  # fmt: skip
