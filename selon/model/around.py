"""The sentence around a span, for showing evidence where no parse is at hand. May import: `model`."""

from __future__ import annotations

from selon.model.span import Span

_ENDS = ".!?…"
_CLOSERS = "\"'»”’)] \u00a0\u202f"
REACH = 600
"""Code points on either side beyond which a sentence is cut."""


def sentence_around(text: str, start: int, end: int) -> Span:
    """The line, or the sentence of it, that holds [start, end): what a reader wants to see as evidence.

    A sentence ends at a full stop, question or exclamation mark or ellipsis that white space and a capital, a digit or a quotation mark
    follow; it never leaves its line. This is for display only: statements and events have spans of their own.
    """
    left = max(text.rfind("\n", 0, start) + 1, start - REACH)
    right = text.find("\n", end)
    right = min(len(text) if right < 0 else right, end + REACH)
    begin = left
    for i in range(start - 1, left, -1):
        if _is_border(text, i, start):
            begin = i + 1
            break
    stop = right
    for i in range(max(end - 1, start), right):
        if _is_border(text, i, right):
            stop = i + 1
            while stop < right and text[stop] in _CLOSERS:
                stop += 1
            break
    return Span.trimmed(text, min(begin, start), max(stop, end))


def _is_border(text: str, i: int, limit: int) -> bool:
    """Whether a sentence ends with the character at `i`."""
    if text[i] not in _ENDS:
        return False
    k = i + 1
    while k < limit and text[k] in _CLOSERS:
        k += 1
    if k == i + 1 and k < len(text):
        return False  # "1.5", "M.Dupont"
    if k >= len(text):
        return True
    if text[i] == "." and i >= 1 and text[i - 1].isupper() and (i < 2 or not text[i - 2].isalnum()):
        return False  # an initial: "M. Dupont"
    return text[k].isupper() or text[k].isdigit() or text[k] in '«“"-–—'
