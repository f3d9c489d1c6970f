"""YAML in which every scalar is a string.

PyYAML's resolvers read the French pronoun `on` as True and `12:30` as 750, so packs are read without any. Nulls do not exist either.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from selon.errors import PackError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StringsOnly(_Base):  # type: ignore[misc]
    yaml_implicit_resolvers: dict[str, Any] = {}

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key.value!r} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def load_yaml(path: Path) -> Any:
    """Dicts, lists and strings. Raises PackError SEL-P001 with file and line when it is not YAML or a key stands twice."""
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_StringsOnly)
    except yaml.MarkedYAMLError as e:
        line = e.problem_mark.line + 1 if e.problem_mark else 1
        raise PackError(
            "SEL-P001", f"not readable as YAML: {e.problem}", place=f"{path.name}:{line}", remedy="quote the value or mend the indentation"
        ) from e
