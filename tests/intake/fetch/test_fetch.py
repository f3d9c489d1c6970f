"""Retrieval against real servers on loopback that misbehave in every way we know of."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import threading
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selon.errors import FetchError
from selon.intake.fetch import Client, Fetcher, Limits, StoppedError, Validators, open_fetcher, readable_url
from selon.intake.fetch.unpack import unpacker
from tests.intake.fetch.server import Answer, Request, Site


def code(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(FetchError) as e:
        fetcher.get(url)
    assert e.value.place, "an error says where"
    return e.value.code


def onwards(to: str) -> Answer:
    return lambda r: r.give(status=302, Location=to)


def test_a_page_with_its_way(site: Site, fetcher: Fetcher) -> None:
    site.answers["/old"] = lambda r: r.give(status=301, Location="/newer?x=1#part")
    site.answers["/newer"] = lambda r: r.give("<p>Bilan</p>", ETag='"v1"')
    found = fetcher.get(site.url + "/old")
    assert (found.status, found.body, found.final_url) == (200, b"<p>Bilan</p>", site.url + "/newer?x=1")
    assert [(h.status, h.location) for h in found.chain] == [(301, "/newer?x=1#part")]
    assert found.header("etag") == '"v1"' and found.server == "127.0.0.1"
    asked = site.asked[-1].headers
    assert asked["User-Agent"].startswith("Selon/") and "Cookie" not in asked


def test_conditional_requests(site: Site, fetcher: Fetcher) -> None:
    def answer(r: Request) -> None:
        if r.headers.get("If-None-Match") == '"v1"' and r.headers.get("If-Modified-Since"):
            r.give(status=304)
        else:
            r.give("text", ETag='"v1"')

    site.answers["/a"] = answer
    assert fetcher.get(site.url + "/a").ok
    again = fetcher.get(site.url + "/a", known=Validators('"v1"', "Sat, 28 Nov 2026 10:00:00 GMT"))
    assert again.status == 304 and again.body == b"" and again.problem() is None


@pytest.mark.parametrize(
    "url", ["ftp://a.example/x", "file:///etc/passwd", "https://", "http://user:pass@a.example/", "nonsense", "http://[::1", "http://a.example:99999/", "http://[fe80::1%25lo]/", "gopher://a", "http://a.example/" + "x" * 5000],
)  # fmt: skip
def test_what_is_no_address_of_a_page(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(FetchError, match="SEL-F001"):
        fetcher.get(url)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_as_address(text: str) -> None:
    for url in (text, "http://" + text, "https://a.example/" + text):
        try:
            found = readable_url(url)
        except FetchError as e:
            assert e.code == "SEL-F001"
        else:
            assert found.scheme in ("http", "https") and found.host


def test_loopback_is_refused_unless_allowed(site: Site) -> None:
    with open_fetcher(rest=0) as strict:
        for url in (site.url + "/a", site.url.replace("127.0.0.1", "2130706433"), site.url.replace("127.0.0.1", "[::ffff:127.0.0.1]")):
            assert code(strict, url) == "SEL-F002"
    assert site.asked == []


def test_a_redirect_to_a_metadata_service(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = lambda r: r.give(status=302, Location="http://169.254.169.254/latest/meta-data/")
    assert code(fetcher, site.url + "/a") == "SEL-F002"


@pytest.mark.parametrize("to", ["file:///etc/passwd", "http://a:b@127.0.0.1/", "javascript:alert(1)"])
def test_a_redirect_that_leaves_the_web(site: Site, fetcher: Fetcher, to: str) -> None:
    site.answers["/a"] = lambda r: r.give(status=302, Location=to)
    assert code(fetcher, site.url + "/a") == "SEL-F001"


def test_redirects_in_a_circle_and_without_end(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = lambda r: r.give(status=302, Location="/b")
    site.answers["/b"] = lambda r: r.give(status=307, Location="/a")
    assert code(fetcher, site.url + "/a") == "SEL-F006"
    for n in range(20):
        site.answers[f"/{n}"] = onwards(f"/{n + 1}")
    assert code(fetcher, site.url + "/0") == "SEL-F006"
    assert "/6" not in site.paths()


def test_a_server_that_drips(site: Site, fetcher: Fetcher) -> None:
    def drip(r: Request, head: bytes) -> None:
        r.wfile.write(head)
        for _ in range(100):
            r.wfile.write(b"x")
            r.wfile.flush()
            time.sleep(0.05)

    site.answers["/body"] = lambda r: drip(r, b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    site.answers["/head"] = lambda r: drip(r, b"HTTP/1.1 200 OK\r\nX-Long: ")
    site.answers["/silent"] = lambda r: time.sleep(2)
    fetcher.tries = 1
    for path in ("/body", "/head", "/silent"):
        began = time.monotonic()
        assert code(fetcher, site.url + path) == "SEL-F005"
        assert time.monotonic() - began < 2.5


def test_a_page_without_end(site: Site, fetcher: Fetcher) -> None:
    def endless(r: Request) -> None:
        r.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(1000):
            r.raw(b"2710\r\n" + b"x" * 10_000 + b"\r\n")

    site.answers["/endless"] = endless
    site.answers["/says-so"] = lambda r: r.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx")
    site.answers["/headers"] = lambda r: r.raw(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 100_000)
    site.answers["/100"] = lambda r: r.raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 100_000)
    assert code(fetcher, site.url + "/endless") == "SEL-F007"
    assert code(fetcher, site.url + "/says-so") == "SEL-F007"
    assert code(fetcher, site.url + "/headers") in ("SEL-F007", "SEL-F014")
    assert code(fetcher, site.url + "/100") in ("SEL-F007", "SEL-F004", "SEL-F014")


def test_a_gzip_bomb(site: Site, fetcher: Fetcher) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    site.answers["/bomb"] = lambda r: r.give(bomb, Content_Encoding="gzip")
    site.answers["/flat"] = lambda r: r.give(zlib.compress(b"\0" * 50_000_000), Content_Encoding="deflate")
    assert code(fetcher, site.url + "/bomb") == "SEL-F008"
    assert code(fetcher, site.url + "/flat") == "SEL-F008"


@pytest.mark.parametrize(("packing", "pack"), [
    ("gzip", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", lambda b: zlib.compress(b)[2:-4]),
    ("identity", bytes), ("gzip", lambda b: gzip.compress(b[:10]) + gzip.compress(b[10:]) + b"\0\0"),
])  # fmt: skip
def test_packed_pages(site: Site, fetcher: Fetcher, packing: str, pack: object) -> None:
    text = "Séisme : bilan provisoire. ".encode() * 3000
    site.answers["/a"] = lambda r: r.give(pack(text), Content_Encoding=packing)  # type: ignore[operator]
    assert fetcher.get(site.url + "/a").body == text


@settings(deadline=None)
@given(st.binary(max_size=2000), st.lists(st.integers(1, 50), max_size=40), st.booleans())
def test_unpacking_in_any_pieces(data: bytes, sizes: list[int], flat: bool) -> None:
    packed = zlib.compress(data) if flat else gzip.compress(data)
    engine = unpacker("deflate" if flat else "gzip", 10_000)
    out = b""
    for size in sizes:
        out += engine.feed(packed[:size])
        packed = packed[size:]
    assert out + engine.feed(packed) + engine.end() == data


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate"]))
def test_unpacking_nonsense(data: bytes, packing: str) -> None:
    engine = unpacker(packing, 5_000)
    try:
        engine.feed(data)
        engine.end()
    except FetchError as e:
        assert e.code in ("SEL-F010", "SEL-F008")


def test_packing_that_is_broken_or_was_not_asked_for(site: Site, fetcher: Fetcher) -> None:
    site.answers["/broken"] = lambda r: r.give(b"this is no gzip", Content_Encoding="gzip")
    site.answers["/br"] = lambda r: r.give(b"x", Content_Encoding="br")
    assert code(fetcher, site.url + "/broken") == "SEL-F010"
    assert code(fetcher, site.url + "/br") == "SEL-F010"


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "audio/mpeg", "application/zip", "application/x-executable", "font/woff2"])
def test_media_types_that_are_no_report(site: Site, fetcher: Fetcher, kind: str) -> None:
    site.answers["/a"] = lambda r: r.give(b"x", Content_Type=kind)
    assert code(fetcher, site.url + "/a") == "SEL-F009"


@pytest.mark.parametrize("kind", ["text/html; charset=latin-1", "TEXT/PLAIN", "application/xhtml+xml", "application/pdf", "", "nonsense"])
def test_media_types_of_reports(site: Site, fetcher: Fetcher, kind: str) -> None:
    site.answers["/a"] = lambda r: r.give(b"x", Content_Type=kind)
    assert fetcher.get(site.url + "/a").body == b"x"


def test_what_is_no_http(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = lambda r: r.raw(b"220 mail.example ESMTP\r\n")
    site.answers["/cut"] = lambda r: r.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf")
    site.answers["/bye"] = lambda r: r.raw(b"")
    for path in ("/a", "/cut", "/bye"):
        assert code(fetcher, site.url + path) in ("SEL-F014", "SEL-F004")


def test_a_port_where_nobody_listens(fetcher: Fetcher) -> None:
    assert code(fetcher, "http://127.0.0.1:9/") == "SEL-F004"


def test_a_certificate_of_nobody(fetcher: Fetcher, tmp_path: Path) -> None:
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-keyout",
        "key",
        "-out",
        "cert",
    ]
    subprocess.run(made, cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    from http.server import ThreadingHTTPServer

    server = ThreadingHTTPServer(("127.0.0.1", 0), Request)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.site = Site("", {"/a": "secret"})  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    url = f"https://localhost:{server.server_address[1]}/a"
    try:
        assert code(fetcher, url) == "SEL-F004"
        trust = ssl.create_default_context(cafile=str(tmp_path / "cert"))
        with Client(agent="t", private=True, trust=trust, resolve=lambda *_: ["127.0.0.1"]) as client:
            assert client.get(url).body == b"secret"
    finally:
        server.shutdown()
        server.server_close()


def test_a_server_that_stumbles_is_asked_again(site: Site, fetcher: Fetcher) -> None:
    def stumble(r: Request) -> None:
        r.give("late", 200) if site.paths().count("/a") > 1 else r.give("", 503, Retry_After="0")

    site.answers["/a"] = stumble
    assert fetcher.get(site.url + "/a").body == b"late"


def test_a_server_that_asks_to_wait_long_is_left(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = lambda r: r.give("", 429, Retry_After="3600")
    found = fetcher.get(site.url + "/a")
    problem = found.problem()
    assert found.retry_after == 3600 and problem is not None and problem.code == "SEL-F013" and site.paths().count("/a") == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("-5", None), ("soon", None), ("", None), ("9" * 30, 604_800), ("Thu, 01 Jan 1970 00:00:00 GMT", 0)],
)
def test_retry_after(site: Site, fetcher: Fetcher, value: str, seconds: float | None) -> None:
    site.answers["/a"] = lambda r: r.give("x", Retry_After=value)
    assert fetcher.get(site.url + "/a").retry_after == seconds


@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, "SEL-F012"), (410, "SEL-F012"), (403, "SEL-F017"), (451, "SEL-F017"), (500, "SEL-F015"), (418, "SEL-F015")],
)
def test_statuses_in_words(site: Site, fetcher: Fetcher, status: int, expected: str) -> None:
    site.answers["/a"] = lambda r: r.give("a long error page", status)
    problem = fetcher.get(site.url + "/a").problem()
    assert problem is not None and problem.code == expected


def test_rests_between_requests_to_one_host(site: Site) -> None:
    site.answers["/a"] = "a"
    site.answers["/robots.txt"] = lambda r: r.give("User-agent: *\nCrawl-delay: 0.3\n", Content_Type="text/plain")
    with open_fetcher(private=True, rest=0.05) as polite:
        began = time.monotonic()
        threads = [threading.Thread(target=polite.get, args=(site.url + "/a",)) for _ in range(3)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        assert time.monotonic() - began >= 0.6


def test_a_rest_ends_when_the_run_is_stopped(site: Site) -> None:
    stop = threading.Event()
    site.answers["/a"] = "a"
    with open_fetcher(private=True, rest=60, stop=stop) as polite:
        polite.get(site.url + "/a")
        threading.Timer(0.1, stop.set).start()
        began = time.monotonic()
        with pytest.raises(StoppedError):
            polite.get(site.url + "/a")
        assert time.monotonic() - began < 5


def test_limits_hold_for_several_threads_at_once(site: Site) -> None:
    site.answers["/slow"] = lambda r: time.sleep(1.5)
    site.answers["/a"] = "quick"
    with Client(agent="t", private=True, limits=Limits(seconds=0.4)) as client:
        ends: list[str] = []

        def slow() -> None:
            try:
                client.get(site.url + "/slow")
            except FetchError as e:
                ends.append(e.code)

        thread = threading.Thread(target=slow)
        thread.start()
        for _ in range(10):
            assert client.get(site.url + "/a").body == b"quick"
        thread.join()
        assert ends == ["SEL-F005"]


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_bytes_as_answer(site: Site, fetcher: Fetcher, data: st.DataObject) -> None:
    """Whatever a server sends, there is a page or an error in words."""
    lines = st.sampled_from([
        b"HTTP/1.1 200 OK\r\n", b"HTTP/9.9 200\r\n", b"HTTP/1.1 302 x\r\n", b"Location: /any\r\n", b"Location: \x00\xff\r\n", b"Content-Length: 5\r\n", b"Content-Length: -1\r\n",
        b"Content-Length: 5, 6\r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"Content-Type: \xe9;;=\r\n", b"Retry-After: x\r\n", b": \r\n", b" folded\r\n",
        b"\r\n", b"5\r\nhello\r\n0\r\n\r\n", b"ffffffffff\r\n", b"hello", b"\x1f\x8b\x08",
    ])  # fmt: skip
    answer = b"".join(data.draw(st.lists(st.one_of(lines, st.binary(max_size=12)), max_size=9)))
    site.answers["/any"] = lambda r: r.raw(answer)
    fetcher.tries = 1
    try:
        found = fetcher.get(site.url + "/any")
    except FetchError as e:
        assert e.code.startswith("SEL-F0") and e.place
    else:
        assert (len(found.body) <= 400_000 and found.problem() is None) or found.status >= 300
