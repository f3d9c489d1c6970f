"""The project's own examples read as they did, and no facet has fallen under its floor."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from selon.bench.evaluate import Evaluation, evaluate, outcome_lines, read_gold
from selon.bench.gold import load_gold
from tests.gold import GOLD

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"examples": ROOT / "examples" / "gold", "practice": GOLD / "practice"}
FLOORS = tomllib.loads((ROOT / "bench" / "floors.toml").read_text("utf-8"))
CASES = [(name, lang, facet, floor) for name, langs in FLOORS.items() for lang, floors in langs.items() for facet, floor in floors.items()]


@cache
def read(name: str, lang: str | None) -> Evaluation:
    gold = load_gold(FOLDERS[name], [lang] if lang else [])
    return evaluate(gold, read_gold(gold))


@pytest.mark.parametrize(("name", "lang", "facet", "floor"), CASES)
def test_facet_keeps_its_floor(name: str, lang: str, facet: str, floor: float) -> None:
    if not FOLDERS[name].is_dir():
        pytest.skip(f"{name} is not there")
    assert read(name, lang).total[facet].f1 >= floor


def test_examples_read_as_they_did() -> None:
    frozen = (ROOT / "bench" / "frozen" / "examples.tsv").read_text("utf-8").splitlines()
    now = outcome_lines(read("examples", None))
    moved = [f"- {x}" for x in frozen if x not in now] + [f"+ {x}" for x in now if x not in frozen]
    assert not moved, "moved (defend each, then: selon evaluate examples/gold --save bench/frozen/examples.tsv):\n" + "\n".join(moved[:40])
