"""Numbers with what they count: value range, qualifier, counted noun. May import: `lang`, `rules`, `model`, `errors`."""

from selon.extract.quantities.find import find_quantities
from selon.extract.quantities.quantity import Quantity

__all__ = ["Quantity", "find_quantities"]
