"""Inflected forms of English words, by rule and from the irregular verbs of our own list: `python -m training.morphology.english --out FILE`.

Writes the form lexicon of `selon.nlp.lexicon` from `own/en.morphology`. Labels: vI base, vP third person, vG gerund, vD past, vN participle (vD and vN
for one form where both are alike), ns and np noun, a adjective (with ar and as for degrees), d adverb.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from selon.nlp.lexicon import Edit, Entry, dump
from training.settings import OWN

_VOWELS = "aeiou"
_SIBILANTS = ("s", "x", "z", "ch", "sh")


def third(verb: str) -> str:
    """The third person, and the plural of a noun."""
    if verb.endswith(_SIBILANTS) or verb in ("go", "undergo", "veto", "torpedo", "hero", "echo", "potato", "tomato", "do"):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def gerund(verb: str, doubled: bool = False) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")) and verb != "be":
        return verb[:-1] + "ing"
    return verb + (verb[-1] if doubled else "") + "ing"


def past(verb: str, doubled: bool = False) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if doubled else "") + "ed"


def doubles(verb: str) -> bool:
    """Whether a verb of the irregular list doubles its last letter in the gerund: one vowel and one consonant at the end ("hitting")."""
    return (
        len(verb) > 2
        and verb[-1] not in _VOWELS + "wxy"
        and verb[-2] in _VOWELS
        and verb[-3] not in _VOWELS
        and verb not in ("broadcast", "forecast")
    )


def degrees(word: str) -> Iterator[tuple[str, str]]:
    """The comparative and superlative of a short adjective."""
    if sum(c in _VOWELS + "y" for c in word.rstrip("e")) > 1 and not word.endswith("y"):
        return
    stem = word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word[:-1] if word.endswith("e") else word
    if doubles(word) and len(word) < 5:
        stem += word[-1]
    yield stem + "er", "ar"
    yield stem + "est", "as"


def adverb(word: str) -> str:
    if word.endswith("y") and len(word) > 3:
        return word[:-1] + "ily"
    if word.endswith("le") and word[-3:-2] not in _VOWELS:
        return word[:-1] + "y"
    return word + ("ally" if word.endswith("ic") and word != "public" else "ly")


class Forms:
    """What is known of every form so far."""

    def __init__(self) -> None:
        self.tags: dict[str, set[str]] = defaultdict(set)
        self.lemmas: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def add(self, form: str, label: str, pos: str, lemma: str) -> None:
        self.tags[form].add(label)
        if lemma not in self.lemmas[form][pos]:
            self.lemmas[form][pos].append(lemma)

    def verb(self, base: str, pasts: list[str], participles: list[str], doubled: bool) -> None:
        for form, label in ((base, "vI"), (third(base), "vP"), (gerund(base, doubled), "vG")):
            self.add(form, label, "VERB", base)
        for form in pasts:
            self.add(form, "vD", "VERB", base)
        for form in participles:
            self.add(form, "vN", "VERB", base)

    def entries(self) -> dict[str, Entry]:
        return {
            f: Entry(" ".join(sorted(self.tags[f])), {p: tuple(_edit(f, x) for x in ls) for p, ls in self.lemmas[f].items()})
            for f in sorted(self.tags)
        }


def _edit(form: str, lemma: str) -> Edit:
    n = 0
    while n < min(len(form), len(lemma)) and form[n] == lemma[n]:
        n += 1
    return len(form) - n, lemma[n:]


def _words(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.partition("#")[0].strip()
        if line:
            yield line.split()


def build(folder: Path) -> dict[str, Entry]:
    """Lower-case form -> entry."""
    forms = Forms()
    for base, pasts, participles in _words(folder / "irregular.txt"):
        if base in ("be", "have"):
            continue
        forms.verb(base, pasts.split("/"), participles.split("/"), doubles(base))
    for line in _words(folder / "verbs.txt"):
        for word in line:
            doubled, base = word.endswith("*"), word.rstrip("*")
            form = past(base, doubled)
            forms.verb(base, [form], [form], doubled)
    for line in _words(folder / "nouns.txt"):
        for word in line:
            one, _, many = word.partition("/")
            forms.add(one, "ns", "NOUN", one)
            forms.add(many or third(one), "np", "NOUN", one)
    for line in _words(folder / "adjectives.txt"):
        for word in line:
            forms.add(word, "a", "ADJ", word)
            forms.tags[adverb(word)].add("d")
            for form, label in degrees(word):
                forms.add(form, label, "ADJ", word)
    return forms.entries()


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m training.morphology.english", description="Build the English form lexicon.")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(argv)
    forms = build(OWN / "en.morphology")
    dump(args.out, forms)
    print(f"{len(forms)} forms, {args.out.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
