"""Documents of many kinds through the program: columns, dumps and their gate, copies, what a document declares."""

from __future__ import annotations

import json
from pathlib import Path

from selon.cli.messages import use
from tests.cli.conftest import Selon
from tests.intake.formats.made import MORE, ORDINARY, TEXT, page, warc


def test_a_table_needs_to_say_where_its_text_is(selon: Selon, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f'n,corps,jour\n1,"{TEXT} {MORE}",2021-05-04\n', "utf-8")
    r = selon("read", "t.csv")
    assert r.code == 1 and "SEL-I040" in r.err and "--columns text=NAME" in r.err
    r = selon("read", "t.csv", "--columns", "text=corps, published=jour,id=n")
    assert r.code == 0 and r.out.startswith("1  2021-05-04")
    assert selon("read", "t.csv", "--columns", "corps").code == 2


def test_a_dump_says_what_it_left_and_records_it_once(selon: Selon, tmp_path: Path) -> None:
    pages = [
        ("https://relais.example/gare", page("Gare touchée", TEXT).encode()),
        ("https://relais.example/foot", page("Victoire", ORDINARY).encode()),
    ]
    (tmp_path / "crawl.warc.gz").write_bytes(warc(pages))
    for known in ("1 reports read, 0 known", "0 reports read, 1 known"):
        r = selon("read", "crawl.warc.gz")
        assert r.code == 0 and "crawl.warc.gz: 2 texts seen, 1 let through by the gate, 1 left" in r.err and known in r.err
    assert selon("issues").out.count("SEL-I044") == 1
    assert "2 reports read" in selon("read", "crawl.warc.gz", "--no-gate", "--ledger", "all.sqlite").err


def test_what_a_page_declares_and_what_copies_it(selon: Selon, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page("Gare routière touchée", TEXT), "utf-8")
    (tmp_path / "b.txt").write_text(f"Notre résumé de ce matin.\n\n{TEXT}\n\n{MORE}\n\nLa suite dans notre édition du soir.", "utf-8")
    r = selon("read", "a.html", "b.txt")
    assert r.code == 0 and "(copies a, " in r.out.splitlines()[1]
    shown = selon("show", "a").out
    assert "title: Gare routière touchée  (element of the page)" in shown
    assert "published: 2021-05-04T09:00:00+02:00  (meta element)" in shown
    assert "copied to" in shown and "by b" in shown
    assert "copies a, which came before" in selon("show", "b").out
    data = json.loads(selon("show", "a", "--format", "jsonl").out)
    assert {"field": "published", "value": "2021-05-04T09:00:00+02:00", "basis": "meta"} in data["source"]["declared"]


def test_the_gate_gives_its_reasons(selon: Selon, tmp_path: Path) -> None:
    (tmp_path / "war.txt").write_text(f"{TEXT} {MORE}", "utf-8")
    (tmp_path / "foot.txt").write_text(ORDINARY, "utf-8")
    r = selon("gate", "foot.txt", "war.txt")
    foot, war = r.out.splitlines()
    assert foot.startswith("foot  left (-") and "stade -2" in foot
    assert war.startswith("war  kept (+") and "obus +4" in war
    assert "2 texts: 1 kept, 1 left" in r.err
    (data,) = [json.loads(line) for line in selon("gate", "war.txt", "--format", "jsonl").out.splitlines()]
    assert data["verdict"] == "kept" and data["words"]["obus"] == 4
    assert selon("gate", "nowhere.txt").code == 1


def test_all_of_it_in_french(selon: Selon, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html><head><title>Page introuvable</title></head><body><h1>Erreur 404</h1><p>Cette page n'existe plus.</p></body></html>", "utf-8"
    )
    r = selon("read", "a.html", "--lang", "fr")
    use("en")
    assert r.code == 1 and "SEL-I020" in r.err and "une page d'erreur, pas un article" in r.err
