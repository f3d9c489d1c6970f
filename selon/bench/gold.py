"""Gold reports: one JSON file a report, made by careful readers. May import: `intake`, `model`, `errors`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selon.errors import GoldError
from selon.intake import build_report
from selon.model import Report


@dataclass(frozen=True)
class GoldReport:
    """One gold file. `data` has the field names of the reading format; see the guidelines for readers for their meaning."""

    id: str
    data: Mapping[str, Any]

    @property
    def lang(self) -> str:
        return str(self.data.get("lang", ""))

    @property
    def text(self) -> str:
        return str(self.data["text"])

    @property
    def incident(self) -> str | None:
        value = self.data.get("incident")
        return str(value) if value else None

    def report(self) -> Report:
        """The input as a program sees it: the text, and the day of publication only where no reader could find it in the text."""
        known = self.data.get("published_basis") == "known"
        return build_report(self.text, id=self.id, lang=self.lang or None, published=self.data.get("published") if known else None)


def load_gold(folder: Path, langs: Sequence[str] = ()) -> list[GoldReport]:
    """All gold reports of a folder by file name, optionally of some languages. Raises GoldError when there is none or one is broken."""
    out: list[GoldReport] = []
    for f in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        try:
            data = json.loads(f.read_text("utf-8"))
            data["text"], data["statements"], data["events"]
        except (ValueError, KeyError, TypeError, OSError) as e:
            raise GoldError("SEL-G002", f"not a gold report: {e}", place=str(f), remedy="look at examples/gold for the shape") from e
        g = GoldReport(str(data.get("id", f.stem)), data)
        if not langs or g.lang in langs:
            out.append(g)
    if not out:
        raise GoldError("SEL-G001", "no gold report found", place=str(folder), remedy="a folder with one JSON file a report")
    return out
