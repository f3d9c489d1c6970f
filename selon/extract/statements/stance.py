"""What a content does to the stance that its cue gives: one's own plan, a denial, a doubt, a threat, an opinion. May import: `view`.

The cue's lexicon line gives the stance of the plain case ("a déclaré" asserts). Here the content's own grammar and the pack's hint words
shift it: "a déclaré qu'il reviendrait" announces, "dit n'avoir tué personne" denies. Order matters: the most specific first.
"""

from __future__ import annotations

from dataclasses import replace

from selon.extract.statements.sides import (
    blames,
    done,
    is_future,
    none_of_ours,
    opines_in_quotes,
    perfect,
    side_will,
    tells_of_deeds,
    unrelated,
    wrong,
)
from selon.extract.statements.view import Draft, View

_OPEN = ("asserts", "comments", "announces")
_CLAUSES = ("that", "quote", "colon", "final", "initial", "relative", "obl-à")
_SHORT = 8
_NEAR = 6
"""Tokens between a negation and the deed that it negates, at most."""
_LONG = 30


def refine(view: View, draft: Draft) -> Draft:
    """The draft with its stance shifted by its content, when the cue leaves it open."""
    if draft.stance == "confirms" and draft.frame == "inf":
        return _felt(view, draft)
    if draft.stance not in _OPEN or draft.rule in ("bracketed-source", "conditional"):
        return draft
    first = view.first_from(draft.start)
    last = max(first, view.first_from(draft.end) - 1)
    if last >= len(view.tokens):
        return draft
    stance = _stance(view, draft, first, last)
    return replace(draft, stance=stance) if stance is not None and stance != draft.stance else draft


def _felt(view: View, draft: Draft) -> Draft:
    """A feeling that somebody owns up to is a comment ("avoue redouter une riposte")."""
    k = view.first_from(draft.start)
    verb = next((j for j in range(k, min(len(view.tokens) - 1, k + 4) + 1) if view.is_verb(j)), None)
    felt = verb is not None and "feeling" in view.lexis.hints.get(view.tokens[verb].lemma.lower(), ())
    return replace(draft, stance="comments") if felt else draft


