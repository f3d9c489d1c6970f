"""Clauses without a complementizer, gerunds and persons told: what languages with bare clauses put behind a cue. May import: `view`, `cues`."""

from __future__ import annotations

from selon.extract.statements.cues import Cue
from selon.extract.statements.view import STOPS, View

_REACH = 30
"""Tokens within which the finite verb of a bare clause must stand."""


def bare_clause(view: View, cue: Cue, first: int, last: int) -> int | None:
    """The first token of a clause that follows the cue without a complementizer ("said three had died"), or None."""
    if "bare-clauses" not in view.lexis.traits or cue.stance("that") == "demands":
        return None
    k = over_person(view, cue, first, last)
    if k <= last and k > first and "relative" in view.cls[k]:
        return _behind_relative(view, k, last)
    k = over_circumstances(view, cue, k, last)
    if k > last or (view.is_punct(k) and view.quote_starting(view.tokens[k].start) is None):
        return None
    if view.tokens[k].pos == "SCONJ" and not view.is_(k, "whether"):
        return None
    if view.is_(k, "that", "whether", "relative", "to", "of", "and", "but") and view.tokens[k].pos not in ("DET", "PRON"):
        return None
    if view.finite(k) and view.quote_starting(view.tokens[k].start) is None:
        return None
    return k if _predicate(view, k, last) else None


def headless_clause(view: View, cue: Cue, last: int) -> bool:
    """Whether a finite verb right behind the cue has the antecedent of its relative clause as its subject ("a raid which the army says hit …")."""
    k = cue.group.last + 1
    if "bare-clauses" not in view.lexis.traits or k > last or cue.group.form != "fin":
        return False
    if not (view.finite(k) or (view.tokens[k].pos == "AUX" and "modal" in view.cls[k])):
        return False
    first, _ = view.sentence_range(k)
    return any(view.is_(j, "relative", "that") for j in range(max(first, cue.group.first - 9), cue.group.first))


def _behind_relative(view: View, k: int, last: int) -> int | None:
    """The complementizer behind a relative clause about the person spoken to ("told those who had fled that …")."""
    finite = next((j for j in range(k + 1, min(last, k + 6) + 1) if view.finite(j)), None)
    if finite is None:
        return None
    return next((j for j in range(finite + 1, min(last, finite + 10) + 1) if "that" in view.cls[j] and view.tokens[j].pos == "SCONJ"), None)


def _predicate(view: View, k: int, last: int) -> bool:
    """Whether a finite verb with a subject of its own follows, other than those of relative and adverbial clauses."""
    inner = 0
    named = False
    for j in range(k, min(last, k + _REACH) + 1):
        t, c = view.tokens[j], view.cls[j]
        if t.text in (";", ":") or (t.text in STOPS and view.quote_at(t.start) is None):
            return False
        if t.pos == "CCONJ" and j > k and view.tokens[j - 1].text == "," and not inner:
            return False
        if t.pos == "CCONJ":
            named = False
        if t.text == "," and j < last and _participle(view, j + 1):
            return False
        if ("relative" in c or "relative-other" in c or t.pos == "SCONJ" or "that" in c) and j > k and not _own(view, j):
            inner += 1
        elif t.pos in ("NOUN", "PROPN", "PRON", "NUM", "X", "ADJ") or "there" in c:
            named = True
        if view.finite(j) and not (t.pos == "AUX" and t.rel == "aux" and _counted(view, j)):
            if inner:
                inner -= 1
            elif named:
                return True
    return False


def _participle(view: View, j: int) -> bool:
    """Whether a present participle stands at token `j`: it goes on with what the cue's subject does."""
    f = view.tokens[j].feats
    return view.tokens[j].pos in ("VERB", "AUX") and (
        f.get("VerbForm") == "Ger" or (f.get("VerbForm") == "Part" and f.get("Tense") == "Pres")
    )


def _own(view: View, j: int) -> bool:
    """Whether a word that can open a clause is here a determiner or an adverb."""
    return view.tokens[j].pos == "DET" or (view.tokens[j].pos == "ADV" and view.tokens[j].rel == "advmod" and view.is_(j, "time"))


def _counted(view: View, j: int) -> bool:
    """Whether the auxiliary before token `j` belongs to the same verb, so that the verb is counted once."""
    return j > 0 and view.tokens[j - 1].pos == "AUX" and view.finite(j - 1)


