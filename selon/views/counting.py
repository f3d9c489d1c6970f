"""Counting rules: ways to turn the figures of an incident into one row. Views only; the figures themselves stay as they are.

- `acled`: fatalities, the most conservative figure; vague words by ACLED's table (tens 10, dozens 12, hundreds 100); nothing reported is 0.
- `ucdp`: deaths as low, best and high (UCDP GED codebook).
- `airwars`: minimum and maximum of civilians killed, graded by origins and denials (Airwars methodology).
- `latest`: what each source said last.

Every row names the figures it used and those it dropped, and why. May import: `model`, `views`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from selon.model.fold import person_key
from selon.model.incident import FigureGroup, FigureValue, Incident
from selon.views.labels import Words
from selon.views.notes import Line, quoted

RULES = ("acled", "ucdp", "airwars", "latest")
CIVILIAN = frozenset(("civilian", "children", "women", "medical", "journalist"))


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure with the reason (a key of the catalogue) for which a rule used or dropped it; `population` None = no population named."""

    value: FigureValue
    population: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Count:
    """One row. `low`, `best`, `high` are None where the rule has none; `grade` is Airwars' grading; `label` tells rows of one rule apart, `place` the
    towns of a wave.
    """

    rule: str
    label: str
    low: int | None
    best: int | None
    high: int | None
    grade: str | None
    used: tuple[Choice, ...]
    dropped: tuple[Choice, ...]
    place: str | None = None


def count(incident: Incident, rule: str) -> list[Count]:
    """The rows of a rule for an incident; in a wave, for the whole and for each town. Raises KeyError for a rule that does not exist."""
    towns = sorted({g.place for g in incident.figures if g.place is not None})
    if not towns:
        return _RULES[rule](incident)
    rows: list[Count] = []
    for town in (None, *towns):
        part = replace(incident, figures=tuple(g for g in incident.figures if g.place == town))
        rows += [replace(c, place=town) for c in _RULES[rule](part) if c.used or c.dropped]
    return rows or _RULES[rule](incident)


def together(rows: Sequence[Count]) -> dict[str, Count]:
    """One row a label: that of the whole where figures count it, else the towns of a wave added up."""
    out: dict[str, Count] = {}
    for c in rows:
        known = out.get(c.label)
        if known is None:
            out[c.label] = replace(c, place=None) if c.place is not None else c
        elif c.place is not None and all(x.place is not None for x in rows if x.label == c.label):
            out[c.label] = replace(
                known, low=_sum(known.low, c.low), best=_sum(known.best, c.best), high=_sum(known.high, c.high),
                used=known.used + c.used, dropped=known.dropped + c.dropped,
            )  # fmt: skip
    return out


def count_label(c: Count, words: Words) -> str:
    """What a row counts, in words, with the population and the town."""
    name, _, population = c.label.partition(" ")
    told = [words.get("population", population)] if population else []
    told += [c.place] if c.place else []
    label = words.get("counted", name, words.get("count_of", name))
    return f"{label} ({', '.join(told)})" if told else label


def count_lines(rows: Iterable[Count], words: Words, narration: str, used: str, dropped: str) -> Iterator[Line]:
    """Each row with its values, then the figures that it used and dropped, and why."""
    for c in rows:
        values = [str(n) for n in ((c.best,) if c.best is not None and c.low is None else (c.low, c.best, c.high)) if n is not None]
        grade = f" — {words.get('grade', c.grade)}" if c.grade else ""
        yield Line(f"{count_label(c, words)}: {' – '.join(values) or '–'}{grade}", "strong", 1)
        for word, choices in ((used, c.used), (dropped, c.dropped)):
            for x in choices:
                day = f", {x.value.published}" if x.value.published else ""
                who = x.value.by or narration
                yield Line(
                    f"{word}: {quoted(x.value.text)} — {who}{day} ({words.get('why', x.why)})  {x.value.report}/{x.value.event}", "text", 2
                )


def _sum(a: int | None, b: int | None) -> int | None:
    return b if a is None else a if b is None else a + b


def _killed(incident: Incident) -> list[tuple[FigureGroup, FigureValue]]:
    return [(g, v) for g in incident.figures if g.count_of == "killed" for v in g.values]


def _low(v: FigureValue, vague: Mapping[int, int] | None = None) -> int:
    low = v.low if v.low is not None else 0
    return vague.get(low, low) if vague and v.qualifier == "vague" else low


def _high(v: FigureValue) -> int | None:
    return v.high


def _settled(figures: Sequence[tuple[FigureGroup, FigureValue]]) -> tuple[list[Choice], list[Choice]]:
    """Figures that stand, and those that do not: denied, part of a total, revised later by the same source, copied from one origin."""
    stand: list[Choice] = []
    dropped: list[Choice] = []
    totals = any(g.population is None for g, _ in figures)
    last: dict[tuple[str, str | None], str] = {}
    for g, v in figures:
        if v.by and v.published and v.withdrawn is None:
            who = person_key(v.by)
            last[who, g.population] = max(last.get((who, g.population), ""), v.published)
    seen: set[tuple[int, str | None, int | None, int | None]] = set()
    for g, v in figures:
        key = (v.origin, g.population, v.low, v.high)
        if v.withdrawn is not None:
            dropped.append(Choice(v, g.population, "withdrawn"))
        elif v.stance in ("denies", "unconfirmed"):
            dropped.append(Choice(v, g.population, "denied"))
        elif totals and g.population is not None:
            dropped.append(Choice(v, g.population, "part"))
        elif v.by and v.published and last.get((person_key(v.by), g.population), "") > v.published:
            dropped.append(Choice(v, g.population, "revised"))
        elif key in seen:
            dropped.append(Choice(v, g.population, "copy"))
        else:
            seen.add(key)
            stand.append(Choice(v, g.population, "stands"))
    return stand, dropped


