"""Live entries of a page, each with its stamp: by the publisher's data, by shape, or from JSON-LD. May import: `page`, `html_text`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from selon.intake import live
from selon.intake.html_text import visible_text
from selon.intake.page import jsonld
from selon.intake.page.markup import Node, attribute, words
from selon.intake.page.moments import clock, in_zone, moment
from selon.intake.page.pieces import Piece, names_of, pieces_of
from selon.intake.page.publishers import Layout
from selon.intake.page.shapes import has_role

FEWEST, PROSE, MOST, GROUPS = 3, 40, 3000, 6
"""Entries that make a live text, code points that an entry has at the median, entries that are read, groups of elements that are tried."""

_CLOCKS = "time, [data-timestamp], [data-datetime], [data-date-time], [data-time], [data-published], .timestamp, .post-time, .entry-time, .live-time"
_STAMPS = ("datetime", "data-datetime", "data-date-time", "data-published", "data-timestamp", "data-time", "content", "title")
_TAGS = re.compile(r"<[a-zA-Z/][^<>]{0,500}>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its stamp (`2024-05-03T08:12`, or `T08:12` while the day is unknown, or None) and its text."""

    stamp: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Posts:
    """The entries in the order of the page, and the elements (`mem_id`) that hold them."""

    entries: tuple[Entry, ...] = ()
    nodes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Found:
    """An entry before clocks are set: the time its markup gives, and the minutes after midnight that readers see."""

    when: str | None
    minutes: int | None
    pieces: tuple[Piece, ...]


def posts_of(
    root: Node, found: Sequence[jsonld.Object], layout: Layout, zone: str | None, day: str | None, left_out: frozenset[int] = frozenset()
) -> Posts:
    """The live entries, none when the page is no live text. `day` is the ISO day on which the page says that it appeared: entries may show only clocks."""
    said = tuple(_said(found, zone))
    announced = any("liveblogposting" in jsonld.types(o) for o in found)
    nodes = _by_data(root, layout) or _by_shape(root, announced)
    shown = [_shown(node, layout, zone, left_out) for node in nodes]
    if len(nodes) >= (1 if announced or layout.entry else FEWEST) and len(shown) * 2 >= len(said) and any(s.pieces for s in shown):
        return Posts(tuple(_with_clocks(shown, day)), frozenset(n.mem_id for n in nodes))
    return Posts(said) if len(said) >= 2 or (announced and said) else Posts()


def _said(found: Sequence[jsonld.Object], zone: str | None) -> list[Entry]:
    out: list[Entry] = []
    for o in found:
        updates = o.get("liveBlogUpdate")
        for update in updates[:MOST] if isinstance(updates, list) else [updates] if isinstance(updates, dict) else []:
            if not isinstance(update, dict):
                continue
            when = moment(jsonld.text_of(update.get("datePublished") or update.get("dateCreated")))
            title = jsonld.text_of(update.get("headline") or update.get("name"))
            body = update.get("articleBody") or update.get("text") or update.get("description")
            pieces = [Piece("heading", title)] if title else []
            if isinstance(body, str):
                text = visible_text(body) if _TAGS.search(body) else body
                pieces += [Piece("paragraph", line) for raw in text.split("\n") if (line := " ".join(raw.split())) and line != title]
            if pieces:
                out.append(Entry(clock(in_zone(when, zone)) if when else None, tuple(pieces)))
    return out


def _by_data(root: Node, layout: Layout) -> list[Node]:
    return root.css(layout.entry)[:MOST] if layout.entry else []


