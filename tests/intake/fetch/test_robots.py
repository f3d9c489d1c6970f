"""What sites allow to robots."""

from __future__ import annotations

import pytest

from selon.errors import FetchError
from selon.intake.fetch import Fetcher
from tests.intake.fetch.server import Site, serving

RULES = """User-agent: *
Disallow: /all/
Sitemap: http://a.example/news.xml

User-agent: Selon
Disallow: /ours/
Allow: /ours/open
"""


def test_rules_for_us_and_for_all(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/robots.txt": RULES, "/ours/x": "x", "/ours/open": "x", "/all/x": "x"}
    with pytest.raises(FetchError, match=r"SEL-F011.*robots\.txt"):
        fetcher.get(site.url + "/ours/x")
    assert fetcher.get(site.url + "/ours/open").ok and fetcher.get(site.url + "/all/x").ok
    assert "/ours/x" not in site.paths() and site.paths().count("/robots.txt") == 1
    assert fetcher.robots is not None and fetcher.robots.sitemaps(site.url) == ["http://a.example/news.xml"]


def test_a_redirect_into_what_is_forbidden(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/robots.txt": RULES, "/a": lambda r: r.give(status=302, Location="/ours/x"), "/ours/x": "x"}
    with pytest.raises(FetchError, match="SEL-F011"):
        fetcher.get(site.url + "/a")
    assert "/ours/x" not in site.paths()


def test_a_redirect_to_another_host_asks_there(site: Site, fetcher: Fetcher) -> None:
    with serving() as other:
        other.answers |= {"/robots.txt": RULES, "/ours/x": "x", "/ours/open": "there"}
        site.answers |= {
            "/a": lambda r: r.give(status=302, Location=other.url + "/ours/x"),
            "/b": lambda r: r.give(status=302, Location=other.url + "/ours/open"),
        }
        with pytest.raises(FetchError, match="SEL-F011"):
            fetcher.get(site.url + "/a")
        assert fetcher.get(site.url + "/b").body == b"there"


def test_no_rules_means_all_is_allowed(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = "x"
    assert fetcher.get(site.url + "/a").ok  # robots.txt gives 404


@pytest.mark.parametrize("status", [500, 503, 429])
def test_rules_that_cannot_be_had_close_the_site_for_now(site: Site, fetcher: Fetcher, status: int) -> None:
    site.answers |= {"/robots.txt": lambda r: r.give("", status), "/a": "x"}
    with pytest.raises(FetchError, match="SEL-F016"):
        fetcher.get(site.url + "/a")
    assert "/a" not in site.paths()


def test_rules_that_are_nonsense(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/robots.txt": lambda r: r.give(b"\xff\xfe\0<html>" * 1000, Content_Type="image/png"), "/a": "x"}
    assert fetcher.get(site.url + "/a").ok


def test_rules_in_a_circle_are_no_rules(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/robots.txt": lambda r: r.give(status=302, Location="/robots.txt"), "/a": "x"}
    assert fetcher.get(site.url + "/a").ok


def test_rules_without_end(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/robots.txt": lambda r: r.give(b"User-agent: *\nAllow: /\n" * 100_000), "/a": "x"}
    with pytest.raises(FetchError, match="SEL-F016"):
        fetcher.get(site.url + "/a")
