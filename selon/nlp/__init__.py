"""Text to parse: tokens, sentences, lemmas and dependencies. The only place that imports spaCy.

    pipeline = load_pipeline(None, "fr")          # the one that ships with the language
    parse = pipeline.parse(text, passages)        # passages: (start, end) code points of `text`

Offsets of a parse always point into the whole text that was given. May import: `selon.model`, `selon.errors`.
spaCy itself is imported when a pipeline is loaded, not with this module.
"""

from __future__ import annotations

from selon.nlp.load import load_pipeline, pipeline_hash
from selon.nlp.pipeline import Job, Pipeline

__all__ = ["Job", "Pipeline", "load_pipeline", "pipeline_hash"]
