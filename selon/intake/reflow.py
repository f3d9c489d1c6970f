"""Lines that were broken to fit a page, put together to paragraphs again. May import: nothing of Selon.

Messages and PDF break lines at a width; a sentence would end at each break. A line goes on in the next when it is nearly as long as the widest ones and
neither an end of a sentence with a short line, nor an item, nor a blank line parts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_ITEM = re.compile(r"\s*(?:[-–—•*▪►■●◦»>]\s|\d{1,3}[.)]\s|[a-z]\)\s)")
_HYPHEN = re.compile(r"[^\W\d_]{2,}[-\u00ad\u2010]$")
_ENDS = (".", "!", "?", "…", "»", "”", '"', ":", ")")


def paragraphs(lines: Iterable[str]) -> list[str]:
    """Paragraphs of lines; blank lines part them. A word broken with a hyphen at the end of a line is joined."""
    block: list[str] = []
    out: list[str] = []
    for raw in (*lines, ""):
        line = " ".join(raw.split())
        if line:
            block.append(line)
        elif block:
            out += _joined(block)
            block = []
    return out


def _joined(block: list[str]) -> list[str]:
    width = sorted(map(len, block))[int(len(block) * 0.9)] if len(block) > 2 else max(map(len, block))
    out = [block[0]]
    before = block[0]
    for line in block[1:]:
        first = len(line.split(" ", 1)[0])
        # A line that had room for the next word was ended on purpose.
        full = len(before) + 1 + first > 0.92 * width and width >= 40
        if _ITEM.match(line) or not full or (before.endswith(_ENDS) and len(before) < 0.75 * width):
            out.append(line)
        elif _HYPHEN.search(before) and line[:1].islower():
            out[-1] = out[-1][:-1] + line
        else:
            out[-1] += " " + line
        before = line
    return out
