"""HTML pages: the article, its live entries, what it declares of itself, and pages that are no report.

May import: the rest of `intake`, `lang` (data), `model`, `errors`.
"""

from selon.intake.page.read import day_of, page_of_markup, read_page, refusal
from selon.intake.page.reading import Block, PageKind, PageReading

__all__ = ["Block", "PageKind", "PageReading", "day_of", "page_of_markup", "read_page", "refusal"]
