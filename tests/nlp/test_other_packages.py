"""Any spaCy pipeline with Universal Dependencies labels can be named instead of ours."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example

from selon.errors import PipelineError
from selon.nlp import load_pipeline


def tiny(folder: Path, labels: list[str]) -> Path:
    """A parser that learnt one sentence."""
    nlp = spacy.blank("fr")
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    words = ["Deux", "civils", "sont", "à", "Kiev", "."]
    doc = Doc(nlp.vocab, words=words, heads=[1, 4, 4, 4, 4, 4], deps=labels, sent_starts=[True, *[False] * 5])
    example = Example(Doc(nlp.vocab, words=words), doc)
    nlp.initialize(lambda: [example])
    for _ in range(20):
        nlp.update([example])
    nlp.to_disk(folder)
    return folder


def test_a_foreign_pipeline_keeps_offsets_and_drops_white_space(tmp_path: Path) -> None:
    pipeline = load_pipeline(str(tiny(tmp_path / "ud", ["nummod", "nsubj", "cop", "obl:mod", "ROOT", "punct"])), "fr")
    text = "Deux  civils\n\nsont à\tKiev. \ud800 Deux civils\x00sont à Kiev ."
    parse = pipeline.parse(text, [(0, 26), (27, len(text))])
    assert "".join(t.text for t in parse if t.text.isalpha()).startswith("Deuxcivilssont")
    for t in parse:
        assert text[t.start : t.end] == t.text
        assert t.text.strip()
        assert parse[t.head].sent == t.sent
        assert t.is_root == (t.deprel == "root")
    assert not list(pipeline.parse("")) and not list(pipeline.parse(" \n "))
    assert len(pipeline.hash) == 16


def test_a_pipeline_without_universal_labels_is_refused(tmp_path: Path) -> None:
    path = tiny(tmp_path / "clear", ["nk", "sb", "oc", "ac", "ROOT", "punct"])
    with pytest.raises(PipelineError, match="Universal Dependencies") as caught:
        load_pipeline(str(path), "fr")
    assert caught.value.remedy


def test_a_pipeline_of_another_language_is_refused(tmp_path: Path) -> None:
    path = tiny(tmp_path / "fr", ["nummod", "nsubj", "cop", "obl:mod", "ROOT", "punct"])
    with pytest.raises(PipelineError, match="'fr', not 'uk'"):
        load_pipeline(str(path), "uk")
