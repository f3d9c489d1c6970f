"""Which place a noun takes up: "la ville", "la région", "le pays", "le territoire russe", "la capitale syrienne".

May import: `located`, `gazetteer`, `mentions`, `model`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from selon.model import Parse
from selon.resolve.where.gazetteer import Gazetteer
from selon.resolve.where.layout import iso_key
from selon.resolve.where.located import Focus, Located
from selon.resolve.where.mentions import Mention
from selon.resolve.where.sheet import Candidate

# Mentions by which one settlement must lead the last one to be what "the town" takes up.
TAKEN_UP = 0


def anaphor(parse: Parse, m: Mention, before: Sequence[Located], focus: Focus, gazetteer: Gazetteer) -> Candidate | None:
    """What "la ville", "la région", "le pays", "le territoire russe", "la capitale syrienne" takes up."""
    kind, iso = m.context.expects, m.context.iso
    if kind == "capital" and iso is None:
        iso = next((x.candidate.country for x in reversed(before) if x.candidate is not None and x.candidate.country), focus.first)
    if kind == "capital":
        return gazetteer.capital(iso) if iso else None
    if iso is not None:
        return next((c for c in gazetteer.lookup(iso_key(iso)) if c.kind == "country"), None)
    if kind == "soil":
        owner = next((x.candidate.country for x in reversed(before) if x.candidate is not None and x.mention.role == "agent"), None)
        return next((c for c in gazetteer.lookup(iso_key(owner)) if c.kind == "country"), None) if owner else None
    seen = [x for x in reversed(before) if x.candidate is not None and x.mention.role != "agent"]
    seen = [x for x in seen if x.candidate is not None and focus.of(x.candidate.country) >= 0.2] or seen
    still = [x for x in seen if x.mention.context.rel not in ("to", "from", "via", "between", "with")]
    places = [x.candidate for x in (still or seen) if x.candidate is not None]
    if kind == "country":
        here = next(
            (x for x in reversed(before) if "\n" not in parse.text[x.place.span.start : m.start] and x.mention.role == "topic"), None
        )
        if here is not None and here.place.country:
            return next((c for c in gazetteer.lookup(iso_key(here.place.country)) if c.kind == "country"), None)
        named = next((c.country for c in places if focus.of(c.country) >= 0.5), None) or focus.first
        return next((c for c in gazetteer.lookup(iso_key(named)) if c.kind == "country"), None) if named else None
    if kind in ("settlement", "district", "site", "part"):
        if kind != "site":
            return gazetteer.capital(focus.first) if kind == "part" and focus.first else None
        same = [x for x in seen if m.name in x.place.span.text.lower().split()]
        return same[0].candidate if same else None
    if kind in ("admin1", "admin2"):
        beside = next((x for x in seen if x.candidate is not None and x.candidate.kind == kind and not x.mention.listed), None)
        if beside is not None and "\n" not in parse.text[beside.place.span.start : m.start]:
            return beside.candidate
        often = Counter(x.candidate.key for x in seen if x.candidate is not None and x.candidate.kind == kind)
        if often and max(often.values()) > 1:
            most = max(often.values())
            return next(c for c in places if often[c.key] == most)
        for c in places[:6]:
            if c.kind == kind or (c.kind == "region" and kind == "admin1"):
                return c
            if c.settlement:
                parent = gazetteer.parent(c, "admin1" if kind == "admin1" else "admin2")
                if parent is not None:
                    return parent
        return next((c for c in places if c.kind in ("admin1", "admin2")), None)
    if kind in ("water", "region"):
        return next((c for c in places if c.kind == kind or (c.kind == "admin1" and kind == "region")), None)
    return None


def taken_up(parse: Parse, m: Mention, before: Sequence[Located], focus: Focus) -> Located | None:
    """The settlement that "la ville" takes up: the one its paragraph opens with, else the one that the report has spoken of most, else the last."""
    towns = [x for x in before if _town(x) and focus.of(x.place.country or "") >= 0.2] or [x for x in before if _town(x)]
    if not towns:
        return None
    noun = [x for x in towns if parse[m.first].lower in x.place.span.text.lower().split() and not x.mention.anaphor]
    if noun:
        return noun[-1]  # "le village" takes up what was called one
    for x in towns:
        opens = x.mention.role == "topic" or (x.mention.anaphor and x.mention.context.expects == "capital")
        if opens and "\n" not in parse.text[x.place.span.start : m.start]:
            return x
    still = [x for x in towns if x.mention.context.rel not in ("to", "from", "via", "between", "with")] or towns
    often = Counter(x.place.name for x in before if x.mention.role not in ("agent", "dateline"))
    last = still[-1]
    most = max(reversed(still), key=lambda x: often[x.place.name])
    return most if often[most.place.name] > often[last.place.name] + TAKEN_UP else last


def _town(x: Located) -> bool:
    """Whether a mention is a town's or a village's, known to the gazetteer or not."""
    if x.mention.role == "agent":
        return False
    return x.candidate.kind in ("city", "village") if x.candidate is not None else x.mention.context.expects == "settlement"
