"""Why a reading says what it says: for each find its rule, its spans, its reasons and the lexicon lines that its words hit.

May import: `reader`, `intake`, `rules`, `lang`, `model`, `errors`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Literal

from selon.model import Event, Parse, Place, Reading, Report, Span, Statement, TimeSpan
from selon.rules import match_rule

if TYPE_CHECKING:
    from selon.lang import Pack

Kind = Literal["statement", "event", "time", "place"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of a lexicon that words of a find hit."""

    lexicon: str
    key: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One find, explained. `spans` are (role, span); `facts` are (field, value) without a span; `bound` is what a rule file matched."""

    kind: Kind
    id: str
    rule: str
    summary: str
    spans: tuple[tuple[str, Span], ...]
    facts: tuple[tuple[str, str], ...]
    because: tuple[str, ...]
    bound: tuple[str, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reading with its parse and one finding for each thing found."""

    reading: Reading
    parse: Parse
    findings: tuple[Finding, ...]


def explain_report(report: Report, pipeline: str | None = None) -> Explanation:
    """Reads a report now and explains all that is found. Raises PackError or PipelineError when its language cannot be read."""
    from selon.lang import load_pack
    from selon.reader import Reader, read_parse, readable

    load_pack(report.lang)  # before the pipeline: a language that is not known at all has neither
    reader = Reader.load(report.lang, pipeline)
    parse = reader.pipeline.parse(report.text, readable(report))
    reading = read_parse(report, parse, reader.pack, reader.version)
    return Explanation(reading, parse, tuple(findings(reading, parse, reader.pack)))


def explain_reading(reading: Reading, pipeline: str | None = None) -> Explanation:
    """Explains a reading made before: its own values and rules, with today's parse and lexicons."""
    from selon.reader import Reader, readable

    reader = Reader.load(reading.report.lang, pipeline)
    parse = reader.pipeline.parse(reading.report.text, readable(reading.report))
    return Explanation(reading, parse, tuple(findings(reading, parse, reader.pack)))


def findings(reading: Reading, parse: Parse, pack: Pack) -> Iterator[Finding]:
    """Statements, events, then times and places that belong to no event."""
    for s in reading.statements:
        yield _statement(s, parse, pack)
    for e in reading.events:
        yield _event(e, parse, pack)
    used = {e.time.span for e in reading.events if e.time} | {e.place.span for e in reading.events if e.place}
    for t in reading.times:
        if t.span not in used:
            yield Finding("time", f"t{t.span.start}", "", "", (("text", t.span),), _facts(t), _because(t), (), _hits(t.span, parse, pack))
    for p in reading.places:
        if p.span not in used:
            yield Finding("place", f"p{p.span.start}", "", "", (("text", p.span),), _facts(p), _because(p), (), _hits(p.span, parse, pack))


def _statement(s: Statement, parse: Parse, pack: Pack) -> Finding:
    spans = [
        ("source", s.source.span if s.source else None),
        ("cue", s.cue),
        ("content", s.content),
        ("said", s.said.span if s.said else None),
    ]
    facts: list[tuple[str, str]] = [("stance", s.stance), ("mood", s.mood)]
    if s.source:
        facts += [("name", s.source.name), ("kind", s.source.kind), ("country", s.source.country or "")]
    facts += [("channel", s.channel or ""), ("within", s.within or "")]
    where = s.cue or s.content
    return Finding(
        "statement", s.id, s.rule, _summary(s.rule, pack), tuple((k, v) for k, v in spans if v is not None),
        tuple((k, v) for k, v in facts if v), (), _bound(s.rule, where, parse, pack), _hits(s.cue, parse, pack),
    )  # fmt: skip


def _event(e: Event, parse: Parse, pack: Pack) -> Finding:
    spans: list[tuple[str, Span]] = [("trigger", e.trigger)]
    spans += [(k, m.span) for k, m in (("actor", e.actor), ("target", e.target), ("instrument", e.instrument)) if m]
    facts: list[tuple[str, str]] = [("type", e.type), ("status", e.status)]
    because: list[str] = []
    for name, part in (("place", e.place), ("time", e.time)):
        if part:
            spans.append((name, part.span))
            facts += [(f"{name}.{k}", v) for k, v in _facts(part)]
            because += [f"{name}: {b}" for b in _because(part)]
    for f in e.figures:
        spans.append((f.count_of, f.span))
        facts.append((f.count_of, f"{'' if f.low is None else f.low}..{'' if f.high is None else f.high} {f.qualifier}"))
    facts.append(("statements", " ".join(e.statements)))
    return Finding(
        "event", e.id, e.rule, _summary(e.rule, pack), tuple(spans), tuple((k, v) for k, v in facts if v), tuple(because),
        _bound(e.rule, e.trigger, parse, pack), _hits(e.trigger, parse, pack),
    )  # fmt: skip


def _facts(value: TimeSpan | Place) -> tuple[tuple[str, str], ...]:
    assert is_dataclass(value)
    pairs = ((f.name, getattr(value, f.name)) for f in fields(value) if f.name not in ("span", "because"))
    return tuple((k, str(v)) for k, v in pairs if v is not None)


def _because(value: TimeSpan | Place) -> tuple[str, ...]:
    return (value.because,) if value.because else ()


def _summary(rule: str, pack: Pack) -> str:
    return next((r.summary for rules in pack.rules.values() for r in rules if r.id == rule), "")


def _bound(rule_id: str, where: Span, parse: Parse, pack: Pack) -> tuple[str, ...]:
    """What a rule file matches at a span, node by node."""
    rule = next((r for rules in pack.rules.values() for r in rules if r.id == rule_id), None)
    if rule is None:
        return ()
    matches = (match_rule(rule, parse, pack.lexicons, t) for t in parse.between(where.start, where.end))
    return tuple(m.trace() for m in matches if m is not None)


def _hits(span: Span | None, parse: Parse, pack: Pack) -> tuple[Hit, ...]:
    """Lexicon lines for the words of a span: by lemma or form, and phrases that begin in it."""
    if span is None:
        return ()
    tokens = parse.between(span.start, span.end)
    found: dict[tuple[str, str], Hit] = {}
    for name, lexicon in sorted(pack.lexicons.items()):
        for k, token in enumerate(tokens):
            for key in (token.lemma.lower(), token.lower):
                if entry := lexicon.get(key):
                    found.setdefault((name, key), Hit(name, key, entry.attributes))
            for words in lexicon.phrases.get(token.lemma.lower(), []) + lexicon.phrases.get(token.lower, []):
                here = tokens[k : k + len(words)]
                if len(here) == len(words) and all(w in (t.lemma.lower(), t.lower) for w, t in zip(words, here, strict=True)):
                    key = " ".join(words)
                    found.setdefault((name, key), Hit(name, key, lexicon.entries[key].attributes))
    return tuple(found.values())
