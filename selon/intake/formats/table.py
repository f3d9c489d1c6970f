"""CSV and TSV with a map of columns. May import: the rest of `intake`, `errors`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

from selon.errors import InputError, Issue
from selon.intake.decode import decode, empty, encoding_of
from selon.intake.document import Document, Origin
from selon.intake.formats.plain import record_document
from selon.intake.record import FIELDS, record_from

SAMPLE = 1 << 18
"""Bytes from which the encoding of a table is told."""
_DELIMITERS = ",;\t|"


def table_documents(stream: BinaryIO, origin: Origin) -> Iterator[Document | Issue]:
    """A document for each row; a bad row is an issue among them. Raises InputError SEL-I040 when no column holds the text."""
    head = stream.read(SAMPLE)
    if not head.strip():
        raise empty(origin.place)
    encoding = encoding_of(head.rpartition(b"\n")[0] or head)
    lines = _Lines(head, stream, "utf-8-sig" if encoding == "utf-8" else encoding, origin.limit)
    csv.field_size_limit(origin.limit)
    first = next(lines, "")
    delimiter = "\t" if origin.name.lower().endswith((".tsv", ".tab")) else max(_DELIMITERS, key=first.count)
    header = _header(first, delimiter, origin)
    columns = _columns([name.strip() for name in header], origin)
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.taken.clear()
        place = f"{origin.place}:{lines.number + 1}"
        try:
            row = next(rows, None)
            if row is None:
                return
            if not any(cell.strip() for cell in row):
                continue
            yield _document(row, columns, "".join(lines.taken).encode("utf-8", "surrogatepass"), replace(origin, place=place))
        except csv.Error as e:
            yield InputError("SEL-I041", f"a row that cannot be read: {e}", place=place, remedy="mend its quotes").issue()
        except InputError as e:
            yield e.issue()


def _header(line: str, delimiter: str, origin: Origin) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error as e:
        raise InputError(
            "SEL-I040", f"the names of the columns cannot be read: {e}", place=origin.place, excerpt=line[:60], remedy="mend the first line"
        ) from e


def _columns(header: list[str], origin: Origin) -> Mapping[str, int]:
    """Field -> number of its column: as the user maps them, else by the fields' own names."""
    for field, name in origin.columns.items():
        if field not in FIELDS:
            raise InputError(
                "SEL-I040", "this is no field of a report", place=origin.place, excerpt=field, remedy=f"one of {', '.join(FIELDS)}"
            )
        if name not in header:
            raise InputError(
                "SEL-I040", "there is no such column", place=origin.place, excerpt=name, remedy=f"one of {', '.join(header)[:200]}"
            )
    found = {field: header.index(name) for field, name in origin.columns.items()}
    low = [name.lower() for name in header]
    for field in FIELDS:
        if field not in found and field in low:
            found[field] = low.index(field)
    if "text" not in found:
        raise InputError(
            "SEL-I040",
            "no column is named text",
            place=origin.place,
            excerpt=", ".join(header)[:80],
            remedy="say which one holds it: --columns text=NAME",
        )
    return found


def _document(row: list[str], columns: Mapping[str, int], raw: bytes, origin: Origin) -> Document:
    fields = {field: row[k] for field, k in columns.items() if k < len(row) and row[k].strip()}
    record = record_from(fields, origin.place, " ".join(row)[:60])
    return record_document(
        record, raw.rstrip(b"\r\n"), decode(record.text.encode("utf-8", "surrogatepass"), place=origin.place, limit=origin.limit), origin
    )


class _Lines:
    """The lines of a stream as text, which remembers those that were taken since: the bytes of a row are archived. A line longer than `limit` is cut there."""

    def __init__(self, head: bytes, rest: BinaryIO, encoding: str, limit: int) -> None:
        self._head, self._rest, self._limit = io.BytesIO(head), rest, limit
        self._wide = encoding.startswith(("utf-16", "utf-32"))
        self._encoding, self.taken, self.number = encoding, list[str](), 0
        if self._wide:
            whole = (head + rest.read(limit)).decode(encoding, "replace").lstrip("\ufeff")
            self._texts = iter(io.StringIO(whole, newline=""))

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._wide:
            line = next(self._texts)
        else:
            raw = self._head.readline(self._limit)
            if not raw.endswith(b"\n"):
                raw += self._rest.readline(max(self._limit - len(raw), 1))
            if not raw:
                raise StopIteration
            line = raw.decode(self._encoding if self.number == 0 else self._encoding.removesuffix("-sig"), "replace")
        self.number += 1
        self.taken.append(line)
        return line
