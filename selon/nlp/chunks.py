"""Which part of a text goes to the model at once: pure arithmetic on offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

Passages: TypeAlias = "Sequence[tuple[int, int]] | None"

CHUNK = 20_000
"""Code points of a passage that are tokenized at once; a longer passage is cut at white space."""
DOC = 400
"""Tokens after which a document for the model ends at the next sentence border; a longer sentence is cut at twice as many."""
_UNSOUND = re.compile("[\ud800-\udfff\0]")


def ranges(text: str, passages: Passages) -> list[tuple[int, int]]:
    """Passages in order, inside the text."""
    if passages is None:
        return [(0, len(text))] if text else []
    out: list[tuple[int, int]] = []
    at = 0
    for a, b in sorted(passages):
        a, b = max(a, at), min(b, len(text))
        if a < b:
            out.append((a, b))
            at = b
    return out


def chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cuts [start, end) into pieces of at most CHUNK code points, at a line end or white space when there is one."""
    while end - start > CHUNK:
        limit = start + CHUNK
        cut = max(text.rfind("\n", start + 1, limit), text.rfind("\r", start + 1, limit))
        if cut <= start + CHUNK // 2:
            window = text[start:limit]
            cut = start + max(window.rfind(" "), window.rfind("\u00a0"), window.rfind("\t"), window.rfind("\u2028"))
        if cut <= start:
            cut = limit
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def groups(starts: Sequence[int], n: int) -> Iterator[tuple[int, int]]:
    """Token ranges of whole sentences, closed once they hold DOC tokens; a sentence of more than 2 DOC tokens is cut."""
    first = 0
    for s in [*starts[1:], n]:
        while s - first > 2 * DOC:
            yield first, first + DOC
            first += DOC
        if s - first >= DOC or s == n:
            if s > first:
                yield first, s
            first = s


def sound(text: str) -> str:
    """The same text with what spaCy cannot encode replaced, code point by code point."""
    return _UNSOUND.sub("\ufffd", text)
