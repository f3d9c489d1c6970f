"""Builds the form lexicon of French from word lists of our own: `python -m training.lexicon fr [--out FILE] [--treebanks DIR] [--files NAME …]`.

The lists are in `own/fr.morphology`, the rules that inflect them in `training.morphology`. With --treebanks the share of a treebank's verbs,
nouns and adjectives is printed whose form the lexicon has with its lemma.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import yaml

from selon.nlp.lexicon import Edit, Entry, Lexicon, dump
from selon.nlp.load import shipped
from selon.nlp.normal import fold, model_word
from training.conllu import read
from training.morphology.french_nominals import Endings, adjective, adverb, from_adjective, from_verb, noun
from training.morphology.french_verbs import Form, Model, first_group, second_group
from training.settings import OWN, Recipe

POS = {"v": "VERB", "n": "NOUN", "a": "ADJ"}


def sections(path: Path) -> dict[str, list[str]]:
    """Section -> words, once each, of a list file: `[section]` lines, words between blanks, `#` comments."""
    out: dict[str, dict[str, None]] = {}
    words: dict[str, None] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        line = line.partition("#")[0].strip()
        if line.startswith("["):
            words = out.setdefault(line.strip("[]"), {})
        else:
            words.update(dict.fromkeys(line.split()))
    return {name: list(words) for name, words in out.items()}


class Forms:
    """What is known of every form so far."""

    def __init__(self) -> None:
        self.tags: dict[str, set[str]] = defaultdict(set)
        self.lemmas: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def add(self, form: str, label: str, lemma: str) -> None:
        self.tags[form].add(label)
        self.lemma(form, POS[label[0]], lemma)

    def lemma(self, form: str, pos: str, lemma: str) -> None:
        """A lemma without a label: what a form can be when the sentence makes it so ("les blessés")."""
        if lemma not in self.lemmas[form][pos]:
            self.lemmas[form][pos].append(lemma)

    def entries(self) -> dict[str, Entry]:
        return {
            f: Entry(" ".join(sorted(self.tags[f])), {p: tuple(edit(f, x) for x in ls) for p, ls in self.lemmas[f].items()})
            for f in sorted(self.tags.keys() | self.lemmas.keys())
        }


def edit(form: str, lemma: str) -> Edit:
    """The drop and the ending that turn `form` into `lemma`."""
    n = 0
    while n < min(len(form), len(lemma)) and form[n] == lemma[n]:
        n += 1
    return len(form) - n, lemma[n:]


def verbs(folder: Path) -> Iterator[tuple[str, list[Form]]]:
    """Every verb with its forms."""
    models = yaml.safe_load((folder / "models.yml").read_text(encoding="utf-8"))
    for family in models.values():
        model = Model(**family["model"])
        yield from ((verb, list(model.forms(verb))) for verb in family["verbs"])
    lists = sections(folder / "verbs.txt")
    yield from ((verb, list(first_group(verb, doubled=True))) for verb in lists["doubled"])
    yield from ((verb, list(first_group(verb))) for verb in lists["er"] if verb not in lists["doubled"])
    yield from ((verb, list(second_group(verb))) for verb in lists["ir"])


def _nominal(forms: Forms, word: str, kind: str, endings: Endings) -> None:
    for form, label in adjective(word, endings) if kind == "a" else noun(word, kind, endings):
        forms.add(form, label, word)


def build(folder: Path) -> dict[str, Entry]:
    """Lower-case form -> entry."""
    forms = Forms()
    endings = Endings.load(folder / "endings.yml")
    for kind, words in sections(folder / "nouns.txt").items():
        for word in words:
            _nominal(forms, word, kind, endings)
    lists = sections(folder / "adjectives.txt")
    adjectives = lists["adjectives"]
    for word in adjectives:
        _nominal(forms, word, "a", endings)
    for word in lists["invariable"]:
        for label in ("as", "ap"):
            forms.add(word, label, word)
    conjugated = list(verbs(folder))
    made: list[tuple[str, str]] = [pair for word in adjectives for pair in from_adjective(word)]
    for verb, rows in conjugated:
        for form, label in rows:
            forms.add(form, label, verb)
        made.extend(_made(verb, rows))
    closed = yaml.safe_load((folder / "closed.yml").read_text(encoding="utf-8"))
    for label, words in closed["labels"].items():
        for word in words.split():
            forms.tags[word].add(label)
    for lemma, words in closed["lemmas"].items():
        for word in words.split():
            forms.lemma(word, "ADJ", lemma)
    for word in adjectives:
        forms.tags[adverb(word, endings)].add("adv")
    known = set(forms.tags)
    for word, kind in made:
        if word not in known:
            _nominal(forms, word, kind, endings)
    for _, rows in conjugated:
        _as_nominals(forms, rows, known)
    return forms.entries()


def _made(verb: str, rows: list[Form]) -> Iterator[tuple[str, str]]:
    gerund = next((form for form, label in rows if label == "vG"), "")
    if gerund and len(gerund) > 6:
        yield from from_verb(verb, gerund[:-3])


def _as_nominals(forms: Forms, rows: list[Form], known: set[str]) -> None:
    """Participles as adjectives and nouns: the past one without labels of its own, the forms that only a verbal adjective has with them."""
    singular = next((form for form, label in rows if label == "vKms"), "")
    for form, label in rows:
        if label.startswith("vK"):
            forms.lemma(form, "ADJ", singular)
            if singular:
                forms.lemma(form, "NOUN", singular)
        elif label == "vG":
            forms.lemma(form, "ADJ", form)
            for end, tag in (("s", "amp"), ("e", "afs"), ("es", "afp")):
                if form + end not in known:
                    forms.add(form + end, tag, form)


def coverage(lexicon: Lexicon, paths: list[Path]) -> dict[str, tuple[int, int, int, list[str]]]:
    """Label -> tokens, those whose form the lexicon has under that label, those with the treebank's lemma too; and the forms it lacks."""
    out: dict[str, tuple[int, int, int, list[str]]] = {}
    for pos in ("VERB", "AUX", "NOUN", "ADJ"):
        total = known = right = 0
        lacking: list[str] = []
        for path in paths:
            for w in (w for gold in read(path) for w in gold.words if w.pos == pos):
                found = lexicon.lemmas(model_word(w.form).lower(), "VERB" if pos == "AUX" else pos)
                total, known, right = total + 1, known + bool(found), right + (fold(w.lemma).lower() in found)
                if not found:
                    lacking.append(w.lemma)
        out[pos] = total, known, right, lacking
    return out


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m training.lexicon", description="Build the form lexicon of a language from its word lists."
    )
    parser.add_argument("lang")
    parser.add_argument("--out", type=Path, help="where the lexicon goes (default: beside the pipeline that ships)")
    parser.add_argument("--treebanks", type=Path, help="a folder of CoNLL-U files: print how much of --files the lexicon covers")
    parser.add_argument("--files", nargs="*", help="names such as sequoia-test (default: the files that decide when to stop)")
    args = parser.parse_args(argv)
    out = args.out or shipped(args.lang) / "lexicon.xz"
    forms = build(OWN / f"{args.lang}.morphology")
    dump(out, forms)
    print(f"{len(forms)} forms, {len({(e.tags, str(e.edits)) for e in forms.values()})} classes, {out.stat().st_size} bytes")
    if args.treebanks:
        recipe = Recipe.load(args.lang)
        for name in args.files or recipe.dev:
            path = recipe.find(args.treebanks, name)
            for pos, (total, known, right, _) in (coverage(Lexicon.load(out), [path]) if path else {}).items():
                print(
                    f"{name:16} {pos:5} {total:6} tokens, form known {100 * known / max(1, total):.1f} %, with its lemma {100 * right / max(1, total):.1f} %"
                )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
