"""Options that several commands share, and how their values are read. May import: `cli`, `ledger`, `views`, `model`, `errors`."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from selon.cli.messages import say
from selon.errors import UsageError
from selon.model.fold import fold
from selon.views.labels import LANGUAGES, labels

if TYPE_CHECKING:
    from selon.ledger import Ledger

# Built once per process, after the language is chosen: command modules are imported when their command is called.
LedgerOption = Annotated[str, typer.Option("--ledger", help=say("option.ledger"), show_default=False)]
AsOfOption = Annotated[str, typer.Option("--as-of", help=say("option.as_of"), show_default=False)]
FormatOption = Annotated[str, typer.Option("--format", help=say("option.format"))]
OutputOption = Annotated[str, typer.Option("--format", help=say("option.output"))]
NamesOption = Annotated[bool, typer.Option("--names", help=say("option.names"))]
LimitOption = Annotated[int, typer.Option("--limit", min=0, help=say("option.limit"), show_default=False)]
LangOption = Annotated[str, typer.Option("--lang", help=say("root.lang"), show_default=False)]
PipelineOption = Annotated[str, typer.Option("--pipeline", help=say("option.pipeline"), show_default=False)]


def ledger_address(option: str) -> str:
    """The ledger that is meant: the option, else SELON_LEDGER, else a file in the user's data folder."""
    if option:
        return option
    if chosen := os.environ.get("SELON_LEDGER"):
        return chosen
    from platformdirs import user_data_path

    return str(user_data_path("selon", appauthor=False) / "ledger.sqlite")


def open_existing(option: str) -> Ledger:
    """The ledger to ask. Raises LedgerError when there is none."""
    from selon.ledger import open_ledger

    return open_ledger(ledger_address(option), create=False)


def moment(text: str) -> datetime | None:
    """`--as-of`: a day means its end in UTC; a time without an offset is in UTC. Raises UsageError SEL-U002."""
    if not text:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return datetime.combine(datetime.fromisoformat(text), time.max, UTC)
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError("SEL-U002", say("error.moment"), place="--as-of", excerpt=text, remedy=say("error.moment_remedy")) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def day(option: str, text: str) -> str | None:
    """An ISO day. Raises UsageError SEL-U001."""
    if not text:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        pass
    raise UsageError("SEL-U001", say("error.day"), place=option, excerpt=text, remedy=say("error.day_remedy"))


def choices(option: str, values: Sequence[str] | None, allowed: Sequence[str], section: str = "") -> tuple[str, ...]:
    """The values, each one of `allowed` or its label in any language of the interface (`section` of the labels).

    Raises UsageError SEL-U003.
    """
    known = {fold(a): a for a in allowed}
    for lang in LANGUAGES if section else ():
        for a in allowed:
            known.setdefault(fold(labels(lang).get(section, a)), a)
    out: list[str] = []
    for value in values or ():
        if fold(value) not in known:
            remedy = say("error.choice_remedy", choices=", ".join(allowed))
            raise UsageError("SEL-U003", say("error.choice"), place=option, excerpt=value, remedy=remedy)
        out.append(known[fold(value)])
    return tuple(dict.fromkeys(out))


def output(value: str, *allowed: str) -> str:
    """What `--format` asks for. Raises UsageError SEL-U003."""
    return choices("--format", [value], allowed)[0]


def column_map(option: str) -> dict[str, str]:
    """`text=body,published=date`: which column of a table holds which field. Raises UsageError SEL-U003."""
    out: dict[str, str] = {}
    for part in filter(None, (p.strip() for p in option.split(","))):
        field, equals, name = (p.strip() for p in part.partition("="))
        if not equals or not field or not name:
            raise UsageError("SEL-U003", say("error.choice"), place="--columns", excerpt=part, remedy=say("read.columns"))
        out[field] = name
    return out


def as_lines(value: str) -> bool:
    """Whether `--format` asks for JSON Lines. Raises UsageError SEL-U003."""
    return output(value, "table", "jsonl") == "jsonl"
