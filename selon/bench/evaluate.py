"""Reading a folder of gold reports and holding the readings against it. May import: `reader`, `bench`, `model`, `errors`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from selon.bench.gold import GoldReport
from selon.bench.parses import ParseCache
from selon.bench.score import Pairs, Tally, empty_score, fold, score_report
from selon.errors import PackError
from selon.model import to_json
from selon.reader import Reader, read_parse, readable


@dataclass
class Outcome:
    """One gold report, its reading as JSON, its own score and how it was paired."""

    gold: GoldReport
    found: Mapping[str, Any]
    score: dict[str, Tally]
    pairs: Pairs


@dataclass
class Evaluation:
    """All outcomes and the tallies over all reports (micro average)."""

    outcomes: list[Outcome] = field(default_factory=list)
    total: dict[str, Tally] = field(default_factory=empty_score)

    def add(self, gold: GoldReport, found: Mapping[str, Any]) -> None:
        own = empty_score()
        pairs = score_report(gold.data, found, own)
        for facet, t in own.items():
            self.total[facet].add(t.hits, t.found, t.gold)
        self.outcomes.append(Outcome(gold, found, own, pairs))


def read_gold(gold: Sequence[GoldReport], pipeline: str | None = None, cache: ParseCache | None = None) -> Iterator[Mapping[str, Any]]:
    """The readings of gold reports as JSON, in order; a report in a language without a pack has an empty reading.

    With a cache, parses of texts seen before with the same pipeline are not made again: rules are then tried in seconds.
    """
    readers: dict[str, Reader | None] = {}
    for g in gold:
        report = g.report()
        if report.lang not in readers:
            try:
                readers[report.lang] = Reader.load(report.lang, pipeline)
            except PackError:
                readers[report.lang] = None
        reader = readers[report.lang]
        if reader is None:
            yield {"id": g.id, "text": g.text}
            continue
        parse = cache.get(reader.pipeline, report.text, readable(report)) if cache else reader.pipeline.parse(report.text, readable(report))
        yield to_json(read_parse(report, parse, reader.pack, reader.version, reader.watch))


def evaluate(gold: Sequence[GoldReport], readings: Iterator[Mapping[str, Any]] | Sequence[Mapping[str, Any]]) -> Evaluation:
    """Scores readings in any order, joined to gold by text, else by id; a missing reading counts as an empty one."""
    found = list(readings)
    by_text = {r.get("text"): r for r in found}
    by_id = {r.get("id"): r for r in found}
    out = Evaluation()
    for g in gold:
        out.add(g, by_text.get(g.text) or by_id.get(g.id) or {})
    return out


def sentence_of(text: str, position: int) -> str:
    """The line around an offset, cut to about 300 code points: what the error browser shows."""
    start = max(text.rfind("\n", 0, position) + 1, position - 160)
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    return text[start : min(end, position + 160)].strip()


def errors_of(outcome: Outcome, facet: str) -> Iterator[tuple[str, str, str]]:
    """Misses, false finds and differences of one facet: (kind, what, sentence).

    `facet` is statement, source, stance, event, status, figure, time, place or actor.
    """
    gold, found, text = outcome.gold.data, outcome.found, outcome.gold.text
    gs, fs = gold["statements"], found.get("statements", [])
    ge, fe = gold["events"], found.get("events", [])
    if facet == "statement":
        yield from _unpaired(gs, fs, outcome.pairs.statements, text, _statement_text, _statement_start)
    elif facet == "event":
        yield from _unpaired(ge, fe, outcome.pairs.events, text, _event_text, lambda e: int(e["trigger"]["start"]))
    elif facet == "figure":
        gf = [f for e in ge for f in e["figures"]]
        ff = [f for e in fe for f in e.get("figures", [])]
        yield from _unpaired(gf, ff, outcome.pairs.figures, text, _figure_text, lambda f: int(f["start"]))
    elif facet in ("source", "stance"):
        for i, j in outcome.pairs.statements:
            a, b = gs[i], fs[j]
            x, y = (_mention_text(a.get("source")), _mention_text(b.get("source"))) if facet == "source" else (a["stance"], b["stance"])
            probe = empty_score()
            score_report({**gold, "statements": [a], "events": []}, {**found, "statements": [b], "events": []}, probe)
            if not probe[f"statement+{facet}"].hits:
                cue = (b.get("cue") or {}).get("text")
                yield "differs", f"gold {x} | found {y} | cue {cue!r} rule {b.get('rule')}", sentence_of(text, a["content"]["start"])
    else:
        name = {"time": "event time", "place": "event place", "actor": "actor", "status": "status"}[facet]
        for i, j in outcome.pairs.families:
            a, b = ge[i], fe[j]
            probe = empty_score()
            score_report({**gold, "statements": [], "events": [a]}, {**found, "statements": [], "events": [b]}, probe)
            t = probe[name]
            if t.hits != max(t.gold, t.found):
                key = facet if facet != "status" else "status"
                yield (
                    "differs",
                    f"{a['trigger']['text']!r}: gold {_value_text(a.get(key))} | found {_value_text(b.get(key))}",
                    sentence_of(text, a["trigger"]["start"]),
                )


def _unpaired(
    gold: Sequence[Any], found: Sequence[Any], pairs: list[tuple[int, int]], text: str, show: Any, position: Any
) -> Iterator[tuple[str, str, str]]:
    hit_gold, hit_found = {i for i, _ in pairs}, {j for _, j in pairs}
    rows = [(position(g), "miss", g) for i, g in enumerate(gold) if i not in hit_gold]
    rows += [(position(f), "false", f) for j, f in enumerate(found) if j not in hit_found]
    for p, kind, item in sorted(rows, key=lambda r: (r[0], r[1])):
        yield kind, show(item), sentence_of(text, p)


def _statement_start(s: Mapping[str, Any]) -> int:
    # A denial without an object may have no content in gold; it still stands somewhere.
    place = s.get("content") or s.get("cue") or s.get("source") or {"start": 0}
    return int(place["start"])


def _statement_shown(s: Mapping[str, Any]) -> Mapping[str, Any]:
    content: Mapping[str, Any] = s.get("content") or {"start": _statement_start(s), "text": ""}
    return content


def _event_shown(e: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**e["trigger"], "type": e["type"]}


def _figure_shown(f: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**f, "type": f"{f['count_of']}={f.get('low')}..{f.get('high')}"}


def _mention_text(m: Mapping[str, Any] | None) -> str:
    return "–" if not m else f"« {m['text']} » = {m.get('name')}"


def _statement_text(s: Mapping[str, Any]) -> str:
    cue = (s.get("cue") or {}).get("text")
    return f"{s['stance']} | {_mention_text(s.get('source'))} | cue {cue!r} | « {(s.get('content') or {}).get('text', '')[:140]} » {s.get('rule', '')}"


def _event_text(e: Mapping[str, Any]) -> str:
    return f"{e['type']} ({e['status']}) « {e['trigger']['text']} » {e.get('rule', '')}"


def _figure_text(f: Mapping[str, Any]) -> str:
    return f"{f['count_of']} {f.get('low')}–{f.get('high')} {f['qualifier']} unit {f.get('unit')!r} « {f['text']} »"


def _value_text(v: Any) -> str:
    if not isinstance(v, Mapping):
        return str(v)
    keys = ("text", "name", "country", "earliest", "latest")
    return ", ".join(str(v[k]) for k in keys if v.get(k))


def outcome_lines(evaluation: Evaluation) -> list[str]:
    """One tab-separated line per gold or found item (report, facet, hit|miss|false, key): the frozen form that `--diff` compares."""
    out: list[str] = []
    for o in evaluation.outcomes:
        gold, found = o.gold.data, o.found
        gf = [f for e in gold["events"] for f in e["figures"]]
        ff = [f for e in found.get("events", []) for f in e.get("figures", [])]
        for facet, gs, fs, pairs, show in (
            (
                "statement",
                gold["statements"],
                found.get("statements", []),
                o.pairs.statements,
                _statement_shown,
            ),
            ("event", gold["events"], found.get("events", []), o.pairs.events, _event_shown),
            ("figure", gf, ff, o.pairs.figures, _figure_shown),
        ):
            hit_gold, hit_found = {i for i, _ in pairs}, {j for _, j in pairs}
            rows = [("hit" if i in hit_gold else "miss", show(g)) for i, g in enumerate(gs)]
            rows += [("false", show(f)) for j, f in enumerate(fs) if j not in hit_found]
            for kind, s in sorted(rows, key=lambda r: (r[1]["start"], r[0])):
                line = f"{o.gold.id}\t{facet}\t{kind}\t{s['start']}\t{s.get('type', '')}\t{fold(s['text'])[:80]}"
                out.append(line)
    return out
