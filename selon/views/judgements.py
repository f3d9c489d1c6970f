"""Judgements in words: who decided what about which words, and what has become of it. May import: `model`, `views`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from selon.model.judged import Standing
from selon.model.judgement import Judgement, in_force, judgement_json
from selon.views.labels import Words
from selon.views.notes import Line, quoted

Fate = Literal["counts", "unsure", "replaced", "retracted", "retraction", "disputed", "open_again", "orphaned"]


@dataclass(frozen=True, slots=True)
class Told:
    """A judgement with its fate and where its targets are now ((report, item), None = gone)."""

    judgement: Judgement
    fate: Fate
    at: tuple[tuple[str, str] | None, ...]
    machine: Mapping[str, Any]


def told(judgements: Sequence[Judgement], standings: Iterable[Standing]) -> list[Told]:
    """All judgements in the order in which they were made, retracted and replaced ones too."""
    alive = {j.id for j in in_force(judgements)}
    by_about = {s.opinion.about: s for s in standings}
    return [_told(j, alive, by_about) for j in sorted(judgements, key=lambda j: (j.made_at, j.id))]


def _told(j: Judgement, alive: set[str], standings: Mapping[str, Standing]) -> Told:
    s = standings.get(j.about) if j.about else None
    at = s.at if s else ()
    machine = s.machine if s and s.effective is not None else {}
    if j.id not in alive:
        return Told(j, "retracted", at, {})
    if s is None:
        return Told(j, "retraction", at, {})
    if all(j.id != k.id for k in s.opinion.judgements):
        return Told(j, "replaced", at, {})
    if s.state != "stands":
        return Told(j, s.state, at, {})
    if j.verdict == "unsure":
        return Told(j, "unsure", at, {})
    return Told(j, "disputed" if s.opinion.disputed else "counts", at, machine)


def changes(correction: Mapping[str, Any], machine: Mapping[str, Any]) -> str:
    """Corrected values, each with the machine's: « low 12 → 17 »."""
    return ", ".join(
        f"{k} {_plain(machine[k])} → {_plain(v)}" if k in machine else f"{k} = {_plain(v)}" for k, v in sorted(correction.items())
    )


def _plain(value: Any) -> str:
    return "?" if value is None else str(value)


def told_lines(t: Told, words: Words) -> Iterator[Line]:
    """A judgement of the list: when, who, what; then the words it is about, then the note."""
    j = t.judgement
    verdict = words.get("judgement", j.verdict) if j.verdict else words("judgement.retraction", id=(j.retracts or "")[:8])
    fate = "" if t.fate in ("counts", "retraction") else f" — {words.get('judgement_fate', t.fate)}"
    style: Any = "strong" if t.fate == "counts" else "warn" if t.fate in ("disputed", "open_again", "orphaned") else "dim"
    yield Line(f"{j.id[:8]}  {j.made_at:%Y-%m-%d %H:%M} UTC  {j.author} · {verdict}{fate}", style)
    ends = [x for x in (j.target, j.other) if x is not None]
    where = {e.key: a for e, a in zip(sorted(ends, key=lambda e: e.key), t.at, strict=True)} if len(t.at) == len(ends) else {}
    for end in ends:
        yield Line(f"{quoted(end.words)}  {'/'.join(where.get(end.key) or (end.report[:8], end.item))}", "quote", 1)
    if j.value is not None:
        yield Line(changes(j.correction, t.machine), "text", 1)
    if j.note:
        yield Line(quoted(j.note), "text", 1)


def told_json(t: Told) -> dict[str, Any]:
    """The judgement with its fate as a JSON object."""
    return {**judgement_json(t.judgement), "fate": t.fate, "at": [a and "/".join(a) for a in t.at], "machine": dict(t.machine)}


def standing_lines(standings: Iterable[Standing], words: Words, title: str) -> Iterator[Line]:
    """What people hold of the items of a report or an incident; nothing where nobody judged."""
    listed = list(dict.fromkeys(s.opinion.about for s in standings))
    if not listed:
        return
    by_about = {s.opinion.about: s for s in standings}
    yield Line("")
    yield Line(title, "head")
    for about in listed:
        s = by_about[about]
        for t in told(s.opinion.judgements, [s]):
            j = t.judgement
            verdict = words.get("judgement", j.verdict)
            value = f" {changes(j.correction, s.machine)}" if j.value is not None else ""
            fate = "" if t.fate == "counts" else f" — {words.get('judgement_fate', t.fate)}"
            where = " + ".join("/".join(a) if a else "?" for a in t.at)
            note = f" {quoted(j.note)}" if j.note else ""
            yield Line(f"{where}: {verdict}{value}, {j.author}, {j.made_at:%Y-%m-%d}{note}{fate}", "warn" if fate else "text", 1)
