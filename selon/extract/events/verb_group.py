"""What a verb group says of itself: negation, tense, aspect, duration. Universal Dependencies and the function words of the pack.

May import: `extract.events.status_words`, `extract.events.triggers`, `model`.
"""

from __future__ import annotations

from selon.extract.events.frames import shared_auxiliary
from selon.extract.events.status_words import StatusWords, function_of
from selon.extract.events.triggers import Hit
from selon.model import Parse, Token

_NEAR = 8
"""Tokens between a word of zero and the verb that it negates, at most."""


def is_negated(parse: Parse, t: Token, w: StatusWords, own: frozenset[int] = frozenset()) -> bool:
    """Whether a word is negated by an adverb, or has an argument or determiner of zero. Tokens of `own` do not count."""
    children = parse.children(t)
    for c in children:
        if c.i in own:
            continue
        kind = function_of(c, w)
        if kind == "nobody" and c.rel in ("nsubj", "obj") and any(function_of(k, w) == "particle" for k in children):
            return True
        if c.rel in ("advmod", "cc", "det", "obj", "case") and _negates(parse, c, w):
            return True
        if kind == "zero" and c.rel in ("det", "case", "mark", "nsubj", "obj", "amod", "advmod"):
            # "without resistance" that hangs on a verb with an auxiliary leaves out the resistance, not the act
            if c.pos == "ADP" and any(k.rel == "aux" for k in children):
                continue
            return True
        if kind == "particle" and _none_near(parse, t, w, own):
            return True
        if c.rel in ("nsubj", "obj") and any(
            (function_of(k, w) == "zero" and k.rel == "det") or (k.rel == "advmod" and _negates(parse, k, w)) for k in parse.children(c)
        ):
            return True
    return False


def _negates(parse: Parse, t: Token, w: StatusWords) -> bool:
    """Whether a word is an adverb of negation, not a noun of the same form behind a determiner ("a few steps", in French "quelques pas")."""
    return function_of(t, w) == "neg" and (t.i == 0 or parse[t.i - 1].pos not in ("DET", "NUM"))


def _none_near(parse: Parse, t: Token, w: StatusWords, own: frozenset[int]) -> bool:
    """Whether a word of zero stands shortly before a verb that bears the particle of negation, or "neither" behind it, whatever the parse makes of it."""
    s = parse.sentence(t)
    if t.i < s.last and t.i + 1 not in own and function_of(parse[t.i + 1], w) == "neg":
        return True
    for k in range(t.i - 1, max(s.first, t.i - _NEAR) - 1, -1):
        if parse[k].pos == "PUNCT":
            return False
        if function_of(parse[k], w) in ("zero", "nobody") and parse[k].pos in ("PRON", "DET"):
            return True
    return False


def auxiliaries(parse: Parse, t: Token) -> list[Token]:
    """Auxiliaries and copulas of a word."""
    return [c for c in parse.children(t) if c.rel in ("aux", "cop")]


def finite_of(parse: Parse, t: Token) -> Token | None:
    """The finite word of a verb group: the verb itself or its first auxiliary."""
    if t.feats.get("VerbForm") == "Fin" or t.feats.get("Mood"):
        return t
    return next((a for a in auxiliaries(parse, t) if a.feats.get("VerbForm") == "Fin" or a.feats.get("Mood")), None)


def is_perfect(parse: Parse, t: Token, hit: Hit | None = None) -> bool:
    """Whether a verb group is a compound past: a participle with an auxiliary that is not that of the passive."""
    if shared_auxiliary(parse, t) is not None:
        return True
    if hit is not None and hit.frame.verbal and not hit.frame.passive and any(a.rel == "aux" for a in auxiliaries(parse, t)):
        return t.feats.get("VerbForm") != "Inf" and not is_progressive(parse, t)
    return (
        t.feats.get("VerbForm") == "Part"
        and any(a.deprel in ("aux:tense", "aux") for a in auxiliaries(parse, t))
        and not is_progressive(parse, t)
    )


