"""Lines of CSV that no spreadsheet runs. May import: nothing of Selon."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

# A cell that begins with one of these is a formula to a spreadsheet: report text is hostile.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_line(cells: Iterable[object]) -> str:
    """One line of CSV (RFC 4180), without its line end. Text that a spreadsheet would run as a formula is quoted by an apostrophe."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([_cell(c) for c in cells])
    return out.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str):
        flat = " ".join(value.split())
        return "'" + flat if flat.startswith(_FORMULA) else flat
    return value
