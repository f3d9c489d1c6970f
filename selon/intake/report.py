"""Building a report from decoded text. May import: the rest of `intake`, `model`."""

from __future__ import annotations

from collections.abc import Sequence

from selon.intake.day import given
from selon.intake.language import identify
from selon.intake.marked import with_blocks
from selon.intake.page import Block
from selon.intake.passages import find_passages
from selon.intake.phrases import phrases
from selon.model import Published, Report, SourceInfo


def build_report(
    text: str,
    *,
    id: str,
    lang: str | None = None,
    published: str | Published | None = None,
    source: SourceInfo | None = None,
    title: str | None = None,
    blocks: Sequence[Block] = (),
    spoken: str | None = None,
) -> Report:
    """A report with its passages. `lang` None = identified from the text; `published` an ISO day or month that came with the report.

    `title` is the title that came with the report (the head of a page); without one it is the headline. `blocks` are those of the format the text
    was read from; `spoken` is the language that the document declares, which decides where the text is too short to tell. Raises InputError SEL-I008
    when `published` is no day.
    """
    day = published if isinstance(published, Published) else given(published)
    code = lang or identify(text, spoken)
    passages = with_blocks(find_passages(text, phrases(code), day.day), blocks)
    if title is None:
        title = next((" ".join(text[p.start : p.end].split()) for p in passages if p.kind == "headline"), None)
    return Report(id=id, text=text, lang=code, source=source or SourceInfo(), title=title, published=day, passages=passages)
