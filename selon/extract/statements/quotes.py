"""Quotations in the raw text of a passage, whatever marks they use and however unbalanced they are. May import: `model`.

Works on characters, not on the parse: sentence borders inside quotations are then of no matter. One passage at a time; a quotation that
its passage leaves open ends with the passage, and is marked `open`, so that the next passage may go on with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

OPENERS = "«“„‟〝‹"
CLOSERS = "»”〞›"
BOTH = '"″＂'
SINGLES = "‘’'"
ALL = frozenset(OPENERS + CLOSERS + BOTH)
_BEFORE = frozenset(" \t\u00a0\u202f\u2009([{-–—‑,;:/'’‘+*>")
_AFTER = frozenset(" \t\u00a0\u202f\u2009,;:.!?…)]}-–—")
_PAIRS = {"«": "»", "“": "”", "„": "”“", "‟": "”", "〝": "〞", "‹": "›", '"': '"', "″": "″", "＂": "＂"}
_OPENED_BY = {c: frozenset(o for o, closers in _PAIRS.items() if c in closers) for c in ALL}


@dataclass(frozen=True, slots=True)
class Quote:
    """[start, end) with the marks, [first, last) without marks and white space. `open`: no closing mark was found in the passage."""

    start: int
    end: int
    first: int
    last: int
    depth: int
    open: bool = False

    def holds(self, position: int) -> bool:
        return self.start <= position < self.end


def find_quotes(text: str, start: int, end: int, singles: bool = False) -> list[Quote]:
    """The quotations of one passage, outer before inner, in text order; `singles`: in single marks, too."""
    stack: list[int] = []
    waiting: Counter[str] = Counter()
    out: list[Quote] = []

    def pop() -> int:
        begin = stack.pop()
        waiting[text[begin]] -= 1
        return begin

    def close(at: int, width: int = 1, left_open: bool = False) -> None:
        begin = pop()
        first, last = begin + 1, at
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if last > first:
            out.append(Quote(begin, at + width, first, last, len(stack), left_open))

    for i in range(start, end):
        c = text[i]
        if c not in ALL:
            continue
        before = text[i - 1] if i > start else " "
        after = text[i + 1] if i + 1 < end else " "
        if _opens(c, before, after, text[stack[-1]] if stack else "", waiting):
            stack.append(i)
            waiting[c] += 1
        elif stack:
            # A closing mark closes the innermost quotation of its own kind; of another kind only when there is none.
            if any(waiting[o] for o in _OPENED_BY.get(c, ())):
                while not _fit(text[stack[-1]], c):
                    pop()
            close(i)
    while stack:
        close(end, 0, True)
    if singles:
        out += _in_singles(text, start, end, out)
    out.sort(key=lambda q: (q.start, -q.end))
    return out


def _in_singles(text: str, start: int, end: int, doubles: list[Quote]) -> list[Quote]:
    """Quotations in single marks outside those in double marks. An apostrophe is no mark: a closing one stands behind a sign, or behind a
    letter with no letter after it, and before the next opening one; the first that stands behind a sign is preferred."""
    out: list[Quote] = []
    i = start
    while i < end:
        c = text[i]
        before = text[i - 1] if i > start else " "
        after = text[i + 1] if i + 1 < end else " "
        opens = c in "‘'" and (before in _BEFORE or before.isspace()) and before not in "'’" and (after.isalnum() or after in "[…$£€")
        if not opens or any(q.holds(i) for q in doubles):
            i += 1
            continue
        stop = _single_end(text, i + 1, end)
        if stop is None or any(q.start < stop and q.end > i and not (q.start > i and q.end <= stop) for q in doubles):
            i += 1
            continue
        out.append(Quote(i, stop + 1, i + 1, stop, 0))
        i = stop + 1
    return out


def _single_end(text: str, k: int, end: int) -> int | None:
    first: int | None = None
    for j in range(k, end):
        if text[j] not in "‘’'":
            continue
        after = text[j + 1] if j + 1 < end else " "
        if text[j - 1].isspace() and after.isalnum():
            if first is not None:
                return first
            continue
        if text[j] == "‘" or (after not in _AFTER and not after.isspace()):
            continue
        if text[j - 1] in ".,!?…":
            return j
        plural = text[j - 1] == "s" and after == " " and j + 2 < end and text[j + 2].islower()
        if first is None and text[j - 1].isalnum() and not plural:
            first = j
    return first


def _fit(opener: str, closer: str) -> bool:
    return closer in _PAIRS.get(opener, "")


def _opens(c: str, before: str, after: str, inner: str, waiting: Mapping[str, int]) -> bool:
    """Whether a mark opens a quotation; `inner` is the opening mark of the innermost one, `waiting` how many of each are open."""
    free_before, free_after = before in _BEFORE or before.isspace(), after in _AFTER or after.isspace()
    if c in "«„‟〝‹":
        return True
    if c in "»〞›":
        return False
    if c == "“":
        # Opening in English and French use; closing after a low German opener or when glued to the word before it.
        return not (inner in ("„", "“") and (not free_before or free_after))
    if c == "”":
        return not inner and free_before and not free_after
    return not waiting[c] and (free_before or not free_after)
