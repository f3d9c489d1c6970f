"""Rules and channels of a plan: which incidents and reports to tell of, and how. May import: `intake.watch`, `views`, `model`, `errors`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from selon.errors import FetchError, UsageError
from selon.intake.fetch import readable_url
from selon.intake.watch.plan import known, tables, text_of, texts_of, wrong
from selon.model import COUNTS_OF, EVENT_TYPES, STATUSES
from selon.model.fold import fold
from selon.views.labels import LANGUAGES, labels

ChannelKind = Literal["webhook", "email", "atom"]
Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What to tell of. All that is given must hold: an event at one of `places` of one of `types` and `statuses`; a report of it with one of `terms`;
    a figure of `figure` above `above`; contradictions or denials (`disputed`); so many independent `origins`. A rule of terms alone tells of reports."""

    name: str
    channels: tuple[str, ...]
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    figure: str | None = None
    above: int = 0
    disputed: bool = False
    origins: int = 0

    @property
    def of_reports(self) -> bool:
        return bool(self.terms) and not (self.places or self.types or self.statuses or self.figure or self.disputed or self.origins)


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to tell. Secrets are not in the plan: `secret_env` and `password_env` name variables of the environment that hold them."""

    name: str
    kind: ChannelKind
    url: str = ""
    secret_env: str = ""
    private: bool = False
    to: tuple[str, ...] = ()
    sender: str = ""
    host: str = ""
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    password_env: str = ""
    file: str = ""
    title: str = "Selon"


def read_alerting(table: Mapping[str, Any], place: str = "") -> tuple[tuple[Rule, ...], tuple[Channel, ...]]:
    """The rules and channels of a plan. Raises UsageError SEL-U092, SEL-U093 for a rule that names no channel of the plan or asks for nothing."""
    channels = tuple(_channel(t, place) for t in tables(table, "channel", place))
    names = [c.name for c in channels]
    if len(set(names)) < len(names):
        raise wrong(f"{place} [[channel]]", "two channels have one name", "give each a name of its own")
    rules = tuple(_rule(t, place, names) for t in tables(table, "alert", place))
    if len({r.name for r in rules}) < len(rules):
        raise wrong(f"{place} [[alert]]", "two rules have one name", "give each a name of its own")
    return rules, channels


def _rule(t: Mapping[str, Any], place: str, channels: list[str]) -> Rule:
    name = _name(t, f"{place} [[alert]]")
    here = f"{place} [[alert]] {name}"
    known(t, ("name", "channels", "places", "types", "statuses", "terms", "figure", "above", "disputed", "origins"), here)
    figure = text_of(t, "figure", here)
    rule = Rule(
        name, texts_of(t, "channels", here), texts_of(t, "places", here), _values(t, "types", EVENT_TYPES, "type", here),
        _values(t, "statuses", STATUSES, "status", here), texts_of(t, "terms", here),
        _values({"figure": figure}, "figure", COUNTS_OF, "count_of", here)[0] if figure else None,
        _number(t, "above", here), t.get("disputed") is True, _number(t, "origins", here),
    )  # fmt: skip
    if "disputed" in t and not isinstance(t["disputed"], bool):
        raise wrong(f"{here} disputed", "true or false is needed", "write it without quotes")
    if "above" in t and figure is None:
        raise wrong(f"{here} above", "a number without what it counts", 'add for example: figure = "killed"')
    missing = [c for c in rule.channels if c not in channels]
    if missing or not rule.channels:
        what = f"the rule names no channel of the plan: {', '.join(missing)}" if missing else "the rule names no channel"
        raise UsageError("SEL-U093", what, place=here, remedy='write [[channel]] with this name, and channels = ["…"] in the rule')
    if not (rule.of_reports or rule.places or rule.types or rule.statuses or rule.figure or rule.disputed or rule.origins):
        raise UsageError(
            "SEL-U093",
            "the rule asks for nothing, so everything would fit",
            place=here,
            remedy="give places, types, terms, a figure, or disputed = true",
        )
    return rule


def _channel(t: Mapping[str, Any], place: str) -> Channel:
    name = _name(t, f"{place} [[channel]]")
    here = f"{place} [[channel]] {name}"
    kind = cast(ChannelKind, t.get("kind"))
    if kind not in get_args(ChannelKind):
        raise wrong(f"{here} kind", f"{kind!r}", f"one of: {', '.join(get_args(ChannelKind))}")
    private = t.get("private", False)
    if kind == "webhook":
        known(t, ("name", "kind", "url", "secret_env", "private"), here)
        try:
            url = str(readable_url(text_of(t, "url", here) or ""))
        except FetchError as e:
            raise wrong(f"{here} url", "a webhook needs the address it posts to", "write it as https://site/hook") from e
        return Channel(name, kind, url, text_of(t, "secret_env", here) or "", private is True)
    if kind == "atom":
        known(t, ("name", "kind", "file", "title"), here)
        file = text_of(t, "file", here)
        if file is None:
            raise wrong(f"{here} file", "a feed needs the file it is written to", 'for example: file = "alerts.xml"')
        return Channel(name, kind, file=file, title=text_of(t, "title", here) or "Selon")
    known(t, ("name", "kind", "to", "from", "host", "port", "security", "user", "password_env"), here)
    security = t.get("security", "starttls")
    if security not in get_args(Security):
        raise wrong(f"{here} security", f"{security!r}", f"one of: {', '.join(get_args(Security))}")
    to, sender, host = texts_of(t, "to", here), text_of(t, "from", here), text_of(t, "host", here)
    if not to or sender is None or host is None or any("\n" in x or "\r" in x for x in (*to, sender, host)):
        raise wrong(
            here, "an e-mail channel needs to, from and host", 'for example: to = ["desk@site"], from = "selon@site", host = "mail.site"'
        )
    port = _number(t, "port", here) or {"starttls": 587, "tls": 465, "none": 25}[security]
    return Channel(name, kind, to=to, sender=sender, host=host, port=port, security=security, user=text_of(t, "user", here) or "", password_env=text_of(t, "password_env", here) or "")  # fmt: skip


def _name(t: Mapping[str, Any], place: str) -> str:
    name = text_of(t, "name", place)
    if name is None:
        raise wrong(place, "a name is needed", 'add for example: name = "desk"')
    return name


def _number(t: Mapping[str, Any], key: str, place: str) -> int:
    value = t.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise wrong(f"{place} {key}", "a whole number is needed", "write it without quotes")
    return value


def _values(t: Mapping[str, Any], key: str, allowed: tuple[str, ...], part: str, place: str) -> tuple[str, ...]:
    """Values of the format, written as its codes or as their labels in any language of the interface."""
    by_word = {fold(a): a for a in allowed}
    for lang in LANGUAGES:
        for a in allowed:
            by_word.setdefault(fold(labels(lang).get(part, a)), a)
    out = []
    for value in texts_of(t, key, place):
        if fold(value) not in by_word:
            raise wrong(f"{place} {key}", f"{value!r}", f"one of: {', '.join(allowed)}")
        out.append(by_word[fold(value)])
    return tuple(out)
