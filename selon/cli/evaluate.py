"""`selon evaluate`: precision, recall and F1 against gold, errors with their sentences, folds, and what moved between two runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selon.cli.messages import say
from selon.cli.options import PipelineOption, choices
from selon.errors import GoldError, UsageError

if TYPE_CHECKING:
    from selon.bench.evaluate import Evaluation
    from selon.bench.gold import GoldReport

ERRORS = ("statement", "source", "stance", "event", "status", "figure", "time", "place", "actor")
SHOWN = ("statement", "statement+source", "statement+both", "event", "event family", "figure")


def evaluate_command(
    gold_dir: Annotated[Path | None, typer.Argument(help=say("evaluate.gold"), show_default=False, metavar="GOLD_DIR")] = None,
    readings: Annotated[Path | None, typer.Option(help=say("evaluate.readings"), show_default=False)] = None,
    lang: Annotated[list[str] | None, typer.Option(help=say("evaluate.lang"), show_default=False)] = None,
    report: Annotated[list[str] | None, typer.Option(help=say("evaluate.report"), show_default=False)] = None,
    half: Annotated[str, typer.Option(help=say("evaluate.half"), show_default=False)] = "",
    folds: Annotated[int, typer.Option(min=0, help=say("evaluate.folds"), show_default=False)] = 0,
    errors: Annotated[str, typer.Option(help=say("evaluate.errors", choices=", ".join(ERRORS)), show_default=False)] = "",
    per_report: Annotated[bool, typer.Option("--per-report", help=say("evaluate.per_report"))] = False,
    linking: Annotated[bool, typer.Option("--linking", help=say("evaluate.linking"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=say("evaluate.json"))] = False,
    save: Annotated[Path | None, typer.Option(help=say("evaluate.save"), show_default=False)] = None,
    diff: Annotated[tuple[Path, Path] | None, typer.Option(help=say("evaluate.diff"), show_default=False)] = None,
    pipeline: PipelineOption = "",
    cache: Annotated[bool, typer.Option(help=say("evaluate.cache"))] = True,
) -> None:
    """The facets and the ways of counting are those of the gold's reference scorers."""
    if diff is not None:
        _moved(*diff)
        return
    if gold_dir is None:
        raise UsageError("SEL-U012", say("evaluate.no_gold"), remedy="selon evaluate examples/gold")
    wanted = choices("--errors", [errors] if errors else [], ERRORS)
    from selon.bench.evaluate import evaluate, outcome_lines, read_gold
    from selon.bench.gold import load_gold
    from selon.bench.parses import ParseCache

    gold = load_gold(gold_dir, lang or ())
    gold = [g for g in gold if (not report or g.id in report) and (not half or half == "ab"[_fold(g, 2)])]
    found: Sequence[Mapping[str, Any]] = (
        _lines(readings) if readings else list(read_gold(gold, pipeline or None, ParseCache.default() if cache else None))
    )
    result = evaluate(gold, found)
    if save:
        save.write_text("\n".join(outcome_lines(result)) + "\n", "utf-8")
    _details(result, wanted, per_report)
    if as_json:
        row = {
            f: {"p": t.precision, "r": t.recall, "f1": t.f1, "tp": t.hits, "pred": t.found, "gold": t.gold} for f, t in result.total.items()
        }
        typer.echo(json.dumps(row))
        return
    _table(result, len(gold))
    if folds > 1:
        _folds(gold, found, folds)
    if linking:
        _linking(gold, found)


def _fold(g: GoldReport, n: int) -> int:
    # Reports of one incident share a fold: what was learnt from one telling must not help with another.
    return hashlib.sha256((g.incident or g.id).encode()).digest()[0] % n


def _lines(path: Path) -> list[Mapping[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as e:
        raise GoldError("SEL-G003", say("evaluate.broken", why=str(e)[:120]), place=str(path), remedy=say("link.broken_remedy")) from e


def _moved(before: Path, after: Path) -> None:
    old, new = (set(_text(p).splitlines()) for p in (before, after))
    for sign, lines in (("-", old - new), ("+", new - old)):
        for line in sorted(lines):
            typer.echo(f"{sign} {line}")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as e:
        raise GoldError("SEL-G003", say("evaluate.broken", why=e.strerror or str(e)), place=str(path)) from e


def _details(result: Evaluation, wanted: Sequence[str], per_report: bool) -> None:
    from selon.bench.evaluate import errors_of

    for facet in wanted:
        for o in result.outcomes:
            for kind, what, sentence in errors_of(o, facet):
                typer.echo(f"{o.gold.id} {kind:7} {what}\n    … {sentence}")
    if per_report:
        for o in result.outcomes:
            typer.echo(f"{o.gold.id} " + " ".join(f"{f}={o.score[f].f1:.2f}" for f in ("statement", "event", "figure")))


def _table(result: Evaluation, reports: int) -> None:
    from selon.bench.score import FACETS

    typer.echo(say("evaluate.reports", count=reports))
    typer.echo(f"{say('evaluate.facet'):20s} {'P':>6} {'R':>6} {'F1':>6} {say('evaluate.hit'):>6} {say('evaluate.found'):>7} {'gold':>5}")
    for f in FACETS:
        t = result.total[f]
        typer.echo(f"{f:20s} {t.precision:6.3f} {t.recall:6.3f} {t.f1:6.3f} {t.hits:6d} {t.found:7d} {t.gold:5d}")


def _folds(gold: Sequence[GoldReport], found: Sequence[Mapping[str, Any]], n: int) -> None:
    from selon.bench.evaluate import evaluate

    typer.echo(say("evaluate.by_fold", count=n))
    for k in range(n):
        part = [g for g in gold if _fold(g, n) == k]
        if part:
            total = evaluate(part, found).total
            typer.echo(f"{k + 1:3d} {len(part):4d}  " + "  ".join(f"{f} {total[f].f1:.3f}" for f in SHOWN))


def _linking(gold: Sequence[GoldReport], found: Sequence[Mapping[str, Any]]) -> None:
    from selon.bench.linking import link_gold
    from selon.model import from_json

    s = link_gold(gold, (from_json(r) for r in found if "published" in r))
    typer.echo(say("evaluate.linked", reports=s.reports, gold=s.gold, found=s.found))
    typer.echo(f"B-cubed P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f}; pairs P {s.pair_precision:.3f} R {s.pair_recall:.3f}")
