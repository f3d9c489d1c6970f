"""What a content says of its speaker's side and of others: what one side will do, what the other is blamed for. May import: `view`, `speakers`."""

from __future__ import annotations

from selon.extract.statements.speakers import speaks
from selon.extract.statements.view import Draft, View


def perfect(view: View, first: int) -> bool:
    """Whether a perfect infinitive begins at token `first` ("annonce avoir repris la ville"): what was done, no plan."""
    t = view.tokens[first]
    return (
        t.feats.get("VerbForm") == "Inf" and bool({"perfect", "copula"} & view.lexis.classes(t.lemma.lower())) and t.pos in ("AUX", "VERB")
    )


def opines_in_quotes(view: View, first: int, last: int) -> bool:
    """Whether words of opinion stand in quotation marks inside a clause ("a dit que le pays « vivait des heures graves »")."""
    for j in range(first, last + 1):
        told = view.lexis.hints.get(view.tokens[j].lemma.lower(), view.lexis.hints.get(view.low[j], ()))
        quote = view.quote_at(view.tokens[j].start) if "opinion" in told else None
        if quote is not None and quote.start >= view.tokens[first].start - 2:
            return True
    return False


def done(view: View, first: int, last: int) -> bool:
    """Whether the first predicate is a perfect of a deed, not of a decision ("a annoncé qu'elle a visé un char")."""
    verb = next((j for j in range(first, min(last, first + 8) + 1) if view.tokens[j].pos == "VERB"), None)
    if verb is None or not any(c.pos == "AUX" and c.deprel == "aux:tense" for c in view.children(verb)):
        return False
    kind = view.lexis.hints.get(view.tokens[verb].lemma.lower(), frozenset())
    return "deed" in kind or "act" in kind or "taking" in kind


def tells_of_deeds(view: View, first: int, last: int) -> bool:
    """Whether a content counts victims or has, as its first predicate, a deed in a past tense: a report, whatever adjectives stand in it
    ("« des hommes ont attaqué ce paisible hameau »")."""
    for j in range(first, last + 1):
        t = view.tokens[j]
        kind = view.lexis.hints.get(t.lemma.lower(), view.lexis.hints.get(view.low[j], frozenset()))
        if "toll" in kind and view.numbered(max(first, j - 4), min(last, j + 3)):
            return True
    verb = next((j for j in range(first, last + 1) if view.tokens[j].pos == "VERB" and _past(view, j)), None)
    main = next((j for j in range(first, last + 1) if view.finite(j) and view.tokens[j].deprel != "acl:relcl"), None)
    if verb is None or main is None or main < verb - 3 or main > verb:
        return False
    kind = view.lexis.hints.get(view.tokens[verb].lemma.lower(), frozenset())
    return bool({"deed", "toll"} & kind) and not any(view.is_(j, "speaker", "negation", "ne") for j in range(first, verb))


def _past(view: View, j: int) -> bool:
    t = view.tokens[j]
    if t.feats.get("Tense") in ("Imp", "Past") and t.feats.get("VerbForm") == "Fin":
        return True
    return any(c.pos == "AUX" and c.deprel == "aux:tense" for c in view.children(j))


def side_will(view: View, draft: Draft, first: int, last: int) -> bool:
    """Whether the content says what the speaker's own state will do: a country or capital as the subject of a future."""
    j = first
    while j < last and (view.is_(j, "that", "article") or view.is_punct(j)):
        j += 1
    side = view.lexis.nations.get(view.low[j])
    if side is None or view.tokens[j].pos != "PROPN" or draft.source is None:
        return False
    own = {view.lexis.nations[view.low[k]] for k in range(draft.source[0], draft.source[1] + 1) if view.low[k] in view.lexis.nations}
    ahead = range(j + 1, min(last, j + 5) + 1)
    return (not own or side in own) and any(is_future(view, k) or "future-auxiliary" in view.cls[k] for k in ahead)


def none_of_ours(view: View, first: int, last: int) -> bool:
    """As in "aucun de nos hommes n'a …", "aucune de ses troupes n'était …": none of the speaker's own."""
    j = first
    while j < last and (view.is_(j, "that") or view.is_punct(j)):
        j += 1
    return "none" in view.cls[j] and j + 2 <= last and "of" in view.cls[j + 1] and "own" in view.cls[j + 2]


def blames(view: View, draft: Draft, first: int, last: int) -> bool:
    """Whether the content's first clause says in the active voice that another country's side did what one can be blamed for."""
    if draft.source is None:
        return False
    nations = view.lexis.nations
    own = {nations[view.low[j]] for j in range(draft.source[0], draft.source[1] + 1) if view.low[j] in nations}
    for j in range(first, min(last, first + 16) + 1):
        t = view.tokens[j]
        if t.pos != "VERB" or "blame" not in view.lexis.hints.get(t.lemma.lower(), ()) or t.deprel == "acl:relcl":
            continue
        subject = next((c for c in view.children(j) if c.deprel == "nsubj" and first <= c.i < j), None)
        if subject is None:
            return False
        settled = subject.pos == "PROPN" or any(c.feats.get("Definite") == "Def" for c in view.children(subject.i))
        heavy = "deed" in view.lexis.hints.get(t.lemma.lower(), ()) and speaks(view, subject.i) == "body" and settled
        if heavy and subject.lemma.lower() not in {view.tokens[k].lemma.lower() for k in range(draft.source[0], draft.source[1] + 1)}:
            return True
        words = (subject, *(c for c in view.children(subject.i) if c.rel in ("amod", "compound", "flat") and c.i >= first))
        if any("enemy" in view.lexis.hints.get(w.lemma.lower(), ()) for w in words):
            return True
        sides = {nations[view.low[w.i]] for w in words if view.low[w.i] in nations}
        return bool(own and sides and not sides & own)
    return False


def unrelated(view: View, negative: list[int], last: int) -> bool:
    """As in "n'a rien à voir avec", "n'a aucun lien avec", "n'y est pour rien": a negation right before a word of relation."""
    for n in negative:
        for j in range(n + 1, min(last, n + 3) + 1):
            if "relation" in view.lexis.hints.get(view.tokens[j].lemma.lower(), ()) and not view.is_punct(j):
                return True
    return False


def wrong(view: View, draft: Draft, hints: dict[str, int], first: int, last: int) -> bool:
    """Whether the object of a denunciation is somebody's act, not a judgement on one: with its agent, or a deed without any word of opinion."""
    if any("by" in view.cls[j] for j in range(first, last + 1)):
        return True
    return "act" in hints and "opinion" not in hints and all(view.quote_at(view.tokens[j].start) is None for j in range(first, last + 1))


def is_future(view: View, j: int) -> bool:
    """Whether a form is in the future; by its stem and ending where the tagger has missed it."""
    t = view.tokens[j]
    if t.feats.get("Tense") == "Fut":
        return True
    if t.pos not in ("VERB", "AUX") or not view.lexis.future_endings or not view.finite(j):
        return False
    low = view.low[j]
    stems = {t.lemma.lower(), t.lemma.lower()[:-1]} | view.lexis.future_stems
    return any(
        low.endswith(e) and low[: len(low) - len(e)] in stems and low[: len(low) - len(e)].endswith("r") for e in view.lexis.future_endings
    )
