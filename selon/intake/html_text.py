"""All readable text of markup, and whether a text is markup. May import: nothing of Selon.

For pages that no parser of trees can be trusted with, and for scraps of markup within other formats. Scripts, styles, menus and the like are left out;
block elements become lines, paragraphs are parted by a blank line. This is no article extraction: whatever the markup shows is kept, and what is not
the report is marked later, as in any text.

One pass with `str.find` and anchored patterns, so time is linear and nesting costs no stack. (`html.parser` of Python 3.11 and the tree builders
that were tried take quadratic time on unclosed comments, deep nesting or a tag with very many attributes.)
"""

from __future__ import annotations

import html
import re

_OPENING = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I)
_TAG_LIKE = re.compile(r"</?(?:p|div|br|a|span|h[1-6]|ul|li|article|section|table|strong|em|figure)\b[^<>]{0,500}>", re.I)
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
REST = re.compile(r"""[^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*+>""")
_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,}+;?")
_ENDS_NAME = frozenset(" \t\r\n\f/>")
_SPACES = re.compile(r"[ \t\r\n\f]+")

RAW = frozenset(["script", "style", "textarea", "title", "noscript", "xmp", "iframe", "noembed", "noframes"])
_SKIPPED = frozenset(
    ["template", "nav", "button", "select", "svg", "math", "canvas", "object", "audio", "video", "footer", "dialog", "menu"]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_WIDE = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "figure",
        "figcaption",
        "article",
        "section",
        "table",
        "ul",
        "ol",
        "pre",
        "header",
    ]
)


def looks_like_html(text: str) -> bool:
    """Whether `text` is markup rather than a report that happens to have a bracket: a document's opening, or tags throughout."""
    if _OPENING.match(text):
        return True
    head = text[:20_000]
    if head.count("<") < 4:
        return False
    tags = _TAG_LIKE.findall(head)
    return len(tags) >= 4 and len(tags) * 400 > len(head)


def visible_text(text: str) -> str:
    """The readable part of a page. Broken, hostile or deeply nested markup gives some text, never an error."""
    out = _Lines()
    skipping, depth = "", 0  # the element whose content is left out, and how many of its name are open
    at, n = 0, len(text)
    while at < n:
        lt = text.find("<", at)
        if lt < 0:
            lt = n
        if not skipping:
            out.words(text[at:lt])
        if lt == n:
            break
        if text.startswith("<!--", lt):
            end = text.find("-->", lt + 4)
            at = n if end < 0 else end + 3
            continue
        if text.startswith(("<!", "<?"), lt):
            end = text.find(">", lt)
            at = n if end < 0 else end + 1
            continue
        tag = TAG.match(text, lt)
        if tag is None:
            if not skipping:
                out.words("<")
            at = lt + 1
            continue
        closing, name = bool(tag[1]), tag[2].lower()
        rest = REST.match(text, tag.end())
        at = rest.end() if rest else n
        if skipping:
            if name == skipping:
                depth += -1 if closing else 1
                skipping = skipping if depth else ""
            continue
        if not closing and name in RAW:
            at = raw_end(text, name, at)
        elif not closing and name in _SKIPPED:
            skipping, depth = name, 1
        elif name == "br":
            out.flush(False)
        elif name in _BLOCKS:
            out.flush(name in _WIDE)
    out.flush(False)
    return out.text()


def raw_end(text: str, name: str, at: int) -> int:
    """Where the element of raw text (a script, a style…) ends whose opening tag ends at `at`."""
    n = len(name) + 2
    while (at := text.find("</", at)) >= 0:
        if text[at + 2 : at + n].lower() == name and text[at + n : at + n + 1] in _ENDS_NAME:
            end = text.find(">", at + n)
            return len(text) if end < 0 else end + 1
        at += 2
    return len(text)


class _Lines:
    """Collects words into lines and lines into text."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._gap = False

    def words(self, raw: str) -> None:
        if raw:
            self._line.append(raw)

    def flush(self, wide: bool) -> None:
        """Ends the line; `wide` parts it from the next by a blank line."""
        words = _words("".join(self._line))
        self._line.clear()
        if words:
            if self._lines:
                self._lines.append("\n\n" if self._gap else "\n")
            self._lines.append(words)
            self._gap = False
        self._gap = self._gap or wide

    def text(self) -> str:
        return "".join(self._lines)


def _words(raw: str) -> str:
    """Character references resolved and white space folded; a reference to a number of absurd length stands for nothing."""
    return _SPACES.sub(" ", html.unescape(_NUMBER.sub("\ufffd", raw))).strip()
