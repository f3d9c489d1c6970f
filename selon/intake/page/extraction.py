"""Which text of a page is the article. The one doorway to trafilatura, in its default mode: the fast one cuts live texts short. May import: `page.pieces`."""

from __future__ import annotations

import logging
from typing import Any

from selon.intake.page.pieces import Piece, PieceKind

LAYOUT = 400
"""Code points of a cell that holds a page rather than a value."""

_KINDS: dict[str, PieceKind] = {"p": "paragraph", "head": "heading", "item": "item", "row": "row", "quote": "quote", "ab": "paragraph"}


def main_text(markup: str) -> tuple[Piece, ...]:
    """The article as the library finds it, piece by piece; nothing when it finds none."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports every page without an article as an error
    try:
        found = trafilatura.bare_extraction(markup, with_metadata=False, include_comments=False, include_tables=True)
    except Exception:  # over hostile markup the library and lxml stumble in many ways; then the shape of the page has to tell
        return ()
    body: Any = getattr(found, "body", None)
    if body is None:
        return ()
    out: list[Piece] = []
    for element in body.iter(*_KINDS):
        if next(element.iterchildren(*_KINDS), None) is not None:
            own = " ".join((element.text or "").split())
            if own:
                out.append(Piece(_KINDS[element.tag], own))
            continue
        if element.tag == "row":
            if any(len("".join(cell.itertext())) > LAYOUT for cell in element.iterchildren("cell")):
                continue  # a table that lays out the page, whose paragraphs come by themselves
            cells = (" ".join("".join(cell.itertext()).split()) for cell in element.iterchildren("cell"))
            if row := "\t".join(c for c in cells if c):
                out.append(Piece("row", row))
            continue
        text = "\n".join(line for raw in _lines(element) if (line := " ".join(raw.split())))
        if text:
            out.append(Piece(_KINDS[element.tag], text))
    return tuple(out)


def _lines(element: Any) -> list[str]:
    out = [""]
    for node in element.iter():
        if node.tag == "lb":
            out.append("")
        elif isinstance(node.tag, str):
            out[-1] += node.text or ""
        if node is not element:
            out[-1] += node.tail or ""
    return out
