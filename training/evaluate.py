"""Measures a pipeline: `python -m training.evaluate fr --treebanks DIR [--pipeline NAME_OR_PATH] [--files NAME …] [--json]`.

Two figures for each: with the treebank's own tokens and sentences given, and end to end from the raw text (ten sentences to a passage, a line end after a headline). All
are on surface tokens ("du" is one); `las_words` counts syntactic words as the treebank does (de + le), for comparison with published
figures.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from selon.model.parse import Parse, Token
from selon.nlp.load import load_pipeline
from selon.nlp.normal import fold
from selon.nlp.pipeline import Pipeline, Unit, model_words
from training.conllu import Gold, read
from training.fit import fit, offsets
from training.score import Row, Score, lite
from training.settings import Recipe

GROUP = 10
END = set('.!?…»”"),:;')
"""A sentence that ends otherwise (a headline, a caption) is followed by a line end in the raw text, as it would be in print."""


def gold_rows(golds: list[Gold]) -> tuple[str, list[Row], list[int]]:
    """Text of some sentences joined by spaces, their rows, and where each sentence starts (as a row index)."""
    text = ""
    rows: list[Row] = []
    starts: list[int] = []
    for gold in golds:
        base = len(text) + bool(text)
        gap = " " if text[-1:] in END else "\n"
        text = f"{text}{gap}{gold.text}" if text else gold.text
        spans = [(a + base, b + base) for a, b in offsets(gold.words)]
        starts.append(len(rows))
        for w, (a, b) in zip(gold.words, spans, strict=True):
            feats = dict(p.split("=", 1) for p in w.feats.split("|") if "=" in p)
            head = None if w.head < 0 else spans[w.head]
            lemma = fold(w.lemma if w.lemma != "_" else w.form)
            rows.append(Row(a, b, w.pos, lite(feats), lemma, head, "root" if w.head < 0 else w.rel))
    return text, rows, starts


def found_rows(parse: Parse) -> list[Row]:
    out = []
    for t in parse:
        head = None if t.is_root else (parse[t.head].start, parse[t.head].end)
        out.append(Row(t.start, t.end, t.pos, lite(t.feats), fold(t.lemma), head, t.deprel))
    return out


def given(pipeline: Pipeline, texts: list[tuple[str, list[Row], list[int]]]) -> Iterator[Parse]:
    """Parses with the treebank's tokens and sentences."""
    for text, rows, starts in texts:
        cuts = [(r.start, r.end) for r in rows]
        unit = Unit(0, cuts, starts, model_words(text, cuts, starts))
        with pipeline.nlp.memory_zone():
            doc = pipeline.nlp(pipeline.document(unit))
            tokens: list[Token] = []
            pipeline.collect(text, doc, cuts, starts, tokens, 0)
        yield Parse.build(text, tokens)


def words_las(golds: list[Gold], rows: list[Row], found: list[Row]) -> tuple[int, int]:
    """Right and all syntactic words: of a merged preposition + article both count as right when the token is."""
    right = total = 0
    at = {(r.start, r.end): r for r in found}
    words = [w for g in golds for w in g.words]
    for w, g in zip(words, rows, strict=True):
        f = at.get((g.start, g.end))
        total += w.parts
        right += w.parts * (f is not None and f.head == g.head and f.rel == g.rel)
    return right, total


def measure(pipeline: Pipeline, golds: list[Gold], raw: bool) -> dict[str, float]:
    """Figures of one file; `raw` from text, else with tokens and sentences given."""
    groups = [golds[k : k + GROUP] for k in range(0, len(golds), GROUP)]
    texts = [gold_rows(g) for g in groups]
    score = Score()
    right = total = 0
    began = time.perf_counter()
    parses = list(pipeline.parse_many((t, None) for t, _, _ in texts) if raw else given(pipeline, texts))
    spent = time.perf_counter() - began
    for group, (_, rows, starts), parse in zip(groups, texts, parses, strict=True):
        found = found_rows(parse)
        score.add(rows, found)
        a, b = words_las(group, rows, found)
        right, total = right + a, total + b
        bounds = [*starts, len(rows)]
        gold_sents = {(rows[i].start, rows[j - 1].end) for i, j in pairwise(bounds)}
        found_sents = {(s.start, s.end) for s in parse.sentences}
        score.gold_sents += len(gold_sents)
        score.found_sents += len(found_sents)
        score.same_sents += len(gold_sents & found_sents)
    out = score.figures()
    out["las_words"] = round(100 * right / total, 2)
    if raw:
        out["words_per_second"] = round(score.found / spent)
    return out


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description="Measure a parsing pipeline on treebanks.")
    parser.add_argument("lang")
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--pipeline", help="name or folder (default: the one that ships)")
    parser.add_argument("--files", nargs="*", help="names such as sequoia-test (default: the test files of the recipe)")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    recipe = Recipe.load(args.lang)
    pipeline = load_pipeline(args.pipeline, args.lang)
    results: dict[str, dict[str, dict[str, float]]] = {}
    for name in args.files or recipe.test:
        path = recipe.find(args.treebanks, name)
        if path is None:
            print(f"{name}: not in {args.treebanks.name}")
            continue
        golds = list(fit(read(path), pipeline.tokenizer)) if pipeline.tokenizer else list(read(path))
        results[name] = {"raw": measure(pipeline, golds, raw=True)}
        if pipeline.tokenizer:
            results[name]["given"] = measure(pipeline, golds, raw=False)
    if args.json:
        print(json.dumps({"pipeline": pipeline.name, "hash": pipeline.hash, "results": results}, indent=1))
        return 0
    print(f"{pipeline.name} {pipeline.hash}")
    for name, kinds in results.items():
        for kind, figures in kinds.items():
            print(f"{name:16} {kind:6} " + " ".join(f"{k} {v}" for k, v in figures.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
