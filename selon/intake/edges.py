"""What does not belong to the report at the edges of a passage: datelines, notes in brackets, credits, a last sentence for readers.

May import: `surround`, `phrases`, `fold`.
"""

from __future__ import annotations

import re

from selon.intake.fold import fold, words
from selon.intake.phrases import Phrases
from selon.intake.surround import Words, is_boilerplate, is_credit, is_desk

DATELINE_MAX = 90
"""Code points that a dateline may take."""

CAPTION_MIN = 30
"""Code points of a caption with a credit; what is shorter is a credit or a signature by itself."""

CRAWL = re.compile(r"\s*date\s+\d{4}-\d{2}(?:-\d{2})?(?!\d)")
"""The header that crawled collections put before a text."""

_OPENING_NOTE = re.compile(r"\[([^\[\]]{1,120})\]|\(([^()]{1,120})\)")
_SQUARE = re.compile(r"\[([^\[\]\n]{1,120})\]")
_CLOSING_NOTE = re.compile(r"\(([^()]{1,120})\)[.\s]*$|\[([^\[\]]{1,120})\][.\s]*$")
_SHORT_DATE = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?")
_DASH = re.compile(r"[\s\xa0](?:-{1,2}|–|—)(?=[\s\xa0]|$)[\s\xa0]*")
_ASIDE = re.compile(r"[\"«“][^\"»”]{1,80}[\"»”][\s\xa0]*[-–—][\s\xa0]")
SENTENCE = re.compile(r"(?:(?<![\s(][A-ZÀ-Þ])\.|[!?…»\"”)])\s+(?=[A-ZÀ-ÞŒ«\[])")
"""A sentence border within a line, roughly; it ends where the next sentence begins."""
_TOKEN = re.compile(r"[\w'’-]+")
_CREDIT = re.compile(r"(?:©.{0,80}|(?:\S+\s+/\s*)?\S*/\s?\S+|\S+\s+/\s+\S+(?:/\S+)?|[A-Z]{2,}(?:\s[A-Z]{2,})?)\s*$")


def opening(raw: str, ph: Phrases) -> int:
    """How many code points at the start of a line are a note in brackets ("[Mise à jour 15h] ") that is not the report."""
    m = _OPENING_NOTE.match(raw)
    if m is None or m.end() == len(raw) or not is_boilerplate(Words.of(m[1] or m[2]), ph):
        return 0
    dash = _DASH.match(raw, m.end())
    at = dash.end() if dash else m.end()
    while at < len(raw) and raw[at].isspace():
        at += 1
    return at


def dateline(raw: str, ph: Phrases) -> int:
    """How many code points at the start of a first paragraph say where, when and by whom it was written: "Kyiv, 17 février (AFP) - ".

    Found by shape: before a dash that a new sentence follows stand only capitalised words, numbers, brackets and the pack's words of datelines.
    """
    head = raw[:DATELINE_MAX]
    dash = _DASH.search(head)
    if dash is not None and _is_dateline(head[: dash.start()], ph):
        after = raw[dash.end() : dash.end() + 1]
        if _ASIDE.match(raw, dash.end()):
            return 0
        # A short line with a dash is a headline in two parts.
        if not after or after == "[" or (not after.islower() and len(raw) - dash.end() > 60):
            return dash.end()
    stop = head.find(". ")
    if 0 < stop < 45 and "," in head[:stop] and len(raw) - stop > 60:
        last = words(head[:stop])[-1:]
        if last and len(last[0]) > 3 and last[0] in ph.dateline and _is_dateline(head[:stop], ph):
            return stop + 2
    return 0


def _is_dateline(prefix: str, ph: Phrases) -> bool:
    bare = re.sub(r"\([^()]*\)", " ", prefix)
    tokens = _TOKEN.findall(bare)
    if not 0 < len(tokens) <= 10 or not prefix[0].isupper() or any(c in bare for c in ':;!?«»"'):
        return False
    named = 0
    for t in tokens:
        folded = fold(t).rstrip(".")
        if t[0].isdigit() or folded in ph.dateline or folded in ph.agencies:
            continue
        if not t[0].isupper():
            return False
        named += 1
    return 1 <= named <= 6


def closing(raw: str, ph: Phrases, last: bool) -> int:
    """Where in a passage that ends with something foreign the report ends; `len(raw)` when it ends with itself.

    `last` allows what stands only at the end of a text: a short date, a desk's code.
    """
    end = len(raw)
    for _ in range(3):
        cut = _closing(raw[:end], ph, last)
        if cut == end:
            break
        end = cut
    return end


def _closing(raw: str, ph: Phrases, last: bool) -> int:
    n = len(raw)
    if raw.endswith((")", "]", ").", "].")):
        m = _CLOSING_NOTE.search(raw, max(0, n - 130))
        if m is not None and m.start() > 0:
            note = m[1] or m[2]
            if (
                note.lstrip().startswith("©")
                or is_boilerplate(Words.of(note), ph)
                or (last and (_SHORT_DATE.fullmatch(note) or is_desk(note)))
            ):
                return len(raw[: m.start()].rstrip())
    base = max(0, n - 240)
    cut = -1
    for m in SENTENCE.finditer(raw, base):
        cut = m.end()
    if cut > 0:
        tail = Words.of(raw[cut:])
        if 0 < len(tail.words) <= 25 and (is_boilerplate(tail, ph, label=False) or is_credit(tail, ph)):
            return len(raw[:cut].rstrip())
    return n


def credit(raw: str, ph: Phrases) -> int:
    """Where the credit of a picture at the end of its caption begins ("… POOL/AFP/Archives"); `len(raw)` when there is none."""
    tail = raw[-100:]
    if len(raw) < CAPTION_MIN:
        return len(raw)
    if "/" not in tail and "©" not in tail and not tail[-2:].isupper():
        return len(raw)
    m = _CREDIT.search(raw, max(0, len(raw) - 100))
    if m is None or m.start() == 0:
        return len(raw)
    found = Words.of(m[0])
    if not any(x in ph.agencies or x in ph.pool for x in found.words[-2:]) and not m[0].startswith("©"):
        return len(raw)
    start = m.start()
    if m[0].lstrip().startswith("©") or found.words[0] in ph.pool or found.words[0] in ph.agencies:
        return len(raw[:start].rstrip())
    # A photographer's first name stands before the last.
    before = re.search(r"(?<=[\s.])(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w’'-]+)\s+$", raw[max(0, start - 30) : start])
    if before is not None and raw[start].isupper():
        start -= len(before[0])
    return len(raw[:start].rstrip())


def notes_inside(raw: str, ph: Phrases) -> list[tuple[int, int]]:
    """Square brackets within a passage that are not the report: "[lire la suite]"."""
    if "[" not in raw:
        return []
    return [m.span() for m in _SQUARE.finditer(raw) if is_boilerplate(Words.of(m[1]), ph)]
