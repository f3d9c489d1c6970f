"""A bundle as one WACZ file (Web Archive Collection Zipped 1.1.1): a WARC of what came, an index, a list of pages, and the bundle's own files beside.

Written by hand, for it is little: a record is a head and a body, packed by itself (WARC 1.1, ISO 28500). May import: `export.evidence`, `model`.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from selon.export.evidence.bundle import Bundle, Capture, File
from selon.export.evidence.folder import refuse_existing, unwritable
from selon.model.moment import utc

WARC, INDEX, PAGES = "archive/data.warc.gz", "indexes/index.cdxj", "pages/pages.jsonl"
_MOVED = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})
"""Header fields that spoke of the transfer: the body is kept unpacked, so they stand under another name."""


def write_wacz(bundle: Bundle, file: Path) -> None:
    """Writes the archive whole or not at all. Raises UsageError SEL-U097 and SEL-U098 as for a folder."""
    refuse_existing(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=file.parent, prefix=f".{file.name}.", delete=False) as f:
            try:
                _zip(bundle, f)
                f.flush()
                os.fsync(f.fileno())
                Path(f.name).chmod(0o644)
                Path(f.name).replace(file)
            except BaseException:
                Path(f.name).unlink(missing_ok=True)
                raise
    except OSError as e:
        raise unwritable(file, e) from e


def _zip(bundle: Bundle, f: io.BufferedIOBase | tempfile._TemporaryFileWrapper[bytes]) -> None:
    warc, index = _warc(bundle)
    files = [
        File(WARC, warc),
        File(INDEX, index),
        File(PAGES, _pages(bundle)),
        *(File(f"evidence/{x.path}", x.content) for x in (*bundle.files, bundle.sums())),
    ]
    main = next(iter(bundle.captures), None)
    package = {
        "profile": "data-package", "wacz_version": "1.1.1", "software": f"selon {version('selon')}", "created": utc(bundle.made_at), "title": bundle.title,
        **({"mainPageUrl": _address(main), "mainPageDate": utc(main.added_at)} if main else {}),
        "resources": [{"name": _resource(x.path), "path": x.path, "hash": f"sha256:{x.sha256}", "bytes": len(x.content)} for x in files],
    }  # fmt: skip
    described = File("datapackage.json", (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace"))
    digest = {"path": described.path, "hash": f"sha256:{described.sha256}"}
    files += [described, File("datapackage-digest.json", (json.dumps(digest, indent=1) + "\n").encode())]
    when = bundle.made_at.astimezone(UTC)
    with zipfile.ZipFile(f, "w") as z:
        for x in files:
            info = zipfile.ZipInfo(x.path, (max(when.year, 1980), when.month, when.day, when.hour, when.minute, when.second))
            info.external_attr = 0o644 << 16
            # Viewers read records of the WARC by their offsets, so it lies unpacked in the archive.
            info.compress_type = zipfile.ZIP_STORED if x.path.startswith(("archive/", "indexes/")) else zipfile.ZIP_DEFLATED
            z.writestr(info, x.content)


def _resource(path: str) -> str:
    """A resource's name as data packages want it: unique, lower-case ASCII letters, digits and a few signs."""
    return re.sub(r"[^-a-z0-9._/]", lambda m: f"_{ord(m[0]):x}_", path.lower())


@dataclass(frozen=True, slots=True)
class _Entry:
    url: str
    at: datetime
    mime: str
    status: int
    digest: str
    offset: int
    length: int


