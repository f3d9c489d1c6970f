"""The text of a tree as pieces: paragraphs, headings, captions, items, rows of tables, in document order. May import: `page`."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field, replace
from typing import Literal

from selon.intake.page.markup import Node, attribute
from selon.intake.page.shapes import has_role

PieceKind = Literal["title", "heading", "paragraph", "caption", "item", "quote", "row", "clock"]

_SKIPPED = frozenset([
    "script", "style", "noscript", "template", "nav", "button", "select", "textarea", "svg", "math", "canvas", "object", "audio", "video",
    "iframe", "footer", "dialog", "menu", "form", "head", "title", "option", "datalist",
])  # fmt: skip
_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
])  # fmt: skip
_KINDS: dict[str, PieceKind] = {
    "h1": "title", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "figcaption": "caption", "caption": "caption", "li": "item", "blockquote": "quote", "tr": "row",
}  # fmt: skip
_STRONG = frozenset({"caption", "quote", "item", "row"})
_NAMED = frozenset([
    "aside", "article", "div", "section", "ul", "ol", "dl", "figure", "p", "header", "span", "h2", "h3", "h4", "details", "li",
])  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BREAK, _CELL = "\x00", "\x01"
_PARAGRAPHS = re.compile(rf"\s*{_BREAK}\s*{_BREAK}[\s{_BREAK}]*")
_ODD = re.compile(rf"[{_BREAK}{_CELL}]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of text. `linked` is how many of its code points are links, `aside` whether it stands in a box beside the article, `noisy` whether
    the page's own words for where it stands say that it is none of the article."""

    kind: PieceKind
    text: str
    linked: int = 0
    aside: bool = False
    noisy: bool = False

    @property
    def key(self) -> str:
        """Its letters and digits alone: what is left when two programs lay out one text."""
        return key_of(self.text)


def key_of(text: str) -> str:
    """Letters and digits of a text in lower case."""
    return "".join(filter(str.isalnum, text)).lower()


@dataclass(slots=True)
class _Place:
    kind: PieceKind = "paragraph"
    aside: bool = False
    noisy: bool = False


@dataclass(slots=True)
class _Gatherer:
    out: list[Piece] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    linked: int = 0

    def flush(self, at: _Place) -> None:
        if not self.buffer:
            return
        raw = "".join(self.buffer)
        self.buffer.clear()
        parts = _PARAGRAPHS.split(raw) if _BREAK in raw else [raw]
        kind: PieceKind = "paragraph" if at.kind == "row" and len(parts) > 1 else at.kind  # a table that lays out the page
        for part in parts:
            text = "\n".join(line for piece in part.split(_BREAK) if (line := _line(piece)))
            if text:
                self.out.append(Piece(kind, text, min(self.linked, len(text)) if len(parts) == 1 else 0, at.aside, at.noisy))
        self.linked = 0


def _line(raw: str) -> str:
    if _CELL in raw:
        return "\t".join(cell for part in raw.split(_CELL) if (cell := " ".join(part.split())))
    return " ".join(raw.split())


def pieces_of(top: Node, left_out: Container[int] = ()) -> list[Piece]:
    """The pieces below an element, without those below elements whose `mem_id` is in `left_out`. Nesting costs no stack."""
    gather, stack, links = _Gatherer(), [_place(top.tag or "", top, _Place())], 0
    end, node = top.mem_id, top.child
    while node is not None:
        tag = node.tag or ""
        below = None
        if tag == "-text":
            raw = node.text_content or ""
            if links:
                gather.linked += len(raw.strip())
            gather.buffer.append(_ODD.sub(" ", raw) if _BREAK in raw or _CELL in raw else raw)
        elif tag == "br":
            gather.buffer.append(_BREAK)
        elif tag in _SKIPPED or tag.startswith("-") or (tag in _NAMED and _is_hidden(node)) or node.mem_id in left_out:
            if tag in _BLOCKS:
                gather.flush(stack[-1])
        else:
            below = node.child
            if below is not None:
                if tag in _BLOCKS:
                    gather.flush(stack[-1])
                    stack.append(_place(tag, node, stack[-1]))
                elif tag == "a":
                    links += 1
        if below is not None:
            node = below
            continue
        while True:
            after = node.next
            if after is not None:
                node = after
                break
            above = node.parent
            if above is None or above.mem_id == end:
                gather.flush(stack[-1])
                return gather.out
            node = above
            tag = node.tag or ""
            if tag in _BLOCKS:
                gather.flush(stack[-1])
                stack.pop()
            elif tag == "a":
                links -= 1
            elif tag in ("td", "th") and _BREAK in gather.buffer:
                gather.flush(replace(stack[-1], kind="paragraph"))  # a cell of several lines lays out the page
            elif tag in ("td", "th"):
                gather.buffer.append(_CELL)
    return gather.out


def glance(root: Node) -> str:
    """Titles and paragraphs of a page in a rough and quick way: enough to see what it is about."""
    nodes = root.css("title, h1, h2, p")[:400]
    found = "\n".join(n.text() for n in nodes)
    body = root.css_first("body")
    return found if len(found) > 500 or body is None else found + "\n" + body.text(separator=" ")[:20_000]


def _is_hidden(node: Node) -> bool:
    a = node.attributes
    if not a:
        return False
    return "hidden" in a or a.get("aria-hidden") == "true" or a.get("role") == "navigation" or bool(_HIDDEN.search(a.get("style") or ""))


def _place(tag: str, node: Node, above: _Place) -> _Place:
    """What an element is, in the light of what it stands in."""
    kind = _KINDS.get(tag, "paragraph")
    if above.kind in _STRONG and kind in ("paragraph", "heading", "item"):
        kind = above.kind
    aside, noisy = above.aside or tag == "aside", above.noisy
    if tag in _NAMED:
        names = names_of(node)
        if names:
            noisy = noisy or has_role("noise", names)
            aside = aside or has_role("box", names)
            if kind == "paragraph" and has_role("caption", names):
                kind = "caption"
    return _Place(kind, aside, noisy)


def names_of(node: Node) -> str:
    """Class and id of an element."""
    return f"{attribute(node, 'class')} {attribute(node, 'id')}".strip()
