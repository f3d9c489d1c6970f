"""Where the words of a text are roles or known names: found once for a text, asked by each stage that names people in it.

May import: `lexis`, `model`.
"""

from __future__ import annotations

from dataclasses import dataclass

from selon.model import Parse
from selon.model.word import plain
from selon.resolve.who.lexis import Known, Lexis, Role

_NO_ROLES = frozenset(("VERB", "AUX", "ADP", "DET", "PRON", "CCONJ"))


@dataclass(frozen=True, slots=True)
class WordsOf:
    """`roles`: (token, role of a person) in text order. `known`: (token, number of words, what is known) of capitalised words."""

    parse: Parse
    lexis: Lexis
    roles: tuple[tuple[int, Role], ...]
    known: tuple[tuple[int, int, Known], ...]


_last: WordsOf | None = None


def words_of(parse: Parse, lexis: Lexis) -> WordsOf:
    """The roles and known names of a parse. The last answer is kept: three stages in turn ask of the same parse."""
    global _last
    kept = _last
    if kept is None or kept.parse is not parse or kept.lexis is not lexis:
        kept = _last = _find(parse, lexis)
    return kept


def _find(parse: Parse, lexis: Lexis) -> WordsOf:
    written = [t.text for t in parse]
    lower = [plain(w) for w in written]
    roles = [
        (t.i, role)
        for t in parse
        if lower[t.i][:1].isalpha() and t.pos not in _NO_ROLES and (role := lexis.role_at(lower, t.i)) is not None and not role.is_body
    ]
    known = [(k, *hit) for k, w in enumerate(written) if w[:1].isupper() and (hit := lexis.known_at(written, k)) is not None]
    return WordsOf(parse, lexis, tuple(roles), tuple(known))
