"""Watching real servers on loopback: what is new, changed, gone, broken, and said once."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from selon.intake.watch.plan import plan_of
from selon.ledger import Ledger, open_ledger
from selon.ledger.pages import Pages
from selon.views.labels import labels
from selon.watching import Watch
from tests.intake.fetch.authority import made_authority
from tests.intake.fetch.server import Request, Site
from tests.watching.conftest import FLOOD, STRIKE, Round, Seen, article, conditional, rss


def feed(site: Site, **more: Any) -> dict[str, Any]:
    return {"name": "radio-des-monts", "url": site.url + "/rss", **more}


def test_new_pages_are_kept_read_and_asked_for_once(site: Site, watch: Round, ledger: Ledger, pages: Pages) -> None:
    site.answers["/rss"] = conditional(
        lambda: rss(site, ("/nyala?utm_source=rss", "Nyala frappée"), ("/bamako", "Bamako sous l'eau")), "application/rss+xml"
    )
    site.answers["/nyala"] = conditional(lambda: article("Nyala frappée", *STRIKE))
    site.answers["/bamako"] = conditional(lambda: article("Bamako sous l'eau", *FLOOD))
    seen = watch(feed(site))
    assert seen.kept == [("new", "nyala"), ("new", "bamako")] and len(seen.read) == 2 and not seen.troubles
    rows = {r.title: r for r in ledger.reports()}
    assert set(rows) == {"Nyala frappée", "Bamako sous l'eau"}
    strike = rows["Nyala frappée"]
    assert (strike.outlet, strike.url, strike.published_earliest, strike.published_basis) == (
        "Radio des Monts",
        site.url + "/nyala",
        "2026-11-27",
        "metadata",
    )
    assert strike.events and strike.statements and strike.name.startswith("radio-des-monts-nyala-")
    (version,) = pages.versions(site.url + "/nyala")
    assert version.retrieval.status == 200 and version.retrieval.header("etag") and version.retrieval.server == "127.0.0.1"
    assert ledger.raw(version.retrieval.sha256 or "") == article("Nyala frappée", *STRIKE).encode()
    site.asked.clear()
    again = watch(feed(site))
    assert again.kept == [] and again.read == [] and site.paths() == ["/robots.txt", "/rss"]


def test_a_silent_correction_makes_a_version(site: Site, watch: Round, ledger: Ledger, pages: Pages) -> None:
    text = [article("Nyala frappée", *STRIKE)]
    site.answers["/rss"] = rss(site, ("/nyala", "Nyala frappée"))
    site.answers["/nyala"] = conditional(lambda: text[0])
    watch(feed(site))
    assert watch(feed(site), recheck=["0s"]).kept == []
    text[0] = article("Nyala frappée", *STRIKE).replace("<p>", "<p>\n  ")
    assert watch(feed(site), recheck=["1000d"]).kept == [], "spaces are no correction"
    text[0] = article("Nyala frappée", STRIKE[0], STRIKE[1].replace("douze", "sept"), STRIKE[2])
    seen = watch(feed(site), recheck=["1000d"])
    assert seen.kept == [], "not due yet"
    site.answers["/rss"] = rss(site, more=f"<item><title>Nyala frappée</title><link>{site.url}/nyala</link></item>").replace(
        "<title>Nyala", '<updated xmlns="http://www.w3.org/2005/Atom">2026-11-28T09:00:00Z</updated><title>Nyala'
    )
    seen = watch(feed(site))
    assert seen.kept == [("changed", "nyala")] and seen.read[0].endswith("~2")
    first, second = pages.versions(site.url + "/nyala")
    assert first.report and second.report and first.report != second.report
    assert "douze" in pages.kept(first.report)[0] and "sept" in pages.kept(second.report)[0]
    assert [v.kind for v in pages.versions_of(first.report)] == ["new", "changed"] == [v.kind for v in pages.versions_of(second.report)]


def test_second_looks_find_what_changed_and_what_is_gone(site: Site, watch: Round, pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    site.answers |= {"/rss": rss(site, ("/nyala", "Nyala frappée"), ("/bamako", "Bamako"))}
    site.answers |= {"/nyala": article("Nyala frappée", *STRIKE), "/bamako": article("Bamako sous l'eau", *FLOOD)}
    watch(feed(site))
    site.answers["/nyala"] = article("Nyala frappée", STRIKE[0], STRIKE[1].replace("douze", "sept"), STRIKE[2])
    del site.answers["/bamako"]
    later(monkeypatch, hours=2)
    seen = watch(feed(site))
    assert sorted(seen.kept) == [("changed", "nyala"), ("gone", "bamako")] and seen.troubles == []
    assert pages.versions(site.url + "/bamako")[-1].report is None
    site.answers["/bamako"] = article("Bamako sous l'eau", *FLOOD)
    later(monkeypatch, hours=8)
    assert watch(feed(site)).kept == [("back", "bamako")]


def later(monkeypatch: pytest.MonkeyPatch, **by: float) -> None:
    """Moves the clock of planning forward; what was recorded keeps its time."""
    import selon.watching.run as run

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(**by)

    monkeypatch.setattr(run, "datetime", Later)


def test_an_error_page_in_place_of_an_article_is_no_correction(
    site: Site, watch: Round, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.answers |= {"/rss": rss(site, ("/nyala", "Nyala frappée")), "/nyala": article("Nyala frappée", *STRIKE)}
    watch(feed(site))
    site.answers["/nyala"] = article("Page introuvable", "Erreur 404 : la page que vous cherchez n'existe pas.")
    later(monkeypatch, hours=2)
    seen = watch(feed(site))
    assert seen.kept == [] and seen.troubles and [v.kind for v in pages.versions(site.url + "/nyala")] == ["new"]


def test_a_channel_of_messages(site: Site, watch: Round, ledger: Ledger, pages: Pages) -> None:
    def channel(**posts: str) -> str:
        shown = "".join(
            f'<div class="tgme_widget_message" data-post="monts/{n.strip("m")}"><div class="tgme_widget_message_text">{t}</div><time datetime="2026-11-28T08:0{n[-1]}:00+00:00"></time></div>'
            for n, t in posts.items()
        )
        return f'<html><head><meta property="og:title" content="Secours des Monts"></head><body><section class="tgme_channel_history">{shown}</section></body></html>'

    source = {"name": "secours", "url": site.url + "/monts", "kind": "telegram"}
    one, two, three = (
        "Glissement de terrain à Uvira : trois maisons détruites.",
        STRIKE[1],
        "La route de Bukavu est coupée depuis ce matin.",
    )
    site.answers["/s/monts"] = channel(m1=one, m2=two, m3=three)
    seen = watch(source)
    assert sorted(seen.kept) == [("new", "1"), ("new", "2"), ("new", "3")] and len(seen.read) == 3
    site.answers["/s/monts"] = channel(m1=one, m2=two.replace("douze", "sept"), m3=three)
    assert watch(source).kept == [("changed", "2")]
    site.answers["/s/monts"] = channel(m1=one, m3=three)
    assert watch(source).kept == [("gone", "2")]
    row = next(r for r in ledger.reports() if r.url == site.url + "/monts/1")
    assert (row.outlet, row.published_earliest) == ("Secours des Monts", "2026-11-28")
    retrieval = pages.retrievals(row.id)[0]
    assert one.encode() in ledger.raw(retrieval.sha256 or "") and retrieval.final_url == site.url + "/s/monts"


def test_feeds_that_give_the_text_themselves(site: Site, watch: Round, ledger: Ledger) -> None:
    more = f"<item><title>Nyala frappée</title><link>{site.url}/nyala</link><description><![CDATA[{''.join(f'<p>{p}</p>' for p in STRIKE)}]]></description></item>"
    site.answers["/rss"] = rss(site, more=more)
    seen = watch(feed(site, content="list", outlet="Monts FM", lang="fr"))
    assert seen.kept == [("new", "nyala")] and "/nyala" not in site.paths()
    (row,) = ledger.reports()
    assert row.outlet == "Monts FM" and row.events


@pytest.mark.parametrize(
    "body", ["nothing like a feed", "<html><body>down for maintenance</body></html>", "<?xml version='1.0'?><rss", "{"]
)
def test_a_source_that_is_broken_does_not_stop_the_others(site: Site, watch: Round, body: str) -> None:
    site.answers |= {"/bad": body, "/rss": rss(site, ("/nyala", "Nyala")), "/nyala": article("Nyala frappée", *STRIKE)}
    seen = watch({"name": "bad", "url": site.url + "/bad"}, feed(site))
    assert seen.kept == [("new", "nyala")] and len(seen.troubles) == 1 and seen.troubles[0].startswith("SEL-F10")


def test_a_page_that_cannot_be_had_does_not_stop_the_others(
    site: Site, watch: Round, pages: Pages, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drip(r: Request) -> None:
        import time

        r.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(60):
            r.wfile.write(b"x")
            time.sleep(0.05)

    bad: dict[str, Callable[[Request], None]] = {
        "/circle": lambda r: r.give(status=302, Location="/circle"),
        "/inside": lambda r: r.give(status=302, Location="http://169.254.169.254/"),
        "/picture": lambda r: r.give(b"\x89PNG", Content_Type="image/png"),
        "/busy": lambda r: r.give("", 503, Retry_After="7200"),
        "/missing": lambda r: r.give("", 404),
        "/drip": drip,
    }
    site.answers |= {
        **bad,
        "/nyala": article("Nyala frappée", *STRIKE),
        "/rss": rss(site, *((p, p) for p in bad), ("/forbidden", "x"), ("/nyala", "Nyala")),
    }
    site.answers["/robots.txt"] = "User-agent: *\nDisallow: /forbidden\n"
    seen = watch(feed(site))
    assert seen.kept == [("new", "nyala")]
    assert sorted(seen.troubles) == ["SEL-F002", "SEL-F005", "SEL-F006", "SEL-F009", "SEL-F011", "SEL-F012", "SEL-F013"]
    assert "/forbidden" not in site.paths()
    open_ = pages.pending(["radio-des-monts"], datetime(2020, 1, 1, tzinfo=UTC), ["SEL-F005", "SEL-F013"])
    assert sorted(i.url.rpartition("/")[2] for i, _ in open_) == ["busy", "drip"], "what may pass is tried again, the rest is settled"
    site.asked.clear()
    site.answers["/busy"] = article("Bamako sous l'eau", *FLOOD)
    watch(feed(site))
    assert "/busy" not in site.paths(), "the server asked to wait"
    later(monkeypatch, hours=3)
    assert ("new", "busy") in watch(feed(site)).kept


def test_the_first_look_does_not_fetch_an_archive(site: Site, watch: Round) -> None:
    site.answers["/rss"] = rss(site, *((f"/{n}", f"Titre {n}") for n in range(50)))
    site.answers |= {f"/{n}": article(f"Titre {n}", *STRIKE, f"Numéro {n}.") for n in range(60)}
    assert len(watch(feed(site, most=3)).kept) == 3
    site.answers["/rss"] = rss(site, *((f"/{n}", f"Titre {n}") for n in range(45, 56)))
    assert len(watch(feed(site, most=3)).kept) == 3 and len(watch(feed(site, most=3)).kept) == 3, "later ones wait for the next look"


def test_sitemaps_with_an_index_and_a_site_that_names_its_feed(site: Site, watch: Round) -> None:
    site.answers["/index.xml"] = f"<sitemapindex><sitemap><loc>{site.url}/s1.xml</loc></sitemap></sitemapindex>"
    site.answers["/s1.xml"] = conditional(lambda: f"<urlset><url><loc>{site.url}/nyala</loc><lastmod>2026-11-28</lastmod></url></urlset>")
    site.answers["/"] = (
        '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>Accueil</body></html>'
    )
    site.answers |= {
        "/rss": rss(site, ("/bamako", "Bamako")),
        "/nyala": article("Nyala frappée", *STRIKE),
        "/bamako": article("Bamako sous l'eau", *FLOOD),
    }
    seen = watch({"name": "plan", "url": site.url + "/index.xml"}, {"name": "home", "url": site.url + "/"})
    assert sorted(seen.kept) == [("new", "bamako"), ("new", "nyala")]


def test_one_page_that_is_watched_itself(site: Site, watch: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    source = {"name": "direct", "url": site.url + "/direct", "kind": "page", "every": "1m"}
    site.answers["/direct"] = article("Nyala : le direct", *STRIKE)
    assert watch(source).kept == [("new", "direct")]
    site.answers["/direct"] = article("Nyala : le direct", *STRIKE, "Le bilan est monté à quinze morts, selon le gouverneur.")
    later(monkeypatch, minutes=5)
    assert watch(source).kept == [("changed", "direct")]


def test_patterns_and_the_gate(site: Site, watch: Round, ledger: Ledger) -> None:
    sport = ("Le club de la vallée a remporté samedi le championnat régional de football devant trois mille spectateurs.",
             "L'entraîneur a salué une saison magnifique et annoncé le recrutement de deux joueurs pour la saison prochaine.")  # fmt: skip
    site.answers |= {"/rss": rss(site, ("/monde/nyala", "a"), ("/monde/match", "b"), ("/jeux/bamako", "c"))}
    site.answers |= {
        "/monde/nyala": article("Nyala frappée", *STRIKE),
        "/monde/match": article("Le club champion", *sport),
        "/jeux/bamako": article("Bamako", *FLOOD),
    }
    seen = watch(feed(site, include=[site.url + "/monde/*"], gate=True))
    assert seen.kept == [("new", "nyala")] and "/jeux/bamako" not in site.paths()
    assert [r.title for r in ledger.reports()] == ["Nyala frappée"]


def test_a_run_that_ended_between_keeping_and_reading_is_taken_up(
    site: Site, watch: Round, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    import selon.watching.run as run

    site.answers |= {"/rss": rss(site, ("/nyala", "Nyala")), "/nyala": article("Nyala frappée", *STRIKE)}
    with monkeypatch.context() as m:
        m.setattr(run, "read_inputs", lambda inputs, **_: (x for x in [*inputs][:0]))
        assert watch(feed(site)).kept == [("new", "nyala")]
    assert [r.version for r in ledger.reports()] == [None]
    seen = watch(feed(site))
    assert len(seen.read) == 1 and len(list(ledger.reports())) == 1 and site.paths().count("/nyala") == 1
    assert watch(feed(site)).read == []


def test_what_was_kept_is_read_even_if_pages_are_read_in_another_way_since(
    site: Site, watch: Round, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    import selon.pages
    import selon.watching.run as run

    site.answers |= {"/rss": rss(site, ("/nyala", "Nyala"), ("/bamako", "Bamako"))}
    site.answers |= {"/nyala": article("Nyala frappée", *STRIKE), "/bamako": article("Bamako sous l'eau", *FLOOD)}
    with monkeypatch.context() as m:
        m.setattr(run, "read_inputs", lambda inputs, **_: (x for x in [*inputs][:0]))
        watch(feed(site))
    texts = {r.id for r in ledger.reports()}
    with monkeypatch.context() as m:
        m.setattr(selon.pages, "read_bytes", lambda *_, **__: iter(()))
        assert len(watch(feed(site)).read) == 2
    assert {r.id for r in ledger.reports() if r.version} == texts


def test_a_page_that_somebody_fetches_stays_with_its_source(site: Site, watch: Round, ledger: Ledger, pages: Pages) -> None:
    from selon.intake.fetch import open_fetcher
    from selon.pages import Asked, take

    site.answers |= {"/rss": rss(site, ("/nyala", "Nyala")), "/nyala": article("Nyala frappée", *STRIKE)}
    watch(feed(site))
    site.answers["/nyala"] = article("Nyala frappée", *STRIKE, "Un deuil de trois jours a été décrété.")
    with open_fetcher(private=True) as fetcher:
        taken = take(ledger, Asked(site.url + "/nyala"), fetcher.get(site.url + "/nyala"))
    first, second = pages.versions(site.url + "/nyala")
    assert taken.change == "changed" and second.source == "radio-des-monts" and second.name == f"{first.name}~2"


def test_alerts_of_what_was_read(site: Site, watch: Round) -> None:
    site.answers |= {"/rss": rss(site, ("/nyala", "Nyala")), "/nyala": article("Nyala frappée", *STRIKE), "/hook": ""}
    alerting = {
        "alert": [{"name": "morts", "places": ["Nyala"], "figure": "killed", "above": 10, "channels": ["desk"]},
                  {"name": "croissant", "terms": ["croissant*"], "channels": ["desk"]}, {"name": "ailleurs", "places": ["Bamako"], "channels": ["desk"]}],
        "channel": [{"name": "desk", "kind": "webhook", "url": site.url + "/hook", "private": True}],
    }  # fmt: skip
    watch(feed(site), alerting=alerting)
    watch(feed(site), alerting=alerting)
    bodies = [a.body for a in site.asked if a.path == "/hook"]
    assert len(bodies) == 2 and sorted(b'"rule": "morts"' in b for b in bodies) == [False, True]


def test_time_stamps_on_what_was_kept(site: Site, watch: Round, ledger: Ledger, pages: Pages, tmp_path: Path) -> None:
    pytest.importorskip("rfc3161_client")
    if shutil.which("openssl") is None:
        pytest.skip("openssl plays the authority")
    authority = made_authority(tmp_path)
    site.answers |= {"/rss": rss(site, ("/nyala", "Nyala")), "/nyala": article("Nyala frappée", *STRIKE), "/tsa": lambda r: r.give("", 503)}
    stamping = {"url": site.url + "/tsa", "roots": str(authority.roots)}
    seen = watch(feed(site), timestamp=stamping)
    assert seen.troubles == ["SEL-F020"] and len(seen.read) == 1
    site.answers["/tsa"] = authority.answer
    assert watch(feed(site), timestamp=stamping).troubles == []
    (row,) = ledger.reports()
    (stamp,) = pages.stamps(row.sha256 or "")
    assert stamp.authority == site.url + "/tsa" and abs((datetime.now(UTC) - stamp.said_at).total_seconds()) < 300


def test_a_round_ends_early_when_it_is_stopped(ledger: Ledger, site: Site) -> None:
    stop = threading.Event()
    site.answers |= {"/rss": rss(site, *((f"/{n}", f"Titre {n}") for n in range(5)))}
    site.answers |= {f"/{n}": article(f"Titre {n}", *STRIKE) for n in range(5)}
    plan = plan_of({"source": [feed(site)], "watch": {"rest": "1h", "private": True}})
    seen = Seen()
    made = Watch(plan, ledger, seen, labels("en"), stop=stop)
    began = datetime.now(UTC)
    threading.Timer(1.0, stop.set).start()
    made.round(force=True)
    made.close()
    assert (datetime.now(UTC) - began).total_seconds() < 30 and len([p for p in site.paths() if p[1:].isdigit()]) <= 1


def test_a_fault_of_our_own_costs_one_page_or_one_source(site: Site, watch: Round, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    import selon.intake.watch.read as lists
    import selon.pages
    from selon.intake import read_bytes as true_read
    from selon.intake.watch.feeds import read_xml_feed as true_feed

    site.answers |= {"/rss": rss(site, ("/nyala", "Nyala"), ("/bamako", "Bamako")), "/other": rss(site, ("/x", "x"))}
    site.answers |= {"/nyala": article("Nyala frappée", *STRIKE), "/bamako": article("Bamako sous l'eau", *FLOOD)}

    def failing(raw: bytes, **more: Any) -> Any:
        if b"Nyala" in raw:
            raise RecursionError("too deep")
        return true_read(raw, **more)

    def failing_feed(body: bytes, url: str, content_type: str | None) -> Any:
        if url.endswith("/other"):
            raise AttributeError("none")
        return true_feed(body, url, content_type)

    monkeypatch.setattr(selon.pages, "read_bytes", failing)
    monkeypatch.setattr(lists, "read_xml_feed", failing_feed)
    seen = watch({"name": "other", "url": site.url + "/other"}, feed(site))
    assert seen.kept == [("new", "bamako")] and sorted(seen.troubles) == ["SEL-F041", "SEL-F105"]
    assert watch(feed(site)).troubles == [], "the page is settled: it does not fail again and again"


def test_two_watches_over_one_ledger_double_nothing(site: Site, ledger: Ledger, pages: Pages) -> None:
    site.answers |= {"/rss": rss(site, *((f"/a{n}", f"Titre {n}") for n in range(6)))}
    site.answers |= {f"/a{n}": article(f"Titre {n}", f"Nyala, quartier {n}.", *STRIKE) for n in range(6)}
    plan = plan_of({"source": [feed(site)], "watch": {"rest": "0s", "private": True}})
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with open_ledger(ledger.address) as own:
                made = Watch(plan, own, Seen(), labels("en"))
                made.round(force=True)
                made.close()
        except BaseException as e:
            failed.append(e)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert failed == [] and len(list(ledger.reports())) == 6
    assert all([v.kind for v in pages.versions(f"{site.url}/a{n}")] == ["new"] for n in range(6))
    assert all(len(ledger.versions(r.id)) == 1 for r in list(ledger.reports()))
