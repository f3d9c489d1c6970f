"""What is said of a source that does badly. May import: `intake.watch`, `errors`."""

from __future__ import annotations

from datetime import datetime

from selon.errors import Issue
from selon.intake.watch.health import Trouble
from selon.intake.watch.plan import Source


def warning(trouble: Trouble, detail: str, source: Source, since: datetime | None) -> Issue:
    """The warning of a trouble. Its words are the same as long as the trouble lasts, so that a ledger records it once."""
    day = f"{since:%Y-%m-%d}" if since else "?"
    match trouble:
        case "silent":
            return Issue(
                "SEL-F120",
                source.name,
                f"the source has gone silent: nothing new since {day}",
                source.url,
                "look whether it moved or ended",
            )
        case "failing":
            return Issue("SEL-F121", source.name, f"the source cannot be had since {day}", source.url, "open its address in a browser")
        case "shape":
            return Issue(
                "SEL-F122",
                source.name,
                f"the source changed its kind on {day}: {detail}",
                source.url,
                "look whether it is still what you wanted",
            )
        case "shrunk":
            return Issue(
                "SEL-F123",
                source.name,
                f"the source lists far fewer entries than it did, on {day}",
                source.url,
                "look whether it lost a part",
            )
        case "undated":
            return Issue(
                "SEL-F124",
                source.name,
                f"the entries of the source have lost their times, on {day}",
                source.url,
                "days of publication will be missing",
            )
