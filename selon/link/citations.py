"""Which agency a report or a figure says it comes from. May import: `model`.

Only what the report itself says counts: a credit in its byline, dateline or boilerplate (« avec AFP », « KYIV (Reuters) – ») stands for
its text, a statement whose source or channel is an agency for the figures it holds. A report that credits several agencies names none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from selon.model import Event, Reading, Span, Statement
from selon.model.fold import fold

_BRACKETS = re.compile(r"\(([^()]{1,60})\)")
_SHORT, _IN_BRACKETS = 8, 5
"""Words of a line, and of a bracket, that are taken for a credit: longer ones speak of an agency rather than name their source."""


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency and the words that name it."""

    agency: str
    span: Span


@cache
def _known() -> tuple[re.Pattern[str], Mapping[str, str], frozenset[str]]:
    data = tomllib.loads(resources.files("selon.link").joinpath("agencies.toml").read_text("utf-8"))
    names = {n: agency for agency, own in data["agency"].items() for n in own}
    # The longest name first: « Interfax-Ukraine » is not « Interfax ».
    one = "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n)))
    return re.compile(rf"(?<![\w-])(?:{one})(?![\w-])"), names, frozenset(data["picture"]["words"])


def agencies_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Agencies named in a text, with the offsets of their names."""
    pattern, names, _ = _known()
    for m in pattern.finditer(text):
        yield names[m.group()], m.start(), m.end()


def report_credit(reading: Reading) -> Credit | None:
    """The one agency that a report credits for its text; None when it credits none or several."""
    text = reading.report.text
    found: dict[str, Credit] = {}
    for p in reading.report.passages:
        if p.kind not in ("byline", "boilerplate"):
            continue
        at = p.start
        for line in text[p.start : p.end].split("\n"):
            for agency, a, b in _credited(line):
                found.setdefault(agency, Credit(agency, Span.of(text, at + a, at + b)))
            at += len(line) + 1
    return next(iter(found.values())) if len(found) == 1 else None


def _credited(line: str) -> Iterator[tuple[str, int, int]]:
    words = fold(line).split()
    if "©" in line or "(c)" in line.lower() or _known()[2] & set(words):
        return
    named = list(agencies_in(line))
    if len(words) <= _SHORT:
        yield from named
        return
    inside = [(m.start(), m.end()) for m in _BRACKETS.finditer(line) if len(fold(m[1]).split()) <= _IN_BRACKETS]
    yield from (n for n in named if any(a <= n[1] and n[2] <= b for a, b in inside))


def event_credit(event: Event, statements: Mapping[str, Statement]) -> str | None:
    """The one agency from which the report says it has what an event tells: source or channel of a statement that holds it, or relays it."""
    chain: dict[str, Statement] = {}
    queue = [s for s in event.statements if s in statements]
    while queue:
        s = queue.pop()
        if s not in chain:
            chain[s] = statements[s]
            above = statements[s].within
            if above is not None and above in statements:
                queue.append(above)
    found = {a for s in chain.values() for a in _agency_of(s)}
    return next(iter(found)) if len(found) == 1 else None


def _agency_of(s: Statement) -> Iterator[str]:
    for name in (s.source.name if s.source and s.source.kind in ("media", "other") else None, s.channel):
        if name and len(fold(name).split()) <= _IN_BRACKETS:
            yield from (agency for agency, _, _ in agencies_in(name))
