"""From bytes to text: which encoding, what was wrong with it, and what cannot be read at all. May import: `errors`.

The text is what decoding gave, nothing mended and nothing removed (a byte order mark is part of the encoding, not of the text). What looks wrong is
said in issues. Only what cannot live in a text is put right, one code point for one: bytes that mean nothing and lone surrogates become U+FFFD.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from dataclasses import dataclass

from selon.errors import InputError, Issue

LIMIT = 50_000_000
"""Bytes above which an input is refused: no report is that long, and a parse of it would take hours."""
PROBE = 8192
"""Bytes or code points at the start from which the kind of an input is judged."""
REPLACEMENT = "\ufffd"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "PDF", "give it by itself, not within another format"),
    (b"PK\x03\x04", "ZIP or Office", "give it by itself, not within another format"),
    (b"\x1f\x8b", "gzip", "unpack it first, for instance with gunzip"),
    (b"\x28\xb5\x2f\xfd", "zstd", "unpack it first, for instance with unzstd"),
    (b"\xd0\xcf\x11\xe0", "old Office", "save the document as plain text"),
    (b"{\\rtf", "RTF", "save the document as plain text"),
    (b"\x89PNG", "PNG", "recognise the text of the picture first"),
    (b"\xff\xd8\xff", "JPEG", "recognise the text of the picture first"),
    (b"GIF8", "GIF", "recognise the text of the picture first"),
    (b"SQLite format 3", "SQLite", "a ledger is opened with --ledger, not read"),
    (b"\x7fELF", "program", ""),
)
_NO_ENCODING = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
"""Python's codecs that decode bytes, and are no encodings of pages."""
_MARKUP = re.compile(rb"<(?:script|style)\b[^>]{0,500}>[^<]{0,100000}|<[^<>]{0,2000}>", re.I)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WORDLIKE = re.compile(r"\S")
# UTF-8 read as cp1252 or Latin-1 (É → Ã‰, ’ → â€™) and as cp1251 (при → РїСЂРё): the second letter of each pair stands for a byte 80 to BF.
_LATIN_TAIL = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(
    rf"Ã[{_LATIN_TAIL}]|Å[“”’¸¾]|Â[\xa0«»°·§]|â€[{_LATIN_TAIL}]|(?:[РС][\xa0-\xbfЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЁЄЇІіґёєјЅѕї‚„…†‡€‰‹‘’“”•–—™›№]){{3}}"
)
_MOJIBAKE_SIGNS = ("Ã", "Å", "Â", "â€", "РЎ", "Рџ", "Рґ", "Р°", "Рё", "Рѕ", "СЃ", "С‚", "СЂ")
"""One of these stands in any text of some length that was decoded so: looking for them first costs next to nothing."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read with, and what was noticed on the way."""

    text: str
    encoding: str
    issues: tuple[Issue, ...] = ()


def decode(raw: bytes, *, place: str = "", limit: int = LIMIT, declared: str | None = None) -> Decoded:
    """The text of `raw`. `declared` is the encoding that a server, a header or the document itself names: bytes that are sound UTF-8 outweigh it,
    because such declarations are often copied from elsewhere. Raises InputError when there is nothing, too much, or something that is no text."""
    if not raw:
        raise empty(place)
    if len(raw) > limit:
        raise too_big(place, limit)
    for magic, name, remedy in _MAGIC:
        if raw.startswith(magic):
            raise no_text(name, place, remedy, _hex(raw))
    text, encoding, issues = _read(raw, place, declared)
    return checked(text, encoding, issues, place)


def encoding_of(raw: bytes) -> str:
    """The encoding that the beginning of a long stream is in."""
    return _read(raw, "", None)[1]


def checked(text: str, encoding: str = "unicode", issues: tuple[Issue, ...] = (), place: str = "") -> Decoded:
    """The checks that any text has to pass, decoded here or elsewhere (a value in JSON). Raises InputError as `decode` does."""
    if not _WORDLIKE.search(text):
        raise empty(place)
    at = text.find("\0")
    control = len(_CONTROL.findall(text[:PROBE]))
    if at >= 0 or control > 0.1 * min(len(text), PROBE):
        excerpt = text[max(0, at - 10) : at + 10].encode("unicode_escape", "replace").decode("ascii")
        what = "has NUL characters" if at >= 0 else "is full of control characters"
        raise InputError("SEL-I003", f"this is no text: it {what}", place=place, excerpt=excerpt, remedy="check the file's format")
    found = list(issues)
    text, lone = _SURROGATE.subn(REPLACEMENT, text)
    if lone:
        found.append(Issue("SEL-I013", place, f"{lone} lone surrogates stand for no character and became U+FFFD"))
    bad = _MOJIBAKE.findall(text) if any(sign in text for sign in _MOJIBAKE_SIGNS) else []
    if len(bad) >= 2 or (bad and len(text) < 500):
        m = _MOJIBAKE.search(text)
        assert m is not None
        excerpt = text[max(0, m.start() - 15) : m.end() + 15].replace("\n", " ")
        found.append(
            Issue(
                "SEL-I012",
                place,
                f"{len(bad)} places look like UTF-8 that was read as something else; kept as it is",
                excerpt,
                "fetch it again",
            )
        )
    return Decoded(text, encoding, tuple(found))


