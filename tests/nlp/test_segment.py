"""Where sentences begin."""

from __future__ import annotations

from itertools import pairwise

import pytest

from selon.nlp.segment import sentence_starts
from selon.nlp.tokenize import Tokenizer

# A bar marks every border.
CASES = [
    "Trois civils sont morts.|Le maire a réagi.",
    "« Nous avançons », a dit M. Morel.|Il parlait à Kiev.",
    "« Nous avançons.|Ils reculent. »|Le porte-parole n'a rien ajouté.",
    "« Nous avançons. » a-t-il dit, avant de partir.",
    '"Rien n\'a été touché", assure-t-il.|"Tout va bien."|La ville dort.',
    '"Rien n\'a été touché."|"Tout va bien."|La ville dort.',
    "“Ils ont tiré !” crie un voisin.|“Ils tirent encore !”|Puis le silence.",
    "« Qui a tiré ? » demande une femme.|Personne ne répond.",
    "Selon J. Borrell, rien n'est sûr.|C'est tout.",
    "Mme A. Roux et le Dr. Petit sont venus.|Ils repartent.",
    "Le décret n° 5 est signé.|Le n° 6 suivra.",
    "11h58 : « Profonde préoccupation » à Moscou",
    "07h58 : Plusieurs drones abattus.|Aucune victime.",
    "Bilan : trois morts ; les secours cherchent encore : dix disparus.",
    "L'armée a dit vouloir « tenir »... avant de céder.",
    "L'armée dit tenir…|Le front recule.",
    "L’O.N.U. a protesté.|La Croix-Rouge aussi.",
    "1. Le bilan monte à dix morts.|2. Les secours arrivent.",
    "Le 24 février 2022.|Le 25, tout change.",
    "Une frappe (la troisième.) a visé le pont.|Il tient.",
    "Titre sans point\n|Le texte commence ici.",
    "Une ligne coupée\nau milieu d'une phrase.|Une autre.",
    "Un paragraphe\n\n|et un autre",
    "Des tirs, des cris, etc.|La nuit fut longue.",
    "Le plan B.|Le ministre l'a nié.",
    "Il a tout nié.|– Et vous ? a-t-on demandé.",
    "+Vérité sur le front+ : c'est le titre.|+Autre titre+ suit.",
]


@pytest.mark.parametrize("marked", CASES)
def test_borders(tokenizer: Tokenizer, marked: str) -> None:
    parts = [p.strip() for p in marked.split("|")]
    text = marked.replace("\n|", "\n").replace("|", " ")
    cuts = list(tokenizer.cuts(text))
    starts = sentence_starts(text, cuts, tokenizer.data)
    bounds = [*(cuts[i][0] for i in starts), len(text)]
    found = [text[a:b].strip() for a, b in pairwise(bounds)]
    assert found == parts
