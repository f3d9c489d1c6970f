"""`selon judge`: a person's decision on a statement, an event, a figure, or on two events or incidents."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selon.cli.messages import say
from selon.cli.options import LangOption, LedgerOption, choices, open_existing
from selon.cli.screen import note as remark
from selon.errors import UsageError
from selon.model.judged import check_correction, target_of
from selon.model.judgement import OF_PAIRS, VERDICTS, Judgement, Target, canonical

if TYPE_CHECKING:
    from selon.ledger import Ledger
    from selon.linked import Linked

EXAMPLE = '\'{"low": 17, "high": 17}\''
_ITEM = re.compile(r"(?P<report>\S.*?)/(?P<item>[se]\d+(?:/f\d+)?)")
_INCIDENT = re.compile(r"[0-9a-f]{4,16}")


def judge_command(
    verdict: Annotated[str, typer.Argument(help=say("judge.verdict"), show_default=False, metavar="[VERDICT]")] = "",
    target: Annotated[str, typer.Argument(help=say("judge.target"), show_default=False, metavar="[TARGET]")] = "",
    other: Annotated[str, typer.Argument(help=say("judge.other"), show_default=False, metavar="[TARGET2]")] = "",
    author: Annotated[str, typer.Option("--author", help=say("judge.author"), show_default=False)] = "",
    note: Annotated[str, typer.Option("--note", help=say("judge.note"), show_default=False)] = "",
    value: Annotated[str, typer.Option("--value", help=say("judge.value", example=EXAMPLE), show_default=False)] = "",
    retract: Annotated[str, typer.Option("--retract", help=say("judge.retract"), show_default=False, metavar="ID")] = "",
    ledger: LedgerOption = "",
    lang: LangOption = "",
) -> None:
    """Adds a judgement to the ledger; nothing is overwritten."""
    who = author.strip() or os.environ.get("SELON_AUTHOR", "").strip()
    if not who:
        raise UsageError("SEL-U032", say("judge.no_author"), place="--author", remedy=say("judge.no_author_remedy"))
    if not retract and not (verdict and target):
        raise UsageError("SEL-U033", say("judge.no_verdict"), remedy=say("judge.no_verdict_remedy"))
    said: Any = choices("VERDICT", [verdict], VERDICTS, "judgement")[0] if verdict else None
    _check(said, target, other, value)
    with open_existing(ledger) as store:
        first, second = _targets(store, said, target, other) if said else (None, None)
        right = canonical(check_correction(first.kind, _parsed(value))) if said == "correct" and first is not None else None
        back = _whole_id(store, retract) if retract else None
        made = Judgement(said, who, datetime.now(UTC), first, second, note.strip(), right, back)
        added = store.judge(made)
    remark(say("judge.done" if added else "judge.known", id=made.id))


def _check(verdict: str | None, target: str, other: str, value: str) -> None:
    if verdict is not None and not target:
        raise UsageError("SEL-U033", say("judge.no_verdict"), remedy=say("judge.no_verdict_remedy"))
    if verdict in OF_PAIRS and not other:
        raise UsageError("SEL-U033", say("judge.pair"), place=verdict or "", remedy=say("judge.pair_remedy"))
    if other and verdict not in OF_PAIRS and verdict != "unsure":
        raise UsageError("SEL-U033", say("judge.single"), place=verdict or "", excerpt=other, remedy=say("judge.single_remedy"))
    if (verdict == "correct") != bool(value):
        problem = say("judge.no_value" if verdict == "correct" else "judge.value_alone")
        raise UsageError("SEL-U034", problem, place="--value", remedy=say("judge.value_remedy", example=EXAMPLE))


def _parsed(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        remedy = say("judge.value_remedy", example=EXAMPLE)
        raise UsageError("SEL-U034", say("judge.not_json"), place="--value", excerpt=value[:80], remedy=remedy) from None


def _targets(store: Ledger, verdict: str, target: str, other: str) -> tuple[Target, Target | None]:
    if not other:
        if not _ITEM.fullmatch(target) and _INCIDENT.fullmatch(target):
            raise UsageError("SEL-U035", say("judge.incident"), excerpt=target, remedy=say("judge.incident_remedy", id=target))
        return _item(store, target), None
    snap: Linked | None = None
    if not all(_ITEM.fullmatch(x) for x in (target, other)):
        from selon.linked import linked

        snap = linked(store)
    first = _item(store, target) if _ITEM.fullmatch(target) else None
    second = _item(store, other) if _ITEM.fullmatch(other) else None
    one = first or _of_incident(store, snap, target, second)
    two = second or _of_incident(store, snap, other, one)
    if one.kind != "event" or two.kind != "event":
        raise UsageError("SEL-U035", say("judge.only_events"), excerpt=f"{target} {other}", remedy=say("judge.target_remedy"))
    if one.key == two.key:
        raise UsageError("SEL-U035", say("judge.itself"), excerpt=f"{target} {other}", remedy=say("judge.pair_remedy"))
    return one, two


def _item(store: Ledger, text: str) -> Target:
    """The target that REPORT/ITEM names. Raises LedgerError when there is no such report, UsageError when it has no such item."""
    from selon.ledger import report_id

    found = _ITEM.fullmatch(text)
    if found is None:
        raise UsageError("SEL-U037", say("judge.target_unknown"), excerpt=text, remedy=say("judge.target_remedy"))
    reading = store.reading(found["report"])
    return target_of(reading, report_id(reading.report), found["item"])


def _of_incident(store: Ledger, snap: Linked | None, text: str, against: Target | None) -> Target:
    """An event that stands for an incident: of its type, told by a report mainly about it, another than that of `against` where there is one."""
    fitting = [i for i in snap.incidents if i.id.startswith(text)] if snap and _INCIDENT.fullmatch(text) else []
    if snap is None or len(fitting) != 1:
        if not _INCIDENT.fullmatch(text):
            raise UsageError("SEL-U037", say("judge.target_unknown"), excerpt=text, remedy=say("judge.target_remedy"))
        remedy = say("incident.unknown_remedy")
        raise UsageError("SEL-U020", say("incident.unknown", count=len(fitting)), excerpt=text, remedy=remedy)
    (i,) = fitting
    kinds = {(r, e.id): e.type for r in i.reports for e in snap.readings[r].events}
    ours = against.report if against is not None else ""
    report, event = min(i.events, key=lambda e: (snap.rows[e[0]].id == ours, e[0] not in i.main_of, kinds[e] != i.type))
    row = snap.rows[report]
    return target_of(store.reading(row.id), row.id, event)


def _whole_id(store: Ledger, start: str) -> str:
    fitting = [j.id for j in store.judgements() if j.id.startswith(start)] if len(start) >= 4 else []
    if len(fitting) > 1:
        raise UsageError("SEL-U036", say("judge.ambiguous", count=len(fitting)), excerpt=start, remedy=say("judge.ambiguous_remedy"))
    return fitting[0] if fitting else start
