"""Binding quantities to events: what each number counts. May import: `lang`, `rules`, `model`, `errors`."""

from selon.extract.figures.bind import bind_figures

__all__ = ["bind_figures"]
