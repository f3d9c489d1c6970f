"""What a page declares of itself: title, outlet, authors, language, times, address, each with where it says so. May import: `page`, `model`.

The order of places is that of trust: JSON-LD is written for machines and names its fields, meta elements are often copied from templates, elements
of the body may belong to another article, a day in the address is only a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from selon.intake.page import jsonld
from selon.intake.page.markup import Node, attribute, words
from selon.intake.page.moments import in_address, in_zone, moment
from selon.intake.page.pieces import Piece
from selon.intake.page.publishers import Publisher, host_of
from selon.model import Declared, DeclaredBasis, DeclaredField

_META: dict[DeclaredField, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "parsely-title"),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "citation_journal_title"),
    "author": ("author", "article:author", "og:article:author", "dc.creator", "parsely-author", "sailthru.author", "byl"),
    "language": ("og:locale", "content-language", "dc.language", "language"),
    "published": (
        "article:published_time", "og:article:published_time", "article:published", "datepublished", "date", "dc.date", "dc.date.issued",
        "dcterms.created", "dcterms.date", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
        "article.published", "publication_date", "date.publication",
    ),
    "modified": (
        "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "lastmod",
        "article:modified", "revised",
    ),
    "url": ("og:url", "twitter:url"),
}  # fmt: skip
_FIELD_OF = {name: field for field, names in _META.items() for name in names}
_BYLINE = re.compile(r"^\W*(?:par|by|de notre correspondante?|от|автор:?)\s+", re.I)
_NAMES = re.compile(r"[^\W\d_][\w’'.-]*(?:\s+[^\W\d_][\w’'.-]*){0,4}")
_NOT_A_NAME = re.compile(r"https?:|www\.|@|facebook\.com", re.I)
_CREDITS = re.compile(r"\s+(?:avec|with)\s+.{1,60}$|\s*\((?:avec|with)\b.{0,60}\)?$", re.I)
_PARTS = re.compile(r"\s+(?:et|and|&)\s+|\s*[,;]\s*")
_TITLE_PARTS = re.compile(r"\s+[|–—\-·»]\s+")


def declared(root: Node, found: Sequence[jsonld.Object], url: str | None, publisher: Publisher) -> tuple[Declared, ...]:
    """All that the page says, fields in a fixed order, the most telling place first, nothing twice."""
    order: dict[DeclaredField, list[Declared]] = {f: [] for f in ("title", "outlet", "author", "language", "published", "modified", "url")}
    for one in (*_said_by_data(publisher), *_in_json(found), *_in_meta(root), *_in_elements(root), *_in_url(url)):
        value = _cleaned(one, url, publisher)
        if value and all(d.value != value for d in order[one.field]):
            order[one.field].append(Declared(one.field, value, one.basis))
    order["url"] = _same_site(order["url"], url)
    order["author"] = _one_place(order["author"])
    return tuple(d for field in order for d in order[field][:8])


def byline(shown: Sequence[Piece]) -> tuple[Declared, ...]:
    """Authors in the words of the page, for pages that declare none: a short line that begins with « by » near the headline."""
    at = next((k for k, p in enumerate(shown) if p.kind == "title"), -1)
    for p in shown[at + 1 : at + 8] if at >= 0 else ():
        m = _BYLINE.match(p.text)
        if m and len(p.text) < 100:
            names = _NAMES.match(p.text, m.end())
            if names and names[0][0].isupper():
                return tuple(_one_place([Declared("author", name, "element") for name in [_name(names[0])] if name]))
    return ()


def live_start(stamps: Sequence[str]) -> tuple[Declared, ...]:
    """When a live text began, by its earliest entry: for pages that declare no time of publication."""
    dated = sorted(s for s in stamps if len(s) > 10)
    return (Declared("published", f"{dated[0]}:00", "element"),) if dated else ()


def _said_by_data(publisher: Publisher) -> Iterator[Declared]:
    if publisher.outlet:
        yield Declared("outlet", publisher.outlet, "publisher")


def _in_json(found: Sequence[jsonld.Object]) -> Iterator[Declared]:
    articles = jsonld.articles(tuple(found))
    # Teasers of other articles are articles too; the page's own comes first and is the longest described.
    for o in sorted(articles[:20], key=lambda o: -len(o))[:1] if articles else ():
        yield from _of_article(o)
    for o in found:
        kinds = jsonld.types(o)
        if kinds & {"newsmediaorganization", "website"} and (name := jsonld.text_of(o.get("name"))):
            yield Declared("outlet", name, "json_ld")
        if "webpage" in kinds:
            for field, key in (("published", "datePublished"), ("modified", "dateModified")):
                if value := jsonld.text_of(o.get(key)):
                    yield Declared(field, value, "json_ld")  # type: ignore[arg-type]


def _of_article(o: jsonld.Object) -> Iterator[Declared]:
    pairs: tuple[tuple[DeclaredField, tuple[str, ...]], ...] = (
        ("title", jsonld.texts_of(o.get("headline") or o.get("name"))[:1]),
        ("outlet", jsonld.texts_of(o.get("publisher"))[:1]),
        ("author", jsonld.texts_of(o.get("author") or o.get("creator"))),
        ("language", jsonld.texts_of(o.get("inLanguage"), "alternateName")[:1]),
        ("published", jsonld.texts_of(o.get("datePublished") or o.get("dateCreated"))[:1]),
        ("modified", jsonld.texts_of(o.get("dateModified"))[:1]),
        ("url", jsonld.texts_of(o.get("mainEntityOfPage") or o.get("url"), "@id")[:1]),
    )
    for field, values in pairs:
        for value in values:
            yield Declared(field, value, "json_ld")


def _in_meta(root: Node) -> Iterator[Declared]:
    for node in root.css("meta"):
        a = node.attributes
        name = (a.get("property") or a.get("name") or a.get("itemprop") or a.get("http-equiv") or "").lower()
        field, value = _FIELD_OF.get(name), a.get("content") or a.get("datetime")
        if field and value:
            yield Declared(field, value[:1000], "meta")


def _in_elements(root: Node) -> Iterator[Declared]:
    for node in root.css("link[rel]"):
        if attribute(node, "rel").lower() == "canonical" and attribute(node, "href"):
            yield Declared("url", attribute(node, "href"), "meta")
    html = root.css_first("html")
    if html is not None and attribute(html, "lang"):
        yield Declared("language", attribute(html, "lang"), "element")
    head = root.css_first("h1")
    if title := words(head)[:300]:
        yield Declared("title", title, "element")
    if title := words(root.css_first("title"))[:300]:
        yield Declared("title", max(_TITLE_PARTS.split(title), key=len), "element")  # the name of the site stands before or behind
    yield from _times(root)
    for node in root.css('[rel="author"], [itemprop="author"], .byline__name, .author-name')[:5]:
        if name := words(node)[:100]:
            yield Declared("author", name, "element")


def _times(root: Node) -> Iterator[Declared]:
    """Times of the body that say what they are; else the first one that stands near the head of an article, when there are few: many belong to
    teasers or live entries."""
    nodes = root.css("time[datetime]")[:200]
    for node in nodes:
        names = f"{attribute(node, 'itemprop')} {attribute(node, 'class')}".lower()
        field: DeclaredField = "modified" if re.search(r"modif|updat|maj", names) else "published"
        if "pubdate" in node.attributes or re.search(r"datepublished|datemodified|publi|modif|updat", names):
            yield Declared(field, attribute(node, "datetime"), "element")
    near = root.css("article header time[datetime], main header time[datetime]") or (nodes if len(nodes) <= 2 else [])
    for node in near[:1]:
        yield Declared("published", attribute(node, "datetime"), "element")


def _in_url(url: str | None) -> Iterator[Declared]:
    if url:
        yield Declared("url", url, "url")
        if day := in_address(url):
            yield Declared("published", day, "url")
        if host := host_of(url):
            yield Declared("outlet", host, "url")


def _cleaned(one: Declared, url: str | None, publisher: Publisher) -> str | None:
    value = " ".join(one.value.split())
    match one.field:
        case "published" | "modified":
            when = moment(value)
            return in_zone(when, publisher.zone) if when else None
        case "language":
            code = re.split(r"[-_;,]", value.lower())[0].strip()
            return code if re.fullmatch(r"[a-z]{2,3}", code) else None
        case "url":
            return _address(value, url)
        case "author":
            return _name(value)
        case _:
            return value[:500] or None


def _address(value: str, base: str | None) -> str | None:
    try:
        whole = urljoin(base or "", value)
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in ("http", "https") and parts.hostname and len(whole) <= 2000 else None


def _same_site(found: list[Declared], url: str | None) -> list[Declared]:
    """A canonical address that leads to the front page, while the page itself lies deeper, is a mistake of the site."""
    deep = max((len(urlsplit(d.value).path.strip("/")) for d in found), default=0)
    return [d for d in found if d.value == url or not deep or urlsplit(d.value).path.strip("/") or urlsplit(d.value).query]


def _name(value: str) -> str | None:
    """Names as written, without « by » and whom they wrote with; addresses are no names."""
    value = _CREDITS.sub("", _BYLINE.sub("", value, count=1)).strip(" ,;|-–")
    return value if 1 < len(value) <= 120 and not _NOT_A_NAME.search(value) else None


def _one_place(found: list[Declared]) -> list[Declared]:
    """Several authors come from one place: another place names the same ones in other words."""
    if not found:
        return []
    basis: DeclaredBasis = found[0].basis
    names = [n for d in found if d.basis == basis for n in _PARTS.split(d.value) if len(n) > 1]
    return [Declared("author", n, basis) for n in dict.fromkeys(names)]
