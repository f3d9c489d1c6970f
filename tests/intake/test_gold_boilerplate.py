"""Held against what careful readers marked as boilerplate, where their gold is at hand."""

import json
from collections import Counter
from typing import Any

from selon.intake import build_report
from tests.gold import GOLD, needs_gold

pytestmark = needs_gold


def gold() -> list[dict[str, Any]]:
    return [d for f in sorted(GOLD.glob("*/*.json")) if (d := json.loads(f.read_text("utf-8"))).get("lang") == "fr"]


def test_boilerplate_is_found_and_hardly_anything_else_is_taken_for_it() -> None:
    count: Counter[str] = Counter()
    for d in gold():
        text = d["text"]
        report = build_report(text, id="x", lang="fr")
        marked = {i for b in d["boilerplate"] for i in range(b["start"], b["end"]) if not text[i].isspace()}
        found = {
            i
            for p in report.passages
            if p.kind in ("boilerplate", "byline") and not p.stamp
            for i in range(p.start, p.end)
            if not text[i].isspace()
        }
        count.update(marked=len(marked), found=len(found), both=len(marked & found), text=sum(not c.isspace() for c in text))
    assert count["both"] >= 0.9 * count["marked"]
    assert count["found"] - count["both"] <= 0.005 * count["text"]


def test_next_to_nothing_that_readers_found_lies_in_what_is_left_aside() -> None:
    total = lost = 0
    for d in gold():
        report = build_report(d["text"], id="x", lang="fr")
        aside = [(p.start, p.end) for p in report.passages if p.kind in ("boilerplate", "byline")]
        for span in [e["trigger"] for e in d["events"]] + [s["content"] for s in d["statements"]]:
            if span:
                total += 1
                lost += any(a <= span["start"] < b for a, b in aside)
    assert total > 1000
    assert lost <= 0.002 * total
