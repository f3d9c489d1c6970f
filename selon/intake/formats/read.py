"""Bytes of any format to documents: what they are is told by their beginning, and by their name where that decides. May import: the rest of `intake`, `errors`."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from selon.errors import InputError, Issue
from selon.intake.decode import too_big
from selon.intake.document import Document, Origin, fault
from selon.intake.formats import archive, lines, message, pdf, plain, table, warc
from selon.intake.gate import Sieve
from selon.intake.record import is_record

HEAD = 16_384
"""Bytes at the beginning from which a format is told."""
DEEPEST = 3
"""Wrappings that are opened: an archive in an archive with a packed file in it, and no more."""

_LINES, _TABLES, _MESSAGES = (".jsonl", ".ndjson"), (".csv", ".tsv", ".tab"), (".eml", ".mht", ".mhtml")
_GZIP, _ZSTD, _ZIP, _PDF = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", (b"PK\x03\x04", b"PK\x05\x06"), b"%PDF-"
_DICTIONARY = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")
_MESSAGE = re.compile(
    rb"(?:(?:from|received|return-path|delivered-to|message-id|mime-version|date|subject|reply-to|x-[\w-]{1,40}|snapshot-content-location):[ \t][^\r\n]*\r?\n)",
    re.I,
)
_MIME = re.compile(rb"^(?:mime-version|content-type|message-id):", re.I | re.M)


def documents(stream: BinaryIO, origin: Origin, sieve: Sieve) -> Iterator[Document | Issue]:
    """Everything in a stream that can be read, in order; what cannot be is an issue among them. Memory is that of the largest single document."""
    if origin.depth > DEEPEST:
        yield InputError("SEL-I034", "packed in too many wrappings", place=origin.place, remedy="unpack the outer ones first").issue()
        return
    try:
        head, stream = _peek(stream)
        yield from _told(head, stream, origin, sieve)
    except InputError as e:
        yield e.issue()
    except (EOFError, zlib.error, gzip.BadGzipFile, *warc.BROKEN) as e:
        yield damaged(origin, e)
    except OSError as e:
        if origin.depth == 0:
            raise  # a file that the system does not give
        yield damaged(origin, e)
    except Exception as e:
        yield fault(origin.place, e).issue()


def _told(head: bytes, stream: BinaryIO, origin: Origin, sieve: Sieve) -> Iterator[Document | Issue]:
    suffixes = suffixes_of(origin.name)
    if head.startswith(_ZIP):
        yield from archive.archive_documents(stream, origin, sieve, documents)
    elif warc.is_warc(head):
        yield from warc.warc_documents(stream, origin, sieve)
    elif head.startswith((_GZIP, _ZSTD)) or _DICTIONARY.match(head):
        if ".warc" in suffixes:
            yield from warc.warc_documents(stream, origin, sieve)
        else:
            yield from _unpacked(head, stream, origin, sieve)
    elif _PDF in head[:1024]:
        yield pdf.pdf_document(_whole(stream, origin), origin)
    elif suffixes[-1:] and suffixes[-1] in _LINES:
        yield from lines.line_documents(stream, stream.readline(origin.limit + 1), origin)
    elif suffixes[-1:] and suffixes[-1] in _TABLES:
        yield from table.table_documents(stream, origin)
    elif (suffixes[-1:] and suffixes[-1] in _MESSAGES) or _is_message(head):
        yield from message.message_documents(_whole(stream, origin), origin, sieve, documents)
    elif origin.path is None and is_record(head.partition(b"\n")[0].decode("utf-8-sig", "replace")):
        yield from lines.line_documents(stream, stream.readline(origin.limit + 1), origin)
    else:
        yield plain.text_document(_whole(stream, origin), origin)


def suffixes_of(name: str) -> list[str]:
    """The endings of a file's name in lower case."""
    return [s.lower() for s in PurePosixPath(name.replace("\\", "/")).suffixes[-3:]]


def _is_message(head: bytes) -> bool:
    return bool(_MESSAGE.match(head)) and bool(_MIME.search(head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]))


def _unpacked(head: bytes, stream: BinaryIO, origin: Origin, sieve: Sieve) -> Iterator[Document | Issue]:
    """What is in a gzip or zstd file; it is read as it unpacks, so that size costs no memory."""
    name = re.sub(r"\.(?:gz|gzip|zst|zstd)$", "", origin.name, flags=re.I)
    inner = replace(origin, name=name, depth=origin.depth + 1)
    unpacked = gzip.GzipFile(fileobj=stream) if head.startswith(_GZIP) else warc.unpacked_zstd(stream)
    yield from documents(cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, unpacked))), inner, sieve)


def damaged(origin: Origin, e: Exception) -> Issue:
    """The issue for packed bytes that do not unpack."""
    return InputError("SEL-I030", f"damaged: {e}", place=origin.place, remedy="fetch it again").issue()


def _whole(stream: BinaryIO, origin: Origin) -> bytes:
    raw = stream.read(origin.limit + 1)
    if len(raw) > origin.limit:
        raise too_big(origin.place, origin.limit)
    return raw


class _Joined(io.RawIOBase):
    """A stream with what was read of it put back."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head, self.rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self.head[: len(buffer)] if self.head else self.rest.read(len(buffer))
        self.head = self.head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def _peek(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    # What a pipe has so far is enough: a reader of a growing file does not wait for more.
    head = getattr(stream, "read1", stream.read)(HEAD)
    if (
        stream.seekable()
        and isinstance(stream, io.BufferedReader | io.BytesIO)
        and not isinstance(getattr(stream, "raw", None), gzip.GzipFile)
    ):
        stream.seek(-len(head), io.SEEK_CUR)
        return head, stream
    return head, cast(BinaryIO, io.BufferedReader(_Joined(head, stream), 1 << 16))
