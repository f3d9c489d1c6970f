"""From treebank sentences to spaCy examples, with the variation that news needs.

Typography is folded by `selon.nlp.normal` at training and at reading alike, so quotes, apostrophes, dashes and spaces in numbers need no
examples. What is varied here: running capitals (which reading lower-cases), a missing final stop, a first word in lower case, live-blog
stamps before a sentence, and how many sentences stand together.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import yaml
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from selon.nlp.lemma import AS_WRITTEN
from selon.nlp.lexicon import Lexicon, hints
from selon.nlp.normal import fold, model_word
from training.conllu import Gold, Word

Corpus: TypeAlias = list[tuple[Gold, tuple[str, ...]]]
"""Sentences, each with the columns that are not learnt from it."""

OWN = "desk-"
"""How the ids of sentences of our own begin."""


def target_lemma(word: Word) -> str:
    """What the lemmatizer learns: the lemma with the capital of its form, so that a first word needs no rule of its own."""
    form = model_word(word.form)
    if word.pos in AS_WRITTEN or word.lemma in ("_", ""):
        return form
    lemma = fold(word.lemma).lower()
    return lemma[0].upper() + lemma[1:] if form[0].isupper() else lemma


def plain(vocab: Vocab, golds: Iterable[Gold], lexicon: Lexicon) -> Doc:
    """One document of whole sentences without annotation, as reading makes it."""
    words = [model_word(w.form) for gold in golds for w in gold.words]
    tags, lemmas = hints(words, lexicon)
    return Doc(vocab, words=words, tags=tags, lemmas=lemmas)


def document(vocab: Vocab, golds: Iterable[Gold], leave_out: Iterable[str] = ()) -> Doc:
    """One document of whole sentences with the gold annotation, except the columns of `leave_out`."""
    words: list[str] = []
    lemmas: list[str] = []
    pos: list[str] = []
    feats: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    starts: list[bool | int | None] = []
    for gold in golds:
        base = len(words)
        for k, w in enumerate(gold.words):
            words.append(model_word(w.form))
            lemmas.append(target_lemma(w))
            pos.append(w.pos)
            feats.append(w.feats)
            heads.append(base + (k if w.head < 0 else w.head))
            deps.append("ROOT" if w.head < 0 else w.rel)
            starts.append(k == 0)
    out = set(leave_out)
    return Doc(
        vocab,
        words=words,
        pos=None if "pos" in out else pos,
        morphs=None if "feats" in out else feats,
        lemmas=None if "lemma" in out else lemmas,
        heads=None if "dep" in out else heads,
        deps=None if "dep" in out else deps,
        sent_starts=starts if "dep" in out else None,
    )


class Swaps:
    """Words that can stand for each other in sentences of our own; see `own/fr.swaps.yml`."""

    def __init__(self, path: Path, lexicon: Lexicon) -> None:
        raw = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
        self._lexicon = lexicon
        self._group = {(pos, w.lower()): group for pos, groups in raw.items() for group in groups for w in group}

    def __call__(self, gold: Gold, rng: random.Random) -> Gold:
        """The sentence with about half of its words that have a group put into others of it."""
        return Gold(gold.id, [self._word(w, rng) for w in gold.words])

    def _word(self, w: Word, rng: random.Random) -> Word:
        group = self._group.get((w.pos, w.form.lower()))
        if not group or rng.random() < 0.5:
            return w
        form = rng.choice(group)
        lemma = form if w.pos in AS_WRITTEN else (self._lexicon.lemmas(form, w.pos) or [form])[0]
        return replace(w, form=form[0].upper() + form[1:] if w.form[0].isupper() else form, lemma=lemma)


def varied(gold: Gold, rng: random.Random) -> Gold:
    """The sentence, sometimes as a headline, a fragment or a live entry would have it."""
    words = gold.words
    roll = rng.random()
    last = words[-1]
    if roll < 0.12 and len(words) > 3 and last.form in (".", "!", "?") and not any(w.head == len(words) - 1 for w in words):
        words = words[:-1]
    elif roll < 0.16:
        words = [replace(words[0], form=words[0].form[0].lower() + words[0].form[1:]), *words[1:]]
    elif roll < 0.19 and len(words) > 3:
        words = _stamped(words, rng)
    if rng.random() < 0.06:
        words = [replace(w, form=w.form.lower()) for w in words]
    return Gold(gold.id, words)


def _stamped(words: list[Word], rng: random.Random) -> list[Word]:
    """A live-blog stamp and a colon (or a dash) before the sentence."""
    root = next(k for k, w in enumerate(words) if w.head < 0) + 2
    form = rng.choice(["{:02}h{:02}", "{:02}:{:02}", "{}h{:02}"]).format(rng.randrange(24), rng.randrange(60))
    stamp = Word(form, form, "NOUN", "", root, "obl:mod", True)
    mark = Word(rng.choice([":", ":", "-"]), ":", "PUNCT", "", 0, "punct", True)
    return [stamp, mark, *(replace(w, head=w.head + 2 if w.head >= 0 else -1) for w in words)]


def examples(
    vocab: Vocab, corpus: Corpus, lexicon: Lexicon, rng: random.Random | None = None, swaps: Swaps | None = None
) -> Iterator[Example]:
    """Examples of one pass; shuffled, varied and grouped at random when `rng` is given, else one per sentence in order."""
    if rng is None:
        for gold, leave_out in corpus:
            yield Example(plain(vocab, [gold], lexicon), document(vocab, [gold], leave_out))
        return
    order = list(range(0, len(corpus), 4))
    rng.shuffle(order)
    group: list[Gold] = []
    key: tuple[str, ...] = ()
    for block in order:  # neighbours stay together: they often follow each other in the source
        for gold, leave_out in corpus[block : block + 4]:
            if group and (leave_out != key or rng.random() < 0.45):
                yield Example(plain(vocab, group, lexicon), document(vocab, group, key))
                group = []
            key = leave_out
            group.append(varied(swaps(gold, rng) if swaps and gold.id.startswith(OWN) else gold, rng))
    if group:
        yield Example(plain(vocab, group, lexicon), document(vocab, group, key))
