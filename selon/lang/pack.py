"""Language packs: a language is a folder of data. May import: `rules`, `model`, `errors`.

selon/lang/fr/pack.yml        name, scripts, settings
selon/lang/fr/lexicon/*.yml   one lexicon a file
selon/lang/fr/lexicon/<id>/*.yml   a large lexicon, one file for each of its parts
selon/lang/fr/rules/<kind>/*.yml
selon/lang/fr/corpus/*.yml    phrasings with their values, and look-alikes without any
selon/lang/fr/pipeline/       the trained parsing pipeline, if the pack has one
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar

from selon.errors import PackError
from selon.lang.strict_yaml import load_yaml
from selon.rules import Lexicons, Rule, build_rule
from selon.rules.lexicon import Lexicon, build_lexicon, join_lexicons

HOME = Path(__file__).parent
T = TypeVar("T")


@dataclass(frozen=True)
class Pack:
    """A language: its lexicons, its rules by kind, its settings, and the hash of all these files."""

    lang: str
    folder: Path
    settings: Mapping[str, Any]
    lexicons: Lexicons
    rules: Mapping[str, tuple[Rule, ...]]
    hash: str

    def table(self, name: str) -> Any:
        """A free-form data file `<name>.yml` of the pack's `tables` folder (month names, numerals…), all scalars strings."""
        path = self.folder / "tables" / f"{name}.yml"
        if not path.is_file():
            raise PackError("SEL-P003", f"the pack {self.lang} has no table {name!r}", place=str(path))
        return _table(path)


@cache
def _table(path: Path) -> Any:
    return load_yaml(path)


def per_pack(build: Callable[[Pack], T]) -> Callable[[Pack], T]:
    """Decorates what a stage compiles from a pack, so that it is built once per pack (by language and hash of its files)."""
    made: dict[tuple[str, str], T] = {}

    @wraps(build)
    def of(pack: Pack) -> T:
        key = (pack.lang, pack.hash)
        if key not in made:
            made[key] = build(pack)
        return made[key]

    return of


def available() -> list[str]:
    """Languages that have a pack."""
    return sorted(p.parent.name for p in HOME.glob("*/pack.yml"))


@cache
def pack_hash(lang: str) -> str:
    """The hash of all files that a pack is read from, without reading what they say. Raises PackError SEL-P002 when there is no pack."""
    folder = HOME / lang
    if not (folder / "pack.yml").is_file():
        raise PackError("SEL-P002", f"there is no language pack for {lang!r}", remedy=f"one of {', '.join(available())}")
    digest = hashlib.sha256()
    files = sorted(f for sub in ("lexicon", "rules", "tables") for f in (folder / sub).rglob("*.yml"))
    for f in (folder / "pack.yml", *files):
        digest.update(f.relative_to(folder).as_posix().encode() + b"\0" + f.read_bytes())
    return digest.hexdigest()[:16]


@cache
def load_pack(lang: str) -> Pack:
    """The pack of a language. Raises PackError SEL-P002 when there is none, and others when a file of it does not load."""
    digest = pack_hash(lang)
    folder = HOME / lang
    lexicons = Lexicons()
    parts: dict[str, list[Lexicon]] = {}
    for f in sorted((folder / "lexicon").rglob("*.yml")):
        at = f.relative_to(folder / "lexicon")
        place, named = f"{lang}/lexicon/{at.as_posix()}", at.parts[0] if len(at.parts) > 1 else f.stem
        lexicon = build_lexicon(load_yaml(f), place)
        if lexicon.id != named:
            raise PackError("SEL-P004", f"the id {lexicon.id!r} differs from the file's name", place=place)
        parts.setdefault(named, []).append(lexicon)
    lexicons.update({name: join_lexicons(found) for name, found in parts.items()})
    rules: dict[str, list[Rule]] = {}
    for f in sorted((folder / "rules").rglob("*.yml")):
        place = f"{lang}/rules/{f.relative_to(folder / 'rules')}"
        rule = build_rule(load_yaml(f), place)
        if rule.id != f"{lang}.{f.parent.name}.{f.stem}":
            raise PackError("SEL-P004", f"the id {rule.id!r} should be {lang}.{f.parent.name}.{f.stem}", place=place)
        rules.setdefault(rule.kind, []).append(rule)
    return Pack(lang, folder, load_yaml(folder / "pack.yml"), lexicons, {k: tuple(v) for k, v in rules.items()}, digest)
