"""What a page says of itself in JSON-LD (schema.org). May import: `page`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from selon.intake.page.markup import Node, attribute

LONGEST, MOST = 2_000_000, 2000
"""Code points of one script that are looked at, and objects that are taken from all."""
ARTICLES = frozenset([
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle",
    "reviewnewsarticle", "blogposting", "liveblogposting", "socialmediaposting", "advertisercontentarticle", "report",
])  # fmt: skip
_SPACE = re.compile(r"[\s\x00-\x1f]+")
_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$")
_TRAILING = re.compile(r",(\s*[}\]])")

Object = Mapping[str, Any]


def objects(root: Node) -> tuple[Object, ...]:
    """All objects in the page's JSON-LD, also those within others, the outer before the inner. What is no JSON is left out."""
    out: list[Object] = []
    for script in root.css("script"):
        if "ld+json" not in attribute(script, "type").lower():
            continue
        raw = script.text()
        if len(raw) <= LONGEST:
            out.extend(_flat(_load(raw)))
        if len(out) >= MOST:
            break
    return tuple(out[:MOST])


def _load(raw: str) -> Any:
    """Tolerates what publishers' programs leave in it: comments around, control characters within, a comma too many."""
    raw = _COMMENT.sub("", raw).rstrip().rstrip(";")
    for text in (raw, _TRAILING.sub(r"\1", raw)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _flat(data: Any) -> Iterator[Object]:
    pending: list[Any] = [data]
    count = 0
    while pending and count < MOST:
        value = pending.pop()
        if isinstance(value, dict):
            count += 1
            yield value
            pending.extend(v for k, v in reversed(value.items()) if isinstance(v, dict | list) and k != "liveBlogUpdate")
        elif isinstance(value, list):
            pending.extend(reversed(value[:MOST]))


def types(node: Object) -> frozenset[str]:
    """The types of an object in lower case, without their vocabulary."""
    raw = node.get("@type", node.get("type"))
    values = raw if isinstance(raw, list) else [raw]
    return frozenset(v.rpartition("/")[2].rpartition(":")[2].lower() for v in values if isinstance(v, str))


def articles(found: tuple[Object, ...]) -> tuple[Object, ...]:
    """Those objects that are articles."""
    return tuple(o for o in found if types(o) & ARTICLES)


def text_of(value: Any, key: str = "name") -> str | None:
    """A text, or the `key` of an object, of the first in a list; white space folded."""
    if isinstance(value, list):
        return next((t for v in value[:20] if (t := text_of(v, key))), None)
    if isinstance(value, dict):
        value = value.get(key) or value.get("@value")
    if isinstance(value, str):
        return _SPACE.sub(" ", value).strip() or None
    return None


def texts_of(value: Any, key: str = "name") -> tuple[str, ...]:
    """The same of each in a list."""
    values = value if isinstance(value, list) else [value]
    return tuple(t for v in values[:20] if (t := text_of(v, key)))
