"""ZIP archives, and the formats that are ZIP archives: DOCX, WACZ. May import: the rest of `intake`, `errors`.

Nothing is ever written to disk, so no name can lead anywhere; names that try are refused all the same, because such an archive is no honest one.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from selon.errors import InputError, Issue
from selon.intake.decode import no_text, too_big
from selon.intake.document import Document, Origin
from selon.intake.formats import warc, word
from selon.intake.gate import Sieve
from selon.intake.walk import is_readable

Opener = Callable[[BinaryIO, Origin, Sieve], Iterator[Document | Issue]]

MOST_MEMBERS = 200_000
RATIO, FREE = 100, 100_000_000
"""An archive may unpack to `RATIO` times its size, and to `FREE` bytes in any case: text packs 3 to 20 times."""
HELD = 500_000_000
"""Bytes of an archive that cannot be read in place (one within another, standard input) and is held in memory."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
_OTHERS = {"xl/workbook.xml": "Excel", "ppt/presentation.xml": "PowerPoint", "content.xml": "OpenDocument"}


def archive_documents(stream: BinaryIO, origin: Origin, sieve: Sieve, opened: Opener) -> Iterator[Document | Issue]:
    """The documents of an archive, by its directory's order. `opened` reads a member. Raises InputError when the archive as a whole cannot be read."""
    if not (stream.seekable() and isinstance(stream, io.BufferedReader | io.BytesIO)):
        stream = _held(stream, origin)
    try:
        packed = zipfile.ZipFile(stream)
    except _BROKEN as e:
        raise InputError("SEL-I030", f"a damaged archive: {e}", place=origin.place, remedy="fetch it again") from e
    with packed:
        members = packed.infolist()
        size = stream.seek(0, io.SEEK_END)
        _refuse_bomb(members, size, origin)
        names = {m.filename for m in members}
        if "word/document.xml" in names:
            yield word.word_document(_bytes_of(stream, origin), origin)
        elif other := next((said for name, said in _OTHERS.items() if name in names), None):
            raise no_text(other, origin.place, "save it as PDF, DOCX, CSV or plain text")
        elif "datapackage.json" in names and any(_is_dump(n) for n in names):
            for member in members:
                if _is_dump(member.filename):
                    yield from _member(packed, member, origin, lambda s, o: warc.warc_documents(s, o, sieve))
        else:
            yield from _all(packed, members, origin, lambda s, o: opened(s, o, sieve))


def _all(
    packed: zipfile.ZipFile,
    members: list[zipfile.ZipInfo],
    origin: Origin,
    opened: Callable[[BinaryIO, Origin], Iterator[Document | Issue]],
) -> Iterator[Document | Issue]:
    found = False
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if member.is_dir() or any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts):
            continue
        if (reason := _dishonest(member, path)) is not None:
            found = True
            yield InputError("SEL-I031", reason, place=_inside(origin, member), remedy="do not trust where it came from").issue()
        elif is_readable(path.name):
            found = True
            yield from _member(packed, member, origin, opened)
    if not found:
        yield InputError("SEL-I045", "no report in this archive", place=origin.place, remedy="name the files that hold reports").issue()


def _member(
    packed: zipfile.ZipFile, member: zipfile.ZipInfo, origin: Origin, opened: Callable[[BinaryIO, Origin], Iterator[Document | Issue]]
) -> Iterator[Document | Issue]:
    place = _inside(origin, member)
    if member.flag_bits & 1:
        yield InputError("SEL-I032", "it is encrypted", place=place, remedy="unpack it with its password first").issue()
        return
    inner = replace(
        origin, place=place, name=PurePosixPath(member.filename.replace("\\", "/")).name, path=f"{origin.path}!{member.filename}" if origin.path else None,
        depth=origin.depth + 1,
    )  # fmt: skip
    try:
        with packed.open(member) as f:
            yield from opened(cast(BinaryIO, f), inner)
    except _BROKEN as e:
        yield InputError("SEL-I030", f"damaged: {e}", place=place, remedy="fetch it again").issue()


def _refuse_bomb(members: list[zipfile.ZipInfo], size: int, origin: Origin) -> None:
    if len(members) > MOST_MEMBERS:
        raise InputError("SEL-I033", f"an archive of {len(members)} members", place=origin.place, remedy="split it into several")
    whole = sum(m.file_size for m in members)
    if whole > max(FREE, RATIO * size):
        problem = f"an archive of {size // 1000} kB that unpacks to {whole // 1_000_000} MB"
        raise InputError("SEL-I033", problem, place=origin.place, remedy="it is made to fill memory: do not trust where it came from")


def _dishonest(member: zipfile.ZipInfo, path: PurePosixPath) -> str | None:
    if path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0]:
        return "its name leads out of the archive"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "it is a link, not a file"
    return None


def _is_dump(name: str) -> bool:
    return name.startswith("archive/") and ".warc" in PurePosixPath(name).suffixes


def _inside(origin: Origin, member: zipfile.ZipInfo) -> str:
    return f"{origin.place}!{member.filename}"


def _held(stream: BinaryIO, origin: Origin) -> BinaryIO:
    raw = stream.read(HELD + 1)
    if len(raw) > HELD:
        problem = f"an archive of more than {HELD // 1_000_000} MB that cannot be read in place"
        raise InputError("SEL-I033", problem, place=origin.place, remedy="unpack the outer archive first")
    return io.BytesIO(raw)


def _bytes_of(stream: BinaryIO, origin: Origin) -> bytes:
    stream.seek(0)
    raw = stream.read(origin.limit + 1)
    if len(raw) > origin.limit:
        raise too_big(origin.place, origin.limit)
    return raw
