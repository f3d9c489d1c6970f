"""Cues behind or inside what they report with their subject before them: "…, the mayor said", "…, he added, …". May import: `view`, `cues`, `resumed`."""

from __future__ import annotations

from collections.abc import Mapping

from selon.extract.statements.bare import over_circumstances, over_person
from selon.extract.statements.cues import Cue
from selon.extract.statements.extent import segment_start
from selon.extract.statements.resumed import end_before, quoted_span, resumed
from selon.extract.statements.sources import noun_phrase, speaks
from selon.extract.statements.view import DASHES, Draft, View

_BEFORE = (",", "?", "!", "…", "...")


def behind(view: View, cue: Cue, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Draft | None:
    """The statement of a cue whose subject stands between it and what it reports, or None when it does not stand so."""
    g = cue.group
    stance = cue.stance("quote") or (cue.stance("that") if cue.verb.frames.get("quote") != "none" else None)
    if stance is None or g.form != "fin" or g.passive:
        return None
    sent_first, sent_last = view.sentence_range(g.verb)
    if "subject-before-inserted-cue" not in view.lexis.traits and not _translated(view, cue, sent_last):
        return None
    head = _subject(view, cue, sent_first)
    if head is None:
        return None
    if "speaker" in view.cls[head] and view.quote_at(view.tokens[g.first].start) is not None:
        return None  # what somebody quoted says of himself
    first, last = noun_phrase(view, head)
    first = _coordinated(view, _title(view, first, sent_first), sent_first)
    behind_it = _over_relative(view, last, g.first)
    if any(
        not (view.is_punct(j) or view.tokens[j].pos == "ADV" or view.is_(j, "time", "emphatic") or view.tokens[j].pos == "NUM")
        for j in range(behind_it + 1, g.first)
    ):
        return None
    start_char = view.tokens[first].start
    passage = view.passage(start_char)
    quote = view.quote_ending(start_char)
    if quote is not None and (quote.start < passage.start or quote.holds(start_char)):
        quote = None
    before = view.tokens[first - 1].text if first > sent_first else ""
    if quote is None and before not in _BEFORE and before not in DASHES:
        return None
    if not _closed(view, cue, sent_last):
        return None
    source = (first, last)
    if quote is not None:
        start, end, whole = quoted_span(view, quote, first)
    else:
        k = segment_start(view, first)
        words = [j for j in range(k, first) if not view.is_punct(j)]
        if len(words) < 2 or _adjunct(view, k, first):
            return None
        start, end, whole = view.tokens[k].start, end_before(view, first), False
        opened = view.quote_at(start)
        if opened is not None and opened.start == start and view.text[opened.start : end].count(view.text[opened.start]) == 1:
            start = opened.first
    after = over_circumstances(view, cue, over_person(view, cue, g.last + 1, sent_last), sent_last) - 1
    end = resumed(view, cue, max(after, g.last), start, end, whole, cues, groups, passage.end, True)
    if end <= start:
        return None
    found = None if view.is_(head, "nil") else source
    if found is None:
        return None
    return Draft(g.verb, (g.first, g.last), found, start, end, stance, "behind-cue", "quote", quoted=quote is not None)


def _translated(view: View, cue: Cue, last: int) -> bool:
    """Whether a cue that ends its clause says nothing behind it, as translations from a language with this order have it
    ("« … », un médecin a déclaré.", "…, il a ajouté.")"""
    k = cue.group.last + 1
    if cue.stance("that") is None and cue.stance("quote") is None:
        return False
    while k <= last and (view.is_(k, "time") or view.tokens[k].pos == "ADV"):
        k += 1
    if k < last and view.is_(k, "to", "in", "on"):
        # "a dit à la radio"
        while k <= last and view.tokens[k].pos in ("ADP", "DET", "NOUN", "PROPN", "ADJ") and view.tokens[k].feats.get("VerbForm") != "Inf":
            k += 1
    return k > last or view.tokens[k].text in (".", ",", "!", "…", ";")


def _over_relative(view: View, last: int, cue: int) -> int:
    """The end of a relative clause between commas that parts a speaker from its cue ("one resident, who asked not to be named, said")."""
    if last + 2 < cue and view.tokens[last + 1].text == "," and view.tokens[cue - 1].text == ",":
        described = (
            view.is_(last + 2, "article") and view.tokens[last + 2].pos == "DET" and not any(view.finite(j) for j in range(last + 2, cue))
        )
        if described or view.is_(last + 2, "relative", "relative-other"):
            return cue - 1
    return last


def _subject(view: View, cue: Cue, sent_first: int) -> int | None:
    """The head of the noun phrase right before the cue, or the subject that the parse names when only an apposition parts them."""
    g = cue.group
    k = g.first - 1
    while k > sent_first and (view.tokens[k].pos == "ADV" or view.is_(k, "time")) and not view.is_punct(k):
        k -= 1
    left = [c.i for c in view.children(cue.at) if c.rel == "nsubj" and c.i < g.first]
    if left and not view.is_(left[-1], "relative") and speaks(view, left[-1]):
        return left[-1]
    if k > sent_first and view.tokens[k].text == ",":
        opened = next((j for j in range(k - 1, max(sent_first, k - 9), -1) if view.tokens[j].text == "," or view.finite(j)), None)
        if opened is not None and view.tokens[opened].text == "," and view.is_(opened + 1, "article"):
            k = opened - 1  # ", Rosa Diaz, a mother of two, said"
    if k <= sent_first or view.is_punct(k) or view.is_(k, "relative", "that"):
        return None
    j = k
    if view.tokens[j].pos not in ("NOUN", "PROPN", "PRON", "X") and "subject" not in view.cls[j]:
        return None
    while (
        j > sent_first
        and view.tokens[j].head < j
        and view.tokens[j].rel in ("flat", "appos", "nmod", "compound")
        and view.tokens[j].head >= sent_first
    ):
        up = view.tokens[j].head
        if any(view.tokens[x].text == "," for x in range(up, j)):
            break
        j = up
    return j if speaks(view, j) else k if speaks(view, k) else None


def _title(view: View, first: int, floor: int) -> int:
    """The first token of titles and roles that stand bare before a name ("coach Ray Udall")."""
    while first > floor and view.tokens[first - 1].pos in ("NOUN", "PROPN", "ADJ") and not view.is_(first - 1, "time", "duration"):
        t = view.tokens[first - 1]
        if not (speaks(view, first - 1) or view.below(first - 1, first) or t.head in range(first, first + 6)):
            break
        first -= 1
    if first > floor and view.tokens[first - 1].pos == "DET":
        first -= 1
    return first


def _coordinated(view: View, first: int, floor: int) -> int:
    """The first token of all speakers when the last of them alone was taken ("a fighter and local media said")."""
    if first - 2 <= floor or not view.is_(first - 1, "and"):
        return first
    j = first - 2
    while j > floor and not view.is_punct(j) and not view.finite(j) and first - j < 12:
        j -= 1
    return j + 1 if view.tokens[j].text == "," else first


def _adjunct(view: View, first: int, end: int) -> bool:
    """Whether what stands before is only a circumstance of the cue ("On Monday, the governor said …")."""
    if any(view.finite(j) for j in range(first, end)):
        return view.tokens[first].pos == "SCONJ" and not view.is_(first, "if", "whether") and _one_clause(view, first, end)
    return view.tokens[first].pos in ("ADP", "ADV", "SCONJ") or (
        view.tokens[first].pos == "VERB" and view.tokens[first].feats.get("VerbForm") in ("Part", "Ger")
    )


def _one_clause(view: View, first: int, end: int) -> bool:
    return sum(view.tokens[j].text == "," for j in range(first, end)) <= 1


def _closed(view: View, cue: Cue, last: int) -> bool:
    """Whether nothing that can be said follows the cue before the next sign."""
    k = over_person(view, cue, cue.group.last + 1, last)
    while True:
        k = over_circumstances(view, cue, k, last)
        if k > last:
            return True
        t = view.tokens[k]
        if view.is_punct(k):
            return t.text not in (":",) and (view.quote_starting(t.start) is None)
        if view.is_(k, "that", "whether", "to") and t.pos != "DET":
            return False
        if t.pos in ("VERB", "AUX"):
            return t.feats.get("VerbForm") in ("Ger", "Part") and not view.finite(k)
        if t.pos in ("CCONJ", "SCONJ"):
            return True
        if t.pos == "ADV" and k < last:
            k += 1
            continue
        if t.pos == "ADP":
            return not view.is_(k, "of")
        return False
