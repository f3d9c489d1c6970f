"""Evidence that a stranger can verify: with sha256sum, openssl, and readers of web archives that are not ours."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selon.errors import LedgerError, UsageError
from selon.export.evidence import Bundle, bundle_of, write_folder, write_wacz
from selon.export.evidence.wacz import surt
from selon.intake.fetch import Fetched, Hop
from selon.ledger import Ledger, open_ledger, report_id
from selon.ledger.pages import Pages
from selon.model import Reading
from selon.model.pages import Stamp
from selon.pages import Asked, take
from tests.ledger.sample import TEXT, reading

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
URL = "https://port.example/monde/port-soudan?x=1"


def page(text: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in text.strip().split("\n"))
    return f"<!doctype html><html><head><title>x</title></head><body><main><article>{body}</article></main></body></html>".encode()


def fetched(text: str = TEXT, at: datetime = NOW) -> Fetched:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("ETag", '"1"'), ("X-Odd", "a\r\n b"))
    return Fetched("http://port.example/x", URL, 200, headers, page(text), at, (Hop("http://port.example/x", 301, URL),), "93.184.216.34")


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with open_ledger(":memory:") as opened:
        yield opened


@pytest.fixture
def kept(ledger: Ledger) -> str:
    """A page that was fetched, read and later corrected in silence; the id of its first report."""
    first = take(ledger, Asked("http://port.example/x"), fetched(TEXT)).input
    second = take(ledger, Asked("http://port.example/x"), fetched(TEXT.replace("12 morts", "7 morts"), NOW.replace(hour=15))).input
    assert first is not None and second is not None
    ledger.add(Reading(first.report, first.report.published, version="1"), first.raw)
    return report_id(first.report)


def bundle(ledger: Ledger, *reports: str, flat: bool = False) -> Bundle:
    return bundle_of(ledger, reports, NOW, flat=flat)


def test_a_folder_verifies_with_sha256sum(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add(reading(), TEXT.encode())
    write_folder(bundle(ledger, "port-soudan"), tmp_path / "out")
    folder = tmp_path / "out"
    if shutil.which("sha256sum"):
        assert subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True).returncode == 0
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    listed = {f["path"]: f["sha256"] for f in manifest["files"]}
    there = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert there == set(listed) | {"manifest.json", "SHA256SUMS"}
    assert all(hashlib.sha256((folder / p).read_bytes()).hexdigest() == h for p, h in listed.items())
    assert (folder / "reports/port-soudan/raw.txt").read_bytes() == TEXT.encode()


def test_quotes_stand_where_the_spans_say_by_bytes_and_by_letters(ledger: Ledger) -> None:
    ledger.add(reading(), TEXT.encode())
    files = {f.path: f.content for f in bundle(ledger, "port-soudan").files}
    text = files["reports/port-soudan/text.txt"]
    spans = [json.loads(line) for line in files["reports/port-soudan/spans.jsonl"].splitlines()]
    whole = spans.pop(0)
    assert (whole["kind"], whole["bytes"], whole["end"]) == ("text", len(text), len(TEXT)) and whole["sha256"] == hashlib.sha256(
        text
    ).hexdigest()
    assert {s["kind"] for s in spans} == {"statement", "source", "cue", "event", "figure", "place", "time"}
    for s in spans:
        cut = text[s["start_byte"] : s["start_byte"] + s["bytes"]]
        assert cut.decode() == s["quote"] == TEXT[s["start"] : s["end"]] and hashlib.sha256(cut).hexdigest() == s["sha256"]


def test_versions_and_the_way_the_bytes_came(ledger: Ledger, kept: str) -> None:
    files = {f.path.partition("/")[2].partition("/")[2] or f.path: f.content for f in bundle(ledger, kept).files}
    (way, *_) = json.loads(files["retrievals.json"])
    assert way["redirects"] == [{"url": "http://port.example/x", "status": 301, "location": URL}] and way["server"] == "93.184.216.34"
    assert ["ETag", '"1"'] in way["headers"] and way["at"] == "2026-11-28T12:00:00Z" and way["user_agent"].startswith("Selon/")
    first, second = json.loads(files["versions/versions.json"])
    assert (first["change"], second["change"]) == ("new", "changed")
    assert b"12 morts" in files["versions/1.txt"] and b"7 morts" in files["versions/2.txt"]
    assert hashlib.sha256(files["versions/2.txt"]).hexdigest() == second["text_sha256"]


def test_a_web_archive_that_other_readers_read(ledger: Ledger, kept: str, tmp_path: Path) -> None:
    warcio = pytest.importorskip("warcio.archiveiterator")
    file = tmp_path / "out.wacz"
    write_wacz(bundle(ledger, kept, flat=True), file)
    with zipfile.ZipFile(file) as z:
        assert z.testzip() is None
        package = json.loads(z.read("datapackage.json"))
        assert json.loads(z.read("datapackage-digest.json"))["hash"] == "sha256:" + hashlib.sha256(z.read("datapackage.json")).hexdigest()
        names = [r["name"] for r in package["resources"]]
        assert len(set(names)) == len(names) and all(re.fullmatch("[-a-z0-9._/]+", n) for n in names)
        for r in package["resources"]:
            content = z.read(r["path"])
            assert (len(content), "sha256:" + hashlib.sha256(content).hexdigest()) == (r["bytes"], r["hash"])
        assert package["mainPageUrl"] == URL and z.getinfo("archive/data.warc.gz").compress_type == zipfile.ZIP_STORED
        warc, index = z.read("archive/data.warc.gz"), z.read("indexes/index.cdxj").decode()
        pages = [json.loads(line) for line in z.read("pages/pages.jsonl").splitlines()]
        assert all(name.count("/") == 1 for name in z.namelist() if not name.startswith("datapackage")), "tools know no folders in folders"
        sums = {line[66:]: line[:64] for line in z.read("evidence/SHA256SUMS").decode().splitlines()}
        assert all(hashlib.sha256(z.read(f"evidence/{name}")).hexdigest() == sum_ for name, sum_ in sums.items()) and "README.txt" in sums
    kinds = []
    for record in warcio.ArchiveIterator(io.BytesIO(warc), check_digests="raise"):
        kinds.append(record.rec_type)
        if record.rec_type == "response":
            assert (
                record.http_headers.get_statuscode() == "200"
                and record.http_headers.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
            )
            assert record.content_stream().read() == page(TEXT)
    assert kinds == ["warcinfo", "response", "metadata"]
    key, stamp, entry = index.strip().split(" ", 2)
    at = json.loads(entry)
    assert key == "example,port)/monde/port-soudan?x=1" and stamp == "20261128120000"
    (alone,) = warcio.ArchiveIterator(io.BytesIO(warc[int(at["offset"]) : int(at["offset"]) + int(at["length"])]))
    assert alone.rec_headers.get_header("WARC-Target-URI") == URL == pages[1]["url"]


def test_our_own_reader_reads_it_too(ledger: Ledger, kept: str, tmp_path: Path) -> None:
    from selon.intake import Input, iter_inputs

    write_wacz(bundle(ledger, kept), tmp_path / "out.wacz")
    found = [i for i in iter_inputs([str(tmp_path / "out.wacz")], gate=False) if isinstance(i, Input)]
    assert [i.raw for i in found][:1] == [page(TEXT)]


def test_time_stamps_go_along(ledger: Ledger, kept: str) -> None:
    sha256 = hashlib.sha256(page(TEXT)).hexdigest()
    assert Pages(ledger).unstamped("https://tsa.example", NOW) and Pages(ledger).stamp(
        Stamp(sha256, "https://tsa.example", NOW, b"\x30token"), NOW
    )
    assert not Pages(ledger).stamp(Stamp(sha256, "https://tsa.example", NOW, b"\x30other"), NOW)
    files = {f.path.rpartition("/")[2]: f.content for f in bundle(ledger, kept).files}
    assert files[f"1-{sha256[:12]}.tsr"] == b"\x30token" and b"openssl ts -verify" in files["README.txt"]


def test_nothing_is_written_over_and_nothing_half(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.add(reading(), TEXT.encode())
    made = bundle(ledger, "port-soudan")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("mine")
    (tmp_path / "file.wacz").write_text("mine")
    for write, place in ((write_folder, tmp_path / "full"), (write_folder, tmp_path / "file.wacz"), (write_wacz, tmp_path / "file.wacz")):
        with pytest.raises(UsageError, match="SEL-U097"):
            write(made, place)
    for write, place in ((write_folder, tmp_path / "full/x/y"), (write_wacz, tmp_path / "full/x/y.wacz")):
        with pytest.raises(UsageError, match="SEL-U098"):
            write(made, place)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    for write, place in ((write_folder, tmp_path / "new"), (write_wacz, tmp_path / "new.wacz")):
        with pytest.raises(UsageError, match="No space left"):
            write(made, place)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file.wacz", "full"]


def test_reports_of_one_name_and_reports_that_are_not_there(ledger: Ledger) -> None:
    ledger.add(reading(), TEXT.encode())
    with pytest.raises(LedgerError, match="SEL-L010"):
        bundle(ledger, "nobody")
    ledger.add(
        replace(reading(), report=replace(reading().report, source=replace(reading().report.source, url="https://other.example/"))),
        TEXT.encode(),
    )
    ids = [r.id for r in ledger.reports()]
    folders = {f.path.split("/")[1] for f in bundle(ledger, *ids).files if f.path.startswith("reports/")}
    assert len(folders) == 2


@pytest.mark.parametrize(("url", "key"), [
    ("https://www.Radio.example:443/A/B?Q=1", "example,radio)/a/b?q=1"), ("http://radio.example:8080", "example,radio:8080)/"),
    ("urn:selon:report:1", "urn:selon:report:1"),
])  # fmt: skip
def test_sorting_keys(url: str, key: str) -> None:
    assert surt(url) == key


def test_ids_of_records_are_stable(ledger: Ledger, kept: str, tmp_path: Path) -> None:
    made = bundle(ledger, kept)
    write_wacz(made, tmp_path / "a.wacz")
    write_wacz(made, tmp_path / "b.wacz")
    assert (tmp_path / "a.wacz").read_bytes() == (tmp_path / "b.wacz").read_bytes()