def _stance(view: View, draft: Draft, first: int, last: int) -> str | None:
    key = _key(view, draft)
    hints: dict[str, int] = {}
    for j in range(first, last + 1):
        for h in view.lexis.hints.get(view.tokens[j].lemma.lower(), view.lexis.hints.get(view.low[j], ())):
            hints[h] = hints.get(h, 0) + 1
    words = last - first + 1
    negative = [
        j
        for j in range(first, last + 1)
        if (view.is_(j, "negation", "none", "nor") and "weak-negation" not in view.cls[j]) or view.is_(j, "ne")
    ]
    speaker = any("speaker" in view.cls[j] for j in range(first, last + 1))
    if draft.frame in ("that", "quote", "colon", "final", "initial") and unrelated(view, negative, last):
        return "denies"
    if draft.stance == "announces":
        if "warn" in hints:
            return "warns"
        if draft.frame in ("obj", "passive") and "open" in key and "measure" not in hints:
            return "asserts" if "happening" in hints or view.numbered(first, min(last, first + 4)) else "announces"
        if draft.frame == "inf" and ("open" in key or "oath" in key) and perfect(view, first):
            return "asserts"
        if draft.frame == "inf" and "oath" in key and negative and not _restricted(view, negative, first, last):
            return "denies"
        if draft.frame == "quote" and "oath" in key:
            return "asserts" if not _future(view, first, last) else "announces"
        return None
    # A flat rejection: "C'est faux", "Des mensonges".
    if "deny" in hints and words <= _SHORT:
        return "denies"
    if draft.frame in _CLAUSES and "guilt" in hints and not negative:
        return "accuses"
    if draft.frame in _CLAUSES and "warn" in hints and negative and (_future(view, first, last) or _conditional(view, first, last)):
        return "warns"
    if draft.stance == "comments" and "reckon" in key and "opinion" not in hints and view.numbered(first, last):
        return "asserts"
    if draft.stance == "comments" and draft.frame == "obj" and "loose" in key and view.numbered(first, min(first + 1, last)):
        return "asserts"
    if draft.stance == "comments" and draft.frame == "relative" and view.numbered(first, last):
        return "asserts"
    if draft.stance == "comments" and "accuser" in key and draft.frame == "obj" and wrong(view, draft, hints, first, last):
        return "accuses"
    if draft.frame == "obl-de" and "label" in hints and words <= _SHORT and not view.numbered(first, last):
        return "accuses"
    if "oath" in key and draft.frame == "that" and _future(view, first, last):
        return "announces"
    if "open" in key and "measure" in hints and "happening" not in hints and draft.frame in ("that", "quote", "colon"):
        return "announces"
    measure = draft.stance == "asserts" and draft.frame in ("that", "quote", "colon") and "measure" in hints and "opinion" not in hints
    if measure and not negative and words <= _LONG and _future(view, first, min(last, first + 12)):
        return "announces"
    if draft.frame == "inf" and draft.stance == "asserts":
        return _infinitive(view, first, last, negative, hints)
    if draft.stance == "asserts" and draft.frame in ("that", "quote", "colon") and none_of_ours(view, first, last):
        return "denies"
    if negative and "unsure" in hints and draft.frame in ("that", "quote", "colon"):
        return "unconfirmed"
    if draft.stance == "asserts" and "blame" in hints and not negative and blames(view, draft, first, last):
        return "accuses"
    told = draft.stance == "asserts" and tells_of_deeds(view, first, last)
    if draft.frame == "that" and draft.stance == "asserts":
        own = _own_clause(view, first, last)
        if "taking" in hints and own in ("pronoun", "possessive") and not negative and not _future(view, first, last):
            return "claims"
        if "blame" in hints and own in ("pronoun", "possessive") and _refused_early(view, first, negative):
            return "denies"
        if "unable" in hints and own == "pronoun" and _refused_early(view, first, negative):
            return "unconfirmed"
        if "strong" in hints and words <= _LONG and not told:
            return "comments"
        if not told and opines_in_quotes(view, first, last):
            return "comments"
        if _obliged(view, first, last):
            return "demands"
        if "warn" in hints and (own or _future(view, first, last)):
            return "warns"
        if (
            own == "future"
            or side_will(view, draft, first, last)
            or ("open" in key and _future(view, first, last))
            or _planned(view, first, last)
        ):
            return "announces"
        if negative and "deed" in hints:
            return "denies"
        if own and own != "none" and negative and _main_negated(view, first, last):
            return "denies"
        if own == "pronoun" and "open" in key and not done(view, first, last):
            return "announces"
        return None
    if draft.frame == "adj" and "ready" in hints:
        return "announces"
    if draft.frame == "obl-de" and "plain" in key and "opinion" not in hints:
        return None
    if draft.frame == "obl-de" and draft.stance == "asserts" and words <= _SHORT and not view.numbered(first, last):
        quote = view.quote_starting(view.tokens[min(first + 1, last)].start)
        if "opinion" in hints or quote is not None:
            return "comments"
    if draft.frame in ("quote", "colon") or draft.quoted:
        if "strong" in hints and draft.stance == "asserts" and words <= _LONG and not told:
            return "comments"
        if words <= _LONG and _obliged(view, first, last):
            return "demands"
        if draft.stance == "asserts" and hints.get("opinion", 0) < 2 and _tells(view, first, last):
            return None
        if "warn" in hints and (_future(view, first, last) or words <= _SHORT):
            return "warns"
        if _imperative(view, first, last) and not speaker:
            return "demands"
        if draft.stance == "asserts" and side_will(view, draft, first, last):
            return "announces"
        if speaker and _future(view, first, min(last, first + _LONG), own=True):
            return "announces"
        if draft.stance == "asserts" and "deed" in hints and _deed_negated(view, negative, first, last):
            return "denies"
        if draft.quoted and draft.stance == "asserts" and not told and (_confesses(view, first, last) or _superlative(view, first, last)):
            return "comments"
        if draft.quoted and not told and ("opinion" in hints or view.text[draft.start : draft.end].rstrip().endswith("!")):
            return "comments"
        if "open" in key and _future(view, first, last):
            return "announces"
        if draft.stance == "comments" and "loose" in key and "opinion" not in hints and (not draft.quoted or view.numbered(first, last)):
            return "asserts"
        if not draft.quoted and not told and hints.get("opinion", 0) >= 2:
            return "comments"
        return None
    return None


