"""Disambiguation: which place a mention means, by the report's own geography, and how precisely that is known.

First the countries in focus are counted (countries named, adjectives of countries, names that only one country has); then every
mention picks the candidate with the best score; places settled in the first round pull their neighbours in a second. Scores are sums of
a few plain reasons (see `_score`), so that `because` can say them. May import: `anaphora`, `located`, `mentions`, `gazetteer`, `words`, `model`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from selon.model import Parse, Place, PlacePrecision, Span
from selon.resolve.where.anaphora import anaphor, taken_up
from selon.resolve.where.gazetteer import Gazetteer, distance_km, within_km
from selon.resolve.where.located import Focus, Located
from selon.resolve.where.mentions import Mention
from selon.resolve.where.sheet import Candidate
from selon.resolve.where.words import Words, entry_for, plain

WANTED = {
    "settlement": ("city", "village"),
    "capital": ("city",),
    "admin1": ("admin1", "region"),
    "admin2": ("admin2",),
    "district": ("district", "village", "city"),
    "water": ("water",),
    "region": ("region", "admin1"),
    "site": ("site",),
    "country": ("country",),
}
AREAS = ("country", "admin1", "admin2", "region", "water")
NEIGHBOUR_KM = 120.0
ACCEPT = 1.9
# People of a town that needs no country beside its name to be known.
FAMOUS = 50_000


def focus_of(parse: Parse, words: Words, mentions: Sequence[Mention]) -> Focus:
    """The countries a report speaks of: by name, by adjective, by places that no other country has."""
    n: Counter[str] = Counter()
    for t in parse:
        iso = words.demonyms.get(plain(t))
        if iso is not None:
            n[iso] += 1
    for m in mentions:
        near = [c for c in m.candidates if c.rank < 2 and (c.population > 10_000 or c.kind in ("region", "site", "water", "district"))]
        isos = {c.country for c in near}
        if m.context.expects == "site" and not m.context.of and all(c.settlement and c.kind != "site" for c in near):
            continue  # "l'hôpital Saint-Nicolas": a name of its own, no town's
        if _bare(m) and not any(c.kind == "country" or c.population > 500_000 for c in near):
            continue
        if len(isos) == 1:
            n[isos.pop()] += 2.0 if m.role == "place" else 1.0  # type: ignore[assignment]
    top = max(n.values(), default=0)
    return Focus({iso: k / top for iso, k in n.items() if iso} if top else {})


def _score(m: Mention, c: Candidate, focus: Focus, settled: Sequence[Candidate], hint: str | None) -> float:
    """How well a candidate fits: size, rank of the name, sort of place asked for, country in focus, adjective, neighbours."""
    s = 0.65 * math.log10(c.population + 10)
    s -= (0.0, 0.3, 1.6)[c.rank]
    expects = m.context.expects
    if expects in WANTED:
        if c.kind in WANTED[expects]:
            s += 3.0
        elif expects in ("site", "district", "region"):
            s -= 0.5 + (1.5 if c.kind == "admin2" else 0.9 if c.kind == "admin1" else 0.0)
        elif (expects == "admin2" and c.kind == "admin1") or (expects == "admin1" and c.kind == "admin2"):
            s += 0.7
        else:
            s -= 0.8 if expects in ("admin1", "admin2") and c.settlement else 2.5
    elif m.context.soft == "area":
        s += 0.8 if c.kind in AREAS else -0.2 if c.kind == "admin2" else 0.0
    elif c.kind == "admin2":
        s -= 1.5
    elif c.kind == "admin1":
        s -= 0.9
    if m.context.soft == "settlement" and c.kind in ("city", "village"):
        s += 0.5
    if c.kind == "country":
        s += 4.0
    if m.candidates[0].key == c.key and m.sense:
        # A capital that bears its country's name ("à Mexico") must outweigh the country.
        s += 6.0 if c.kind == "city" and any(d.kind == "country" for d in m.candidates) else 3.0
    if c.kind in ("region", "site", "water", "district") and (not c.added or expects in WANTED):
        s += 3.0
    weight = focus.of(c.country)
    s += 3.0 * min(1.0, 1.6 * weight) if weight >= 0.2 else -0.5 if c.country else 0.0
    iso = m.context.iso or hint
    if iso and c.country:
        s += 4.0 if c.country == iso else -4.0
    if c.geonameid is None and (c.settlement or (c.kind == "admin2" and not c.population)):
        s += 2.0  # entered by hand because conflicts are fought there
    if c.settlement and any(d.settlement and d.key != c.key and within_km(c, d, NEIGHBOUR_KM) for d in settled):
        s += 1.2
    if any(d.kind in ("admin1", "admin2") and d.admin1 == c.admin1 and d.country == c.country and d.key != c.key for d in settled):
        s += 1.0
    return s


def _threshold(m: Mention) -> float:
    """How good the best candidate must be: less behind a classifier or a preposition of place, more for a bare name."""
    if m.context.classifier_at is not None:
        return ACCEPT - 1.5
    if m.context.rel in ("in", "near"):
        return ACCEPT
    return ACCEPT + (1.2 if m.context.rel in ("of", "to", "from", "on", "between") else 1.8)


def _broad(c: Candidate) -> bool:
    return c.kind == "country" or (c.kind == "region" and not c.country)


def _bare(m: Mention) -> bool:
    """A name without any word of place before it."""
    return (
        m.context.classifier_at is None
        and m.context.rel not in ("in", "near", "on", "from", "to", "between")
        and m.role in ("place", "topic")
    )


def _hint(parse: Parse, words: Words, m: Mention, following: Mention | None) -> str | None:
    """A country said right after the name: "(Yémen)", ", en Syrie"."""
    if following is None or not following.candidates or following.candidates[0].kind != "country":
        return None
    gap = parse.text[m.end : following.start].strip()
    between = parse.between(m.end, parse[following.first].start)
    near = gap in (",", "(") or (gap.startswith((",", "(")) and len(between) <= 4)
    return following.candidates[0].country if near and following.context.rel in ("", "in", "of") else None


def _topics(parse: Parse, mentions: Sequence[Mention]) -> dict[int, str]:
    """The country that opens the paragraph of a mention ("Nigeria. In …"), by the mention's number."""
    out: dict[int, str] = {}
    topic: Mention | None = None
    for k, m in enumerate(mentions):
        if topic is not None and "\n" in parse.text[topic.end : m.start]:
            topic = None
        if topic is not None:
            out[k] = topic.candidates[0].country
        if m.role == "topic" and m.candidates and m.candidates[0].kind == "country":
            topic = m
    return out


