"""Shapes of words and sentences: capitals, and what joins two words. May import: `model`."""

from __future__ import annotations

from selon.model.parse import Parse, Sentence, Token


def joined(parse: Parse, i: int, j: int) -> bool:
    """Whether token j follows token i with nothing but one space, hyphen or apostrophe between."""
    a, b = parse.tokens[i], parse.tokens[j]
    width = b.start - a.end
    return a.sent == b.sent and (width == 0 or (width == 1 and parse.text[a.end] != "\n"))


def capital(t: Token) -> bool:
    """Whether a word begins with a capital."""
    return t.text[:1].isupper()


def is_word(t: Token) -> bool:
    """Whether a token has a letter."""
    return t.text.isalpha() or any(c.isalpha() for c in t.text)


def is_loud(parse: Parse, sentence: Sentence) -> bool:
    """A sentence in capitals, where case says nothing."""
    tokens = [t for t in parse.tokens_of(sentence) if len(t.text) > 2 and t.text.isalpha()]
    return len(tokens) > 2 and sum(t.text.isupper() for t in tokens) > 0.7 * len(tokens)


def is_titled(parse: Parse, sentence: Sentence) -> bool:
    """A heading all of whose longer words begin with a capital."""
    tokens = [t for t in parse.tokens_of(sentence) if len(t.text) > 3 and t.text.isalpha()]
    return len(tokens) > 3 and sum(capital(t) for t in tokens) >= 0.8 * len(tokens)
