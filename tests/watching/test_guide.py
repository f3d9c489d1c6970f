"""The plans in the guides are plans."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from selon.alerts import read_alerting
from selon.intake.watch.plan import plan_of

GUIDES = Path(__file__).parents[2] / "docs" / "guides"


def blocks(name: str) -> list[str]:
    return re.findall(r"```toml\n(.*?)```", (GUIDES / name).read_text("utf-8"), re.S)


def test_the_plan_of_the_guide() -> None:
    (text,) = blocks("watch.md")
    table = tomllib.loads(text)
    plan = plan_of(table)
    rules, channels = read_alerting(table)
    assert [s.kind for s in plan.sources] == ["auto", "auto", "telegram", "page"]
    assert len(rules) == 3 and {c.kind for c in channels} == {"webhook", "email", "atom"}


def test_time_stamps_of_the_guide() -> None:
    (text,) = blocks("evidence.md")
    source = '[[source]]\nname = "a"\nurl = "https://a.example/"\n'
    stamping = plan_of(tomllib.loads(text + source)).timestamp
    assert stamping is not None and stamping.roots
