"""A page to its article. May import: the rest of `page`, `decode`, `html_text`, `errors`, `model`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from selon.errors import InputError, Issue
from selon.intake.decode import LIMIT, Decoded, checked, decode
from selon.intake.html_text import visible_text
from selon.intake.page import facts, jsonld
from selon.intake.page.article import chosen_pieces, dropped
from selon.intake.page.markup import Node, tree_of
from selon.intake.page.moments import moment
from selon.intake.page.pieces import Piece, pieces_of
from selon.intake.page.posts import Posts, posts_of
from selon.intake.page.publishers import Publisher, publisher_of
from selon.intake.page.reading import Block, BlockKind, PageKind, PageReading
from selon.intake.page.stubs import stub_kind
from selon.model import Declared

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([a-zA-Z0-9_:.-]{2,40})|<\?xml[^>]{0,100}?encoding\s{0,3}=\s{0,3}["']([a-zA-Z0-9_:.-]{2,40})""",
    re.I,
)
_IN_TYPE = re.compile(r"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.I)
_BLOCK: dict[str, BlockKind] = {
    "title": "headline", "heading": "subhead", "paragraph": "paragraph", "caption": "caption", "item": "list_item", "quote": "quote", "row": "row", "clock": "clock",
}  # fmt: skip


def read_page(
    raw: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    status: int | None = None,
    retrieved: str | None = None,
    place: str = "",
    limit: int = LIMIT,
) -> PageReading:
    """The article of an HTML page, or why there is none. Pure: nothing is fetched, the same input gives the same reading.

    `url` is where the page was found (canonical addresses and the publisher's data are sought with it), `content_type` and `status` what its server
    said, `retrieved` the ISO time at which, `place` how issues name it. Raises InputError: SEL-I001 nothing in it, SEL-I002 more than `limit`
    bytes, SEL-I003 no text at all.
    """
    decoded = decode(raw, place=place, limit=limit, declared=charset(raw, content_type))
    return page_of_markup(decoded, url=url, status=status, retrieved=retrieved, place=place)


def charset(raw: bytes, content_type: str | None) -> str | None:
    """The encoding that the server, else the page, declares."""
    found = _IN_TYPE.search(content_type or "")
    if found:
        return found[1]
    meta = _CHARSET.search(raw[:4096])
    return (meta[1] or meta[2]).decode("ascii") if meta else None


def page_of_markup(
    decoded: Decoded,
    *,
    url: str | None = None,
    status: int | None = None,
    retrieved: str | None = None,
    place: str = "",
    root: Node | None = None,
) -> PageReading:
    """The same for markup that is text already, and perhaps a tree (`root`)."""
    root = root if root is not None else tree_of(decoded.text)
    if root is None:
        why = Issue("SEL-I025", place, "its markup is too large or nested too deep to be trusted: all text it shows was taken")
        text = visible_text(decoded.text)
        if not text.strip():
            return _refused("empty", (), decoded, place)
        checked(text, place=place)
        return PageReading("article", text, (), (), decoded.encoding, (*decoded.issues, why))
    publisher = publisher_of(url)
    objects = jsonld.objects(root)
    declared = facts.declared(root, objects, url, publisher)
    if publisher.zone is None and not url:
        publisher = publisher_of(next((d.value for d in declared if d.field == "url"), None))
    return _of_tree(root, objects, declared, publisher, decoded, url, status, retrieved, place)


def _of_tree(
    root: Node, objects: tuple[jsonld.Object, ...], declared: tuple[Declared, ...], publisher: Publisher, decoded: Decoded, url: str | None,
    status: int | None, retrieved: str | None, place: str,
) -> PageReading:  # fmt: skip
    said = {f: next((d.value for d in declared if d.field == f), None) for f in ("title", "published")}
    layout = publisher.layout(retrieved or said["published"])
    left_out = dropped(root, layout)
    shown = pieces_of(root, left_out)
    posts = posts_of(root, objects, layout, publisher.zone, (said["published"] or "")[:10] or None, left_out)
    article = chosen_pieces(root, decoded.text, shown, objects, layout, left_out, said["title"], said["published"] is not None)
    groups = _live_groups(root, posts, article, left_out) if posts.entries else [(None, article)]
    everything = [p for _, pieces in groups for p in pieces]
    titles = [p.text for p in shown if p.kind == "title"][:2] + [d.value for d in declared if d.field == "title"]
    stub = stub_kind(root, objects, shown, everything, titles, status, layout)
    if stub is not None:
        return _refused(stub, declared, decoded, place)
    if not any(d.field == "author" for d in declared):
        declared += facts.byline(shown)
    if said["published"] is None:
        declared += facts.live_start([stamp for stamp, _ in groups if stamp])
    text, blocks = compose(groups)
    checked(text, place=place)
    reading = PageReading("live" if posts.entries else "article", text, blocks, declared, decoded.encoding, decoded.issues)
    note = Issue("SEL-I014", place, _summary(reading))
    return replace(reading, issues=(*decoded.issues, note))


def _live_groups(root: Node, posts: Posts, article: list[Piece], left_out: frozenset[int]) -> list[tuple[str | None, list[Piece]]]:
    """Headline and introduction, then the entries as they stand. What the article holds besides is told in the entries."""
    inside = {p.key for e in posts.entries for p in e.pieces}
    whole = "".join(p.key for e in posts.entries for p in e.pieces)
    before: list[Piece] = []
    for p in article:
        if p.kind != "title" and (p.key in inside or (len(p.key) >= 20 and p.key in whole)):
            break
        before.append(p)
    groups: list[tuple[str | None, list[Piece]]] = [(None, before)]
    groups += [(e.stamp, [replace(p, kind="heading") if p.kind == "title" else p for p in e.pieces]) for e in posts.entries]
    return groups


def compose(groups: Iterable[tuple[str | None, Sequence[Piece]]]) -> tuple[str, tuple[Block, ...]]:
    """One text of pieces, and where each lies in it: items and rows on lines of their own, everything else parted by a blank line."""
    parts: list[str] = []
    blocks: list[Block] = []
    at, before = 0, None
    for stamp, pieces in groups:
        for p in pieces:
            gap = "" if before is None else "\n" if p.kind == before and p.kind in ("item", "row") else "\n\n"
            at += len(gap)
            kind: BlockKind = "box" if p.aside and p.kind == "paragraph" else _BLOCK[p.kind]
            blocks.append(Block(kind, at, at + len(p.text), stamp))
            parts += [gap, p.text]
            at += len(p.text)
            before = p.kind
    return "".join(parts), tuple(blocks)


def _summary(reading: PageReading) -> str:
    """What was taken from the page, in words."""
    entries = len({b.stamp for b in reading.blocks if b.stamp})
    what = f"a live text of {entries} stamped entries" if reading.kind == "live" else "an article"
    found = [f"{f} by {_place_of(reading, f)}" for f in ("published", "modified") if reading.says(f)]
    return f"read as HTML: {what}, menus and scripts left out" + (f"; {', '.join(found)}" if found else "")


def _place_of(reading: PageReading, field: str) -> str:
    one = next(d for d in reading.declared if d.field == field)
    return f"{one.basis} ({one.value})"


def _refused(kind: PageKind, declared: tuple[Declared, ...], decoded: Decoded, place: str) -> PageReading:
    title = next((d.value for d in declared if d.field == "title"), "")[:80]
    return PageReading(kind, "", (), declared, decoded.encoding, (*decoded.issues, _why(kind, place, title)))


def _why(kind: PageKind, place: str, title: str) -> Issue:
    match kind:
        case "error":
            return Issue("SEL-I020", place, "an error page, not a report", title, "fetch it again later, or look for its new address")
        case "consent":
            return Issue(
                "SEL-I021", place, "a page that asks for consent, not a report", title, "save the page after its notice was answered"
            )
        case "paid":
            return Issue("SEL-I022", place, "only the beginning of a paid text", title, "read it from an access that shows the whole")
        case "list":
            return Issue("SEL-I023", place, "a list of links, not a report", title, "name the pages it leads to")
        case _:
            return Issue("SEL-I024", place, "no article is found on the page", title, "save it as the browser shows it, or as text")


def refusal(reading: PageReading, place: str) -> InputError:
    """The error for a page that is no report."""
    last = reading.issues[-1]
    return InputError(last.code, last.problem, place=place, excerpt=last.excerpt, remedy=last.remedy)


def day_of(reading: PageReading) -> str | None:
    """The ISO day of publication as the page's own clock has it."""
    when = moment(reading.published)
    return when[:10] if when else None
