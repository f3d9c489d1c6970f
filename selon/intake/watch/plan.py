"""What to watch, as the user wrote it in TOML. May import: `intake.watch`, `errors`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal, get_args

from selon.errors import FetchError, UsageError
from selon.intake.fetch import readable_url
from selon.intake.watch.read import KINDS, Kind
from selon.intake.watch.telegram import is_telegram, preview_url

Content = Literal["page", "list"]
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400}
_DURATION = re.compile(r"\s*(\d{1,6}(?:\.\d{1,3})?)\s*([smhdw])\s*")
_RATE = re.compile(r"\s*(\d{1,6}(?:\.\d{1,3})?)\s*/\s*(hour|day|week)\s*")
_PER_DAY = {"hour": 24.0, "day": 1.0, "week": 1 / 7}
_NAME = re.compile(r"[\w.-][\w. -]{0,63}")
RECHECK = (3600.0, 6 * 3600.0, 86_400.0, 3 * 86_400.0, 7 * 86_400.0)
"""Ages in seconds at which a page is looked at again: most corrections come within a day."""
SIZE = 1_000_000
"""Bytes that a plan may have."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `content` says whether each entry's page is fetched or the list's own text is the report; `every` is seconds between looks;
    `expect` entries a day (None = learnt); `most` new entries taken in one look; `include` and `exclude` are patterns for addresses;
    `gate` reads only what may tell of conflict or crisis."""

    name: str
    url: str
    kind: Kind = "auto"
    outlet: str | None = None
    lang: str | None = None
    content: Content = "page"
    every: float = 900.0
    expect: float | None = None
    most: int = 100
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    private: bool = False
    gate: bool = False

    def wants(self, url: str) -> bool:
        """Whether an entry's address fits the patterns."""
        taken = not self.include or any(fnmatchcase(url, p) for p in self.include)
        return taken and not any(fnmatchcase(url, p) for p in self.exclude)


