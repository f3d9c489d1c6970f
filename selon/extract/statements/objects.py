"""The object of a cue and how far it reaches: noun phrases, complements with a preposition, quantities. May import: `view`, `cues`, `extent`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selon.extract.statements.cues import Cue
from selon.extract.statements.extent import extent
from selon.extract.statements.speakers import speaks
from selon.extract.statements.view import STOPS, View

_OBLIQUE = "obl-"


@dataclass(frozen=True, slots=True)
class Complement:
    """What a cue governs: the construction, the first and last token, and offsets when a quotation bounds it."""

    frame: str
    stance: str
    first: int
    last: int
    start: int
    end: int
    quoted: bool = False


def make(view: View, cue: Cue, frame: str, stance: str, first: int, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Complement:
    """The complement of a construction that begins at token `first`."""
    last = extent(view, cue.at, first, cues, frame, groups)
    if frame in ("obj", "adj") or frame.startswith(_OBLIQUE):
        last = _tight(view, cue, first, last)
    start, end = view.tokens[first].start, view.tokens[last].end
    quote = view.quote_at(start)
    if quote is not None and quote.start >= start - 2 and quote.end >= end and not quote.open:
        end = min(quote.end, view.passage(start).end)
    return Complement(frame, stance, first, last, start, end)


def _tight(view: View, cue: Cue, first: int, last: int) -> int:
    """Cuts an object at a comma behind which nothing of it stands any more."""
    last = _untimed(view, cue, first, last)
    if _series(view, first, last):
        return last
    for k in range(first + 1, last):
        if view.tokens[k].pos == "ADP" and view.is_(min(k + 1, last), "aside"):
            last = k - 1
            break
    heads = [c.i for c in view.children(cue.at) if first <= c.i <= last and c.rel in ("obj", "obl", "iobj", "xcomp", "ccomp", "nmod")]
    for k in range(first + 1, last):
        if view.tokens[k].text == "," and view.quote_at(view.tokens[k].start) is None:
            rest = k + 1
            if view.is_(rest, "relative", "relative-other"):
                continue
            if (
                view.numbered(rest, min(rest + 2, last))
                and view.numbered(first, k)
                and not any(view.finite(j) for j in range(rest, last + 1))
            ):
                continue
            if (
                view.tokens[rest].pos == "ADP"
                and not view.numbered(rest, min(rest + 3, last))
                and any(view.is_(j, "relative", "relative-other") for j in range(rest + 1, min(rest + 4, last) + 1))
            ):
                return k - 1
            if view.tokens[rest].pos == "NOUN" and not any(
                view.is_verb(j) or view.tokens[j].text == "," or view.is_(j, "and") for j in range(rest, last + 1)
            ):
                return k - 1
            if "of" in view.cls[rest] and view.tokens[min(rest + 1, last)].feats.get("VerbForm") == "Inf":
                continue
            resumed = next((j for j in range(rest + 1, min(last, rest + 12) + 1) if view.tokens[j].text == ","), None)
            if (
                resumed is not None
                and resumed < last
                and "of" in view.cls[resumed + 1]
                and not any(view.finite(j) for j in range(rest, resumed))
            ):
                continue
            tail = view.tokens[rest]
            listed = any(view.is_(j, "and") and view.tokens[j].pos == "CCONJ" for j in range(rest, last + 1))
            if tail.pos == "DET" and not listed and not view.numbered(rest, rest):
                return k - 1
            if tail.feats.get("VerbForm") == "Part" and tail.pos == "VERB" and tail.feats.get("Tense") != "Pres":
                return k - 1
            if not any(view.below(rest, h) for h in heads) and view.tokens[rest].pos not in ("CCONJ",):
                t = view.tokens[rest]
                if t.pos in ("ADP", "DET", "ADV", "SCONJ", "NOUN", "PROPN", "VERB", "AUX", "PRON"):
                    return k - 1
    return last


def _series(view: View, first: int, last: int) -> bool:
    """Whether an object is a list without a conjunction: "le bruit, la fumée, les cris"; each member with its article, none with a verb."""
    commas = [j for j in range(first, last) if view.tokens[j].text == ","]
    if len(commas) < 2 or view.tokens[first].pos != "DET" or any(view.finite(j) for j in range(first, last + 1)):
        return False
    named = any(speaks(view, j) in ("person", "body") for j in range(commas[0], last + 1) if view.tokens[j].pos in ("NOUN", "PROPN"))
    return not named and all(view.tokens[j + 1].pos == "DET" for j in commas)


def _untimed(view: View, cue: Cue, first: int, last: int) -> int:
    """Cuts the time and the channel of saying off the end of an object ("a évoqué une pause mardi à la télévision")."""
    for k in range(first + 1, last + 1):
        t = view.tokens[k]
        if view.quote_at(t.start) is not None:
            continue
        timed = "weekday" in view.cls[k] and "of" not in view.cls[k - 1] and not view.is_(k - 1, "article", "to", "by")
        if timed and k < last and "of" in view.cls[k + 1]:
            continue
        if timed and k + 2 <= last and view.tokens[k + 1].text == "," and "of" in view.cls[k + 2]:
            continue  # "l'arrivée, ce jeudi, d'une colonne blindée"
        if "since" in view.cls[k] or timed:
            head = t.head if "since" in view.cls[k] else k
            up = view.tokens[head].head
            verbal = any(view.is_verb(j) for j in range(first, k))
            if up == cue.at or not verbal or (timed and view.tokens[k].deprel == "obl:mod" and up <= cue.at):
                j = k - 1
                while j > first and (view.is_punct(j) or view.is_(j, "in", "article", "on", "since")):
                    j -= 1
                return j
    return last


def nominal(view: View, cue: Cue, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Complement | None:
    """A direct object or a complement with one of the prepositions that the cue's frames name."""
    g = cue.group
    frames = cue.verb.frames
    _, sent_last = view.sentence_range(g.verb)
    named = cue.verb.flags.get("objects") == "quoted"
    if named and not any(view.quote_starting(view.tokens[j].start) for j in range(g.last + 1, min(sent_last, g.last + 8) + 1)):
        frames = {f: s for f, s in frames.items() if f != "obj"}
    wanted = {f[len(_OBLIQUE) :]: f for f in frames if f.startswith(_OBLIQUE)}
    k = g.last + 1
    steps = 0
    passed: int | None = None
    while k <= sent_last and steps < 14:
        t, c = view.tokens[k], view.cls[k]
        called = "names" in cue.verb.flags and t.pos == "PRON" and "relative" not in c and k < sent_last
        if called and "time" not in view.cls[k + 1] and view.tokens[k + 1].pos in ("DET", "NOUN", "ADJ"):
            return make(view, cue, "obj", frames["obj"], k, cues, groups)  # "branded it treason"
        if "object-clitic" in c:
            return None
        if view.quote_starting(t.start) is not None and ("obj" in frames or "quote" in frames):
            frame = "obj" if "obj" in frames else "quote"
            behind = _behind_quoted_adverbial(view, k, sent_last) if frame == "obj" else None
            if behind is not None:
                k = behind
                steps += 1
                continue
            if frame == "quote":
                q = view.quote_starting(t.start)
                assert q is not None
                if len(view.text[q.first : q.last].split()) < 3:
                    return None
                return Complement("quote", frames["quote"], k, view.first_from(q.end) - 1, q.first, q.last, True)
            return make(view, cue, "obj", frames["obj"], k, cues, groups)
        if t.text == ",":
            # An inserted phrase between commas may part a cue from its object.
            j = k + 1
            while j <= sent_last and view.tokens[j].text != "," and j - k < 12:
                if view.finite(j) and "as" not in view.cls[k + 1]:
                    return None
                j += 1
            if j > sent_last or view.tokens[j].text != ",":
                return None
            k = j + 1
            continue
        if "that" in c and restrictive(view, cue, k):
            k += 1
            continue
        if ("obj" in frames or wanted) and "weak-negation" in c and _quantity(view, k, sent_last):
            if "obj" in frames:
                return make(view, cue, "obj", frames["obj"], k, cues, groups)
            return None
        owned = k + 1 <= sent_last and view.tokens[k + 1].pos == "PART" and "time" in c
        if owned and "obj" in frames:
            return make(view, cue, "obj", frames["obj"], k, cues, groups)  # "condemned Thursday's raid"
        if "time" in c or "negation" in c or "negation-late" in c:
            k += 1
            continue
        marked = view.quote_at(view.tokens[g.verb].start)
        if (
            view.is_punct(k)
            and marked is not None
            and marked.end == t.end
            and (k == g.last + 1 + steps or view.first_from(marked.first) >= g.first - 2)
        ):
            k += 1  # the cue itself is quoted: « condamne » l'attaque
            steps += 1
            continue
        if view.is_punct(k) or view.finite(k) or (view.is_(k, "relative", "that", "and") and t.pos != "DET"):
            return None
        prep = _preposition(view, k, wanted)
        if prep is not None and k + 2 <= sent_last and view.tokens[k + 1].pos == "NUM" and view.is_(k + 2, "duration"):
            prep = None  # "m'a appelée à 4 h"
        noun = _head_of_phrase(view, k, sent_last) if prep is not None else None
        if prep is not None and noun is not None and not ("time" in view.cls[noun] and noun - k <= 1):
            start = passed if passed is not None and "objinf" in frames else k
            return make(view, cue, wanted[prep], frames[wanted[prep]], start, cues, groups)
        ranged = (
            t.pos == "ADP"
            and k + 1 <= sent_last
            and view.numbered(k + 1, min(sent_last, k + 2) if "bare-clauses" in view.lexis.traits else k + 1)
            and view.low[k] not in wanted
        )
        if ranged and ("number" in cue.verb.flags or "bare-clauses" in view.lexis.traits) and "obj" in frames:
            return make(view, cue, "obj", frames["obj"], k, cues, groups)
        partitive = (
            "of" in c
            and "obj" in frames
            and ("article" in c or (k + 1 <= sent_last and "article" in view.cls[k + 1] and "document" in cue.verb.flags))
        )
        if t.pos == "ADP" and partitive and view.low[k] not in wanted:
            return make(view, cue, "obj", frames["obj"], k, cues, groups)
        if t.pos == "ADP":
            behind = _after_phrase(view, k, sent_last, wanted)
            adverb = behind - k == 2 and view.tokens[k + 1].pos == "ADV"
            if "obj" in frames and behind <= sent_last and adverb and view.numbered(behind, behind) and view.tokens[behind].pos == "NUM":
                return make(view, cue, "obj", frames["obj"], k, cues, groups)
            k = behind
            steps += 1
            continue
        if t.pos in ("ADV",) and not view.is_(k, "negation"):
            praised = k + 1 <= sent_last and view.tokens[k + 1].pos in ("ADJ",)
            if "obj" in frames and (praised or _quantity(view, k, sent_last)):
                return make(view, cue, "obj", frames["obj"], k, cues, groups)
            k += 1
            steps += 1
            continue
        if t.pos in ("DET", "NOUN", "PROPN", "NUM", "ADJ", "PRON", "SYM", "VERB"):
            head = _head_of_phrase(view, k, sent_last)
            if head is not None and view.tokens[head].rel == "obl" and view.tokens[head].pos == "NOUN" and t.pos not in ("DET", "NUM"):
                k = head + 1
                steps += 1
                continue
            if "obj" in frames and (t.pos == "DET" or "clitic" not in c):
                if wanted and head is not None and _time_phrase(view, k, head):
                    k = head + 1
                    continue
                if head is not None and _time_phrase(view, k, head):
                    k = head + 1
                    steps += 1
                    continue
                return make(view, cue, "obj", frames["obj"], k, cues, groups)
            if head is not None:
                passed = k if passed is None else passed
                k = head + 1
                steps += 1
                continue
        return None
    return None


