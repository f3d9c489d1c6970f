"""The JSON contract: the schema that ships, and the values of the model, agree field by field."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from selon.model import Reading, from_json, schema, to_json, to_line
from tests.ledger.sample import reading
from tests.model.strategies import readings

VALIDATOR = Draft202012Validator(schema())


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


def test_a_reading_validates_and_comes_back() -> None:
    data = json.loads(to_line(reading()))
    VALIDATOR.validate(data)
    assert from_json(data) == reading()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(readings())
def test_any_reading_is_one_line_and_comes_back(r: Reading) -> None:
    line = to_line(r)
    assert len(line.splitlines()) == 1
    line.encode("utf-8")
    assert from_json(json.loads(line)) == r


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(readings())
def test_the_schema_knows_every_field(r: Reading) -> None:
    """Invented names and stamps may break patterns; no field may be missing or unknown, no enumeration too short."""
    structural = [e for e in VALIDATOR.iter_errors(to_json(r)) if e.validator in ("additionalProperties", "required", "enum", "const")]
    assert structural == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 2),
        (("statements", 0, "stance"), "shouts"),
        (("statements", 0, "cue", "start"), -1),
        (("events", 0, "figures", 0, "low"), "12"),
        (("events", 0, "place", "country"), "Sudan"),
        (("events", 0, "time", "earliest"), "mardi"),
        (("published", "basis"), "guessed"),
        (("events", 0, "surprise"), 1),
    ],
)
def test_the_schema_refuses(path: tuple[str | int, ...], value: Any) -> None:
    data: Any = to_json(replace(reading()))
    data = json.loads(json.dumps(data))
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert not VALIDATOR.is_valid(data)
