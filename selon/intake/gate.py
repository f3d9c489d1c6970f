"""The relevance gate: whether a text may tell of conflict or crisis, by its words alone, before anything expensive. May import: `language`, `lang` (data), `errors`.

Each different word of the beginning of a text weighs what the packs' tables `gate` say; a text passes from a sum on. The words of all packs are looked up at
once, so that no language has to be identified first: frequent words of the packs, counted in the same sum, say whether a text is in one of them at all. A text
in another language is let through, because a gate without words for it knows nothing.

One pass with what C does: letters become bytes without accents, a table makes everything else a space, `split` cuts, a dictionary sums.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from selon.errors import Issue, PackError
from selon.intake.language import identify
from selon.lang import available, load_pack

Verdict = Literal["kept", "rejected", "unknown"]

SAMPLE = 2000
"""Code points that are looked at: news says first what it is about."""
WEIGHTS: Mapping[str, int] = {"decisive": 4, "strong": 2, "weak": 1, "against": -2}
"""What a word of each list of the table adds."""
PASS = 6
"""The sum from which a text passes."""
FEWEST, KNOWN = 25, 0.045
"""Different words from which a text's language can be told, and the share that frequent words of the packs have among them in texts of their languages."""
FOREIGN = 300
"""Code points of a text of a dump from which its language is looked for, where it is none that the gate has words for."""
_FREQUENT = 1 << 20
_CACHE = 400_000


def _table() -> bytes:
    """Every byte of Latin-1 as a lower-case letter without accents, a digit or hyphen as itself, anything else as a space."""
    out = bytearray(b" " * 256)
    for code in range(256):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if base.isalnum() and ord(base) < 128 and chr(code) not in "ªº¹²³¼½¾":
            out[code] = ord(base)
    out[ord("-")] = ord("-")
    return bytes(out)


_LATIN = _table()


def gate_words(text: str) -> list[bytes]:
    """The words of a text as the gate sees them. What Latin-1 does not have (typographic quotes, œ, other scripts) parts words."""
    return text.encode("latin-1", "replace").replace(b"?", b" ").translate(_LATIN).split()


class _Weights(dict[bytes, int]):
    """Word -> weight, and a large number for a frequent one. What a word weighs is worked out once: by itself, else by its longest listed beginning."""

    def __init__(self, exact: Mapping[bytes, int], beginnings: Mapping[bytes, int]) -> None:
        super().__init__(exact)
        self._exact, self._beginnings = dict(exact), dict(beginnings)
        self._sizes = sorted({len(b) for b in beginnings}, reverse=True)

    def __missing__(self, word: bytes) -> int:
        weight = next((self._beginnings[word[:n]] for n in self._sizes if n <= len(word) and word[:n] in self._beginnings), 0)
        if len(self) > _CACHE:
            self.clear()
            self.update(self._exact)
        self[word] = weight
        return weight


@cache
def _weights() -> _Weights:
    exact: dict[bytes, int] = {}
    beginnings: dict[bytes, int] = {}
    for lang in available():
        pack = load_pack(lang)
        try:
            table: Any = pack.table("gate")
        except PackError as e:
            if e.code != "SEL-P003":
                raise
            continue
        for word in gate_words(str(pack.settings.get("frequent", ""))):
            exact[word] = _FREQUENT
        for name, weight in WEIGHTS.items():
            for raw in str(table.get(name, "")).split():
                words = gate_words(raw.rstrip("*"))
                if len(words) != 1:
                    raise PackError(
                        "SEL-P061",
                        "the gate looks up single words",
                        place=f"{lang}/tables/gate.yml",
                        excerpt=raw,
                        remedy="use the one word that tells",
                    )
                (beginnings if raw.endswith("*") else exact)[words[0]] = weight
    return _Weights(exact, beginnings)


def verdict(text: str) -> Verdict:
    """Whether a text passes; `unknown` when it is too short, or in no language that has words for the gate."""
    points, native = _weighed(text)
    if points >= PASS:
        return "kept"
    return "rejected" if native else "unknown"


def _weighed(text: str) -> tuple[int, bool]:
    """The sum of a text's words, and whether it is long enough and of a language of which the gate has words."""
    weights = _weights()
    words = set(gate_words(text[:SAMPLE]))
    total = sum(map(weights.__getitem__, words))
    frequent = (total + (_FREQUENT >> 1)) // _FREQUENT
    return total - frequent * _FREQUENT, len(words) >= FEWEST and frequent >= KNOWN * len(words)


def reasons(text: str) -> tuple[tuple[str, int], ...]:
    """The words that weigh and what they weigh, heaviest first: why a text passed or not."""
    weights = _weights()
    found = {w.decode("ascii"): weights[w] for w in set(gate_words(text[:SAMPLE]))}
    return tuple(sorted(((w, n) for w, n in found.items() if n and n < _FREQUENT), key=lambda x: (-abs(x[1]), x[0])))


@dataclass
class Sieve:
    """The gate over a run of texts, and what it did. `always` sifts every text, None only those of dumps, False none."""

    always: bool | None = None
    kept: int = 0
    rejected: int = 0
    unknown: int = 0
    foreign: Counter[str] = field(default_factory=Counter)
    """Texts of dumps in languages that cannot be read, by language. By themselves such texts are kept; a dump of the whole web is mostly made of them."""
    stubs: Counter[str] = field(default_factory=Counter)
    """Of those let through: pages that are no reports, by kind. A dump has too many of them for an issue each."""

    @property
    def let(self) -> int:
        return self.kept + self.unknown

    @property
    def left(self) -> int:
        return self.rejected + self.foreign.total()

    @property
    def seen(self) -> int:
        return self.let + self.left

    def issue(self, place: str) -> Issue:
        """What was sifted, in words, so that nothing is dropped without a record."""
        problem = f"of {self.seen} texts the gate let {self.let} through and left {self.rejected} that say nothing on conflict or crisis"
        if self.foreign:
            problem += f"; {self.foreign.total()} in languages that cannot be read were left ({_listed(self.foreign)})"
        if self.unknown:
            problem += f"; {self.unknown} were too short to tell, or in languages that it has no words for"
        if self.stubs:
            problem += f"; {self.stubs.total()} were no reports ({_listed(self.stubs)})"
        return Issue("SEL-I044", place, problem, "", "read all of them with --no-gate")

    def lets_through(self, text: str, *, dump: bool = True) -> bool:
        """Whether a text is to be read; it is counted."""
        if self.always is False or (self.always is None and not dump):
            return True
        points, native = _weighed(text)
        if dump and not native and len(text) >= FOREIGN and (lang := identify(text)) not in available():
            self.foreign[lang] += 1
            return False
        if points >= PASS:
            self.kept += 1
        elif not native:
            self.unknown += 1
        else:
            self.rejected += 1
            return False
        return True


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{k} {n}" for k, n in sorted(counts.items(), key=lambda x: (-x[1], x[0])))
