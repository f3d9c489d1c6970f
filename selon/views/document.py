"""Lines of a view as one HTML file that opens offline: no script, nothing loaded, report text escaped. May import: `views`."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape

from selon.views.notes import Line

_STYLE = (
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.5rem}p{margin:.1rem 0;white-space:pre-wrap;overflow-wrap:anywhere}.head,.strong,.title{font-weight:600;margin-top:.8rem}"
    ".dim{opacity:.7}.warn{border-left:.25rem solid #b45309;padding-left:.5rem}.i1{margin-left:1.5rem}.i2{margin-left:3rem}.i3{margin-left:4.5rem}"
    "@media print{body{margin:0}}"
)
_DEEPEST = 3


def document(title: str, lines: Iterable[Line], lang: str) -> Iterator[str]:
    """Lines of HTML. A line that is a head becomes a heading, so that screen readers and outlines find it."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    yield f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">'
    yield f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)} · Selon</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>"
    for line in lines:
        if line.text:
            tag = "h2" if line.style in ("head", "title") else "p"
            yield f'<{tag} class="{line.style} i{min(line.indent, _DEEPEST)}">{escape(line.text)}</{tag}>'
    yield "</main>\n</body>\n</html>"
