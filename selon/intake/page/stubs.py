"""Pages that are no report: an error, a wall of consent, the beginning of a paid text, a list of links. May import: `page`, `phrases`, `fold`, `lang`, `errors`.

Phrases are data of the language packs (table `pages`); those of all languages are tried, because such pages are often not in the language of the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from selon.errors import PackError
from selon.intake.fold import words as folded_words
from selon.intake.page import jsonld
from selon.intake.page.markup import Node, attribute
from selon.intake.page.pieces import Piece
from selon.intake.page.publishers import Layout
from selon.intake.phrases import PhraseSet
from selon.lang import available, load_pack

StubKind = Literal["error", "consent", "paid", "list", "empty"]

SHORT, TEASER, ERROR = 1000, 2500, 1500
"""Code points below which a text is too short to be the whole of a paid article, that of one whose fence is seen, or an article at all on a page titled as an error."""
WHOLE = 0.6
"""Share of the declared number of words from which a text counts as whole."""


@dataclass(frozen=True)
class _Words:
    error: PhraseSet
    consent: PhraseSet
    paid: PhraseSet


@cache
def _said() -> _Words:
    tables = []
    for lang in available():
        try:
            tables.append(load_pack(lang).table("pages"))
        except PackError as e:
            if e.code != "SEL-P003":
                raise
    return _Words(*(PhraseSet(p for t in tables for p in t.get(name, ())) for name in ("error", "consent", "paid")))


def _holds(set_: PhraseSet, text: str) -> bool:
    return set_.anywhere(folded_words(text[:600]))


def stub_kind(
    root: Node,
    found: Sequence[jsonld.Object],
    shown: Sequence[Piece],
    chosen: Sequence[Piece],
    titles: Iterable[str],
    status: int | None,
    layout: Layout,
) -> StubKind | None:
    """What the page is when it is no report; None for a report. `shown` is all text of the page, `chosen` what was taken for the article."""
    told = [p for p in chosen if p.kind not in ("title", "heading", "clock")]
    size = sum(len(p.text) for p in told)
    if (status or 0) >= 400 or (size < ERROR and any(len(t) < 90 and _holds(_said().error, t) for t in titles)):
        return "error"
    walls = sum(len(p.text) for p in told if _holds(_said().consent, p.text))
    if size and walls * 3 > size and size < TEASER:
        return "consent"
    if _is_paid(root, found, shown, told, size, layout):
        return "paid"
    if size < 30:
        bare = sum(len(p.text) for p in shown)
        seen = sum(len(p.text) for p in shown if _holds(_said().consent, p.text))
        errors = any(_holds(_said().error, p.text) for p in shown[:8])
        return "consent" if seen * 3 > bare else "error" if errors and bare < ERROR else "empty"
    return "list" if _is_list(root, found, shown, chosen) else None


def _is_paid(root: Node, found: Sequence[jsonld.Object], shown: Sequence[Piece], told: Sequence[Piece], size: int, layout: Layout) -> bool:
    if size >= TEASER * 2:
        return False
    locked = any(str(o.get("isAccessibleForFree", "")).lower() == "false" for o in found)
    locked = locked or any(
        attribute(n, "content").lower() == "locked"
        for n in root.css('meta[property="article:content_tier"], meta[name="article:content_tier"]')
    )
    fence = bool(layout.stub and root.css_first(layout.stub) is not None) or any(_is_fence(p) for p in _around(shown, told))
    promised = max((_number(o.get("wordCount")) for o in jsonld.articles(tuple(found))), default=0)
    if promised and locked:
        return sum(len(p.text.split()) for p in told) < WHOLE * promised
    return (locked and fence and size < TEASER) or (locked and size < SHORT) or (fence and size < SHORT)


def _around(shown: Sequence[Piece], told: Sequence[Piece]) -> Sequence[Piece]:
    """What stands in the article, just before it and just behind: farther away, such words are labels of teasers and menus."""
    if not told:
        return shown
    first = next((k for k, p in enumerate(shown) if p == told[0]), 0)
    last = next((k for k in range(len(shown) - 1, -1, -1) if shown[k] == told[-1]), len(shown) - 1)
    return shown[max(0, first - 4) : last + 7]


def _is_fence(p: Piece) -> bool:
    return 10 < len(p.text) < 400 and p.linked * 2 < len(p.text) and _holds(_said().paid, p.text)


def _number(value: object) -> int:
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _is_list(root: Node, found: Sequence[jsonld.Object], shown: Sequence[Piece], chosen: Sequence[Piece]) -> bool:
    """Links, each with a few words at most: a front page, a section, results of a search."""
    if jsonld.articles(tuple(found)) or any(attribute(n, "content") == "article" for n in root.css('meta[property="og:type"]')):
        return False
    heads = sum(_is_link(p) for p in chosen)
    prose = sum(len(p.text) >= 60 and p.linked * 3 < len(p.text) for p in chosen)
    links = sum(_is_link(p) for p in shown)
    return links >= 8 and (prose == 0 or (heads >= 5 and heads * 2 >= prose))


def _is_link(p: Piece) -> bool:
    return p.linked * 5 >= len(p.text) * 4
