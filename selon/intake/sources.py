"""Everything the user named, one report after another, with the bytes it came from. May import: `lang`, `model`, `errors`.

Nothing is read before it is asked for and only one input is held at a time, so ten thousand files or a JSON Lines file of any length cost constant
memory (but for the ids given so far, which have to be unique). A bad input is an Issue among the others and the run goes on.
"""

from __future__ import annotations

import codecs
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from selon.errors import InputError, Issue
from selon.intake.day import given
from selon.intake.decode import LIMIT, Decoded, checked, decode, too_big
from selon.intake.html_text import looks_like_html, page_of
from selon.intake.record import is_record, record_of
from selon.intake.report import build_report
from selon.intake.walk import STDIN, unreadable, walk
from selon.model import Published, Report, SourceInfo

_LINES = frozenset({".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True)
class Input:
    """A report, the raw bytes it was read from (for JSON Lines: its line), and what was noticed that did not keep it from being read."""

    report: Report
    raw: bytes
    notes: tuple[Issue, ...] = ()


def iter_inputs(
    paths: Sequence[str], *, published: str | None = None, lang: str | None = None, limit: int = LIMIT, stdin: BinaryIO | None = None
) -> Iterator[Input | Issue]:
    """The reports of files, folders (recursive, by name, hidden files left out), patterns and `-` (standard input), in that order.

    JSON Lines (by name, or on standard input by its first line) gives one report a line. `published` and `lang` hold for every report that does not
    bring its own. `limit` is the most bytes one report may have. Ids are unique within the run: file stem, `id` or hash of the address, and
    on a clash a suffix from the content's hash. Raises InputError SEL-I008 when `published` is no day; any other trouble is yielded as an Issue.
    """
    given(published)
    ids: set[str] = set()
    for path in walk(paths):
        if isinstance(path, Issue):
            yield path
            continue
        place = STDIN if path is None else str(path)
        try:
            if path is None:
                yield from _stream(stdin or sys.stdin.buffer, None, published, lang, limit, ids)
            else:
                with path.open("rb") as f:
                    yield from _stream(f, path, published, lang, limit, ids)
        except OSError as e:
            yield unreadable(place, e).issue()


def _stream(f: BinaryIO, path: Path | None, published: str | None, lang: str | None, limit: int, ids: set[str]) -> Iterator[Input | Issue]:
    place = STDIN if path is None else str(path)
    stem = "stdin" if path is None else path.stem
    first = f.readline(limit + 1)
    lines = path is not None and path.suffix.lower() in _LINES
    if lines or (path is None and len(first) <= limit and is_record(first.decode("utf-8-sig", "replace"))):
        yield from _lines(f, first, path, stem, published, lang, limit, ids)
        return
    raw = first + f.read(limit + 1 - len(first))
    try:
        if len(raw) > limit:
            raise too_big(place, limit)
        yield _document(raw, place, path, stem, published, lang, limit, ids)
    except InputError as e:
        yield e.issue()


def _document(
    raw: bytes, place: str, path: Path | None, stem: str, published: str | None, lang: str | None, limit: int, ids: set[str]
) -> Input:
    decoded = decode(raw, place=place, limit=limit)
    if is_record(decoded.text):
        return _record(decoded, raw, place, path, stem, published, lang, ids)
    info = SourceInfo(path=None if path is None else _printable(path), sha256=_sha256(raw), retrieved=_now())
    return _input(decoded, place, stem, given(published), lang, info, raw, ids)


def _lines(
    f: BinaryIO, first: bytes, path: Path | None, stem: str, published: str | None, lang: str | None, limit: int, ids: set[str]
) -> Iterator[Input | Issue]:
    place = STDIN if path is None else str(path)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield InputError("SEL-I006", "JSON Lines in UTF-16", place=place, remedy="save it as UTF-8").issue()
        return
    number, line, any_line = 0, first, False
    while line:
        number += 1
        here = f"{place}:{number}"
        try:
            if len(line) > limit:
                while line and not line.endswith(b"\n"):
                    line = f.readline(1 << 20)
                raise too_big(here, limit)
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                any_line = True
                raw = line.rstrip(b"\r\n")
                yield _record(decode(raw, place=here, limit=limit), raw, here, path, stem, published, lang, ids)
        except InputError as e:
            any_line = True
            yield e.issue()
        line = f.readline(limit + 1)
    if not any_line:
        yield InputError("SEL-I001", "there is no record in it", place=place, remedy="one JSON object a line").issue()


def _record(
    decoded: Decoded, raw: bytes, place: str, path: Path | None, stem: str, published: str | None, lang: str | None, ids: set[str]
) -> Input:
    record = record_of(decoded.text, place)
    # What the text itself shows is noticed below; of the line only how its bytes were read.
    reading = tuple(i for i in decoded.issues if i.code in ("SEL-I010", "SEL-I011"))
    body = checked(record.text, decoded.encoding, reading, place)
    day = given(published)
    if record.published:
        try:
            day = given(record.published, place=place)
        except InputError as e:
            body = replace(body, issues=(*body.issues, e.issue()))
    info = SourceInfo(path=None if path is None else _printable(path), url=record.url, sha256=_sha256(raw), retrieved=_now())
    name = record.id or (hashlib.sha256(record.url.encode("utf-8", "replace")).hexdigest()[:16] if record.url else None)
    return _input(body, place, name or f"{stem}-{_text_hash(body.text)}", day, record.lang or lang, info, raw, ids)


def _input(decoded: Decoded, place: str, stem: str, day: Published, lang: str | None, info: SourceInfo, raw: bytes, ids: set[str]) -> Input:
    """The report of a decoded text; of a page, the text that it shows."""
    notes = list(decoded.issues)
    text, title = decoded.text, None
    if looks_like_html(text):
        page = page_of(text)
        text, title = checked(page.text, place=place).text, page.title
        lang = lang or page.lang
        info = replace(info, url=info.url or page.url)
        if day.basis == "unknown" and page.published:
            try:
                day = given(page.published, "metadata", place)
            except InputError as e:
                notes.append(e.issue())
        notes.append(Issue("SEL-I014", place, "read as HTML: the text of the page was taken, menus and scripts left out"))
    report = build_report(text, id=_unique(stem, text, ids), lang=lang, published=day, source=info, title=title)
    return Input(report, raw, tuple(notes))


def _unique(stem: str, text: str, ids: set[str]) -> str:
    """`stem`, or with a suffix that depends on the content alone, or (the same content once more) with a number."""
    name = stem.encode("utf-8", "backslashreplace").decode()
    if name in ids:
        base = name = f"{name}-{_text_hash(text)}"
        n = 2
        while name in ids:
            name = f"{base}-{n}"
            n += 1
    ids.add(name)
    return name


def _text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _printable(path: Path) -> str:
    return str(path).encode("utf-8", "backslashreplace").decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
