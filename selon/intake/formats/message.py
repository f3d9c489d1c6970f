"""E-mail (EML) and saved pages (MHTML): messages of MIME. May import: the rest of `intake`, `model`, `errors`."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import BinaryIO

from selon.errors import InputError, Issue
from selon.intake.day import given
from selon.intake.decode import Decoded, checked, decode
from selon.intake.document import Document, Origin, text_hash
from selon.intake.formats.plain import page_document
from selon.intake.gate import Sieve
from selon.intake.page.moments import moment
from selon.intake.page.read import charset
from selon.intake.reflow import paragraphs
from selon.intake.walk import is_readable
from selon.model import Declared, DeclaredField

Opener = Callable[[BinaryIO, Origin, Sieve], Iterator[Document | Issue]]

MOST_PARTS, FEW = 500, 40
"""Parts of one message that are looked at; code points below which a plain part only says that the mail is in HTML."""
_STUMBLES = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, MessageError)
"""What the library of messages raises over damaged ones."""
_SIGNATURE = re.compile(r"^-- ?$", re.M)
_FLOWED = re.compile(r"format\s*=\s*\"?flowed", re.I)


def message_documents(raw: bytes, origin: Origin, sieve: Sieve, opened: Opener) -> Iterator[Document | Issue]:
    """The text of a message and its attached reports; of a saved page, the page. Raises InputError SEL-I039 when it is no message."""
    try:
        message = message_from_bytes(raw)
        parts = [p for _, p in zip(range(MOST_PARTS), message.walk(), strict=False)]
    except _STUMBLES as e:
        raise InputError("SEL-I039", f"a damaged message: {type(e).__name__}", place=origin.place, remedy="save it anew") from e
    if not message.keys():
        raise InputError("SEL-I039", "this is no message: it has no header", place=origin.place, remedy="save it as EML or MHTML")
    leaves = [p for p in parts if not p.is_multipart()]
    saved = message.get_content_type() == "multipart/related" and any(p.get("Content-Location") for p in leaves)
    if saved:
        yield _saved_page(raw, message, leaves, origin)
        return
    bodies = [p for p in leaves if not _file_name(p) and p.get_content_disposition() != "attachment"]
    attached = [p for p in leaves if _file_name(p) and is_readable(_file_name(p)) and p.get_content_type() not in ("text/calendar",)]
    try:
        yield _mail(raw, message, bodies, origin)
    except InputError as e:
        if not attached:
            raise
        if e.code != "SEL-I001":
            yield e.issue()
    for part in attached:
        name = _file_name(part)
        inner = replace(
            origin, place=f"{origin.place}!{name}", name=name, path=f"{origin.path}!{name}" if origin.path else None, depth=origin.depth + 1
        )
        yield from opened(io.BytesIO(_payload(part)), inner, sieve)


def _saved_page(raw: bytes, message: Message, leaves: list[Message], origin: Origin) -> Document:
    """MHTML: the first page in it, under the address it was saved from."""
    root = next((p for p in leaves if p.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    if root is None:
        raise InputError("SEL-I039", "there is no page in this saved page", place=origin.place, remedy="save it anew")
    url = _header(message, "Snapshot-Content-Location") or _header(root, "Content-Location")
    here = url if url.startswith(("http://", "https://")) else origin.url
    saved = moment(_header(message, "Date"))
    decoded = _decoded(root, origin)
    return page_document(raw, decoded, replace(origin, url=here, retrieved=saved or origin.retrieved))


def _mail(raw: bytes, message: Message, bodies: list[Message], origin: Origin) -> Document:
    plain = [p for p in bodies if p.get_content_type() == "text/plain"]
    pages = [p for p in bodies if p.get_content_type() == "text/html"]
    declared, when = _declared(message), moment(_header(message, "Date"))
    day = given(when, "metadata") if when and origin.published.basis == "unknown" else origin.published
    title = next((d.value for d in declared if d.field == "title"), None)
    outlet = next((d.value for d in declared if d.field == "outlet"), None)
    texts = [_plain(p, origin) for p in plain if _payload(p).strip()]
    text = "\n\n".join(t for t in texts if t)
    if pages and len(text) < FEW:
        page = page_document(raw, _decoded(pages[0], origin), replace(origin, published=day))
        return replace(page, title=title or page.title, outlet=outlet, published=day, declared=(*declared, *page.declared))
    checked(text, place=origin.place)
    note = Issue("SEL-I036", origin.place, "read as a message: its text and attached reports were taken")
    return Document(
        raw, origin.place, origin.stem, text, title=title, lang=origin.lang, outlet=outlet, path=origin.path, url=origin.url, retrieved=origin.retrieved,
        published=day, declared=declared, notes=(note,),
    )  # fmt: skip


def _plain(part: Message, origin: Origin) -> str:
    """A plain part with its paragraphs put together, without quotation marks of replies before lines and without the signature."""
    text = _decoded(part, origin).text.replace("\r\n", "\n")
    text = _SIGNATURE.split(text)[0]
    lines = [re.sub(r"^(?:> ?)+", "", line) for line in text.split("\n")]
    if _FLOWED.search(str(part.get("Content-Type", ""))):
        lines = _flowed(lines)
    return "\n\n".join(paragraphs(lines))


def _flowed(lines: list[str]) -> list[str]:
    """Format flowed (RFC 3676): a line that ends with a space goes on."""
    out: list[str] = []
    open_ = False
    for line in lines:
        if open_:
            out[-1] += line
        else:
            out.append(line)
        open_ = line.endswith(" ")
    return out


def _decoded(part: Message, origin: Origin) -> Decoded:
    raw = _payload(part)
    try:
        named = part.get_content_charset(failobj="") or charset(raw, None)
    except _STUMBLES:
        named = charset(raw, None)
    return decode(raw, place=origin.place, limit=origin.limit, declared=named)


def _payload(part: Message) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except _STUMBLES:
        return b""
    return found if isinstance(found, bytes) else b""


def _header(message: Message, name: str) -> str:
    """A header in words, encoded words resolved; empty when there is none."""
    raw = message.get(name)
    if raw is None:
        return ""
    try:
        text = str(make_header(decode_header(str(raw))))
    except _STUMBLES:
        text = str(raw)
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())[:1000]


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except _STUMBLES:
        return ""
    return re.split(r"[\\/]", name)[-1].strip(" .")[:120] or (f"part-{text_hash(name)}" if name else "")


def _declared(message: Message) -> tuple[Declared, ...]:
    try:
        sender, address = parseaddr(_header(message, "From"))
    except _STUMBLES:
        sender = address = _header(message, "From")
    values: tuple[tuple[DeclaredField, str], ...] = (
        ("title", _header(message, "Subject")), ("outlet", sender or address), ("author", sender or address), ("published", moment(_header(message, "Date")) or ""),
    )  # fmt: skip
    return tuple(Declared(field, value, "header") for field, value in values if value)
