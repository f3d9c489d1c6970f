"""One report: its text with what was found marked, layer by layer; two readings compared; why a thing was found.

May import: `web`, `views`, `linked`, `ledger`, `trace`, `model`.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query
from fastapi.responses import HTMLResponse

from selon.errors import SelonError
from selon.linked import standings_of
from selon.model import Reading
from selon.trace import Finding, explain_reading
from selon.views.compare import compare
from selon.web import present
from selon.web.page import PageOf
from selon.web.site import Site

LAYERS = ("statements", "events", "figures", "times", "places")


def add_routes(app: FastAPI, site: Site) -> None:
    """The page of a report and the comparison of its readings."""
    state = site.state

    @app.get("/report/{report_id}", response_class=HTMLResponse)
    def report(
        page: PageOf, report_id: str, mark: Annotated[str, Query(max_length=80)] = "", layer: Annotated[list[str] | None, Query()] = None,
        explain: bool = False,
    ) -> HTMLResponse:  # fmt: skip
        moment = site.moment(page)
        found = moment.linked
        reading = state.ledger.reading(report_id, page.moment)
        versions = state.ledger.versions(report_id)
        standings = standings_of(state.ledger, reading, page.moment)
        key = report_id if report_id in found.rows else moment.key_of.get(report_id, report_id)
        layers = frozenset(layer if layer is not None else ("statements", "events", "figures")) & frozenset(LAYERS)
        marks = present.marks_of(reading, layers, mark, page.words, page.say("report.nobody"))
        mine = list(dict.fromkeys(found.incident_of[key, e.id] for e in reading.events if (key, e.id) in found.incident_of))
        why, problem = _explained(reading, mark) if explain and mark else (None, "")
        return site.show(
            page, "report.html", "reports", r=reading, row=found.rows.get(key), blocks=present.blocks(reading, marks), layers=layers,
            all_layers=LAYERS, mark=mark, versions=versions, key=key, judged=present.judged(standings, page.words), why=why, problem=problem,
            explain=explain, roles={k.removeprefix("role_") for k in page.say.texts["explain"]}, incidents=[present.row(found.by_id[x], page.words, page.say, page.query) for x in mine],
        )  # fmt: skip

    @app.get("/report/{report_id}/compare", response_class=HTMLResponse)
    def compared(
        page: PageOf, report_id: str, old: Annotated[int, Query(ge=0)] = 0, new: Annotated[int | None, Query(ge=0)] = None
    ) -> HTMLResponse:
        versions = state.ledger.versions(report_id)
        last = len(versions) - 1
        new = last if new is None else min(new, last)
        old = min(old, last)
        before, after = (state.ledger.reading(report_id, versions[k].recorded_at) for k in (old, new))
        return site.show(
            page, "compare.html", "reports", r=after, key=report_id, versions=versions, old=old, new=new, changes=compare(before, after),
            fields=page.say.texts["review"],
        )  # fmt: skip


def _explained(reading: Reading, mark: str) -> tuple[Finding | None, str]:
    """Why a thing was found, from today's parse of the text; or, in words, why that cannot be said."""
    try:
        return next((f for f in explain_reading(reading).findings if f.id == mark), None), ""
    except SelonError as e:
        return None, f"{e.code} {e.problem} {e.remedy}"