def empty(place: str) -> InputError:
    """The error for an input without any text."""
    return InputError("SEL-I001", "there is no text in it", place=place, remedy="check that the file was written to its end")


def too_big(place: str, limit: int) -> InputError:
    """The error for an input of more than `limit` bytes."""
    return InputError(
        "SEL-I002", f"longer than {limit // 1_000_000} MB, so surely no report", place=place, remedy="split it into single reports"
    )


def no_text(name: str, place: str, remedy: str, excerpt: str = "") -> InputError:
    """The error for a file in a format that cannot be read."""
    return InputError("SEL-I003", f"this is no text but a {name} file", place=place, excerpt=excerpt, remedy=remedy)


def _hex(raw: bytes) -> str:
    return raw[:8].hex(" ")


def _read(raw: bytes, place: str, declared: str | None) -> tuple[str, str, tuple[Issue, ...]]:
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _forced(raw[len(bom) :], encoding, place)
    wide = _wide(raw)  # first, for UTF-16 of Cyrillic is sound UTF-8 too
    if wide:
        return _forced(raw, wide, place)
    for errors in ("strict", "surrogatepass"):
        try:
            return raw.decode("utf-8", errors), "utf-8", ()
        except UnicodeDecodeError:
            continue
    named = _named(declared)
    if named is not None and not (named == "cp1252" and _legacy(raw) != named):
        with contextlib.suppress(LookupError, ValueError):
            return raw.decode(named), named, ()
    # One broken byte, or an end cut off in a character, in a text that otherwise is UTF-8.
    text = raw.decode("utf-8", "replace")
    broken = text.count(REPLACEMENT)
    sound = sum(c > "\x7f" for c in text) - broken
    if sound > 4 * broken:
        return text, "utf-8", (_replaced(broken, "utf-8", place),)
    encoding = _legacy(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        encoding = "latin-1"
        text = raw.decode(encoding)
    return text, encoding, (Issue("SEL-I010", place, f"not UTF-8; read as {encoding}", "", "save it as UTF-8 if letters look wrong"),)


def _named(declared: str | None) -> str | None:
    """The encoding that is declared, if Python has it and it is no UTF-8; Latin-1 is read as the superset that all browsers take it for."""
    try:
        name = codecs.lookup((declared or "").strip()).name
    except (LookupError, ValueError):
        return None
    if name in _NO_ENCODING or name.startswith("utf"):
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _forced(raw: bytes, encoding: str, place: str) -> tuple[str, str, tuple[Issue, ...]]:
    try:
        return raw.decode(encoding), encoding, ()
    except UnicodeDecodeError:
        text = raw.decode(encoding, "replace")
        return text, encoding, (_replaced(text.count(REPLACEMENT), encoding, place),)


def _replaced(count: int, encoding: str, place: str) -> Issue:
    return Issue("SEL-I011", place, f"{count} bytes that are no {encoding} became U+FFFD", "", "fetch it again if much is missing")


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a byte order mark: in a European text nearly every second byte is 00 (Latin) or 04 (Cyrillic)."""
    head = raw[: PROBE - PROBE % 2]
    if len(head) < 4 or b"\0" not in head:
        return None
    even, odd = head[0::2], head[1::2]
    for high, low, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if sum(b in (0x00, 0x04, 0x20) for b in high) > 0.9 * len(high) and low.count(0) < 0.02 * len(low) + 1:
            return encoding
    return None


def _legacy(raw: bytes) -> str:
    """The one-byte encoding: Cyrillic when nearly all letters are above 7F, told apart by where most of them (the small ones) lie."""
    # Tags are ASCII in whatever language the page is.
    head = _MARKUP.sub(b"", raw[: 16 * PROBE])[:PROBE] if raw[:PROBE].count(b"<") > 8 else raw[:PROBE]
    high = sum(b >= 0xC0 for b in head)
    ascii_letters = sum(0x41 <= b <= 0x5A or 0x61 <= b <= 0x7A for b in head)
    if high <= ascii_letters:
        return "cp1252"
    return "cp1251" if sum(b >= 0xE0 for b in head) * 2 >= high else "koi8-u"
