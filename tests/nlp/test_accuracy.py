"""Floors on held-out treebank sentences; only where the training data lie beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from selon.nlp import Pipeline

TREEBANKS = Path(__file__).parents[3] / "shared" / "training" / "fr"
# file: LAS, UPOS, lemma with given tokens; LAS, sentences from raw text. About one point below what was measured.
FLOORS = {
    "sequoia-test": {"given": {"las": 83.0, "upos": 97.5, "lemma": 98.5}, "raw": {"las": 82.0, "sents": 89.0}},
    "gsd-test": {"given": {"las": 79.0, "upos": 95.5, "lemma": 97.5}, "raw": {"las": 78.5, "sents": 93.5}},
}


@pytest.mark.skipif(not TREEBANKS.is_dir(), reason="the treebanks are not part of the project")
@pytest.mark.parametrize("name", sorted(FLOORS))
def test_floors(french: Pipeline, name: str) -> None:
    from training.conllu import read
    from training.evaluate import measure
    from training.fit import fit

    assert french.tokenizer
    golds = list(fit(read(TREEBANKS / f"{name}.conllu"), french.tokenizer))
    for kind, floors in FLOORS[name].items():
        figures = measure(french, golds, raw=kind == "raw")
        for key, floor in floors.items():
            assert figures[key] >= floor, (kind, key, figures)
