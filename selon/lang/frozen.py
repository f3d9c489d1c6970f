"""Frozen parses of the example sentences of a pack: rules must hold on them whatever the current pipeline does.

One file per kind of rule under `corpus/parses/`, CoNLL-U, each text opened by a comment `# text = "…"` (a JSON string).
`python -m training.freeze LANG` adds what is missing. May import: `model`, `errors`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from selon.errors import PackError
from selon.model import Parse, from_conllu, to_conllu

_MARK = "# text = "


def frozen_path(folder: Path, kind: str) -> Path:
    """The file that holds the frozen parses of one kind of rule, below the folder of a pack."""
    return folder / "corpus" / "parses" / f"{kind}.conllu"


def load_frozen(folder: Path, kind: str) -> dict[str, Parse]:
    """Text -> parse. Empty when there is no file. Raises PackError SEL-P005 when a block does not fit its text."""
    path = frozen_path(folder, kind)
    if not path.is_file():
        return {}
    out: dict[str, Parse] = {}
    for block in path.read_text("utf-8").split(_MARK)[1:]:
        head, _, body = block.partition("\n")
        text = json.loads(head)
        try:
            out[text] = from_conllu(text, body)
        except (ValueError, KeyError, IndexError) as e:
            raise PackError(
                "SEL-P005", f"a frozen parse does not fit: {e}", place=path.name, excerpt=text[:60], remedy="python -m training.freeze"
            ) from e
    return out


def save_frozen(folder: Path, kind: str, parses: Iterable[tuple[str, Parse]]) -> Path:
    """Writes the parses sorted by text and returns the path of the file."""
    path = frozen_path(folder, kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    blocks = [f"{_MARK}{json.dumps(text, ensure_ascii=False)}\n{to_conllu(parse)}" for text, parse in sorted(parses, key=lambda p: p[0])]
    path.write_text("\n".join(blocks), "utf-8")
    return path
