"""What class and id of an element say about its role, from `shapes.yml`. May import: `lang` (the loader of YAML)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from selon.lang.strict_yaml import load_yaml

_PARTS = re.compile(r"[\s_]+")


@cache
def _pattern(role: str) -> re.Pattern[str]:
    found = []
    for word in str(load_yaml(Path(__file__).parent / "shapes.yml")[role]).split():
        found.append(rf"(?<![\w-]){re.escape(word[1:])}(?![\w-])" if word.startswith("=") else re.escape(word))
    return re.compile("|".join(found))


@cache
def has_role(role: str, names: str) -> bool:
    """Whether class and id (as they stand, with a space between) are those of a role: `noise`, `caption`, `box`, `remarks`."""
    return bool(names.strip()) and bool(_pattern(role).search(_PARTS.sub(" ", names.lower())))
