"""Why reports are held to tell of one incident, in words. May import: `views`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from selon.views.labels import Words
from selon.views.notes import Line


class Evidence(Protocol):
    """One feature's share of the log-odds."""

    @property
    def feature(self) -> str: ...

    @property
    def points(self) -> float: ...

    @property
    def explanation(self) -> str: ...


class Belongs(Protocol):
    """The evidence for one report, and how likely it makes it."""

    @property
    def report(self) -> str: ...

    @property
    def evidence(self) -> Sequence[Evidence]: ...

    @property
    def probability(self) -> float: ...


def why_lines(found: Iterable[Belongs], words: Words, say: Callable[..., str]) -> Iterator[Line]:
    """A line a report, then a line a feature that says anything, the strongest first."""
    yield Line("")
    yield Line(say("incident.why_title"), "head")
    for w in found:
        if not w.evidence:
            yield Line(say("incident.why_alone", report=w.report), "strong", 1)
            continue
        yield Line(say("incident.why_report", report=w.report, percent=round(100 * w.probability)), "strong", 1)
        for e in sorted(w.evidence, key=lambda e: -abs(e.points)):
            if abs(e.points) >= 0.005:
                yield Line(f"{e.points:+.2f}  {words.get('feature', e.feature, e.explanation)}", "text", 2)
