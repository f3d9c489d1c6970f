"""Choosing the pieces of a page that are its article. May import: `page`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selon.intake.page import jsonld
from selon.intake.page.extraction import main_text
from selon.intake.page.markup import Node
from selon.intake.page.pieces import Piece, key_of, pieces_of
from selon.intake.page.publishers import Layout

AGREED = 0.8
"""Share of the library's text that has to be found again among the pieces of the tree; else its own cutting stands."""
LONG = 20
"""Letters from which a piece is found within a longer one of the library, which joins and parts paragraphs otherwise."""
MOST = 3000
"""Pieces of a page up to which the library is asked: its time grows with their square. The longest articles have some hundreds."""
NEAR = 10
"""Pieces that may stand between headline and text."""
SAID = 400
"""Letters of an article in JSON-LD from which it is taken where the page itself shows next to nothing of it."""


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def dropped(root: Node, layout: Layout) -> frozenset[int]:
    """The elements that the publisher's data leave out."""
    return frozenset(n.mem_id for selector in layout.drop for n in root.css(selector))


def chosen_pieces(
    root: Node,
    markup: str,
    shown: Sequence[Piece],
    found: Sequence[jsonld.Object],
    layout: Layout,
    left_out: frozenset[int],
    title: str | None,
    dated: bool,
) -> list[Piece]:
    """The headline, the article, captions and boxes that stand in it, in the order of the page; where the page is not `dated` by what it declares, also
    the line near its head that says the day."""
    taken = _by_data(root, layout, left_out)
    if not taken:
        taken = _by_library(shown, main_text(markup) if len(shown) <= MOST else (), dated)
    said = _in_json(found)
    size, shows = sum(len(p.key) for p in said), sum(len(p.key) for p in taken)
    if size > max(SAID, 2 * shows) or (len(said) > len(taken) and 0.9 * shows <= size):
        taken = said
    return _with_headline(shown, taken, title)


def _by_data(root: Node, layout: Layout, left_out: frozenset[int]) -> list[Piece]:
    if not layout.body:
        return []
    return [p for node in root.css(layout.body)[:50] for p in pieces_of(node, left_out) if not p.noisy]


def _by_library(shown: Sequence[Piece], library: Sequence[Piece], dated: bool) -> list[Piece]:
    keys = [p.key for p in library]
    whole, single = "".join(keys), frozenset(keys)
    if not whole:
        return _densest(shown)
    own = [p.key for p in shown]
    wanted = [k for k, key in enumerate(own) if key and ((len(key) >= LONG and key in whole) or key in single)]
    found = _once(wanted, own)
    wanted = _quiet(found, shown)
    if sum(len(own[k]) for k in found) < AGREED * len(whole):
        return list(library)
    first = next((k for k in wanted if len(own[k]) >= LONG), wanted[0])
    start = next((k for k in range(first, -1, -1) if shown[k].kind == "title"), first)
    inside = set(wanted)
    # The library leaves out captions and boxes, which belong to the report where they stand within it.
    inside.update(k for k in range(start, wanted[-1] + 1) if _belongs(shown[k]))
    if shown[start].kind == "title" and first - start <= NEAR:
        inside.update(k for k in range(start + 1, first) if _introduces(shown[k]))
    if not dated:
        inside.update(
            k for k in range(max(0, start - 3), first) if len(shown[k].text) < 120 and _YEAR.search(shown[k].text) and not shown[k].linked
        )
    return [shown[k] for k in sorted(inside)]


def _once(wanted: list[int], keys: list[str]) -> list[int]:
    """Short pieces far from the article (a word of a menu that is also a subhead) and repeated ones are left out."""
    out: list[int] = []
    seen: set[str] = set()
    for k in wanted:
        if len(keys[k]) >= LONG and keys[k] in seen:
            continue
        seen.add(keys[k])
        out.append(k)
    solid = [k for k in out if len(keys[k]) >= LONG]
    if not solid:
        return out
    return [k for k in out if solid[0] - 6 <= k <= solid[-1] + 6]


def _quiet(wanted: list[int], shown: Sequence[Piece]) -> list[int]:
    """Without what the page itself calls teasers, shares and the like, unless that is most of it: then it is only a name."""
    quiet = [k for k in wanted if not shown[k].noisy]
    if sum(len(shown[k].text) for k in quiet) * 3 < sum(len(shown[k].text) for k in wanted) and not any(
        len(shown[k].text) >= 100 for k in quiet
    ):
        return wanted
    return quiet


def _introduces(p: Piece) -> bool:
    """Some words between headline and text that are no link: what stands under a headline sums the report up, and the library often leaves it out."""
    return not p.noisy and p.linked * 3 < len(p.text) and len(p.text) >= 50 and len(p.text.split()) >= 8


def _belongs(p: Piece) -> bool:
    if p.noisy or p.linked * 2 > len(p.text):
        return False
    return p.kind == "caption" or (p.aside and (p.kind == "heading" or len(p.text) >= 40))


def _densest(shown: Sequence[Piece]) -> list[Piece]:
    """Where the library finds nothing: the paragraphs that are no links, from the first to the last long one."""
    solid = [k for k, p in enumerate(shown) if not p.noisy and len(p.text) >= 80 and p.linked * 3 < len(p.text)]
    if not solid:
        return []
    return [p for p in shown[solid[0] : solid[-1] + 1] if not p.noisy and p.linked * 2 <= len(p.text)]


def _in_json(found: Sequence[jsonld.Object]) -> list[Piece]:
    """The article's text in JSON-LD: pages that are built by scripts have it nowhere else."""
    best = ""
    for o in jsonld.articles(tuple(found)):
        body = o.get("articleBody")
        if isinstance(body, str) and len(body) > len(best):
            best = body
    return [Piece("paragraph", line) for raw in best.split("\n") if (line := " ".join(raw.split()))]


def _with_headline(shown: Sequence[Piece], taken: list[Piece], title: str | None) -> list[Piece]:
    """The headline first, as the page shows it; where it shows none, as it declares it."""
    key = key_of(title or "")
    heads = [p for p in shown if p.kind == "title" and not p.noisy]
    head = next((p for p in heads if key and (p.key in key or key in p.key)), heads[0] if heads else None)
    if head is None and title:
        same = next((p for p in taken[:2] if p.key == key), None)
        head = Piece("title", same.text if same else title)
    if head is None or not taken:
        return taken
    rest = [p for p in taken if p.key != head.key]
    return [Piece("title", head.text), *(p if p.kind != "title" else Piece("heading", p.text) for p in rest)]
