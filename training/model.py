"""The shape of a pipeline: one convolutional encoder over hashed word features, shared by morphologizer, lemmatizer and parser."""

from __future__ import annotations

from typing import Any

import spacy
from spacy.language import Language

from training.settings import FEATURES, Settings


def blank(s: Settings) -> Language:
    """An untrained pipeline. No pretrained vectors: words are known by form, first letter, last letters and shape."""
    listener: dict[str, Any] = {"@architectures": "spacy.Tok2VecListener.v1", "width": s.width, "upstream": "*"}
    tagger: dict[str, Any] = {"@architectures": "spacy.Tagger.v2", "tok2vec": listener, "nO": None, "normalize": False}
    nlp = spacy.blank("xx")  # words and sentences are cut by `selon.nlp`; the language's own tokenizer would only add weight
    nlp.add_pipe(
        "tok2vec",
        config={
            "model": {
                "@architectures": "spacy.Tok2Vec.v2",
                "embed": {
                    "@architectures": "spacy.MultiHashEmbed.v2",
                    "width": s.width,
                    "attrs": list(FEATURES[: len(s.rows)]),
                    "rows": list(s.rows),
                    "include_static_vectors": False,
                },
                "encode": {
                    "@architectures": "spacy.MaxoutWindowEncoder.v2",
                    "width": s.width,
                    "depth": s.depth,
                    "window_size": s.window,
                    "maxout_pieces": 3,
                },
            }
        },
    )
    nlp.add_pipe("morphologizer", config={"model": tagger, "overwrite": True, "extend": False})
    nlp.add_pipe(
        "parser",
        config={
            "moves": None,
            "min_action_freq": 20,
            "learn_tokens": False,
            "model": {
                "@architectures": "spacy.TransitionBasedParser.v2",
                "state_type": "parser",
                "extra_state_tokens": False,
                "hidden_width": s.hidden,
                "maxout_pieces": 2,
                "use_upper": True,
                "nO": None,
                "tok2vec": listener,
            },
        },
    )
    nlp.add_pipe("trainable_lemmatizer", config={"model": tagger, "min_tree_freq": 2, "top_k": 3, "backoff": "orth", "overwrite": True})
    return nlp
