"""Documents of every format, made in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

import docx
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

TEXT = (
    "Un obus est tombé mardi matin sur la gare routière de Tessaba, a indiqué le gouverneur de la province. Trois voyageurs ont été blessés et la circulation est "
    "interrompue vers le sud."
)
MORE = "Les secours ont évacué le bâtiment dans l'heure. L'armée affirme ne pas avoir tiré, et les rebelles accusent les militaires d'avoir visé la gare."
ORDINARY = (
    "Le club de Tessaba a battu Ourdane deux buts à un dimanche, grâce à un penalty de son attaquant. L'entraîneur s'est réjoui de la victoire devant un stade "
    "comble. Le championnat reprend samedi avec la réception du leader au classement."
)


def pdf(pages: Sequence[Sequence[str]], info: str = "") -> bytes:
    """A PDF with lines of text, written by hand: one font, no compression."""
    objects: list[bytes] = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for lines in pages:
        drawn = b"\n".join(
            b"(" + x.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj T*" for x in lines
        )
        stream = b"BT /F1 11 Tf 14 TL 50 780 Td\n" + drawn + b"\nET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(b"<< %s >>" % info.encode("latin-1"))
    return assembled(objects, b" /Info %d 0 R" % len(objects))


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects, the first of which is the catalogue."""
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)


def word() -> bytes:
    """A DOCX with a title, a heading, a list and a table."""
    made = docx.Document()
    made.core_properties.title = "Gare routière touchée"
    made.core_properties.author = "Bureau de Tessaba"
    made.add_heading("Gare routière touchée", 0)
    made.add_paragraph(TEXT)
    made.add_heading("Ce que l'on sait", 2)
    made.add_paragraph("trois blessés", style="List Bullet")
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "blessés", "3"
    made.add_paragraph(MORE)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def mail(attached: Mapping[str, bytes] | None = None, html: bool = False) -> bytes:
    """A message in plain text with hard line ends, or in HTML, with files."""
    made = EmailMessage()
    made["From"] = "Réseau de veille <veille@ong.example>"
    made["To"] = "desk@journal.example"
    made["Subject"] = "Tessaba : gare routière touchée"
    made["Date"] = "Tue, 04 May 2021 10:15:00 +0200"
    broken = "\n".join([*_wrapped(TEXT), "", *_wrapped(MORE), "", "-- ", "Réseau de veille", "tél. 00 00"])
    if html:
        made.set_content(f"<html><body><h1>Gare routière touchée</h1><p>{TEXT}</p><p>{MORE}</p></body></html>", subtype="html")
    else:
        made.set_content(broken)
    for name, raw in (attached or {}).items():
        made.add_attachment(raw, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def _wrapped(text: str, width: int = 64) -> list[str]:
    out = [""]
    for w in text.split():
        if len(out[-1]) + len(w) + 1 > width:
            out.append(w)
        else:
            out[-1] = f"{out[-1]} {w}".strip()
    return out


def page(title: str, text: str) -> str:
    """A page with an article."""
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title} | Le Relais</title><meta property="article:published_time" content="2021-05-04T09:00:00+02:00">'
        f'</head><body><nav><a href="/">Une</a></nav><article><h1>{title}</h1><p>{text}</p><p>{ORDINARY if text == ORDINARY else MORE}</p></article></body></html>'
    )


def saved_page() -> bytes:
    """MHTML as browsers save it."""
    body = page("Gare routière touchée", TEXT)
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://relais.example/gare\r\nSubject: Gare\r\nDate: Tue, 4 May 2021 11:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n------B\r\nContent-Type: text/html\r\nContent-Location: https://relais.example/gare\r\n'
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n------B\r\nContent-Type: image/png\r\nContent-Location: https://relais.example/x.png\r\n\r\nxx\r\n------B--\r\n"
    ).encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, raw in members.items():
            z.writestr(name, raw)
    return out.getvalue()


def warc(pages: Sequence[tuple[str, bytes]], *, gzip: bool = True, packed: str = "") -> bytes:
    """A WARC of responses (address, body); `packed` is the encoding that the bodies are in."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "tests"}))
    for url, raw in pages:
        said = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(raw)))] + (
            [("Content-Encoding", packed)] if packed else []
        )
        head = StatusAndHeaders("200 OK", said, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(raw), http_headers=head, warc_headers_dict={"WARC-Date": "2021-05-05T00:00:00Z"}
            )
        )
    return out.getvalue()
