"""One retrieval: request, redirects, body, all within limits. No cookies, no proxies from the environment, no passwords in addresses.

The connections are httpcore2's, which httpx2 itself stands on: its pool takes a network backend of ours in the open, while httpx2's transport hides its
pool. Addresses are read by httpx2. May import: `intake.fetch`, `errors`.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpcore2
import httpx2

from selon.errors import FetchError
from selon.intake.fetch.address import Resolver, system_resolver
from selon.intake.fetch.backend import CheckedBackend, too_big
from selon.intake.fetch.unpack import ACCEPTED, unpacker
from selon.intake.fetch.values import REDIRECTS, Fetched, Hop, Limits

TOKEN = "Selon"
"""The name by which robots.txt speaks to us."""
_LONGEST = 4000
Admit = Callable[[str], None]
"""Called with each address before it is asked; raises FetchError when it must not be."""


def readable_url(url: str) -> httpx2.URL:
    """An address that pages can have, without its fragment. Raises FetchError SEL-F001."""
    try:
        found = httpx2.URL(url.strip()).copy_with(fragment=None)
        port = found.port
    except (httpx2.InvalidURL, ValueError, UnicodeError) as e:
        raise FetchError("SEL-F001", f"this is no address of a page: {e}", excerpt=url[:120], remedy="write it as https://site/page") from e
    if (
        found.scheme not in ("http", "https")
        or not found.host
        or found.userinfo
        or "%" in found.host
        or not (port is None or 0 < port < 65_536)
        or len(url) > _LONGEST
    ):
        raise FetchError(
            "SEL-F001", "this is no address of a page", excerpt=url[:120], remedy="write it as https://site/page, without a password"
        )
    return found


def origin_of(url: httpx2.URL) -> str:
    """Scheme, host and port: what robots.txt and pace are about."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


class Client:
    """Asks servers. Threads may share one. `private` lets loopback and private networks in (for an intranet, and for tests)."""

    def __init__(
        self, *, agent: str, limits: Limits | None = None, private: bool = False, resolve: Resolver = system_resolver,
        trust: ssl.SSLContext | None = None,
    ) -> None:  # fmt: skip
        self.agent, self.limits = agent, limits or Limits()
        self.backend = CheckedBackend(resolve, private=private)
        self.pool = httpcore2.ConnectionPool(
            ssl_context=trust or ssl.create_default_context(), max_connections=64, max_keepalive_connections=16, keepalive_expiry=15,
            network_backend=self.backend,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.pool.close()

    def get(
        self, url: str, *, headers: Mapping[str, str] | None = None, admit: Admit = lambda _: None, limits: Limits | None = None
    ) -> Fetched:
        """The answer behind an address after its redirects; of answers that are no success, status and header fields only.

        Raises FetchError SEL-F001 to SEL-F010 and SEL-F014, and whatever `admit` raises.
        """
        limits = limits or self.limits
        with self.backend.retrieval(limits):
            return self._follow(url, headers or {}, admit, limits)

    def post(self, url: str, content: bytes, headers: Mapping[str, str], *, limits: Limits | None = None) -> Fetched:
        """The answer to something sent; redirects are not followed. Raises FetchError as `get` does."""
        limits = limits or self.limits
        with self.backend.retrieval(limits):
            return self._ask("POST", readable_url(url), headers, content, limits)

    def _follow(self, url: str, headers: Mapping[str, str], admit: Admit, limits: Limits) -> Fetched:
        here, chain, seen = readable_url(url), list[Hop](), set[str]()
        while True:
            admit(str(here))
            seen.add(str(here))
            answer = self._ask("GET", here, headers, b"", limits)
            location = answer.header("location")
            if answer.status not in REDIRECTS or not location:
                return Fetched(url, str(here), answer.status, answer.headers, answer.body, answer.retrieved, tuple(chain), answer.server)
            chain.append(Hop(str(here), answer.status, location))
            try:
                there = readable_url(str(here.join(location)))
            except (httpx2.InvalidURL, ValueError, FetchError) as e:
                raise FetchError("SEL-F001", "a redirect leads to no address of a page", place=str(here), excerpt=location[:120]) from e
            if len(chain) > limits.redirects or str(there) in seen:
                why = "in a circle" if str(there) in seen else "too often"
                way = " → ".join(h.url for h in chain[:3])
                raise FetchError("SEL-F006", f"the server sends us on {why} ({len(chain)} redirects)", place=url, excerpt=way[:200], remedy="give the final address")  # fmt: skip
            here = there

    def _ask(self, method: str, url: httpx2.URL, headers: Mapping[str, str], content: bytes, limits: Limits) -> Fetched:
        sent = [("Host", url.netloc.decode("ascii")), ("User-Agent", self.agent), ("Accept-Encoding", ACCEPTED), *headers.items()]
        if method == "POST":
            sent.append(("Content-Length", str(len(content))))
        target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), limits.seconds)
        try:
            with self.pool.stream(method, target, headers=[(k.encode(), v.encode("utf-8", "replace")) for k, v in sent], content=content or None,
                                  extensions={"timeout": timeout}) as answer:  # fmt: skip
                fields = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in answer.headers)
                peer = answer.extensions["network_stream"].get_extra_info("server_addr")
                now = datetime.now(UTC)
                found = Fetched(str(url), str(url), answer.status, fields, b"", now, (), str(peer[0]) if peer else None)
                if not found.ok:
                    return found
                return Fetched(str(url), str(url), answer.status, fields, _body(answer, found, limits), now, (), found.server)
        except FetchError as e:
            raise FetchError(e.code, e.problem, place=e.place or str(url), excerpt=e.excerpt, remedy=e.remedy) from e
        except httpcore2.TimeoutException as e:
            raise FetchError("SEL-F005", "the server is too slow to answer", place=str(url), remedy="try again later") from e
        except (httpcore2.NetworkError, ssl.SSLError) as e:
            raise FetchError(
                "SEL-F004", f"there is no connection to the server: {_why(e)}", place=str(url), remedy="try again later"
            ) from e
        except (httpcore2.ProtocolError, ValueError, UnicodeError) as e:
            raise FetchError(
                "SEL-F014", f"the server answers in a way that is no HTTP: {_why(e)}", place=str(url), remedy="try again later"
            ) from e


def _body(answer: httpcore2.Response, found: Fetched, limits: Limits) -> bytes:
    length = found.header("content-length") or ""
    if length.isascii() and length.isdigit() and int(length[:18]) > limits.wire:
        raise too_big()
    unpack = unpacker(found.header("content-encoding"), limits.unpacked)
    out, wire = bytearray(), 0
    for piece in answer.iter_stream():
        wire += len(piece)
        if wire > limits.wire:
            raise too_big()
        out += unpack.feed(piece)
    return bytes(out + unpack.end())


def _why(error: BaseException) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__
