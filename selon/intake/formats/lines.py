"""JSON Lines: one document a line, of a file of any length. May import: the rest of `intake`, `errors`."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from selon.errors import InputError, Issue
from selon.intake.decode import decode, too_big
from selon.intake.document import Document, Origin
from selon.intake.formats.plain import record_document
from selon.intake.record import no_record, record_of, wide_lines


def line_documents(stream: BinaryIO, first: bytes, origin: Origin) -> Iterator[Document | Issue]:
    """A document for each line; a bad line is an issue among them. `first` is the line that was read to see what this is."""
    place = origin.place
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield wide_lines(place).issue()
        return
    number, line, any_line = 0, first, False
    while line:
        number += 1
        here = f"{place}:{number}"
        try:
            if len(line) > origin.limit:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(1 << 20)
                raise too_big(here, origin.limit)
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                any_line = True
                raw = line.rstrip(b"\r\n")
                decoded = decode(raw, place=here, limit=origin.limit)
                yield record_document(record_of(decoded.text, here), raw, decoded, replace(origin, place=here))
        except InputError as e:
            any_line = True
            yield e.issue()
        line = stream.readline(origin.limit + 1)
    if not any_line:
        yield no_record(place).issue()
