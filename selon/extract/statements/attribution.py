"""Attributing phrases: "selon X", "d'après X", "de source policière", "à ses yeux". May import: `view`, `cues`, `extent`, `sources`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from selon.extract.statements.beside import (
    aside,
    before_cue,
    behind_other,
    doubtful,
    over_apposition,
    over_inserted,
    over_relative,
    over_rest,
    over_role,
    parting,
    without_subject,
)
from selon.extract.statements.cues import Cue
from selon.extract.statements.extent import extent, segment_start
from selon.extract.statements.lexis import Phrase
from selon.extract.statements.sources import noun_phrase, speaks
from selon.extract.statements.view import Draft, View


def find_attributions(view: View, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> list[Draft]:
    """Statements of all attributing phrases in text order."""
    out: list[Draft] = []
    k = 0
    n = len(view.tokens)
    while k < n:
        hit = _phrase(view, k)
        if hit is not None:
            phrase, last = hit
            draft = _draft(view, phrase, k, last, cues, groups)
            if draft is not None and phrase.bare == "opening" and draft.frame == "final":
                draft = replace(draft, stance="asserts")
            if draft is not None:
                rumour = draft.stance == "asserts" and draft.source is not None and doubtful(view, draft.source)
                out.append(replace(draft, stance="hearsay") if rumour else draft)
            k = last
        k += 1
    return out


def _phrase(view: View, k: int) -> tuple[Phrase, int] | None:
    starting = view.lexis.phrases.get(view.low[k])
    if starting is None:
        return None
    for phrase in starting:
        n = len(phrase.words)
        if k + n <= len(view.tokens) and tuple(view.low[k : k + n]) == phrase.words:
            return phrase, k + n - 1
    return None


def _draft(view: View, phrase: Phrase, first: int, last: int, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Draft | None:
    sent_first, sent_last = view.sentence_range(first)
    end_sent = sent_last
    if first > sent_first and view.is_(first - 1, "nobody"):
        return None
    rule = "attribution"
    source: tuple[int, int]
    worded = False
    if phrase.bare == "self":
        source = (first, last)
        stop = last
    else:
        head = last if phrase.bare == "yes" else _head(view, last + 1, end_sent)
        if phrase.bare == "relative":
            return _antecedent(view, phrase, first, last, cues, groups)
        if head is None or (phrase.bare != "yes" and view.is_(head, "nobody") and head == last + 1):
            return None  # "sur la parole d'on ne sait quels voisins"
        worded = "wording" in view.lexis.classes(view.tokens[head].lemma.lower())
        if worded:
            head = next((c.i for c in view.children(head) if c.rel == "nmod" and speaks(view, c.i)), head)
        kind = speaks(view, head) or ("document" if worded else "")
        counted = phrase.bare == "opening" and _counts_for(view, first, head, kind)
        if phrase.bare == "opening" and not counted and not _opens(view, first, head, kind, sent_first, sent_last):
            return None
        if phrase.bare == "yes":
            after = last + 1
            if after > end_sent or view.tokens[after].pos != "ADJ" or "void-source" in view.lexis.classes(view.tokens[after].lemma.lower()):
                return None
            source = (last, _bare_end(view, last, head, end_sent))
            head = last
        else:
            if not kind and not _personal(view, head) and not _named(view, head):
                return None
            source = without_subject(view, head, noun_phrase(view, head, last + 1), sent_last)
            if "relative" in view.cls[head]:
                return _relative(view, phrase, first, last, head, cues, groups)
        stop = source[1]
    channel_end = _over_participle(view, stop, sent_last)
    stop = channel_end
    # What the phrase attributes: the rest of the sentence when it opens it, else what stands before it, and what goes on behind it.
    lead = segment_start(view, first, colon=True)
    lead = _inner_lead(view, lead, first)
    whole = lead
    lead = _clause_lead(view, lead, first)
    lead = _chunk(view, lead, first)
    lead = behind_other(view, lead, first)
    inner = aside(view, lead, first, stop)
    lead = inner if inner is not None else lead
    chunked = lead != whole and not (view.is_(lead - 1, "that") and view.tokens[first - 1].text == ",")
    if stop < sent_last and view.tokens[stop + 1].text == ":" and lead < first and not any(view.finite(j) for j in range(lead, first)):
        lead = first
        stop += 1
    if lead >= first or not any(
        not view.is_punct(j)
        and not view.is_(j, "and", "but")
        and (view.tokens[j].pos != "ADV" or view.numbered(j, j) or "negation" in view.cls[j])
        for j in range(lead, first)
    ):
        k = stop + 1
        while k <= sent_last and ((view.is_punct(k) and view.quote_starting(view.tokens[k].start) is None) or view.is_(k, "that")):
            k += 1
        k = over_rest(view, over_relative(view, k, sent_last), stop, sent_last)
        k, source = over_apposition(view, k, sent_last, source)
        k, source = over_role(view, k, sent_last, source)
        if k <= sent_last and k == stop + 1 and view.is_(k, "relative", "relative-other"):
            # The source has a relative clause of its own: what is said stands behind its comma.
            comma = next(
                (j for j in range(k + 1, sent_last) if view.tokens[j].text == "," and view.quote_at(view.tokens[j].start) is None), None
            )
            k = comma + 1 if comma is not None else k
        k = over_inserted(view, k, sent_last, cues)
        if k > sent_last:
            return None
        end = extent(view, first, k, cues, "resumed", groups)
        start_char, end_char = view.tokens[k].start, view.tokens[end].end
        q = view.quote_at(start_char)
        if q is not None and q.start >= start_char - 2 and q.end >= end_char and not q.open and q.last >= view.tokens[end].start:
            start_char, end_char = q.first, q.last
        return Draft(first, (first, last), source, start_char, end_char, phrase.stance, rule, "initial")
    if sum(not view.is_punct(x) for x in range(lead, first)) < 2 and not view.numbered(lead, first - 1):
        return None
    if worded:
        near = view.quote_ending(view.tokens[first].start)
        if near is not None:
            return Draft(first, (first, last), source, near.first, near.last, "comments", rule, "final", quoted=True)
    start = view.tokens[lead].start
    long = view.quote_ending(view.tokens[first].start)
    if long is not None and not long.open and view.passage(start).start <= long.start and long.first < start - 2:
        # A quotation of several sentences: all of it.
        return Draft(first, (first, last), source, long.first, long.last, phrase.stance, rule, "final", quoted=True)
    j = before_cue(view, lead, first, cues) - 1
    while j > lead and view.is_punct(j) and view.tokens[j].text not in (")", "»", "”", '"', "%", "]"):
        j -= 1
    end_char = view.tokens[j].end
    q = view.quote_at(start)
    quoted = False
    if q is not None and q.start >= start - 2 and q.end >= end_char - 1 and not q.open:
        start, end_char, quoted = q.first, q.last, True
    elif not chunked and phrase.bare != "opening" and not (phrase.bare == "yes" and not any(view.finite(j) for j in range(lead, first))):
        end_char = _tail(view, first, stop, sent_last, end_char, cues, groups)
    return Draft(first, (first, last), source, start, end_char, phrase.stance, rule, "final", quoted=quoted)


def _head(view: View, k: int, last: int) -> int | None:
    """The head noun of the phrase that begins at `k`."""
    j = k
    while j <= last and j - k < 8:
        t, c = view.tokens[j], view.cls[j]
        mistagged = t.pos in ("ADV", "ADJ", "X", "INTJ") and view.low[j] in view.lexis.sources and j > k
        if mistagged or t.pos in ("NOUN", "PROPN") or "relative" in c or (t.pos == "PRON" and "that" not in c):
            head = j
            # A determiner pronoun ("l'un de", "plusieurs de") or a title before the noun.
            if t.pos == "PRON" and "relative" not in c and j + 1 <= last and view.tokens[j + 1].pos in ("NOUN", "PROPN"):
                j += 1
                continue
            return head
        if t.pos in ("DET", "ADJ", "NUM", "ADV", "X") or t.text in ('"', "«", "“"):
            j += 1
            continue
        return None
    return None


def _named(view: View, head: int) -> bool:
    """Whether a noun that is no speaker of its own carries a name right behind it: "selon le gendarme du réseau Netwatch"."""
    last = noun_phrase(view, head)[1]
    t = view.tokens[last]
    return (
        last > head
        and view.tokens[head].feats.get("Number") != "Plur"
        and t.pos == "PROPN"
        and t.text[:1].isupper()
        and view.tokens[last - 1].pos in ("NOUN", "ADJ")
    )


def _personal(view: View, head: int) -> bool:
    t = view.tokens[head]
    return t.pos == "PRON" and (
        "clitic" in view.cls[head] or "subject" in view.cls[head] or t.feats.get("PronType") == "Prs" or "inverted" in view.cls[head]
    )


def _bare_end(view: View, source: int, head: int, last: int) -> int:
    """The end of "source proche du dossier": adjectives and one prepositional phrase."""
    j = source
    while j + 1 <= last:
        t = view.tokens[j + 1]
        if t.pos == "ADJ" or (
            view.below(j + 1, source) and not view.is_punct(j + 1) and not view.finite(j + 1) and t.pos != "CCONJ" and j - source < 8
        ):
            j += 1
            continue
        break
    return j


def _over_participle(view: View, stop: int, last: int) -> int:
    """Passes over "(WCK)" and "cité par l'agence", which belong to the phrase."""
    k = stop + 1
    if k <= last and view.tokens[k].feats.get("VerbForm") == "Part" and view.tokens[k].head in range(stop - 12, stop + 1):
        j = k
        while j + 1 <= last and not view.is_punct(j + 1) and view.below(j + 1, k):
            j += 1
        return j
    return stop


def _relative(
    view: View, phrase: Phrase, first: int, last: int, head: int, cues: Mapping[int, Cue], groups: Mapping[int, Cue]
) -> Draft | None:
    """As in "…, selon lequel …": the content follows, the source is the antecedent."""
    _, sent_last = view.sentence_range(first)
    k = head + 1
    if k > sent_last:
        return None
    end = extent(view, first, k, cues, "resumed", groups)
    j = first - 1
    sent_first, _ = view.sentence_range(first)
    while j >= sent_first and (view.is_punct(j) or view.tokens[j].pos == "ADJ"):
        j -= 1
    if j >= sent_first and view.tokens[j].lemma.lower() in view.lexis.nouns and view.tokens[first - 1].text != ",":
        return None
    return Draft(first, (first, last), (head, head), view.tokens[k].start, view.tokens[end].end, phrase.stance, "attribution", "relative")


def _counts_for(view: View, first: int, head: int, kind: str) -> bool:
    """Whether a bare count between signs stands before the phrase and one definite speaker in it: ": 14 morts pour la police, vingt pour …"."""
    k = first - 1
    while view.tokens[k].sent == view.tokens[first].sent and k > 0 and view.tokens[k].text not in (",", ":", ";"):
        if view.is_verb(k):
            return False
        k -= 1
    definite = any(c.feats.get("Definite") == "Def" for c in view.children(head) if c.i < head)
    return (
        kind in ("person", "body")
        and definite
        and view.tokens[k].text in (",", ":", ";")
        and first - k < 7
        and "of" not in view.cls[k + 1]
        and view.numbered(k + 1, first - 1)
    )


def _opens(view: View, first: int, head: int, kind: str, sent_first: int, sent_last: int) -> bool:
    """Whether a phrase that often means something else opens its sentence with one speaker and a comma, before a clause ("Pour Moscou, …")."""
    if first != sent_first or kind not in ("name", "person", "body") or view.tokens[head].feats.get("Number") == "Plur":
        return False
    k = noun_phrase(view, head, first + 1)[1] + 1
    quoted = any(view.quote_starting(view.tokens[j].start) for j in range(k, sent_last + 1))
    if kind == "body" and not quoted and not (k < sent_last and view.is_(k + 1, "cleft", "subject") and view.tokens[k + 1].pos == "PRON"):
        return False
    return k < sent_last and view.tokens[k].text == "," and any(view.finite(j) for j in range(k + 1, min(sent_last, k + 8) + 1))


def _clause_lead(view: View, lead: int, first: int) -> int:
    """The beginning of the inner clause that a phrase right behind a relative pronoun, complementizer or conjunction belongs to, or that it
    closes without a comma ("…, où deux hommes ont péri selon la police")."""
    k = first - 1
    if k > lead and view.tokens[k].text == ",":
        k -= 1
    if (k > lead and view.is_(k, "relative", "relative-other", "that", "but")) or (k > lead and view.tokens[k].pos == "CCONJ"):
        return first
    if view.is_punct(first - 1):
        return parting(view, lead, first)
    k = first - 1
    while k > lead and view.tokens[k].text != ",":
        if view.is_(k, "relative", "relative-other"):
            if any(view.finite(j) for j in range(k + 1, first)):
                return k + 1
            return k if "of" in view.cls[k] and view.numbered(k + 1, first - 1) else lead
        k -= 1
    return lead


def _chunk(view: View, lead: int, first: int) -> int:
    """The beginning of the last chunk when the phrase hangs on it without a comma ("…, sans un tir selon la police")."""
    if first - 1 <= lead or view.is_punct(first - 1):
        return lead
    k = first - 1
    while k > lead and view.tokens[k].text != ",":
        if view.finite(k) or view.quote_at(view.tokens[k].start) is not None:
            return lead
        k -= 1
    if k > lead and view.is_(k + 1, "then") and view.numbered(k + 2, first - 1):
        return k + 2
    if k <= lead or view.is_(k + 1, "relative-other", "relative", "and") or (first - k < 3 and not view.numbered(k + 1, first - 1)):
        return lead
    return k + 1


def _antecedent(view: View, phrase: Phrase, first: int, last: int, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Draft | None:
    """As in "…, le ministre, pour qui …": the content follows, the source is the noun phrase before the comma."""
    sent_first, sent_last = view.sentence_range(first)
    if first - 2 < sent_first or view.tokens[first - 1].text != "," or last + 1 > sent_last:
        return None
    k = first - 2
    while k > sent_first and view.tokens[k].pos in ("ADJ", "PROPN", "NUM") and view.tokens[k].head < k and not speaks(view, k):
        k -= 1
    j = k
    steps = 0
    while (
        steps < 6
        and view.tokens[j].head < j
        and view.tokens[j].rel in ("nmod", "appos", "flat", "amod")
        and view.tokens[j].head >= sent_first
    ):
        j = view.tokens[j].head
        steps += 1
    head = j if speaks(view, j) else k
    if not speaks(view, head):
        return None
    end = extent(view, first, last + 1, cues, "resumed", groups)
    return Draft(
        first,
        (first, last),
        noun_phrase(view, head),
        view.tokens[last + 1].start,
        view.tokens[end].end,
        phrase.stance,
        "attribution",
        "relative",
    )


def _inner_lead(view: View, lead: int, first: int) -> int:
    """The beginning of the attributed clause behind an earlier cue or a coordination at the same level."""
    k = first - 1
    while k > lead:
        t = view.tokens[k]
        if t.text == "(" and view.quote_at(t.start) is None:
            closed = any(view.tokens[j].text == ")" for j in range(k, first))
            if not closed:
                return k + 1
        k -= 1
    return lead


def _tail(view: View, first: int, stop: int, sent_last: int, end: int, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> int:
    """The end of the content when the clause goes on behind the phrase (", selon X, trois jours après …")."""
    k = stop + 1
    lead = segment_start(view, first, colon=True)
    if k > sent_last or view.tokens[lead].pos == "SCONJ":
        return end  # "Si dix maisons ont brûlé, selon la mairie, personne n'est mort": the main clause is told by others
    if view.tokens[k].text == ",":
        k += 1
    elif view.tokens[first - 1].pos != "VERB" or not (view.tokens[k].pos == "DET" or view.numbered(k, k)):
        return end  # "a fait selon un premier bilan dix morts": the phrase parts a verb from its object
    if k > sent_last:
        return end
    if view.is_(k, "relative", "meanwhile", "while", "without", "but") or view.is_punct(k):
        return end
    near = min((j for j in view.phrase_starts if k <= j <= k + 7), default=None)
    if near is not None and not any(view.finite(j) for j in range(k, near)):
        return end
    if view.is_(k, "and") and (k + 1 in cues or _new_subject(view, k + 1, sent_last)):
        return end
    if k in cues and (cues[k].group.inverted is not None or cues[k].group.form == "ger"):
        return end
    t = view.tokens[k]
    if t.pos in ("VERB", "AUX") and (t.feats.get("VerbForm") == "Part" and t.feats.get("Tense") == "Pres"):
        return end
    described = t.pos == "NOUN" or (t.pos == "DET" and t.feats.get("Definite") != "Ind")
    if described and not any(view.finite(j) for j in range(k, sent_last + 1)):
        # A description of the source behind it: ", d'après Sarno, le gérant du port".
        named = next((j for j in range(k, min(k + 4, sent_last) + 1) if view.tokens[j].pos == "NOUN"), None)
        if named is not None and speaks(view, named) in ("person", "body"):
            return end
    if (
        t.pos in ("DET", "PROPN", "NOUN")
        and any(view.below(k, x) for x in range(max(first + 1, stop - 12), stop + 1))
        and not any(view.finite(j) for j in range(k, sent_last + 1))
    ):
        return end
    last = extent(view, first, k, cues, "resumed", groups)
    return view.tokens[last].end


def _new_subject(view: View, k: int, last: int) -> bool:
    """Whether a new main clause begins at `k`."""
    for j in range(k, min(last, k + 14) + 1):
        if view.finite(j):
            return any(view.tokens[x].rel == "nsubj" or view.is_(x, "subject") for x in range(k, j))
    return False
