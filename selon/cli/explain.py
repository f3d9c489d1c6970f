"""`selon explain`: why a sentence, or a cell of the ledger, is read as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import AsOfOption, LangOption, LedgerOption, PipelineOption, day, moment, open_existing
from selon.cli.screen import put
from selon.errors import UsageError
from selon.views.notes import Line, quoted

if TYPE_CHECKING:
    from selon.model import Parse
    from selon.trace import Finding

_CELL = re.compile(r"(?P<report>\S+)/(?P<id>[se]\d+)")


def explain_command(
    what: Annotated[str, typer.Argument(help=say("explain.what"), show_default=False, metavar="SENTENCE|REPORT/ID")],
    tree: Annotated[bool, typer.Option("--tree", help=say("explain.tree"))] = False,
    published: Annotated[str, typer.Option(help=say("read.published"), show_default=False)] = "",
    report_lang: Annotated[str, typer.Option(help=say("option.report_lang"), show_default=False)] = "",
    pipeline: PipelineOption = "",
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    lang: LangOption = "",
) -> None:
    """Rules, spans, reasons and lexicon lines, for a sentence read now or a cell read before."""
    cell = _CELL.fullmatch(what.strip())
    if cell:
        _explain_cell(cell["report"], cell["id"], ledger, as_of, pipeline, tree)
        return
    from selon.intake import build_report
    from selon.trace import explain_report

    report = build_report(what, id="sentence", lang=report_lang or None, published=day("--published", published))
    found = explain_report(report, pipeline or None)
    if tree:
        put(_tree(found.parse, 0, len(what)))
    put(line for f in found.findings for line in _lines(f))
    if not found.findings:
        put([Line(say("explain.nothing"))])
    put([Line(""), Line(say("explain.version", version=found.reading.version), "dim")])


def _explain_cell(name: str, id: str, ledger: str, as_of: str, pipeline: str, tree: bool) -> None:
    from selon.model.around import sentence_around
    from selon.trace import explain_reading

    with open_existing(ledger) as store:
        reading = store.reading(name, moment(as_of))
        made = [v for v in store.versions(name) if v.version == reading.version][-1]
    spans = {s.id: s.content for s in reading.statements} | {e.id: e.trigger for e in reading.events}
    if id not in spans:
        raise UsageError("SEL-U004", say("explain.no_cell"), place=f"{name}/{id}", remedy=say("explain.no_cell_remedy", name=name))
    found = explain_reading(reading, pipeline or None)
    around = sentence_around(reading.report.text, spans[id].start, spans[id].end)
    put([Line(quoted(around.text), "quote"), Line("")])
    if tree:
        put(_tree(found.parse, around.start, around.end))
    put(line for f in found.findings if f.id == id for line in _lines(f))
    time = f"{made.recorded_at:%Y-%m-%d %H:%M}"
    put([Line(""), Line(say("explain.cell", name=name, id=id, time=time, version=made.version), "dim")])


def _lines(f: Finding) -> Iterator[Line]:
    titles = {"statement": say("explain.statement", id=f.id), "event": say("explain.event", id=f.id)}
    yield Line(titles.get(f.kind) or say(f"explain.{f.kind}"), "head")
    if f.rule:
        kind, _, name = f.rule.partition(".")[2].partition(".")
        summary = f.summary or _construction(kind, name)
        yield Line(f"{say('explain.rule')} {f.rule}" + (f" — {summary}" if summary else ""), "strong", 1)
    for line in f.bound:
        yield Line(f"{say('explain.bound')} {line}", "text", 1)
    for role, span in f.spans:
        yield Line(f"{role} {span.start}–{span.end} {quoted(span.text)}", "text", 1)
    yield Line(", ".join(f"{k} = {v}" for k, v in f.facts), "dim", 1)
    for reason in f.because:
        yield Line(f"{say('explain.because')} {reason}", "text", 1)
    for hit in f.hits:
        attributes = ", ".join(f"{k} = {v}" for k, v in hit.attributes.items())
        yield Line(f"{say('explain.lexicon')} {hit.lexicon}: {hit.key}" + (f" ({attributes})" if attributes else ""), "text", 1)


def _construction(kind: str, name: str) -> str:
    """What a construction of the engine finds, in words: the longest name that fits (`verb-obl` for `verb-obl-de`)."""
    known = words().texts.get(f"{kind}_rule", {})
    name = name.partition("/")[0]
    while name and name not in known:
        name = name.rpartition("-")[0]
    return known.get(name, "")


def _tree(parse: Parse, start: int, end: int) -> Iterator[Line]:
    yield Line(say("explain.parse"), "head")
    for token in parse.between(start, end):
        head = parse.head(token)
        feats = "|".join(f"{k}={v}" for k, v in sorted(token.feats.items()))
        governor = f"{head.text}" if head else "—"
        yield Line(f"{token.text:<20} {token.lemma:<18} {token.pos:<6} {token.deprel:<12} {governor:<18} {feats}", "as_is", 1)
    yield Line("")
