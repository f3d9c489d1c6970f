"""Hearsay of languages without a mood for it: "is believed to have died", "it is said that …", "reportedly". May import: `view`, `cues`, `extent`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from selon.extract.statements.bare import bare_clause
from selon.extract.statements.complements import infinitive_start
from selon.extract.statements.cues import Cue, Group, group_of
from selon.extract.statements.extent import extent, segment_start
from selon.extract.statements.passives import agent_of
from selon.extract.statements.sources import noun_phrase, subject_of
from selon.extract.statements.view import Draft, View


def believed(view: View, cue: Cue, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Draft | None:
    """The statement of a passive of saying or believing without an agent, before an infinitive, a clause or a participle."""
    g = cue.group
    _, sent_last = view.sentence_range(g.verb)
    k = g.last + 1
    reduced = (
        g.form == "part" and k <= sent_last and "to" in view.cls[k] and view.tokens[min(k + 1, sent_last)].feats.get("VerbForm") == "Inf"
    )
    if "belief" not in cue.verb.flags or not (g.passive or reduced) or g.negated or agent_of(view, cue) is not None:
        return None
    head = subject_of(view, cue)
    if head is None or k > sent_last:
        return None
    if view.is_(head, "cleft") or (
        view.tokens[head].pos == "PRON" and ("that" in view.cls[k] or bare_clause(view, cue, k, sent_last) == k)
    ):
        start = k
    else:
        inf = infinitive_start(view, cue, k, sent_last)
        state = view.tokens[k].pos == "ADJ" or view.tokens[k].feats.get("VerbForm") == "Part"
        if (inf is None or inf > k + 1) and not state:
            return None
        start = k if reduced else noun_phrase(view, head)[0]
    end = extent(view, g.verb, k, cues, "inf", groups)
    return Draft(g.verb, (g.first, g.last), None, view.tokens[start].start, view.tokens[end].end, "hearsay", "belief", "clause")


def quoted_by_others(view: View, cues: Sequence[Cue]) -> list[Cue]:
    """The cues, where one behind "was quoted as" takes the passive into its group, so that its speaker is the passive's subject."""
    out: list[Cue] = []
    for cue in cues:
        upper = _quoting(view, cue)
        if upper is not None and not upper.passive:
            # "Local media cited the governor as saying …": what was cited is the governor's.
            out = [c for c in out if c.at != upper.verb]
        elif upper is not None:
            out = [c for c in out if c.at != upper.verb]
            cue = Cue(replace(cue.group, first=upper.first, form="fin", mark=None, negated=upper.negated), cue.verb)
        out.append(cue)
    return out


def _quoting(view: View, cue: Cue) -> Group | None:
    """The passive of a verb of quoting before the "as" of a gerund."""
    g = cue.group
    if g.form != "ger" or g.mark is None or "as" not in view.cls[g.mark]:
        return None
    first, _ = view.sentence_range(g.verb)
    for j in range(g.mark - 1, max(first, g.mark - 10) - 1, -1):
        if "citing" in view.lexis.classes(view.tokens[j].lemma.lower()) and view.tokens[j].pos == "VERB":
            return group_of(view, j)
    return None


def find_rumours(view: View, cues: Mapping[int, Cue], groups: Mapping[int, Cue], found: Sequence[Draft]) -> list[Draft]:
    """Clauses with an adverb of hearsay that no other statement holds ("three reportedly died")."""
    out: list[Draft] = []
    for i in range(len(view.tokens)):
        if "report-adverb" not in view.cls[i] or view.quote_at(view.tokens[i].start) is not None:
            continue
        t = view.tokens[i]
        if any(d.start <= t.start < d.end or (d.cue is not None and d.cue[0] - 1 <= i <= d.cue[1] + 1) for d in found):
            continue
        _, last = view.sentence_range(i)
        start = segment_start(view, i)
        verb = t.head
        if verb != i and view.tokens[verb].deprel == "acl:relcl":
            ids = view.parse.subtree(view.tokens[verb])
            start, last = max(start, min(ids)), min(last, max(ids))
        end = extent(view, i, start, cues, "resumed", groups)
        end = min(end, last)
        while end > i and view.is_punct(end) and view.tokens[end].text not in (")", "»", "”", '"'):
            end -= 1
        if end > start:
            out.append(Draft(i, (i, i), None, view.tokens[start].start, view.tokens[end].end, "hearsay", "report-adverb", "clause"))
    return out