def is_progressive(parse: Parse, t: Token) -> bool:
    """Whether a verb group with a finite auxiliary shows an act under way: "are advancing", "is being shelled"."""
    aux = auxiliaries(parse, t)
    if not any(a.feats.get("VerbForm") == "Fin" for a in aux) or any(
        a.feats.get("VerbForm") == "Part" and a.feats.get("Tense") == "Past" for a in aux
    ):
        return False
    under_way = t.feats.get("VerbForm") in ("Part", "Ger") and t.feats.get("Tense", "Pres") == "Pres"
    return under_way or any(a.deprel == "aux:pass" and a.feats.get("VerbForm") in ("Part", "Ger") for a in aux)


def is_present(parse: Parse, t: Token) -> bool:
    """Whether a verb is in the present by itself, without an auxiliary."""
    fin = finite_of(parse, t)
    return fin is not None and fin.i == t.i and fin.feats.get("Tense") == "Pres"


def is_past(parse: Parse, t: Token) -> bool:
    """Whether the finite word of a verb group is in the past that tells of what happened (not in the imperfect)."""
    fin = finite_of(parse, t)
    return fin is not None and fin.feats.get("Tense") == "Past" and fin.feats.get("VerbForm") == "Fin"


def is_infinitive(parse: Parse, t: Token) -> bool:
    """Whether a verb group is an infinitive that tells of no past: "to strike", "to be struck", not "to have struck"."""
    aux = auxiliaries(parse, t)
    if t.feats.get("VerbForm") == "Inf":
        return not any(a.feats.get("VerbForm") == "Inf" and a.deprel == "aux:tense" for a in aux)
    return any(a.feats.get("VerbForm") == "Inf" and a.deprel in ("aux:pass", "cop") for a in aux)


def is_past_infinitive(parse: Parse, t: Token) -> bool:
    """Whether a verb group is an infinitive that tells of the past: "to have struck"."""
    return t.feats.get("VerbForm") == "Part" and any(
        a.feats.get("VerbForm") == "Inf" and a.deprel in ("aux:tense", "aux") for a in auxiliaries(parse, t)
    )


def is_conditional(parse: Parse, t: Token) -> bool:
    """Whether a verb itself, not its auxiliary, is a conditional ("would ruin" in one word), which tells of no past."""
    return t.feats.get("Mood") == "Cnd" and not any(a.deprel == "aux:tense" for a in auxiliaries(parse, t))


def is_since(parse: Parse, t: Token, w: StatusWords) -> bool:
    """Whether a word is said to hold since some time; parsers hang that on its object as well."""
    near = [c for c in parse.children(t) if c.rel in ("obl", "nmod", "advmod")]
    near += [k for c in parse.children(t) if c.rel == "obj" for k in parse.children(c) if k.rel == "nmod"]
    return any(function_of(c, w) == "since" or any(function_of(k, w) == "since" for k in parse.children(c)) for c in near)


def is_habitual(parse: Parse, t: Token, w: StatusWords) -> bool:
    """Whether a verb is said to go on: "still", "every night"."""
    for c in parse.children(t):
        if c.rel not in ("obl", "advmod", "nmod"):
            continue
        if function_of(c, w) == "habit" or (
            function_of(c, w) == "unit" and any(function_of(k, w) in ("habit", "every") for k in parse.children(c))
        ):
            return True
    following = parse.tokens[t.i + 1 : t.i + 2]
    return any(k.pos == "ADV" and k.sent == t.sent and function_of(k, w) == "habit" for k in following)


def is_none_of(parse: Parse, t: Token, w: StatusWords) -> bool:
    """Whether a noun with "any" stands under something negated: "was not aware of any casualties"."""
    if not any(function_of(c, w) == "any" and c.rel == "det" for c in parse.children(t)):
        return False
    return any(is_negated(parse, a, w) for _, a in zip(range(3), parse.ancestors(t), strict=False))
