"""One line of JSON Lines, or one row of a table, as a record. May import: `model`, `errors`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selon.errors import InputError
from selon.model import DeclaredField

FIELDS = ("text", "id", "published", "url", "lang", "title", "outlet", "author", "modified")
"""The names of what a record may hold; all but the text are optional."""
_DECLARED: tuple[tuple[DeclaredField, str], ...] = (
    ("title", "title"), ("outlet", "outlet"), ("author", "author"), ("language", "lang"), ("published", "published"), ("modified", "modified"), ("url", "url"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """`{"id", "text", "published", "url", "lang", "title", "outlet", "author", "modified"}`: all but `text` optional; other fields are left aside."""

    text: str
    id: str | None = None
    published: str | None = None
    url: str | None = None
    lang: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    modified: str | None = None

    @property
    def declared(self) -> tuple[tuple[DeclaredField, str], ...]:
        """What the record says of the report beyond the fields that every report has, when it does."""
        if not (self.title or self.outlet or self.author or self.modified):
            return ()
        return tuple((field, value) for field, name in _DECLARED if (value := getattr(self, name)))


def record_of(line: str, place: str) -> Record:
    """Raises InputError: SEL-I006 when the line is no JSON object, SEL-I007 when it has no text or a field is no string."""
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError) as e:
        why = e.msg if isinstance(e, json.JSONDecodeError) else "nested too deep or a number too long"
        raise InputError("SEL-I006", f"not JSON: {why}", place=place, excerpt=_cut(line), remedy="one JSON object a line") from e
    if not isinstance(data, dict):
        raise InputError("SEL-I006", "not a JSON object", place=place, excerpt=_cut(line), remedy='{"text": "…"} on one line')
    return record_from(data, place, _cut(line))


def record_from(data: Mapping[str, Any], place: str, excerpt: str = "") -> Record:
    """The record of fields by their names. Raises InputError SEL-I007 when there is no text or a field is no string."""
    text = data.get("text")
    if not isinstance(text, str):
        raise InputError("SEL-I007", "the record has no text", place=place, excerpt=excerpt, remedy='give "text" as a string')
    fields: dict[str, str] = {}
    for name in FIELDS[1:]:
        value = data.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and name == "id":
            value = str(value)
        if value is not None and not isinstance(value, str):
            if name in FIELDS[5:]:
                continue  # others give lists of authors and objects for outlets; what Selon does not need does not cost the report
            raise InputError("SEL-I007", f'"{name}" is no string', place=place, excerpt=excerpt, remedy="put it in quotes, or leave it out")
        if value and value.strip():
            fields[name] = value.strip()
    return Record(text, **fields)


def is_record(line: str) -> bool:
    """Whether a first line opens JSON Lines (stdin and files without a telling name)."""
    if not line.lstrip("\ufeff \t").startswith("{"):
        return False
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "text" in data


def no_record(place: str) -> InputError:
    """The error for JSON Lines without a line."""
    return InputError("SEL-I001", "there is no record in it", place=place, remedy="one JSON object a line")


def wide_lines(place: str) -> InputError:
    """The error for JSON Lines that cannot be cut into lines of bytes."""
    return InputError("SEL-I006", "JSON Lines in UTF-16", place=place, remedy="save it as UTF-8")


def _cut(line: str) -> str:
    line = line.strip()
    return line if len(line) <= 60 else line[:57] + "…"