def _by_shape(root: Node, announced: bool) -> list[Node]:
    """The children of one element (and of others like it) that each hold a clock and prose."""
    clocks = root.css(_CLOCKS)[: 2 * MOST]
    if len(clocks) < (1 if announced else FEWEST):
        return []
    children: dict[int, dict[int, Node]] = defaultdict(dict)  # an element -> those of its children below which there is a clock
    above: dict[int, Node] = {}
    for node in clocks:
        child: Node = node
        for _ in range(60):
            parent = child.parent
            if parent is None or parent.tag in ("body", "html", "-undef"):
                if parent is not None:
                    children[parent.mem_id][child.mem_id] = child
                break
            above[parent.mem_id] = parent
            known = child.mem_id in children[parent.mem_id]
            children[parent.mem_id][child.mem_id] = child
            if known:
                break
            child = parent
    # Teasers and readers' remarks have clocks as well, often more of them: the next groups are tried then.
    for group in sorted(children.values(), key=len, reverse=True)[:GROUPS]:
        if len(group) < (1 if announced else FEWEST):
            break
        look = Counter(_look(n) for n in group.values()).most_common(1)[0][0]
        alike = {n.mem_id for other in children.values() for n in other.values() if _look(n) == look and len(other) >= len(group) // 8}
        entries = [n for n in root.traverse(include_text=False) if n.mem_id in alike]
        if _is_live(entries, announced):
            return entries
    return []


def _look(node: Node) -> tuple[str, str]:
    return node.tag or "", (attribute(node, "class").split() or [""])[0]


def _is_live(entries: list[Node], announced: bool) -> bool:
    """Prose under clocks; not teasers of other articles, and not what readers remark."""
    if not entries:
        return False
    node = entries[0].parent
    for _ in range(12):
        if node is None:
            break
        if has_role("remarks", names_of(node)):
            return False
        node = node.parent
    prose, teasers = [], 0
    for entry in entries[:60]:
        pieces = pieces_of(entry)
        size = sum(len(p.text) for p in pieces)
        linked = sum(p.linked for p in pieces)
        prose.append(size - linked)
        teasers += linked * 2 > size or _is_teaser(entry, pieces)
    return sorted(prose)[len(prose) // 2] >= PROSE and teasers * 2 < min(len(entries), 60) and (announced or len(entries) >= FEWEST)


def _is_teaser(entry: Node, pieces: list[Piece]) -> bool:
    head = next((p for p in pieces if p.kind in ("title", "heading")), None)
    if head is None or head.linked * 5 < len(head.text) * 4:
        return False
    link = entry.css_first("h1 a[href], h2 a[href], h3 a[href], h4 a[href], a[href] h2, a[href] h3, a[href] h4")
    link = (
        link
        if link is None or link.tag == "a"
        else next((p for p in (link.parent, link.parent and link.parent.parent) if p and p.tag == "a"), None)
    )
    return link is not None and "#" not in attribute(link, "href")


def _shown(node: Node, layout: Layout, zone: str | None, left_out: frozenset[int]) -> _Found:
    stamp = node.css_first(layout.stamp) if layout.stamp else None
    if stamp is None:
        stamp = node.css_first(_CLOCKS)
    if stamp is None and any(attribute(node, a) for a in _STAMPS[:6]):
        stamp = node
    when = _when(stamp, zone) if stamp is not None else None
    label = words(stamp) if stamp is not None and stamp.mem_id != node.mem_id else ""
    seen = live.stamp_of(label)
    pieces = pieces_of(node, left_out)
    pieces = [
        replace(p, kind="clock") if label and p.text == label else replace(p, aside=False, noisy=False) for p in pieces if not p.noisy
    ]
    return _Found(when, seen.minutes if seen else None, tuple(pieces))


def _when(node: Node, zone: str | None) -> str | None:
    for name in _STAMPS:
        raw = attribute(node, name).strip()
        if re.fullmatch(r"1\d{9}(?:\d{3})?", raw):
            raw = datetime.fromtimestamp(int(raw[:10]), UTC).isoformat()
        when = moment(raw)
        if when and len(when) > 10:
            return in_zone(when, zone)
    return None


def _with_clocks(found: list[_Found], day: str | None) -> list[Entry]:
    """Stamps as readers see them: markup often has UTC, and how far that is from the clocks on the page shows in most entries."""
    shifts = Counter(((f.minutes - _minutes(f.when) + 720) % 1440) - 720 for f in found if f.when is not None and f.minutes is not None)
    shift, votes = shifts.most_common(1)[0] if shifts else (0, 0)
    shift = shift if votes * 2 > sum(shifts.values()) and shift % 15 == 0 else 0
    clocks = iter(live.days([live.Stamp(f.minutes, 0, True) for f in found if f.minutes is not None], day))
    out = []
    for f in found:
        seen = None if f.minutes is None else next(clocks)
        if f.pieces:
            out.append(Entry(seen if f.when is None else clock(f.when, shift), f.pieces))
    return out


def _minutes(when: str) -> int:
    at = datetime.fromisoformat(when)
    return at.hour * 60 + at.minute
