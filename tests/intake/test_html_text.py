import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.intake.html_text import looks_like_html, visible_text

PAGE = """<!doctype html><html lang="fr-FR"><head><title>Une  frappe
sur le port</title><meta property="article:published_time" content="2021-03-04T10:00:00+01:00">
<link rel="canonical" href="https://exemple.org/port"><style>p{color:red}</style></head>
<body><nav><p>Accueil</p><nav>Monde</nav></nav><h1>Une frappe sur le port</h1>
<p>Deux ouvriers ont &eacute;t&eacute; <b>bless&#233;s</b>,<br>dit la mairie.<p>Le port est ferm\u00e9.
<ul><li>quai nord<li>quai sud</ul><script>var a = "<p>pas ceci</p>";</script><!-- ni <p>cela</p> --></body></html>"""


def test_markup_gives_all_its_text() -> None:
    assert visible_text(PAGE) == (
        "Une frappe sur le port\n\nDeux ouvriers ont été blessés,\ndit la mairie.\n\nLe port est fermé.\n\nquai nord\nquai sud"
    )


@pytest.mark.parametrize(
    "text", [PAGE, "\n<html><p>a", "<div><p>Un</p><p>Deux</p></div>", '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html>']
)
def test_markup_is_recognised(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize(
    "text",
    ["Le taux est < 3 % et > 1 %.", "Il écrit <p> une fois dans un texte.", "<< Nous partons >>, dit-elle. << Vite ! >>", "a<b" * 50],
)
def test_a_report_with_brackets_is_no_markup(text: str) -> None:
    assert not looks_like_html(text)


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 200_000 + "x",
        "<!--" * 300_000,
        '<a href="' * 200_000,
        "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">x",
        "<script>" + "</script " * 200_000,
        "&#" + "9" * 200_000 + ";",
        "<table>" * 100_000,
        "<nav>" * 100_000,
        "<p a='" * 200_001,
        "<" * 300_000,
    ],
    ids=["nesting", "comments", "quotes", "attributes", "script", "number", "tables", "nav", "odd quotes", "brackets"],
)
def test_hostile_markup_takes_linear_time(bomb: str) -> None:
    started = time.perf_counter()
    visible_text(bomb)
    looks_like_html(bomb)
    # A quadratic pass over any of these takes minutes; a linear one well below a second.
    assert time.perf_counter() - started < 10


@given(st.text(alphabet="<>/!-\"'= apbdivscriptnav&#x9;\n"))
def test_any_markup_gives_some_text(markup: str) -> None:
    assert isinstance(visible_text(markup), str)
