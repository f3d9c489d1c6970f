"""Data on publishers load, hold for their periods, and change what is read."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import available_timezones

import pytest
from selectolax.lexbor import LexborHTMLParser

from selon.errors import PackError
from selon.intake import read_page
from selon.intake.page.publishers import FOLDER, NOBODY, host_of, load_publisher, publisher_of


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yml")), ids=lambda f: f.stem)
def test_every_file_is_sound(file: Path) -> None:
    p = load_publisher(file)
    assert p.hosts and p.outlet and (p.zone is None or p.zone in available_timezones())
    assert all(publisher_of(f"https://www.{host}/x") == p for host in p.hosts)
    tree = LexborHTMLParser("<p>x")
    for first, last, layout in p.periods:
        assert first <= last or not last
        for selector in filter(None, (layout.body, layout.entry, layout.stamp, layout.stub, *layout.drop)):
            tree.css(selector)
    borders = [b for a, b, _ in p.periods]
    assert all(b and b < a for b, (a, _, _) in zip(borders, p.periods[1:], strict=False)), "periods of one publisher do not overlap"


def test_hosts_and_periods() -> None:
    bbc = publisher_of("https://www.bbc.com/news/live/world-1")
    assert bbc.layout("2020-03-04").entry and not bbc.layout("2024-05-06").entry and not bbc.layout("2010-01-01").entry
    assert publisher_of("https://blog.lemonde.fr/a") is publisher_of("http://lemonde.fr")
    assert publisher_of("https://notlemonde.fr/a") is NOBODY and publisher_of(None) is NOBODY and publisher_of("http://[") is NOBODY
    assert host_of("https://WWW.Exemple.org:8080/a") == "exemple.org"


def test_a_file_that_holds_something_else(tmp_path: Path) -> None:
    f = tmp_path / "x.yml"
    for bad in ("outlet: X\n", "hosts: [x.org]\nnope: 1\n", "hosts: [x.org]\nperiods: [{since: 2020-01-01}]\n", "- a\n"):
        f.write_text(bad, "utf-8")
        with pytest.raises(PackError, match="SEL-P060"):
            load_publisher(f)


LIVE = """<html lang="fr"><head><title>Direct</title></head><body><main><h1>Le point sur la situation dans l'archipel</h1><section id="post-container">
<section class="post post__live-container"><div class="info"><span class="date">18:20</span></div><h2 class="post__live-container--title">L'aéroport rouvre</h2>
<div class="content--live"><p>L'aéroport d'Arsana a rouvert à 18 heures pour les seuls vols de secours, selon le ministère.</p></div></section>
<section class="post post__live-container"><div class="info"><span class="date">17:05</span></div><div class="post__live-container--comment"><p>Bonjour, sait-on quand
l'aéroport rouvrira ? Merci de votre travail à tous.</p></div><div class="content--live"><p>Bonjour. Les autorités parlent de ce soir, sans s'engager sur une heure.</p></div></section>
</section></main></body></html>"""


def test_a_publisher_s_entries_are_found_where_shape_would_not_tell() -> None:
    page = read_page(LIVE.encode(), url="https://www.lemonde.fr/live/x.html", retrieved="2022-01-16T20:00:00Z")
    assert page.kind == "live" and page.outlet == "Le Monde"
    assert [s for s in dict.fromkeys(b.stamp for b in page.blocks) if s] == ["T18:20", "T17:05"]
    assert "Merci de votre travail" not in page.text and "sans s'engager" in page.text
    dated = LIVE.replace("<title>", '<meta property="article:published_time" content="2022-01-16T15:00:00Z"><title>')
    page = read_page(dated.encode(), url="https://www.lemonde.fr/live/x.html")
    assert [s for s in dict.fromkeys(b.stamp for b in page.blocks) if s] == ["2022-01-16T18:20", "2022-01-16T17:05"]
    assert read_page(LIVE.encode(), url="https://www.lemonde.fr/live/x.html", retrieved="2012-01-16T20:00:00Z").kind == "article"


def test_the_day_is_that_of_the_publisher_s_clocks() -> None:
    markup = '<html><head><meta property="article:published_time" content="2022-03-04T23:30:00Z"></head><body><article><h1>Un pont</h1><p>{}</p></article></body></html>'
    text = "Le pont sur la rivière, fermé depuis les tirs de la semaine passée, a rouvert à la circulation, selon la mairie de la commune."
    raw = markup.format(text).encode()
    assert read_page(raw, url="https://www.rfi.fr/a").published == "2022-03-05T00:30:00+01:00"
    assert read_page(raw, url="https://exemple.org/a").published == "2022-03-04T23:30:00+00:00"
