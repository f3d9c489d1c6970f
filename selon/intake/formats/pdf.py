"""PDF. The one doorway to pypdf. May import: the rest of `intake`, `model`, `errors`."""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from typing import Any

from selon.errors import InputError, Issue
from selon.intake.decode import checked
from selon.intake.document import Document, Origin
from selon.intake.page.moments import moment
from selon.intake.reflow import paragraphs
from selon.model import Declared, DeclaredField

MOST_PAGES, SECONDS, LETTERS, DRAWN = 400, 40.0, 5_000_000, 4_000_000
"""Pages, seconds and code points of one file, and bytes that draw one page; what is beyond is left out and said."""
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{2})?'?(\d{2})?")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:/|sur|of)\s*\d{1,4})?\W*", re.I)


def pdf_document(raw: bytes, origin: Origin) -> Document:
    """The text of a PDF, lines put together to paragraphs, heads and feet of pages left out. Raises InputError: SEL-I037 when it is damaged or locked,
    SEL-I038 when it holds pictures of text only."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    clock, pages, cut = _Clock(), list[list[str]](), ""
    declared: tuple[Declared, ...] = ()
    try:
        reader: Any = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("SEL-I037", "a PDF that is locked with a password", place=origin.place, remedy="save it without one")
        declared = _declared(reader)
        total = len(reader.pages)
        for k in range(min(total, MOST_PAGES)):
            if sum(len(line) for page in pages for line in page) > LETTERS:
                break
            pages.append(_page(reader, k, clock).split("\n"))
        cut = f"; only the first {len(pages)} of {total} pages" if len(pages) < total else ""
    except _TooSlow:
        cut = f"; only the first {len(pages)} pages, the next takes too long"
    except InputError:
        raise
    except Exception as e:  # of a damaged file the library raises whatever it stumbles over
        raise InputError("SEL-I037", f"a damaged PDF: {type(e).__name__}", place=origin.place, remedy="open it and save it anew") from e
    # Kinds are left to the text's shape, as in any plain text: a PDF has none.
    text = "\n\n".join(paragraphs(_body(pages)))
    if not text.strip():
        raise InputError(
            "SEL-I038", "a PDF of pictures, without text", place=origin.place, remedy="recognise its text first, for instance with ocrmypdf"
        )
    checked(text, place=origin.place)
    note = Issue("SEL-I036", origin.place, f"read as PDF: {len(pages)} pages, lines put together to paragraphs{cut}")
    # When a file was made is not when its text appeared, so no day of publication follows from it.
    title = next((d.value for d in declared if d.field == "title"), None)
    return Document(
        raw, origin.place, origin.stem, text, title=title, lang=origin.lang, path=origin.path, url=origin.url, retrieved=origin.retrieved,
        published=origin.published, declared=declared, notes=(note,),
    )  # fmt: skip


class _TooSlow(BaseException):
    """The file takes longer than it may. No Exception, because the library goes on behind those."""


class _Clock:
    """Asked by the library before each operation that draws, also those of forms within forms, which can be made to draw each other without end."""

    def __init__(self) -> None:
        self.until, self.count = time.monotonic() + SECONDS, 0

    def __call__(self, *_: object) -> None:
        self.count += 1
        if self.count % 256 == 0 and time.monotonic() > self.until:
            raise _TooSlow


def _page(reader: Any, k: int, clock: _Clock) -> str:
    try:
        drawn = reader.pages[k].get_contents()
        if drawn is not None and len(drawn.get_data()) > DRAWN:
            return ""
        if time.monotonic() > clock.until:
            raise _TooSlow
        return str(reader.pages[k].extract_text(visitor_operand_before=clock) or "").replace("\x00", "")
    except RecursionError:
        return ""


def _body(pages: list[list[str]]) -> list[str]:
    """All lines but those that stand at the edge of most pages. A paragraph goes on over the edge of a page."""
    often = Counter(key for page in pages for key in {_key(page[k]) for k in _edge(page)})
    heads = {key for key, n in often.items() if n >= 3 and n * 2 > len(pages)}
    out: list[str] = []
    for page in pages:
        left_out = {k for k in _edge(page) if _key(page[k]) in heads or _PAGE_NUMBER.fullmatch(page[k])}
        out += [line for k, line in enumerate(page) if k not in left_out]
    return out


def _edge(page: list[str]) -> list[int]:
    """The first two and last two lines with words."""
    solid = [k for k, line in enumerate(page) if line.strip()]
    return [*solid[:2], *solid[-2:]]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).lower())


def _declared(reader: Any) -> tuple[Declared, ...]:
    try:
        found = reader.metadata or {}
    except Exception:  # the dictionary may be as damaged as the rest
        return ()
    out: list[Declared] = []
    pairs: tuple[tuple[DeclaredField, str], ...] = (("title", "/Title"), ("author", "/Author"), ("modified", "/ModDate"))
    for field, name in pairs:
        value: str | None = " ".join(str(found.get(name) or "").split())[:300]
        if field == "modified":
            value = _time(value or "")
        if value:
            out.append(Declared(field, value, "properties"))
    return tuple(out)


def _time(raw: str) -> str | None:
    m = _DATE.match(raw)
    if m is None:
        return None
    hour = f"T{m[4]}:{m[5]}:{m[6] or '00'}" if m[4] else ""
    zone = ("Z" if m[7] == "Z" else f"{m[7]}:{m[8] or '00'}") if hour and m[7] else ""
    return moment(f"{m[1]}-{m[2]}-{m[3]}{hour}{zone}")
