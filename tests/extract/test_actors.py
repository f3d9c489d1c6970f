"""Who acts in an event: own sentences, each with the actor of the event told by a word of it, or nobody."""

from __future__ import annotations

from functools import cache

import pytest

from selon.extract import find_events, find_quantities
from selon.lang import load_pack
from selon.model import Report
from selon.nlp import Pipeline, load_pipeline


@cache
def pipeline(lang: str) -> Pipeline:
    return load_pipeline(None, lang)


def actor(text: str, word: str, lang: str = "fr") -> str | None:
    """The words of the actor of the event whose trigger holds a word; "?" where no event is told there."""
    parse = pipeline(lang).parse(text, [(0, len(text))])
    report, pack = Report("r", text, lang), load_pack(lang)
    events = find_events(report, parse, pack, find_quantities(report, parse, pack, ()), ())
    at = text.index(word)
    told = next((e for e in events if e.trigger.start < at + len(word) and at < e.trigger.end), None)
    return "?" if told is None else told.actor.span.text if told.actor is not None else None


FRENCH = [
    ("Kaboul accuse Islamabad d'avoir bombardé la province.", "bombardé", "Islamabad"),
    ("Le Tchad impute le raid aux rebelles du nord.", "raid", "rebelles du nord"),
    ("Une frappe, attribuée à l'armée malienne, a détruit le marché.", "frappe", "l'armée malienne"),
    ("Trois soldats ont péri dans une embuscade tendue par des miliciens.", "embuscade", "des miliciens"),
    ("L'aviation soudanaise aurait pris part aux raids.", "raids", "L'aviation soudanaise"),
    ("Le Rwanda a poursuivi ses frappes sur le nord.", "frappes", "Le Rwanda"),
    ("Des opérations israéliennes de représailles ont suivi.", "représailles", "israéliennes"),
    ("Nigeria : Boko Haram attaque une base militaire", "attaque", "Boko Haram"),
    ("La rencontre entre le roi et le président a eu lieu à Doha.", "rencontre", "le roi et le président"),
    ("Le colonel avait dénoncé un complot et promis un châtiment exemplaire.", "promis", "Le colonel"),
    ("Deux prêtres ont été enlevés par des individus non identifiés.", "enlevés", "des individus non identifiés"),
    ("Médecins sans frontières a suspendu ses activités à Gonaïves.", "suspendu", "Médecins sans frontières"),
    ("Les FSR, en guerre contre l'armée, ont pilonné la ville.", "pilonné", "Les FSR"),
    ("La police revendique « cinq assaillants abattus ».", "abattus", "La police"),
    ("L'ONU a mis en cause l'armée malienne dans l'exécution sommaire de dix civils.", "exécution", "l'armée malienne"),
    ("Une centaine de secouristes sont mobilisés à Derna.", "mobilisés", "Une centaine de secouristes"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "expected"), FRENCH, ids=[f[0] for f in FRENCH])
def test_who_acts_in_french(text: str, word: str, expected: str) -> None:
    assert actor(text, word) == expected


NOBODY = [
    ("Ni l'armée ni les rebelles n'ont revendiqué la frappe.", "frappe"),
    ("Aucun groupe n'a revendiqué l'attaque.", "attaque"),
    ("La mission de l'ONU a condamné l'attaque.", "attaque"),
    ("Quarante blessés ont été soignés à Derna.", "soignés"),
    ("Cinquante pêcheurs ont pu être secourus.", "secourus"),
    ("Quatre familles ont été évacuées par précaution.", "évacuées"),
    ("Le ministère a annoncé que douze cibles avaient été détruites.", "détruites"),
]


@pytest.mark.parametrize(("text", "word"), NOBODY, ids=[n[0] for n in NOBODY])
def test_nobody_is_said_to_have_acted(text: str, word: str) -> None:
    assert actor(text, word) in (None, "?")


ENGLISH = [
    ("The Houthis claimed responsibility for attacking two ships.", "attacking", "The Houthis"),
    ("The attack, which wounded 11 people, was blamed on the PKK.", "attack", "the PKK"),
    ("Kenya has sent 400 police officers to Haiti.", "sent", "Kenya"),
    ("Kenyan foreign ministry summons the Ethiopian envoy over a raid", "summons", "foreign ministry"),
]


@pytest.mark.parametrize(("text", "word", "expected"), ENGLISH, ids=[e[0] for e in ENGLISH])
def test_who_acts_in_english(text: str, word: str, expected: str) -> None:
    assert actor(text, word, "en") == expected


def test_a_headline_may_name_what_was_hit() -> None:
    assert actor("Hospital hit in Gaza, ten dead", "hit", "en") in (None, "?")


def test_an_item_under_a_heading_tells_what_the_heading_says() -> None:
    text = "DÉGÂTS CONSTATÉS\n• 25 écoles au minimum\n• 6 ponts\n\nLe rapport suivra."
    parse = pipeline("fr").parse(text, [(0, 16), (17, 38), (39, 46), (48, len(text))])
    report, pack = Report("r", text, "fr"), load_pack("fr")
    events = find_events(report, parse, pack, find_quantities(report, parse, pack, ()), ())
    assert [[(f.count_of, f.low) for f in e.figures] for e in events if e.figures] == [[("damaged", 25)], [("damaged", 6)]]
    assert {e.type for e in events} == {"harm"}
