"""Code lists of others: types and precision codes. May import: nothing of Selon."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

ACLED_GEO = {"exact": 1, "near": 2, "admin2": 3, "admin1": 3, "country": 3}
"""ACLED geo_precision: 1 the town, 2 near a town or part of a small region, 3 a larger region."""
UCDP_WHERE = {"exact": 1, "near": 2, "admin2": 3, "admin1": 4, "country": 6}
"""UCDP GED where_prec: 1 exact, 2 within 25 km, 3 second-order, 4 first-order division, 6 country."""


@cache
def codes() -> Mapping[str, Any]:
    """The table of `codes.toml`."""
    return tomllib.loads(resources.files("selon.export").joinpath("codes.toml").read_text("utf-8"))


def span_days(earliest: str | None, latest: str | None) -> int | None:
    """Days of a closed interval, None when an end is unknown."""
    if not earliest or not latest:
        return None
    return (date.fromisoformat(latest[:10]) - date.fromisoformat(earliest[:10])).days + 1


def acled_time(days: int | None) -> int | None:
    """ACLED time_precision: 1 the day (a night counts as one), 2 about a week, 3 a month."""
    return None if days is None else 1 if days <= 2 else 2 if days <= 8 else 3


def ucdp_date(days: int | None) -> int | None:
    """UCDP GED date_prec: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 a year."""
    return None if days is None else 1 if days == 1 else 2 if days <= 6 else 3 if days <= 8 else 4 if days <= 31 else 5
