"""The review page: one doubt at a time, one key a verdict. May import: `web`, `views`, `linked`, `ledger`, `model`, `errors`.

Everything works by forms alone; the script only presses buttons for keys. A form carries the state on which it was made (what was found,
how many judgements there were): when that has changed, the page shows what came in between with the note kept, and nothing is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote, unquote

from fastapi import Depends, FastAPI, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from selon.errors import LedgerError, UsageError
from selon.ledger import Store
from selon.linked import Linked
from selon.model import EVENT_TYPES, STANCES, STATUSES, Figure, Reading
from selon.model.judged import Item, check_correction, items, machine_values, target_of
from selon.model.judgement import VERDICTS, Judgement, Target, canonical, in_force, opinions
from selon.model.rows import FigureRow
from selon.views.incidents import edge_reason
from selon.views.judgements import told as fates
from selon.views.notes import number
from selon.views.review import ORDER, Doubt, End, waiting
from selon.web import present
from selon.web.access import User, needs, told
from selon.web.page import Page, PageOf
from selon.web.site import Site, user_of

FIELDS: Mapping[str, tuple[str, ...]] = {
    "statement": ("source", "stance"), "event": ("type", "status", "place", "earliest", "latest"), "figure": ("low", "high"),
}  # fmt: skip
"""What the page offers for correction; the command line can correct more."""
CHOICES: Mapping[str, Sequence[str]] = {"stance": STANCES, "type": EVENT_TYPES, "status": STATUSES}
_NOTE, _NAME = 2000, 80


@dataclass(frozen=True)
class Side:
    """One end of a doubt as it stands in the ledger now."""

    end: End
    title: str
    day: str | None
    lang: str
    pieces: Sequence[present.Piece]
    facts: Sequence[tuple[str, str]]
    values: Mapping[str, Any]
    target: Target


@dataclass(frozen=True)
class Draft:
    """What somebody was about to say when something came in between."""

    verdict: str
    note: str
    problem: str


Reviewer = Annotated[User, Depends(needs("reviewer"))]


def add_routes(app: FastAPI, site: Site) -> None:
    """The routes of the review page, and of merging and splitting incidents."""
    store = site.state.ledger

    def render(
        page: Page, at: int, author: str, chosen: Doubt | None = None, draft: Draft | None = None, status: int = 200, reason: str = ""
    ) -> HTMLResponse:
        moment = site.state.moment()
        snap = moment.linked
        every = list(store.judgements())
        listed = waiting(moment.doubts, snap.judged.standings, opinions(every), author)
        reasons = moment.doubt_counts if len(listed) == len(moment.doubts) else Counter(d.reason for d in listed)
        listed = [d for d in listed if d.reason == reason] if reason else listed
        at = at % len(listed) if listed else 0
        doubt = chosen or (listed[at] if listed else None)
        sides = _sides(doubt, snap, store, page) if doubt else []
        whole = doubt is not None and len(sides) == len(doubt.ends)
        about = "+".join(sorted(s.target.key for s in sides))
        mine = [j for j in in_force(every) if j.author == author and j.verdict is not None]
        before = [t for t in fates(every, snap.judged.standings) if whole and t.judgement.about == about and t.fate != "retracted"]
        return site.show(
            page, "review.html", "review", status, reasons=[(r, reasons[r]) for r in ORDER if reasons[r]], reason=reason, doubt=doubt if whole else None, because=_because(doubt, snap, page), sides=sides, at=at, total=len(listed), author=author,
            seen=sum(j.about == about for j in every), found="+".join(s.target.found for s in sides), before=before, last=mine[-1] if mine else None,
            draft=draft, fields=FIELDS, choices=CHOICES, incident=snap.by_id.get(doubt.incident or "") if doubt else None, fellow=_fellow(doubt, snap),
        )  # fmt: skip

    @app.get("/review", response_class=HTMLResponse)
    def review(page: PageOf, user: Reviewer, at: Annotated[int, Query(ge=0, le=10**9)] = 0, reason: str = "") -> HTMLResponse:
        return render(page, at, signature(page), reason=reason if reason in ORDER else "")

    @app.post("/review/author")
    def name(page: PageOf, user: Reviewer, author: Annotated[str, Form()] = "") -> Response:
        answer = RedirectResponse("/review", 303)
        chosen = " ".join(author.split())[:_NAME]
        if chosen:
            answer.set_cookie("author", quote(chosen), samesite="strict", httponly=True, max_age=31536000)
        else:
            answer.delete_cookie("author")
        return answer

    @app.post("/review/judge", response_class=HTMLResponse)
    def judge(
        page: PageOf, request: Request, user: Reviewer, verdict: Annotated[str, Form()], report: Annotated[list[str], Form()], kind: Annotated[list[str], Form()],
        item: Annotated[list[str], Form()], start: Annotated[list[int], Form()], end: Annotated[list[int], Form()],
        seen: Annotated[int, Form()], found: Annotated[str, Form()], note: Annotated[str, Form()] = "", at: Annotated[int, Form(ge=0)] = 0,
        low: Annotated[str, Form()] = "", high: Annotated[str, Form()] = "", type: Annotated[str, Form()] = "",
        status: Annotated[str, Form()] = "", place: Annotated[str, Form()] = "", earliest: Annotated[str, Form()] = "",
        latest: Annotated[str, Form()] = "", source: Annotated[str, Form()] = "", stance: Annotated[str, Form()] = "",
        reason: Annotated[str, Form()] = "",
    ) -> Response:  # fmt: skip
        author, note = signature(page), note.strip()[:_NOTE]
        ends = tuple(End(*e) for e in zip(report, kind, item, start, end, strict=False))[:2]  # type: ignore[arg-type]
        doubt = Doubt("disputed", "", ends, None, 0)
        written = {"low": low, "high": high, "type": type, "status": status, "place": place, "earliest": earliest, "latest": latest,
                   "source": source, "stance": stance}  # fmt: skip
        if not author:
            return render(page, at, author, doubt, Draft(verdict, note, page.say("review.no_author")), 400)
        sides = _sides(doubt, site.state.moment().linked, store, page)
        if not ends or len(sides) != len(ends):
            return render(page, at, author, None, Draft(verdict, note, page.say("review.gone")), 409)
        if "+".join(s.target.found for s in sides) != found:
            return render(page, at, author, doubt, Draft(verdict, note, page.say("review.changed")), 409)
        try:
            store.judge(_made(verdict, author, note, sides, written), after=seen)
        except UsageError as e:
            return render(page, at, author, doubt, Draft(verdict, note, f"{page.say('review.refused')} {e.excerpt}"), 400)
        except LedgerError as e:
            if e.code != "SEL-L030":
                raise
            return render(page, at, author, doubt, Draft(verdict, note, page.say("review.conflict")), 409)
        told(store, user, request, "judge", f"{verdict} {'+'.join(f'{s.target.report}/{s.target.item}' for s in sides)}")
        return RedirectResponse(f"/review?at={at}" + (f"&reason={reason}" if reason in ORDER else ""), 303)

    @app.post("/review/pair")
    def pair(
        page: PageOf, request: Request, user: Reviewer, verdict: Annotated[Literal["same", "different"], Form()],
        one: Annotated[str, Form(max_length=400)], two: Annotated[str, Form(max_length=400)], note: Annotated[str, Form()] = "",
        back: Annotated[str, Form(max_length=40)] = "", at: Annotated[int | None, Form(ge=0)] = None,
    ) -> Response:  # fmt: skip
        """Merges (`same`) or splits (`different`): each end is a report's key and an event, or an incident, which its first event stands for.

        Leads back to the queue (`at`), or to the incident that holds the first end now.
        """
        snap, author = site.state.moment().linked, signature(page)
        if not author:
            raise HTTPException(400, page.say("review.no_author"))
        targets = []
        for end in (one, two):
            report, event = _at(end, snap)
            row = snap.rows.get(report)
            if row is None:
                raise HTTPException(404, page.say("review.gone"))
            targets.append(target_of(store.reading(row.id), row.id, event))
        if targets[0].key == targets[1].key:
            raise HTTPException(400, page.say("review.itself"))
        store.judge(Judgement(verdict, author, datetime.now(UTC), targets[0], targets[1], note.strip()[:_NOTE]))
        told(store, user, request, "judge", f"{verdict} {one} {two}")
        if at is not None:
            return RedirectResponse(f"/review?at={at}", 303)
        held = site.state.moment().linked.incident_of.get(_at(one, snap), "")
        return RedirectResponse(f"/incident/{held or back}#events" if held or back in snap.by_id else "/review", 303)

    @app.post("/review/undo")
    def undo(
        page: PageOf, request: Request, user: Reviewer, id: Annotated[str, Form(max_length=40)], at: Annotated[int, Form(ge=0)] = 0
    ) -> Response:
        author = signature(page)
        if author:
            store.judge(Judgement(None, author, datetime.now(UTC), retracts=id))
            told(store, user, request, "undo", id)
        return RedirectResponse(f"/review?at={at}", 303)


def _fellow(doubt: Doubt | None, snap: Linked) -> str:
    """Another event of the incident of an event in doubt, from which it can be split off; empty where there is none."""
    if doubt is None or len(doubt.ends) != 1 or doubt.ends[0].kind == "statement":
        return ""
    mine, i = (doubt.ends[0].report, doubt.ends[0].item), snap.by_id.get(doubt.incident or "")
    return next(("/".join(e) for e in i.events if e != mine), "") if i and mine in i.events else ""


def _because(doubt: Doubt | None, snap: Linked, page: Page) -> str:
    """Why this is in doubt, in the language of the page where an edge says it."""
    i = snap.by_id.get(doubt.incident or "") if doubt else None
    edge = next((e for e in i.edges if doubt and e.because == doubt.because), None) if i else None
    return edge_reason(edge, page.words) if edge else doubt.because if doubt else ""


def _at(end: str, snap: Linked) -> tuple[str, str]:
    """The event that an end names."""
    i = snap.by_id.get(end.strip().rpartition("/")[2])
    report, _, event = end.strip().rpartition("/")
    return i.events[0] if i is not None else (report, event)


def signature(page: Page) -> str:
    """Whose judgement it is: the account, or on this computer the name that was given."""
    if name := user_of(page.request).name:
        return name
    return " ".join(unquote(page.request.cookies.get("author", "")).split())[:_NAME]


def _made(verdict: str, author: str, note: str, sides: Sequence[Side], written: Mapping[str, str]) -> Judgement:
    """The judgement that a form asks for. Raises UsageError SEL-U050 when it makes no sense."""
    allowed = ("same", "different", "unsure") if len(sides) == 2 else ("accept", "correct", "reject", "unsure")
    if verdict not in VERDICTS or verdict not in allowed:
        raise UsageError("SEL-U050", "this verdict does not fit", excerpt=verdict[:20])
    value = None
    if verdict == "correct":
        side = sides[0]
        change = {k: _typed(k, written[k].strip()) for k in FIELDS[side.target.kind]}
        change = {k: v for k, v in change.items() if v != side.values.get(k)}
        value = canonical(check_correction(side.target.kind, change))
    second = sides[1].target if len(sides) == 2 else None
    return Judgement(verdict, author, datetime.now(UTC), sides[0].target, second, note, value)  # type: ignore[arg-type]


def _typed(name: str, text: str) -> Any:
    if not text:
        return None
    if name in ("low", "high"):
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else text
    return text


def _sides(doubt: Doubt, snap: Linked, store: Store, page: Page) -> list[Side]:
    """The ends of a doubt that are still there, each with its sentence."""
    out = []
    for e in doubt.ends:
        row = snap.rows.get(e.report)
        if row is None or row.version is None:
            continue
        reading = store.reading(row.id)
        item = _item(reading, e)
        if item is None:
            continue
        pieces = present.evidence(reading, item)
        facts = _facts(item, page)
        out.append(Side(e, row.title or row.name, row.published_earliest, row.lang, pieces, facts, machine_values(item),
                        target_of(reading, row.id, item.id)))  # fmt: skip
    return out


def _item(reading: Reading, e: End) -> Item | None:
    """The item at an anchor; where several stand there, the one of the statement or event that was meant."""
    there = [i for i in items(reading) if i.kind == e.kind and (i.anchor.start, i.anchor.end) == (e.start, e.end)]
    return next((i for i in there if i.id.partition("/")[0] == e.item), there[0] if there else None)


def _facts(item: Item, page: Page) -> list[tuple[str, str]]:
    """What was found, in words; what goes without saying is left out."""
    values, v = machine_values(item), item.value
    if isinstance(v, Figure):
        row = FigureRow("other", v.unit, v.low, v.high, v.qualifier, None, None, v.span.text, 0, 0)
        values = {"count_of": v.count_of, "value": number(row, page.words), "unit": v.unit, "population": v.population, "scope": v.scope}
    quiet = {"mood": "indicative", "scope": "this"}
    known = ("stance", "status", "type", "count_of", "population", "source_kind", "scope")
    return [
        (page.say(f"review.field_{k}"), page.words.get(k, str(x)) if k in known else str(x))
        for k, x in values.items()
        if x is not None and x != "" and x != quiet.get(k)
    ]
