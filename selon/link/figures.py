"""Figures of an incident side by side: who counts what, and whether they can both be true. May import: `model`, `link`.

Two figures contradict each other only when they count the same thing (count, population) at the same time: a toll that rises from one
day to the next is an update, a part is not its whole, and a vague word bears much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, get_args

from selon.link.citations import event_credit
from selon.link.days import ordinal
from selon.link.origins import Origins
from selon.link.telling import fold
from selon.model import Event, Figure, Population, Reading, Statement
from selon.model.incident import FigureGroup, FigureValue

POPULATIONS = frozenset(get_args(Population))
_NOTHING: Mapping[Any, str] = MappingProxyType({})
_GROWING = frozenset(("killed", "wounded", "missing", "displaced", "captured", "destroyed", "damaged", "intercepted"))


def bounds(low: int | None, high: int | None, qualifier: str) -> tuple[float, float]:
    """What values the words allow: "about 20" 15 % to both sides, "dozens" from 20 without end, "about" never below zero."""
    a = float(low) if low is not None else 0.0
    b = float(high) if high is not None else float("inf")
    if qualifier == "about":
        return a * 0.85, b * 1.15
    if qualifier == "vague":
        return a * 0.8, float("inf")
    return a, b


def can_agree(a: FigureValue, b: FigureValue, count_of: str) -> bool:
    """Whether both can be true: they count over different times (this strike, all since the war began), the ranges overlap, or the later one
    of a growing count is the larger.
    """
    if "cumulative" in (a.scope, b.scope) and a.scope != b.scope:
        return True
    (a1, a2), (b1, b2) = bounds(a.low, a.high, a.qualifier), bounds(b.low, b.high, b.qualifier)
    if max(a1, b1) <= min(a2, b2):
        return True
    x, y = ordinal(a.published), ordinal(b.published)
    if count_of in _GROWING and x is not None and y is not None and x != y:
        earlier, later = ((a1, a2), (b1, b2)) if x < y else ((b1, b2), (a1, a2))
        return later[0] >= earlier[0]
    return False


def teller(event: Event, statements: Mapping[str, Statement]) -> Statement | None:
    """The innermost statement that holds the event: who gives its figures."""
    held = [statements[s] for s in event.statements if s in statements]
    return min(held, key=lambda s: (len(s.content), s.content.start), default=None)


def group_figures(
    members: Sequence[tuple[Reading, Event]],
    origins: Origins,
    towns: Mapping[tuple[str, str], str] = _NOTHING,
    withdrawn: Mapping[str, str] = _NOTHING,
) -> tuple[FigureGroup, ...]:
    """The figures of an incident by what they count and, in a wave, by town (`towns` of events), in order of publication.

    `withdrawn` names for each report that was withdrawn the one that did it: its figures are shown and neither agree nor disagree.
    """
    groups: dict[tuple[str, str | None, str | None], list[FigureValue]] = defaultdict(list)
    units: dict[tuple[str, str | None, str | None], str | None] = {}
    for reading, event in members:
        statements = {s.id: s for s in reading.statements}
        said = teller(event, statements)
        via = event_credit(event, statements) if event.figures else None
        whole = origins.credits.get(reading.report.id)
        origin = origins.agencies[via] if via is not None else origins.get(reading.report.id, -1)
        via = via or (whole.agency if whole and origins.agencies.get(whole.agency) == origin else None)
        for f in event.figures:
            key = (f.count_of, counted(f), towns.get((reading.report.id, event.id)))
            units.setdefault(key, f.unit)
            groups[key].append(
                FigureValue(
                    reading.report.id, event.id, f.low, f.high, f.qualifier, said.source.name if said and said.source else None,
                    said.stance if said else None, reading.published.earliest, f.span.text, origin, f.unit, via, f.scope,
                    withdrawn.get(reading.report.id),
                )
            )  # fmt: skip
    out = []
    for (count_of, population, town), values in sorted(groups.items(), key=lambda g: (g[0][0], g[0][1] or "", g[0][2] or "")):
        values.sort(key=lambda v: (v.published or "9999", v.report, v.event))
        stand = [v for v in values if v.withdrawn is None]
        agree = all(can_agree(a, b, count_of) for i, a in enumerate(stand) for b in stand[i + 1 : i + 200])
        people = population if population in POPULATIONS else None
        unit = units[count_of, population, town]
        out.append(FigureGroup(count_of, unit, people, tuple(values), agree, town))  # type: ignore[arg-type]
    return tuple(out)


def counted(f: Figure) -> str | None:
    """What tells two figures of one count apart: the population of people, the kind of what flies (drones are not missiles)."""
    if f.population:
        return f.population
    if f.count_of in ("launched", "intercepted", "delivered"):
        return thing(f.unit)
    return None


def thing(unit: str | None) -> str | None:
    """The first word of a unit, folded, without a plural s: « drones explosifs » and « drone » are one thing."""
    words = fold(unit or "").split()
    return words[0].rstrip("sx") if words else None
