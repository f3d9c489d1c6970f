"""How French news text is cut into words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.nlp.load import shipped
from selon.nlp.tokenize import Tokenizer, TokenizerData

CASES = [
    ("Y a-t-il eu des tirs ?", "Y|a|-t-il|eu|des|tirs|?"),
    ("affirme-t-elle, dit-on", "affirme|-t-elle|,|dit|-on"),
    ("Est-ce vrai ? Peut-on le croire ?", "Est|-ce|vrai|?|Peut|-on|le|croire|?"),
    ("Qu'est-ce que c'est", "Qu'|est|-ce|que|c'|est"),
    ("Kim Jong-il a quitté Aix-en-Provence", "Kim|Jong-il|a|quitté|Aix-en-Provence"),
    ("jusqu’à l’aube aujourd’hui", "jusqu’|à|l’|aube|aujourd’hui"),
    ("quelqu'un d'autre sur la presqu'île", "quelqu'un|d'|autre|sur|la|presqu'île"),
    ("lorsqu’il s’est rendu puisqu'elle n'y était", "lorsqu’|il|s’|est|rendu|puisqu'|elle|n'|y|était"),
    ("L’ONU et l'Otan à L'viv et N'Djamena", "L’|ONU|et|l'|Otan|à|L'viv|et|N'Djamena"),
    ("d’« opération spéciale »", "d’|«|opération|spéciale|»"),
    ("11h58 : deux frappes à 4 heures", "11h58|:|deux|frappes|à|4|heures"),
    ("à 18:05 puis 6 h 30", "à|18:05|puis|6|h|30"),
    ("1 200 morts, 10\u00a0000 blessés, 3\u202f500 déplacés", "1 200|morts|,|10\u00a0000|blessés|,|3\u202f500|déplacés"),
    ("le 24 mai 2023, 400 soldats", "le|24|mai|2023|,|400|soldats"),
    ("2,5 millions, 8.500 et -3,2 %", "2,5|millions|,|8.500|et|-3,2|%"),
    ("une hausse de +40%", "une|hausse|de|+40|%"),
    ("des F-16, S-300 et Shahed-136", "des|F-16|,|S-300|et|Shahed-136"),
    ("Saint-Denis, Kramatorsk-Nord", "Saint-Denis|,|Kramatorsk-Nord"),
    ("M. Dupont, Mme Roux et le Dr. Petit", "M.|Dupont|,|Mme|Roux|et|le|Dr.|Petit"),
    ("selon J. Borrell et J.-P. Morel", "selon|J.|Borrell|et|J.-P.|Morel"),
    ("l'O.N.U. et les U.S.A. disent", "l'|O.N.U.|et|les|U.S.A.|disent"),
    ("Le n° 5, le n°12", "Le|n°|5|,|le|n°|12"),
    ("Voir https://exemple.org/a?b=1&c=2, puis www.exemple.org.", "Voir|https://exemple.org/a?b=1&c=2|,|puis|www.exemple.org|."),
    ("écrire à presse@exemple.org ou @compte_1 #Kyiv", "écrire|à|presse@exemple.org|ou|@compte_1|#Kyiv"),
    ("bravo 👍🏽 !", "bravo|👍🏽|!"),
    ("cette nuit-là, ce jour-ci, celui-ci", "cette|nuit|-là|,|ce|jour|-ci|,|celui-ci"),
    ("« Oui », “non”, „peut-être“", "«|Oui|»|,|“|non|”|,|„|peut-être|“"),
    ("'Faux', dit-il", "'|Faux|'|,|dit|-il"),
    ("trois morts.Les secours", "trois|morts|.|Les|secours"),
    ("un accord… ou pas...", "un|accord|…|ou|pas|..."),
    ("Moscou – ou Kiev — ou l'est", "Moscou|–|ou|Kiev|—|ou|l'|est"),
    ("le plan B. Le ministre", "le|plan|B|.|Le|ministre"),
    ("c'est-à-dire rendez-vous", "c'est-à-dire|rendez-vous"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:30] for c in CASES])
def test_words(tokenizer: Tokenizer, text: str, expected: str) -> None:
    assert "|".join(text[a:b] for a, b in tokenizer.cuts(text)) == expected


@pytest.mark.parametrize("text", ["", " ", "\n\t \u00a0", "\x00\x01", "\u200e\ufeff", "\u00ad"])
def test_nothing_to_see(tokenizer: Tokenizer, text: str) -> None:
    assert list(tokenizer.cuts(text)) == []


@given(st.text(max_size=300) | st.text(alphabet="aL'’-.1 \u00a0«»\u200d\ud800tèné,!?@/:", max_size=120))
def test_every_letter_is_in_exactly_one_token(text: str) -> None:
    cuts = list(Tokenizer(TokenizerData.load(shipped("fr") / "tokenizer.yml")).cuts(text))
    at = 0
    for a, b in cuts:
        assert at <= a < b <= len(text)
        assert not any(c.isalnum() for c in text[at:a])
        assert not text[a].isspace() and not text[b - 1].isspace()
        at = b
    assert not any(c.isalnum() for c in text[at:])


def test_long_runs_take_linear_time(tokenizer: Tokenizer) -> None:
    for unit in ("a", "a.", "a-", "a'", "1 ", "1,", "-", ".", "@", "«", "l'", "A.", "-t-il", "\ud800", "1 000 "):
        text = unit * (100_000 // len(unit))
        assert sum(b - a for a, b in tokenizer.cuts(text)) <= len(text)
