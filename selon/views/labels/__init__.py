"""Words for the values of the format (types, stances, figures), one file a language. May import: nothing of Selon.

A catalogue is a TOML file of sections; `Words` looks a text up by `section.key` and fills its fields.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Words:
    """A catalogue in one language."""

    lang: str
    texts: Mapping[str, Mapping[str, str]]

    def __call__(self, key: str, **values: object) -> str:
        """The text at `section.key`, its fields filled. Raises KeyError when there is none."""
        section, _, name = key.partition(".")
        text = self.texts[section][name]
        return text.format(**values) if values else text

    def get(self, section: str, name: str | None, default: str = "") -> str:
        """The text of a value, or the value itself: a value that is new to this catalogue is shown rather than hidden."""
        return self.texts.get(section, {}).get(name or "", default or (name or ""))


@cache
def load_words(package: str, lang: str) -> Words:
    """The catalogue `<lang>.toml` of a package."""
    return Words(lang, tomllib.loads(resources.files(package).joinpath(f"{lang}.toml").read_text("utf-8")))


def labels(lang: str) -> Words:
    """The words for values in a language of the interface."""
    return load_words("selon.views.labels", lang)
