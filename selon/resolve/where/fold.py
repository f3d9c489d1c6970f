"""Folding of place names, so that spellings of one name in one script are one key. May import: nothing of Selon.

Lower case; marks are stripped from Latin letters (й and ї are letters, é is a marked one); hyphens, apostrophes, stops and spaces
become one space; ligatures are opened; Arabic loses vowel signs, tatweel and the forms of alif. Folding knows scripts, no language.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters without a decomposition into a Latin letter and a mark.
_SPECIAL = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "þ": "th", "ð": "d", "ħ": "h", "ə": "e", "ŋ": "ng",
        "ё": "е", "ґ": "г", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "",
    }
)  # fmt: skip
# Apostrophes of every kind and the letters that stand for ayn, hamza and the soft sign in romanisations.
_DROP = dict.fromkeys(map(ord, "'’‘ʼʻʿʾ`´′ʹ\u200b\u200c\u200d\u200e\u200f\u00ad"), "")
_GAP = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The look-up key of a name; empty when nothing but punctuation is left. Total over any Unicode string, and idempotent."""
    if name.isascii():
        return _GAP.sub(" ", name.replace("'", "").replace("`", "").lower()).strip()
    text = unicodedata.normalize("NFKC", name).casefold().translate(_DROP).translate(_SPECIAL)
    out: list[str] = []
    for c in text:
        if c.isascii():
            out.append(c)
            continue
        base = unicodedata.normalize("NFD", c)
        if base[0].isascii():
            out.append(base[0])
        elif not unicodedata.combining(c):
            out.append(c)
    return _GAP.sub(" ", unicodedata.normalize("NFC", "".join(out)).translate(_SPECIAL)).strip()


def ascii_name(name: str) -> str:
    """A Latin name in ASCII, as GeoNames writes its main names: marks stripped, ligatures opened, case kept."""
    out: list[str] = []
    for c in name:
        low = c.lower()
        if c.isascii():
            out.append(c)
        elif ord(c) in _DROP:
            out.append("'")
        elif low == "ß":
            out.append("ss")
        elif len(low) == 1 and low in "œæøłđıþðħəŋ":
            wide = low.translate(_SPECIAL)
            out.append(wide if c == low else wide.capitalize())
        else:
            out.append("".join(b for b in unicodedata.normalize("NFKD", c).replace("–", "-").replace("—", "-") if b.isascii()))
    return "".join(out)
