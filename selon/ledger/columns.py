"""Column types that keep what the databases would lose. May import: nothing of Selon."""

from __future__ import annotations

import json
import re
import zlib
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
INT_MAX = 2**63 - 1
JUDGING = 0x4A554447
"""PostgreSQL's lock for those who judge: one looks at the newest judgement and adds the next before another one does."""


class UtcTime(TypeDecorator[datetime]):
    """An instant. SQLite drops offsets, so times are stored in UTC and come back with their zone; naive times are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text for searching and showing. Lone surrogates and NUL, which no database takes, become U+FFFD; the reading's body keeps them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _UNSTORABLE.sub("\ufffd", value)


class Packed(TypeDecorator[bytes]):
    """Bytes, compressed with zlib where that makes them smaller. The first byte says which: `z` or `-`."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        small = zlib.compress(value, 6)
        return b"z" + small if len(small) < len(value) else b"-" + value

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return zlib.decompress(value[1:]) if value[:1] == b"z" else bytes(value[1:])


class PackedJson(TypeDecorator[Any]):
    """A JSON value, compressed. Lone surrogates survive."""

    impl = Packed
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return json.loads(value.decode("utf-8", "surrogatepass"))


def storable(number: int | None) -> int | None:
    """An integer that fits the column: beyond 64 bits it stands at the limit (the reading's body keeps the true one)."""
    return None if number is None else max(-INT_MAX, min(INT_MAX, number))
