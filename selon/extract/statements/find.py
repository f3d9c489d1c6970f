"""From cues to statements: which construction each cue stands in, who speaks, what stance that gives. May import: all of `statements`."""

from __future__ import annotations

from collections.abc import Mapping

from selon.extract.statements.attribution import find_attributions
from selon.extract.statements.complements import complement
from selon.extract.statements.cues import Cue, find_cues
from selon.extract.statements.hearsay import find_hearsay
from selon.extract.statements.inserted import inserted
from selon.extract.statements.sources import noun_phrase, speaks, subject_of
from selon.extract.statements.view import Draft, View


def find_drafts(view: View) -> list[Draft]:
    """All drafts, not yet settled."""
    cues = find_cues(view)
    by_first = {c.group.first: c for c in cues}
    by_verb = {c.at: c for c in cues}
    out: list[Draft] = find_attributions(view, by_first, by_verb)
    for cue in cues:
        draft = _verbal(view, cue, by_first, by_verb)
        if draft is not None:
            out.append(draft)
    out += find_hearsay(view, [(d.start, d.end) for d in out])
    return out


def _verbal(view: View, cue: Cue, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Draft | None:
    g = cue.group
    draft = inserted(view, cue, cues, groups)
    if draft is not None:
        return draft if not g.negated else None
    if g.passive or g.form == "part" and view.tokens[g.verb].rel != "conj":
        return _passive(view, cue, cues, groups)
    head = subject_of(view, cue)
    if head is None:
        return None
    kind = speaks(view, head)
    if cue.verb.weak and not kind:
        return None
    if "document" in cue.verb.flags and kind != "document":
        return None
    found = complement(view, cue, cues, groups)
    if found is None:
        return None
    stance: str | None = found.stance
    if g.negated:
        stance = cue.stance("neg")
        if stance is None:
            return None
    if kind == "nobody" or view.is_(head, "nobody"):
        source = None
        stance = "hearsay" if stance == "asserts" else stance
    else:
        source = noun_phrase(view, head) if not view.is_(head, "inverted") else (head, head)
    return Draft(g.verb, (g.first, g.last), source, found.start, found.end, stance or "asserts", "verb-" + found.frame, found.frame, quoted=found.quoted)


def _passive(view: View, cue: Cue, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Draft | None:
    return None
