"""Passages of a text: its blocks with their kinds, and the stamps of live entries. May import: the rest of `intake`, `model`.

Passages lie in order, never overlap and cover everything but white space. Each line is at least one passage, because passage borders are sentence
borders. Kinds that are not the report itself (`boilerplate`) are not read on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selon.intake import edges, live
from selon.intake.lines import Line, split_lines
from selon.intake.phrases import Phrases
from selon.intake.surround import LONG, Words, announces_links, is_boilerplate, is_byline, is_credit, is_desk, is_name, is_separator
from selon.model import Passage, PassageKind

HEADLINE_MAX, SUBHEAD_MAX, SUBHEAD_WORDS = 220, 110, 16
"""Code points of a headline; code points and words of a subhead."""
LEAD_MIN = 60
"""Code points of the paragraph that tells the news."""
HEAD, TAIL = 8, 5
"""Lines at the beginning and the end of a text where names and desk codes may stand."""

_ITEM = re.compile(r"(?:[-–—•*▪►▶■●◦‣→»>|]{1,3}|\d{1,2}[.)]|[a-z]\))\s+\S")
_BULLET = re.compile(r"[-–—•*▪►▶■●◦‣→»>]")
_FRAMED = re.compile(r"([-=*_~#+–—]{1,3})\s*\S.*\S\s*\1")


@dataclass(slots=True)
class Piece:
    """A passage in the making. `stamp` is the index of the live entry it belongs to, `head` True for what stands beside the stamp."""

    start: int
    end: int
    kind: PassageKind | None = None
    gap: int = 0
    stamp: int | None = None
    head: bool = False


def find_passages(text: str, ph: Phrases, day: str | None = None) -> tuple[Passage, ...]:
    """The passages of a text. `day` is the ISO day it appeared, when known: live entries then have a whole date."""
    lines = split_lines(text)
    stamps = _stamps(text, lines, ph)
    pieces = _pieces(text, lines, stamps, ph)
    _kinds(text, pieces)
    times = live.days([s for s in stamps if s is not None], day)
    _entries(pieces)
    return tuple(Passage(p.kind or "paragraph", p.start, p.end, None if p.stamp is None else times[p.stamp]) for p in pieces)


def _stamps(text: str, lines: list[Line], ph: Phrases) -> list[live.Stamp | None]:
    """The stamp of each line, where the text is a live text at all: two firm ones, three of any kind, or one under a headline that says so."""
    found = [_stamp(text, line, ph) for line in lines]
    firm = sum(s is not None and s.firm for s in found)
    total = sum(s is not None for s in found)
    if total == 0:
        return found
    if total < 3:
        found = [s if s and s.firm else None for s in found]
    said = firm >= 1 and any(ph.live.anywhere(Words.of(text[x.start : min(x.end, x.start + 200)]).words) for x in lines[:3])
    return found if firm >= 2 or total >= 3 or said else [None] * len(lines)


def _stamp(text: str, line: Line, ph: Phrases) -> live.Stamp | None:
    raw = text[line.start : min(line.end, line.start + 60)]
    found = live.stamp_of(raw)
    if found is None and line.end - line.start <= live.DATED_MAX:
        found = live.dated_stamp(raw, ph.dateline)
    return found


def _pieces(text: str, lines: list[Line], stamps: list[live.Stamp | None], ph: Phrases) -> list[Piece]:
    out: list[Piece] = []
    entry = -1
    linked = 0  # 2 in a list of links, 1 before a single one
    opened = False  # the first paragraph has been passed
    first, seen = True, 0  # nothing of the report itself yet, as far as looked through
    n = len(lines)
    for k, line in enumerate(lines):
        start, end, gap = line.start, line.end, line.gap
        if k == 0:
            crawl = edges.CRAWL.match(text, start, end)
            if crawl is not None:
                out.append(Piece(start, crawl.end(), "boilerplate"))
                start = _skip(text, crawl.end(), end)
                if start == end:
                    continue
        stamp = stamps[k] if start == line.start else None
        if stamp is not None:
            entry += 1
            at = start + stamp.length
            out.append(Piece(start, _back(text, start, min(at, end)), "boilerplate", gap, entry, True))
            start = _skip(text, at, end)
            if start >= end:
                continue
        raw = text[start:end]
        first = first and all(p.kind == "boilerplate" for p in out[seen:])
        seen = len(out)
        if is_separator(raw):
            out.append(Piece(start, end, "boilerplate", gap))
            continue
        if len(raw) <= LONG:
            w = Words.of(raw)
            near = k < HEAD or k >= n - TAIL
            foreign = _is_foreign(w, ph, not first) or (near and is_desk(raw) and (k >= n - TAIL))
            if not foreign and linked and stamp is None:
                foreign = gap <= 2 and (
                    bool(_BULLET.match(raw)) or ((gap == 1 or linked == 1) and len(raw) <= 140 and not raw.endswith("."))
                )
                linked = linked if foreign and linked == 2 else 0
            elif foreign:
                linked = announces_links(w, ph)
            else:
                linked = 0
            if foreign:
                out.append(Piece(start, end, "boilerplate", gap, entry if stamp is not None else None, stamp is not None))
                continue
            if near and not first and stamp is None and _is_author(w, ph, k, n):
                out.append(Piece(start, end, "byline", gap))
                continue
        else:
            linked = 0
        _split(text, start, end, gap, ph, out, first=first, opened=opened, last=k >= n - TAIL, entry=entry if stamp is not None else None)
        opened = opened or (len(raw) > SUBHEAD_MAX and (not first or len(raw) > HEADLINE_MAX))
    return out


def _is_foreign(w: Words, ph: Phrases, label: bool) -> bool:
    """A line of one sentence by its words; of several, by its first: the last ones are looked at when the line is split."""
    if not is_boilerplate(w, ph, label):
        return False
    border = edges.SENTENCE.search(w.raw)
    return border is None or is_boilerplate(Words.of(w.raw[: border.start() + 1]), ph, label)


def _is_author(w: Words, ph: Phrases, k: int, n: int) -> bool:
    return is_byline(w, ph) or is_credit(w, ph) or ((k in (1, 2) or k == n - 1) and n > 3 and is_name(w.raw))


def _split(
    text: str, start: int, end: int, gap: int, ph: Phrases, out: list[Piece], *, first: bool, opened: bool, last: bool, entry: int | None
) -> None:
    """One line as the report's own words and what stands at their edges."""
    raw = text[start:end]
    cut = edges.opening(raw, ph)
    if not opened and (not first or len(raw) > HEADLINE_MAX):
        cut += edges.dateline(raw[cut:], ph)
    if cut:
        out.append(Piece(start, _back(text, start, start + cut), "boilerplate", gap))
        start = _skip(text, start + cut, end)
        gap = 0
        if start >= end:
            return
    raw = text[start:end]
    stop = start + edges.closing(raw, ph, last)
    k = ph.caption.at(Words.of(raw[:60]).words, 0) if not first else 0
    credited = edges.credit(text[start:stop], ph) if len(raw) <= LONG and not first else stop - start
    is_caption = (bool(k) and len(raw) <= LONG and _captioned(raw, k)) or credited < stop - start
    stop = min(stop, start + credited)
    kind: PassageKind | None = "caption" if is_caption else None
    at = start
    for a, b in edges.notes_inside(text[start:stop], ph):
        if start + a > at:
            left = _back(text, at, start + a)
            if left > at:
                out.append(Piece(at, left, kind, gap, entry, entry is not None))
        out.append(Piece(start + a, start + b, "boilerplate"))
        at = _skip(text, start + b, stop)
    if at < stop:
        if is_separator(text[at:stop]) and at > start:
            out.append(Piece(at, stop, "boilerplate"))
        else:
            out.append(Piece(at, stop, kind, gap, entry, entry is not None))
    tail = _skip(text, stop, end)
    if tail < end:
        out.append(Piece(tail, end, "boilerplate"))


