"""The first page: what happened, according to whom, what is disputed; and the columns its map and timeline are drawn from.

May import: `web`, `ledger`, `views`.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Annotated, Literal
from urllib.parse import urlencode

import numpy as np
from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response

from selon.model.incident import Incident
from selon.web import present
from selon.web.index import MEASURES, Index, Wanted
from selon.web.page import Page, PageOf
from selon.web.site import REFUSALS, Site
from selon.web.state import Moment

PER_PAGE = 50
Sort = Literal["newest", "oldest", "weight"]


def _day(text: str) -> str:
    if text:
        try:
            date.fromisoformat(text)
        except ValueError as e:
            raise HTTPException(400, f"{text!r} is not a day") from e
    return text


def _box(text: str) -> tuple[float, float, float, float] | None:
    if not text:
        return None
    try:
        west, south, east, north = (float(x) for x in text.split(","))
    except ValueError as e:
        raise HTTPException(400, f"{text!r} is not a box: west,south,east,north") from e
    if not (-540 <= west <= east <= 540 and -90 <= south <= north <= 90):
        raise HTTPException(400, f"{text!r} is not a box: west,south,east,north in degrees")
    return west, south, east, north


def wanted(
    q: Annotated[str, Query(max_length=200)] = "", place: Annotated[str, Query(max_length=200)] = "", since: str = "", until: str = "",
    type: Annotated[str, Query(max_length=40)] = "", source: Annotated[str, Query(max_length=200)] = "",
    side: Annotated[str, Query(max_length=8)] = "", measure: Literal["", "any", *MEASURES] = "",  # type: ignore[valid-type]
    disputed: bool = False, origins: Annotated[str, Query(pattern=r"^\d{0,4}$")] = "", box: Annotated[str, Query(max_length=120)] = "",
) -> Wanted:  # fmt: skip
    """The question in the address of a page. Raises HTTPException 400 when a day or a box is none."""
    return Wanted(
        q.strip(), place.strip(), _day(since), _day(until), type, source.strip(), side, measure, disputed, int(origins or 0), _box(box)
    )


WantedOf = Annotated[Wanted, Depends(wanted)]


def find(site: Site, page: Page, moment: Moment, w: Wanted) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Positions in the index of the incidents that fit, the newest first."""
    return moment.index.find(w, (moment.said(site.state.ledger, w.q) or moment.said(site.state.ledger, loosened(w.q))) if w.q else None)


def loosened(words: str) -> str:
    """The beginnings of words, for a search that found nothing: « mort » finds « morts »."""
    return " ".join(w if w.endswith("*") else w + "*" for w in words.split())


