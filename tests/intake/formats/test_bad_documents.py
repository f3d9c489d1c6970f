"""Documents that are damaged or made to do harm: an issue in words, within seconds and in bounded memory, and the rest is read."""

from __future__ import annotations

import gzip
import io
import random
import stat
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selon.errors import Issue
from selon.intake import Input, iter_inputs, read_bytes
from selon.intake.formats import pdf as pdf_module
from tests.intake.formats.made import MORE, TEXT, assembled, mail, page, pdf, saved_page, warc, word, zipped


def items(raw: bytes, name: str) -> list[Input | Issue]:
    return list(read_bytes(raw, name=name))


def codes(found: list[Input | Issue]) -> list[str]:
    return [i.code for i in found if isinstance(i, Issue)]


def names(found: list[Input | Issue]) -> list[str]:
    return [i.report.id for i in found if isinstance(i, Input)]


def test_names_and_links_that_lead_out_of_an_archive() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name in ("../up.txt", "/etc/x.txt", "a/../../b.txt", "C:\\x.txt", "..\\win.txt"):
            z.writestr(name, TEXT)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        z.writestr(link, "/etc/passwd")
        z.writestr("good.txt", TEXT)
    found = items(out.getvalue(), "a.zip")
    assert codes(found) == ["SEL-I031"] * 6 and names(found) == ["good"]


def test_a_bomb_in_an_archive_is_refused_before_it_unpacks() -> None:
    began = time.process_time()
    bomb = zipped({f"{k}.txt": b"0" * 40_000_000 for k in range(5)})
    assert codes(items(bomb, "a.zip")) == ["SEL-I033"]
    assert time.process_time() - began < 20


def test_a_member_that_claims_to_be_small() -> None:
    raw = bytearray(zipped({"a.txt": b"0" * 3_000_000, "b.txt": TEXT.encode()}))
    # Both headers of the first member say 100 bytes.
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        k = raw.find(mark)
        raw[k + at : k + at + 4] = struct.pack("<I", 100)
    found = items(bytes(raw), "a.zip")
    assert names(found)[-1:] == ["b"] and len(found) == 2


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress], ids=["gzip", "zstd"])
def test_a_packed_file_that_swells(pack: Callable[[bytes], bytes]) -> None:
    assert codes(items(pack(b"a" * 120_000_000), "a.txt.gz")) == ["SEL-I002"]


def test_wrappings_without_end() -> None:
    raw = TEXT.encode()
    for _ in range(8):
        raw = gzip.compress(raw)
    assert codes(items(raw, "a.gz")) == ["SEL-I034"]
    raw = zipped({"a.txt": TEXT.encode()})
    for _ in range(8):
        raw = zipped({"in.zip": raw})
    assert codes(items(raw, "a.zip")) == ["SEL-I034"]


def test_locked_and_foreign_archives() -> None:
    raw = bytearray(zipped({"a.txt": TEXT.encode(), "b.txt": MORE.encode()}))
    k = raw.find(b"PK\x01\x02")
    raw[k + 8] |= 1  # the first member is encrypted
    found = items(bytes(raw), "a.zip")
    assert codes(found) == ["SEL-I032"] and names(found) == ["b"]
    assert codes(items(zipped({"xl/workbook.xml": b"<x/>"}), "a.xlsx")) == ["SEL-I003"]
    assert codes(items(zipped({"a.png": b"x"}), "a.zip")) == ["SEL-I045"]
    assert codes(items(b"PK\x03\x04 not really", "a.zip")) == ["SEL-I030"]


