"""Reading CoNLL-U treebanks as surface tokens.

A multiword token whose words do not add up to its letters ("du" = de + le) becomes one token that matches the text. It takes label, head
and relation of its highest word, the first of equals ("du": the preposition; "auquel": the pronoun).
Words that do add up (English "don't" = do + n't) stay apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class Word:
    """One surface token. `head` is an index into the sentence, -1 for the root. `parts` counts the syntactic words in it."""

    form: str
    lemma: str
    pos: str
    feats: str
    head: int
    rel: str
    space: bool
    parts: int = 1


@dataclass(slots=True)
class Gold:
    """One sentence with the text it came from."""

    id: str
    words: list[Word]

    @property
    def text(self) -> str:
        return "".join(w.form + (" " if w.space else "") for w in self.words).rstrip(" ")


def read(path: Path) -> Iterator[Gold]:
    """The sentences of a CoNLL-U file."""
    name, rows = "", []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# sent_id"):
            name = line.partition("=")[2].strip()
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            yield Gold(name, _words(rows))
            rows = []


def depth(heads: list[int], k: int) -> int:
    """How far word `k` is from its root; `heads` are indices, -1 for a root."""
    n = 0
    while heads[k] >= 0 and n < len(heads):
        k, n = heads[k], n + 1
    return n


def _words(rows: list[list[str]]) -> list[Word]:
    ranges: dict[int, list[str]] = {}  # first word -> row of the multiword token
    plain = [r for r in rows if r[0].isdigit()]
    for r in rows:
        if "-" in r[0]:
            a, b = map(int, r[0].split("-"))
            if "".join(w[1] for w in plain[a - 1 : b]) == r[1]:
                for w in plain[a - 1 : b - 1]:
                    w[9] = "SpaceAfter=No"
                plain[b - 1][9] = r[9]
            else:
                ranges[a] = r
    out: list[Word] = []
    index: dict[int, int] = {0: -1}  # id -> surface index
    heads: list[int] = []
    i = 0
    while i < len(plain):
        r = plain[i]
        k = int(r[0])
        row, parts = r, 1
        if k in ranges:
            a, b = map(int, ranges[k][0].split("-"))
            row, parts = ranges[k], b - a + 1
            r = min(plain[a - 1 : b], key=lambda w: depth([int(x[6]) - 1 for x in plain], int(w[0]) - 1))
        for j in range(parts):
            index[k + j] = len(out)
        feats = r[5] if r[5] != "_" else ""
        out.append(Word(row[1], r[2], r[3], feats, -1, r[7], "SpaceAfter=No" not in row[9], parts))
        heads.append(int(r[6]))
        i += parts
    for word, head in zip(out, heads, strict=True):
        word.head = index[head]
    return out
