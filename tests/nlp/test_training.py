"""The recipe's handling of treebanks."""

from __future__ import annotations

from pathlib import Path

import pytest

from selon.nlp.lexicon import Entry, Lexicon, dump
from selon.nlp.load import shipped
from selon.nlp.tokenize import Tokenizer, TokenizerData
from training.conllu import read
from training.fit import fit
from training.harmonise import Subtypes, reported_speech
from training.settings import OWN, Recipe

SAMPLE = """# sent_id = a
1-2\tAu\t_\t_\t_\t_\t_\t_\t_\t_
1\tà\tà\tADP\t_\t_\t3\tcase\t_\t_
2\tle\tle\tDET\t_\t_\t3\tdet\t_\t_
3\tport\tport\tNOUN\t_\t_\t0\troot\t_\tSpaceAfter=No
4\t,\t,\tPUNCT\t_\t_\t5\tpunct\t_\t_
5\t14\t14\tNUM\t_\t_\t3\tnmod\t_\tSpaceAfter=No
6\th\theure\tNOUN\t_\t_\t5\tnmod\t_\tSpaceAfter=No
7\t05\t05\tNUM\t_\t_\t6\tnmod\t_\t_

# sent_id = b
1\tTout\ttout\tPRON\t_\t_\t2\tnsubj\t_\t_
2\tbrûle\tbrûler\tVERB\t_\t_\t5\tparataxis\t_\tSpaceAfter=No
3\t,\t,\tPUNCT\t_\t_\t5\tpunct\t_\t_
4\ta\tavoir\tAUX\t_\t_\t5\taux:tense\t_\t_
5\tdit\tdire\tVERB\t_\t_\t0\troot\t_\t_
6\tAnne\tAnne\tPROPN\t_\t_\t5\tnsubj\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t_\t_\t5\tpunct\t_\t_
"""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "x-train.conllu"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


def test_multiword_tokens_match_the_text(sample: Path) -> None:
    first = next(read(sample))
    assert first.text == "Au port, 14h05"
    assert [(w.form, w.lemma, w.pos, w.rel, w.head) for w in first.words[:2]] == [
        ("Au", "à", "ADP", "case", 1),
        ("port", "port", "NOUN", "root", -1),
    ]


def test_gold_is_brought_to_our_tokens(sample: Path) -> None:
    tokenizer = Tokenizer(TokenizerData.load(shipped("fr") / "tokenizer.yml"))
    first = next(fit(read(sample), tokenizer))
    assert [w.form for w in first.words] == ["Au", "port", ",", "14h05"]
    assert [w.head for w in first.words] == [1, -1, 3, 1]


def test_reported_words_govern_the_verb_of_saying(sample: Path) -> None:
    gold = list(read(sample))[1]
    assert reported_speech(gold)
    assert {w.form: (w.head, w.rel) for w in gold.words} == {
        "Tout": (1, "nsubj"),
        "brûle": (-1, "root"),
        ",": (1, "punct"),
        "a": (4, "aux:tense"),
        "dit": (1, "parataxis:insert"),
        "Anne": (4, "nsubj"),
        ".": (1, "punct"),
    }


def test_subtypes_follow_the_governor_and_the_preposition(tmp_path: Path) -> None:
    row = "1\tà\tà\tADP\t_\t_\t2\tcase\t_\t_\n2\tKiev\tKiev\tPROPN\t_\t_\t3\t{}\t_\t_\n3\t{}\t{}\tVERB\t_\t_\t0\troot\t_\t_\n\n"
    path = tmp_path / "y.conllu"
    path.write_text(row.format("obl:arg", "aller", "aller") * 3 + row.format("obl:mod", "mourir", "mourir") * 3, encoding="utf-8")
    subtypes = Subtypes(read(path), "obl")
    path.write_text(row.format("obl", "alla", "aller") + row.format("obl", "mort", "mourir"), encoding="utf-8")
    golds = list(read(path))
    for gold in golds:
        subtypes.refine(gold)
    assert [g.words[1].rel for g in golds] == ["obl:arg", "obl:mod"]


@pytest.mark.parametrize("lang", ["fr", "en", "uk", "ru"])
def test_no_recipe_trains_on_its_test_files(lang: str) -> None:
    recipe = Recipe.load(lang)
    assert not set(recipe.train) & {*recipe.held_out, *recipe.test}
    assert recipe.tokenizer.is_file()


def test_official_file_names_are_found(tmp_path: Path) -> None:
    (tmp_path / "UD_French-GSD").mkdir()
    path = tmp_path / "UD_French-GSD" / "fr_gsd-ud-train.conllu"
    path.touch()
    assert Recipe.load("fr").find(tmp_path, "gsd-train") == path


def test_the_desk_sentences_are_well_formed() -> None:
    golds = list(read(OWN / "fr_desk-ud-train.conllu"))
    assert len(golds) > 80
    for gold in golds:
        assert gold.id.startswith("desk-")
        assert sum(w.head < 0 for w in gold.words) == 1
        for k in range(len(gold.words)):
            seen: set[int] = set()
            while k >= 0:
                assert k not in seen, gold.id
                seen.add(k)
                k = gold.words[k].head


def test_the_lexicon_comes_back_as_it_was_written(tmp_path: Path) -> None:
    forms = {
        "tués": Entry("nmp vKmp", {"NOUN": ((1, ""),), "VERB": ((2, "er"),)}),
        "état": Entry("nms", {"NOUN": ((0, ""),)}),
        "ici": Entry("adv", {}),
    }
    dump(tmp_path / "l.xz", forms)
    lexicon = Lexicon.load(tmp_path / "l.xz")
    assert {f: lexicon.find(f) for f in forms} == forms
    assert lexicon.lemmas("tués", "VERB") == ["tuer"]
    assert lexicon.main_lemma("tués") == "tuer"
    assert lexicon.find("contre-état").tags == "~nms"
    assert not lexicon.find("inconnu").tags
    assert Lexicon.load(tmp_path / "none.xz").main_lemma("mot") == "mot"


def test_a_capital_without_its_accent_is_known() -> None:
    lexicon = Lexicon.load(shipped("fr") / "lexicon.xz")
    assert lexicon.lemmas("etat", "NOUN") == ["état"]
    assert lexicon.lemmas("eglises", "NOUN") == ["église"]
    assert lexicon.lemmas("evacués", "VERB") == ["évacuer"]
    assert lexicon.lemmas("arrêtés", "VERB") == ["arrêter"]
