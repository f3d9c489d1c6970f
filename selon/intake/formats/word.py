"""DOCX. The one doorway to python-docx. May import: the rest of `intake`, `model`, `errors`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from selon.errors import InputError, Issue
from selon.intake.day import given
from selon.intake.decode import checked
from selon.intake.document import Document, Origin
from selon.intake.page.pieces import Piece, PieceKind
from selon.intake.page.read import compose
from selon.model import Declared, DeclaredField, Published

MOST = 50_000
"""Paragraphs and rows of one document."""


def word_document(raw: bytes, origin: Origin) -> Document:
    """Paragraphs, headings, list items and rows of tables in their order. Raises InputError SEL-I035 when it is no sound DOCX."""
    import docx

    try:
        found: Any = docx.Document(io.BytesIO(raw))
        pieces = list(_pieces(found))
        declared, day = _properties(found.core_properties)
    except InputError:
        raise
    except Exception as e:  # lxml, zipfile and the library itself raise what they like
        raise InputError("SEL-I035", f"a damaged DOCX: {type(e).__name__}", place=origin.place, remedy="open it and save it anew") from e
    text, blocks = compose([(None, pieces)])
    checked(text, place=origin.place)
    note = Issue("SEL-I036", origin.place, "read as DOCX: text and tables were taken, pictures and notes left out")
    title = next((d.value for d in declared if d.field == "title"), None)
    return Document(
        raw, origin.place, origin.stem, text, blocks, title, origin.lang, path=origin.path, url=origin.url, retrieved=origin.retrieved,
        published=origin.published if origin.published.basis != "unknown" else day, declared=declared, notes=(note,),
    )  # fmt: skip


def _pieces(found: Any) -> Iterator[Piece]:
    from docx.table import Table

    count, headed = 0, False
    for item in found.iter_inner_content():
        rows: list[tuple[PieceKind, str]] = (
            [("row", "\t".join(" ".join(c.text.split()) for c in row.cells)) for row in item.rows]
            if isinstance(item, Table)
            else [(_kind(item, headed), item.text)]
        )
        for kind, raw in rows:
            count += 1
            if count > MOST:
                raise ValueError("too many paragraphs")
            text = "\n".join(line for part in raw.split("\n") if (line := " ".join(part.split(" ")).strip()))
            if text:
                headed = headed or kind == "title"
                yield Piece(kind, text)


def _kind(paragraph: Any, headed: bool) -> PieceKind:
    style = str(getattr(paragraph.style, "name", "") or "").lower()
    if style == "title" or (style == "heading 1" and not headed):
        return "heading" if headed else "title"
    if style.startswith(("heading", "subtitle")):
        return "heading"
    if style.startswith("caption"):
        return "caption"
    return "item" if style.startswith("list") else "paragraph"


def _properties(core: Any) -> tuple[tuple[Declared, ...], Published]:
    """Title, author and times of the file; a time of a template or a year before the Web says nothing."""
    out: list[Declared] = []
    pairs: tuple[tuple[DeclaredField, Any], ...] = (
        ("title", core.title), ("author", core.author), ("language", core.language), ("modified", core.modified),
    )  # fmt: skip
    for field, value in pairs:
        if isinstance(value, datetime):
            value = value.isoformat(timespec="seconds") + "+00:00" if value.year > 2013 or field != "modified" else ""
        if value and value != "python-docx":
            out.append(Declared(field, str(value)[:300], "properties"))
    # When a file was made or saved is not when its text appeared, so no day of publication follows from it.
    return tuple(out), given(None)
