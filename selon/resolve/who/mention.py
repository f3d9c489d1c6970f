"""A mention taken apart: determiner, role, name, nationality, known body. May import: `lang`, `rules`, `model`, `errors`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selon.model import Parse, Span, Token
from selon.model.word import plain
from selon.resolve.who.lexis import Known, Lexis, Role

_APOSTROPHE = {0x2019: "'"}
_MARKS = '"«»“”„‟ \u00a0'


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an actor. Indices are tokens of the parse.

    `form` is pronoun, owner (a possessive by itself), speaker, demonstrative, possessive, indefinite, definite or bare; `name` the person's name in it, `core` the phrase
    without its determiner, `nations` the countries it names, `known` the known body or person, `roles` its role nouns in order,
    `wide` that it belongs to a body above states, `again` that it says "the same" or "the latter".
    """

    first: int
    last: int
    form: str
    core: str
    name: str | None
    roles: tuple[Role, ...]
    nations: tuple[str, ...]
    known: Known | None
    gender: str
    plural: bool
    wide: bool
    again: bool
    generic: bool
    joined: bool
    local: bool
    known_first: bool

    @property
    def role(self) -> Role | None:
        return self.roles[0] if self.roles else None


def describe(parse: Parse, span: Span, lexis: Lexis, placed: Sequence[bool] | None = None) -> Mention | None:
    """The mention at a span; `placed` marks tokens that name places. None when the span holds no token."""
    tokens = parse.between(span.start, span.end) or tuple(t for t in (parse.at(span.start),) if t is not None and t.start < span.end)
    if not tokens:
        return None
    words = [t.text.translate(_APOSTROPHE) for t in tokens]
    lower = [plain(w) for w in words]
    form, gender, plural, begin = _form(lower, lexis)
    if form == "" and tokens[0].pos == "NUM" and len(tokens) > 1:
        form, plural = "indefinite", True
    if form == "" and tokens[0].i > 0 and tokens[0].i == tokens[-1].i:
        form = "bare"
    roles: list[Role] = []
    nations: list[str] = []
    known: Known | None = None
    wide = local = again = generic = joined = known_first = False
    taken = [False] * len(words)
    k = begin
    while k < len(words):
        hit = lexis.known_at(words, k)
        if hit is not None and not (hit[1].person and known is not None):
            if known is None:
                known, known_first = hit[1], not roles
            for j in range(k, k + hit[0]) if not hit[1].person else ():
                taken[j] = True
            k += hit[0]
            continue
        role = lexis.role_at(lower, k)
        if role is not None and not (words[k][0].isupper() and k > begin and tokens[k].pos == "PROPN"):
            roles.append(role)
            for j in range(role.first, role.last + 1):
                taken[j] = True
            k = role.last + 1
            continue
        nation = lexis.nation(lower, k, words[k][:1].isupper())
        if nation is not None:
            nations.append(nation[1])
            for j in range(k, k + nation[0]):
                taken[j] = True
            k += nation[0]
            continue
        what = lexis.what(lower[k])
        wide = wide or what == "global"
        local = local or what == "local"
        again = again or what in ("same", "last")
        joined = joined or (what == "and" and k > 0)
        k += 1
    generic = bool(roles) and lexis.what(roles[0].key) == "generic"
    if form == "possessive" and len(tokens) == 1:
        # "its raids": whose they are.
        owners = lexis.word(lower[0])
        return Mention(
            tokens[0].i, tokens[0].i, "owner", words[0], None, (), (), None, "", owners is not None and owners.get("owners") == "p", False, False,
            False, False, False, False,
        )  # fmt: skip
    counts = tokens[0].i == parse.sentence(tokens[0]).first and (
        tokens[0].pos in ("NUM", "DET", "ADV", "PRON")
        or (tokens[0].pos == "ADJ" and len(words) > 1 and not words[1][:1].isupper())
        or (tokens[0].pos == "NOUN" and tokens[0].feats.get("Number") == "Plur")
    )
    name = _name(tokens, words, taken, begin + (1 if counts and begin == 0 else 0), lexis, placed)
    if not gender:
        head = next((t for t in tokens if t.pos in ("NOUN", "PRON")), tokens[-1])
        gender = {"Fem": "f", "Masc": "m"}.get(head.feats.get("Gender", ""), "")
        plural = plural or head.feats.get("Number") == "Plur"
    core = parse.span(tokens[min(begin, len(tokens) - 1)].i, tokens[-1].i).text.strip(_MARKS)
    return Mention(
        tokens[0].i, tokens[-1].i, form or "bare", core, name, tuple(roles), tuple(nations), known, gender, plural, wide, again, generic,
        joined, local, known_first,
    )  # fmt: skip


def _form(lower: Sequence[str], lexis: Lexis) -> tuple[str, str, bool, int]:
    """How the phrase begins: (form, gender, plural, index of the first word behind the determiner)."""
    entry = lexis.word(lower[0])
    what = entry["is"] if entry is not None else ""
    gender = entry.get("gender") if entry is not None else ""
    plural = entry is not None and entry.get("number") == "p"
    if len(lower) == 1 and what == "article":
        what = "pronoun"
    match what:
        case "pronoun":
            return "pronoun", gender, plural, 0
        case "speaker":
            return "speaker", gender, plural, 0
        case "demonstrative":
            return "demonstrative", gender, plural, 1
        case "possessive":
            return "possessive", gender, plural, 1
        case "indefinite":
            return "indefinite", gender, False, 1
        case "plural_indefinite":
            return "indefinite", gender, True, 1
        case "article":
            return "definite", gender, plural, 1
    return "", gender, plural, 0


def _name(
    tokens: Sequence[Token], words: Sequence[str], taken: Sequence[bool], begin: int, lexis: Lexis, placed: Sequence[bool] | None
) -> str | None:
    """The longest run of capitalised words that are neither role, nation nor place: a person's name (or a body's that nobody knows)."""

    def free(j: int) -> bool:
        return (
            j < len(words) and _is_name_word(words[j]) and not taken[j] and not (placed is not None and placed[tokens[j].i])
            and lexis.what(plain(words[j])) in ("", "particle")
        )  # fmt: skip

    best: tuple[int, int] | None = None
    k = begin
    while k < len(words):
        # What follows a preposition is a body or a place: "une porte-parole de Trafigura".
        behind = tokens[k - 1].pos if k > 0 else ""
        if not free(k) or behind == "ADP" or (behind == "DET" and k > 1 and tokens[k - 2].pos == "ADP"):
            k += 1
            continue
        j = k
        while True:
            if free(j + 1):
                j += 1
            elif j + 1 < len(words) and lexis.what(plain(words[j + 1])) == "particle" and free(j + 2):
                j += 2
            else:
                break
        if best is None or j - k > best[1] - best[0]:
            best = (k, j)
        k = j + 1
    if best is None:
        return None
    return " ".join(words[best[0] : best[1] + 1]).replace("' ", "'")


def _is_name_word(word: str) -> bool:
    return word[:1].isupper() and any(c.isalpha() for c in word)
