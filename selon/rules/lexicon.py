"""Lexicons: lemma or phrase -> attributes. One entry is one line of data. May import: `errors`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from selon.errors import PackError

Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon: a lemma or a phrase of several words, and what is known of it."""

    key: str
    attributes: Attributes

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)


@dataclass(frozen=True)
class Lexicon:
    """Entries by key. Keys are lower-case lemmas (or phrases, words parted by one space)."""

    id: str
    entries: Mapping[str, Entry]

    def get(self, key: str) -> Entry | None:
        return self.entries.get(key)

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def phrases(self) -> dict[str, list[tuple[str, ...]]]:
        """Keys of several words by their first word, the longest first: for matching over token sequences."""
        out: dict[str, list[tuple[str, ...]]] = {}
        for key in self.entries:
            words = tuple(key.split(" "))
            if len(words) > 1:
                out.setdefault(words[0], []).append(words)
        for v in out.values():
            v.sort(key=len, reverse=True)
        return out


class Lexicons(dict[str, Lexicon]):
    """All lexicons of a pack by id."""

    def __missing__(self, key: str) -> Lexicon:
        raise PackError("SEL-P010", f"there is no lexicon {key!r}", remedy=f"one of {', '.join(sorted(self)) or 'none'}")


def build_lexicon(data: object, place: str) -> Lexicon:
    """A lexicon from a parsed file: `id`, `about`, optional `defaults`, and `entries` (key -> attributes, or a list of bare keys).

    An attribute map may be shortened to one string, which then is the value of the attribute named by `value` in the header.
    Raises PackError SEL-P011 when the shape is wrong.
    """
    if not isinstance(data, dict) or not data.get("id") or not data.get("about"):
        raise PackError("SEL-P011", "a lexicon needs id, about and entries", place=place, remedy="look at another lexicon of the pack")
    defaults: dict[str, str] = dict(data.get("defaults") or {})
    short = str(data.get("value", "value"))
    raw = data.get("entries") or {}
    pairs: list[tuple[str, object]] = [(str(k), {}) for k in raw] if isinstance(raw, list) else [(str(k), v) for k, v in raw.items()]
    entries: dict[str, Entry] = {}
    for key, value in pairs:
        if isinstance(value, dict):
            attributes = {**defaults, **{str(k): _flat(v) for k, v in value.items()}}
        elif isinstance(value, str):
            attributes = {**defaults, short: value} if value else dict(defaults)
        else:
            raise PackError("SEL-P011", f"the entry {key!r} is neither a map nor a word", place=place)
        k = key.strip().lower()
        if k in entries:
            raise PackError("SEL-P012", f"the entry {key!r} stands twice", place=place, remedy="keep one of them")
        entries[k] = Entry(k, attributes)
    return Lexicon(str(data["id"]), entries)


def join_lexicons(parts: Sequence[Lexicon]) -> Lexicon:
    """One lexicon of the parts that several files hold. Raises PackError SEL-P012 where an entry stands in two of them."""
    entries: dict[str, Entry] = {}
    for part in parts:
        for key, entry in part.entries.items():
            if key in entries:
                raise PackError("SEL-P012", f"the entry {key!r} stands twice", place=part.id, remedy="keep one of them")
            entries[key] = entry
    return Lexicon(parts[0].id, entries)


def _flat(value: object) -> str:
    return " ".join(str(v) for v in value) if isinstance(value, list) else str(value)