def _best(m: Mention, focus: Focus, settled: Sequence[Candidate], hint: str | None) -> tuple[float, Candidate] | None:
    scored = [(_score(m, c, focus, settled, hint), -k, c) for k, c in enumerate(m.candidates[:60])]
    if not scored:
        return None
    s, _, c = max(scored, key=lambda x: (x[0], x[1]))
    return s, c


def settle(parse: Parse, words: Words, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Located]:
    """Every mention with its place, in text order. Mentions whose best candidate is too poor are left out."""
    focus = focus_of(parse, words, mentions)
    chosen: dict[int, Candidate] = {}
    described: set[int] = set()
    settled: list[Candidate] = []
    topics = _topics(parse, mentions)
    known: dict[str, Candidate] = {}
    for final in (False, True):
        for k, m in enumerate(mentions):
            if m.anaphor:
                continue
            hint = _hint(parse, words, m, mentions[k + 1] if k + 1 < len(mentions) else None) or topics.get(k)
            best = _best(m, focus, settled, hint)
            if best is None:
                continue
            s, c = best
            if (
                m.context.classifier_at is not None
                and m.context.of
                and m.context.expects in ("settlement", "site", "district")
                and _broad(c)
            ):
                described.add(k)  # "une ville d'Ukraine", "la plus grande centrale d'Europe": a description, not a name
                continue
            if _far_off(m, c, focus, hint):
                continue  # a village of this name elsewhere in the world, where the report speaks of one country
            if c.kind != "site" and _street(parse, words, m):
                continue  # "rue de Constantine" lies in any town but Constantine
            if m.context.expects in ("site", "district") and c.kind in ("city", "village") and (focus.of(c.country) < 0.2 or _own_name(m)):
                continue  # a square or a mosque that bears the name of a town far away
            if _bare(m) and c.kind in ("city", "village") and c.population < 1_000_000 and focus.of(c.country) < 0.2:
                continue
            limit = ACCEPT - 1.5 if c.kind in ("water", "region", "site", "country") else _threshold(m)
            fits = s >= limit + (0.0 if final else 1.5)
            if not fits and final and m.name in known and m.context.classifier_at is None:
                c, fits = known[m.name], True
            if fits:
                chosen[k] = (_typo(m, c, focus, settled, gazetteer) or c) if final else c
                if c.kind != "country":
                    known.setdefault(m.name, c)
        settled = list({c.key: c for c in chosen.values() if c.kind != "country"}.values())
    out: list[Located] = []
    for k, m in enumerate(mentions):
        choice = chosen.get(k)
        if m.anaphor:
            town = (
                taken_up(parse, m, out, focus)
                if m.context.expects in ("settlement", "district", "part") and m.context.iso is None
                else None
            )
            found = town.candidate if town is not None else anaphor(parse, m, out, focus, gazetteer)
            if found is None and town is not None:
                place = replace(town.place, span=Span.of(parse.text, m.start, m.end), because=f"« {m.name} » takes up {town.place.name}")
                out.append(Located(m, None, place))
            elif found is not None:
                out.append(Located(m, found, place_of(parse, m, found, f"« {m.name} » takes up {found.name}")))
        elif choice is not None:
            out.append(Located(m, choice, place_of(parse, m, choice, _because(m, choice, focus))))
        elif k not in described and not _street(parse, words, m):
            near = _slip(m, focus, settled, gazetteer)
            if near is not None:
                out.append(Located(m, near, place_of(parse, m, near, f"« {m.name} » is a slip away from {near.name}")))
            elif (
                m.name.lower() not in words.directions
                and m.role in ("place", "office")
                and m.context.expects not in ("water", "region")
                and (m.context.classifier_at is not None or not m.candidates)
            ):
                out.append(Located(m, None, _unresolved(parse, m, out, focus)))
    return out


