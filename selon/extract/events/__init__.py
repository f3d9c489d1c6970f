"""What is said to have happened: events with type, trigger, status, roles and figures.

Words of the event lexicons are found in the parse (`triggers`), given a sense by their frame (`senses`, `frames`), a status
(`status`), folded to one event per occurrence (`merge`) and turned into candidates, to which figures are bound.
May import: `extract`, `lang`, `rules`, `model`, `errors`.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.candidate import Candidate
from selon.extract.events.bare import bare_tolls
from selon.extract.events.listed import listed_counts
from selon.extract.events.merge import STRIKES, Told, merge
from selon.extract.events.refine import by_pointing, by_weapon
from selon.extract.events.roles import mention, roles_of, trigger_span
from selon.extract.events.senses import EventWords, event_words
from selon.extract.events.status import is_left_out, is_permitted, status_of
from selon.extract.events.status_words import status_words
from selon.extract.events.topic import is_other_world, topic_words
from selon.extract.events.triggers import Hit, find_hits
from selon.extract.figures import bind_figures
from selon.extract.quantities import Quantity
from selon.lang import Pack
from selon.model import Event, Parse, Report, Statement, Status
from selon.model.cover import Cover


def tell(parse: Parse, pack: Pack, quantities: Sequence[Quantity]) -> list[Told]:
    """The hits of a parse that remain after folding, with status and what each speaks for."""
    if is_other_world(parse, topic_words(pack)):
        return []
    words, status = event_words(pack), status_words(pack)
    hits = find_hits(parse, words, [q.head for q in quantities])
    for h in hits:
        by_weapon(parse, h, words)
    by_pointing(parse, hits)
    hits = [h for h in hits if not is_left_out(parse, h, status)]
    permissions = frozenset(h.head.i for h in hits if h.type == "authorisation")
    with_status: list[tuple[Hit, Status]] = []
    for h in hits:
        state = status_of(parse, h, status)
        permitted = state == "happened" and h.type in STRIKES and is_permitted(parse, h, permissions)
        with_status.append((h, "hypothetical" if permitted else state))
    return merge(parse, with_status, words)


def find_candidates(parse: Parse, pack: Pack, quantities: Sequence[Quantity]) -> list[Candidate]:
    """Events of a parse before figures are bound, one per sentence and occurrence, in text order."""
    words = event_words(pack)
    found = [_candidate(parse, pack, words, told) for told in tell(parse, pack, quantities)]
    found += bare_tolls(parse, found, quantities, pack.lang)
    found += listed_counts(parse, pack, found, quantities)
    return sorted(found, key=lambda c: (c.head, c.tokens))


def _candidate(parse: Parse, pack: Pack, words: EventWords, told: Told) -> Candidate:
    hit, state, folded = told
    return Candidate(
        hit.head.i, hit.tokens, trigger_span(parse, hit), hit.word.key, hit.type, state, f"{pack.lang}.event.{hit.rule}",
        roles_of(parse, hit, folded, words),
    )  # fmt: skip


def find_events(
    report: Report, parse: Parse, pack: Pack, quantities: Sequence[Quantity], statements: Sequence[Statement]
) -> tuple[Event, ...]:
    """All events in text order, with figures and statement ids. Time and place are added later by `resolve`."""
    candidates = find_candidates(parse, pack, quantities)
    figures = bind_figures(parse, pack, candidates, quantities)
    contents = Cover((s.content.start, s.content.end) for s in statements)
    out: list[Event] = []
    for k, c in enumerate(candidates):
        roles = dict(c.roles)
        out.append(
            Event(
                id=f"e{k + 1}",
                type=c.type,
                trigger=c.trigger,
                status=c.status,
                rule=c.rule,
                actor=mention(parse, roles.get("actor")),
                target=mention(parse, roles.get("target")),
                instrument=mention(parse, roles.get("instrument")),
                figures=tuple(figures.get(k, ())),
                statements=tuple(statements[j].id for j in contents.holding(c.trigger.start, c.trigger.end)),
            )
        )
    return tuple(out)
