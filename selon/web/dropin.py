"""Files, texts and addresses given to the page are read into the ledger, beside the pages, with their progress.

May import: `web`, `batch`, `pages`, `intake`, `ledger`, `model`, `errors`.
"""

from __future__ import annotations

import secrets
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from selon.batch import Known, Note, Read, Unread, read_inputs
from selon.errors import Issue, SelonError
from selon.intake import Input, Sieve, iter_inputs
from selon.intake.fetch import open_fetcher
from selon.ledger import Ledger, open_ledger
from selon.pages import Asked, Taken, fetched_inputs
from selon.web.access import User, needs, told
from selon.web.page import PageOf
from selon.web.site import Site

_one_at_a_time = threading.Lock()
_KEPT = 50  # jobs remembered


@dataclass
class Job:
    """What was given, and what became of it so far: reports read (name, id), number known before, issues."""

    files: Sequence[tuple[str, bytes]] = ()
    paths: Sequence[Path] = ()
    text: str = ""
    url: str = ""
    published: str | None = None
    read: list[tuple[str, str]] = field(default_factory=list)
    known: int = 0
    issues: list[Issue] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)
    now: str = ""
    done: bool = False

    @property
    def given(self) -> int:
        """How many things were given; archives hold more reports than that."""
        return len(self.files) + len(self.paths) + bool(self.text.strip()) + bool(self.url)

    @property
    def seen(self) -> int:
        """How many reports are behind."""
        return len(self.read) + self.known + len(self.issues)

    def state(self) -> dict[str, Any]:
        """Progress for the page to ask for."""
        return {
            "done": self.done,
            "given": self.given,
            "seen": self.seen,
            "read": len(self.read),
            "known": self.known,
            "issues": len(self.issues),
            "now": self.now,
        }


def run(job: Job, address: str) -> None:
    """Reads what a job was given. Names are only labels: nothing is written outside a temporary folder of ours."""
    try:
        with tempfile.TemporaryDirectory(prefix="selon-") as folder, _one_at_a_time, open_ledger(address) as ledger:
            for outcome in read_inputs(_inputs(job, Path(folder), ledger), knows=ledger.has):
                match outcome:
                    case Read(reading, raw, given):
                        ledger.add(reading, raw, given)
                        job.read.append((reading.report.title or reading.report.id, reading.report.id))
                    case Known():
                        job.known += 1
                    case Unread(report, raw, issue):
                        ledger.keep(report, raw)
                        job.issues.append(_named(issue))
                    case Note(issue):
                        job.notes.append(_named(issue))
                    case Issue():
                        ledger.record(_named(outcome))
                        job.issues.append(_named(outcome))
    except SelonError as e:
        job.issues.append(e.issue())
    finally:
        job.done, job.files, job.text = True, (), ""


def _inputs(job: Job, folder: Path, ledger: Ledger) -> Iterator[Input | Issue]:
    given: list[tuple[str, bytes]] = [*job.files]
    if job.text.strip():
        given.append(("pasted.txt", job.text.encode("utf-8", "surrogatepass")))

    def sifted(place: str, sieve: Sieve) -> None:
        issue = _named(sieve.issue(place))
        ledger.record(issue)
        job.notes.append(issue)

    for item in iter_inputs([str(p) for p in job.paths], published=job.published, on_sifted=sifted):
        yield _unplaced(item, job)
    for k, (name, raw) in enumerate(given):
        for item in iter_inputs([str(_kept(folder, k, name, raw))], published=job.published, on_sifted=sifted):
            yield _unplaced(item, job)
    if job.url:
        job.now = job.url

        def taken(_: Asked, what: Taken) -> None:
            job.known += what.issue is None and what.input is None

        with open_fetcher() as fetcher:
            yield from fetched_inputs([job.url], ledger, fetcher, published=job.published, on_taken=taken)


def _kept(folder: Path, k: int, name: str, raw: bytes) -> Path:
    # A folder for each, so that two files of one name stay apart and no name leads elsewhere.
    place = folder / str(k) / (PurePath(name.replace("\\", "/")).name.lstrip(".") or "file.txt")[-120:]
    place.parent.mkdir()
    place.write_bytes(raw)
    return place


def _named(issue: Issue) -> Issue:
    """The issue under the file's own name: where we put it for a moment is nobody's business."""
    return issue if "://" in issue.place else replace(issue, place=PurePath(issue.place).name)


def _unplaced(item: Input | Issue, job: Job) -> Input | Issue:
    """An input whose path is only the file's name."""
    if isinstance(item, Issue):
        return item
    source = item.report.source
    path = PurePath(source.path).name if source.path else None
    job.now = path or item.report.id
    return replace(item, report=replace(item.report, source=replace(source, path=path)))


def add_routes(app: FastAPI, site: Site, examples: Sequence[Path]) -> None:
    """The page that takes reports, and the progress of what it took."""
    jobs: OrderedDict[str, Job] = OrderedDict()

    def begin(job: Job, request: Request, user: User) -> Response:
        key = secrets.token_hex(8)
        jobs[key] = job
        while len(jobs) > _KEPT:
            jobs.popitem(last=False)
        told(site.state.ledger, user, request, "add", job.url or f"{job.given} given")
        threading.Thread(target=run, args=(job, site.state.address), daemon=True).start()
        return RedirectResponse(f"/add/{key}", 303)

    @app.get("/add", response_class=HTMLResponse, dependencies=[Depends(needs("reviewer"))])
    def add(page: PageOf) -> HTMLResponse:
        return site.show(page, "add.html", "add", job=None, key="", examples=len(examples))

    @app.post("/add")
    def added(
        request: Request, user: Annotated[User, Depends(needs("reviewer"))], files: list[UploadFile | str] | None = None,
        text: Annotated[str, Form()] = "", url: Annotated[str, Form(max_length=4000)] = "", published: Annotated[str, Form(max_length=40)] = "",
    ) -> Response:  # fmt: skip
        named = [(f.filename, f.file.read()) for f in files or [] if not isinstance(f, str) and f.filename]
        return begin(Job(named, text=text, url=url.strip(), published=published or None), request, user)

    @app.post("/add/examples")
    def example(request: Request, user: Annotated[User, Depends(needs("reviewer"))]) -> Response:
        return begin(Job(paths=examples), request, user)

    @app.get("/add/{key}", response_class=HTMLResponse, dependencies=[Depends(needs("reviewer"))])
    def progress(page: PageOf, key: str) -> HTMLResponse:
        job = jobs.get(key)
        if job is None:
            return site.show(page, "error.html", "add", 404, problem=page.say("error.not_found"), code="", remedy="")
        answer = site.show(page, "add.html", "add", job=job, key=key, examples=len(examples))
        if not job.done:
            answer.headers["Refresh"] = "1"
        return answer
