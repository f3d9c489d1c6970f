"""Alpha against the worked examples that Krippendorff published (2011)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from selon.model.judgement import Judgement, Target, Verdict
from selon.views.agreement import agreements, nominal_alpha

# Sections A, B and C of the paper: two observers and binary data; two observers and nominal data; four observers and missing data.
BINARY = ("0100000010", "1110010000")
NOMINAL = ("aabbdcccedda", "babbbccceddd")
MISSING = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def units(rows: tuple[str, ...]) -> list[tuple[str | None, ...]]:
    return [tuple(None if v == "." else v for v in unit) for unit in zip(*rows, strict=True)]


@pytest.mark.parametrize(("rows", "alpha"), [(BINARY, 0.095), (NOMINAL, 0.692), (MISSING, 0.743)])
def test_published_examples(rows: tuple[str, ...], alpha: float) -> None:
    found = nominal_alpha(units(rows))
    assert found is not None and round(found, 3) == alpha


def test_undefined_is_not_a_number() -> None:
    assert nominal_alpha([]) is None
    assert nominal_alpha([("a", None), (None, "b")]) is None
    assert nominal_alpha([("a", "a"), ("a", "a")]) is None


def test_agreement_of_two_people_over_what_both_judged() -> None:
    noon = datetime(2024, 3, 7, 12, tzinfo=UTC)

    def j(author: str, verdict: Verdict, at: int, value: str | None = None) -> Judgement:
        return Judgement(verdict, author, noon, Target("event", "r", "e", at, at + 1, "x", "p", "f"), value=value)

    (one,) = agreements([
        j("Ada", "accept", 1), j("Bob", "accept", 1), j("Ada", "reject", 2), j("Bob", "accept", 2), j("Ada", "accept", 3),
        j("Ada", "correct", 4, '{"low":1}'), j("Bob", "correct", 4, '{"low":2}'),
    ])  # fmt: skip
    assert (one.first, one.second, one.common, one.alike) == ("Ada", "Bob", 3, 1)
    assert one.alpha is not None and 0 < one.alpha < 1
    assert agreements([j("Ada", "accept", 1), j("Bob", "accept", 2)]) == []