def _behind_quoted_adverbial(view: View, k: int, last: int) -> int | None:
    """The object behind a quotation that only says how: "a rejeté « avec force » les accusations"."""
    quote = view.quote_starting(view.tokens[k].start)
    if quote is None or quote.open:
        return None
    first, behind = view.first_from(quote.first), view.first_from(quote.end)
    how = view.tokens[first].pos == "ADP" and not view.is_(first, "of", "to")
    return behind if how and behind <= last and view.tokens[behind].pos == "DET" else None


def _quantity(view: View, k: int, last: int) -> bool:
    return any(view.tokens[j].pos == "NUM" for j in range(k, min(last, k + 3) + 1))


def _preposition(view: View, k: int, wanted: Mapping[str, str]) -> str | None:
    if not wanted:
        return None
    t = view.tokens[k]
    for form in (view.low[k], t.lemma.lower()):
        if form in wanted:
            return form
    c = view.cls[k]
    if t.pos in ("ADP", "DET"):
        for p in wanted:
            if ("of" in c and "of" in view.lexis.classes(p)) or ("to" in c and "to" in view.lexis.classes(p)):
                return p
    return None


def _head_of_phrase(view: View, k: int, last: int) -> int | None:
    """The noun that ends the core of the phrase beginning at `k`."""
    j = k
    adjective: int | None = None
    while j <= last and j - k < 9:
        t = view.tokens[j]
        if t.pos in ("NOUN", "PROPN") or (
            t.pos in ("PRON", "NUM") and j > k - 1 and not (j + 1 <= last and view.tokens[j + 1].pos in ("NOUN", "NUM", "ADJ", "PROPN"))
        ):
            return j
        if t.pos in ("DET", "ADJ", "NUM", "ADV", "ADP", "SYM", "PRON", "X", "VERB") or (
            view.is_punct(j) and t.text not in STOPS and t.text not in (",", ";", ":")
        ):
            if t.pos == "ADJ" and j > k:
                adjective = j
            j += 1
            continue
        break
    return adjective


