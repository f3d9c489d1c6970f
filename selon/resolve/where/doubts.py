"""Names that look like places and are persons by what they do in the sentence. May import: `mentions`, `words`, `model`."""

from __future__ import annotations

from selon.model import Parse, Token
from selon.resolve.where.mentions import Mention
from selon.resolve.where.words import Words, entry_for

QUOTES = frozenset(("«", "»", '"', "“", "”", "'", "‘", "’"))


def is_person(parse: Parse, words: Words, m: Mention) -> bool:
    """Whether a name is rather a person: it speaks, or a calling stands behind it ("Hassan, épicier"), or it follows "commune" without "de"."""
    if m.anaphor:
        return False
    key = m.name.lower().replace("’", "'")
    if key in words.metonyms or key in words.countries or m.context.iso:
        return False
    if m.context.classifier_at is not None:
        bare = not m.candidates and not m.context.of and m.context.classifier_at == m.first - 1
        return bare and m.last - m.first == 1 and m.context.expects == "settlement"
    if _quoted(parse, m):
        return True
    if m.context.rel not in ("", "with", "agent", "by") or m.role == "topic" or m.listed:
        return False
    head = _head(parse, m)
    verb = parse.head(head)
    if verb is not None and head.rel == "nsubj" and verb.lemma.lower() in words.reporting and verb.pos == "VERB":
        return m.role != "agent"
    return m.first == m.last and _calling(parse, words, m)


def _quoted(parse: Parse, m: Mention) -> bool:
    """Whether the name alone stands in quotation marks: a nickname, a ship, a code name."""
    if m.first == 0 or m.last + 1 >= len(parse):
        return False
    return parse[m.first - 1].text in QUOTES and parse[m.last + 1].text in QUOTES


def _head(parse: Parse, m: Mention) -> Token:
    for k in range(m.first, m.last + 1):
        if not m.first <= parse[k].head <= m.last:
            return parse[k]
    return parse[m.first]


def _calling(parse: Parse, words: Words, m: Mention) -> bool:
    """Whether a comma and a noun for a person without an article stand behind the name."""
    after = parse.tokens[m.last + 1 : m.last + 3]
    if len(after) < 2 or after[0].text != "," or after[1].text[:1].isupper():
        return False
    noun = entry_for(words.people, after[1])
    return noun is not None and noun["is"] == "person"
