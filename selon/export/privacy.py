"""Pseudonyms for private persons: the same name is the same pseudonym within one export, and nobody can turn it back. May import: `model`."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from selon.model import Reading
from selon.model.fold import fold


@dataclass(frozen=True)
class Pseudonyms:
    """Names of private persons and what stands for them. The salt is drawn anew for each export and kept nowhere."""

    table: Mapping[str, str]
    pattern: re.Pattern[str] | None

    @classmethod
    def off(cls) -> Pseudonyms:
        """Keeps all names."""
        return cls({}, None)

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> Pseudonyms:
        """From the persons that the readings mark as private: their names, and the capitalised words of them that stand alone in texts."""
        salt = secrets.token_bytes(16)
        table: dict[str, str] = {}
        for r in readings:
            for a in r.actors:
                if a.private:
                    code = hashlib.sha256(salt + fold(a.name).encode()).hexdigest()[:6]
                    for form in {a.name, *(m.text for m in a.mentions)}:
                        words = [w for w in form.split() if w[:1].isupper()]
                        # "la retraitée" names nobody; "Olha Kovalenko" does, and so does "Kovalenko" alone.
                        if len(words) > 1 or (len(form.split()) == 1 and words):
                            table.update(dict.fromkeys((form, *(w for w in words if len(w) > 2)), f"person-{code}"))
        if not table:
            return cls.off()
        longest = sorted(table, key=lambda n: (-len(n), n))
        return cls(table, re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)"))

    def mask(self, text: str | None) -> str | None:
        """The text with pseudonyms in place of names."""
        if not text or self.pattern is None:
            return text
        return self.pattern.sub(lambda m: self.table[m.group()], text)
