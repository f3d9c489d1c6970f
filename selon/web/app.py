"""The pages and the API. May import: `web`, `views`, `link`, `ledger`, `batch`, `intake`, `model`, `errors`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Form, HTTPException, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from selon.errors import LedgerError, SelonError
from selon.ledger import StatementQuestion, open_ledger
from selon.link import coverage
from selon.linked import Linked, standings_in, standings_of
from selon.model.incident import incident_json
from selon.model.reading import to_json
from selon.views.counting import RULES, count
from selon.views.incidents import Wanted, group_label, row_label
from selon.views.labels import LANGUAGES
from selon.views.matrix import build_matrix
from selon.views.notes import days
from selon.web import api, present, review
from selon.web.dropin import read_dropped
from selon.web.page import Page, PageOf
from selon.web.security import guard
from selon.web.state import State

_HERE = Path(__file__).parent
_MOST = 300  # incidents on one page
LAYERS = ("statements", "events", "times")


def create_app(address: str) -> FastAPI:
    """The application over the ledger at an address (file or `postgresql://…`)."""
    app = FastAPI(title="Selon", version="1", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    app.middleware("http")(guard)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    state = State(address)
    templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    app.include_router(api.router(state), prefix="/api/v1")

    def show(page: Page, name: str, here: str, status: int = 200, **values: Any) -> HTMLResponse:
        other = next(x for x in LANGUAGES if x != page.lang)
        text = templates.get_template(name).render(
            say=page.say, words=page.words, lang=page.lang, other=other, other_url=str(page.request.url.include_query_params(lang=other)).split(page.request.url.netloc, 1)[-1],
            here=here, as_of=page.as_of, query=page.query, days=days, link_to=present.link_to, **values,
        )  # fmt: skip
        answer = HTMLResponse(text, status)
        if "lang" in page.request.query_params:
            answer.set_cookie("lang", page.lang, samesite="lax", httponly=True, max_age=31536000)
        return answer

    @app.exception_handler(SelonError)
    def told(request: Request, error: Exception) -> Response:
        assert isinstance(error, SelonError)
        status = 404 if isinstance(error, LedgerError) and error.code in ("SEL-L010", "SEL-L012") else 400
        if request.url.path.startswith("/api/"):
            return JSONResponse({"code": error.code, "problem": error.problem, "place": error.place, "remedy": error.remedy}, status)
        return show(Page(request), "error.html", "", status, problem=error.problem, code=error.code, remedy=error.remedy)

    def snapshot(page: Page) -> Linked:
        return state.snapshot(page.moment)

    @app.get("/", response_class=HTMLResponse)
    def incidents(
        page: PageOf,
        place: str = "",
        since: str = "",
        until: str = "",
        type: str = "",
        source: str = "",
        disputed: bool = False,
        origins: Annotated[int, Query(ge=0)] = 0,
    ) -> HTMLResponse:
        snap = snapshot(page)
        wanted = Wanted(place, since, until, (type,) if type else (), source, disputed, origins)
        found = [i for i in snap.incidents if wanted.fits(i, snap.readings)]
        found.sort(key=lambda i: (i.latest or "", i.id), reverse=True)
        rows = [present.row(i, page.words, page.say, page.query) for i in found]
        keys = ("id", "url", "title", "summary", "family", "place", "lat", "lon", "radius_km", "earliest", "latest", "disputed")
        data = [{k: r[k] for k in keys} for r in rows]
        unplaced = sum(r["lat"] is None for r in rows)
        undated = sum(r["earliest"] is None for r in rows)
        types = sorted({i.type for i in snap.incidents}, key=lambda t: page.words.get("type", t))
        return show(page, "incidents.html", "incidents", rows=rows[:_MOST], more=max(0, len(rows) - _MOST), data=data, wanted=wanted, unplaced=unplaced, undated=undated,
                    types=types, total=len(found), reports=len(snap.rows), families=sorted({r["family"] for r in rows}))  # fmt: skip

    @app.get("/incident/{incident_id}", response_class=HTMLResponse)
    def incident(page: PageOf, incident_id: str, rule: Literal["acled", "ucdp", "airwars", "latest"] = "latest") -> HTMLResponse:
        snap = snapshot(page)
        i = snap.by_id.get(incident_id)
        if i is None:
            return show(page, "error.html", "incidents", 404, problem=page.say("error.not_found"), code="", remedy="")
        matrix = build_matrix(i, snap.readings)
        tolls = []
        for g in i.figures:
            rows = [
                {"by": v.by or page.say("incident.narration"), "day": v.published, "low": v.low, "high": v.high, "text": v.text}
                for v in g.values
            ]
            if len({(r["by"], r["day"]) for r in rows if r["day"]}) > 1:
                tolls.append((group_label(g, page.words), g.agree, rows))
        origins = _origins(i.reports, snap)
        return show(page, "incident.html", "incidents", i=i, row=present.row(i, page.words, page.say, page.query), matrix=matrix, tolls=tolls[:6], origins=origins,
                    rows=snap.rows, row_label=lambda r: row_label(r, page.words, page.say), mains=set(i.main_of), rules=RULES, rule=rule, counts=count(i, rule), judged=present.judged(standings_in(i, snap), page.words), count_label=lambda label: _count_label(label, page))  # fmt: skip

    @app.get("/report/{report_id}", response_class=HTMLResponse)
    def report(page: PageOf, report_id: str, mark: str = "", layer: Annotated[list[str] | None, Query()] = None) -> HTMLResponse:
        snap = snapshot(page)
        with open_ledger(address) as ledger:
            reading = ledger.reading(report_id, page.moment)
            versions = ledger.versions(report_id)
            standings = standings_of(ledger, reading, page.moment)
        key = report_id if report_id in snap.rows else next((k for k, r in snap.rows.items() if r.id == report_id), report_id)
        layers = frozenset(layer if layer is not None else ("statements", "events")) & frozenset(LAYERS)
        marks = present.marks_of(reading, layers, mark, page.words, page.say("report.nobody"))
        mine = list(dict.fromkeys(snap.incident_of[key, e.id] for e in reading.events if (key, e.id) in snap.incident_of))
        return show(page, "report.html", "reports", r=reading, row=snap.rows.get(key), blocks=present.blocks(reading, marks), layers=layers, all_layers=LAYERS, mark=mark,
                    versions=versions, key=key, judged=present.judged(standings, page.words), incidents=[present.row(snap.by_id[x], page.words, page.say, page.query) for x in mine])  # fmt: skip

    @app.get("/reports", response_class=HTMLResponse)
    def reports(page: PageOf) -> HTMLResponse:
        with open_ledger(address) as ledger:
            rows = list(ledger.reports(as_of=page.moment))
            issues = list(ledger.issues(as_of=page.moment))
        return show(page, "reports.html", "reports", rows=rows, issues=issues)

    @app.get("/measures", response_class=HTMLResponse)
    def measures(page: PageOf, territory: str = "", day: str = "") -> HTMLResponse:
        snap = snapshot(page)
        verdict = None
        if territory and day:
            try:
                verdict = coverage(list(snap.readings.values()), territory, day)
            except ValueError as e:
                raise HTTPException(400, str(e)) from e
        listed = (
            verdict.measures
            if verdict is not None
            else tuple(m for m in snap.measures if not territory or territory.lower() in m.territory.lower())
        )
        return show(page, "measures.html", "measures", listed=listed, verdict=verdict, territory=territory, day=day, rows=snap.rows)

    @app.get("/sources", response_class=HTMLResponse)
    def sources(page: PageOf) -> HTMLResponse:
        return show(page, "sources.html", "sources", table=present.source_table(snapshot(page)))

    @app.get("/search", response_class=HTMLResponse)
    def search(page: PageOf, q: str = "", source: str = "", stance: str = "") -> HTMLResponse:
        asked = StatementQuestion(search=q or None, source=source or None, stances=(stance,) if stance else (), limit=200)
        with open_ledger(address) as ledger:
            found = list(ledger.statements(asked, page.moment)) if q or source else []
        return show(page, "search.html", "", q=q or source, found=found)

    @app.get("/add", response_class=HTMLResponse)
    def add(page: PageOf) -> HTMLResponse:
        return show(page, "add.html", "add", outcome=None)

    @app.post("/add", response_class=HTMLResponse)
    def added(
        page: PageOf, files: list[UploadFile | str] | None = None, text: Annotated[str, Form()] = "", published: Annotated[str, Form()] = ""
    ) -> HTMLResponse:
        outcome = read_dropped(
            address, [(f.filename, f.file.read()) for f in files or [] if not isinstance(f, str) and f.filename], text, published or None
        )
        return show(page, "add.html", "add", outcome=outcome)

    @app.get("/export/{incident_id}.json")
    def exported(page: PageOf, incident_id: str) -> JSONResponse:
        i = snapshot(page).by_id.get(incident_id)
        if i is None:
            raise HTTPException(404, "no such incident")
        return JSONResponse(incident_json(i))

    @app.get("/export/report/{report_id}.json")
    def exported_report(page: PageOf, report_id: str) -> JSONResponse:
        return JSONResponse(to_json(state.reading(report_id, page.moment)))

    review.add_routes(app, state, show)
    return app


def _origins(reports: tuple[str, ...], snap: Linked) -> list[list[str]]:
    groups: dict[int, list[str]] = {}
    numbers = snap.origins
    for r in sorted(reports, key=lambda x: (snap.rows[x].published_earliest or "9999", x)):
        groups.setdefault(numbers.get(r, -1), []).append(r)
    return list(groups.values())


def _count_label(label: str, page: Page) -> str:
    name, _, population = label.partition(" ")
    return page.say(f"count.{name}") + (f" ({page.words.get('population', population)})" if population else "")