def _warc(bundle: Bundle) -> tuple[bytes, bytes]:
    """The WARC and its index (CDXJ), sorted by address and time."""
    out = io.BytesIO()
    about = f"software: selon {version('selon')}\r\nformat: WARC File Format 1.1\r\nconformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
    _write(out, "warcinfo", None, bundle.made_at, "application/warc-fields", about.encode(), WARC_Filename="data.warc.gz")
    entries = []
    for c in bundle.captures:
        r, url, digest = c.retrieval, _address(c), f"sha256:{hashlib.sha256(c.raw).hexdigest()}"
        mime = ((r.header("content-type") or "" if r else "").partition(";")[0].strip().lower()) or "application/octet-stream"
        if r is None or r.status is None:
            offset, length = _write(out, "resource", url, c.added_at, mime, c.raw, WARC_Payload_Digest=digest)
        else:
            body = _head(c) + c.raw
            more = {"WARC_IP_Address": r.server} if r.server else {}
            offset, length = _write(
                out, "response", url, r.at, "application/http; msgtype=response", body, WARC_Payload_Digest=digest, **more
            )
            way = json.dumps(
                {"asked": r.url, "redirects": [list(h) for h in r.chain], "user_agent": r.agent, "report": c.report}, ensure_ascii=False
            )
            _write(
                out,
                "metadata",
                url,
                r.at,
                "application/json",
                way.encode("utf-8", "backslashreplace"),
                WARC_Concurrent_To=_record_id("response", url, r.at),
            )
        entries.append(_Entry(url, r.at if r else c.added_at, mime, (r.status or 200) if r else 200, digest, offset, length))
    lines = sorted(
        f"{surt(e.url)} {e.at.astimezone(UTC):%Y%m%d%H%M%S} "
        + json.dumps(
            {
                "url": e.url,
                "mime": e.mime,
                "status": str(e.status),
                "digest": e.digest,
                "length": str(e.length),
                "offset": str(e.offset),
                "filename": "data.warc.gz",
            }
        )
        for e in entries
    )
    return out.getvalue(), "".join(f"{line}\n" for line in lines).encode()


def _head(c: Capture) -> bytes:
    r = c.retrieval
    assert r is not None and r.status is not None
    try:
        phrase = HTTPStatus(r.status).phrase
    except ValueError:
        phrase = ""
    fields = [(f"X-Archive-Orig-{k}" if k.lower() in _MOVED else k, v) for k, v in r.headers]
    lines = [f"HTTP/1.1 {r.status} {phrase}", *(f"{k}: {_one_line(v)}" for k, v in fields), f"Content-Length: {len(c.raw)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")


def _write(out: io.BytesIO, kind: str, url: str | None, at: datetime, mime: str, body: bytes, **fields: str) -> tuple[int, int]:
    """Adds a record, packed by itself; gives its offset and length."""
    head = [("WARC-Type", kind), ("WARC-Record-ID", _record_id(kind, url, at)), ("WARC-Date", utc(at))]
    head += [("WARC-Target-URI", url)] if url else []
    head += [(k.replace("_", "-"), v) for k, v in fields.items()]
    head += [
        ("WARC-Block-Digest", f"sha256:{hashlib.sha256(body).hexdigest()}"),
        ("Content-Type", mime),
        ("Content-Length", str(len(body))),
    ]
    record = (
        ("WARC/1.1\r\n" + "".join(f"{k}: {_one_line(v)}\r\n" for k, v in head) + "\r\n").encode("utf-8", "replace") + body + b"\r\n\r\n"
    )
    offset = out.tell()
    out.write(gzip.compress(record, mtime=0))
    return offset, out.tell() - offset


def _pages(bundle: Bundle) -> bytes:
    lines: Iterator[dict[str, str]] = (
        {"id": c.report, "url": _address(c), "ts": utc(c.added_at), "title": c.title or "", "text": c.text} for c in bundle.captures
    )
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    return "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in (head, *lines)).encode("utf-8", "backslashreplace")


def _address(c: Capture) -> str:
    r = c.retrieval
    return (r.final_url or r.url if r else None) or c.url or f"urn:selon:report:{c.report}"


def _record_id(kind: str, url: str | None, at: datetime) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'selon {kind} {url} {at.isoformat()}')}>"


def surt(url: str) -> str:
    """An address in the order in which indexes sort (Sort-friendly URI Reordering Transform): `fr,site)/page?query`."""
    parts = urlsplit(url)
    if not parts.hostname:
        return url
    host = ",".join(reversed(parts.hostname.removeprefix("www.").split(".")))
    port = f":{parts.port}" if parts.port and (parts.scheme, parts.port) not in (("http", 80), ("https", 443)) else ""
    return f"{host}{port}){(parts.path or '/').lower()}" + (f"?{parts.query.lower()}" if parts.query else "")


def _one_line(text: str) -> str:
    return " ".join(text.split())
