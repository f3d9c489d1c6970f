"""Cues before what they report: clauses, infinitives, objects, colons. May import: `view`, `cues`, `extent`, `sources`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from selon.extract.statements.apart import inside_relative
from selon.extract.statements.bare import bare_clause, gerund_start, headless_clause
from selon.extract.statements.cues import Cue
from selon.extract.statements.objects import Complement, make, nominal, restrictive
from selon.extract.statements.view import STOPS, View


def complement(view: View, cue: Cue, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Complement | None:
    """The complement that the cue's frames allow, the most telling construction first."""
    g = cue.group
    _, sent_last = view.sentence_range(g.verb)
    frames = cue.verb.frames
    k = g.last + 1
    while k <= sent_last and view.is_punct(k) and view.tokens[k].text == ",":
        k += 1
    colon = _colon(view, g.last + 1, sent_last)
    that = _that(view, cue, g.last + 1, sent_last) if ("that" in frames or "si" in frames) else None
    inf = infinitive_start(view, cue, g.last + 1, sent_last) if "inf" in frames or "objinf" in frames else None
    if colon is not None and "quote" in frames and (that is None or that > colon) and (inf is None or inf > colon):
        quoted = view.quote_starting(view.tokens[colon].end) is not None
        # "dresse un bilan provisoire : douze morts": a phrase that says something is complete, with a word or two about its noun.
        phrase = (
            bool(cue.verb.rest)
            and (frames["quote"] != "comments" or "bare-clauses" not in view.lexis.traits)
            and colon - g.last - 1 <= len(cue.verb.rest) + 3
        )
        between = range(g.last + 1, colon)
        tale = len(between) <= 4 and any("tale" in view.lexis.classes(view.tokens[j].lemma.lower()) for j in between)
        if not quoted and not phrase and not tale and (colon != g.last + 1 or "that" not in frames):
            colon = None
    if colon is not None and "quote" in frames and (that is None or that > colon) and (inf is None or inf > colon):
        found = _after_colon(view, cue, colon, sent_last)
        if found is not None:
            return found
    if that is not None and "obj" in frames and (_object_before(view, cue, that) or _noun_of_saying(view, cue, that)):
        that = None
    if that is not None and (inf is None or that < inf or "inf" not in frames):
        stance = frames.get("that") if "that" in view.cls[that] else frames.get("si")
        if "for" in view.cls[that - 1]:
            stance = next((v for f, v in frames.items() if f.startswith("obl-") and "for" in view.lexis.classes(f[4:])), stance)
        if stance is not None:
            return make(view, cue, "that", stance, that, cues, groups)
    if that is None and "that" in frames:
        bare = bare_clause(view, cue, g.last + 1, sent_last)
        if bare is None and headless_clause(view, cue, sent_last):
            bare = g.last + 1
        if bare is not None and (inf is None or bare < inf):
            found = make(view, cue, "that", frames["that"], bare, cues, groups)
            if bare == g.last + 1 and inside_relative(view, g) is not None:
                # ", which the army says hit a depot, …": the clause ends with its relative.
                last = next((j for j in range(bare + 1, found.last) if view.tokens[j].text == ","), found.last + 1) - 1
                found = replace(found, last=last, end=view.tokens[last].end)
            return found
    if "ger" in frames:
        gerund = gerund_start(view, cue, g.last + 1, sent_last)
        if gerund is not None:
            return make(view, cue, "ger", frames["ger"], gerund, cues, groups)
    if inf is not None and "inf" in frames and _free(view, g.last + 1, inf, cue):
        start = inf
        lead = _left_complement(view, cue, g.last + 1, inf)
        if lead is not None and "objinf" in frames:
            return make(view, cue, "objinf", frames["objinf"], lead, cues, groups)
        if lead is None and frames.get("obj") == "accuses" and any(view.tokens[j].pos in ("DET", "PROPN") for j in range(g.last + 1, inf)):
            return nominal(view, cue, cues, groups)
        return make(view, cue, "inf", frames["inf"], lead if lead is not None else start, cues, groups)
    if inf is not None and "objinf" in frames:
        lead = _left_complement(view, cue, g.last + 1, inf)
        return make(view, cue, "objinf", frames["objinf"], lead if lead is not None else inf, cues, groups)
    if "as" in cue.verb.flags:
        for j in range(g.last + 1, min(sent_last, g.last + 14) + 1):
            if "as" in view.cls[j]:
                lead = _left_complement(view, cue, g.last + 1, j)
                return make(view, cue, "as", cue.verb.flags["as"], lead if lead is not None else j, cues, groups)
            if view.finite(j) or view.tokens[j].text in (":", ";"):
                break
    if "adj" in frames:
        j = g.last + 1
        if j <= sent_last and (
            view.tokens[j].pos in ("ADJ", "ADV", "VERB", "NOUN", "DET", "ADP") or view.quote_starting(view.tokens[j].start)
        ):
            return make(view, cue, "adj", frames["adj"], j, cues, groups)
    return nominal(view, cue, cues, groups)


