"""WARC and the WARCs of WACZ, plain, gzip or zstd. The one doorway to fastwarc and zstandard. May import: the rest of `intake`, `errors`.

Records are read one after another, so a dump of any size costs the memory of one page. What is no page (pictures, requests, robots.txt) is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

import zstandard

from selon.errors import InputError, Issue
from selon.intake.decode import Decoded, decode
from selon.intake.document import Document, Origin, name_of
from selon.intake.formats.plain import of_page, page_at
from selon.intake.gate import Sieve
from selon.intake.html_text import looks_like_html, visible_text
from selon.intake.page.markup import tree_of
from selon.intake.page.pieces import glance
from selon.intake.page.read import charset

PAGE_LIMIT = 8_000_000
"""Bytes of one page of a dump: longer ones are no reports, and a dump has some."""
HEADER = 64_000
WINDOW = 1 << 27
"""Bytes of memory that a zstd frame may ask for: what its command line allows without --ultra."""
BROKEN = (zstandard.ZstdError,)
_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain",)


def is_warc(head: bytes) -> bool:
    """Whether bytes begin as a WARC, packed or not."""
    if head.startswith(b"WARC/"):
        return True
    try:
        if head.startswith(b"\x1f\x8b"):
            import zlib

            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 5) == b"WARC/"
        if head.startswith(b"\x28\xb5\x2f\xfd"):
            return zstandard.ZstdDecompressor(max_window_size=WINDOW).decompressobj().decompress(head)[:5] == b"WARC/"
    except (zlib.error, zstandard.ZstdError):
        return False
    return False


def unpacked_zstd(stream: BinaryIO) -> BinaryIO:
    """A zstd file as it unpacks. Reading raises one of BROKEN when it is damaged."""
    return cast(BinaryIO, zstandard.ZstdDecompressor(max_window_size=WINDOW).stream_reader(stream, read_across_frames=True))


def warc_documents(stream: BinaryIO, origin: Origin, sieve: Sieve) -> Iterator[Document | Issue]:
    """The pages of a dump that pass the sieve. A bad page is an issue among them; a damaged end ends the dump with one."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    records, number = 0, 0
    iterator: Any = iter(
        ArchiveIterator(cast(Any, stream), record_types=wanted, auto_decode="all", max_header_len=HEADER, fsspec_args=False)
    )
    while True:
        try:
            record = next(iterator, None)
            if record is None:
                break
            number += 1
            records += 1
            found = _of_record(record, replace(origin, place=f"{origin.place}#{number}"), sieve)
        except InputError as e:
            yield e.issue()
            continue
        except (OSError, ValueError, EOFError) as e:
            problem = f"damaged behind record {number}: {e}"
            yield InputError("SEL-I042", problem, place=origin.place, remedy="fetch it again; what stands before was read").issue()
            return
        if found is not None:
            yield found
    if not records:
        yield InputError(
            "SEL-I042", "there is no record of a page in it", place=origin.place, remedy="check that it is a WARC of responses"
        ).issue()


def count_records(stream: BinaryIO) -> int:
    """Reads every response of a dump and does nothing with it: what the library costs alone."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    records: Any = ArchiveIterator(cast(Any, stream), record_types=WarcRecordType.response, auto_decode="all", fsspec_args=False)
    return sum(record.reader.read() is not None for record in records)


def _of_record(record: Any, origin: Origin, sieve: Sieve) -> Document | None:
    """The document of one record; None for what is no page, or says nothing on conflict and crisis."""
    headers = record.headers
    url = headers.get("WARC-Target-URI")
    url = url.strip("<>") if url else None
    kind, status = (record.http_content_type or "").lower(), None
    if record.http_headers is not None:
        status = record.http_headers.status_code
    else:
        kind = (headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    if kind not in _PAGES + _TEXTS or (status is not None and status != 200):
        return None
    try:
        raw = record.reader.read(PAGE_LIMIT + 1)
    except (OSError, ValueError) as e:
        raise InputError(
            "SEL-I043", f"a record that cannot be unpacked: {e}", place=origin.place, excerpt=url or "", remedy="the others are read"
        ) from e
    if len(raw) > PAGE_LIMIT:
        problem = f"a page of more than {PAGE_LIMIT // 1_000_000} MB"
        raise InputError("SEL-I043", problem, place=origin.place, excerpt=url or "", remedy="it is surely no report")
    if not raw.strip():
        return None
    here = replace(
        origin, url=url, id=name_of(url) if url else f"{origin.stem}-{origin.place.rpartition('#')[2]}", status=status,
        retrieved=headers.get("WARC-Date") or origin.retrieved, content_type=(record.http_headers.get("Content-Type") if record.http_headers is not None else None) or kind,
    )  # fmt: skip
    decoded = decode(raw, place=here.place, limit=PAGE_LIMIT, declared=charset(raw, here.content_type))
    if kind in _TEXTS and not looks_like_html(decoded.text):
        return _text(raw, decoded, here, sieve)
    return _page(raw, decoded, here, sieve)


def _text(raw: bytes, decoded: Decoded, here: Origin, sieve: Sieve) -> Document | None:
    if not (here.url or "").endswith("robots.txt") and sieve.lets_through(decoded.text):
        return Document(raw, here.place, here.stem, decoded.text, lang=here.lang, url=here.url, path=here.path, retrieved=here.retrieved,
                        published=here.published, notes=decoded.issues, dump=True)  # fmt: skip
    return None


def _page(raw: bytes, decoded: Decoded, here: Origin, sieve: Sieve) -> Document | None:
    root = tree_of(decoded.text)
    seen = glance(root) if root is not None else visible_text(decoded.text)
    if not sieve.lets_through(seen):
        return None
    page = page_at(decoded, here, root)
    if not page.is_report:
        sieve.stubs[page.kind] += 1
        return None
    found = of_page(page, raw, here)
    # How each page of a dump was read is said once for all.
    return replace(found, dump=True, notes=tuple(n for n in found.notes if n.code != "SEL-I014"))
