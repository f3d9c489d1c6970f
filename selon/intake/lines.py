"""Lines of a text, and lines that a mail program or typewriter cut in the middle put together again. May import: nothing of Selon."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
WRAP = (45, 110)
"""Width that the lines of a wrapped text may have, in code points."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space at its edges; `gap` is the number of line ends before it."""

    start: int
    end: int
    gap: int


def split_lines(text: str) -> list[Line]:
    """The non-blank lines, hard-wrapped paragraphs as one line each."""
    out: list[Line] = []
    before = 0
    for m in _LINE.finditer(text):
        raw = m[0]
        left = raw.lstrip()
        if not left:
            continue
        start = m.end() - len(left)
        end = m.start() + len(raw.rstrip())
        if not out:
            gap = 0
        else:
            between = text[before : m.start()]
            gap = 1 if between == "\n" else 2 if between == "\n\n" else len(_BREAK.findall(between))
        out.append(Line(start, end, gap))
        before = end
    return _unwrap(text, out)


def _unwrap(text: str, lines: list[Line]) -> list[Line]:
    """Joins the lines of blocks in which nearly every line but the last is about as long as the longest."""
    out: list[Line] = []
    i, n = 0, len(lines)
    while i < n:
        j = i + 1
        while j < n and lines[j].gap == 1:
            j += 1
        if j - i >= 3 and _wrapped(text, lines[i:j]):
            out.append(Line(lines[i].start, lines[j - 1].end, lines[i].gap))
        else:
            out.extend(lines[i:j])
        i = j
    return out


def _wrapped(text: str, block: list[Line]) -> bool:
    widths = [line.end - line.start for line in block]
    widest = max(widths)
    if not WRAP[0] <= widest <= WRAP[1]:
        return False
    full = widths[:-1]
    if sum(w >= widest - 18 for w in full) < 0.9 * len(full):
        return False
    # Lines of a list end with their sentence; wrapped ones end anywhere and go on in lower case about as often as not.
    cut = sum(text[line.end - 1] not in '.!?…:;»”"' for line in block[:-1])
    low = sum(text[line.start].islower() for line in block[1:])
    return cut >= 0.6 * len(full) and low >= 0.4 * len(full)
