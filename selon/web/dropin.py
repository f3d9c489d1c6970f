"""Files and texts dropped on the page are read into the ledger. May import: `batch`, `intake`, `ledger`, `errors`."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from selon.batch import Known, Note, Read, Unread, read_inputs
from selon.errors import Issue
from selon.intake import Input, iter_inputs
from selon.ledger import open_ledger

_one_at_a_time = threading.Lock()


@dataclass
class Dropped:
    """What became of it: names of reports read, number known before, issues."""

    read: list[str] = field(default_factory=list)
    known: int = 0
    issues: list[Issue] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)


def read_dropped(address: str, files: Sequence[tuple[str, bytes]], text: str, published: str | None) -> Dropped:
    """Reads files (name, bytes) and a pasted text. Names are only labels: nothing is written outside a temporary folder of ours."""
    out = Dropped()
    with tempfile.TemporaryDirectory(prefix="selon-") as folder, _one_at_a_time, open_ledger(address) as ledger:
        paths = []
        for k, (name, raw) in enumerate([*files, *([("pasted.txt", text.encode("utf-8", "surrogatepass"))] if text.strip() else [])]):
            # A folder for each, so that two files of one name stay apart and no name leads elsewhere.
            place = Path(folder) / str(k) / (PurePath(name.replace("\\", "/")).name.lstrip(".") or "file.txt")[-120:]
            place.parent.mkdir()
            place.write_bytes(raw)
            paths.append(str(place))
        for outcome in read_inputs(map(_unplaced, iter_inputs(paths, published=published)), knows=ledger.has):
            match outcome:
                case Read(reading, raw, given):
                    ledger.add(reading, raw, given)
                    out.read.append(reading.report.title or reading.report.id)
                case Known():
                    out.known += 1
                case Unread(report, raw, issue):
                    ledger.keep(report, raw)
                    out.issues.append(_named(issue))
                case Note(issue):
                    out.notes.append(_named(issue))
                case Issue():
                    ledger.record(_named(outcome))
                    out.issues.append(_named(outcome))
    return out


def _named(issue: Issue) -> Issue:
    """The issue under the file's own name: where we put it for a moment is nobody's business."""
    return replace(issue, place=PurePath(issue.place).name)


def _unplaced(item: Input | Issue) -> Input | Issue:
    """An input whose path is only the file's name."""
    if isinstance(item, Issue):
        return item
    source = item.report.source
    path = PurePath(source.path).name if source.path else None
    return replace(item, report=replace(item.report, source=replace(source, path=path)))
