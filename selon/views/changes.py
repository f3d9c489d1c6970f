"""What changed between two versions of a text, passage by passage, word by word. May import: `views`.

Lines are compared first and words only within lines that took each other's place, so that long texts cost little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from selon.views.notes import Line

_WORDS = re.compile(r"\s+|[\w’'-]+|[^\w\s]")
MOST = 4000
"""Words up to which two passages are compared word by word."""


@dataclass(frozen=True, slots=True)
class Change:
    """A passage that is not as it was: `before` None = new, `after` None = gone; `parts` shows both in one: (sign, words) with sign `-`, `+` or a space."""

    before: str | None
    after: str | None
    parts: tuple[tuple[str, str], ...]


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The passages (lines) that changed, in the order of the text. Spaces do not count."""
    old, new = _lines(before), _lines(after)
    out: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs, left_old, left_new = _paired(old[a:b], new[c:d])
        out += [Change(x, y, _parts(x, y)) for x, y in pairs]
        out += [Change(x, None, (("-", x),)) for x in left_old]
        out += [Change(None, y, (("+", y),)) for y in left_new]
    return tuple(out)


def _lines(text: str) -> list[str]:
    return [line for raw in text.splitlines() if (line := " ".join(raw.split()))]


def _paired(old: list[str], new: list[str]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Lines that are versions of each other: in order, each with the next one that shares more than half of its words."""
    pairs: list[tuple[str, str]] = []
    left_old: list[str] = []
    at = 0
    left_new: list[str] = []
    for x in old:
        hit = next((k for k in range(at, min(at + 20, len(new))) if _alike(x, new[k])), None)
        if hit is None:
            left_old.append(x)
            continue
        left_new += new[at:hit]
        pairs.append((x, new[hit]))
        at = hit + 1
    return pairs, left_old, left_new + new[at:]


def _alike(a: str, b: str) -> bool:
    x, y = set(a.lower().split()), set(b.lower().split())
    return 2 * len(x & y) > max(len(x), len(y))


def _parts(before: str, after: str) -> tuple[tuple[str, str], ...]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) > MOST or len(new) > MOST:
        return (("-", before), ("+", after))
    out: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            out.append((" ", "".join(old[a:b])))
            continue
        out += [("-", "".join(old[a:b]))] if b > a else []
        out += [("+", "".join(new[c:d]))] if d > c else []
    return tuple(out)


def change_lines(found: tuple[Change, ...], indent: int = 1) -> Iterator[Line]:
    """The changes as lines: words taken away in [- -], words added in {+ +}, as word diffs are written."""
    for c in found:
        if c.before is None or c.after is None:
            yield Line(f"{'+' if c.before is None else '-'} {c.after or c.before}", "quote" if c.before is None else "warn", indent)
            continue
        told = "".join(f"[-{w}-]" if sign == "-" else f"{{+{w}+}}" if sign == "+" else w for sign, w in c.parts)
        yield Line(f"± {told}", "text", indent)
