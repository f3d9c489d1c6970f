"""A number phrase and what it counts. May import: `model`."""

from __future__ import annotations

from dataclasses import dataclass

from selon.extract.quantities.numerals import Kind
from selon.model import CountOf, Population, Qualifier, Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number phrase that counts something, not yet bound to an event.

    `span` is the phrase as gold figures mark it ("au moins 17 civils"), `unit` the counted noun as written or None,
    `head` the index of the token by which it hangs in the parse (the counted noun, else the numeral), `numeral` the index of its
    first number word, `last` of its last token. `part_of` is the index (in the returned tuple) of the quantity it is a part of ("dont trois enfants").
    `kind` says how the number was written. `unit_class`, `count_of` and `population` are what the lexicon of counted nouns says of
    the unit ("" and None where it says nothing); `merged` marks a count of several kinds at once ("17 tués ou blessés").
    """

    span: Span
    low: int | None
    high: int | None
    qualifier: Qualifier
    unit: str | None
    unit_lemma: str | None
    head: int
    numeral: int
    part_of: int | None = None
    kind: Kind = "digits"
    last: int = -1
    unit_class: str = ""
    count_of: CountOf | None = None
    population: Population | None = None
    merged: bool = False
