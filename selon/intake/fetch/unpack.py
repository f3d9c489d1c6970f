"""Unpacking what a server packed, with an end to it: a small file can hold gigabytes of nothing. May import: `intake.fetch`, `errors`."""

from __future__ import annotations

import zlib
from typing import Protocol

from selon.errors import FetchError

ACCEPTED = "gzip, deflate"
"""What is asked for. Servers that pack otherwise without being asked are refused."""
_STEP = 1 << 16


class Unpacker(Protocol):
    """Takes bytes of the wire, gives those of the page."""

    def feed(self, data: bytes) -> bytes: ...

    def end(self) -> bytes: ...


class _Plain:
    def feed(self, data: bytes) -> bytes:
        return data

    def end(self) -> bytes:
        return b""


class _Zlib:
    """gzip (several members may follow each other) and deflate (with or without the zlib head), never more than `limit` bytes in all."""

    def __init__(self, deflate: bool, limit: int) -> None:
        self.deflate, self.limit, self.given, self.began = deflate, limit, 0, False
        self.engine = self._engine(zlib.MAX_WBITS if deflate else zlib.MAX_WBITS | 16)

    @staticmethod
    def _engine(bits: int) -> zlib._Decompress:
        return zlib.decompressobj(bits)

    def feed(self, data: bytes) -> bytes:
        out = bytearray()
        while data:
            if self.engine.eof:
                if self.deflate or not data.lstrip(b"\0"):
                    break  # padding behind the end
                self.engine = self._engine(zlib.MAX_WBITS | 16)
            try:
                got = self.engine.decompress(data, _STEP)
            except zlib.error as e:
                if self.deflate and not self.began:
                    self.engine, self.began = self._engine(-zlib.MAX_WBITS), True
                    continue
                raise broken() from e
            self.began = True
            self.given += len(got)
            if self.given > self.limit:
                raise bomb(self.limit)
            out += got
            data = self.engine.unconsumed_tail or (self.engine.unused_data if self.engine.eof else b"")
        return bytes(out)

    def end(self) -> bytes:
        # A few bytes can wait inside when the last step was full. A page that was cut off is still a page.
        return b"" if self.engine.eof else self.engine.decompress(b"", _STEP)


def unpacker(encoding: str | None, limit: int) -> Unpacker:
    """For the value of Content-Encoding. Raises FetchError SEL-F010 for what was not asked for."""
    codings = [c.strip().lower() for c in (encoding or "").split(",")]
    codings = [c for c in codings if c not in ("", "identity")]
    if not codings:
        return _Plain()
    if codings in (["gzip"], ["x-gzip"], ["deflate"]):
        return _Zlib(codings == ["deflate"], limit)
    raise FetchError("SEL-F010", "the server packed the page in a way that was not asked for", excerpt=(encoding or "")[:80],
                     remedy="save the page in a browser, then read the file")  # fmt: skip


def broken() -> FetchError:
    """The error of a packed page that cannot be unpacked."""
    return FetchError("SEL-F010", "the page came packed, and the packing is broken", remedy="try again later")


def bomb(limit: int) -> FetchError:
    """The error of a page that swells beyond all measure."""
    return FetchError(
        "SEL-F008", f"the page unpacks to more than {limit // 1_000_000} MB; it was refused", remedy="this is no report; leave it out"
    )


def unpacked_gzip(data: bytes, limit: int, place: str = "") -> bytes:
    """A gzip file (a sitemap, for example), unpacked. Raises FetchError SEL-F008 above `limit` bytes, SEL-F010 when it is broken."""
    engine = unpacker("gzip", limit)
    try:
        return engine.feed(data) + engine.end()
    except FetchError as e:
        raise FetchError(e.code, e.problem, place=place, remedy=e.remedy) from e