def ordered(index: Index, at: np.ndarray[tuple[int], np.dtype[np.int64]], sort: Sort) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Positions in the order asked for."""
    if sort == "oldest":
        return at[::-1]
    if sort == "weight":
        return at[np.lexsort((at, -index.origins[at], -index.reports[at]))]
    return at


def address(w: Wanted, page: Page, **changed: str) -> dict[str, str]:
    """The parameters that name a question, for links; `changed` replaces some, and "" drops one."""
    known = {
        "q": w.q, "place": w.place, "since": w.since, "until": w.until, "type": w.type, "source": w.source, "side": w.side,
        "measure": w.measure, "disputed": "1" if w.disputed else "", "origins": str(w.origins or ""),
        "box": ",".join(f"{x:g}" for x in w.box) if w.box else "", "as_of": page.as_of,
    }  # fmt: skip
    return {k: v for k, v in {**known, **changed}.items() if v}


@dataclass
class _Columns:
    """The last answers: the same columns are asked for again whenever somebody comes back to a page."""

    kept: OrderedDict[tuple[object, ...], bytes] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def of(self, key: tuple[object, ...], moment: Moment, at: np.ndarray[tuple[int], np.dtype[np.int64]]) -> bytes:
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
                return self.kept[key]
        made = moment.index.columns(at)
        with self.lock:
            self.kept[key] = made
            while len(self.kept) > 16:
                self.kept.popitem(last=False)
        return made


def add_routes(app: FastAPI, site: Site) -> None:
    """The list of incidents and its columns."""
    columns = _Columns()

    @app.get("/", response_class=HTMLResponse)
    def incidents(page: PageOf, w: WantedOf, sort: Sort = "newest", at: Annotated[int, Query(ge=1, le=100_000)] = 1) -> HTMLResponse:
        moment = site.moment(page)
        index = moment.index
        found = find(site, page, moment, w)
        listed = ordered(index, found, sort)
        rows = [present.row(index.incidents[k], page.words, page.say, page.query) for k in listed[(at - 1) * PER_PAGE : at * PER_PAGE]]
        bare = found[np.isnan(index.lat[found])]
        unplaced = [present.row(index.incidents[k], page.words, page.say, page.query) for k in bare[:30]]
        kinds = np.bincount(index.kind[found], minlength=len(present.FAMILY_OF))
        families = sorted({present.FAMILY_OF[k] for k, n in enumerate(kinds) if n})

        def url(**changed: str) -> str:
            return "/?" + urlencode(address(w, page, **{**({"sort": sort} if sort != "newest" else {}), **changed}))

        return site.show(
            page, "incidents.html", "incidents", rows=rows, wanted=w, sort=sort, at=at, pages=-(-len(found) // PER_PAGE), total=len(found),
            disputed=int(index.disputed[found].sum()), supported=int((index.origins[found] > 1).sum()), unplaced=unplaced,
            unplaced_count=len(bare), undated=int((index.earliest[found] < -(2**30)).sum()), families=families, url=url, all=len(index.incidents),
            types=_types(index, page), sides=_sides(index), measures=MEASURES, reports=len(moment.linked.rows),
            columns_url=f"/api/v1/incidents.columns?{urlencode(address(w, page, since='', until='', box=''))}", chips=_chips(w, page, url), kinds=[page.words.get("type", t) for t in present.TYPES], family_of=present.FAMILY_OF, query_string=urlencode(address(w, page)),
        )  # fmt: skip

    @app.get(
        "/api/v1/incidents.columns",
        response_class=Response,
        responses={**REFUSALS, 200: {"content": {"application/octet-stream": {}}}, 304: {"description": "As it was"}},
    )
    def incident_columns(page: PageOf, w: WantedOf, request: Request) -> Response:
        """All incidents that fit as binary columns (see the guide of the workbench), for maps and timelines of any size."""
        moment = site.moment(page)
        key = (moment.mark, page.moment, w)
        etag = f'"{abs(hash(key)):x}"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304)
        body = columns.of(key, moment, find(site, page, moment, w))
        return Response(body, media_type="application/octet-stream", headers={"ETag": etag, "Cache-Control": "private, no-cache"})


def _types(index: Index, page: Page) -> list[tuple[str, str]]:
    there = int(np.bitwise_or.reduce(index.types)) if len(index.types) else 0
    names = [t for k, t in enumerate(present.TYPES) if there >> k & 1]
    return sorted(((t, page.words.get("type", t)) for t in names), key=lambda t: t[1])


def _sides(index: Index) -> list[tuple[str, int]]:
    return sorted(((c, len(at)) for c, at in index.by_side.items()), key=lambda s: (-s[1], s[0]))[:60]


def _chips(w: Wanted, page: Page, url: object) -> list[tuple[str, str]]:
    """What leaves incidents out, in words, each with the name of its parameter."""
    say, words = page.say, page.words
    made = [
        ("q", f"« {w.q} »"), ("place", w.place), ("since", f"≥ {w.since}"), ("until", f"≤ {w.until}"), ("type", words.get("type", w.type)),
        ("source", w.source), ("side", f"{say('filter.side')} {w.side}"),
        ("measure", say("filter.measure_any") if w.measure == "any" else words.get("type", w.measure)), ("disputed", say("filter.disputed")),
        ("origins", f"{say('filter.origins')} {w.origins}"), ("box", say("filter.box")), ("as_of", f"{say('page.as_of')} {page.as_of}"),
    ]  # fmt: skip
    there = address(w, page)
    return [(name, text) for name, text in made if name in there]


def rows_of(moment: Moment, positions: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[Incident, ...]:
    """The incidents at positions of the index."""
    return tuple(moment.index.incidents[k] for k in positions)
