"""Folding copies of one wire into one origin. May import: `model`, `link`.

Shingles of five words, of which those whose hash is 0 modulo 8 are kept (Broder, On the resemblance and containment of documents,
1997; mod-k sampling as in Manku, Jain and Das Sarma, 2007). Two reports are of one origin when they share at least 40 % of the
kept shingles of the shorter one, so that a wire inside a longer article is found too.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from selon.link.telling import fold
from selon.model import Reading

_WORD = re.compile(r"\w+")
_SIZE, _KEEP, _SHARE, _LEAST = 5, 4, 0.4, 3


def shingles(text: str) -> frozenset[int]:
    """Kept hashes of the text's five-word shingles, folded for case and marks."""
    words = _WORD.findall(fold(text))
    out = set()
    for i in range(len(words) - _SIZE + 1):
        h = zlib.crc32(" ".join(words[i : i + _SIZE]).encode("utf-8", "surrogatepass"))
        if h % _KEEP == 0:
            out.add(h)
    return frozenset(out)


def told(reading: Reading) -> str:
    """The text without its boilerplate."""
    r = reading.report
    if not r.passages:
        return r.text
    return "\n".join(r.text[p.start : p.end] for p in r.passages if p.kind != "boilerplate")


def fold_origins(readings: Iterable[Reading]) -> Mapping[str, int]:
    """Report id -> number of its origin (from 0, in order of report id). Transitive: a copy of a copy is of the same origin."""
    kept = {r.report.id: shingles(told(r)) for r in readings}
    holders: dict[int, list[str]] = defaultdict(list)
    parent = {r: r for r in kept}

    def root(x: str) -> str:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for report in sorted(kept):
        mine = kept[report]
        shared: Counter[str] = Counter()
        for h in mine:
            # A shingle that hundreds share is a phrase of the trade, not a copy; the first holders are enough to find the origin.
            shared.update(holders[h][:50])
            holders[h].append(report)
        for other, n in sorted(shared.items()):
            if n >= _LEAST and n / min(len(mine), len(kept[other])) >= _SHARE:
                a, b = sorted((root(report), root(other)))
                parent[b] = a
    numbers: dict[str, int] = {}
    return {r: numbers.setdefault(root(r), len(numbers)) for r in sorted(kept)}
