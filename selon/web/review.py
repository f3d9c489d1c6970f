"""The review page: one doubt at a time, one key a verdict. May import: `web`, `views`, `linked`, `ledger`, `model`, `errors`.

Everything works by forms alone; the script only presses buttons for keys. A form carries the state on which it was made (what was found,
how many judgements there were): when that has changed, the page shows what came in between with the note kept, and nothing is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import FastAPI, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from selon.errors import LedgerError, UsageError
from selon.ledger import Store, open_ledger
from selon.linked import Linked
from selon.model import EVENT_TYPES, STANCES, STATUSES, Figure, Reading
from selon.model.judged import Item, check_correction, items, machine_values, target_of
from selon.model.judgement import VERDICTS, Judgement, Target, canonical, in_force, opinions
from selon.model.rows import FigureRow
from selon.views.judgements import told
from selon.views.notes import number
from selon.views.review import Doubt, End, doubts, waiting
from selon.web import present
from selon.web.page import Page, PageOf
from selon.web.state import State

Show = Callable[..., HTMLResponse]
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


@dataclass
class _Queue:
    """The doubts of the last snapshot: going through them again for each key pressed would be slow."""

    snap: Linked | None = None
    found: list[Doubt] = field(default_factory=list)

    def of(self, snap: Linked) -> list[Doubt]:
        if self.snap is not snap:
            ids = {key: row.id for key, row in snap.rows.items()}
            self.snap, self.found = snap, doubts(snap.incidents, snap.readings, ids, snap.judged.standings)
        return self.found


def add_routes(app: FastAPI, state: State, show: Show) -> None:
    """The routes of the review page."""
    queue = _Queue()

    def render(
        page: Page, at: int, author: str, chosen: Doubt | None = None, draft: Draft | None = None, status: int = 200
    ) -> HTMLResponse:
        snap = state.recent()
        with open_ledger(state.address) as store:
            every = list(store.judgements())
            listed = waiting(queue.of(snap), snap.judged.standings, opinions(every), author)
            at = at % len(listed) if listed else 0
            doubt = chosen or (listed[at] if listed else None)
            sides = _sides(doubt, snap, store, page) if doubt else []
        whole = doubt is not None and len(sides) == len(doubt.ends)
        about = "+".join(sorted(s.target.key for s in sides))
        mine = [j for j in in_force(every) if j.author == author and j.verdict is not None]
        before = [t for t in told(every, snap.judged.standings) if whole and t.judgement.about == about and t.fate != "retracted"]
        return show(
            page, "review.html", "review", status, doubt=doubt if whole else None, sides=sides, at=at, total=len(listed), author=author,
            seen=sum(j.about == about for j in every), found="+".join(s.target.found for s in sides), before=before, last=mine[-1] if mine else None,
            draft=draft, fields=FIELDS, choices=CHOICES, incident=snap.by_id.get(doubt.incident or "") if doubt else None,
        )  # fmt: skip

    @app.get("/review", response_class=HTMLResponse)
    def review(page: PageOf, at: Annotated[int, Query(ge=0)] = 0) -> HTMLResponse:
        return render(page, at, _author(page))

    @app.post("/review/author")
    def name(page: PageOf, author: Annotated[str, Form()] = "") -> Response:
        answer = RedirectResponse("/review", 303)
        chosen = " ".join(author.split())[:_NAME]
        if chosen:
            answer.set_cookie("author", quote(chosen), samesite="strict", httponly=True, max_age=31536000)
        else:
            answer.delete_cookie("author")
        return answer

    @app.post("/review/judge", response_class=HTMLResponse)
    def judge(
        page: PageOf, verdict: Annotated[str, Form()], report: Annotated[list[str], Form()], kind: Annotated[list[str], Form()],
        item: Annotated[list[str], Form()], start: Annotated[list[int], Form()], end: Annotated[list[int], Form()],
        seen: Annotated[int, Form()], found: Annotated[str, Form()], note: Annotated[str, Form()] = "", at: Annotated[int, Form(ge=0)] = 0,
        low: Annotated[str, Form()] = "", high: Annotated[str, Form()] = "", type: Annotated[str, Form()] = "",
        status: Annotated[str, Form()] = "", place: Annotated[str, Form()] = "", earliest: Annotated[str, Form()] = "",
        latest: Annotated[str, Form()] = "", source: Annotated[str, Form()] = "", stance: Annotated[str, Form()] = "",
    ) -> Response:  # fmt: skip
        author, note = _author(page), note.strip()[:_NOTE]
        ends = tuple(End(*e) for e in zip(report, kind, item, start, end, strict=False))[:2]  # type: ignore[arg-type]
        doubt = Doubt("disputed", "", ends, None, 0)
        written = {"low": low, "high": high, "type": type, "status": status, "place": place, "earliest": earliest, "latest": latest,
                   "source": source, "stance": stance}  # fmt: skip
        if not author:
            return render(page, at, author, doubt, Draft(verdict, note, page.say("review.no_author")), 400)
        with open_ledger(state.address) as store:
            sides = _sides(doubt, state.recent(), store, page)
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
        return RedirectResponse(f"/review?at={at}", 303)

    @app.post("/review/undo")
    def undo(page: PageOf, id: Annotated[str, Form()], at: Annotated[int, Form(ge=0)] = 0) -> Response:
        author = _author(page)
        if author:
            with open_ledger(state.address) as store:
                store.judge(Judgement(None, author, datetime.now(UTC), retracts=id))
        return RedirectResponse(f"/review?at={at}", 303)


def _author(page: Page) -> str:
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