def test_a_dump_that_ends_in_the_middle_keeps_what_came_before() -> None:
    pages = [(f"https://a.example/{k}", page(f"Gare {k}", TEXT).encode()) for k in range(6)]
    whole = warc(pages)
    found = items(whole[: len(whole) - 200], "a.warc.gz")
    assert len(names(found)) >= 4 and codes(found) in (["SEL-I042"], [])
    plain = warc(pages, gzip=False)
    assert len(names(items(plain[: len(plain) // 2], "a.warc"))) >= 2


def test_a_dump_with_rubbish_in_it() -> None:
    pages = [(f"https://a.example/{k}", page(f"Gare {k}", TEXT).encode()) for k in range(4)]
    parts = [warc([p]) for p in pages]
    found = items(parts[0] + b"\x00garbage" * 50 + parts[1], "a.warc.gz")
    assert names(found) and (len(names(found)) == 2 or codes(found) == ["SEL-I042"])
    assert codes(items(b"WARC/1.0\r\nrubbish", "a.warc")) == ["SEL-I042"]
    assert codes(items(b"", "a.warc")) == ["SEL-I001"]


def test_a_page_of_a_dump_that_swells() -> None:
    packed = zlib.compress(page("Gare", TEXT + " a" * 8_000_000).encode())
    swollen = warc([("https://a.example/1", packed)], packed="deflate")
    assert codes(items(swollen + warc([("https://a.example/2", page("Gare", TEXT).encode())]), "a.warc.gz")) == ["SEL-I043"]


def test_docx_with_an_entity_bomb_and_other_damage() -> None:
    good = word()
    lol = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + k)} "{("&" + chr(97 + k) + ";") * 10}">' for k in range(9))
        + "]>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            raw = old.read(info)
            if info.filename == "word/document.xml":
                raw = raw.replace(b"?>", b"?>" + lol.encode(), 1).replace(b"Trois voyageurs", b"&j;", 1)
            new.writestr(info, raw)
    began = time.process_time()
    found = items(out.getvalue(), "a.docx")
    assert time.process_time() - began < 10
    assert len(found) == 1
    assert codes(items(zipped({"word/document.xml": b"<x"}), "a.docx")) == ["SEL-I035"]


def test_pdf_in_pieces_and_under_lock() -> None:
    assert codes(items(b"%PDF-1.7\n%%EOF", "a.pdf")) == ["SEL-I037"]
    whole = pdf([[TEXT[:80], TEXT[80:]]])
    for cut in (200, len(whole) // 2, len(whole) - 30):
        assert len(items(whole[:cut], "a.pdf")) == 1


def forms(levels: int) -> bytes:
    """A PDF whose page draws a form that draws a form ten times, and so on."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>")
    objects.append(b"<< /Length 4 >>\nstream\n/F Do\nendstream")
    for k in range(levels):
        drawn = b"/F Do\n" * 10 if k + 1 < levels else b"BT (x) Tj ET"
        inner = b"/XObject << /F %d 0 R >>" % (6 + k) if k + 1 < levels else b""
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << %s >> /Length %d >>\nstream\n%s\nendstream"
            % (inner, len(drawn), drawn)
        )
    return assembled(objects)


def test_a_pdf_that_draws_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "SECONDS", 1.0)
    began = time.monotonic()
    assert codes(items(forms(12), "a.pdf")) == ["SEL-I038"]
    assert time.monotonic() - began < 60


def test_a_pdf_page_of_megabytes_is_left_out() -> None:
    began = time.process_time()
    big = pdf([["x" * 80] * 60_000])
    assert len(big) > pdf_module.DRAWN
    assert codes(items(big, "a.pdf")) == ["SEL-I038"]
    assert time.process_time() - began < 20


def test_a_mail_of_many_parts_and_one_without_a_header() -> None:
    boundary = "\n".join(f'Content-Type: multipart/mixed; boundary="b{k}"\n\n--b{k}' for k in range(400))
    began = time.process_time()
    assert len(items(f"MIME-Version: 1.0\n{boundary}\nContent-Type: text/plain\n\n{TEXT}".encode(), "a.eml")) >= 1
    assert time.process_time() - began < 20
    assert codes(items(b"\n\nrien", "a.eml")) == ["SEL-I039"]


def test_a_table_with_an_open_quotation_mark() -> None:
    found = items(f'text\n"{TEXT}\n{MORE}\n'.encode(), "a.csv")
    assert len(found) == 1
    rows = "text\n" + f'"{TEXT}"\n' + "a\0b\n" + f'"{MORE}"\n'
    assert len(names(items(rows.encode(), "a.csv"))) >= 2


def test_nothing_else_is_lost(tmp_path: Path) -> None:
    bad = {
        "a.pdf": b"%PDF-1.7",
        "b.docx": b"PK\x03\x04",
        "c.zip": b"PK\x03\x04x",
        "d.warc.gz": gzip.compress(b"WARC/1.0\r\n"),
        "e.csv": b"x;y\n1;2\n",
        "f.eml": b"\n",
        "g.html": b"<html></html>",
    }
    for name, raw in bad.items():
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "z.txt").write_text(TEXT, "utf-8")
    found = list(iter_inputs([str(tmp_path)]))
    assert len(codes(found)) == len(bad) and names(found) == ["z"]
    assert all(i.place and i.remedy for i in found if isinstance(i, Issue))


def test_where_selon_itself_stumbles_one_document_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise ZeroDivisionError("so it goes")

    monkeypatch.setattr("selon.intake.page.read.pieces_of", stumble)
    (tmp_path / "a.html").write_text(page("Gare", TEXT), "utf-8")
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    pages = [("https://a.example/1", page("Gare", TEXT).encode()), ("https://a.example/2", page("Gare", MORE).encode())]
    (tmp_path / "c.warc.gz").write_bytes(warc(pages))
    found = list(iter_inputs([str(tmp_path)]))
    assert codes(found) == ["SEL-I047"] * 3 and names(found) == ["b"]
    assert all("ZeroDivisionError at test_bad_documents.py" in i.problem for i in found if isinstance(i, Issue))


SOUND = {
    "a.pdf": pdf([[TEXT[:90], TEXT[90:]]]), "a.docx": word(), "a.eml": mail({"b.pdf": pdf([[MORE]])}), "a.mht": saved_page(), "a.zip": zipped({"a.txt": TEXT.encode(), "b.html": page("Gare", TEXT).encode()}),
    "a.warc": warc([("https://a.example/1", page("Gare", TEXT).encode())], gzip=False), "a.warc.gz": warc([("https://a.example/1", page("Gare", TEXT).encode())]),
    "a.csv": f'id,text\n1,"{TEXT}"\n'.encode(), "a.jsonl": f'{{"text": "{TEXT}"}}\n'.encode(), "a.html": page("Gare", TEXT).encode(), "a.txt": TEXT.encode(),
}  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(SOUND)), st.integers(0, 2**32), st.integers(0, 30), st.floats(0, 1), st.sampled_from(sorted(SOUND)))
def test_any_damage_to_any_format(name: str, seed: int, changes: int, cut: float, called: str) -> None:
    """Bytes changed, put in and cut off; sometimes under another format's name: inputs and issues, never anything else."""
    rng = random.Random(seed)
    raw = bytearray(SOUND[name])
    for _ in range(changes):
        at = rng.randrange(len(raw))
        match rng.randrange(3):
            case 0:
                raw[at] = rng.randrange(256)
            case 1:
                raw[at:at] = bytes(rng.randrange(256) for _ in range(rng.randrange(9)))
            case _:
                del raw[at : at + rng.randrange(9)]
    if cut > 0.7:
        raw = raw[: int(len(raw) * cut)]
    for found in read_bytes(bytes(raw), name=called if seed % 3 == 0 else name):
        assert isinstance(found, Input | Issue)
        if isinstance(found, Input):
            assert all(0 <= p.start < p.end <= len(found.report.text) for p in found.report.passages)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(SOUND)))
def test_any_bytes_under_any_name(raw: bytes, name: str) -> None:
    assert all(isinstance(found, Input | Issue) for found in read_bytes(raw, name=name))
