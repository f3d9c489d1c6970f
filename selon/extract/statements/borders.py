"""What shows that a content ends, or does not end yet, at a sign or conjunction. May import: `view`."""

from __future__ import annotations

from selon.extract.statements.view import View


def shut(view: View, k: int) -> bool:
    """Whether the phrase at `k` ends at a comma behind which an object stands: it parts the object from its verb."""
    _, last = view.sentence_range(k)
    comma = next((j for j in range(k + 1, min(last, k + 10)) if view.tokens[j].text == "," or view.finite(j)), None)
    if comma is None or view.tokens[comma].text != ",":
        return False
    return (view.tokens[comma + 1].pos == "DET" or view.numbered(comma + 1, comma + 1)) and not any(
        view.finite(j) for j in range(comma + 1, min(last, comma + 4) + 1)
    )


def quoted_whole(view: View, start: int, k: int) -> bool:
    """Whether a quotation fills a complement up to the conjunction at `k`, behind which a new predicate comes ("a démenti « tout tir » et les
    voisins se taisent")."""
    quote = view.quote_at(view.tokens[start].start)
    if quote is None or quote.start > view.tokens[start].start or quote.end != view.tokens[k - 1].end:
        return False
    verb = next((j for j in range(k + 1, view.sentence_range(k)[1] + 1) if view.finite(j)), None)
    return verb is not None and not any(view.is_(j, "that", "relative", "relative-other") for j in range(k + 1, verb))


def verdict_follows(view: View, k: int) -> bool:
    """Whether a noun that takes up what was said begins at token `k`, with a clause about it ("…, a claim that Kyiv denies")."""
    t = view.tokens[k]
    article = t.pos == "DET" and (t.feats.get("Definite") == "Ind" or "indefinite" in view.cls[k])
    noun = k + 1 if article else k
    if (
        noun + 2 >= len(view.tokens)
        or view.tokens[noun].pos != "NOUN"
        or "retold" not in view.lexis.classes(view.tokens[noun].lemma.lower())
    ):
        return False
    follower = view.tokens[noun + 1]
    told = view.is_(noun + 1, "that", "relative") or follower.pos in ("PROPN", "DET")
    return told or (follower.pos == "ADJ" and (follower.text[:1].isupper() or not article))
