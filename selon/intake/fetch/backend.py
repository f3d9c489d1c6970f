"""Connections with a ration of time and bytes, to checked addresses only. May import: `intake.fetch`, `errors`."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpcore2
from httpcore2 import NetworkBackend, NetworkStream

from selon.errors import FetchError
from selon.intake.fetch.address import Resolver, checked_addresses
from selon.intake.fetch.values import Limits

HEAD_BYTES = 256_000
"""Bytes that status lines and header fields of one retrieval may take beside the body."""


@dataclass
class Ration:
    """What is left to one retrieval. Each read asks here first, so that a server that drips a byte a second ends like one that is silent."""

    ends: float
    bytes: int
    connect: float

    @classmethod
    def of(cls, limits: Limits) -> Ration:
        return cls(time.monotonic() + limits.seconds, limits.wire + HEAD_BYTES, limits.connect)

    def left(self, at_most: float | None) -> float:
        """Seconds that a step may take. Raises FetchError SEL-F005 when there are none."""
        seconds = self.ends - time.monotonic()
        if seconds <= 0:
            raise too_slow()
        return seconds if at_most is None else min(seconds, at_most)

    def take(self, count: int) -> None:
        """Counts bytes. Raises FetchError SEL-F007 when there were too many."""
        self.bytes -= count
        if self.bytes < 0:
            raise too_big()


def too_slow() -> FetchError:
    """The error of a server that does not finish in time."""
    return FetchError("SEL-F005", "the server is too slow; the page was not finished in time", remedy="try again later")


def too_big() -> FetchError:
    """The error of a page that does not end."""
    return FetchError(
        "SEL-F007",
        "the page is too big to be a report; it was not read to its end",
        remedy="download it by other means, then read the file",
    )


class RationedStream(NetworkStream):
    """A stream whose reads and writes take from the ration of the retrieval that runs in this thread."""

    def __init__(self, inner: NetworkStream, backend: CheckedBackend) -> None:
        self.inner, self.backend = inner, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        ration = self.backend.ration
        found = self.inner.read(max_bytes, ration.left(timeout))
        ration.take(len(found))
        return found

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.backend.ration.left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> NetworkStream:
        return RationedStream(self.inner.start_tls(ssl_context, server_hostname, self.backend.ration.left(timeout)), self.backend)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class CheckedBackend(NetworkBackend):
    """Resolves a name, checks every address, and connects to the very address that was checked: a name that changes its mind in between (DNS
    rebinding) gains nothing."""

    def __init__(self, resolve: Resolver, *, private: bool) -> None:
        self.resolve, self.private, self.inner = resolve, private, httpcore2.SyncBackend()
        self._here = threading.local()

    @property
    def ration(self) -> Ration:
        return self._here.ration  # type: ignore[no-any-return]

    @contextmanager
    def retrieval(self, limits: Limits) -> Iterator[None]:
        """The ration of one retrieval in this thread. Within one, another may be made (a site's rules for robots): it has a ration of its own."""
        before = getattr(self._here, "ration", None)
        self._here.ration = Ration.of(limits)
        try:
            yield
        finally:
            self._here.ration = before

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        ration = self.ration
        addresses = checked_addresses(host, port, seconds=ration.left(ration.connect), private=self.private, resolve=self.resolve)
        for n, address in enumerate(addresses, 1):
            try:
                return RationedStream(
                    self.inner.connect_tcp(address, port, ration.left(ration.connect), local_address, socket_options), self
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if n == len(addresses):
                    raise
        raise AssertionError  # checked_addresses gives at least one

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None) -> NetworkStream:
        raise FetchError("SEL-F001", "no page is behind a socket of this machine", place=path)