def _colon(view: View, k: int, last: int) -> int | None:
    """A colon behind the cue with nothing finite before it."""
    while k <= last:
        x = view.tokens[k].text
        if x == ":":
            return k
        if x in STOPS or x in (";",) or view.finite(k) or view.is_(k, "that", "relative"):
            return None
        k += 1
    return None


def _object_before(view: View, cue: Cue, limit: int) -> bool:
    """Whether a noun that is the cue's object stands before token `limit` ("récuse l'idée que")."""
    return any(
        c.rel == "obj" and c.pos == "NOUN" and cue.group.last < c.i < limit and "time" not in view.cls[c.i] for c in view.children(cue.at)
    )


def _noun_of_saying(view: View, cue: Cue, that: int) -> bool:
    """Whether a cue noun stands between the cue and the complementizer ("denied reports that"), where nouns are not parted from it."""
    k = that - 1
    if "bare-clauses" not in view.lexis.traits or k <= cue.group.last or view.tokens[k].lemma.lower() not in view.lexis.nouns:
        return False
    return not any(view.tokens[j].pos == "ADP" for j in range(max(cue.group.last + 1, k - 3), k))


def _after_colon(view: View, cue: Cue, colon: int, sent_last: int) -> Complement | None:
    position = view.tokens[colon].end
    passage = view.passage(position)
    quote = view.quote_starting(position)
    stance = cue.verb.frames["quote"]
    if quote is not None and quote.start < passage.end + 3:
        # Further quotations right behind it, without a word between them, go on with it.
        final = quote
        for q in view.outer_from(final.end):
            if q.start >= passage.end or view.text[final.end : q.start].strip(" \n\u00a0.,"):
                break
            final = q
        end = final.last
        k = view.first_from(quote.first)
        j = max(k, view.first_from(end) - 1)
        return Complement("colon", stance, k, j, quote.first, end, True)
    if colon < sent_last:
        first = colon + 1
        last = sent_last
        while last > first and view.is_punct(last) and view.tokens[last].text not in (")", "»", "”", '"'):
            last -= 1
        return Complement("colon", stance, first, last, view.tokens[first].start, view.tokens[last].end)
    return None


def _that(view: View, cue: Cue, k: int, last: int) -> int | None:
    """The complementizer of the cue's clause."""
    if cue.verb.reflexive and cue.verb.frames.get("that") == "hearsay":
        return k if k <= last and "that" in view.cls[k] else None  # "il se dit que"
    for child in view.children(cue.at):
        if child.rel in ("ccomp", "advcl", "xcomp") and child.i > cue.at:
            for m in view.children(child.i):
                if m.i > cue.group.last and view.is_(m.i, "that") and m.i < child.i and _plain_gap(view, k, m.i, 25):
                    return m.i
    j = k
    while j <= last and j - k < 14:
        c = view.cls[j]
        if "that" in c and "taking-up" in c and (j == last or view.is_punct(j + 1)):
            return None  # "rejects that."
        if "that" in c and view.tokens[j].pos in ("SCONJ", "PRON", "ADV") and not restrictive(view, cue, j):
            return j
        if "whether" in c and view.tokens[j].pos == "SCONJ" and "si" in cue.verb.frames:
            return j
        if view.finite(j) or view.tokens[j].text in (":", ";") or view.is_(j, "relative", "meanwhile") or _is_infinitive(view, j):
            return None
        j += 1
    return None


def _plain_gap(view: View, k: int, end: int, most: int) -> bool:
    return end - k <= most and not any(view.tokens[j].text in (":", ";") for j in range(k, end))