def _deed_negated(view: View, negative: list[int], first: int, last: int) -> bool:
    """Whether a negation that does not only restrict stands beside a word for a deed."""
    deeds = [j for j in range(first, last + 1) if "deed" in view.lexis.hints.get(view.tokens[j].lemma.lower(), ())]
    near = [n for n in negative if any(abs(n - j) <= _NEAR for j in deeds)]
    return bool(near) and not _restricted(view, near, first, last)


def _refused_early(view: View, first: int, negative: list[int]) -> bool:
    """Whether the negation belongs to the first predicate."""
    return any(j <= first + 6 for j in negative)


def _obliged(view: View, first: int, last: int) -> bool:
    """A verb of obligation in the first clause ("every man must dig")."""
    inner = 0
    for j in range(first, min(last, first + 18) + 1):
        if view.is_(j, "whether"):
            return False
        if view.is_(j, "relative", "relative-other"):
            inner += 1
        elif view.finite(j) and inner:
            inner -= 1
            continue
        if view.finite(j) and "obligation" not in view.lexis.hints.get(view.low[j], ()):
            return False
        if view.is_verb(j) and "obligation" in view.lexis.hints.get(view.low[j], ()):
            return True
    return False


def _key(view: View, draft: Draft) -> frozenset[str]:
    """What the lexicon says of the cue's leaning: of the whole phrase, or of the verb when it stands alone."""
    lemma = view.tokens[draft.at].lemma.lower()
    keys = view.lexis.verb_keys
    if draft.cue is not None and draft.cue[1] > draft.at:
        phrase = f"{lemma} {view.low[draft.cue[1]]}"
        if phrase in keys:
            return keys[phrase]
    return keys.get(lemma, frozenset())


def _conditional(view: View, first: int, last: int) -> bool:
    return any(view.tokens[j].feats.get("Mood") == "Cnd" for j in range(first, last + 1))


def _superlative(view: View, first: int, last: int) -> bool:
    """As in "le jour le plus noir"."""
    return any(
        "weak-negation" in view.cls[j] and "article" in view.cls[j - 1] and view.tokens[j + 1].pos == "ADJ" for j in range(first + 1, last)
    )


def _planned(view: View, first: int, last: int) -> bool:
    """A verb of going on or intending, in the future."""
    return any(is_future(view, j) and "plan" in view.lexis.hints.get(view.tokens[j].lemma.lower(), ()) for j in range(first, last + 1))


def _tells(view: View, first: int, last: int) -> bool:
    """A first person in a past tense: a witness who tells what happened."""
    if not any(view.is_(j, "self", "own", "speaker") for j in range(first, last + 1)):
        return False
    if any(view.tokens[j].feats.get("Tense") == "Past" and view.tokens[j].feats.get("VerbForm") == "Fin" for j in range(first, last + 1)):
        return True
    return any(view.tokens[j].feats.get("Tense") == "Imp" or view.tokens[j].deprel == "aux:tense" for j in range(first, last + 1))


def _confesses(view: View, first: int, last: int) -> bool:
    """A first person singular in the present: what the speaker feels or thinks, more often than what happened."""
    for j in range(first, last):
        if view.is_(j, "speaker") and view.is_(j, "self"):
            k = next((x for x in range(j + 1, min(last, j + 3) + 1) if view.tokens[x].pos in ("VERB", "AUX")), None)
            if k is not None and view.tokens[k].feats.get("Tense") == "Pres" and view.tokens[k].rel not in ("aux",) and view.finite(k):
                return True
    return False


