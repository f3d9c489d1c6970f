"""Plain text, pages and single records: bytes that are one document. May import: the rest of `intake`, `model`, `errors`."""

from __future__ import annotations

from dataclasses import replace

from selon.errors import InputError, Issue
from selon.intake.day import given
from selon.intake.decode import Decoded, checked, decode
from selon.intake.document import Document, Origin, fault, name_of, text_hash
from selon.intake.html_text import looks_like_html
from selon.intake.page import PageReading, day_of, page_of_markup, refusal
from selon.intake.page.markup import Node
from selon.intake.page.read import charset
from selon.intake.record import Record, is_record, record_of
from selon.model import Declared, Published

_PAGES = ("text/html", "application/xhtml+xml")


def text_document(raw: bytes, origin: Origin) -> Document:
    """A text, a page (by its server's word or its looks) or one record. Raises InputError when there is nothing to read in it."""
    served = (origin.content_type or "").partition(";")[0].strip().lower()
    decoded = decode(raw, place=origin.place, limit=origin.limit, declared=charset(raw, origin.content_type))
    if is_record(decoded.text):
        return record_document(record_of(decoded.text, origin.place), raw, decoded, origin)
    if served in _PAGES or looks_like_html(decoded.text):
        return page_document(raw, decoded, origin)
    return Document(
        raw, origin.place, origin.stem, decoded.text, lang=origin.lang, url=origin.url, path=origin.path, retrieved=origin.retrieved,
        published=origin.published, notes=decoded.issues,
    )  # fmt: skip


def page_document(raw: bytes, decoded: Decoded, origin: Origin) -> Document:
    """A page. Raises InputError when it is no report: an error, a fence, a list of links."""
    page = page_at(decoded, origin)
    if not page.is_report:
        raise refusal(page, origin.place)
    return of_page(page, raw, origin)


def page_at(decoded: Decoded, origin: Origin, root: Node | None = None) -> PageReading:
    """What a page is and says, with the tree that was made of it, if one was. A page that Selon stumbles over is an InputError like others."""
    try:
        return page_of_markup(decoded, url=origin.url, status=origin.status, retrieved=origin.retrieved, place=origin.place, root=root)
    except InputError:
        raise
    except Exception as e:
        raise fault(origin.place, e) from e


def of_page(page: PageReading, raw: bytes, origin: Origin) -> Document:
    """The document of a page that is a report."""
    day, notes = origin.published, list(page.issues)
    if day.basis == "unknown" and (when := day_of(page)):
        day = given(when, "metadata", origin.place)
    return Document(
        raw, origin.place, origin.stem, page.text, page.blocks, page.title, origin.lang, page.language, page.url or origin.url, page.outlet, origin.path,
        origin.retrieved, day, page.declared, tuple(notes),
    )  # fmt: skip


def record_document(record: Record, raw: bytes, decoded: Decoded, origin: Origin) -> Document:
    """A record with its own fields; where its text is a page, that page's article. Raises InputError when there is no text in it."""
    # What the text itself shows is noticed below; of the line only how its bytes were read.
    reading = tuple(i for i in decoded.issues if i.code in ("SEL-I010", "SEL-I011"))
    body = checked(record.text, decoded.encoding, reading, origin.place)
    day, notes = _day(record, origin)
    name = record.id or (name_of(record.url) if record.url else None)
    here = replace(
        origin,
        id=name or f"{origin.stem}-{text_hash(body.text)}",
        url=record.url or origin.url,
        published=day,
        lang=record.lang or origin.lang,
    )
    own = tuple(Declared(f, v, "record") for f, v in record.declared)
    if looks_like_html(body.text):
        page = page_document(raw, body, here)
        return replace(
            page,
            title=record.title or page.title,
            outlet=record.outlet or page.outlet,
            declared=(*own, *page.declared),
            notes=(*page.notes, *notes),
        )
    return Document(
        raw, here.place, here.stem, body.text, title=record.title, lang=here.lang, url=here.url, outlet=record.outlet, path=here.path,
        retrieved=here.retrieved, published=day, declared=own, notes=(*body.issues, *notes),
    )  # fmt: skip


def _day(record: Record, origin: Origin) -> tuple[Published, tuple[Issue, ...]]:
    if not record.published:
        return origin.published, ()
    try:
        return given(record.published, place=origin.place), ()
    except InputError as e:
        return origin.published, (e.issue(),)
