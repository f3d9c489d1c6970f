"""A form lexicon: what labels and lemmas a word form can have, whatever the sentence says.

It helps the pipeline twice: the set of possible labels is a feature of every word (so that a verb never seen in training is known for a verb),
and the lemma of a labelled word is looked up rather than guessed. The file holds sorted forms and, for each, the number of a class; a class is
the label set and the edits that turn the form into its lemmas. Built by `training.lexicon`; a language without one has an empty lexicon.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

Edit: TypeAlias = tuple[int, str]
"""How many letters to drop at the end, and what to put there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`tags`: the possible labels with gender, number and form, as one string. `edits`: UPOS -> edits to the possible lemmas."""

    tags: str
    edits: dict[str, tuple[Edit, ...]]


UNKNOWN = Entry("", {})
ACCENTED = {"a": "àâ", "e": "éêè", "i": "î", "o": "ô", "u": "û", "c": "ç"}
"""What a first letter may have been before its accent was lost."""


class Lexicon:
    """Read-only; a few megabytes in memory, looked up by bisection."""

    def __init__(self, forms: bytes, classes: Any, entries: list[Entry]) -> None:
        """`forms`: sorted UTF-8 forms, each ended by a line feed. `classes`: one entry number per form (an array of integers)."""
        self._forms = forms
        self._ends = np.flatnonzero(np.frombuffer(forms, dtype=np.uint8) == 10)
        self._classes = classes
        self._entries = entries
        self.find = lru_cache(maxsize=50_000)(self._find)

    @classmethod
    def empty(cls) -> Lexicon:
        return cls(b"", np.zeros(0, dtype=np.uint16), [])

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Reads a file that `dump` wrote; an empty lexicon when there is none."""
        if not path.is_file():
            return cls.empty()
        raw = lzma.decompress(path.read_bytes())
        cut = raw.index(b"\n")
        head = json.loads(raw[:cut])
        entries = [Entry(t, {k: tuple((n, s) for n, s in v) for k, v in e.items()}) for t, e in head["classes"]]
        at = cut + 1 + head["bytes"]
        return cls(raw[cut + 1 : at], np.frombuffer(raw[at:], dtype="<u2"), entries)

    def _at(self, word: str) -> Entry:
        """The entry of exactly this form."""
        key = word.encode("utf-8", "replace")
        low, high = 0, len(self._ends)
        while low < high:
            mid = (low + high) // 2
            start = int(self._ends[mid - 1]) + 1 if mid else 0
            form = self._forms[start : int(self._ends[mid])]
            if form == key:
                return self._entries[int(self._classes[mid])]
            if form < key:
                low = mid + 1
            else:
                high = mid
        return UNKNOWN

    def _find(self, word: str) -> Entry:
        """The entry of a lower-case form, else of the form with an accent on its first letter ("Etat": capitals often go without),
        else of its last part behind a hyphen ("contre-offensive")."""
        entry = self._at(word)
        if entry is not UNKNOWN:
            return entry
        for first in ACCENTED.get(word[:1], ""):
            entry = self._at(first + word[1:])
            if entry is not UNKNOWN:
                whole = {
                    pos: tuple((len(word), first + word[1 : len(word) - n] + s) for n, s in edits) for pos, edits in entry.edits.items()
                }
                return Entry(entry.tags, whole)
        if "-" in word[1:-1]:
            last = self._find(word.rpartition("-")[2])
            return Entry("~" + last.tags, last.edits) if last is not UNKNOWN else UNKNOWN
        return UNKNOWN

    def lemmas(self, word: str, pos: str) -> list[str]:
        """The lemmas that a lower-case form can have under a label; empty when it is not known under it."""
        return [word[: len(word) - n] + s for n, s in self.find(word).edits.get(pos, ())]

    def main_lemma(self, word: str) -> str:
        """One lemma that stands for all inflected forms of a word, verbs first; the word itself when it is unknown."""
        edits = self.find(word).edits
        for pos in ("VERB", "NOUN", "ADJ"):
            if pos in edits:
                n, s = edits[pos][0]
                return word[: len(word) - n] + s
        return word


def hints(words: Sequence[str], lexicon: Lexicon) -> tuple[list[str], list[str]]:
    """What the pipeline is told of each model word beside its letters: possible labels, and one lemma for all its inflected forms."""
    lower = [w.lower() for w in words]
    return [lexicon.find(w).tags for w in lower], [lexicon.main_lemma(w) for w in lower]


def dump(path: Path, forms: dict[str, Entry]) -> None:
    """Writes a lexicon file."""
    numbers: dict[str, int] = {}
    rows = sorted(
        (f.encode(), json.dumps([e.tags, {k: list(v) for k, v in sorted(e.edits.items())}], ensure_ascii=False)) for f, e in forms.items()
    )
    classes = [numbers.setdefault(entry, len(numbers)) for _, entry in rows]
    blob = b"".join(form + b"\n" for form, _ in rows)
    head = f'{{"bytes": {len(blob)}, "classes": [{", ".join(numbers)}]}}\n'.encode()
    raw = head + blob + np.array(classes, dtype="<u2").tobytes()
    path.write_bytes(lzma.compress(raw, preset=9 | lzma.PRESET_EXTREME))
