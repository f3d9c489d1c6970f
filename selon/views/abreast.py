"""Figures side by side: per place and thing counted, who says how many. Nothing is averaged. May import: `model`, `views`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from selon.model.rows import EventRow, FigureRow


@dataclass(frozen=True, slots=True)
class Said:
    """One figure as one source gives it; `source` None = the report itself."""

    figure: FigureRow
    source: str | None
    stance: str | None
    report: str
    published: str | None


@dataclass(frozen=True, slots=True)
class Abreast:
    """Figures that count the same kind of thing at the same place in the same days. They may still tell of different occurrences."""

    place: str
    country: str | None
    earliest: str | None
    latest: str | None
    count_of: str
    population: str | None
    said: tuple[Said, ...]

    @property
    def values(self) -> set[tuple[int | None, int | None]]:
        """The distinct values given."""
        return {(s.figure.low, s.figure.high) for s in self.said}


def abreast(events: Iterable[EventRow], kinds: Iterable[str] = ("killed", "wounded")) -> list[Abreast]:
    """Groups of figures by place, days, kind and population, those with the most sources and the most differences first.

    Only events with a resolved place and day are compared: others cannot be said to count the same thing.
    """
    wanted = set(kinds)
    groups: dict[tuple[str, str | None, str | None, str | None, str, str | None], dict[tuple[object, ...], Said]] = {}
    for e in events:
        if not e.place_name or not (e.earliest or e.latest) or e.status in ("planned", "hypothetical"):
            continue
        for f in e.figures:
            if f.count_of not in wanted:
                continue
            first = e.under[0] if e.under else None
            said = Said(f, first.source if first else None, first.stance if first else None, e.name, e.published_earliest)
            key = (said.source, said.report, f.low, f.high, f.qualifier)
            groups.setdefault((e.place_name, e.country, e.earliest, e.latest, f.count_of, f.population), {}).setdefault(key, said)
    made = [Abreast(*k, said=tuple(sorted(v.values(), key=_order))) for k, v in groups.items() if len(v) > 1]
    return sorted(made, key=lambda a: (-len(a.values), -len(a.said), a.earliest or a.latest or "", a.place, a.count_of))


def _order(s: Said) -> tuple[str, int, str]:
    value = s.figure.low if s.figure.low is not None else s.figure.high
    return (s.published or "", -1 if value is None else value, s.report)
