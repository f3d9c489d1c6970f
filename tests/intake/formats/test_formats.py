"""Every format gives reports with their text, what it declares, and the bytes they came from."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
import zstandard

from selon.errors import InputError, Issue
from selon.intake import Input, Sieve, iter_inputs, read_bytes
from tests.intake.formats.made import MORE, ORDINARY, TEXT, mail, page, pdf, saved_page, warc, word, zipped


def read(raw: bytes, name: str, **options: object) -> list[Input | Issue]:
    return list(read_bytes(raw, name=name, **options))  # type: ignore[arg-type]


def one(raw: bytes, name: str, **options: object) -> Input:
    (item,) = read(raw, name, **options)
    assert isinstance(item, Input), item
    assert item.report.source.sha256 == hashlib.sha256(item.raw).hexdigest()
    return item


def texts(items: list[Input | Issue]) -> list[str]:
    return [i.report.id for i in items if isinstance(i, Input)]


def codes(items: list[Input | Issue]) -> list[str]:
    return [i.code for i in items if isinstance(i, Issue)]


def test_a_pdf_loses_the_ends_of_its_lines_and_the_heads_of_its_pages() -> None:
    words = TEXT.split()
    lines = [" ".join(words[k : k + 9]) for k in range(0, len(words), 9)]
    pages = [
        ["Bulletin de veille - mai 2021", "", *lines, "", "Page 1"],
        ["Bulletin de veille - mai 2021", "", *lines[:1], "Page 2"],
        ["Bulletin de veille - mai 2021", "", "Fin du bulletin.", "Page 3"],
    ]
    item = one(pdf(pages, "/Title (Bulletin 12) /Author (Cellule) /ModDate (D:20210504101500+02'00')"), "b.pdf")
    assert TEXT in item.report.text.replace("\n\n", " ")
    assert "Bulletin de veille" not in item.report.text and "Page 2" not in item.report.text
    assert item.report.title == "Bulletin 12" and item.report.source.says("author") == "Cellule"
    assert item.report.source.says("modified") == "2021-05-04T10:15:00+02:00"
    assert item.report.published.basis == "unknown"  # when a file was made is not when its text appeared


def test_words_broken_at_the_end_of_a_line_are_joined() -> None:
    lines = [
        "Les habitants du quartier ont passé la nuit dans les abris muni-",
        "cipaux, selon la mairie, et plusieurs familles y sont restées jusqu'au",
        "matin.",
    ]
    assert "municipaux" in one(pdf([lines]), "a.pdf").report.text


def test_a_pdf_of_pictures() -> None:
    assert codes(read(pdf([[]]), "a.pdf")) == ["SEL-I038"]


def test_a_docx() -> None:
    item = one(word(), "note.docx")
    assert [p.kind for p in item.report.passages][:2] == ["headline", "lead"]
    assert "blessés\t3" in item.report.text and MORE in item.report.text
    kinds = {item.report.text[p.start : p.end]: p.kind for p in item.report.passages}
    assert kinds["Ce que l'on sait"] == "subhead" and kinds["trois blessés"] == "list_item"
    assert (item.report.title, item.report.source.says("author")) == ("Gare routière touchée", "Bureau de Tessaba")


def test_a_message_with_its_attachments() -> None:
    items = read(mail({"a.pdf": pdf([[MORE]]), "b.docx": word(), "logo.png": b"\x89PNG"}), "m.eml")
    assert texts(items) == ["m", "a", "b"] and not codes(items)
    first = items[0]
    assert isinstance(first, Input)
    assert first.report.text == f"{TEXT}\n\n{MORE}"  # lines joined, signature left
    assert first.report.title == "Tessaba : gare routière touchée" and first.report.source.outlet == "Réseau de veille"
    assert (first.report.published.day, first.report.published.basis) == ("2021-05-04", "metadata")


def test_a_message_in_html() -> None:
    item = one(mail(html=True), "m.eml")
    assert TEXT in item.report.text and item.report.published.day == "2021-05-04"


def test_a_saved_page_is_the_page_at_its_address() -> None:
    item = one(saved_page(), "gare.mhtml")
    assert item.report.source.url == "https://relais.example/gare" and item.report.title == "Gare routière touchée"
    assert item.raw == saved_page() and item.report.published.day == "2021-05-04"


@pytest.mark.parametrize("name", ["x.eml", "x.mht", "x"])
def test_a_message_is_told_by_its_header(name: str) -> None:
    assert "gare routière" in one(mail(), name).report.text


def test_a_table_with_a_map_of_columns(tmp_path: Path) -> None:
    f = tmp_path / "t.csv"
    f.write_text(f'ref;corps;jour;lien\n1;"{TEXT}\n{MORE}";2021-05-04;https://a.example/1\n2;;2021-05-05;\n3;"{MORE}";demain;\n', "utf-8")
    items = list(iter_inputs([str(f)], columns={"text": "corps", "published": "jour", "url": "lien", "id": "ref"}))
    assert texts(items) == ["1", "3"] and codes(items) == ["SEL-I007"]
    first, last = (i for i in items if isinstance(i, Input))
    assert first.report.published.day == "2021-05-04" and first.report.source.url == "https://a.example/1"
    assert first.report.text == f"{TEXT}\n{MORE}" and first.raw.decode().startswith("1;")
    assert [n.code for n in last.notes] == ["SEL-I008"]
    assert codes(list(iter_inputs([str(f)]))) == ["SEL-I040"]
    assert codes(list(iter_inputs([str(f)], columns={"text": "nulle"}))) == ["SEL-I040"]
    assert codes(list(iter_inputs([str(f)], columns={"body": "corps"}))) == ["SEL-I040"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_tables_in_other_encodings(encoding: str, tmp_path: Path) -> None:
    f = tmp_path / "t.tsv"
    f.write_bytes(f"Title\tText\r\nGare\t{TEXT}\r\n".encode(encoding))
    (item,) = list(iter_inputs([str(f)]))
    assert isinstance(item, Input) and item.report.text == TEXT and item.report.title == "Gare"


def test_an_archive_of_everything_and_one_within_it() -> None:
    inner = zipped({"deep.txt": TEXT.encode(), "lines.jsonl": b'{"text": "%s"}\n' % MORE.encode()})
    raw = zipped(
        {
            "a.html": page("Gare", TEXT).encode(),
            "dir/b.pdf": pdf([[TEXT]]),
            "note.docx": word(),
            ".hidden.txt": b"x",
            "__MACOSX/a.txt": b"x",
            "i.png": b"x",
            "in.zip": inner,
        }
    )
    items = read(raw, "all.zip")
    assert len(texts(items)) == 5 and not codes(items)
    assert texts(items)[:4] == ["a", "b", "note", "deep"]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_packed_files(pack: object, tmp_path: Path) -> None:
    f = tmp_path / "a.jsonl.gz"
    f.write_bytes(pack(b'{"id": "1", "text": "%s"}\n{"id": "2", "text": "%s"}\n' % (TEXT.encode(), MORE.encode())))  # type: ignore[operator]
    assert texts(list(iter_inputs([str(tmp_path)]))) == ["1", "2"]


PAGES = [
    ("https://relais.example/gare", page("Gare routière touchée", TEXT).encode()),
    ("https://relais.example/foot", page("Victoire du club", ORDINARY).encode()),
]


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "a.warc.zst"])
def test_a_dump_in_each_packing_is_sifted_and_counted(name: str, tmp_path: Path) -> None:
    f = tmp_path / name
    raw = warc(PAGES, gzip=name.endswith("gz"))
    f.write_bytes(zstandard.ZstdCompressor().compress(raw) if name.endswith("zst") else raw)
    seen: list[tuple[str, Sieve]] = []
    items = list(iter_inputs([str(tmp_path)], on_sifted=lambda place, sieve: seen.append((place, sieve))))
    (item,) = items
    assert isinstance(item, Input)
    assert item.report.source.url == "https://relais.example/gare" and item.report.source.retrieved == "2021-05-05T00:00:00Z"
    assert item.raw == PAGES[0][1] and item.report.published.day == "2021-05-04" and not item.notes
    ((place, sieve),) = seen
    assert place == str(f) and (sieve.kept, sieve.rejected) == (1, 1)
    assert "left 1" in sieve.issue(place).problem
    assert len(list(iter_inputs([str(f)], gate=False))) == 2


def test_pages_of_a_dump_that_are_no_reports_are_counted() -> None:
    wall = "<html><head><title>Page introuvable</title></head><body><h1>Erreur 404</h1><p>Rien ici : l'armée, les soldats, les missiles, les frappes.</p></body></html>"
    sieves: list[Sieve] = []
    raw = warc([*PAGES, ("https://relais.example/x", wall.encode())])
    items = list(iter_inputs(["-"], stdin=io.BytesIO(raw), on_sifted=lambda _, s: sieves.append(s)))
    assert len(items) == 1 and sieves[0].stubs == {"error": 1}


SPANISH = (
    "Dos misiles cayeron la noche del lunes sobre el puerto de Tessaba, según el gobernador de la provincia. Tres marineros resultaron heridos y los servicios de "
    "rescate buscan a un desaparecido entre los restos de un almacén. El ejército no ha hecho declaraciones y los vecinos fueron llevados a una escuela del barrio alto."
)


def test_pages_in_languages_that_cannot_be_read_are_left_and_counted_in_dumps_and_kept_by_themselves() -> None:
    sieves: list[Sieve] = []
    raw = warc([*PAGES, ("https://relais.example/es", page("Misiles sobre el puerto", SPANISH).replace(MORE, SPANISH).encode())])
    items = list(iter_inputs(["-"], stdin=io.BytesIO(raw), on_sifted=lambda _, s: sieves.append(s)))
    assert len(items) == 1 and sieves[0].foreign == {"es": 1} and "es 1" in sieves[0].issue("x").problem
    assert one(SPANISH.encode(), "a.txt").report.lang == "es"


def test_the_gate_over_other_inputs_when_asked(tmp_path: Path) -> None:
    f = tmp_path / "a.jsonl"
    f.write_text("\n".join(f'{{"id": "{k}", "text": "{t}"}}' for k, t in (("war", TEXT), ("foot", ORDINARY))), "utf-8")
    assert texts(list(iter_inputs([str(f)]))) == ["war", "foot"]
    assert texts(list(iter_inputs([str(f)], gate=True))) == ["war"]


def test_a_wacz() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("datapackage.json", "{}")
        z.writestr("archive/data.warc.gz", warc(PAGES))
        z.writestr("pages/pages.jsonl", "{}")
    items = read(out.getvalue(), "a.wacz")
    assert [i.report.source.url for i in items if isinstance(i, Input)] == [u for u, _ in PAGES] and not codes(items)


def test_bytes_from_the_web_by_what_the_server_says() -> None:
    item = one(
        b"<p>" + TEXT.encode() + b"<p>" + MORE.encode(),
        "x",
        url="https://relais.example/x",
        content_type="text/html; charset=utf-8",
        retrieved="2021-05-06T00:00:00Z",
    )
    assert "<p>" not in item.report.text and item.report.source.retrieved == "2021-05-06T00:00:00Z"
    with pytest.raises(InputError, match="SEL-I008"):
        list(read_bytes(b"x", name="x", published="hier"))
