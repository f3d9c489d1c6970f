"""Countries added to the gazetteer: what is kept of a dump, what is refused, layers over the shipped file, retrieval from a server here."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from selon.errors import FetchError, PackError, SelonError, UsageError
from selon.gazetteers import add, list_layers, remove
from selon.reader import reader_version
from selon.resolve.where import Gazetteer, layers_key, load_gazetteer
from selon.resolve.where.gazetteer import DATA


def line(
    gid: int, name: str, feature: str, lat: float, lon: float, *, names: str = "", admin: str = "01", admin2: str = "", people: int = 0
) -> str:
    category, code = feature.split(".")
    cells = [gid, name, name, names, lat, lon, category, code, "UA", "", admin, admin2, "", "", people, "", "", "Europe/Kyiv", "2026-01-01"]
    return "\t".join(str(c) for c in cells)


LINES = [
    line(990001, "Donetska Oblast", "A.ADM1", 48.0, 37.8, names="Donetsk Oblast,Донецька область", admin="05"),
    line(990002, "Petrykivskyi Raion", "A.ADM2", 48.1, 37.9, admin="05", admin2="0512"),
    line(990003, "Vovcha Krynytsia", "P.PPL", 48.11, 37.91, names="Вовча Криниця", admin="05", admin2="0512", people=312),
    line(990004, "Zelenyi Kut Novyi", "P.PPLX", 48.12, 37.92, admin="05"),
    line(990005, "Stara Sloboda Dalnia", "P.PPLH", 48.13, 37.93, admin="05"),
    line(990006, "Sukha Balka Mala", "H.STM", 48.14, 37.94, admin="05"),
    line(703448, "Kyiv", "P.PPLC", 50.45466, 30.5238, people=2797553, admin="12"),
]
NAMES = [
    "1\t990003\tfr\tLa Source-aux-Loups",
    "2\t990003\tlink\thttps://example.org/wiki",
    "3\t990003\tpl\tWilcza Krynica",
    "4\t703448\tfr\tKiev-la-Grande",
]


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    folder = tmp_path / "dump"
    (folder / "alternatenames").mkdir(parents=True)
    with zipfile.ZipFile(folder / "UA.zip", "w") as z:
        z.writestr("readme.txt", "about")
        z.writestr("UA.txt", "\n".join(LINES) + "\n")
    (folder / "alternatenames" / "UA.txt").write_text("\n".join(NAMES) + "\n", "utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("selon.resolve.where.layers.layer_folder", lambda: tmp_path / "layers")
    return tmp_path / "layers"


def test_what_a_dump_adds(dumps: Path, home: Path) -> None:
    assert load_gazetteer().lookup("Vovcha Krynytsia") == () and layers_key() == ""
    before = reader_version("fr")
    (layer,) = add(["ua"], str(dumps), folder=home)
    assert (layer.country, layer.places) == ("UA", 5)
    g = load_gazetteer()
    for spelling in ("Vovcha Krynytsia", "Вовча Криниця", "Vovtcha Krynytsia", "La Source-aux-Loups", "Wilcza Krynica"):
        (c,) = g.lookup(spelling)
        assert (c.name, c.country, c.kind, c.added, c.geonameid) == ("Vovcha Krynytsia", "UA", "village", True, 990003)
    region = g.parent(c, "admin1")
    assert region is not None and region.name == "Donetsk Oblast" == c.admin1
    assert c.admin2 == "Petrykivskyi Raion"
    assert g.lookup("Zelenyi Kut Novyi")[0].kind == "district"
    assert g.lookup("Stara Sloboda Dalnia") == () and g.lookup("Sukha Balka Mala") == ()
    assert [c.name for c in g.similar("Vovtsha Krynytsia", ["UA"])][:1] == ["Vovcha Krynytsia"]
    # The version names the layer, and forgets it when it goes.
    assert reader_version("fr") == f"{before}+{layers_key()}"
    assert remove("UA", home) and not remove("UA", home)
    assert load_gazetteer().lookup("Vovcha Krynytsia") == () and reader_version("fr") == before


def test_what_ships_stays_first(dumps: Path, home: Path) -> None:
    shipped = Gazetteer()
    list(add(["UA"], str(dumps), folder=home))
    both = Gazetteer(DATA, [home / "UA.bin"])
    assert both.lookup("Kyiv") == shipped.lookup("Kyiv")
    assert [c.geonameid for c in both.lookup("Kiev-la-Grande")] == [703448]
    assert both.lookup("Donetsk Oblast") == shipped.lookup("Donetsk Oblast")
    assert both.capital("UA") == shipped.capital("UA")
    assert both.places == shipped.places + 5


def test_an_older_layer_is_replaced(dumps: Path, home: Path) -> None:
    list(add(["UA"], str(dumps), folder=home))
    first, key = load_gazetteer(), layers_key()
    (dumps / "UA.zip").unlink()
    (dumps / "UA.txt").write_text(LINES[3] + "\n", "utf-8")
    list(add(["UA"], str(dumps), folder=home))
    assert first.lookup("Vovcha Krynytsia") and not load_gazetteer().lookup("Vovcha Krynytsia")
    assert layers_key() != key and [x.places for x in list_layers()] == [1]
    assert sorted(p.name for p in home.iterdir()) == ["UA.bin", "UA.json"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"1\tTown\n", "SEL-P052"),
        (b"", "SEL-P052"),
        ("\t".join(["x"] * 6 + ["P", "PPL", "UA"] + [""] * 10).encode(), "SEL-P052"),
        (line(1, "Nowhere", "P.PPL", 123.0, 0.0).encode(), "SEL-P052"),
        (b"\xff\xfe\x00", "SEL-P052"),
        (b"PK\x03\x04 cut short", "SEL-P052"),
        (line(1, "Ailleurs", "P.PPL", 1.0, 1.0).replace("\tUA\t", "\tFR\t").encode(), "SEL-P052"),
    ],
)
def test_files_that_are_no_dumps(tmp_path: Path, home: Path, content: bytes, code: str) -> None:
    (tmp_path / "UA.txt").write_bytes(content)
    with pytest.raises(PackError) as e:
        list(add(["UA"], str(tmp_path), folder=home))
    assert e.value.code == code and not home.exists()


def test_what_is_asked_wrongly(tmp_path: Path, home: Path) -> None:
    for wrong in ("Ukraine", "U", "../UA", "8A"):
        with pytest.raises(UsageError, match="SEL-U070"):
            list(add([wrong], str(tmp_path), folder=home))
    with pytest.raises(UsageError, match="SEL-U071"):
        list(add(["SD"], str(tmp_path), folder=home))
    with zipfile.ZipFile(tmp_path / "SD.zip", "w") as z:
        z.writestr("UA.txt", LINES[0])
    with pytest.raises(PackError, match="SEL-P051"):
        list(add(["SD"], str(tmp_path), folder=home))


def test_a_broken_layer_is_said_and_can_be_removed(dumps: Path, home: Path) -> None:
    list(add(["UA"], str(dumps), folder=home))
    (home / "UA.bin").write_bytes(b"SELGAZ1\0")
    with pytest.raises(PackError, match="SEL-P053"):
        load_gazetteer()
    assert remove("UA", home) and layers_key() == ""


@pytest.fixture
def server(dumps: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(dumps))) as httpd:
        thread = Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
        httpd.shutdown()


def test_from_a_server(server: str, dumps: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (layer,) = add(["UA"], server, private=True, folder=home)
    assert layer.places == 5 and layer.source == server
    assert load_gazetteer().lookup("Wilcza Krynica") == ()  # the server has no archive of names
    with pytest.raises(FetchError, match="SEL-F002"):
        list(add(["UA"], server, folder=home))
    with pytest.raises(SelonError, match="SEL-F012"):
        list(add(["SD"], server, private=True, folder=home))
    (dumps / "YE.zip").write_text("<html>this is a page</html>", "utf-8")
    with pytest.raises(FetchError, match="SEL-F050"):
        list(add(["YE"], server, private=True, folder=home))
    from selon.intake.fetch import Limits

    monkeypatch.setattr("selon.gazetteers.LIMITS", Limits(wire=100, unpacked=100))
    with pytest.raises(FetchError):
        list(add(["UA"], server, private=True, folder=home))
    assert [x.country for x in list_layers()] == ["UA"]
