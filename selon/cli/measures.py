"""`selon measures`: protective measures, and what is in force in a territory on a day."""

from __future__ import annotations

from typing import Annotated

import typer

from selon.cli.messages import say, words
from selon.cli.options import AsOfOption, FormatOption, LangOption, LedgerOption, as_lines, day, moment, open_existing
from selon.cli.screen import note, put, put_json
from selon.views.notes import Line, quoted


def measures_command(
    territory: Annotated[str, typer.Argument(help=say("measures.territory"), show_default=False)] = "",
    on: Annotated[str, typer.Option("--on", help=say("measures.on"), show_default=False)] = "",
    format: FormatOption = "table",
    ledger: LedgerOption = "",
    as_of: AsOfOption = "",
    lang: LangOption = "",
) -> None:
    """Measures with their phases; with a territory and a day, what is known to be in force."""
    from selon.link import coverage
    from selon.linked import linked
    from selon.model.fold import fold

    lines = as_lines(format)
    asked = day("--on", on)
    with open_existing(ledger) as store:
        found = linked(store, moment(as_of))
    listed = tuple(m for m in found.measures if fold(territory) in fold(m.territory))
    if territory and asked:
        verdict = coverage(found.readings.values(), found.measures, territory, asked)
        listed = verdict.measures
        if lines:
            put_json(verdict)
            return
        put([Line(say("measures.verdict", territory=territory, day=asked, verdict=say(f"verdict.{verdict.verdict}")), "head")])
        put([Line(say("measures.reports", count=verdict.reports), "dim")])
        if verdict.verdict == "no_record":
            put([Line(say("measures.no_record"), "warn")])
    if lines:
        for m in listed:
            put_json(m)
        return
    for m in listed:
        where = f"{m.territory} ({m.country})" if m.country else m.territory
        put([Line(f"{where} · {words().get('type', m.type)} · {say(f'phase.{m.phase}')}", "strong")])
        for key, told in (("measures.target", m.target), ("measures.authority", m.authority), ("measures.until", m.until)):
            if told:
                put([Line(f"{say(key)} {told if key == 'measures.until' else quoted(told)}", "text", 1)])
        put(Line(f"{p.day or '?'} {say(f'phase.{p.phase}')}  {p.at[0]}/{p.at[1]}", "dim", 1) for p in m.phases)
    if not listed:
        note(say("measures.none"))
