"""How far a content reaches: the beginning of a segment to the left, the end of a complement to the right. May import: `view`, `cues`,
`borders`."""

from __future__ import annotations

from collections.abc import Mapping

from selon.extract.statements.borders import quoted_whole, shut, verdict_follows
from selon.extract.statements.cues import Cue
from selon.extract.statements.view import DASHES, View


def segment_start(view: View, position: int, colon: bool = False, labels: bool = False) -> int:
    """Token index where the segment that ends before token `position` begins: its sentence, or what follows a semicolon (or colon).

    Datelines, bullets and marks at the beginning of a passage are passed over.
    """
    first, _ = view.sentence_range(position)
    k = position - 1
    start = first
    while k >= first:
        x = view.tokens[k].text
        q = view.quote_at(view.tokens[k].start)
        if q is None and _paren_depth_ok(view, k, position):
            if x == ";" or (x == ":" and not labels and k + 1 < position and (colon or not any(view.finite(j) for j in range(first, k)))):
                start = k + 1
                break
            if x in "—–" and len(x) == 1 and k > first and not any(view.tokens[j].text == x for j in range(first, k)):
                start = k + 1
                break
        k -= 1
    return skip_lead(view, start, position)


def _paren_depth_ok(view: View, k: int, position: int) -> bool:
    depth = 0
    for j in range(k, position):
        x = view.tokens[j].text
        depth += x in "([" and len(x) == 1
        depth -= x in ")]" and len(x) == 1
    return depth == 0


def skip_lead(view: View, start: int, limit: int) -> int:
    """The first token of real text: behind bullets, dashes, a dateline ("Genève, 3 mai - ") or a label."""
    k = start
    while k < limit and view.is_punct(k) and view.tokens[k].text not in ("(", "[") and view.quote_starting(view.tokens[k].start) is None:
        k += 1
    # A dateline: few tokens, a capital first, then a spaced dash, without a finite verb.
    if k >= limit:
        return k
    p = view.passage(view.tokens[k].start)
    if view.first_from(p.start) >= start - 1:
        j = k
        while j < min(limit, k + 14):
            t = view.tokens[j]
            if t.text in DASHES or t.text in ("--", "—", "///"):
                before = view.text[t.start - 1 : t.start]
                after = view.text[t.end : t.end + 1]
                parting = (before.isspace() and after.isspace()) or before in ".)" or t.text in "—–"
                if parting and not any(view.finite(x) for x in range(k, j)) and j + 1 < limit:
                    return skip_lead(view, j + 1, limit)
                if before.isalnum() and after.isalnum():
                    j += 1
                    continue
                break
            if view.finite(j):
                break
            j += 1
    return k


def extent(view: View, cue_at: int, start: int, cues: Mapping[int, Cue], frame: str, groups: Mapping[int, Cue]) -> int:
    """The last token of a complement of the cue that begins at token `start`.

    `cues` maps the first token of each verb group to its cue, `groups` the verb to its cue.
    """
    _, sent_last = view.sentence_range(cue_at)
    k = start
    end = sent_last
    while k <= sent_last:
        t = view.tokens[k]
        q = view.quote_at(t.start)
        if q is not None and q.start >= view.tokens[start].start - 2:
            # Nothing ends inside a quotation that the complement holds.
            j = view.first_from(q.end)
            if j > k:
                k = j
                continue
        if k > start:
            if t.text == ";":
                return _back(view, k - 1, start)
            if t.text == ":" and not _goes_on(view, k, sent_last, frame, groups.get(cue_at)):
                return _back(view, k - 1, start)
            if t.text == ")" and not _opened(view, start, k):
                return _back(view, k - 1, start)
            if t.text in ("–", "—") and frame != "that":
                return _back(view, k - 1, start)
            cut = _boundary(view, k, start, cue_at, cues, frame)
            if cut is not None:
                return _back(view, cut, start)
        k += 1
    return _back(view, end, start)


def _opened(view: View, start: int, k: int) -> bool:
    depth = 0
    for j in range(start, k):
        depth += view.tokens[j].text == "("
        depth -= view.tokens[j].text == ")"
    return depth > 0


def _goes_on(view: View, k: int, last: int, frame: str, cue: Cue | None) -> bool:
    """Whether what follows a colon is still part of the complement: a list, or a quotation behind a clause."""
    if k + 1 <= last and view.quote_starting(view.tokens[k].end) is not None:
        # What somebody is asked to do ends at the colon; the quotation behind it is another saying.
        return frame == "that" or (frame == "inf" and (cue is None or cue.stance("inf") != "demands"))
    return not any(view.finite(j) for j in range(k + 1, last + 1))