def infinitive_start(view: View, cue: Cue, k: int, last: int) -> int | None:
    """The first token of the cue's infinitive phrase, with its preposition, negation and clitics."""
    best: int | None = None
    for child in view.children(cue.at):
        if child.i > cue.group.last and child.rel in ("xcomp", "ccomp", "obl", "advcl", "obj", "iobj") and _is_infinitive(view, child.i):
            best = child.i
            break
    wanted = "inf" in cue.verb.frames or ("objinf" in cue.verb.frames and cue.group.passive)
    if best is None and wanted and _like_infinitive(view, k, last):
        best = k + 1
    if best is None:
        j = k
        while j <= last and j - k < 16:
            if _is_infinitive(view, j):
                best = j
                break
            if view.finite(j) or view.tokens[j].text in (":", ";", "(") or view.is_(j, "relative", "that", "meanwhile", "while", "without"):
                break
            j += 1
    if best is None:
        return None
    j = best
    while j > k:
        c = view.cls[j - 1]
        t = view.tokens[j - 1]
        if view.quote_starting(t.start) is not None and j - 2 >= k and view.is_(j - 2, "of", "to"):
            return j - 2
        if view.quote_starting(t.start) is not None and j - 2 >= k and view.tokens[j - 2].pos == "AUX":
            j -= 1
            continue
        if (
            t.pos == "AUX"
            or "clitic" in c
            or "negation" in c
            or "ne" in c
            or (t.pos == "ADV" and j - 2 >= k and (view.is_(j - 2, "ne", "negation") or view.is_(j - 2, "of", "to")))
        ):
            j -= 1
        elif ("of" in c or "to" in c) and j - 2 >= k and "before" in view.cls[j - 2]:
            return None
        elif "of" in c or "to" in c:
            return j - 1
        elif "for" in c:
            return None
        elif any("ne" in view.cls[x] for x in range(max(k, j - 4), j - 1)) and t.pos in ("PRON", "ADV", "DET"):
            j -= 1
        else:
            break
    return j


def _like_infinitive(view: View, k: int, last: int) -> bool:
    """Whether "to" and a bare word follow right behind a cue that takes an infinitive ("vowed to march on"), in languages that mark it so."""
    if "bare-clauses" not in view.lexis.traits or k + 1 > last or "to" not in view.cls[k]:
        return False
    t = view.tokens[k + 1]
    return t.text.islower() and t.pos in ("NOUN", "PROPN", "VERB") and not t.text.endswith("s")


def _is_infinitive(view: View, j: int) -> bool:
    t = view.tokens[j]
    if t.feats.get("VerbForm") == "Inf":
        modal = "bare-clauses" in view.lexis.traits and any(c.rel == "aux" and c.i < j and view.finite(c.i) for c in view.children(j))
        return not modal
    return t.pos == "VERB" and any(c.pos == "AUX" and c.feats.get("VerbForm") == "Inf" and c.i < j for c in view.children(j))


def _free(view: View, k: int, inf: int, cue: Cue) -> bool:
    """Whether only adverbs, times, persons and channels stand between a cue and its infinitive."""
    return not any(view.finite(j) or view.tokens[j].text in (";", ":") for j in range(k, inf))


def _bare_person(view: View, j: int) -> bool:
    """A person without an article before an infinitive, where that is how people are told to do something ("urged member states to …")."""
    return "bare-clauses" in view.lexis.traits and view.tokens[j].pos in ("NOUN", "ADJ", "NUM", "PRON")


def _left_complement(view: View, cue: Cue, k: int, inf: int) -> int | None:
    """The first token of a person or object that stands between the cue and its infinitive ("aux habitants de partir")."""
    j = k
    while j < inf:
        t = view.tokens[j]
        if view.is_punct(j):
            if view.quote_starting(t.start) is not None:
                j += 1
                continue
            return None
        if t.pos == "ADV" or "time" in view.cls[j]:
            j += 1
            continue
        if t.pos == "ADP" and view.is_(j, "on", "in") and not view.is_(j, "to", "of"):
            j += 1
            while (j < inf and view.tokens[j].pos in ("NOUN", "PROPN", "X")) or (
                j < inf and view.tokens[j].pos == "DET" and view.tokens[j - 1].pos == "ADP"
            ):
                j += 1
            continue
        if (
            t.rel in ("obj", "iobj")
            or t.deprel in ("obl:arg",)
            or t.pos in ("DET", "PROPN")
            or view.is_(j, "to")
            or t.rel == "nsubj"
            or _bare_person(view, j)
        ):
            return j
        return None
    return None