def _captioned(raw: str, k: int) -> bool:
    """A caption's opening words, and then a colon or a participle: what follows names what is seen."""
    return k > 1 or bool(re.match(r"\W*\w+(?:\s*\([^)]*\))?\s*[:.|–—-]", raw))


def _kinds(text: str, pieces: list[Piece]) -> None:
    """Gives a kind to every piece that has none yet."""
    own = [p for p in pieces if p.kind is None]
    for i, p in enumerate(own):
        raw = text[p.start : min(p.end, p.start + HEADLINE_MAX + 1)]
        after = own[i + 1] if i + 1 < len(own) else None
        if i == 0 and not p.head and after is not None and len(raw) <= HEADLINE_MAX and _is_headline(raw, p, after):
            kicker = _is_kicker(text, p, after) and len(own) > 2
            p.kind = "subhead" if kicker else "headline"
            if kicker:
                after.kind = "headline"
        elif p.kind is None:
            p.kind = _kind(text, raw, p, after)
    for p in own:
        if p.head or p.kind == "live_entry":
            break
        if p.kind == "paragraph" and p.end - p.start >= LEAD_MIN:
            p.kind = "lead"
            break


def _is_headline(raw: str, p: Piece, after: Piece) -> bool:
    if _ITEM.match(raw) or (raw.endswith(".") and len(raw.split()) > 14):
        return False
    return after.gap != 1 or after.end - after.start > len(raw) or len(raw) <= 120


