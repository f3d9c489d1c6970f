"""Binding quantities to events: what each number counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selon.extract.candidate import Candidate
from selon.extract.quantities import Quantity
from selon.lang import Pack
from selon.model import Figure, Parse


def bind_figures(parse: Parse, pack: Pack, candidates: Sequence[Candidate], quantities: Sequence[Quantity]) -> Mapping[int, tuple[Figure, ...]]:
    """Index of a candidate -> its figures in text order. A quantity that belongs to no event is left out."""
    return {}
