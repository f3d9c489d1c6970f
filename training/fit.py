"""Gold sentences on our own tokens.

Where our tokenizer sees one token and the treebank several ("11h30" = 11 h 30), the gold words become one, headed like a multiword token.
Where the treebank sees one and we see several, the gold stays as it is: the model then meets a word it will not meet in reading, which is
rare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from selon.nlp.tokenize import Tokenizer
from training.conllu import Gold, Word, depth


def offsets(words: list[Word]) -> list[tuple[int, int]]:
    """(start, end) of each word in `Gold.text`."""
    out: list[tuple[int, int]] = []
    at = 0
    for w in words:
        out.append((at, at + len(w.form)))
        at += len(w.form) + w.space
    return out


def fit(golds: Iterable[Gold], tokenizer: Tokenizer) -> Iterator[Gold]:
    """The sentences with gold words merged where the tokenizer has one token."""
    for gold in golds:
        spans = offsets(gold.words)
        starts = {a: k for k, (a, _) in enumerate(spans)}
        ends = {b: k for k, (_, b) in enumerate(spans)}
        merge: dict[int, int] = {}
        for a, b in tokenizer.cuts(gold.text):
            first, last = starts.get(a), ends.get(b)
            if first is not None and last is not None and first < last:
                merge[first] = last
        yield Gold(gold.id, _merged(gold.words, merge)) if merge else gold


def _merged(words: list[Word], merge: dict[int, int]) -> list[Word]:
    index: dict[int, int] = {}
    out: list[Word] = []
    heads = [w.head for w in words]
    k = 0
    while k < len(words):
        last = merge.get(k, k)
        group = words[k : last + 1]
        lead = words[min(range(k, last + 1), key=lambda i: depth(heads, i))]
        for j in range(k, last + 1):
            index[j] = len(out)
        form = "".join(w.form + (" " if w.space and n < len(group) - 1 else "") for n, w in enumerate(group))
        lemma = lead.lemma if len(group) == 1 else form
        out.append(replace(lead, form=form, lemma=lemma, space=group[-1].space))
        k = last + 1
    return [replace(w, head=index[w.head] if w.head >= 0 else -1) for w in out]
