"""`selon judgements`: what people decided, what has become of it, and how far they agree."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import AsOfOption, FormatOption, LangOption, LedgerOption, as_lines, moment, open_existing
from selon.cli.screen import note, put, put_json
from selon.views.agreement import agreements
from selon.views.judgements import told, told_json, told_lines
from selon.views.notes import Line


def judgements_command(
    author: Annotated[str, typer.Option("--author", help=say("judgements.author"), show_default=False)] = "",
    agreement: Annotated[bool, typer.Option("--agreement", help=say("judgements.agreement"))] = False,
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    format: FormatOption = "table",
    lang: LangOption = "",
) -> None:
    """All judgements in the order in which they were made, those taken back too."""
    from selon.linked import judged

    lines, then = as_lines(format), moment(as_of)
    with open_existing(ledger) as store:
        found = list(store.judgements(then))
        if agreement:
            pairs = agreements(found)
            for p in pairs:
                alpha = say("judgements.undefined") if p.alpha is None else f"{p.alpha:.3f}"
                text = say("judgements.pair", first=p.first, second=p.second, alike=p.alike, common=p.common, alpha=alpha)
                put_json(asdict(p)) if lines else put([Line(text)])
            if not pairs:
                note(say("judgements.no_pair"))
            return
        standings = judged(store, then).standings if found else ()
    listed = [t for t in told(found, standings) if not author or t.judgement.author == author]
    for t in listed:
        put_json(told_json(t)) if lines else put(told_lines(t, words()))
    if not lines:
        note(say("judgements.count", count=len(listed)) if found else say("judgements.none"))
