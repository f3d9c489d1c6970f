"""The files of a bundle: text, raw bytes, spans with their quotes, retrievals, versions, time stamps, and hashes of all. May import: `ledger`, `model`.

Everything a claim rests on is there twice in kind: as the bytes that came, and as the words that were read in them, each with its SHA-256.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import Any

from selon.export.evidence.readme import readme
from selon.ledger import Ledger, report_id
from selon.ledger.pages import Pages
from selon.model import Reading, Span, to_json
from selon.model.fold import fold
from selon.model.moment import utc
from selon.model.pages import Retrieval, Stamp, Version

_ENDINGS = {
    "text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf", "application/json": "json", "text/plain": "txt", "text/xml": "xml",
    "application/rss+xml": "xml", "application/atom+xml": "xml", "application/xml": "xml", "message/rfc822": "eml",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """A file of a bundle."""

    path: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Capture:
    """Raw bytes with the retrieval that brought them (None for a file that was read from a disk) and what they are the source of."""

    raw: bytes
    report: str
    title: str | None
    url: str | None
    text: str
    retrieval: Retrieval | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Bundle:
    """All files but the sums, and the captures for a web archive."""

    files: tuple[File, ...]
    captures: tuple[Capture, ...]
    made_at: datetime
    title: str

    def sums(self) -> File:
        """SHA256SUMS of all files, as `sha256sum -c` reads it."""
        return File("SHA256SUMS", "".join(f"{f.sha256}  {f.path}\n" for f in self.files).encode())


def bundle_of(ledger: Ledger, reports: Sequence[str], made_at: datetime, as_of: datetime | None = None, *, flat: bool = False) -> Bundle:
    """The evidence of reports (by name or id); `flat` has dots in place of folders, for archives whose tools know no folders in folders. Raises LedgerError SEL-L010 to SEL-L013 for reports that are not there, not read, or not archived."""
    files: list[File] = []
    captures: list[Capture] = []
    about: list[dict[str, Any]] = []
    pages = Pages(ledger)
    rows = {r.id: r for r in ledger.reports(as_of=as_of)}
    taken: set[str] = set()
    for ref in reports:
        reading = ledger.reading(ref, as_of)
        id_ = report_id(reading.report)
        folder = _folder(reading.report.id, id_, taken)
        mine, made = _report_files(ledger, pages, reading, id_, folder, rows[id_].sha256, rows[id_].added_at)
        files += mine
        captures += made
        about.append(_about(reading, id_, _flattened(folder) if flat else folder, rows[id_].sha256))
    if flat:
        files = [File(_flattened(f.path), f.content) for f in files]
    files.append(File("README.txt", readme(bool([f for f in files if f.path.endswith(".tsr")]))))
    listed = [{"path": f.path, "bytes": len(f.content), "sha256": f.sha256} for f in files]
    manifest = {"format": 1, "made_at": utc(made_at), "made_by": f"selon {version('selon')}", "reports": about, "files": listed}
    files.append(File("manifest.json", _json(manifest)))
    return Bundle(tuple(files), tuple(captures), made_at, str(about[0]["title"] or about[0]["name"]) if about else "Selon")


def _report_files(
    ledger: Ledger, pages: Pages, reading: Reading, id_: str, folder: str, sha256: str | None, added_at: datetime
) -> tuple[list[File], list[Capture]]:
    r = reading.report
    retrievals, versions = pages.retrievals(id_), pages.versions_of(id_)
    text = _utf8(r.text)
    files = [
        File(f"{folder}/text.txt", text),
        File(f"{folder}/reading.json", _json(to_json(reading))),
        File(f"{folder}/spans.jsonl", _spans(reading)),
    ]
    captures: list[Capture] = []
    raws: dict[str, Retrieval | None] = {}
    for x in retrievals:
        if x.sha256:
            raws.setdefault(x.sha256, x)
    if sha256:
        raws.setdefault(sha256, None)
    stamps: list[Stamp] = []
    for n, (hash_, retrieval) in enumerate(raws.items(), 1):
        raw = ledger.raw(hash_)
        files.append(File(f"{folder}/raw{'' if n == 1 else f'-{n}'}.{_ending(raw, retrieval, r.source.path)}", raw))
        captures.append(Capture(raw, id_, r.title, r.source.url, r.text, retrieval, retrieval.at if retrieval else added_at))
        stamps += pages.stamps(hash_)
    files.append(File(f"{folder}/retrievals.json", _json([_retrieval(x) for x in retrievals])))
    for n, s in enumerate(stamps, 1):
        files.append(File(f"{folder}/timestamps/{n}-{s.sha256[:12]}.tsr", s.token))
    if stamps:
        files.append(
            File(
                f"{folder}/timestamps/stamps.json",
                _json([{"sha256": s.sha256, "authority": s.authority, "time": utc(s.said_at)} for s in stamps]),
            )
        )
    if len(versions) > 1:
        files += _version_files(pages, versions, folder)
    return files, captures


def _version_files(pages: Pages, versions: Sequence[Version], folder: str) -> Iterator[File]:
    listed = []
    for n, v in enumerate(versions, 1):
        text = _utf8(pages.kept(v.report)[0]) if v.report else None
        if text is not None:
            yield File(f"{folder}/versions/{n}.txt", text)
        listed.append({"version": n, "change": v.kind, "seen_at": utc(v.at), "url": v.url, "report": v.report, "raw_sha256": v.retrieval.sha256,
                       "text_sha256": hashlib.sha256(text).hexdigest() if text is not None else None})  # fmt: skip
    yield File(f"{folder}/versions/versions.json", _json(listed))


def _flattened(path: str) -> str:
    return path.removeprefix("reports/").replace("/", ".")


def _about(reading: Reading, id_: str, folder: str, sha256: str | None) -> dict[str, Any]:
    r, p = reading.report, reading.published
    return {
        "id": id_, "name": r.id, "folder": folder, "title": r.title, "outlet": r.source.outlet, "url": r.source.url, "lang": r.lang,
        "published": {"earliest": p.earliest, "latest": p.latest, "basis": p.basis}, "retrieved": r.source.retrieved, "raw_sha256": sha256,
        "text_sha256": hashlib.sha256(_utf8(r.text)).hexdigest(), "read_by": reading.version,
    }  # fmt: skip


def _spans(reading: Reading) -> bytes:
    """The text, then one line for each statement, event and figure: where its words stand in text.txt, in code points and in bytes, and their hash."""
    text = reading.report.text
    ascii_only, whole = text.isascii(), _utf8(text)
    lines: list[dict[str, object]] = [
        {"kind": "text", "id": reading.report.id, "start": 0, "end": len(text), "start_byte": 0, "bytes": len(whole), "quote": None,
         "sha256": hashlib.sha256(whole).hexdigest()}
    ]  # fmt: skip

    def put(kind: str, id_: str, span: Span, **more: object) -> None:
        quote = _utf8(span.text)
        start = span.start if ascii_only else len(_utf8(text[: span.start]))
        lines.append({"kind": kind, "id": id_, "start": span.start, "end": span.end, "start_byte": start, "bytes": len(quote), "quote": span.text,
                      "sha256": hashlib.sha256(quote).hexdigest(), **more})  # fmt: skip

    for s in reading.statements:
        put("statement", s.id, s.content, stance=s.stance, source=s.source.name if s.source else None, rule=s.rule)
        if s.source is not None:
            put("source", s.id, s.source.span)
        if s.cue is not None:
            put("cue", s.id, s.cue)
    for e in reading.events:
        put("event", e.id, e.trigger, type=e.type, status=e.status, rule=e.rule)
        for n, f in enumerate(e.figures, 1):
            put("figure", f"{e.id}/f{n}", f.span, count_of=f.count_of, low=f.low, high=f.high)
        if e.place is not None:
            put("place", e.id, e.place.span, name=e.place.name, country=e.place.country)
        if e.time is not None:
            put("time", e.id, e.time.span, earliest=e.time.earliest, latest=e.time.latest)
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines).encode("utf-8", "backslashreplace")


def _retrieval(r: Retrieval) -> dict[str, Any]:
    return {
        "asked": r.url, "purpose": r.purpose, "source": r.source, "at": utc(r.at), "status": r.status, "final_url": r.final_url, "server": r.server,
        "redirects": [{"url": u, "status": n, "location": to} for u, n, to in r.chain], "user_agent": r.agent, "headers": [list(h) for h in r.headers],
        "raw_sha256": r.sha256, "problem": r.problem or None,
    }  # fmt: skip


def _folder(name: str, id_: str, taken: set[str]) -> str:
    safe = "".join(c if c.isalnum() or c in "-_~" else "-" for c in fold(name)).strip("-")[:80] or id_
    folder = f"reports/{safe if safe not in taken else f'{safe}-{id_[:8]}'}"
    taken.add(safe)
    return folder


def _ending(raw: bytes, retrieval: Retrieval | None, path: str | None) -> str:
    kind = (retrieval.header("content-type") or "" if retrieval else "").partition(";")[0].strip().lower()
    if kind in _ENDINGS:
        return _ENDINGS[kind]
    last = (path or "").rpartition(".")[2].lower() if "." in (path or "") else ""
    if last.isascii() and last.isalnum() and len(last) <= 5:
        return last
    return "html" if raw[:500].lstrip().lower().startswith((b"<!doctype", b"<html")) else "bin"


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
