"""What the mentions so far have told: each one named, and by role noun the last of each wording. May import: `mention`, `model`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from selon.model import SourceKind
from selon.resolve.who.mention import Mention


@dataclass(frozen=True, slots=True)
class Identity:
    """Who that is. `private` = a person without an office."""

    name: str
    kind: SourceKind
    country: str | None
    private: bool = False
    gender: str = ""
    plural: bool = False
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """A mention that has been named: where it stands and who it is."""

    at: int
    sent: int
    identity: Identity
    mention: Mention


@dataclass
class Memory:
    """The mentions of a report in text order. Looking one up by its role noun does not go through all of them."""

    _all: list[Past] = field(default_factory=list)
    _wordings: dict[str, dict[tuple[str, bool, bool], Past]] = field(default_factory=dict)
    _countries: dict[str, str] = field(default_factory=dict)

    def add(self, p: Past) -> None:
        self._all.append(p)
        role = p.mention.role
        if role is None:
            return
        wordings = self._wordings.setdefault(role.key, {})
        wording = (p.mention.core.lower(), p.mention.plural, bool(p.mention.name))
        wordings.pop(wording, None)  # what was said last stands last
        wordings[wording] = p
        if p.identity.country:
            self._countries[role.key] = p.identity.country

    def latest(self) -> Iterator[Past]:
        """All, the last one first."""
        return reversed(self._all)

    def worded(self, role: str) -> Iterator[Past]:
        """The last mention of each wording with this role noun, the last one first."""
        return reversed(self._wordings.get(role, {}).values())

    def country(self, role: str) -> str | None:
        """The country of the last mention with this role noun that had one."""
        return self._countries.get(role)
