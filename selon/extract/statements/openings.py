"""Cues that do not simply stand between their subject and what is said: relatives, clefts, pictures that let see, verbs put first. May import: `cues`, `sources`, `doubts`, `complements`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from selon.extract.statements.complements import complement
from selon.extract.statements.cues import Cue, group_of
from selon.extract.statements.doubts import previous
from selon.extract.statements.nobody import behind_nobody
from selon.extract.statements.sources import noun_phrase, right_subject, speaks
from selon.extract.statements.view import Draft, View


def told_to(view: View, cue: Cue) -> bool:
    """Whether a past right before "to" and an infinitive is a participle, because the verb needs somebody to tell ("Residents urged to leave")."""
    g = cue.group
    if "pasts-like-participles" not in view.lexis.traits or g.form != "fin" or g.first != g.verb or "inf" in cue.verb.frames:
        return False
    told = "objinf" in cue.verb.frames and view.low[g.verb].endswith("ed")
    k = g.last + 1
    return told and k + 1 < len(view.tokens) and "to" in view.cls[k] and view.tokens[k + 1].feats.get("VerbForm") == "Inf"


def verb_first(view: View, cue: Cue) -> Cue:
    """The cue with its subject taken into its group, where a translation puts the verb first ("Et a condamné le ministère ce crime"."""
    g = cue.group
    first, last = view.sentence_range(g.verb)
    k = g.first - 1
    while k >= first and (view.tokens[k].pos == "CCONJ" or view.is_punct(k)):
        k -= 1
    compound = g.first < g.verb and view.tokens[g.first].pos == "AUX"
    if g.form != "fin" or k >= first or not compound or g.inverted is not None or g.passive or g.clitics:
        return cue
    head = right_subject(view, g, last)
    if head is None or head > g.last + 3 or speaks(view, head) not in ("person", "body"):
        return cue
    return Cue(replace(g, last=noun_phrase(view, head, g.last + 1)[1], inverted=head), cue.verb)


def visible(view: View, cue: Cue, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Draft | None:
    """As in "Sur une vidéo, on peut voir des blindés", "des images permettent de voir …": the picture says what can be seen."""
    upper = view.tokens[view.tokens[cue.at].head]
    if cue.group.negated or upper.i >= cue.at or upper.sent != view.tokens[cue.at].sent or group_of(view, upper.i).negated:
        return None
    if not {"modal", "allowing"} & view.lexis.classes(upper.lemma.lower()):
        return None
    subject = next((c.i for c in view.children(upper.i) if c.rel == "nsubj" and c.i < upper.i), None)
    if subject is None:
        return None
    if view.is_(subject, "nobody"):
        source = behind_nobody(view, Cue(group_of(view, upper.i), cue.verb))
    else:
        source = noun_phrase(view, subject) if speaks(view, subject) == "document" else None
    found = complement(view, cue, cues, groups) if source is not None else None
    if source is None or found is None:
        return None
    return Draft(cue.at, (cue.group.first, cue.group.last), source, found.start, found.end, "asserts", "verb-" + found.frame, found.frame)


def relative_object(view: View, cue: Cue) -> Draft | None:
    """As in "C'est une enquête que veut le barreau": the object is the antecedent, the subject stands behind."""
    g = cue.group
    stance = cue.stance("obj")
    sent_first, sent_last = view.sentence_range(g.verb)
    k = g.first - 1
    told = next((v for f, v in cue.verb.frames.items() if f.startswith("obl-") and "of" in view.lexis.classes(f[4:])), None)
    if told is not None and g.form == "fin" and not g.negated:
        draft = _of_which(view, cue, told, sent_first, sent_last)
        if draft is not None:
            return draft
    if (
        stance is None
        or g.form != "fin"
        or g.negated
        or k - 1 <= sent_first
        or "that" not in view.cls[k]
        or view.tokens[k - 1].pos not in ("NOUN", "PROPN", "ADJ")
    ):
        return None
    if any(c.rel == "nsubj" and c.i < g.verb for c in view.children(g.verb)):
        return None
    head = right_subject(view, g, sent_last)
    if head is None or head > g.last + 4 or not speaks(view, head):
        return None
    j = k - 1
    while j > sent_first and view.tokens[j].pos not in ("NOUN", "PROPN"):
        j -= 1
    first, last = noun_phrase(view, j)
    if "number" in cue.verb.flags and not view.numbered(first, last):
        return None
    return Draft(
        g.verb,
        (g.first, g.last),
        noun_phrase(view, head, g.last + 1),
        view.tokens[first].start,
        view.tokens[min(last, k - 1)].end,
        stance,
        "relative-object",
        "obj",
    )


def _of_which(view: View, cue: Cue, stance: str, first: int, last: int) -> Draft | None:
    """As in "les 300 morts dont la mairie a fait état", "un plan dont parle la radio": the antecedent is what is said."""
    g = cue.group
    k = next((j for j in range(g.first - 1, max(first, g.first - 7), -1) if "relative-other" in view.cls[j] and "of" in view.cls[j]), None)
    if k is None or k <= first or any(view.finite(j) or view.is_punct(j) for j in range(k, g.first)):
        return None
    left = next((j for j in range(k + 1, g.first) if view.tokens[j].pos in ("NOUN", "PROPN", "PRON") and speaks(view, j)), None)
    head = left if left is not None else right_subject(view, g, last)
    noun = next((j for j in range(k - 1, max(first - 1, k - 8), -1) if view.tokens[j].pos in ("NOUN", "PROPN")), None)
    if head is None or noun is None or not speaks(view, head) or speaks(view, noun) in ("person", "body"):
        return None
    lo, hi = noun_phrase(view, noun)
    return Draft(
        g.verb,
        (g.first, g.last),
        noun_phrase(view, head),
        view.tokens[lo].start,
        view.tokens[min(hi, k - 1)].end,
        stance,
        "relative-object",
        "obj",
    )


def cleft(view: View, cue: Cue, before: Sequence[Draft]) -> Draft | None:
    """As in "C'est ce que rapporte la radio": the content is the sentence before."""
    g = cue.group
    stance = cue.stance("that") or cue.stance("quote")
    sent_first, sent_last = view.sentence_range(g.verb)
    if stance is None or g.form != "fin" or g.negated or "cleft" not in view.cls[sent_first] or g.first - sent_first > 9:
        return None
    opener = next((j for j in range(sent_first + 1, g.first) if "that" in view.cls[j] and "cleft" in view.cls[j - 1]), None)
    if opener is None or view.tokens[sent_first].sent == 0:
        return None
    left = [c.i for c in view.children(g.verb) if c.rel == "nsubj" and opener < c.i < g.first]
    head = left[0] if left else right_subject(view, g, sent_last)
    if head is None or not speaks(view, head):
        return None
    old = previous(view, before, sent_first)
    if old is None:
        return None
    return Draft(g.verb, (g.first, g.last), noun_phrase(view, head), old.start, old.end, stance, "cleft", "answer")


def speaker_before(view: View, cue: Cue, before: Sequence[Draft]) -> tuple[int, int] | None:
    """The source of an inserted cue that a present participle behind it shares: "…, a écrit le maire, ajoutant que …"."""
    if cue.group.form != "ger" or any(c.rel == "nsubj" for c in view.children(cue.at)):
        return None
    sent = view.tokens[cue.at].sent
    for d in reversed(before):
        if d.rule == "inserted-cue" and d.source is not None and view.tokens[d.at].sent == sent and d.source[1] < cue.group.first:
            return d.source
    return None


def upper_cue(view: View, cue: Cue, groups: Mapping[int, Cue]) -> Cue | None:
    """The reporting verb whose content the cue is coordinated into, when the cue has no subject of its own ("a dit que … et accuse")."""
    if any(c.rel == "nsubj" for c in view.children(cue.at)):
        return None
    first = view.tokens[cue.at].head
    if first in groups:
        return None
    v = view.tokens[first]
    seen = 0
    while not v.is_root and seen < 4:
        if v.rel not in ("ccomp", "xcomp", "acl", "obj", "conj"):
            return None
        if v.head in groups and v.rel != "conj":
            return groups[v.head]
        v = view.tokens[v.head]
        seen += 1
    return None