def _infinitive(view: View, first: int, last: int, negative: list[int], hints: dict[str, int]) -> str | None:
    """As in "dit ne pas savoir" (unconfirmed), "dit n'avoir tiré sur personne" (denies), "dit vouloir partir" (announces)."""
    early = [j for j in negative if j <= first + 4]
    verb = next((j for j in range(first, min(last, first + 8) + 1) if view.tokens[j].pos == "VERB"), None)
    lemma = view.tokens[verb].lemma.lower() if verb is not None else ""
    kind = view.lexis.hints.get(lemma, frozenset())
    if "origin" in hints and not early:
        return "claims"
    if early:
        if _restricted(view, early, first, last):
            return None
        if "unsure" in hints or "unable" in hints:
            return "unconfirmed"
        if "opinion" in kind or "feeling" in kind:
            return "comments"
        perfect = any(view.tokens[j].pos == "AUX" for j in range(first, min(last, first + 6) + 1))
        return "denies" if perfect or "none" in {c for j in negative for c in view.cls[j]} else None
    if "ignorance" in kind:
        return "unconfirmed"
    if "taking" in kind and "ground" in hints:
        return "claims"
    if "strong" in hints:
        return "comments"
    if "plan" in kind:
        return "announces"
    if "opinion" in kind or "feeling" in kind:
        return "comments"
    return None


def _restricted(view: View, negative: list[int], first: int, last: int) -> bool:
    """Whether a negation only restricts: "n'avoir visé que des dépôts"."""
    bare = not any("negation" in view.cls[j] for j in negative[:2])
    return bare and any("that" in view.cls[j] for j in range(negative[0], min(last, negative[0] + 6) + 1))


def _own_clause(view: View, first: int, last: int) -> str:
    """Whether the clause is about its speaker: future, pronoun, possessive; none for a subject such as "aucun tir"."""
    j = first
    while j <= last and (view.is_(j, "that") or view.is_punct(j)):
        j += 1
    if j > last:
        return ""
    if "none" in view.cls[j]:
        return "none"
    pronoun = view.is_(j, "subject") and view.tokens[j].pos == "PRON" and not view.is_(j, "cleft", "nobody")
    possessive = "own" in view.cls[j]
    if pronoun or possessive:
        k = j + 1
        while k <= min(last, j + 8):
            f = view.tokens[k].feats
            if is_future(view, k) or (view.finite(k) and f.get("Mood") == "Cnd") or "future-auxiliary" in view.cls[k]:
                # An impersonal verb ("il faudrait") is no plan.
                if "modal" in view.lexis.classes(view.tokens[k].lemma.lower()):
                    return ""
                return "future"
            if view.finite(k):
                break
            k += 1
        return (
            "pronoun"
            if pronoun and view.tokens[min(last, j + 1)].pos in ("VERB", "AUX", "PRON", "ADV")
            else "possessive"
            if possessive
            else ""
        )
    return ""


def _main_negated(view: View, first: int, last: int) -> bool:
    for j in range(first, min(last, first + 12) + 1):
        if view.is_(j, "ne"):
            return not any("that" in view.cls[k] for k in range(j + 1, min(last, j + 5) + 1))
    return False


def _future(view: View, first: int, last: int, own: bool = False) -> bool:
    """A verb in the future, or "aller" in the present before an infinitive; `own`: with the speaker as its subject."""
    for j in range(first, last + 1):
        t = view.tokens[j]
        if own and t.feats.get("Person") != "1" and not any("speaker" in view.cls[k] for k in range(max(first, j - 3), j)):
            continue
        if is_future(view, j) and not (own and "modal" in view.lexis.classes(t.lemma.lower())):
            return True
        going = t.pos in ("VERB", "AUX") and view.finite(j) and "going" in view.lexis.classes(t.lemma.lower())
        if going and any(view.tokens[k].feats.get("VerbForm") == "Inf" for k in range(j + 1, min(last, j + 3) + 1)):
            return True
    return False


def _imperative(view: View, first: int, last: int) -> bool:
    return any(view.tokens[j].feats.get("Mood") == "Imp" and view.tokens[j].pos == "VERB" for j in range(first, min(last, first + 3) + 1))
