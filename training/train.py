"""Trains the pipeline of a language: `python -m training.train fr --treebanks DIR [--out DIR] [--set KEY=VALUE …] [--without FILE …]`.

Writes a folder that `selon.nlp.load_pipeline` reads: `tokenizer.yml`, `selon.json` and spaCy's `model/`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import spacy
from spacy.language import Language
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from thinc.api import Adam, fix_random_seed

from selon.nlp.lexicon import Lexicon
from selon.nlp.load import shipped
from selon.nlp.tokenize import Tokenizer, TokenizerData
from training.conllu import Gold, read
from training.corpus import Corpus, Swaps, examples
from training.fit import fit
from training.harmonise import Subtypes, reported_speech
from training.lemmas import lemma_table
from training.model import blank
from training.settings import OWN, Recipe, Settings


def load(recipe: Recipe, folder: Path, names: dict[str, int], say: bool = True) -> Corpus:
    """The sentences of the named files, each as often as its weight says, with the columns that are not learnt from it."""
    out: Corpus = []
    coarse: list[tuple[str, list[Gold]]] = []
    tokenizer = Tokenizer(TokenizerData.load(recipe.tokenizer))
    for name, times in names.items():
        path = recipe.find(folder, name)
        if path is None:
            if say:
                print(f"  {name}: not in {folder.name}, passed over")
            continue
        leave_out = tuple(recipe.leave_out.get(name, ()))
        golds = [(g, leave_out) for g in fit(read(path), tokenizer)]
        if name in recipe.flip_speech:
            for gold, _ in golds:
                reported_speech(gold)
        if relation := recipe.refine.get(name):
            coarse.append((relation, [g for g, _ in golds]))
        if say:
            print(f"  {name}: {len(golds)} sentences, {sum(len(g.words) for g, _ in golds)} tokens, x {times}")
        out += golds * times
    for relation, sentences in coarse:
        subtypes = Subtypes((g for g, _ in out), relation)
        for gold in sentences:
            subtypes.refine(gold)
    return out


def rate(step: int, spent: float, s: Settings) -> float:
    """Linear warm-up, then linear decay to a fiftieth, by steps or by minutes `spent`, whichever is further on."""
    if step < s.warmup:
        return s.rate * (step + 1) / s.warmup
    return s.rate * max(0.02, 1 - max((step - s.warmup) / max(1, s.steps - s.warmup), spent / s.minutes))


def _length(example: Example) -> int:
    return len(example.predicted)


def batches(nlp: Language, corpus: Corpus, lexicon: Lexicon, swaps: Swaps, s: Settings, rng: random.Random) -> Iterator[list[Example]]:
    """Endless batches of about `words_per_batch` words."""
    while True:
        yield from minibatch_by_words(
            examples(nlp.vocab, corpus, lexicon, rng, swaps), size=s.words_per_batch, discard_oversize=False, get_length=_length
        )


def train(nlp: Language, corpus: Corpus, dev: Corpus, lexicon: Lexicon, swaps: Swaps, s: Settings, keep: Path) -> dict[str, float]:
    """Trains in place; the averaged weights that measure best on `dev` are written to `keep`. Returns their figures."""
    fix_random_seed(s.seed)
    rng = random.Random(s.seed)
    nlp.initialize(lambda: examples(nlp.vocab, corpus, lexicon))
    optimizer = Adam(learn_rate=s.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    best: dict[str, float] = {"score": -1.0}
    began = time.monotonic()
    losses: dict[str, float] = {}
    for step, batch in enumerate(batches(nlp, corpus, lexicon, swaps, s, rng)):
        spent = (time.monotonic() - began) / 60
        optimizer.learn_rate = rate(step, spent, s)
        nlp.update(batch, drop=s.dropout, sgd=optimizer, losses=losses)
        done = step + 1 >= s.steps or spent > s.minutes
        if done or ((step + 1) % 250 == 0 and max(spent / s.minutes, step / s.steps) > 0.5):
            with nlp.use_params(optimizer.averages):
                figures = nlp.evaluate(examples(nlp.vocab, dev, lexicon), batch_size=64) if dev else {}
                las, pos, lemma = (float(figures.get(k) or 0) for k in ("dep_las", "pos_acc", "lemma_acc"))
                score = las + 0.5 * pos + 0.5 * lemma if dev else step
                print(f"  step {step + 1} {spent:.1f} min LAS {100 * las:.2f} UPOS {100 * pos:.2f} lemma {100 * lemma:.2f}", flush=True)
                if score > best["score"]:
                    best = {"score": score, "step": step + 1, "las": las, "upos": pos, "lemma": lemma, "minutes": round(spent, 1)}
                    nlp.to_disk(keep)
            losses = {}
        if done:
            return best
    return best


def package(recipe: Recipe, corpus: Corpus, figures: dict[str, float], out: Path) -> None:
    """Puts what belongs to the model beside it."""
    if (out / "tokenizer.yml").resolve() != recipe.tokenizer.resolve():
        if recipe.lexicon.is_file():
            shutil.copy(recipe.lexicon, out / "lexicon.xz")
        shutil.copy(recipe.tokenizer, out / "tokenizer.yml")
    lemmas = lemma_table(g for g, _ in corpus)
    about = {"name": recipe.name, "lang": recipe.lang, "spacy": spacy.__version__, "dev": figures, "lemmas": lemmas}
    (out / "selon.json").write_text(json.dumps(about, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    for unused in ("lookups.bin", "vectors", "vectors.cfg", "key2row"):
        (out / "model" / "vocab" / unused).unlink(missing_ok=True)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m training.train", description="Train the parsing pipeline of a language.")
    parser.add_argument("lang")
    parser.add_argument("--treebanks", type=Path, required=True, help="a folder of CoNLL-U files")
    parser.add_argument("--out", type=Path, help="where the pipeline goes (default: the one that ships with the language)")
    parser.add_argument("--without", nargs="*", default=[], help="files of the recipe to leave out")
    parser.add_argument("--set", nargs="*", default=[], metavar="KEY=VALUE", help="settings other than those of the recipe")
    parser.add_argument("--times", nargs="*", default=[], metavar="FILE=N", help="how often an epoch goes through a file")
    parser.add_argument("--gpu", action="store_true", help="train on a GPU (needs CuPy); the weights are the same kind")
    args = parser.parse_args(argv)
    if args.gpu:
        spacy.require_gpu()
    recipe = Recipe.load(args.lang)
    for pair in args.set:
        key, _, value = pair.partition("=")
        recipe.settings.change(key, value)
    for pair in args.times:
        name, _, times = pair.partition("=")
        recipe.train[name] = int(times)
    names = {k: v for k, v in recipe.train.items() if k not in args.without}
    corpus = load(recipe, args.treebanks, names)
    if not corpus:
        print(f"No training file of {args.lang}.yml is in {args.treebanks}.", file=sys.stderr)
        return 2
    dev = load(recipe, args.treebanks, dict.fromkeys(recipe.dev, 1))
    out = args.out or shipped(args.lang)
    out.mkdir(parents=True, exist_ok=True)
    fresh = out / "model.new"
    lexicon = Lexicon.load(recipe.lexicon)
    swaps = Swaps(OWN / f"{args.lang}.swaps.yml", lexicon)
    figures = train(blank(recipe.settings), corpus, dev, lexicon, swaps, recipe.settings, fresh)
    shutil.rmtree(out / "model", ignore_errors=True)
    fresh.rename(out / "model")
    package(recipe, corpus, figures, out)
    print(f"  best: {figures}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
