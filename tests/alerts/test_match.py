"""Which incidents and reports a rule tells of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from selon.alerts import Rule, alerts_of
from selon.linked import Linked, link_readings
from selon.model import content_id
from selon.model.pages import Alert
from selon.model.rows import ReportRow
from selon.views.labels import labels
from tests.link.build import Line, reading

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def linked() -> Linked:
    readings = [
        reading("un", "2026-11-27", [
            Line("Une frappe à Graville a tué douze personnes", "airstrike", "Graville", "2026-11-26", figures=(("killed", 12, 12),), by=("maire", "asserts")),
            Line("Le pont de Loinville est fermé", "closure", "Loinville", "2026-11-26"),
        ]),
        reading("deux", "2026-11-27", [
            Line("La frappe à Graville a tué au plus quarante personnes", "airstrike", "Graville", "2026-11-26", figures=(("killed", None, 40),), by=("armée", "asserts")),
        ]),
        reading("trois", "2026-11-28", [
            Line("Une frappe a tué quatre personnes à Autreville", "airstrike", "Autreville", "2026-11-27", figures=(("killed", 4, 4),)),
        ]),
    ]  # fmt: skip
    rows = {
        r.report.id: ReportRow(
            content_id("t", r.report.id), r.report.id, r.report.id, "fr", None, f"https://x.example/{r.report.id}", None, None, NOW, "1"
        )
        for r in readings
    }
    return link_readings(readings, rows)


def told(rule: Rule, new: tuple[str, ...] = ("un", "deux", "trois"), **terms: tuple[str, ...]) -> list[Alert]:
    return list(alerts_of([rule], linked(), new, terms, labels("en"), NOW))


@pytest.mark.parametrize(("rule", "titles"), [
    (Rule("r", ("c",), places=("graville",)), ["Graville"]),
    (Rule("r", ("c",), places=("FR",)), ["Graville", "Loinville"]),
    (Rule("r", ("c",), places=("Nord", "Autreville")), ["Autreville", "Graville"]),
    (Rule("r", ("c",), places=("Grav",)), []),
    (Rule("r", ("c",), types=("airstrike",)), ["Autreville", "Graville"]),
    (Rule("r", ("c",), types=("airstrike",), figure="killed", above=10), ["Graville"]),
    (Rule("r", ("c",), figure="killed", above=12), []),
    (Rule("r", ("c",), figure="wounded"), []),
    (Rule("r", ("c",), types=("airstrike",), statuses=("denied",)), []),
    (Rule("r", ("c",), origins=2), ["Graville"]),
])  # fmt: skip
def test_rules(rule: Rule, titles: list[str]) -> None:
    assert sorted(t for a in told(rule) for t in ("Graville", "Loinville", "Autreville") if t in a.body["title"]) == titles


def test_only_incidents_of_new_reports() -> None:
    assert [a.body["title"] for a in told(Rule("r", ("c",), types=("airstrike",)), ("trois",))] == [
        "Air strike · Autreville (BE) · 2026-11-27"
    ]
    assert told(Rule("r", ("c",), types=("airstrike",)), ()) == []


def test_terms_alone_tell_of_reports_and_with_others_narrow_incidents() -> None:
    id_ = content_id("t", "deux")
    (one,) = told(Rule("r", ("c",), terms=("au plus",)), **{"au plus": (id_,)})
    assert one.about == ("https://x.example/deux",)
    assert len(told(Rule("r", ("c",), types=("airstrike",), terms=("au plus",)), **{"au plus": (id_,)})) == 1
    assert told(Rule("r", ("c",), types=("airstrike",), terms=("choléra",)), choléra=()) == []


def test_an_alert_names_figures_under_their_sources_and_is_stable() -> None:
    (one,) = told(Rule("r", ("c",), places=("Graville",), figure="killed", above=10))
    assert {(f["by"], f["low"], f["high"]) for f in one.body["figures"]} == {("maire", 12, 12), ("armée", None, 40)}
    assert one.id == told(Rule("r", ("c",), places=("Graville",), figure="killed", above=10))[0].id
    assert len(one.about) == 2 and all(":" in a for a in one.about)
