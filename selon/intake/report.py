"""Building a report from decoded text. May import: `lang`, `model`, `errors`."""

from __future__ import annotations

import re

from selon.intake.day import given
from selon.model import Passage, Published, Report, SourceInfo


def build_report(
    text: str,
    *,
    id: str,
    lang: str | None = None,
    published: str | Published | None = None,
    source: SourceInfo | None = None,
    title: str | None = None,
) -> Report:
    """A report with its passages. `lang` None = identified from the text; `published` an ISO day or month that came with the report.

    `title` is the title that came with the report (the head of a page); without one it is the headline. Raises InputError SEL-I008 when
    `published` is no day.
    """
    passages = tuple(Passage("paragraph", m.start(), m.end()) for m in re.finditer(r"\S[^\n]*", text))
    day = published if isinstance(published, Published) else given(published)
    return Report(id=id, text=text, lang=lang or "fr", source=source or SourceInfo(), title=title, published=day, passages=passages)
