"""Markup to a tree. The one doorway to selectolax. May import: `html_text`.

The tree builder takes quadratic time on deep nesting and on tags with very many attributes; what has either is not given to it.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from selon.intake.html_text import RAW, REST, TAG, raw_end

Node = LexborNode
DEEPEST, MOST_ATTRIBUTES, MOST_TAGS, LONGEST = 400, 1000, 60_000, 8_000_000
"""Open elements, attributes of one tag, tags and code points up to which markup is parsed. News pages have 30, 30, 5,000 and 300,000."""

_EMPTY = frozenset([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
])  # fmt: skip
_LEFT_OPEN = frozenset([
    "p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot", "body", "html", "colgroup", "rp", "rt",
])  # fmt: skip
_SPACE = re.compile(r"\s")


def tree_of(markup: str) -> Node | None:
    """The root of the document, or None when the markup is such that parsing it could take minutes."""
    if not is_tame(markup):
        return None
    return LexborHTMLParser(markup).root


def is_tame(markup: str) -> bool:
    """Whether size, nesting and attributes are those of a page that people read. Linear in the length of the markup."""
    if len(markup) > LONGEST or markup.count("<") > 2 * MOST_TAGS:
        return False
    at, n, depth, tags = 0, len(markup), 0, 0
    while (at := markup.find("<", at)) >= 0:
        if markup.startswith("<!--", at):
            end = markup.find("-->", at + 4)
            at = n if end < 0 else end + 3
            continue
        tag = TAG.match(markup, at)
        if tag is None:
            at += 1
            continue
        name = tag[2].lower()
        rest = REST.match(markup, tag.end())
        at = rest.end() if rest else n
        tags += 1
        if at - tag.end() > MOST_ATTRIBUTES and _attributes(markup[tag.end() : at]) > MOST_ATTRIBUTES:
            return False
        if tag[1]:
            depth -= depth > 0 and name not in _EMPTY and name not in _LEFT_OPEN
        elif name in RAW:
            at = raw_end(markup, name, at)
        elif name not in _EMPTY and name not in _LEFT_OPEN:
            depth += 1
        if depth > DEEPEST or tags > MOST_TAGS:
            return False
    return True


def _attributes(tag: str) -> int:
    """About how many attributes a tag has: the text within quotes is left out."""
    return len(_SPACE.findall(re.sub(r"\"[^\"]*+\"|'[^']*+'", "", tag)))


def attribute(node: Node, name: str) -> str:
    """The value of an attribute, empty when it has none."""
    return node.attributes.get(name) or ""


def words(node: Node | None) -> str:
    """The text of an element on one line."""
    return "" if node is None else " ".join(node.text(separator=" ").split())
