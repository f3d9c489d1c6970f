"""Which of many spans hold a point of a text, without looking at all of them. May import: nothing of Selon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

_BLOCK = 512
"""Code points of a block: about the length of a paragraph."""


class Cover:
    """Spans (start, end) by the blocks of text that they touch. Numbers are the places of the spans in the given order."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = list(spans)
        self._blocks: dict[int, list[int]] = defaultdict(list)
        for k, (start, end) in enumerate(self._spans):
            for block in range(start // _BLOCK, max(start, end - 1) // _BLOCK + 1):
                self._blocks[block].append(k)

    def holding(self, start: int, end: int) -> list[int]:
        """Numbers, in order, of the spans that hold [start, end) wholly."""
        near = self._blocks.get(start // _BLOCK, ())
        return [k for k in near if self._spans[k][0] <= start and end <= self._spans[k][1]]

    def touches(self, start: int, end: int) -> bool:
        """Whether any span has a code point of [start, end)."""
        return any(
            self._spans[k][0] < end and self._spans[k][1] > start
            for block in range(start // _BLOCK, max(start, end - 1) // _BLOCK + 1)
            for k in self._blocks.get(block, ())
        )