def _boundary(view: View, k: int, start: int, cue_at: int, cues: Mapping[int, Cue], frame: str) -> int | None:
    """The last token before a border at token `k`, or None when there is none."""
    t, c = view.tokens[k], view.cls[k]
    prev = view.tokens[k - 1]
    comma = prev.text == ","
    tokens = view.tokens
    # The main clause goes on behind a relative clause that holds the cue: ", qui affirme avoir soigné dix blessés, a fermé".
    if comma and (view.finite(k) or "ne" in c or "reflexive" in c) and k not in cues and in_relative(view, cue_at):
        return k - 2
    # A coordinated predicate of the cue's own subject: "nie tout lien et renvoie à …".
    if frame not in ("that", "resumed") and t.pos == "CCONJ" and ("and" in c or "but" in c):
        j = k + 1
        while j < len(tokens) and ((view.is_(j, "clitic", "ne", "bound") and tokens[j].pos in ("PRON", "ADV")) or tokens[j].pos == "ADV"):
            j += 1
        if j < len(tokens) and tokens[j].sent == t.sent:
            v = tokens[j]
            tied = v.pos == "VERB" and v.head == cue_at and v.rel == "conj"
            shared = j in cues and cues[j].group.form == "part" and v.rel == "conj"
            if (view.finite(j) and frame != "inf") or tied or shared or (view.finite(j) and v.pos == "AUX" and frame == "inf"):
                return k - 2 if comma else k - 1
    # Another cue right behind a conjunction, where pasts look like participles: "denied attacking anyone and blamed dissidents".
    if (
        "pasts-like-participles" in view.lexis.traits
        and t.pos == "CCONJ"
        and frame in ("obj", "ger")
        and k + 1 in cues
        and view.tokens[cues[k + 1].at].feats.get("Tense") == "Past"
        and view.tokens[k + 1].pos == "VERB"
    ):
        return k - 2 if comma else k - 1
    if comma and frame in ("that", "inf") and _main_clause(view, k, cue_at):
        return k - 2  # "Après avoir exclu que …, il s'est tu": the main clause, to which the cue's own clause belongs
    # A predicate that the tagger takes for a noun: "disputes the toll and claims losses fell".
    if "bare-clauses" in view.lexis.traits and frame == "obj" and t.pos == "CCONJ" and _predicate_behind(view, k, cue_at):
        return k - 2 if comma else k - 1
    # Another attribution: ", selon X".
    parts = frame == "that" and view.tokens[k - 2].pos == "VERB" and k in view.phrase_starts and shut(view, k)
    if ("according" in c or k in view.phrase_starts) and comma and not parts and not (k - 2 > start and view.is_(k - 2, "relative")):
        return k - 2
    # ", tandis que", ", alors que": a new scene.
    if (
        "meanwhile" in c
        and k + 1 < len(tokens)
        and "that" in view.cls[k + 1]
        and (not comma or "scene" in c or not _held(view, k, start, cue_at))
    ):
        return k - 2 if comma else k - 1
    if comma and "contrast" in c:
        return k - 2
    if comma and frame in ("that", "inf", "resumed", "ger") and verdict_follows(view, k):
        return k - 2
    if comma and frame == "inf" and "article" in c and t.pos == "DET" and k + 1 < len(tokens) and "weak-negation" in view.cls[k + 1]:
        return k - 2  # ", la plus grave incursion depuis …": the reporter's own words
    if (
        comma
        and "that" in c
        and frame in ("obj", "passive")
        and t.pos in ("PRON", "SCONJ")
        and any(j in cues for j in range(k + 1, min(len(tokens), k + 5)))
    ):
        return k - 2
    if "relative" in c and comma and any(j in cues for j in range(k + 1, min(len(tokens), k + 4))):
        return k - 2
    told = any(j in cues and "that" in cues[j].verb.frames for j in range(k + 1, min(len(tokens), k + 4)))
    if "relative" in c and told and (frame == "inf" or (frame == "obj" and _accusing(cues, cue_at))):
        return k - 1
    if "relative" in c and comma and (frame == "obj" or frame.startswith("obl-")) and _attributed(view, k):
        return k - 2
    # A cue with a subject of its own behind a comma or a conjunction: a new clause.
    if k in view.clause_starts and (comma or view.is_(k - 1, "and", "but")) and not (frame == "that" and view.is_(k, "that")):
        verb = view.clause_starts[k]
        if (
            verb != cue_at
            and view.tokens[verb].rel in ("conj", "parataxis", "root", "advcl")
            and not any(view.is_(j, "that", "relative", "relative-other") for j in range(k - 1, verb))
        ):
            back = k - 2
            if tokens[back].text == "," and not comma:
                back -= 1
            return back
    # A cue that closes the sentence behind its subject: ", Xinhua reported."
    if comma and k in view.clause_starts and "subject-before-inserted-cue" in view.lexis.traits:
        verb = view.clause_starts[k]
        closed = verb + 1 >= len(tokens) or view.is_punct(verb + 1) or tokens[verb + 1].sent != t.sent
        if verb != cue_at and closed and not any(tokens[j].text == "," for j in range(k, verb)):
            return k - 2
    # "tout en affirmant"
    if "while" in c and k + 2 < len(tokens) and "in" in view.cls[k + 1] and tokens[k + 1].pos == "ADP":
        return k - 2 if comma else k - 1
    if k in cues:
        other = cues[k]
        if other.at == cue_at:
            return None
        g = other.group
        if comma and (g.inverted is not None or (g.form == "fin" and in_relative(view, cue_at))):
            return k - 2
        if comma and g.form == "fin" and other.stance("quote") and tokens[other.at].rel == "parataxis" and _subject_behind(view, other):
            return k - 2  # ", a tempéré le ministre": an incise
        if comma and g.form == "ger":
            return k - 2
        lead = view.cls[k - 1]
        if g.form == "ger" and ("and" in lead or "in" in lead):
            back = k - 2
            while back > start and (view.is_(back, "while", "in", "and") or tokens[back].text == ","):
                back -= 1
            return back
        if frame == "that" and _same_sequence(view, k, cue_at):
            return None
        if g.form == "part" and frame == "that" and "and" in lead and shares_auxiliary(view, cue_at, k, start):
            return k - 2
        if g.form == "part" and not any(view.finite(j) for j in range(start, k)):
            return None
        if comma and g.form == "fin" and _behind_relative(view, start, k):
            return None
        if ("and" in lead or "but" in lead) and g.form == "fin" and frame != "resumed":
            back = k - 2
            if tokens[back].text == ",":
                back -= 1
            return back
        if ("and" in lead or "but" in lead or comma) and g.form in ("fin", "part"):
            same_level = tokens[other.at].head == cue_at and tokens[other.at].rel in ("conj", "parataxis", "advcl")
            if same_level or not view.below(other.at, _content_head(view, start, cue_at)):
                back = k - 2
                if tokens[back].text == "," and not comma:
                    back -= 1
                return back
    if frame == "obj" and "and" in c and t.pos == "CCONJ" and quoted_whole(view, start, k):
        return k - 1
    # A coordinated main clause with a subject of its own, tied to the cue or above it.
    told = frame not in ("that", "resumed") or any(view.finite(j) for j in range(start, k))
    if ("and" in c or "but" in c) and t.pos in ("CCONJ", "ADV") and told and not _held(view, k, start, cue_at):
        own = _clause_verb(view, k)
        if own is not None and not ("and" in c and cue_at in view.phrase_starts):
            v = tokens[own]
            if (v.head == cue_at or not view.below(own, cue_at)) and v.rel in ("conj", "root", "parataxis"):
                return k - 2 if comma else k - 1
    if (
        comma
        and t.pos == "PRON"
        and view.low[k] in ("ce",)
        and k + 1 < len(tokens)
        and ("that" in view.cls[k + 1] or "relative" in view.cls[k + 1])
    ):
        return k - 2
    if comma and "without" in c:
        return k - 2
    return None


