"""Pages in the manner of many kinds of site, all written for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from selon.errors import InputError
from selon.intake import Input, PageReading, iter_inputs, read_page

PAGES = Path(__file__).parent / "pages"


def page(name: str, **given: object) -> PageReading:
    return read_page((PAGES / f"{name}.html").read_bytes(), place=name, **given)  # type: ignore[arg-type]


def kinds(p: PageReading) -> list[tuple[str, str]]:
    return [(b.kind, p.text[b.start : b.end]) for b in p.blocks]


def test_the_article_is_kept_and_what_surrounds_it_left() -> None:
    p = page("weblog")
    assert p.kind == "article"
    found = kinds(p)
    assert found[0] == ("headline", "Kalemba : deux ponts emportés par la crue")
    assert ("caption", "La rivière Luala a quitté son lit mercredi soir. Photo d'archives") in found
    assert ("subhead", "Un marché coupé du reste de la province") in found
    assert ("box", "La dernière crue de cette ampleur remonte à 1997 : elle avait fait onze morts à Kalemba.") in found
    for word in (
        "Publicité",
        "téléphonie",
        "boîte",
        "chats",
        "praticable",
        "honte",
        "stade",
        "cookies",
        "Partager",
        "droits réservés",
        "Accueil",
    ):
        assert word not in p.text
    assert "".join(p.text[b.start : b.end] for b in p.blocks).replace("\n", "") == p.text.replace("\n", "")


def test_what_the_page_declares_comes_with_its_place() -> None:
    p = page("weblog", url="https://courrierdeslacs.example/societe/kalemba-ponts-crue/?utm=x")
    assert (p.title, p.outlet, p.authors, p.language) == (
        "Kalemba : deux ponts emportés par la crue",
        "Le Courrier des Lacs",
        ("Espérance Mulamba",),
        "fr",
    )
    assert (p.published, p.modified) == ("2019-11-07T16:40:12+02:00", "2019-11-08T07:05:00+02:00")
    assert p.url == "https://courrierdeslacs.example/societe/kalemba-ponts-crue/"
    assert {d.basis for d in p.declared if d.field == "published"} == {"json_ld"}
    assert next(d.basis for d in p.declared if d.field == "title") == "json_ld"


def test_a_live_text_newest_first_has_the_stamps_that_readers_see() -> None:
    p = page("live-json")
    assert p.kind == "live"
    stamps = list(dict.fromkeys(b.stamp for b in p.blocks))
    # The markup is in UTC; the clocks on the page are two hours ahead.
    assert stamps == [None, "2021-06-14T12:55", "2021-06-14T11:12", "2021-06-14T09:41"]
    assert ("clock", "12h55") in kinds(p) and ("subhead", "Le port rouvre") in kinds(p)
    assert ("caption", "L'entrée de l'hôpital central, lundi matin.") in kinds(p)
    assert p.text.index("port rouvre") < p.text.index("Tirs entendus")
    assert p.text.count("Le port de Maravi a rouvert") == 1 and "Publicité" not in p.text


def test_a_live_text_is_known_by_shape_oldest_first() -> None:
    p = page("live-shape")
    assert p.kind == "live"
    assert [s for s in dict.fromkeys(b.stamp for b in p.blocks) if s] == [f"2018-10-12T{t}" for t in ("06:05", "08:30", "11:47", "15:20")]
    assert p.published == "2018-10-12T06:05:00"


def test_remarks_and_teasers_with_more_clocks_than_the_entries_do_not_hide_them() -> None:
    remarks = "".join(
        f'<li class="comment"><b>Lecteur {k}</b><time datetime="2018-10-12T1{k}:00+01:00">1{k}:00</time><p>What a terrible day it was for all of us on this coast, truly.</p></li>'
        for k in range(9)
    )
    teasers = "".join(
        f'<div class="card"><time datetime="2018-10-1{k}T09:00Z">day {k}</time><h3><a href="/{k}">Another story of that week, with a longer title</a></h3></div>'
        for k in range(7)
    )
    markup = (
        (PAGES / "live-shape.html")
        .read_text("utf-8")
        .replace("</ul>", f"</ul><ol id='comments'>{remarks}</ol><section>{teasers}</section>")
    )
    p = read_page(markup.encode())
    assert p.kind == "live" and len({b.stamp for b in p.blocks if b.stamp}) == 4
    assert "terrible day" not in p.text and "Another story" not in p.text


def test_stamps_reach_the_report(tmp_path: Path) -> None:
    (item,) = [i for i in iter_inputs([str(PAGES / "live-json.html")]) if isinstance(i, Input)]
    r = item.report
    entries = [(p.kind, p.stamp) for p in r.passages if p.stamp]
    assert ("live_entry", "2021-06-14T12:55") in entries and ("subhead", "2021-06-14T09:41") in entries
    assert all(r.text[p.start : p.end].endswith(("h55", "h12", "h41")) for p in r.passages if p.kind == "boilerplate")
    assert (r.published.day, r.published.basis, r.lang) == ("2021-06-14", "metadata", "fr")
    assert r.source.outlet == "Agence Delta" and r.source.url == "https://delta.example/live/maravi"


def test_a_page_of_tables_and_breaks() -> None:
    p = page("old-table")
    assert p.encoding == "cp1252"
    assert "pourparlers dans la capitale" in p.text and "barrage supérieur relâche" in p.text
    assert "(c) Depeche" not in p.text


def test_a_page_that_scripts_build_gives_the_article_of_its_json() -> None:
    p = page("script-only")
    assert p.authors == ("Tomas Reed", "Ilona Varga") and p.outlet == "Strait Times Weekly"
    assert [k for k, _ in kinds(p)] == ["headline", *["paragraph"] * 4]


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("missing", "error", "SEL-I020"),
        ("challenge", "error", "SEL-I020"),
        ("consent", "consent", "SEL-I021"),
        ("stub-fr", "paid", "SEL-I022"),
        ("stub-en", "paid", "SEL-I022"),
        ("front", "list", "SEL-I023"),
    ],
)
def test_what_is_no_report_is_said_and_not_read(name: str, kind: str, code: str) -> None:
    p = page(name)
    assert (p.kind, p.text, p.is_report) == (kind, "", False)
    assert p.issues[-1].code == code and p.issues[-1].remedy
    (issue,) = iter_inputs([str(PAGES / f"{name}.html")])
    assert not isinstance(issue, Input) and issue.code == code


def test_a_front_page_with_summaries_is_a_list_and_a_short_article_among_links_is_none() -> None:
    teasers = "".join(
        f'<div class="t"><h2><a href="/{k}">Le titre numéro {k} de ce jour</a></h2><p>Un résumé de deux lignes environ, qui dit ce que l\'on lira si l\'on suit le lien {k}.</p></div>'
        for k in range(12)
    )
    assert read_page(f"<html><body><main><h1>À la une</h1>{teasers}</main></body></html>".encode()).kind == "list"
    short = f"<html><body><article><h1>Le pont rouvre</h1><p>{LONG}</p></article><section class='related'>{teasers}</section></body></html>"
    page = read_page(short.encode())
    assert page.kind == "article" and "résumé" not in page.text


def test_the_word_of_the_server_counts() -> None:
    assert page("weblog", status=404).kind == "error"


def test_a_whole_text_behind_a_flag_is_read() -> None:
    whole = (
        (PAGES / "stub-fr.html")
        .read_text("utf-8")
        .replace('<div class="fence"><p>Il vous reste 84 % de cet article à lire. La suite est réservée aux abonnés.</p>', "<div>")
    )
    more = "".join(
        f"<p>Au {k}e jour, les deux camps disent respecter l'accord, et chacun accuse l'autre de l'avoir rompu près du puits.</p>"
        for k in range(12)
    )
    assert read_page(whole.replace("</article>", more + "</article>").encode()).kind == "article"


def test_labels_of_teasers_are_no_fence() -> None:
    teasers = "".join(
        f'<div class="t"><h3><a href="/{k}">Un autre titre de ce jour</a></h3><p>Article réservé aux abonnés</p></div>' for k in range(6)
    )
    tools = "<div><p>Imprimer</p><p>Signaler une erreur</p><p>Un mot au journal</p><p>Archives</p><p>Contact</p><p>Haut de page</p><p>Le fil</p></div>"
    more = "<p>Les camions, eux, passeront la semaine prochaine, quand le tablier aura été vérifié par les ingénieurs de la province.</p>"
    more += (
        "<p>« Nous attendions cela depuis des jours », a dit une marchande qui traversait avec deux sacs de farine sur une brouette.</p>"
    )
    markup = f"<html><body><article><h1>Le pont rouvre</h1><p>{LONG}</p>{more}</article>{tools}<section>{teasers}</section></body></html>"
    assert read_page(markup.encode()).kind == "article"
    assert read_page(markup.replace("</article>", "<p>La suite est réservée aux abonnés.</p></article>").encode()).kind == "paid"


ARTICLE = "<article><h1>Le pont rouvre</h1><p>{}</p><p>Les camions passent de nouveau depuis mardi midi, a dit la préfecture du district.</p></article>"
LONG = "Le pont sur la rivière, fermé depuis les tirs de la semaine passée, a rouvert mardi à la circulation des piétons et des charrettes, selon la mairie."


@pytest.mark.parametrize(
    ("head", "said", "encoding", "wanted"),
    [
        ("<meta charset=iso-8859-1>", None, "utf-8", "utf-8"),  # the page lies: it is UTF-8
        ("<meta charset=utf-8>", None, "cp1252", "cp1252"),  # the other way round
        ("<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>", "text/html; charset=utf-8", "cp1252", "cp1252"),
        ("", "text/html; charset=ISO-8859-1", "cp1252", "cp1252"),
    ],
)
def test_encodings_and_lies_about_them(head: str, said: str | None, encoding: str, wanted: str) -> None:
    markup = f"<html><head>{head}<title>x</title></head><body>{ARTICLE.format(LONG)}</body></html>"
    p = read_page(markup.encode(encoding), content_type=said)
    assert "fermé depuis" in p.text and p.encoding == wanted


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u"])
def test_cyrillic_pages_by_declaration_and_by_their_letters(encoding: str) -> None:
    text = (
        "Унаслідок обстрілу пошкоджено міст через річку, повідомив мер міста у вівторок. Рух вантажівок зупинено до ранку, людей просять не виходити."
        * 3
    )
    markup = f"<html><head><title>Міст</title></head><body><article><h1>Міст пошкоджено</h1><p>{text}</p></article></body></html>"
    assert "повідомив мер" in read_page(markup.encode(encoding), content_type=f"text/html; charset={encoding}").text
    assert "повідомив мер" in read_page(markup.encode(encoding), content_type="text/html; charset=iso-8859-1").text


def test_authors_in_words_and_the_day_where_nothing_declares_them() -> None:
    markup = (
        "<html><body><main><h1>Le bac ne passe plus</h1><p>Par Amina Sow</p><p>Publié le 3 mai 2011 à 8h12</p>"
        f"<p>{LONG}</p><p>{LONG.replace('mardi', 'jeudi')} Les secours attendent un bateau venu du nord.</p></main></body></html>"
    )
    p = read_page(markup.encode())
    assert p.authors == ("Amina Sow",)
    assert "3 mai 2011" in p.text and p.published is None


def test_addresses() -> None:
    markup = f'<html><head><link rel="canonical" href="/"><meta property="og:url" content="/monde/pont.html"></head><body>{ARTICLE.format(LONG)}</body></html>'
    p = read_page(markup.encode(), url="https://gazette.example/monde/2012/04/05/pont.html?ref=1")
    assert p.url == "https://gazette.example/monde/pont.html"  # the canonical one leads to the front page
    assert p.published == "2012-04-05" and p.outlet == "gazette.example"


def test_nothing_and_no_text() -> None:
    with pytest.raises(InputError, match="SEL-I001"):
        read_page(b"")
    with pytest.raises(InputError, match="SEL-I003"):
        read_page(b"\x00\x01" * 40)
    with pytest.raises(InputError, match="SEL-I002"):
        read_page(b"<html>" + b"x" * 2000, limit=1000)
    assert read_page(b"<html><script>x()</script></html>").kind == "empty"