def _after_phrase(view: View, k: int, last: int, wanted: Mapping[str, str]) -> int:
    """The token behind a prepositional phrase that is no complement: behind its noun and what hangs on it."""
    fixed = [c.i for c in view.children(k) if c.rel == "fixed"]
    if fixed:
        return max(fixed) + 1
    head = view.tokens[k].head if k < view.tokens[k].head <= last and view.tokens[k].rel == "case" else _head_of_phrase(view, k, last)
    if head is None:
        return k + 1
    j = head + 1
    while j <= last and view.below(j, head) and not view.is_punct(j) and view.tokens[j].pos not in ("NUM", "DET"):
        if wanted and _preposition(view, j, wanted) is not None and not ("bare-clauses" in view.lexis.traits and "of" in view.cls[j]):
            break
        j += 1
    return j


def _time_phrase(view: View, k: int, head: int) -> bool:
    """A bare time such as "mardi soir", "la veille": a noun that the parse hangs on a verb as a modifier."""
    if any(view.is_(j, "time", "duration") for j in range(k, head + 1)):
        return head + 1 >= len(view.tokens) or "of" not in view.cls[head + 1]
    if view.tokens[k].pos == "DET":
        return False
    t = view.tokens[head]
    return t.deprel in ("obl:mod", "advmod", "nmod:tmod") and view.tokens[k].pos != "NUM"


def restrictive(view: View, cue: Cue, j: int) -> bool:
    """Whether the word only restricts the negation of the cue ("n'évoquait que deux blessés"), so that no clause follows."""
    _, last = view.sentence_range(j)
    if any(view.is_(x, "ne") for x in range(cue.group.first, cue.at)) and not cue.group.negated:
        return not any(view.finite(x) for x in range(j + 1, min(last, j + 6) + 1))
    return False
