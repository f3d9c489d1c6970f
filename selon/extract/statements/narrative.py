"""The infinitive of narration as a cue: "Et le préfet d'ajouter que …", "Et de conclure : « … »". May import: `view`, `cues`, `complements`, `sources`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selon.extract.statements.complements import complement
from selon.extract.statements.cues import Cue
from selon.extract.statements.sources import noun_phrase, speaks
from selon.extract.statements.view import Draft, View


def narrative(view: View, cue: Cue, cues: Mapping[int, Cue], groups: Mapping[int, Cue], before: Sequence[Draft]) -> Draft | None:
    """The statement of an infinitive with "de" at the head of a sentence that a conjunction opens: of the speaker between them, else of the
    speaker named last."""
    g = cue.group
    first, _ = view.sentence_range(g.verb)
    if g.form != "inf" or g.mark is None or "of" not in view.cls[g.mark] or view.tokens[g.mark].pos == "DET":
        return None
    while first < g.mark and view.is_punct(first):
        first += 1
    if not view.is_(first, "and") or view.tokens[first].pos != "CCONJ" or g.mark - first > 8:
        return None
    named = [j for j in range(first + 1, g.mark) if not view.is_punct(j)]
    if any(view.is_verb(j) or (view.tokens[j].pos == "ADP" and j == named[0]) for j in named):
        return None
    source: tuple[int, int] | None
    if named:
        head = next((j for j in named if view.tokens[j].pos in ("NOUN", "PROPN", "PRON") and speaks(view, j)), None)
        source = (noun_phrase(view, head)[0], named[-1]) if head is not None else None
    else:
        last = max((d for d in before if d.source is not None and d.at < g.verb), key=lambda d: d.at, default=None)
        source = last.source if last is not None else None
    found = complement(view, cue, cues, groups) if source is not None else None
    if found is None or found.frame not in ("that", "quote", "colon", "si"):
        return None
    return Draft(g.verb, (g.mark, g.last), source, found.start, found.end, found.stance, "narrative", found.frame, quoted=found.quoted)
