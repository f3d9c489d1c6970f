"""What the command line says, in English and French: one TOML file a language, chosen once at the start. May import: `views`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from selon.views.labels import LANGUAGES, Words, labels, load_words

_chosen = "en"


def choose(arguments: Sequence[str] = (), environment: Mapping[str, str] | None = None) -> str:
    """The interface's language: `--lang` before or after the command, else SELON_LANG, LC_ALL, LC_MESSAGES, LANG, else English.

    In `selon evaluate` the option means the language of reports, so it counts only before the command there.
    """
    env = os.environ if environment is None else environment
    asked = ""
    for k, word in enumerate(arguments):
        if word == "evaluate":
            break
        if word == "--lang" and k + 1 < len(arguments):
            asked = arguments[k + 1]
        elif word.startswith("--lang="):
            asked = word.partition("=")[2]
    for value in (asked, env.get("SELON_LANG"), env.get("LC_ALL"), env.get("LC_MESSAGES"), env.get("LANG")):
        if value and (short := value[:2].lower()) in LANGUAGES:
            return short
    return "en"


def use(lang: str) -> None:
    """Sets the language for this process."""
    global _chosen
    _chosen = lang


def say(key: str, **values: object) -> str:
    """The text at `section.key` in the chosen language."""
    return catalogue()(key, **values)


def catalogue() -> Words:
    """The catalogue of the chosen language."""
    return load_words("selon.cli.messages", _chosen)


def words() -> Words:
    """The words for values of the format in the chosen language."""
    return labels(_chosen)
