"""Everything the user named, one report after another, with the bytes it came from. May import: `lang`, `model`, `errors`.

Nothing is read before it is asked for and only one input is held at a time, so ten thousand files or a dump of any length cost constant
memory (but for the ids given so far, which have to be unique). A bad input is an Issue among the others and the run goes on.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from selon.errors import InputError, Issue
from selon.intake.day import given
from selon.intake.decode import LIMIT
from selon.intake.document import Document, Origin, fault, now, sha256, text_hash
from selon.intake.formats.read import documents
from selon.intake.gate import Sieve
from selon.intake.language import others
from selon.intake.report import build_report
from selon.intake.walk import STDIN, unreadable, walk
from selon.model import Report, SourceInfo


@dataclass(frozen=True, slots=True)
class Input:
    """A report, the raw bytes it was read from (for JSON Lines: its line; for a dump: the page), and what was noticed that did not keep it from being read."""

    report: Report
    raw: bytes
    notes: tuple[Issue, ...] = ()


@dataclass
class Ids:
    """The ids given in a run: each report has one of its own."""

    given: set[str] = field(default_factory=set)

    def unique(self, stem: str, text: str) -> str:
        """`stem`, or with a suffix that depends on the content alone, or (the same content once more) with a number."""
        name = stem.encode("utf-8", "backslashreplace").decode()
        if name in self.given:
            base = name = f"{name}-{text_hash(text)}"
            n = 2
            while name in self.given:
                name = f"{base}-{n}"
                n += 1
        self.given.add(name)
        return name


def iter_inputs(
    paths: Sequence[str],
    *,
    published: str | None = None,
    lang: str | None = None,
    limit: int = LIMIT,
    stdin: BinaryIO | None = None,
    columns: Mapping[str, str] | None = None,
    gate: bool | None = None,
    on_sifted: Callable[[str, Sieve], None] | None = None,
) -> Iterator[Input | Issue]:
    """The reports of files, folders (recursive, by name, hidden files left out), patterns and `-` (standard input), in that order.

    A file is text, a page (HTML, MHTML), PDF, DOCX, a message (EML), JSON Lines, a table (CSV, TSV; `columns` maps fields to names of columns), a dump (WARC,
    WACZ), or a ZIP, gzip or zstd file of any of these; what it is shows at its beginning and in its name. `published` and `lang` hold for every report that
    does not bring its own. `limit` is the most bytes one report may have. `gate` True reads only what may tell of conflict or crisis, None does so with
    dumps, False never; `on_sifted` gets the place and the counts of each input that was sifted. Ids are unique within the run: file stem, `id` or
    hash of the address, and on a clash a suffix from the content's hash. Raises InputError SEL-I008 when `published` is no day; any other trouble is
    yielded as an Issue.
    """
    day, ids = given(published), Ids()
    for path in walk(paths):
        if isinstance(path, Issue):
            yield path
            continue
        place, sieve = STDIN if path is None else str(path), Sieve(gate)
        origin = Origin(
            place, "stdin" if path is None else path.name, None if path is None else _printable(path), published=day, lang=lang, limit=limit,
            columns=columns or {},
        )  # fmt: skip
        try:
            if path is None:
                yield from _inputs(stdin or sys.stdin.buffer, origin, sieve, ids)
            else:
                with path.open("rb") as f:
                    yield from _inputs(f, origin, sieve, ids)
        except OSError as e:
            yield unreadable(place, e).issue()
        if sieve.seen and on_sifted is not None:
            on_sifted(place, sieve)


def read_bytes(
    raw: bytes,
    *,
    name: str,
    url: str | None = None,
    content_type: str | None = None,
    status: int | None = None,
    retrieved: str | None = None,
    published: str | None = None,
    lang: str | None = None,
    limit: int = LIMIT,
    ids: Ids | None = None,
) -> Iterator[Input | Issue]:
    """The reports in bytes that came from elsewhere (the web, a mailbox): the same formats, the same issues.

    `name` proposes the id and names the bytes in issues where there is no `url`. Raises InputError SEL-I008 when `published` is no day.
    """
    origin = Origin(url or name, name, None, url, content_type, status, retrieved, given(published), lang, limit)
    yield from _inputs(io.BytesIO(raw), origin, Sieve(False), ids or Ids())


def _inputs(stream: BinaryIO, origin: Origin, sieve: Sieve, ids: Ids) -> Iterator[Input | Issue]:
    for found in documents(stream, origin, sieve):
        if isinstance(found, Issue):
            yield found
        elif found.dump or sieve.lets_through(f"{found.title or ''}\n{found.text}", dump=False):
            try:
                yield _input(found, ids)
            except InputError as e:
                yield e.issue()
            except Exception as e:
                yield fault(found.place, e).issue()


def _input(d: Document, ids: Ids) -> Input:
    source = SourceInfo(d.path, d.url, d.outlet, sha256(d.raw), d.retrieved or now(), d.declared)
    id_ = ids.unique(d.name, d.text)
    report = build_report(
        d.text, id=id_, lang=d.lang, published=d.published, source=source, title=d.title, blocks=d.blocks, spoken=d.spoken
    )
    more = others(d.text, report.lang) if d.lang is None else ()
    if more:
        problem = f"a text in several languages ({', '.join((report.lang, *more))}); it is read as {report.lang}"
        return Input(report, d.raw, (*d.notes, Issue("SEL-I046", d.place, problem, "", "cut it, and read each part by itself")))
    return Input(report, d.raw, d.notes)


def _printable(path: Path) -> str:
    return str(path).encode("utf-8", "backslashreplace").decode()
