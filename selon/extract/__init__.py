"""Statements, quantities and events from a parse. Pure functions; never import `nlp`. May import: `lang`, `rules`, `model`, `errors`."""

from selon.extract.events import find_events
from selon.extract.quantities import Quantity, find_quantities
from selon.extract.statements import find_statements

__all__ = ["Quantity", "find_events", "find_quantities", "find_statements"]
