"""A cache of parses on disk, so that trying a rule does not parse again. May import: `nlp`, `model`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from selon.model import Parse, from_conllu, to_conllu

if TYPE_CHECKING:
    from selon.nlp import Pipeline


@dataclass(frozen=True)
class ParseCache:
    """CoNLL-U files by pipeline hash and hash of text and passages. A broken file is made again."""

    folder: Path

    @classmethod
    def default(cls) -> ParseCache:
        return cls(Path(platformdirs.user_cache_dir("selon")) / "parses")

    def get(self, pipeline: Pipeline, text: str, passages: Sequence[tuple[int, int]]) -> Parse:
        key = hashlib.sha256(repr(list(passages)).encode() + text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        path = self.folder / pipeline.hash[:16] / f"{key}.conllu"
        try:
            return from_conllu(text, path.read_text("utf-8"))
        except (OSError, ValueError, KeyError, IndexError):
            parse = pipeline.parse(text, passages)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(to_conllu(parse), "utf-8")
        except OSError:
            pass  # a cache that cannot be written costs time, never a reading
        return parse
