"""Romanisation of Cyrillic names as French, English and German newspapers write them, by the tables of `data/romanisation.yml`. May import: `lang`, `layout`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from selon.lang.strict_yaml import load_yaml
from selon.resolve.where.layout import KNOWN, OTHER

CYRILLIC_COUNTRIES = frozenset({"UA", "RU", "BY", "KZ", "KG", "BG"})
"""Countries whose Cyrillic names are romanised by rule."""

VOWELS = "аеёиоуыэюяєії"
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


@cache
def _tables() -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    data: dict[str, dict[str, dict[str, dict[str, str]]]] = load_yaml(Path(__file__).parent / "data" / "romanisation.yml")
    return data


@cache
def romaniser(script_lang: str, target: str) -> Callable[[str], str]:
    """A function from a Cyrillic name (`ru` or `uk` spelling) to its lower-case form in `fr`, `en` or `de`."""
    table = _tables()[script_lang][target]
    letters: dict[str, str] = table["letters"]
    patterns: list[tuple[str, str]] = []
    for key, value in letters.items():
        core = re.escape(key.strip("^$V"))
        before = r"(?<![^\W\d_])" if key.startswith("^") else f"(?<=[{VOWELS}])" if key.startswith("V") else ""
        after = r"(?![^\W\d_])" if key.endswith("$") else f"(?=[{VOWELS}])" if key.endswith("V") else ""
        patterns.append((f"{before}{core}{after}", value))
    # Longer letters first, and of two rules for the same letters the one with more conditions.
    order = sorted(range(len(patterns)), key=lambda k: (-len(list(letters)[k].strip("^$V")), -len(list(letters)[k])))
    union = re.compile("|".join(f"({patterns[k][0]})" for k in order))
    values = [patterns[k][1] for k in order]
    final = [(re.compile(k.replace("$", r"(?![^\W\d_])")), v) for k, v in table["final"].items()]

    def run(name: str) -> str:
        out = union.sub(lambda m: values[(m.lastindex or 1) - 1], name.lower())
        for pattern, value in final:
            out = pattern.sub(value, out)
        return out

    return run


def romanisations(name: str, country: str) -> dict[str, int]:
    """The Latin forms of a Cyrillic name that a reader may meet, with their rank: German ones collide more and count less.

    Ukrainian places are also written from their Russian names.
    """
    if not CYRILLIC.search(name):
        return {}
    low = name.lower()
    langs = {"uk"} if re.search("[іїєґ]", low) else {"ru"} if re.search("[ыэъё]", low) else {"uk", "ru"} if country == "UA" else {"ru"}
    return {romaniser(lang, target)(name): OTHER if target == "de" else KNOWN for lang in langs for target in ("de", "en", "fr")}
