"""The shipped examples: texts, gold and what intake makes of them agree."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from selon.intake import Input, build_report, iter_inputs
from selon.model import COUNTS_OF, EVENT_TYPES, QUALIFIERS, SOURCE_KINDS, STANCES, STATUSES

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = sorted(f.stem for f in EXAMPLES.glob("*.txt"))


def gold(name: str) -> Any:
    return json.loads((EXAMPLES / "gold" / f"{name}.json").read_text("utf-8"))


def spans(data: Any) -> Iterator[Any]:
    if isinstance(data, dict):
        if "start" in data:
            yield data
        for v in data.values():
            yield from spans(v)
    elif isinstance(data, list):
        for v in data:
            yield from spans(v)


def test_the_folder_is_read_as_it_lies() -> None:
    found = list(iter_inputs([str(EXAMPLES)]))
    assert all(isinstance(i, Input) for i in found)
    assert [i.report.id for i in found if isinstance(i, Input)] == NAMES
    assert [i.report.lang for i in found if isinstance(i, Input)] == ["fr"] * 12 + ["en"] * 3
    assert sorted(f.stem for f in (EXAMPLES / "gold").glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_gold_fits_its_text_and_the_format(name: str) -> None:
    data = gold(name)
    assert data["id"] == name
    assert data["text"] == (EXAMPLES / f"{name}.txt").read_bytes().decode("utf-8")
    assert all(data["text"][s["start"] : s["end"]] == s["text"] for s in spans(data))
    ids = {s["id"] for s in data["statements"]}
    for s in data["statements"]:
        assert s["stance"] in STANCES
        assert s["source"] is None or s["source"]["kind"] in SOURCE_KINDS
        assert s["within"] is None or s["within"] in ids
    for e in data["events"]:
        assert e["type"] in EVENT_TYPES
        assert e["status"] in STATUSES
        assert ids >= set(e["statements"])
        assert all(f["count_of"] in COUNTS_OF and f["qualifier"] in QUALIFIERS for f in e["figures"])


@pytest.mark.parametrize("name", [n for n in NAMES if not n.endswith("-en")])
def test_passages_of_the_examples(name: str) -> None:
    data = gold(name)
    report = build_report(data["text"], id=name, lang="fr")
    aside = [(p.start, p.end) for p in report.passages if p.kind in ("boilerplate", "byline")]
    for b in data["boilerplate"]:
        covered = sum(max(0, min(b["end"], end) - max(b["start"], start)) for start, end in aside)
        assert covered >= 0.9 * (b["end"] - b["start"]), b["text"]
    for e in data["events"]:
        assert not any(start <= e["trigger"]["start"] < end for start, end in aside), e["trigger"]["text"]


def test_the_live_example_has_its_entries() -> None:
    data = gold("02-graivoron-direct")
    report = build_report(data["text"], id="x", lang="fr", published="2023-05-23")
    stamps = list(dict.fromkeys(p.stamp for p in report.passages if p.stamp))
    assert stamps == [f"2023-05-23T{t}" for t in ("17:40", "16:15", "14:05", "12:30", "11:20", "09:00", "08:00")]
