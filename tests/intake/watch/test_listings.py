"""What sources list: feeds, sitemaps and channels as they are, as they break, and any bytes at all. All samples are ours."""

from __future__ import annotations

import contextlib
import gzip
import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selon.errors import FetchError
from selon.intake.watch.listing import entry_url, instant
from selon.intake.watch.read import KINDS, read_listing
from selon.intake.watch.telegram import preview_url

AT = "https://radio.example/feed"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Radio des Grands Lacs</title><link>https://radio.example/</link><language>fr</language>
<item><title>Uvira : des tirs
 entendus</title><link>/2026/11/uvira?utm_source=rss&amp;id=7#top</link><pubDate>Sat, 28 Nov 2026 09:30:00 +0200</pubDate>
<description>Des tirs &lt;b&gt;ont été entendus&lt;/b&gt;.</description><content:encoded><![CDATA[<p>Des tirs ont été entendus vers l'aube.</p>]]></content:encoded></item>
<item><title>Crue du lac</title><guid isPermaLink="true">https://radio.example/crue</guid><link>https://radio.example/crue</link></item>
<item><title>Encore la crue</title><link>https://radio.example/crue#2</link></item>
<item><title>Sans adresse</title></item><item><title>Ailleurs</title><link>javascript:alert(1)</link></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Valley Desk</title>
<entry><id>tag:valley.example,2026:1</id><link href="https://valley.example/1"/><title>Bridge closed</title>
<published>2026-11-27T18:00:00Z</published><updated>2026-11-28T06:00:00Z</updated><summary>Closed until further notice.</summary></entry></feed>"""

JSON_FEED = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Côte Nord", "language": "fr", "items": [
    {"id": "https://cote.example/a", "title": "Évacuation", "date_published": "2026-11-28T07:00:00+01:00", "date_modified": "2026-11-28T08:00:00+01:00", "content_text": "Les écoles <ferment>.\nJusqu'à lundi."},
    {"id": 7, "url": None}, "no object",
]})  # fmt: skip

SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://press.example/old </loc><lastmod>2026-11-01</lastmod></url><url><loc>https://press.example/undated</loc></url>
<url><loc>https://press.example/new</loc><lastmod>2026-11-28T10:00:00+00:00</lastmod><news:news><news:publication><news:name>Press</news:name></news:publication>
<news:publication_date>2026-11-28T08:00:00+00:00</news:publication_date><news:title>Pont coupé</news:title></news:news></url></urlset>"""

INDEX = """<sitemapindex><sitemap><loc>https://press.example/s1.xml</loc><lastmod>2026-01-01</lastmod></sitemap>
<sitemap><loc>https://press.example/s2.xml.gz</loc><lastmod>2026-11-28</lastmod></sitemap></sitemapindex>"""

CHANNEL = """<!doctype html><html><head><meta property="og:title" content="Secours 07"></head><body>
<div class="tgme_channel_info"><div class="tgme_channel_info_header_title"><span>Secours 07</span></div></div>
<section class="tgme_channel_history"><a class="tme_messages_more" data-before="40" href="/s/secours07?before=40"></a>
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="secours07/40"><div class="tgme_widget_message_text js-message_text">Route coupée<br/>
près du col. <a href="https://x.example">Carte</a></div><a class="tgme_widget_message_date" href="https://t.me/secours07/40"><time datetime="2026-11-28T07:12:00+00:00">07:12</time></a></div></div>
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="secours07/41"><div class="tgme_widget_message_reply"><div class="tgme_widget_message_text js-message_reply_text">Route coupée</div></div>
<div class="tgme_widget_message_text js-message_text">Route rouverte.</div><time datetime="2026-11-28T09:00:00+00:00"></time><span class="tgme_widget_message_meta">edited</span></div></div>
<div class="tgme_widget_message" data-post="secours07/42"><div class="tgme_widget_message_photo"></div></div>
<div class="tgme_widget_message" data-post="../../etc"><div class="tgme_widget_message_text">x</div></div></section></body></html>"""


def test_rss() -> None:
    found = read_listing(RSS.encode(), url=AT, content_type="application/rss+xml")
    assert (found.shape, found.title, found.lang, found.dropped) == ("rss", "Radio des Grands Lacs", "fr", 2)
    first, second = found.items
    assert first.url == "https://radio.example/2026/11/uvira?id=7" and first.title == "Uvira : des tirs entendus"
    assert first.published == "2026-11-28T07:30:00Z" and "vers l'aube" in (first.content or "")
    assert second.url == "https://radio.example/crue" and second.published is None


def test_rss_that_is_broken_and_in_latin_1() -> None:
    body = RSS.replace("UTF-8", "ISO-8859-1").replace("</channel></rss>", "<item><title>Dernière & non fermée").encode("latin-1")
    found = read_listing(body, url=AT)
    assert "d'aube" not in str(found) and found.items[0].title == "Uvira : des tirs entendus"


def test_atom() -> None:
    found = read_listing(ATOM.encode(), url=AT)
    (one,) = found.items
    assert found.shape == "atom"
    assert (one.url, one.published, one.stamp) == ("https://valley.example/1", "2026-11-27T18:00:00Z", "2026-11-28T06:00:00Z")


def test_json_feed() -> None:
    found = read_listing(JSON_FEED.encode(), url=AT, content_type="application/feed+json")
    (one,) = found.items
    assert found.shape == "json" and found.lang == "fr" and found.dropped == 1
    assert (one.published, one.stamp) == ("2026-11-28T06:00:00Z", "2026-11-28T07:00:00Z")
    assert one.content == "<p>Les écoles &lt;ferment&gt;.</p><p>Jusqu&#x27;à lundi.</p>"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_news_sitemap(pack: object) -> None:
    found = read_listing(pack(SITEMAP.encode()), url=AT)  # type: ignore[operator]
    assert [i.url for i in found.items] == [f"https://press.example/{n}" for n in ("new", "old", "undated")]
    assert (found.items[0].title, found.items[0].published, found.items[0].stamp) == (
        "Pont coupé",
        "2026-11-28T08:00:00Z",
        "2026-11-28T10:00:00Z",
    )


def test_an_index_of_sitemaps_names_the_newest_first() -> None:
    found = read_listing(INDEX.encode(), url=AT)
    assert found.shape == "sitemap-index" and found.more == ("https://press.example/s2.xml.gz", "https://press.example/s1.xml")


def test_a_sitemap_that_is_cut_off_keeps_what_is_sound() -> None:
    found = read_listing(SITEMAP.encode()[:-60], url=AT, kind="sitemap")
    assert len(found.items) >= 2


@pytest.mark.parametrize("xml", [
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
    '<!DOCTYPE x SYSTEM "file:///etc/passwd"><urlset/>', "<html></html>", "<urlset", "", "\0",
])  # fmt: skip
def test_what_is_no_sitemap(xml: str) -> None:
    with pytest.raises(FetchError, match="SEL-F102"):
        read_listing(xml.encode(), url=AT, kind="sitemap")


def test_a_sitemap_that_unpacks_without_measure() -> None:
    with pytest.raises(FetchError, match="SEL-F008"):
        read_listing(gzip.compress(b" " * 70_000_000), url=AT, kind="sitemap")


def test_a_channel() -> None:
    found = read_listing(CHANNEL.encode(), url="https://t.me/s/secours07")
    assert found.title == "Secours 07" and found.more == ("https://t.me/s/secours07?before=40",)
    newest, older = found.items
    assert (newest.url, newest.published) == ("https://t.me/secours07/41", "2026-11-28T09:00:00Z")
    assert newest.content == "<p>Route rouverte.</p>" and newest.whole
    assert older.content == "<p>Route coupée</p><p>près du col. Carte</p>"


def test_an_edit_in_silence_changes_the_stamp_and_a_view_counter_does_not() -> None:
    before = read_listing(CHANNEL.encode(), url="https://t.me/s/secours07").items
    after = read_listing(
        CHANNEL.replace("Route rouverte.", "Route fermée.").replace("07:12<", "07:12 vues<").encode(), url="https://t.me/s/secours07"
    ).items
    assert before[0].stamp != after[0].stamp and before[1].stamp == after[1].stamp


@pytest.mark.parametrize(("url", "expected"), [
    ("https://t.me/secours07", "https://t.me/s/secours07"), ("https://t.me/s/secours07", "https://t.me/s/secours07"),
    ("https://t.me/secours07/41", "https://t.me/s/secours07"), ("https://t.me/", "https://t.me/"),
])  # fmt: skip
def test_addresses_of_channels(url: str, expected: str) -> None:
    assert preview_url(url) == expected


def test_a_channel_without_a_preview() -> None:
    with pytest.raises(FetchError, match="SEL-F103"):
        read_listing(b"<html><body>Join the channel</body></html>", url="https://t.me/s/closed")


def test_a_site_names_its_feed() -> None:
    page = '<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>'
    assert read_listing(page.encode(), url="https://radio.example/", content_type="text/html").more == ("https://radio.example/rss.xml",)
    with pytest.raises(FetchError, match="SEL-F104"):
        read_listing(b"<!doctype html><html><body>x</body></html>", url="https://radio.example/", content_type="text/html")


@pytest.mark.parametrize("body", [b"", b"plain words", b"{", b'{"items": 5}', b"[1]", b"{" * 100_000, b'{"items":' + b"[" * 100_000])
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises(FetchError, match="SEL-F101"):
        read_listing(body, url=AT, kind="feed")


def test_a_feed_is_never_the_name_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library would open a path, or fetch an address, given as its input."""
    (tmp_path / "rss.xml").write_text(RSS, "utf-8")
    monkeypatch.chdir(tmp_path)
    for body in (b"rss.xml", str(tmp_path / "rss.xml").encode(), b"http://127.0.0.1:9/rss.xml"):
        with pytest.raises(FetchError, match="SEL-F101"):
            read_listing(body, url=AT, kind="feed")


def test_a_feed_with_entities_of_a_bomb_is_bounded() -> None:
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "xxxxxxxxxx">{layers}]><rss version="2.0"><channel><title>&e11;</title></channel></rss>'
    found = read_listing(bomb.encode(), url=AT, kind="feed")
    assert len(str(found)) < 100_000


@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel><item>" + "<a>" * 300_000,
        "<rss version='2.0'><channel>" + "<item><title>a</title><link>http://a/</link></item>" * 60_000,
        "<rss version='2.0'><channel><item><description><![CDATA[" + "<" * 3_000_000,
        "<html><body>" + "<p>x</p>" * 100_000,
        "<!" * 500_000,
        "<rss version='2.0'><channel><item><description><![CDATA[" + "<div>" * 500_000 + "]]></description></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>" + "<div>" * 90_000,
        "<?" * 1_000_000,
        "<urlset>" + "<a>" * 3_000_000,
        "<urlset>" + "<url><loc>http://a/</loc></url>" * 400_000,
        '{"items":[' + '{"url":"http://a/"},' * 200_000 + "{}]}",
    ],
    ids=["nest", "items", "cdata", "html", "bang", "divs", "xhtml", "pi", "map-nest", "map-items", "json"],
)
def test_lists_made_to_cost_time(body: str) -> None:
    began = time.process_time()
    with contextlib.suppress(FetchError):
        found = read_listing(body.encode(), url=AT, kind="sitemap" if body.startswith("<urlset") else "feed")
        assert len(found.items) <= 2000
    assert time.process_time() - began < 15


@pytest.mark.parametrize(("said", "iso"), [
    ("Sat, 28 Nov 2026 09:30:00 +0200", "2026-11-28T07:30:00Z"), ("2026-11-28", "2026-11-28"), ("2026-11-28T10:00:00", "2026-11-28T10:00:00"),
    ("2026-02-30", None), ("soon", None), ("", None), (None, None), ("0001-01-01T00:00:00+14:00", None), ("9999-12-31T23:59:59-12:00", None),
])  # fmt: skip
def test_times(said: str | None, iso: str | None) -> None:
    assert instant(said) == iso


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_as_time_or_address(text: str) -> None:
    instant(text)
    url = entry_url(text, AT)
    assert url is None or (url.startswith(("http://", "https://")) and "#" not in url and entry_url(url, AT) == url)


SEEDS = [RSS, ATOM, JSON_FEED, SITEMAP, INDEX, CHANNEL]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_bytes_as_source(data: st.DataObject) -> None:
    """Sound samples with pieces cut out, doubled, and replaced by noise: a listing or an error in words, nothing else."""
    body = data.draw(st.sampled_from(SEEDS)).encode()
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(body)))
        to = data.draw(st.integers(at, min(len(body), at + 200)))
        body = (
            body[:at]
            + data.draw(
                st.one_of(
                    st.binary(max_size=30),
                    st.just(body[at:to] * 2),
                    st.sampled_from([b"<![CDATA[", b"]]>", b"<!--", b"&", b"\xff", b"<x" * 50]),
                )
            )
            + body[to:]
        )
    kind = data.draw(st.sampled_from(KINDS))
    url = data.draw(st.sampled_from([AT, "https://t.me/s/secours07"]))
    try:
        found = read_listing(
            body, url=url, kind=kind, content_type=data.draw(st.sampled_from([None, "text/html", "text/xml; charset=klingon"]))
        )
    except FetchError as e:
        assert e.code.startswith(("SEL-F1", "SEL-F0")) and e.place == url
    else:
        assert all(i.url.startswith(("http://", "https://")) for i in found.items)
