"""Reports that withdraw or correct earlier ones: kills and corrections of a wire. May import: `model`, `link`.

A notice says so in one of its first lines ("ANNULATION :", "Annule et remplace", "CORRECTION"). What it withdraws is the earlier report most
like it: of the same text, or, for a bare notice, of the same agency (where both name one) about the same names. A notice for which nothing
fits withdraws nothing. Nothing is deleted: what was withdrawn is shown as such, and an earlier moment still shows it as it stood.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from selon.link.days import ordinal
from selon.link.origins import Origins
from selon.link.telling import fold, lead_end, names_in
from selon.model import Reading
from selon.model.incident import Act, Withdrawal

_LINES, _LINE = 4, 200  # lines that may open a notice; longer lines are prose
_DAYS = 10  # a notice comes within so many days
_LIKE = 0.5  # share of the names of the notice that what it withdraws must have
_NAMES = 2


@cache
def _phrases() -> tuple[tuple[str, Act], ...]:
    data = tomllib.loads(resources.files("selon.link").joinpath("notices.toml").read_text("utf-8"))
    acts: tuple[Act, ...] = ("corrected", "killed")
    found = [(fold(p), act) for act in acts for own in data[act].values() for p in own]
    return tuple(sorted(found, key=lambda x: (-len(x[0]), x[0])))  # « annule et remplace » before « annule »


def notice_of(text: str) -> tuple[Act, str] | None:
    """What a report says that it does to an earlier one, and in what words; None when it is no notice."""
    lines = [line.strip() for line in text.split("\n") if line.strip()][:_LINES]
    for line in lines:
        if len(line) > _LINE:
            continue
        bare = re.sub(r"^[\W\d_]+", "", line)
        folded = fold(bare)
        for phrase, act in _phrases():
            if not folded.startswith(phrase):
                continue
            words, rest = bare[: len(phrase)], bare[len(phrase) :].lstrip()
            whole = not bare[len(phrase) : len(phrase) + 1].isalnum()
            if whole and (" " in phrase or not rest or rest[0] in ":–—-/.)]" or (words.isupper() and not _shouted(bare))):
                return act, words
    return None


def _shouted(line: str) -> bool:
    """Whether a whole line is in capitals, where those of a word say nothing."""
    return line.upper() == line


def withdrawals(readings: Iterable[Reading], origins: Origins) -> Mapping[str, Withdrawal]:
    """Report id -> what later reports did to it. A killed notice is withdrawn with what it kills."""
    by_id = {r.report.id: r for r in readings}
    notices = {k: n for k in sorted(by_id) if (n := notice_of(by_id[k].report.text)) is not None}
    if not notices:
        return {}
    names = {k: names_in("x " + r.report.text[: lead_end(r)[1]]) for k, r in by_id.items()}
    holders: dict[str, set[str]] = defaultdict(set)
    for report, own in names.items():
        for name in own:
            holders[name].add(report)
    out: dict[str, Withdrawal] = {}
    for k, (act, words) in notices.items():
        target = _target(k, by_id, names, holders, origins, notices)
        if target is None:
            continue
        # Copies of what was withdrawn are withdrawn with it; what only credits the same agency is not.
        for other in by_id:
            copy = other not in notices and other not in origins.credits and origins.get(other) == origins.get(target)
            if (other == target or copy) and _before(by_id[other], by_id[k]):
                out[other] = Withdrawal(act, k, words)
        if act == "killed":
            out[k] = Withdrawal(act, k, words)
    return out


def _before(a: Reading, b: Reading) -> bool:
    x, y = ordinal(a.published.latest), ordinal(b.published.earliest)
    return x is None or y is None or 0 <= y - x <= _DAYS


def _target(
    notice: str,
    readings: Mapping[str, Reading],
    names: Mapping[str, set[str]],
    holders: Mapping[str, set[str]],
    origins: Origins,
    notices: Mapping[str, tuple[Act, str]],
) -> str | None:
    mine = names[notice]
    near = {k for n in mine for k in holders[n]} - {notice} - notices.keys()
    best: tuple[float, int, str] | None = None
    for k in sorted(near):
        shared = mine & names[k]
        if len(shared) < _NAMES or len(shared) < _LIKE * len(mine) or not _before(readings[k], readings[notice]):
            continue
        a, b = origins.credits.get(notice), origins.credits.get(k)
        if a is not None and b is not None and a.agency != b.agency:
            continue
        same = origins.get(k) == origins.get(notice)
        rank = (len(shared) / len(mine) + (1.0 if same else 0.0), ordinal(readings[k].published.latest) or 0, k)
        if best is None or rank > best:
            best = rank
    return best[2] if best is not None else None
