"""What texts share: hashes of five-word shingles. May import: `model`.

Of all shingles those are kept whose hash is 0 modulo 4 (Broder, On the resemblance and containment of documents, 1997; mod-k sampling as in Manku, Jain
and Das Sarma, 2007). Two texts copy one another when they share at least 40 % of the kept shingles of the shorter one, so that a wire inside a
longer article is found too.
"""

from __future__ import annotations

import zlib

from selon.model.fold import fold
from selon.model.report import Report

SIZE, KEEP, SHARE, LEAST = 5, 4, 0.4, 3
"""Words of a shingle, the modulus of those kept, and the share and number of shared ones that make copies."""


def shingles(text: str) -> frozenset[int]:
    """Kept hashes of the text's five-word shingles, folded for case and marks."""
    words = fold(text).split()
    out = set()
    for i in range(len(words) - SIZE + 1):
        h = zlib.crc32(" ".join(words[i : i + SIZE]).encode("utf-8", "surrogatepass"))
        if h % KEEP == 0:
            out.add(h)
    return frozenset(out)


def told(report: Report) -> str:
    """The text without its boilerplate."""
    if not report.passages:
        return report.text
    return "\n".join(report.text[p.start : p.end] for p in report.passages if p.kind != "boilerplate")


def share(a: frozenset[int], b: frozenset[int]) -> float:
    """Shared kept shingles over those of the shorter text; 0 when they are too few to tell."""
    both = len(a & b)
    return both / min(len(a), len(b)) if both >= LEAST else 0.0
