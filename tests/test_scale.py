"""Long texts: the work behind the parse grows with the length of a report, not with its square.

The parses are made once and laid end to end, so that what is measured is the reading alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from selon.intake import build_report
from selon.lang import Pack, load_pack
from selon.model import Parse, Token
from selon.reader import Reader, read_parse, readable

EXAMPLES = Path(__file__).parents[1] / "examples"
FACTOR = 3.2
"""Twice the text may take so many times as long: a linear reader takes 2, a quadratic one 4, and other programs run beside."""
TRIES = 4


def quoted(k: int) -> str:
    return (
        f"« Nous avons perdu {k} maisons et {k % 7} voisins », a déclaré le maire. « Ce n'est pas fini », a-t-il ajouté.\n\n"
        f"« L'armée n'a tiré sur personne », a démenti son porte-parole. « Et vous ? » « Moi non plus, je n'ai rien vu ici. »\n\n"
    )


def short(k: int) -> str:
    return f"Un obus a tué {k} soldats. L'armée l'a dit. Elle avance. "


def nested(k: int) -> str:
    return f"« Il m'a dit : “Je sais que « le pont {k} a été détruit lundi »”, selon lui. "


def dated(k: int) -> str:
    return f"Le {k % 28 + 1} mars 2021 au soir, puis mardi vers {k % 24} h, des tirs ont fait {k} blessés à Goma, selon l'hôpital. "


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load("fr")


@pytest.fixture(scope="module")
def blocks(reader: Reader) -> dict[str, list[Parse]]:
    """Parses of some ten thousand letters of each kind of text."""
    out: dict[str, list[Parse]] = {}
    kinds: dict[str, Callable[[int], str]] = {"quoted": quoted, "short": short, "nested": nested, "dated": dated}
    for name, sentence in kinds.items():
        texts = ["".join(sentence(20 * n + k) for k in range(20)) for n in range(3)]
        out[name] = [reader.pipeline.parse(t) for t in texts]
    texts = [f.read_text("utf-8") for f in sorted(EXAMPLES.glob("0*.txt"))]
    out["reports"] = [reader.pipeline.parse(t, readable(build_report(t, id="x", lang="fr"))) for t in texts]
    return out


def tiled(blocks: list[Parse], letters: int) -> Parse:
    """Parses laid end to end until the text has so many letters."""
    texts: list[str] = []
    tokens: list[Token] = []
    offset = sentence = k = 0
    while offset < letters:
        p = blocks[k % len(blocks)]
        base = len(tokens)
        tokens += (
            Token(base + t.i, offset + t.start, offset + t.end, t.text, t.lemma, t.pos, base + t.head, t.deprel, sentence + t.sent, t.feats)
            for t in p
        )
        texts += (p.text, " ")
        offset += len(p.text) + 1
        sentence += len(p.sentences)
        k += 1
    return Parse.build("".join(texts), tokens)


def seconds(parse: Parse, pack: Pack) -> float:
    """Processor time of a reading from the parse on, with nothing remembered in the parse."""
    fresh = Parse(parse.text, parse.tokens, parse.sentences)
    report = build_report(parse.text, id="long", lang="fr", published="2024-03-05")
    began = time.process_time()
    reading = read_parse(report, fresh, pack, "test")
    assert reading.events or reading.statements
    return time.process_time() - began


@pytest.mark.parametrize("kind", ["reports", "quoted", "short", "nested", "dated"])
def test_twice_the_text_takes_about_twice_the_time(kind: str, blocks: dict[str, list[Parse]]) -> None:
    pack = load_pack("fr")
    once, twice = tiled(blocks[kind], 100_000), tiled(blocks[kind], 200_000)
    ratios: list[float] = []
    for _ in range(TRIES):
        ratios.append(seconds(twice, pack) / seconds(once, pack))
        if ratios[-1] <= FACTOR:
            return
    pytest.fail(f"twice the text took {', '.join(f'{r:.1f}' for r in ratios)} times as long")
