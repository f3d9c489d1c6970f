"""How fast intake is on this machine: the gate, pages, dumps, each beside the bare library on the same bytes in the same run.

Material is made of the reports given: each becomes a page with the menus, scripts and teasers that pages have, and the pages become a dump.
May import: `intake`, `errors`.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import io
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from selon.errors import InputError, Issue
from selon.intake import Input, build_report, iter_inputs, read_page
from selon.intake.formats.warc import count_records
from selon.intake.gate import verdict
from selon.intake.page.extraction import main_text

SECONDS = 1.5
"""Processor seconds for which each is run at least."""
OTHERS = 19
"""Pages of a dump for each one that tells of conflict or crisis: what the web's news is like."""

_ORDINARY = (
    "The town library has extended its opening hours after a petition by students. It will close at nine in the evening from Monday to Thursday. The council set "
    "aside money for two more librarians in the budget. A café with local bread opens in the entrance hall next spring. Members may borrow board games and tools. "
)


@dataclass(frozen=True)
class IntakeSpeed:
    """Per second of one processor. `pages_bare` is trafilatura alone, `dump_bare` fastwarc alone; MB are of unpacked pages."""

    gate: float
    """Plain texts decided."""
    pages: float
    pages_bare: float
    page_kb: float
    """Mean size of a page."""
    reports: float
    """Plain texts to reports with passages."""
    dump: float
    dump_all: float
    """The same with the gate off: every page is read as an article."""
    dump_bare: float


def measure_intake(paths: Sequence[str]) -> IntakeSpeed:
    """Speeds on the reports of these paths. Raises InputError SEL-I096 when there are none."""
    texts = [i.report.text for i in iter_inputs(paths) if not isinstance(i, Issue)]
    if not texts:
        raise InputError("SEL-I096", "there are no reports to measure with", place=", ".join(paths), remedy="name other files")
    pages = [page_with_frame(text) for text in texts]
    other = page_with_frame(_ORDINARY * 6)
    crawled = [p for page in pages for p in (page, *[other] * OTHERS)]
    dump, size = warc_of(crawled), sum(map(len, crawled)) / 1e6

    def read_dump(gate: bool) -> None:
        found = list(iter_inputs(["-"], stdin=io.BytesIO(dump), gate=gate, on_sifted=lambda place, sieve: None))
        assert all(isinstance(i, Input) for i in found)

    return IntakeSpeed(
        gate=len(texts) * _rate(lambda: [verdict(t) for t in texts]),
        pages=len(pages) * _rate(lambda: [read_page(p) for p in pages]),
        pages_bare=len(pages) * _rate(lambda: [main_text(p.decode()) for p in pages]),
        page_kb=sum(map(len, pages)) / len(pages) / 1000,
        reports=len(texts) * _rate(lambda: [build_report(t, id="x") for t in texts]),
        dump=size * _rate(lambda: read_dump(True)),
        dump_all=size * _rate(lambda: read_dump(False)),
        dump_bare=size * _rate(lambda: count_records(io.BytesIO(dump))),
    )  # fmt: skip


def _rate(work: Callable[[], object]) -> float:
    """How often it can be done in a second of processor time."""
    work()  # tables and caches are filled once per process
    began, done = time.process_time(), 0
    while (spent := time.process_time() - began) < SECONDS:
        work()
        done += 1
    return done / spent


def page_with_frame(text: str) -> bytes:
    """A page of about 60 kB with a report in it: scripts, menus, teasers, a footer."""
    lines = [html.escape(line) for line in text.split("\n") if line.strip()]
    menu = "".join(f'<li class="menu-item"><a href="/section/{k}" data-track="nav-{k}">Section {k}</a></li>' for k in range(60))
    # What is random on pages (keys, hashes, addresses of pictures) is what does not pack.
    noise = "".join(hashlib.sha256(f"{len(text)} {k}".encode()).hexdigest() for k in range(120))
    script = "<script>" + "".join(f"q.push(['view',{{id:'{noise[k : k + 40]}'}}]);" for k in range(0, len(noise), 40)) + "</script>"
    teasers = "".join(
        f'<article class="teaser"><h3><a href="/a/{k}">Another story of the day, number {k}</a></h3><p>Two lines on it.</p></article>'
        for k in range(40)
    )
    body = "".join(f"<p>{line}</p>" for line in lines[1:])
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{lines[0]} | The Paper</title><meta property="og:site_name" content="The Paper">'
        f'<meta property="article:published_time" content="2020-02-03T04:05:06+01:00">{script}</head><body><nav><ul>{menu}</ul></nav><main><article>'
        f'<h1>{lines[0]}</h1><div class="share"><a href="#">Share</a></div>{body}</article><section class="related">{teasers}</section></main>'
        f"<footer><ul>{menu}</ul></footer>{script}</body></html>"
    ).encode()


def warc_of(pages: Sequence[bytes]) -> bytes:
    """A WARC of responses, each record packed by itself, as crawls write them."""
    out = []
    for k, page in enumerate(pages):
        response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s" % (len(page), page)
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{k:012d}>\r\nWARC-Date: 2020-02-03T05:00:00Z\r\n"
            f"WARC-Target-URI: https://paper.example/{k}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n"
        )
        out.append(gzip.compress(head.encode() + response + b"\r\n\r\n", 6))
    return b"".join(out)
