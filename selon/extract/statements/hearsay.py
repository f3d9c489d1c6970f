"""The conditional of report: what is said to have happened, nobody being named. May import: `view`, `cues`."""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.statements.cues import group_of
from selon.extract.statements.extent import segment_start
from selon.extract.statements.view import Draft, View
from selon.model.cover import Cover


def find_hearsay(view: View, found: Sequence[Draft]) -> list[Draft]:
    """Clauses in the conditional of report that no other statement holds. Behind a colon or semicolon they are told by the source that the
    sentence has named before."""
    # What a doubt or denial only answers is still to be said by somebody.
    taken = Cover((d.start, d.end) for d in found if d.frame != "answer")
    named: dict[int, Draft] = {}
    for d in found:
        if d.source is not None:
            named.setdefault(view.tokens[min(d.at, len(view.tokens) - 1)].sent, d)
    out: list[Draft] = []
    done: set[int] = set()
    for i, t in enumerate(view.tokens):
        sure = view.low[i] in view.lexis.conditional_forms
        if not sure and (t.feats.get("Mood") != "Cnd" or not view.low[i].endswith(view.lexis.conditional)):
            continue
        verb = t.head if t.pos == "AUX" and t.rel in ("aux", "cop") else i
        if t.pos == "AUX" and t.rel == "aux" and "modal" in view.lexis.classes(t.lemma.lower()):
            continue
        v = view.tokens[verb]
        if "modal" in view.lexis.classes(t.lemma.lower()) or "modal" in view.lexis.classes(v.lemma.lower()):
            continue
        if verb in done or taken.touches(t.start, t.start + 1) or view.quote_at(t.start) is not None:
            continue
        first, last = view.sentence_range(i)
        if any(view.is_(j, "whether", "condition") for j in range(first, last + 1)):
            continue
        if _left_open(view, verb):
            continue
        if any(view.is_(j, "subject") and view.is_(j, "speaker") for j in range(max(first, i - 3), i)):
            continue
        group = group_of(view, verb) if v.pos in ("VERB", "AUX") else None
        start = segment_start(view, i)
        end = last
        k = i
        while k <= last:
            if view.tokens[k].text == ";" and view.quote_at(view.tokens[k].start) is None:
                end = k - 1
                break
            k += 1
        start, end = _clause(view, i, verb, start, end)
        for k in range(i + 1, end - 1):
            if view.tokens[k].text == "," and "cleft" in view.cls[k + 1] and view.is_(k + 2, "that", "relative"):
                end = k - 1  # ", ce que la mairie ne confirme pas"
                break
        while end > i and view.is_punct(end) and view.tokens[end].text not in (")", "»", "”", '"'):
            end -= 1
        done.add(verb)
        cue = (group.first, group.last) if group is not None else (i, i)
        told = named.get(t.sent)
        if told is not None and told.frame == "initial" and told.end <= t.start and start <= told.at:
            # "Selon la presse, c'est une bavure, deux soldats auraient tiré": the source goes on.
            behind = view.first_from(told.end)
            while behind < i and (view.is_punct(behind) or view.is_(behind, "and", "but")):
                behind += 1
            if not any(c.rel == "nsubj" and c.i >= behind for c in view.children(verb)):
                continue
            content = view.tokens[behind].start, view.tokens[end].end
            out.append(Draft(verb, cue, told.source, *content, "asserts", "conditional", "clause", conditional=True))
            continue
        source = (
            told.source
            if told is not None and told.end <= t.start and start > first and view.tokens[start - 1].text in (":", ";")
            else None
        )
        stance = "asserts" if source is not None else "hearsay"
        content = view.tokens[start].start, view.tokens[end].end
        out.append(Draft(verb, cue, source, *content, stance, "conditional", "clause", conditional=True))
    return out


def _left_open(view: View, verb: int) -> bool:
    """Whether a conditional only is the future in the past of what a speaker leaves open ("n'a pas précisé quand le pont rouvrirait")."""
    v = view.tokens[verb]
    if v.is_root or v.rel not in ("ccomp", "advcl") or v.head > verb:
        return False
    told = view.tokens[v.head].lemma.lower() in view.lexis.verbs
    return told and any(view.is_(c.i, "ne", "negation") for c in view.children(v.head) if c.i < v.head)


def _clause(view: View, i: int, verb: int, start: int, end: int) -> tuple[int, int]:
    """Narrows a sentence to the clause of the verb where the parse sets it apart from others that are told as facts."""
    v = view.tokens[verb]
    if v.deprel == "acl:relcl":
        ids = view.parse.subtree(v)
        lo, hi = max(start, min(ids)), min(end, max(ids))
        # "c'est X qui aurait …": the cleft is the clause.
        cleft = [j for j in range(start, lo) if "cleft" in view.cls[j]]
        if cleft:
            return cleft[-1], hi
        while lo < i and view.is_punct(lo):
            lo += 1
        if hi - lo >= 3:
            return lo, hi
    subject = next((c.i for c in view.children(verb) if c.rel == "nsubj" and start < c.i < i), None)
    if subject is not None:
        lead = subject
        while lead > start and view.tokens[lead - 1].pos in ("DET", "ADJ", "NUM"):
            lead -= 1
        spliced = lead - 1 > start and view.tokens[lead - 1].text == ","
        if spliced and any(view.finite(j) and view.tokens[j].deprel != "acl:relcl" for j in range(start, lead - 1)):
            opened = any(view.is_(j, "relative", "relative-other", "that") or view.tokens[j].pos == "SCONJ" for j in range(start, lead - 1))
            start = start if opened else lead
    others = [c for c in view.children(verb) if c.rel in ("conj", "parataxis") and c.i > verb]
    for c in others:
        if view.finite(c.i) or any(view.finite(x.i) for x in view.children(c.i)):
            ids = view.parse.subtree(c)
            lo = min(ids)
            own = any(x.rel == "nsubj" for x in view.children(c.i))
            if lo > verb + 1 and (own or not any(view.tokens[x].feats.get("Mood") == "Cnd" for x in ids)):
                end = min(end, lo - 1)
    if v.rel == "conj" and not v.is_root:
        ids = view.parse.subtree(v)
        if min(ids) > start and any(view.finite(j) for j in range(start, min(ids))):
            start = min(ids)
            while start < i and (view.is_(start, "and", "but") or view.is_punct(start)):
                start += 1
    return start, end
