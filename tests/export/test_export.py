"""Exports: columns, codes, privacy, hostile cells."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import pytest

from selon.errors import UsageError
from selon.export import FORMATS, export
from selon.export.codes import acled_time, codes, ucdp_date
from selon.linked import link_readings
from selon.model import EVENT_TYPES, Actor, Span
from selon.views.csv_text import csv_line
from tests.link.build import Line, reading

VICTIM = "Amina Diallo"
RAW = [
    reading("a", "2024-03-05", [
        Line(f"Graville : {VICTIM} et onze autres tués", "airstrike", "Graville", "2024-03-04", figures=(("killed", 12, 12),), by=(VICTIM, "asserts")),
    ]),
    reading("b", "2024-03-05", [Line("Frappe à Graville", "airstrike", "Graville", "2024-03-03", "2024-03-04", figures=(("killed", 3, 3),), by=("=SUM(A1)", "asserts"))]),
    reading("c", None, [Line("Une rencontre", "meeting")]),
]  # fmt: skip
PERSON = Actor("a1", VICTIM, "witness", None, (Span(11, 11 + len(VICTIM), VICTIM),), private=True)
LINKED = link_readings([replace(RAW[0], actors=(PERSON,)), *RAW[1:]])


def rows(format: str, names: bool = False) -> list[dict[str, str]]:
    return list(csv.DictReader(export(LINKED, format, names=names)))


@pytest.mark.parametrize("format", FORMATS)
def test_private_names_are_replaced_unless_asked_for(format: str) -> None:
    masked, plain = "\n".join(export(LINKED, format)), "\n".join(export(LINKED, format, names=True))
    assert VICTIM not in masked and "Amina" not in masked and "Diallo" not in masked
    assert ("person-" in masked) == (VICTIM in plain)
    if format != "ucdp":
        assert VICTIM in plain


def test_csv_has_a_hashtag_row_and_every_event() -> None:
    table = rows("csv")
    assert table[0]["type"] == "#event+type" and len(table) == 1 + 3
    assert {r["low"] for r in table[1:]} == {"12", "3", ""}


def test_spreadsheet_formulas_are_text() -> None:
    assert csv_line(["=1+1", "-2", "@x", "ok", 3, None]) == "'=1+1,'-2,'@x,ok,3,"
    assert not any(v and v.startswith("=") for r in rows("csv") for v in r.values())


def test_geojson_keeps_what_has_no_place() -> None:
    d = json.loads("\n".join(export(LINKED, "geojson")))
    kinds = [f["geometry"] and f["geometry"]["type"] for f in d["features"]]
    assert sorted(map(str, kinds)) == ["None", "Point"]


def test_acled_is_conservative_and_names_both_figures() -> None:
    (row,) = rows("acled", names=True)
    assert (row["fatalities"], row["event_type"], row["sub_event_type"], row["geo_precision"]) == (
        "3",
        "Explosions/Remote violence",
        "Air/drone strike",
        "1",
    )
    assert "12" in row["notes"] or "onze autres" in row["notes"]
    assert row["iso"] == row["inter1"] == ""


def test_ucdp_has_the_range() -> None:
    (row,) = rows("ucdp")
    assert (row["low"], row["high"], row["where_prec"]) == ("3", "12", "1")


def test_codes_name_only_types_that_exist() -> None:
    assert set(codes()["acled"]) <= set(EVENT_TYPES) and set(codes()["ucdp"]["types"]) <= set(EVENT_TYPES)


@pytest.mark.parametrize(("days", "acled", "ucdp"), [(None, None, None), (1, 1, 1), (2, 1, 2), (7, 2, 3), (30, 3, 4), (300, 3, 5)])
def test_time_precision(days: int | None, acled: int | None, ucdp: int | None) -> None:
    assert (acled_time(days), ucdp_date(days)) == (acled, ucdp)


def test_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="SEL-U040"):
        next(export(LINKED, "xml"))
