"""Finding and loading a pipeline.

Our own are folders with `tokenizer.yml`, `selon.json` and a spaCy `model/`, as `training.train` writes them.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selon.errors import PipelineError
from selon.nlp.lemma import Lemmatizer
from selon.nlp.lexicon import Lexicon
from selon.nlp.pipeline import Pipeline
from selon.nlp.tokenize import Tokenizer, TokenizerData

if TYPE_CHECKING:
    from spacy.language import Language

HERE = Path(__file__).parent
_CODE = ("chunks.py", "lemma.py", "lexicon.py", "normal.py", "pipeline.py", "segment.py", "tokenize.py")


def _digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of a pipeline's files and of the code that cuts text."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md" and "__pycache__" not in p.parts):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    for name in _CODE:
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()[:16]


def shipped(lang: str) -> Path:
    """The folder where the pipeline of a language ships."""
    return HERE.parent / "lang" / lang / "pipeline"


def load_pipeline(name_or_path: str | None, lang: str) -> Pipeline:
    """The shipped pipeline of `lang` (None), a folder that `training.train` wrote, or any spaCy package or folder with UD labels.

    Raises PipelineError with a remedy when there is none or it does not fit.
    """
    own = _folder(name_or_path, lang)
    return _package(str(name_or_path), lang) if own is None else _own(own, lang)


def pipeline_hash(name_or_path: str | None, lang: str) -> str:
    """The hash of the pipeline that `load_pipeline` would load. Our own are not loaded for it; another package is.

    Raises PipelineError as `load_pipeline` does.
    """
    own = _folder(name_or_path, lang)
    return _package(str(name_or_path), lang).hash if own is None else _digest(own)


def _folder(name_or_path: str | None, lang: str) -> Path | None:
    """The folder of a pipeline of our own; None when another package is named."""
    if name_or_path is not None:
        path = Path(name_or_path)
        return path if (path / "model" / "meta.json").is_file() and (path / "tokenizer.yml").is_file() else None
    folder = shipped(lang)
    if not (folder / "model" / "meta.json").is_file():
        raise PipelineError(
            "SEL-N01",
            f"no pipeline ships for the language {lang!r}",
            remedy=f"train one (python -m training.train {lang} --treebanks DIR) or name a spaCy package (--pipeline NAME_OR_PATH)",
        )
    return folder


def _load(name: str | Path, exclude: list[str]) -> Language:
    import spacy

    try:
        return spacy.load(name, exclude=exclude)
    except (OSError, ValueError, KeyError, ImportError) as error:
        remedy = "check the name, or install the package (python -m spacy download NAME)"
        raise PipelineError("SEL-N02", "the pipeline does not load", place=str(name), excerpt=str(error)[:120], remedy=remedy) from error


def _own(folder: Path, lang: str) -> Pipeline:
    nlp = _load(folder / "model", ["tokenizer"])
    about: dict[str, Any] = json.loads((folder / "selon.json").read_text(encoding="utf-8"))
    data = TokenizerData.load(folder / "tokenizer.yml")
    lexicon = Lexicon.load(folder / "lexicon.xz")
    lemmatizer = Lemmatizer(about.get("lemmas", {}), lexicon)
    return Pipeline(about["name"], lang, _digest(folder), nlp, Tokenizer(data), lemmatizer, lexicon)


def _package(name: str, lang: str) -> Pipeline:
    nlp = _load(name, ["ner", "entity_ruler", "textcat"])
    parser = nlp.get_pipe("parser") if "parser" in nlp.pipe_names else None
    labels = set(getattr(parser, "labels", ()))
    if not labels & {"nsubj", "obl", "obl:arg", "obl:mod"} or "obl" not in {x.partition(":")[0] for x in labels}:
        problem = "the pipeline has no parser with Universal Dependencies labels"
        raise PipelineError("SEL-N03", problem, place=name, remedy="choose a package trained on a UD treebank")
    if nlp.lang != lang:
        problem = f"the pipeline reads {nlp.lang!r}, not {lang!r}"
        raise PipelineError("SEL-N04", problem, place=name, remedy=f"choose a package for {lang!r}")
    meta = nlp.meta
    empty = Lexicon.empty()
    digest = hashlib.sha256(json.dumps([meta.get("name"), meta.get("version"), nlp.config], default=str, sort_keys=True).encode())
    digest.update(nlp.to_bytes(exclude=["vocab"]))
    return Pipeline(
        f"{nlp.lang}_{meta.get('name')}-{meta.get('version')}", lang, digest.hexdigest()[:16], nlp, None, Lemmatizer({}, empty), empty
    )
