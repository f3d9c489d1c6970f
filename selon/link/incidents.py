"""Incidents from readings. May import: `link`, `model`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log1p

from selon.link.cluster import cluster, corpus_of
from selon.link.days import iso
from selon.link.edges import denial_edges, figure_edges
from selon.link.features import Corpus, Profile
from selon.link.figures import group_figures
from selon.link.notices import withdrawals
from selon.link.origins import Origins, fold_origins
from selon.link.pairs import NONE, Pairs, fallen_apart, on_tellings
from selon.link.parts import incident_place, towns_in, wholes_of
from selon.link.telling import FAMILY_OF, Telling, lead_end, main_weights, names_in, tellings_of
from selon.model import Event, EventType, Place, Reading, content_id
from selon.model.incident import Incident, IncidentPart, IncidentPlace, Withdrawal

# A settlement named once says more than a country named three times.
_FINENESS = {"exact": 1.0, "near": 1.0, "admin2": 0.7, "admin1": 0.5, "unresolved": 0.4, "country": 0.2}
_SHARED = 0.8
_PRECISION_RANK = {"exact": 0, "near": 1, "admin2": 2, "admin1": 3, "country": 4, "unresolved": 5}


@dataclass(frozen=True)
class Found:
    """Incidents, with what it takes to explain them: rarity of names, and which reports were withdrawn."""

    incidents: tuple[Incident, ...]
    corpus: Corpus
    withdrawn: Mapping[str, Withdrawal]


def link(readings: Iterable[Reading], cannot: Pairs = NONE, origins: Origins | None = None, must: Pairs = NONE) -> list[Incident]:
    """The incidents that `link_all` finds."""
    return list(link_all(readings, cannot, origins, must).incidents)


def link_all(readings: Iterable[Reading], cannot: Pairs = NONE, origins: Origins | None = None, must: Pairs = NONE) -> Found:
    """All incidents, by day and id. The same readings in any order give the same incidents.

    `cannot` and `must` hold pairs of (report id, event id) that people judged to be of different incidents and of one; `origins` is the
    result of `fold_origins` where the caller has it already.
    """
    by_id = {r.report.id: r for r in readings}
    origins = fold_origins(by_id.values()) if origins is None else origins
    tellings: list[Telling] = []
    words: dict[str, set[str]] = {}
    for report in sorted(by_id):
        own = tellings_of(by_id[report])
        tellings += own
        if own:
            words[report] = lead_words(by_id[report])
    tellings = fallen_apart(tellings, cannot) if cannot else tellings
    corpus = corpus_of(tellings, words)
    clusters = cluster(tellings, words, corpus, on_tellings(cannot, tellings), on_tellings(must, tellings))
    mains = _mains(clusters, tellings)
    withdrawn = withdrawals(by_id.values(), origins)
    gone = {report: w.by for report, w in withdrawn.items()}
    incidents = _with_parts([_incident(c, by_id, origins, mains, gone) for c in clusters])
    return Found(tuple(sorted(incidents, key=lambda i: (i.earliest or "9999", i.id))), corpus, withdrawn)


def _with_parts(incidents: Sequence[Incident]) -> list[Incident]:
    whole = wholes_of(incidents)
    apart: dict[str, list[IncidentPart]] = defaultdict(list)
    for i in sorted(incidents, key=lambda i: i.id):
        if i.id in whole and i.place is not None:
            apart[whole[i.id]].append(IncidentPart(i.place, incident=i.id))
    touched = whole.keys() | apart.keys()
    return [replace(i, part_of=whole.get(i.id), parts=(*i.parts, *apart[i.id])) if i.id in touched else i for i in incidents]


def lead_words(reading: Reading) -> set[str]:
    """The folded names of headline and lead."""
    return names_in("x " + reading.report.text[: lead_end(reading)[1]])


def _mains(clusters: Sequence[Profile], tellings: Sequence[Telling]) -> dict[str, tuple[str, str]]:
    """Report -> key of the telling it is mainly about: weight in the report, raised where other reports tell of the same occurrence.

    A report on the aftermath (protests a week after a flood) is mainly about what all the others tell of, too.
    """
    others = {t.key: len(c.reports) - 1 for c in clusters for t in c.tellings}
    by_report: dict[str, list[Telling]] = defaultdict(list)
    for t in tellings:
        by_report[t.report].append(t)
    weights = {t.key: w for own in by_report.values() for t, w in zip(own, main_weights(own), strict=True)}
    best: dict[str, tuple[float, int, tuple[str, str]]] = {}
    for t in tellings:
        rank = (weights[t.key] * (1.0 + _SHARED * log1p(others[t.key])), -t.order, t.key)
        if t.report not in best or rank > best[t.report]:
            best[t.report] = rank
    return {report: key for report, (_, _, key) in best.items()}


def _incident(
    c: Profile,
    readings: Mapping[str, Reading],
    origins: Origins,
    mains: Mapping[str, tuple[str, str]],
    withdrawn: Mapping[str, str],
) -> Incident:
    tellings = sorted(c.tellings, key=lambda t: (t.published or 0, t.report, t.order))
    members: list[tuple[Reading, Event]] = [(readings[t.report], e) for t in tellings for e in t.events]
    reports = tuple(sorted(c.reports))
    kind = _type(tellings)
    towns = towns_in(members, kind)
    figures = group_figures(members, origins, {e: t.place.name for t in towns for e in t.events}, withdrawn)
    edges = (*figure_edges(figures), *denial_edges([m for m in members if m[0].report.id not in withdrawn]))
    place = _place(tellings)
    earliest, latest = iso(c.when.low), iso(c.when.high)
    first = min(c.tellings, key=lambda t: t.key)
    title = " · ".join(
        x for x in (place.name if place else None, earliest if earliest == latest else f"{earliest}/{latest}" if earliest else None) if x
    )
    return Incident(
        id=content_id("incident", *first.key), type=kind, title=title, earliest=earliest, latest=latest, place=place, reports=reports,
        main_of=tuple(sorted({t.report for t in c.tellings if t.key == mains[t.report]})),
        origins=len({origins[r] for r in reports}), events=tuple((r.report.id, e.id) for r, e in members), figures=figures,
        edges=edges, disputed=any(e.kind in ("contradicts", "denies") for e in edges) or any(not g.agree for g in figures),
        parts=towns,
    )  # fmt: skip


def _type(tellings: Sequence[Telling]) -> EventType:
    """The commonest type of the occurrence itself; of its consequences only where no report tells of more."""
    core: Counter[EventType] = Counter()
    rest: Counter[EventType] = Counter()
    for t in tellings:
        for e in t.events:
            (rest if FAMILY_OF[e.type] == "consequence" else core)[e.type] += 1
    votes = core or rest
    return min(votes, key=lambda k: (-votes[k], k))


def _place(tellings: Sequence[Telling]) -> IncidentPlace | None:
    votes: dict[tuple[str | None, str], list[Place]] = defaultdict(list)
    for t in tellings:
        for p in t.places:
            votes[p.country, p.name].append(p)
    if not votes:
        return None

    def rank(key: tuple[str | None, str]) -> tuple[float, str]:
        ps = votes[key]
        return -len(ps) * _FINENESS[ps[0].precision], key[1]

    p = min((q for q in votes[min(votes, key=rank)]), key=lambda q: _PRECISION_RANK[q.precision])
    return incident_place(p)
