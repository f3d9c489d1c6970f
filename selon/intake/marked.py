"""Passages of a document whose format says what its blocks are: the text's own passages, with the kinds of the blocks. May import: `page`, `model`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from selon.intake.page.reading import Block, BlockKind
from selon.model import Passage, PassageKind

_KINDS: dict[BlockKind, PassageKind] = {"headline": "headline", "subhead": "subhead", "caption": "caption", "list_item": "list_item"}
_ASIDE = ("boilerplate", "byline")


def with_blocks(passages: Sequence[Passage], blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """What surrounds a report within its blocks (a credit, a note, a link to another text) stays marked as the text's own shape has it."""
    if not blocks:
        return tuple(passages)
    starts = [b.start for b in blocks]
    out: list[Passage] = []
    lead = any(b.stamp for b in blocks)
    for p in passages:
        block = blocks[max(0, bisect_right(starts, p.start) - 1)]
        kind = _kind(p, block, any(b.kind == "headline" for b in blocks[:1]))
        if kind == "lead":
            kind, lead = ("paragraph" if lead else "lead"), True
        out.append(replace(p, kind=kind, stamp=block.stamp or p.stamp))
    return tuple(out)


def _kind(p: Passage, block: Block, headed: bool) -> PassageKind:
    if block.kind == "clock":
        return "boilerplate"
    if p.kind in _ASIDE:
        return p.kind
    kind = _KINDS.get(block.kind)
    if block.stamp and kind in (None, "list_item"):
        return "live_entry"
    if kind is not None:
        return kind
    if p.kind == "headline":
        return "paragraph" if headed else p.kind
    return "paragraph" if p.kind == "subhead" else p.kind
