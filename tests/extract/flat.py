"""A parse without a parser: tokens of the real tokenizer, parts of speech by a handful of closed classes, no structure.

What the number grammar finds must not hang on the quality of a pipeline, so its corpus is read on such a parse.
"""

from __future__ import annotations

from selon.lang import load_pack
from selon.model import Parse, Token
from selon.nlp.tokenize import Tokenizer, TokenizerData

_PACK = load_pack("fr")
_TOKENIZER = Tokenizer(TokenizerData.load(_PACK.folder / "pipeline" / "tokenizer.yml"))
_CLOSED = {
    "ADP": [
        "à",
        "de",
        "d'",
        "des",
        "du",
        "en",
        "par",
        "pour",
        "sur",
        "dans",
        "avec",
        "sans",
        "entre",
        "vers",
        "contre",
        "depuis",
        "pendant",
    ],
    "DET": ["le", "la", "les", "l'", "un", "une", "ce", "ces", "cette", "nos", "leurs", "ses", "mes"],
    "CCONJ": ["et", "ou", "ni"],
    "ADV": ["n'", "ne", "pas", "plus", "moins", "environ"],
    "AUX": ["a", "ont", "est", "sont", "été"],
    "VERB": ["fait", "faire", "causé", "causer"],
    "ADJ": ["autres", "autre", "nouveaux", "jeunes", "jeune", "petite", "anciens"],
}
_POS = {w: pos for pos, words in _CLOSED.items() for w in words}


def flat(text: str) -> Parse:
    """One sentence whose tokens all hang on the first."""
    tokens = []
    for i, (start, end) in enumerate(_TOKENIZER.cuts(text)):
        word = text[start:end]
        pos = _POS.get(word.lower().replace("’", "'"))
        if pos is None:
            pos = "NUM" if word[:1].isdigit() else "NOUN" if any(c.isalpha() for c in word) else "PUNCT"
        tokens.append(Token(i, start, end, word, word.lower(), pos, 0, "root" if i == 0 else "dep", 0))
    return Parse.build(text, tokens)
