"""An incident as the reports up to a day told it. May import: `model`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from selon.model import Reading
from selon.model.incident import Edge, FigureGroup, FigureValue, Incident


def _then(v: FigureValue, there: frozenset[str]) -> FigureValue:
    """A figure that a later report withdrew still stood."""
    return replace(v, withdrawn=None) if v.withdrawn is not None and v.withdrawn not in there else v


def told_days(i: Incident, readings: Mapping[str, Reading]) -> list[str]:
    """The days on which reports of an incident appeared, in order; a report whose day is not known has none."""
    return sorted({day for r in i.reports if (day := readings[r].published.earliest)})


def as_told(i: Incident, readings: Mapping[str, Reading], origins: Mapping[str, int], until: str) -> Incident:
    """The incident with no more than what reports up to an ISO day say. Place and days stay as all reports together support them.

    Reports whose day is not known are left out: nothing shows that they had been there.
    """
    reports = tuple(r for r in i.reports if (day := readings[r].published.earliest) and day <= until)
    there = frozenset(reports)
    edges = tuple(e for e in i.edges if e.source[0] in there and e.target[0] in there)
    figures = tuple(
        replace(g, values=values, agree=g.agree or not _at_odds(g, values, edges))
        for g in i.figures
        if (values := tuple(_then(v, there) for v in g.values if v.report in there))
    )
    disputed = i.disputed and (any(not g.agree for g in figures) or any(e.kind in ("denies", "contradicts") for e in edges))
    return replace(
        i, reports=reports, main_of=tuple(r for r in i.main_of if r in there), events=tuple(e for e in i.events if e[0] in there),
        origins=len({origins[r] for r in reports if r in origins}), figures=figures, edges=edges, disputed=disputed,
    )  # fmt: skip


def _at_odds(g: FigureGroup, values: tuple[object, ...], edges: tuple[Edge, ...]) -> bool:
    """Whether two of a group's remaining figures were found to contradict each other, or too little of it is gone to tell."""
    if len(values) == len(g.values):
        return True
    there = {(v.report, v.event) for v in g.values if v in values}
    return any(e.kind == "contradicts" and e.source in there and e.target in there for e in edges)