def _accusing(cues: Mapping[int, Cue], at: int) -> bool:
    """Whether the cue with the verb `at` blames its object."""
    return any(c.at == at and c.stance("obj") == "accuses" for c in cues.values())


def _behind_relative(view: View, start: int, k: int) -> bool:
    """Whether the comma before token `k` closes a relative clause of the complement's own subject ("les trois garçons, qui …, auraient fui")."""
    opened = next((j for j in range(k - 2, start, -1) if view.is_(j, "relative") and view.tokens[j - 1].text == ","), None)
    return opened is not None and not any(view.finite(j) for j in range(start, opened))


def _attributed(view: View, k: int) -> bool:
    """Whether the clause from token `k` on names a source of its own ("…, qui auraient fait dix morts d'après le maire")."""
    _, last = view.sentence_range(k)
    return any(j in view.phrase_starts for j in range(k + 1, last + 1))


def shares_auxiliary(view: View, cue_at: int, k: int, start: int) -> bool:
    """Whether a bare participle at `k` can only go on with the auxiliary of the cue, no verb between them having one of its own:
    "a noté que le front bougeait et jugé …"."""
    first, _ = view.sentence_range(cue_at)
    helped = any(view.tokens[j].pos == "AUX" and view.finite(j) for j in range(max(first, cue_at - 4), cue_at))
    between = range(start, k)
    return helped and any(view.finite(j) for j in between) and not any(view.tokens[j].pos == "AUX" for j in between)