@dataclass(frozen=True, slots=True)
class Stamping:
    """An authority for time stamps (RFC 3161), and a file with the certificates (PEM) that it is trusted by."""

    url: str
    roots: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan: who asks (`contact`), seconds between requests to a host, ages at which pages are looked at again, sources."""

    sources: tuple[Source, ...]
    contact: str = ""
    rest: float = 1.0
    recheck: tuple[float, ...] = RECHECK
    seconds: float = 30.0
    timestamp: Stamping | None = None


def load_plan(path: Path) -> tuple[Plan, Mapping[str, Any]]:
    """The plan of a file, and its whole table (rules and channels of alerts stand in the same file).

    Raises UsageError SEL-U090 when the file cannot be read, SEL-U091 when it is no TOML, SEL-U092 for a key or value that is not known.
    """
    try:
        raw = path.read_bytes()[: SIZE + 1]
    except OSError as e:
        raise UsageError("SEL-U090", f"the plan cannot be read: {e.strerror}", place=str(path),
                         remedy="write one: the guide on watching has an example") from e  # fmt: skip
    try:
        if len(raw) > SIZE:
            raise ValueError("longer than a plan can be")
        table = tomllib.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as e:
        raise UsageError("SEL-U091", f"this is no TOML: {e}", place=str(path), remedy="look at the line named") from e
    return plan_of(table, str(path)), table


def plan_of(table: Mapping[str, Any], place: str = "") -> Plan:
    """The plan in a TOML table. Raises UsageError SEL-U092."""
    known(table, ("watch", "source", "alert", "channel"), place)
    watch = section(table, "watch", place)
    known(watch, ("contact", "rest", "every", "recheck", "seconds", "timestamp", "private"), f"{place} [watch]")
    defaults: dict[str, Any] = {
        "every": _seconds(watch, "every", 900.0, f"{place} [watch]"),
        "private": _flag(watch, "private", False, f"{place} [watch]"),
    }
    sources = tuple(_source(t, defaults, place) for t in tables(table, "source", place))
    names = [s.name for s in sources]
    for name in names:
        if names.count(name) > 1:
            raise wrong(f"{place} [[source]]", f"two sources are called {name!r}", "give each a name of its own")
    if not sources:
        raise wrong(place, "there is no source in the plan", 'add one: [[source]], then name = "…" and url = "https://…"')
    ages = watch.get("recheck")
    if ages is not None and not isinstance(ages, list):
        raise wrong(f"{place} [watch] recheck", "a list of times is needed", 'for example: recheck = ["1h", "1d"]')
    return Plan(
        sources, text_of(watch, "contact", f"{place} [watch]") or "", _seconds(watch, "rest", 1.0, f"{place} [watch]"),
        RECHECK if ages is None else tuple(sorted(_duration(r, f"{place} [watch] recheck") for r in ages)), _seconds(watch, "seconds", 30.0, f"{place} [watch]"),
        _stamping(watch, place),
    )  # fmt: skip


def _stamping(watch: Mapping[str, Any], place: str) -> Stamping | None:
    if "timestamp" not in watch:
        return None
    here = f"{place} [watch.timestamp]"
    t = section(watch, "timestamp", here)
    known(t, ("url", "roots"), here)
    return Stamping(_address(t, "url", here), text_of(t, "roots", here) or "")


def _source(t: Mapping[str, Any], defaults: Mapping[str, Any], place: str) -> Source:
    name = t.get("name")
    here = f"{place} [[source]] {name if isinstance(name, str) else ''}".rstrip()
    known(t, tuple(f.name for f in fields(Source)), here)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise wrong(here, "a source needs a name of letters, digits, spaces, dots and hyphens", 'for example: name = "radio-des-monts"')
    url = _address(t, "url", here)
    kind = _choice(t, "kind", KINDS, "auto", here)
    if kind == "telegram" or (kind == "auto" and is_telegram(url)):
        kind, url = "telegram", preview_url(url)
    expect = text_of(t, "expect", here)
    rate = _RATE.fullmatch(expect) if expect else None
    if expect and rate is None:
        raise wrong(f"{here} expect", f"{expect!r} is no rate", 'for example: expect = "20/day"')
    most = t.get("most", 100)
    if not isinstance(most, int) or isinstance(most, bool) or not 1 <= most <= 10_000:
        raise wrong(f"{here} most", "a number from 1 to 10000 is needed", "leave it out for 100")
    content: Content = "list" if kind == "telegram" else "page"
    return Source(
        name=name, url=url, kind=kind, outlet=text_of(t, "outlet", here), lang=text_of(t, "lang", here),
        content=_choice(t, "content", get_args(Content), content, here), every=_seconds(t, "every", defaults["every"], here),
        expect=float(rate[1]) * _PER_DAY[rate[2]] if rate else None, most=most, include=texts_of(t, "include", here),
        exclude=texts_of(t, "exclude", here), private=_flag(t, "private", defaults["private"], here), gate=_flag(t, "gate", False, here),
    )  # fmt: skip


# -- reading values of a table, for plans and rules alike -----------------------------------------------------------------------------------


def wrong(place: str, problem: str, remedy: str) -> UsageError:
    """The error of a plan that says something unknown."""
    return UsageError("SEL-U092", f"the plan says something that is not known: {problem}", place=place.strip(), remedy=remedy)


def known(t: Mapping[str, Any], names: tuple[str, ...], place: str) -> None:
    """Refuses keys that mean nothing: a misspelt one would be silently without effect."""
    for key in t:
        if key not in names:
            near = get_close_matches(key, names, 1)
            raise wrong(place, f"the key {key!r}", f"did you mean {near[0]!r}?" if near else f"one of: {', '.join(names)}")


def section(t: Mapping[str, Any], key: str, place: str) -> Mapping[str, Any]:
    """A table within a table; empty when it is not there."""
    found = t.get(key, {})
    if not isinstance(found, dict):
        raise wrong(place, f"{key!r} must be a table", f"write [{key}]")
    return found


def tables(t: Mapping[str, Any], key: str, place: str) -> Iterator[Mapping[str, Any]]:
    """The tables of an array of tables."""
    found = t.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise wrong(place, f"{key!r} must be a list of tables", f"write [[{key}]] above each")
    yield from found


def text_of(t: Mapping[str, Any], key: str, place: str) -> str | None:
    """A text, None when it is not there."""
    value = t.get(key)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise wrong(f"{place} {key}", "a text is needed", "write it in quotes")
    return value


def texts_of(t: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    """A list of texts; one text alone is a list of one."""
    value = t.get(key, [])
    value = [value] if isinstance(value, str) else value
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise wrong(f"{place} {key}", "a list of texts is needed", 'for example: ["a", "b"]')
    return tuple(value)


def _flag(t: Mapping[str, Any], key: str, default: bool, place: str) -> bool:
    value = t.get(key, default)
    if not isinstance(value, bool):
        raise wrong(f"{place} {key}", "true or false is needed", "write it without quotes")
    return value


def _choice(t: Mapping[str, Any], key: str, names: tuple[Any, ...], default: Any, place: str) -> Any:
    value = t.get(key, default)
    if value not in names:
        raise wrong(f"{place} {key}", f"{value!r}", f"one of: {', '.join(names)}")
    return value


def _address(t: Mapping[str, Any], key: str, place: str) -> str:
    value = text_of(t, key, place) or ""
    try:
        return str(readable_url(value))
    except FetchError as e:
        raise wrong(f"{place} {key}", f"{value!r} is no address", "write it as https://site/feed") from e


def _seconds(t: Mapping[str, Any], key: str, default: float, place: str) -> float:
    return _duration(t[key], f"{place} {key}") if key in t else default


def _duration(value: object, place: str) -> float:
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise wrong(place, f"{value!r} is no length of time", 'for example "90s", "15m", "6h", "3d"')
    return float(found[1]) * _UNITS[found[2]]
