"""An alert in words, for mails and feeds. May import: `model`, `views`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selon.model.pages import Alert
from selon.views.labels import Words

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def plain(text: object) -> str:
    """Report text on one line, without what steers terminals, mail programs or XML."""
    return " ".join(_UNPRINTABLE.sub(" ", str(text)).split())


def subject(alert: Alert) -> str:
    """One line: the rule and what it found."""
    return plain(f"[{alert.rule}] {alert.body.get('title') or alert.rule}")[:200]


def lines(alert: Alert, words: Words) -> Iterator[str]:
    """What is known, each figure under its source and in the words of its report."""
    b = alert.body
    yield plain(b.get("title") or alert.rule)
    yield ""
    if b.get("disputed"):
        yield words("alert.disputed")
    if b.get("origins"):
        yield words("alert.counts", reports=b.get("reports_in_all", 0), origins=b["origins"])
    for f in b.get("figures", ()):
        by = plain(f["by"]) if f.get("by") else words("alert.narration", report=plain(f["report"]))
        yield "- " + words("alert.figure", what=plain(f["what"]), value=plain(f["value"]), by=by, quote=plain(f["quote"]))
    for r in b.get("reports", ()):
        told = " · ".join(plain(x) for x in (r.get("outlet"), r.get("title") or r.get("name"), r.get("published"), r.get("url")) if x)
        yield f"- {told}"
    yield ""
    yield words("alert.rule", rule=plain(alert.rule), id=alert.id)
