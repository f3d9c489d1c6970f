"""A parse without a parser: tokens of the real tokenizer, parts of speech by a handful of closed classes, no structure.

What the number grammar finds must not hang on the quality of a pipeline, so its corpus is read on such a parse.
"""

from __future__ import annotations

from functools import cache

from selon.lang import load_pack
from selon.model import Parse, Token
from selon.nlp.tokenize import Tokenizer, TokenizerData

_FRENCH = {
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
_ENGLISH = {
    "ADP": [
        "of",
        "in",
        "at",
        "by",
        "for",
        "on",
        "with",
        "without",
        "between",
        "from",
        "to",
        "against",
        "since",
        "during",
        "among",
        "than",
        "over",
    ],
    "DET": ["the", "a", "an", "this", "these", "that", "those", "no", "any", "its", "their", "his", "her"],
    "CCONJ": ["and", "or", "nor"],
    "ADV": ["not", "n't", "never", "more", "less", "fewer", "about", "nearly"],
    "AUX": ["has", "have", "is", "are", "was", "were", "been", "did"],
    "VERB": ["caused", "causing", "reported", "rose", "aged"],
    "ADJ": ["other", "new", "young", "former", "ukrainian", "russian", "least"],
}
_POS = {lang: {w: pos for pos, words in closed.items() for w in words} for lang, closed in (("fr", _FRENCH), ("en", _ENGLISH))}


@cache
def _tokenizer(lang: str) -> Tokenizer:
    return Tokenizer(TokenizerData.load(load_pack(lang).folder / "pipeline" / "tokenizer.yml"))


def flat(text: str, lang: str = "fr") -> Parse:
    """One sentence whose tokens all hang on the first."""
    tokens = []
    for i, (start, end) in enumerate(_tokenizer(lang).cuts(text)):
        word = text[start:end]
        pos = _POS[lang].get(word.lower().replace("’", "'"))
        if pos is None:
            pos = "NUM" if word[:1].isdigit() else "NOUN" if any(c.isalpha() for c in word) else "PUNCT"
        tokens.append(Token(i, start, end, word, word.lower(), pos, 0, "root" if i == 0 else "dep", 0))
    return Parse.build(text, tokens)