def _is_kicker(text: str, p: Piece, after: Piece) -> bool:
    """A few words over the headline proper: the next line, close by, looks more like one."""
    raw, below = text[p.start : p.end], text[after.start : after.end]
    return (
        after.gap <= 1 and len(raw.split()) <= 5 and len(below) <= HEADLINE_MAX and len(below) > len(raw) and not below.endswith((".", "!", ":"))
        and not after.head and not _ITEM.match(below)
    )  # fmt: skip


def _kind(text: str, raw: str, p: Piece, after: Piece | None) -> PassageKind:
    size = p.end - p.start
    if size <= SUBHEAD_MAX and after is not None and not p.head and _is_subhead(text, raw, p, after):
        return "subhead"
    return "list_item" if _ITEM.match(raw) else "paragraph"


def _is_subhead(text: str, raw: str, p: Piece, after: Piece) -> bool:
    if _FRAMED.fullmatch(raw):
        return True
    if len(raw.split()) > SUBHEAD_WORDS or (raw.endswith((".", ",", ";", "…")) and not raw.isupper()):
        return False
    longer = after.end - after.start > max(60, p.end - p.start)
    if _ITEM.match(raw):
        return longer and after.gap == 1 and not _ITEM.match(text[after.start : after.start + 6])
    if raw.endswith(":"):
        return len(raw.split()) <= 5
    return longer or bool(_ITEM.match(text[after.start : after.start + 6])) or raw.isupper()


def _entries(pieces: list[Piece]) -> None:
    """Hands the stamp of each entry on to the passages under it; the last entry takes no more than the fullest of the others."""
    heads = [i for i, p in enumerate(pieces) if p.head and p.stamp is not None and (i == 0 or pieces[i - 1].stamp != p.stamp)]
    if not heads:
        return
    most = 0
    for k, i in enumerate(heads):
        last = k + 1 == len(heads)
        stop = len(pieces) if last else heads[k + 1]
        stamp = pieces[i].stamp
        taken = 0
        for p in pieces[i:stop]:
            if p.kind == "boilerplate":
                continue
            if not p.head:
                if last and len(heads) > 1 and taken >= most:
                    break
                taken += 1
            p.stamp = stamp
            if p.kind in ("paragraph", "lead"):
                p.kind = "live_entry"
        most = max(most, taken)
    _titles(pieces, heads)


def _titles(pieces: list[Piece], heads: list[int]) -> None:
    """A short line beside the stamp with a longer one of the same entry below is the entry's headline."""
    for i in heads:
        mine = [p for p in pieces[i : i + 4] if p.stamp == pieces[i].stamp and p.kind != "boilerplate"]
        if len(mine) > 1 and mine[0].head and mine[0].end - mine[0].start <= 140 and mine[1].end - mine[1].start > 60 and not mine[1].head:
            mine[0].kind = "subhead"


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _back(text: str, start: int, at: int) -> int:
    while at > start and text[at - 1].isspace():
        at -= 1
    return at