def _own_name(m: Mention) -> bool:
    """Whether a name stands right behind a word for a building: the building's own, not that of a town where it is."""
    return m.context.expects == "site" and not m.context.of and m.context.classifier_at == m.first - 1


def _far_off(m: Mention, c: Candidate, focus: Focus, hint: str | None) -> bool:
    """Whether a small town lies in a country that the report does not speak of, though it speaks of another, and nothing else points there."""
    if (
        not c.settlement
        or c.geonameid is None
        or c.population >= FAMOUS
        or focus.of(c.country) >= 0.1
        or c.country in (m.context.iso, hint)
    ):
        return False
    return focus.first is not None


def _street(parse: Parse, words: Words, m: Mention) -> bool:
    """Whether the name is a street's or a square's: it lies in a town that the report has named otherwise."""
    at = m.context.classifier_at
    entry = entry_for(words.classifiers, parse[at]) if at is not None else None
    return entry is not None and entry.get("street") == "yes"


def _typo(m: Mention, c: Candidate, focus: Focus, settled: Sequence[Candidate], gazetteer: Gazetteer) -> Candidate | None:
    """A place of the report's own ground that the name misspells, where the place it spells lies far from everything else told."""
    towns = [d for d in settled if d.settlement and d.key != c.key]
    if not c.settlement or c.population > 100_000 or len(towns) < 2 or min(distance_km(c, d) for d in towns) < 2 * NEIGHBOUR_KM:
        return None
    near = _slip(m, focus, settled, gazetteer)
    return near if near is not None and any(near.key == d.key for d in settled) else None


def _slip(m: Mention, focus: Focus, settled: Sequence[Candidate], gazetteer: Gazetteer) -> Candidate | None:
    """A misspelt name, held only against places of the regions that the report already speaks of."""
    expects = m.context.expects or m.context.soft
    if expects not in ("settlement", "admin1", "admin2") or m.role != "place" or not settled:
        return None
    regions = {c.admin1 for c in settled if c.admin1}
    countries = [iso for iso in focus.weights if focus.of(iso) >= 0.3][:3]
    found = [
        c for c in gazetteer.similar(m.name, countries, regions)
        if c.kind in WANTED[expects] and any(within_km(c, d, 2 * NEIGHBOUR_KM) for d in settled)
    ]  # fmt: skip
    return found[0] if found else None


def precision_of(m: Mention, c: Candidate) -> PlacePrecision:
    """How precisely the point stands for what is said."""
    if c.kind == "country":
        return "country"
    if c.kind in ("admin1", "region", "water"):
        return "admin1"
    if c.kind == "admin2":
        return "admin2"
    wide = m.context.expects in ("admin1", "admin2")
    near = wide or m.context.rel == "near" or m.context.part or (m.context.expects == "site" and c.kind != "site")
    return "near" if near else "exact"


def place_of(parse: Parse, m: Mention, c: Candidate, because: str) -> Place:
    """The value for the reading. Nearness adds 15 km to the radius."""
    precision = precision_of(m, c)
    radius = float(max(c.radius_km, 1)) + (15.0 if precision == "near" else 0.0)
    return Place(
        Span.of(parse.text, m.start, m.end),
        c.name,
        precision,
        c.admin1,
        c.country or None,
        c.geonameid,
        round(c.lat, 5),
        round(c.lon, 5),
        radius,
        because,
    )


def _unresolved(parse: Parse, m: Mention, before: Sequence[Located], focus: Focus) -> Place:
    """A place we have no point for: its name as written, and the country only where the report leaves no other."""
    last = before[-1] if before and before[-1].mention.role != "agent" else None
    beside = (
        last.place.country if last is not None and (focus.of(last.place.country or "") >= 0.5 or last.mention.last > m.first - 12) else None
    )
    iso = m.context.iso or beside or focus.first
    because = f"no place called « {m.name} » is known" + (f"; {iso} is the country the report speaks of here" if iso else "")
    return Place(Span.of(parse.text, m.start, m.end), m.name, "unresolved", country=iso, because=because)


def _because(m: Mention, c: Candidate, focus: Focus) -> str:
    """The reasons in words, for `selon explain`."""
    out = [f"« {m.name} » is {'the main' if c.rank == 0 else 'a'} name of {c.name} ({c.kind}{', ' + c.country if c.country else ''})"]
    if m.context.expects in WANTED:
        out.append(f"a {m.context.expects} is asked for")
    if m.context.iso == c.country:
        out.append("the adjective names its country")
    elif focus.of(c.country) >= 0.5:
        out.append("its country is in focus")
    if len(m.candidates) > 1:
        others = ", ".join(f"{d.name} ({d.kind}, {d.country})" for d in m.candidates if d.key != c.key)[:160]
        out.append(f"rejected: {others}")
    return "; ".join(out)
