"""Fixtures for the tests of `selon.nlp`."""

from __future__ import annotations

import pytest

from selon.errors import PipelineError
from selon.nlp import Pipeline, load_pipeline
from selon.nlp.load import shipped
from selon.nlp.tokenize import Tokenizer, TokenizerData


@pytest.fixture(scope="session")
def french() -> Pipeline:
    """The French pipeline that ships."""
    try:
        return load_pipeline(None, "fr")
    except PipelineError as error:
        pytest.skip(f"no French pipeline here: {error}")


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    return Tokenizer(TokenizerData.load(shipped("fr") / "tokenizer.yml"))