def over_person(view: View, cue: Cue, k: int, last: int) -> int:
    """The token behind the person spoken to, for cues that take one as their object ("told reporters in Geneva")."""
    if "person" not in cue.verb.flags or k > last:
        return k
    t = view.tokens[k]
    if (
        t.pos == "PRON"
        and not view.is_(k, "that", "relative")
        and (t.feats.get("Case") == "Acc" or "subject" not in view.cls[k] or "there" in view.cls[k])
    ):
        return k + 1
    j = k
    head: int | None = None
    while j <= last and j - k < 9:
        t = view.tokens[j]
        if t.pos in ("NOUN", "PROPN"):
            head = j
        elif (
            (t.pos == "VERB" and t.rel == "amod" and t.text[:1].isupper())
            or (t.pos in ("DET", "ADJ", "NUM") and head is None)
            or (t.pos == "ADP" and head is not None and "of" in view.cls[j])
            or (t.pos in ("DET", "ADJ", "NUM") and view.tokens[j - 1].pos == "ADP")
            or (t.pos == "PART" and head is not None and j + 1 <= last and view.tokens[j + 1].pos in ("NOUN", "PROPN", "ADJ"))
        ):
            pass
        else:
            break
        j += 1
    if head is None:
        return k
    objects = [c.i for c in view.children(cue.at) if c.rel in ("obj", "iobj") and c.i > cue.group.last]
    if objects and k <= objects[0] < head and not view.below(head, objects[0]):
        return objects[0] + 1
    follower = view.tokens[head + 1] if head < last else None
    if follower is not None and (view.finite(follower.i) or follower.pos == "AUX"):
        return k  # the noun is the subject of the clause itself
    return head + 1


def over_circumstances(view: View, cue: Cue, k: int, last: int) -> int:
    """The token behind adverbs, times and prepositional phrases that belong to the cue ("on Monday", "in a statement", "after talks")."""
    while k <= last:
        t, c = view.tokens[k], view.cls[k]
        if ("time" in c and t.pos != "DET") or (
            t.pos == "ADV" and k + 1 <= last and not view.numbered(k + 1, min(last, k + 1)) and "time" in view.cls[k + 1]
        ):
            k += 1
        elif t.pos in ("DET", "ADJ") and _timed(view, k, last):
            k = _timed(view, k, last) + 1
        elif t.pos in ("ADP", "PART") and "negation" not in c and (end := _phrase_end(view, cue, k, last)) is not None:
            k = end + 1
        else:
            return k
    return k


def _timed(view: View, k: int, last: int) -> int:
    """The last token of a bare time that begins with a determiner or adjective at `k` ("last week", "this morning"); 0 for none."""
    for j in range(k + 1, min(last, k + 2) + 1):
        if view.is_(j, "time", "duration"):
            while j + 1 <= last and view.is_(j + 1, "time"):
                j += 1
            return j
    return 0


def _phrase_end(view: View, cue: Cue, k: int, last: int) -> int | None:
    """The last token of a prepositional phrase at `k` that names a time, a channel or a place of saying, or hangs on the cue."""
    j = k + 1
    head: int | None = None
    while j <= last and j - k < 12:
        t = view.tokens[j]
        if t.pos in ("NOUN", "PROPN", "NUM", "X") or (t.pos == "PRON" and head is None):
            head = j
        elif t.pos in ("DET", "ADJ", "PART", "SYM"):
            if head is not None and t.pos == "DET":
                break
        elif (t.pos == "ADP" and head is not None and view.is_(j, "of", "in", "on", "to", "with")) or (
            t.text == "," and head is not None and j + 1 <= last and view.tokens[j + 1].pos == "NUM"
        ):
            pass
        else:
            break
        j += 1
    if head is None:
        return None
    told = any(view.is_(x, "time", "duration") or view.tokens[x].lemma.lower() in view.lexis.channels for x in range(k + 1, head + 1))
    up = next((view.tokens[x].head for x in range(k + 1, head + 1) if view.tokens[x].rel in ("obl", "nmod")), -1)
    return head if told or up == cue.at else None


def gerund_start(view: View, cue: Cue, k: int, last: int) -> int | None:
    """The first token of a gerund right behind the cue ("denied shelling the town"), with its negation and adverb."""
    j = k
    while (
        j <= last and (view.tokens[j].pos in ("ADV", "PART", "AUX") or view.is_(j, "negation")) and j - k < 3 and not _participle(view, j)
    ):
        j += 1
    if j > last:
        return None
    t = view.tokens[j]
    gerund = t.feats.get("VerbForm") == "Ger" or (t.feats.get("VerbForm") == "Part" and t.feats.get("Tense") == "Pres")
    return k if t.pos in ("VERB", "AUX") and gerund else None
