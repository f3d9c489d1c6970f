"""Places of events."""

from __future__ import annotations

from collections.abc import Sequence

from selon.lang import Pack
from selon.model import Event, Parse, Place, Report, Statement
from selon.resolve.where.assign import assign
from selon.resolve.where.doubts import is_person
from selon.resolve.where.gazetteer import GAZETTEER_ATTRIBUTION, Gazetteer
from selon.resolve.where.geography import settle
from selon.resolve.where.layers import layers_key, load_gazetteer
from selon.resolve.where.located import Located
from selon.resolve.where.mentions import find_mentions
from selon.resolve.where.sheet import Candidate
from selon.resolve.where.words import words_of

__all__ = ["GAZETTEER_ATTRIBUTION", "Candidate", "Gazetteer", "find_places", "layers_key", "load_gazetteer", "place_events"]

_last: list[tuple[Parse, str, list[Located]]] = []


def _locate(parse: Parse, pack: Pack) -> list[Located]:
    """All mentions of a parse with their places. The last result is kept, because two stages of one reading ask for it."""
    if _last and _last[0][0] is parse and _last[0][1] == pack.hash:
        return _last[0][2]
    words, gazetteer = words_of(pack), load_gazetteer()
    mentions = [m for m in find_mentions(parse, words, gazetteer) if not is_person(parse, words, m)]
    found = settle(parse, words, mentions, gazetteer)
    _last[:] = [(parse, pack.hash, found)]
    return found


def find_places(report: Report, parse: Parse, pack: Pack) -> tuple[Place, ...]:
    """All place mentions in text order, resolved as far as the report's own geography allows."""
    return tuple(x.place for x in _locate(parse, pack) if x.mention.role != "agent")


def place_events(
    report: Report, parse: Parse, pack: Pack, events: Sequence[Event], places: Sequence[Place], statements: Sequence[Statement]
) -> tuple[Event, ...]:
    """The events with the finest named place of their sentence, else the one carried on."""
    return assign(report, parse, events, _locate(parse, pack), words_of(pack))
