"""Text without case and accents, code point for code point, and its words. May import: nothing of Selon."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def _plain() -> dict[int, str]:
    out: dict[int, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        lower = base.lower()
        out[code] = lower if len(lower) == 1 else base
    return out


_PLAIN = _plain()


def fold(text: str) -> str:
    """Lower case without accents. As long as `text`, so that offsets stay true."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return low.translate(_PLAIN)


def words(text: str) -> list[str]:
    """The words of `text`, folded; an apostrophe parts words (`l'armée` is `l`, `armee`)."""
    return _WORD.findall(fold(text))
