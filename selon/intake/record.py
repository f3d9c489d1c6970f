"""One line of JSON Lines as a record. May import: `errors`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from selon.errors import InputError


@dataclass(frozen=True, slots=True)
class Record:
    """`{"id", "text", "published", "url", "lang"}`: all but `text` optional; other fields are left aside."""

    text: str
    id: str | None = None
    published: str | None = None
    url: str | None = None
    lang: str | None = None


def record_of(line: str, place: str) -> Record:
    """Raises InputError: SEL-I006 when the line is no JSON object, SEL-I007 when it has no text or a field is no string."""
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError) as e:
        why = e.msg if isinstance(e, json.JSONDecodeError) else "nested too deep or a number too long"
        raise InputError("SEL-I006", f"not JSON: {why}", place=place, excerpt=_cut(line), remedy="one JSON object a line") from e
    if not isinstance(data, dict):
        raise InputError("SEL-I006", "not a JSON object", place=place, excerpt=_cut(line), remedy='{"text": "…"} on one line')
    text = data.get("text")
    if not isinstance(text, str):
        raise InputError("SEL-I007", "the record has no text", place=place, excerpt=_cut(line), remedy='give "text" as a string')
    fields: dict[str, str] = {}
    for name in ("id", "published", "url", "lang"):
        value = data.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and name == "id":
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise InputError(
                "SEL-I007", f'"{name}" is no string', place=place, excerpt=_cut(line), remedy="put it in quotes, or leave it out"
            )
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


def _cut(line: str) -> str:
    line = line.strip()
    return line if len(line) <= 60 else line[:57] + "…"
