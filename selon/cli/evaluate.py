"""`selon evaluate`: precision, recall and F1 against gold."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated

import typer


def evaluate_command(
    gold_dir: Annotated[Path, typer.Argument(help="Folder with one gold JSON file a report.")],
    readings: Annotated[Path | None, typer.Option(help="Score this JSON Lines file instead of reading the reports now.")] = None,
    lang: Annotated[list[str] | None, typer.Option(help="Only reports in this language (repeatable).")] = None,
    report: Annotated[list[str] | None, typer.Option(help="Only this report (repeatable).")] = None,
    half: Annotated[str, typer.Option(help="a or b: only the incidents of one half, so that rules are written on one and tried on the other.")] = "",
    errors: Annotated[str, typer.Option(help="Show misses and false finds of: statement, source, stance, event, status, figure, time, place, actor.")] = "",
    per_report: Annotated[bool, typer.Option("--per-report", help="One line per report.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The table as JSON.")] = False,
    pipeline: Annotated[str | None, typer.Option(help="Another UD-labelled spaCy pipeline, by name or path.")] = None,
    save: Annotated[Path | None, typer.Option(help="Write the outcome lines (hit, miss, false per item) to this file.")] = None,
    diff: Annotated[tuple[Path, Path] | None, typer.Option(help="Two saved outcome files: list the items that moved, and do nothing else.")] = None,
    cache: Annotated[bool, typer.Option(help="Keep parses between runs.")] = True,
) -> None:
    """Precision, recall and F1 per facet, as the gold's reference scorer defines them."""
    from selon.bench.evaluate import errors_of, evaluate, outcome_lines, read_gold
    from selon.bench.gold import load_gold
    from selon.bench.parses import ParseCache
    from selon.bench.score import FACETS

    if diff:
        before, after = (set(p.read_text("utf-8").splitlines()) for p in diff)
        for sign, lines in (("-", before - after), ("+", after - before)):
            for line in sorted(lines):
                typer.echo(f"{sign} {line}")
        return
    gold = load_gold(gold_dir, lang or ())
    if report:
        gold = [g for g in gold if g.id in report]
    if half:
        gold = [g for g in gold if "ab"[hashlib.sha256((g.incident or g.id).encode()).digest()[0] % 2] == half]
    if readings:
        found = [json.loads(line) for line in readings.read_text("utf-8").splitlines() if line.strip()]
        result = evaluate(gold, found)
    else:
        result = evaluate(gold, read_gold(gold, pipeline, ParseCache.default() if cache else None))
    if save:
        save.write_text("\n".join(outcome_lines(result)) + "\n", "utf-8")
    if errors:
        for o in result.outcomes:
            for kind, what, sentence in errors_of(o, errors):
                typer.echo(f"{o.gold.id} {kind:7} {what}\n    … {sentence}")
    if per_report:
        for o in result.outcomes:
            typer.echo(f"{o.gold.id} " + " ".join(f"{f}={o.score[f].f1:.2f}" for f in ("statement", "event", "figure")))
    if as_json:
        row = {f: {"p": t.precision, "r": t.recall, "f1": t.f1, "tp": t.hits, "pred": t.found, "gold": t.gold} for f, t in result.total.items()}
        typer.echo(json.dumps(row))
        return
    typer.echo(f"{len(gold)} reports")
    typer.echo(f"{'facet':20s} {'P':>6} {'R':>6} {'F1':>6} {'hit':>5} {'found':>5} {'gold':>5}")
    for f in FACETS:
        t = result.total[f]
        typer.echo(f"{f:20s} {t.precision:6.3f} {t.recall:6.3f} {t.f1:6.3f} {t.hits:5d} {t.found:5d} {t.gold:5d}")
