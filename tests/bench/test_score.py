"""Our figures are those of the gold's reference scorer, on readings that are wrong in many ways."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from selon.bench.evaluate import errors_of, evaluate, outcome_lines
from selon.bench.gold import GoldReport, load_gold
from selon.bench.linking import score_linking
from selon.bench.score import FACETS
from selon.errors import GoldError
from tests.gold import GOLD

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "gold"
needs_scorer = pytest.mark.skipif(not (GOLD / "score.py").is_file(), reason="there is no gold with its scorer here")


def spoil(gold: GoldReport, seed: int) -> dict[str, Any]:
    """A reading made from gold by dropping, shifting and changing items."""
    rnd = random.Random(f"{gold.id}-{seed}")
    d: dict[str, Any] = copy.deepcopy(dict(gold.data))
    d["published"] = {"earliest": d.get("published"), "latest": d.get("published"), "basis": rnd.choice(["inferred", "unknown"])}
    d["statements"] = [s for s in d["statements"] if rnd.random() > 0.2]
    d["events"] = [e for e in d["events"] if rnd.random() > 0.2]
    for s in d["statements"]:
        if rnd.random() < 0.4:
            s["content"]["start"] = max(0, s["content"]["start"] - rnd.randrange(80))
        if rnd.random() < 0.3:
            s["stance"] = "comments"
        if rnd.random() < 0.3:
            s["source"] = None
    for e in d["events"]:
        if rnd.random() < 0.3:
            e["type"] = rnd.choice(["attack", "harm", "missile_strike"])
        if rnd.random() < 0.3:
            e["status"] = "planned"
        if rnd.random() < 0.2:
            e["place"] = e["time"] = e["actor"] = None
        for f in e["figures"]:
            if rnd.random() < 0.3:
                f["low"] = 7
            if rnd.random() < 0.3:
                f["count_of"] = "other"
    return d


@needs_scorer
@pytest.mark.parametrize("folder", ["practice", "seeds"])
def test_agrees_with_the_reference_scorer(folder: str, tmp_path: Path) -> None:
    gold = load_gold(GOLD / folder)
    readings = [spoil(g, 1) for g in gold]
    path = tmp_path / "readings.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in readings), "utf-8")
    out = subprocess.run([sys.executable, GOLD / "score.py", GOLD / folder, path, "--json"], capture_output=True, text=True, check=True)
    reference = json.loads(out.stdout)
    ours = evaluate(gold, readings).total
    for facet in FACETS:
        t = ours[facet]
        assert [t.hits, t.found, t.gold] == [reference[facet][k] for k in ("tp", "pred", "gold")], facet
        assert t.f1 == pytest.approx(reference[facet]["f1"])


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="no example gold")
def test_gold_against_itself_is_perfect_and_has_no_errors() -> None:
    gold = load_gold(EXAMPLES)
    result = evaluate(gold, [dict(g.data) for g in gold])
    for facet in ("statement+both", "event", "status", "figure", "event time", "event place", "actor"):
        assert result.total[facet].f1 == 1.0, facet
    for o in result.outcomes:
        assert not list(errors_of(o, "statement")) and not list(errors_of(o, "event"))
    assert all("\thit\t" in line for line in outcome_lines(result))


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="no example gold")
def test_errors_name_each_miss_and_false_find() -> None:
    gold = load_gold(EXAMPLES)
    result = evaluate(gold, [spoil(g, 2) for g in gold])
    for facet, tally in (("statement", "statement"), ("event", "event"), ("figure", "figure")):
        rows = [kind for o in result.outcomes for kind, _, _ in errors_of(o, facet)]
        t = result.total[tally]
        assert rows.count("miss") == t.gold - t.hits
        assert rows.count("false") == t.found - t.hits


def test_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="SEL-G001"):
        load_gold(tmp_path)
    (tmp_path / "x.json").write_text("{}", "utf-8")
    with pytest.raises(GoldError, match="SEL-G002"):
        load_gold(tmp_path)


@needs_scorer
def test_linking_agrees_with_the_reference_scorer(tmp_path: Path) -> None:
    gold = load_gold(GOLD / "practice")
    rnd = random.Random(3)
    found = {g.id: (g.incident or g.id) if rnd.random() > 0.3 else rnd.choice("xyz") for g in gold if rnd.random() > 0.1}
    incidents = tmp_path / "incidents.jsonl"
    clusters: dict[str, list[str]] = {}
    for r, c in found.items():
        clusters.setdefault(c, []).append(r)
    incidents.write_text("\n".join(json.dumps({"id": c, "main_of": rs}) for c, rs in clusters.items()), "utf-8")
    out = subprocess.run([sys.executable, GOLD / "linking.py", incidents, GOLD / "practice"], capture_output=True, text=True, check=True)
    ours = score_linking({g.id: g.incident for g in gold if g.incident}, found)
    assert f"B-cubed P {ours.precision:.3f} R {ours.recall:.3f} F1 {ours.f1:.3f}" in out.stdout
    assert f"pairs P {ours.pair_precision:.3f} R {ours.pair_recall:.3f}" in out.stdout
    assert f"{ours.reports} reports, {ours.gold} gold incidents, {ours.found} found" in out.stdout
