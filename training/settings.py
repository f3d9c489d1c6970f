"""The recipe of a language: which files, how often, which sizes. Read from `training/languages/LANG.yml`."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

FEATURES = ("NORM", "PREFIX", "SUFFIX", "SHAPE", "TAG", "LEMMA")
"""Of a word: its lower-case form, first letter, last three letters and shape; its possible labels and lemma by the lexicon."""

HERE = Path(__file__).parent
OWN = HERE / "own"
"""Sentences of our own, beside the treebanks."""


@dataclass(slots=True)
class Settings:
    """Sizes and schedule. `rows` are hash-table rows for the features of FEATURES."""

    width: int = 96
    depth: int = 4
    window: int = 1
    rows: tuple[int, ...] = (5000, 1000, 2500, 2500, 1500, 5000)
    hidden: int = 64
    dropout: float = 0.1
    words_per_batch: int = 1000
    steps: int = 6000
    warmup: int = 250
    rate: float = 0.001
    minutes: float = 45.0
    seed: int = 7

    def change(self, key: str, value: Any) -> None:
        """Sets one field from its text. Raises KeyError for an unknown one."""
        kinds = {f.name: type(getattr(self, f.name)) for f in fields(self)}
        if key not in kinds:
            raise KeyError(f"unknown setting {key!r}; one of {', '.join(kinds)}")
        if key == "rows":
            items = value if isinstance(value, list) else str(value).split(",")
            self.rows = tuple(int(v) for v in items)
        else:
            setattr(self, key, kinds[key](value))


@dataclass(slots=True)
class Recipe:
    """Everything `training.train` needs to know of a language."""

    lang: str
    name: str
    tokenizer: Path
    lexicon: Path
    train: dict[str, int]
    dev: list[str]
    test: list[str]
    held_out: list[str]
    leave_out: dict[str, list[str]]
    refine: dict[str, str]
    flip_speech: list[str]
    settings: Settings

    @classmethod
    def load(cls, lang: str) -> Recipe:
        raw = yaml.safe_load((HERE / "languages" / f"{lang}.yml").read_text(encoding="utf-8"))
        settings = Settings()
        for key, value in raw.get("settings", {}).items():
            settings.change(key, value)
        held = raw.get("held_out", raw["test"])
        bad = sorted(set(raw["train"]) & set(held))
        if bad:
            raise ValueError(f"{lang}.yml trains on held-out files: {', '.join(bad)}")
        return cls(
            lang=lang,
            name=raw["name"],
            tokenizer=HERE.parent / raw["tokenizer"],
            lexicon=HERE.parent / raw.get("lexicon", "none"),
            train=dict(raw["train"]),
            dev=raw["dev"],
            test=raw["test"],
            held_out=held,
            leave_out=raw.get("leave_out") or {},
            flip_speech=raw.get("flip_speech") or [],
            refine=raw.get("refine") or {},
            settings=settings,
        )

    def find(self, folder: Path, name: str) -> Path | None:
        """The file of a treebank part in `folder`: NAME.conllu or the official LANG_TREEBANK-ud-PART.conllu, also one folder down."""
        bank, _, part = name.partition("-")
        for place, pattern in itertools.product((folder, OWN), (f"{name}.conllu", f"{self.lang}_{bank}-ud-{part}.conllu")):
            found = sorted([*place.glob(pattern), *place.glob(f"*/{pattern}")])
            if found:
                return found[0]
        return None
