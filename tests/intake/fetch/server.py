"""A real server on loopback whose answers a test decides, path by path."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Request"], None]


@dataclass
class Asked:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Request(BaseHTTPRequestHandler):
    """One request; `give` sends an answer whole, `raw` bytes that need be no HTTP at all."""

    protocol_version = "HTTP/1.1"
    timeout = 5

    @property
    def site(self) -> Site:
        return self.server.site  # type: ignore[attr-defined, no-any-return]

    def give(self, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
        content = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        fields = {k.replace("_", "-"): v for k, v in headers.items()}
        fields.setdefault("Content-Type", "text/html; charset=utf-8")
        if status != 304:
            fields.setdefault("Content-Length", str(len(content)))
        for k, v in fields.items():
            self.send_header(k, v)
        self.end_headers()
        self.wfile.write(content)

    def raw(self, data: bytes) -> None:
        self.close_connection = True
        self.wfile.write(data)
        self.wfile.flush()

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        self.site.asked.append(Asked(self.command, self.path, dict(self.headers.items()), body))
        answer = self.site.answers.get(self.path) or self.site.answers.get(self.path.partition("?")[0])
        try:
            if answer is None:
                self.give(b"not here", 404)
            elif callable(answer):
                answer(self)
            else:
                self.give(answer)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_GET = do_POST = _answer  # noqa: N815 - the names that http.server looks for

    def log_message(self, *_: Any) -> None: ...


@dataclass
class Site:
    """A running server: what it answers, and what it was asked."""

    url: str
    answers: dict[str, Answer | bytes | str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [a.path for a in self.asked]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None: ...


@contextmanager
def serving() -> Iterator[Site]:
    server = _Server(("127.0.0.1", 0), Request)
    site = Site(f"http://127.0.0.1:{server.server_address[1]}")
    server.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
