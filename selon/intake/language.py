"""Which language a text is in. The one doorway to py3langid, which is loaded only when nothing cheaper decides. May import: `fold`, `lang` (packs' frequent words).

Four steps: frequent words of the packs (clear in any text of some sentences), letters within the Cyrillic script, Slavic languages in Latin letters,
and py3langid restricted to the languages of `languages.yml`. Neighbours are among them so that a Spanish text is called Spanish, and not read badly as French.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from selon.intake.fold import fold
from selon.lang import available, load_pack
from selon.lang.strict_yaml import load_yaml

SAMPLE = 4000
"""Code points that are looked at: a language shows in the first sentences."""
UNKNOWN = "und"
"""The code of a text without a word (ISO 639-2)."""
ENOUGH, SHARE = 6, 0.08
"""Different frequent words of a language, and the share of all words that frequent ones have, that make it certain. Measured: French news has 0.09 to 0.25, English below 0.02."""
SURE = 0.9
"""Probability from which a language that Selon does not read is believed; below, the best of those it reads is taken."""

PARAGRAPH, PART, LONG_SAMPLE = 80, 0.25, 40_000
"""Code points from which a paragraph's language is looked at, the share of a text that makes it one of several languages, and how much of it is looked at."""
LATIN_LEAST, LATIN_SHARE = 3, 0.35
"""Words that speak for a transliterated language, and their share of all."""

_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[\u0400-\u052f]")


def identify(text: str, declared: str | None = None) -> str:
    """The ISO 639-1 code of the language of `text`, `und` when there is no word in it. `declared` is the one that came with it (a page's `lang`): templates
    are copied from land to land, so it decides only where the words do not.
    """
    sample = text[:SAMPLE]
    found = _WORD.findall(fold(sample))
    if not found:
        return UNKNOWN
    return _by_frequent_words(found) or _by_letters(sample) or _in_latin_letters(sample) or _by_model(sample, declared)


def others(text: str, main: str) -> tuple[str, ...]:
    """The languages besides `main` in which a considerable part of a text is (a communiqué in two versions, a report with long quotations): those that
    frequent words show in at least `PART` of its longer paragraphs.
    """
    paragraphs = [p for p in text[:LONG_SAMPLE].split("\n") if len(p) >= PARAGRAPH]
    size = sum(map(len, paragraphs))
    found: Counter[str] = Counter()
    for p in paragraphs if len(paragraphs) > 1 else ():
        lang = _by_frequent_words(_WORD.findall(fold(p))) or _by_letters(p)
        if lang is not None and lang != main:
            found[lang] += len(p)
    return tuple(sorted(lang for lang, n in found.items() if n >= PART * size))


def _by_frequent_words(found: list[str]) -> str | None:
    best, share = None, 0.0
    for lang in available():
        mine = [w for w in found if w in _frequent(lang)]
        hits = len(mine)
        if len(set(mine)) >= ENOUGH and hits / len(found) >= max(SHARE, share):
            best, share = lang, hits / len(found)
    return best


@cache
def _frequent(lang: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(str(load_pack(lang).settings.get("frequent", "")))))


def _by_letters(sample: str) -> str | None:
    """The language of a mostly Cyrillic text, when its letters tell: at least one that it needs, and ten times as many as of those it lacks."""
    letters = _WORD.findall(sample.lower())
    count = Counter("".join(letters))
    total = sum(count.values())
    cyrillic = sum(n for c, n in count.items() if _CYRILLIC.match(c))
    if cyrillic < 4 or cyrillic < 0.6 * total:
        return None
    fits: list[tuple[int, str]] = []
    for lang, sets in _data()["cyrillic"].items():
        has, lacks = (sum(count[c] for c in sets[k]) for k in ("has", "not"))
        if has and has >= 10 * lacks:
            fits.append((has, lang))
    return max(fits)[1] if fits else None


def _in_latin_letters(sample: str) -> str | None:
    """A Slavic language in Latin letters: by its small words and the shapes that romanisation gives. One long word frequent in a pack's language rules it out."""
    words = _WORD.findall(fold(sample[:600]))
    if len(words) < 4 or any(len(w) > 2 and w in _frequent(lang) for lang in available() for w in words):
        return None
    fits: list[tuple[int, str]] = []
    for lang, (frequent, shape) in _romanised().items():
        known = {w for w in words if w in frequent}
        shaped = {w for w in words if shape.search(w)}
        both = sum(w in known or w in shaped for w in words)
        if known and both >= LATIN_LEAST and both >= LATIN_SHARE * len(words):
            fits.append((2 * len(known) + len(shaped), lang))
    return max(fits)[1] if fits else None


@cache
def _romanised() -> dict[str, tuple[frozenset[str], re.Pattern[str]]]:
    return {lang: (frozenset(d["words"].split()), re.compile("|".join(d["shapes"].split()))) for lang, d in _data()["latin"].items()}


@cache
def _data() -> Any:
    return load_yaml(Path(__file__).parent / "languages.yml")


@cache
def _model(wide: bool) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    load = getattr(LanguageIdentifier, "from_model_file", None) or LanguageIdentifier.from_pickled_model  # the name changed with 0.4
    model = load(MODEL_FILE, norm_probs=True)
    data = _data()
    model.set_languages(data["read"].split() + (data["neighbours"].split() if wide else []))
    return model


def _by_model(sample: str, declared: str | None) -> str:
    """As py3langid says, or the document where that is not sure; a short text that may be in a language that Selon reads is taken to be."""
    lang, sure = _model(True).classify(sample)
    if sure < SURE and declared:
        return declared
    if lang not in _data()["read"].split() and sure < SURE:
        lang, _ = _model(False).classify(sample)
    return str(lang)