def _predicate_behind(view: View, k: int, cue_at: int) -> bool:
    """Whether a form of a reporting verb in the cue's own tense and an object follow the conjunction at `k`."""
    if k + 2 >= len(view.tokens) or view.tokens[k + 2].sent != view.tokens[k].sent:
        return False
    form, cue = view.low[k + 1], view.low[cue_at]
    alike = form in view.lexis.forms and form[-1:] == cue[-1:] and form[-1:] in "sd"
    follower = view.tokens[k + 2]
    return alike and (follower.pos in ("DET", "PRON", "PROPN") or (follower.pos == "NOUN" and form.endswith("s")))


def _main_clause(view: View, k: int, cue_at: int) -> bool:
    """Whether a clause begins at token `k`, behind the infinitive or gerund of a cue that depends on its verb."""
    form = view.tokens[cue_at].feats.get("VerbForm")
    if form == "Fin" or not (view.is_(k, "subject") or view.tokens[k].pos in ("DET", "PROPN")):
        return False
    verb = next((j for j in range(k + 1, min(view.sentence_range(k)[1], k + 8) + 1) if view.finite(j)), None)
    if verb is None:
        return False
    head = view.tokens[verb].head if view.tokens[verb].pos == "AUX" else verb
    return head > k and head != cue_at and view.below(cue_at, head)


def _subject_behind(view: View, cue: Cue) -> bool:
    """Whether a cue has its subject behind it and none before."""
    subjects = [c.i for c in view.children(cue.at) if c.rel in ("nsubj", "obj")]
    return bool(subjects) and all(j > cue.group.last for j in subjects)


def _same_sequence(view: View, k: int, cue_at: int) -> bool:
    """Whether a coordinated cue at `k` without a subject stands in the imperfect under a cue in the compound past, so that it is reported, too:
    "a dit qu'il demandait l'accès et proposait son aide"."""
    if not view.is_(k - 1, "and", "but") or view.tokens[k].feats.get("Tense") != "Imp":
        return False
    return any(c.pos == "AUX" and c.rel == "aux" and c.feats.get("Tense") == "Pres" for c in view.children(cue_at))


def in_relative(view: View, verb: int) -> bool:
    """Whether a relative pronoun is the cue's subject or stands right before its group."""
    if any("relative" in view.cls[c.i] and c.rel == "nsubj" for c in view.children(verb)):
        return True
    first, _ = view.sentence_range(verb)
    k = verb - 1
    while k >= first and verb - k < 6 and view.tokens[k].text != ",":
        if "relative" in view.cls[k]:
            return True
        if view.tokens[k].pos in ("NOUN", "PROPN"):
            # "…, dont la directrice affirme …"
            j = k - 1
            while j > first and view.tokens[j].pos in ("DET", "ADJ"):
                j -= 1
            return "relative-other" in view.cls[j]
        k -= 1
    return verb + 1 < len(view.tokens) and "relative" in view.cls[verb + 1]


def _clause_verb(view: View, k: int) -> int | None:
    """The verb of the clause that a conjunction at `k` opens, when a subject stands between them."""
    _, last = view.sentence_range(k)
    subject = False
    for j in range(k + 1, min(last, k + 25) + 1):
        t = view.tokens[j]
        if view.is_(j, "that", "relative") or t.text in (";", ":"):
            return None
        if t.rel == "nsubj" or "subject" in view.cls[j]:
            subject = True
        if t.pos == "VERB" or (t.pos == "AUX" and t.rel == "cop"):
            head = j if t.pos == "VERB" else t.head
            return head if subject else None
    return None


def _content_head(view: View, start: int, cue_at: int) -> int:
    """The token of the complement that hangs on the cue, as the parse has it; the cue itself when none does."""
    for c in view.children(cue_at):
        if c.i >= start and c.rel in ("ccomp", "xcomp", "obj", "obl", "iobj"):
            return c.i
    return cue_at


def _held(view: View, k: int, start: int, cue_at: int) -> bool:
    """Whether the parse puts the clause at `k` under the complement."""
    head = _content_head(view, start, cue_at)
    return head != cue_at and view.below(k, head)


def _back(view: View, end: int, start: int) -> int:
    """The end without punctuation and white space, but with closing marks that belong to it."""
    while end > start and (view.is_punct(end) or (view.is_(end, "but") and view.tokens[end].pos == "CCONJ")):
        x = view.tokens[end].text
        if x in (")", "]", "%", "»", "”", '"', "°"):
            break
        end -= 1
    return end