_ACLED_VAGUE = {20: 12, 24: 12, 10: 10, 200: 100}


def _acled(incident: Incident) -> list[Count]:
    stand, dropped = _settled(_killed(incident))
    if not stand:
        return [Count("acled", "fatalities", None, 0, None, None, (), tuple(dropped))]
    least = min(stand, key=lambda c: (_low(c.value, _ACLED_VAGUE), c.value.published or "", c.value.report))
    dropped += [Choice(c.value, c.population, "higher") for c in stand if c is not least]
    value = _low(least.value, _ACLED_VAGUE)
    return [Count("acled", "fatalities", None, value, None, None, (Choice(least.value, least.population, "lowest"),), tuple(dropped))]


def _ucdp(incident: Incident) -> list[Count]:
    figures = _killed(incident)
    stand, dropped = _settled(figures)
    rows = [_range("ucdp", "deaths", stand, dropped)] if stand or dropped else []
    civilians = [
        Choice(v, g.population, "stands")
        for g, v in figures
        if g.population in CIVILIAN and v.stance not in ("denies", "unconfirmed") and v.withdrawn is None
    ]
    if civilians:
        rows.append(_range("ucdp", "deaths_civilians", civilians, []))
    return rows


def _range(rule: str, label: str, stand: Sequence[Choice], dropped: Sequence[Choice]) -> Count:
    if not stand:
        return Count(rule, label, None, None, None, None, (), tuple(dropped))
    lows = [_low(c.value) for c in stand]
    highs = [h if (h := _high(c.value)) is not None else _low(c.value) for c in stand]
    # The best estimate is the one with most independent origins behind it, the latest where several have as many.
    backing = {id(c): len({d.value.origin for d in stand if _meets(c.value, d.value)}) for c in stand}
    best = max(stand, key=lambda c: (backing[id(c)], c.value.published or "", c.value.report))
    used = tuple(Choice(c.value, c.population, "best" if c is best else "bound") for c in stand)
    return Count(rule, label, min(lows), _low(best.value), max(highs), None, used, tuple(dropped))


def _meets(a: FigureValue, b: FigureValue) -> bool:
    top = [v.high if v.high is not None else 10**9 for v in (a, b)]
    return max(_low(a), _low(b)) <= min(top)


def _airwars(incident: Incident) -> list[Count]:
    figures = _killed(incident)
    civil = [(g, v) for g, v in figures if g.population is None or g.population in CIVILIAN]
    stand, dropped = _settled(civil)
    dropped += [Choice(v, g.population, "not_civilian") for g, v in figures if g.population is not None and g.population not in CIVILIAN]
    if not stand:
        return [Count("airwars", "civilians_killed", None, None, None, "discounted" if dropped else None, (), tuple(dropped))]
    base = _range("airwars", "civilians_killed", stand, dropped)
    return [Count("airwars", base.label, base.low, None, base.high, _grade(incident, stand), base.used, base.dropped)]


def _grade(incident: Incident, stand: Iterable[Choice]) -> str:
    """Contested where the occurrence or its author is denied, confirmed where a source confirms or claims it, fair with two origins, else weak."""
    values = [c.value for c in stand]
    if any(e.kind == "denies" for e in incident.edges):
        return "contested"
    if any(v.stance in ("confirms", "claims") for v in values):
        return "confirmed"
    return "fair" if len({v.origin for v in values}) > 1 else "weak"


def _latest(incident: Incident) -> list[Count]:
    rows = []
    for g in incident.figures:
        last: dict[str, FigureValue] = {}
        stand = [v for v in g.values if v.withdrawn is None]
        if not stand:
            continue
        for v in stand:
            key = person_key(v.by) if v.by else f"report {v.report}"
            if key not in last or (v.published or "") >= (last[key].published or ""):
                last[key] = v
        kept = {id(v) for v in last.values()}
        label = g.count_of + (f" {g.population}" if g.population else "")
        used = tuple(Choice(v, g.population, "latest") for v in last.values())
        dropped = tuple(Choice(v, g.population, "withdrawn" if v.withdrawn else "revised") for v in g.values if id(v) not in kept)
        rows.append(
            Count(
                "latest",
                label,
                min(_low(v) for v in last.values()),
                None,
                max(v.high if v.high is not None else _low(v) for v in last.values()),
                None,
                used,
                dropped,
            )
        )
    return rows


_RULES: Mapping[str, Callable[[Incident], list[Count]]] = {"acled": _acled, "ucdp": _ucdp, "airwars": _airwars, "latest": _latest}
