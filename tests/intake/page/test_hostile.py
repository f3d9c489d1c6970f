"""Markup that is made to cost time or memory, and any bytes at all: a reading or an error in words, within seconds."""

from __future__ import annotations

import contextlib
import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selon.errors import InputError
from selon.intake import read_page
from selon.intake.page.jsonld import objects
from selon.intake.page.markup import is_tame, tree_of
from selon.intake.page.moments import in_address, moment

PROSE = "<p>Deux ponts ont été emportés par la crue dans la nuit de mardi à mercredi, selon le préfet.</p>"


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 100_000 + "x",
        "<div>" * 390 + "x",
        "<p><b>" * 60_000,
        "<ul><li>" * 60_000,
        "".join(f"<font size={i}>" for i in range(50_000)),
        "<!--" * 200_000,
        '<a href="' * 200_000,
        "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">x",
        "<p " + " ".join(f'a{i}=">"' for i in range(100_000)) + ">x",
        "<table>" * 60_000,
        "<table><tr><td>" * 120 + "x",
        "<select><option>" * 60_000,
        "<svg>" * 60_000,
        "<script>" + "</script " * 200_000,
        "<p>" + "&amp;" * 500_000,
        PROSE * 20_000,
        "<article>" + "<p>a<br><br></p>" * 40_000,
        "<time datetime=2020-01-01T00:00>" * 30_000,
        "".join(f"<div><time datetime='2020-01-01T00:00'>00:00</time>{PROSE}</div>" for _ in range(8_000)),
        "<blockquote>" * 390 + PROSE,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + PROSE,
        '<script type="application/ld+json">' + '{"a":' * 50_000 + "</script>" + PROSE,
        '<script type="application/ld+json">' + '{"@type":"NewsArticle","x":1},' * 20_000 + "</script>" + PROSE,
        "<a>" * 60_000 + "x",
        "<td>" * 100_000,
        "<p>" + "a" * 4_000_000,
    ],
    ids=lambda b: f"{b[:18]}…{len(b)}",
)
def test_bombs_cost_seconds(bomb: str) -> None:
    began = time.process_time()
    with contextlib.suppress(InputError):
        read_page(f"<html><head><title>Crue</title></head><body>{bomb}".encode())
    assert time.process_time() - began < 20


def test_a_page_of_200_megabytes_is_refused_before_it_is_decoded() -> None:
    raw = b"<html>" + b"x" * 200_000_000
    tracemalloc.start()
    with pytest.raises(InputError, match="SEL-I002"):
        read_page(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_a_large_page_that_cannot_be_a_report_s_is_read_by_its_visible_text() -> None:
    page = read_page(f"<html><body><h1>Crue</h1>{PROSE}{'<div>' * 500}</body></html>".encode())
    assert [i.code for i in page.issues] == ["SEL-I025"] and "Deux ponts" in page.text


def test_ordinary_pages_are_tame() -> None:
    assert is_tame(f"<html><body>{'<p>a' * 5000}{'<ul><li>x</ul>' * 5000}{'<br>' * 9000}</body></html>")
    assert is_tame('<img src="data:image/png;base64,' + "A" * 500_000 + '">')
    assert is_tame("<script>" + "<div>" * 5000 + "</script>")


MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>", "<div class='caption'>", "</div>", "<h1>", "</h1>", "<table>", "<tr>", "<td>", "</table>", "<article>", "</article>", "<time datetime='2020-01-02T03:04Z'>",
            "<time datetime=x>", "</time>", "<br>", "<br><br>", "<a href=x>", "</a>", "<script type='application/ld+json'>", '{"@type":"NewsArticle","headline":["a"],"author":{"name":3}}',
            '{"@type":["LiveBlogPosting"],"liveBlogUpdate":[{"articleBody":"<p>x"},3,null]}', "</script>", "<meta property='og:title' content='x'>", "<link rel=canonical href='http://['>",
            "<figure>", "<figcaption>", "</figure>", "<!--", "-->", "<blockquote>", "<li>", "text ", "Un pont a été détruit mardi, selon le maire de la ville. " * 3, "12h05", "\x00", "é", "&#0;", "<aside>",
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MARKUP)
def test_any_markup(markup: str) -> None:
    try:
        page = read_page(f"<html><body>{markup}".encode("utf-8", "replace"), url="https://a.example/2020/01/02/x")
    except InputError:
        return
    ends = [0]
    for b in page.blocks:
        assert ends[-1] <= b.start < b.end <= len(page.text)
        ends.append(b.end)
    assert page.is_report or page.issues


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.none() | st.text(max_size=30))
def test_any_bytes(raw: bytes, said: str | None) -> None:
    with contextlib.suppress(InputError):
        read_page(raw, content_type=said, url=said)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=70))
def test_any_text_as_time_and_address(text: str) -> None:
    found = moment(text)
    assert found is None or found[:4].isdecimal()
    in_address(text)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("2024-05-03T08:12:00+02:00", "2024-05-03T08:12:00+02:00"),
        ("2024-05-03T08:12:00.123Z", "2024-05-03T08:12:00+00:00"),
        ("20240503T081200+0200", "2024-05-03T08:12:00+02:00"),
        ("2024-05-03 08:12", "2024-05-03T08:12:00"),
        ("2024-05-03", "2024-05-03"),
        ("Fri, 03 May 2024 08:12:00 +0200", "2024-05-03T08:12:00+02:00"),
        ("1970-01-01T00:00:00Z", None),
        ("2024-13-45", None),
        ("03/05/2024", None),
        ("hier", None),
        ("", None),
    ],
)
def test_times(raw: str, wanted: str | None) -> None:
    assert moment(raw) == wanted


def test_json_that_publishers_break() -> None:
    root = tree_of(
        '<script type="application/ld+json"><!-- {"@type": "http://schema.org/NewsArticle", "headline": "Un\ttitre", "a": [1,],} --></script>'
        '<script type="application/ld+json">{oops</script><script type="application/ld+json">{"@type":"WebPage"}</script>'
    )
    assert root is not None
    assert [sorted(o) for o in objects(root)] == [["@type", "a", "headline"], ["@type"]]
