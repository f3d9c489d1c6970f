"""The day of publication from a text's own clues. All reports here are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from selon.lang import available, load_pack
from selon.model import Published, Report
from selon.resolve.when.dating import date_text

PACK = load_pack("fr")


def dated(text: str) -> Published:
    return date_text(Report("r", text, "fr"), PACK)


@pytest.mark.parametrize(
    ("text", "day", "basis"),
    [
        ("LIMA, 12 mars 2022 (Agence) - Un séisme a touché la côte.", "2022-03-12", "stated"),
        ("Une digue cède\n\nPublié le 12 mars 2022 à 08h15\n\nLa digue a cédé dans la nuit.", "2022-03-12", "stated"),
        ("Une digue cède\n\nPublié le : 12/03/2022 - 08:15\n\nLa digue a cédé.", "2022-03-12", "stated"),
        ("Des tirs à la frontière.\n\nagc/xy 121830 MAR 22", "2022-03-12", "stated"),
        (" date 2022-03 \nUne digue cède\n\nKHULNA, 12 mars (Agence) - La digue a cédé samedi.", "2022-03-12", "stated"),
        ("Bulletin\nPériode : 7 au 12 mars 2022\n\nDeux ponts détruits.", "2022-03-12", "inferred"),
        ("Troisième anniversaire de l'explosion du port de Beyrouth : la foule s'est recueillie.", "2023-08-04", "inferred"),
        ("Au 430e jour de la guerre, les combats se poursuivent dans l'est de l'Ukraine.", "2023-04-29", "inferred"),
        ("LA LETTRE · mercredi 11 octobre\n\nL'attaque du Hamas a tout changé.", "2023-10-11", "inferred"),
        ("BENI (12 mars 2022). La digue a cédé.", "2022-03-12", "stated"),
        ("BENI, 12 mars 2022 /LAC/- La digue a cédé.", "2022-03-12", "stated"),
        ("La digue a cédé\nModifié le 13/03/2022 à 08:00, publié le 12/03/2022\nLa digue a cédé.", "2022-03-12", "stated"),
        ("Bonjour, nous sommes le samedi 12 mars 2022, il est midi. La digue a cédé.", "2022-03-12", "stated"),
        ("Bulletin n° 8 – 12 mars 2022\n\nLa digue a cédé.", "2022-03-12", "stated"),
        ("Guerre en Ukraine, jour 430 : la ligne ne bouge plus.", "2023-04-29", "inferred"),
        (
            "Le glacier effondré sur Blatten mercredi a barré la rivière. Une séance d'information se tient ce vendredi.",
            "2025-05-30",
            "inferred",
        ),
        ("LAGOS, mercredi (Agence) - Le théâtre de Marioupol a été soufflé mercredi.", "2022-03-16", "inferred"),
        ("BEYROUTH, 20 septembre (Agence) - Le Liban enterre ses morts, trois jours après les bipeurs.", "2024-09-20", "inferred"),
        ("Le dimanche des Rameaux, deux missiles ont tué à Soumy. On pleure les morts depuis hier.", "2025-04-14", "inferred"),
        # A minister's term leaves the years, the weekday told the one.
        ("QUITO, 14 mars (Agence) - La ministre des Affaires étrangères Catherine Colonna est arrivée mardi.", "2023-03-14", "inferred"),
        ("BRASILIA, 3 juin (Agence) - Le président Jair Bolsonaro a survolé vendredi la zone inondée.", "2022-06-03", "inferred"),
        # A war's age.
        ("PORT-SOUDAN, 2 mai (Agence) - Après deux ans de guerre au Soudan, le marché a rouvert.", "2025-05-02", "inferred"),
        ("BEIRA, 17 avril (Agence) - Un mois après le cyclone Idai, les écoles rouvrent.", "2019-04-17", "inferred"),
        ("Soudan\nPériode : du 9 au 15 avril\nUn an de guerre au Soudan : les marchés sont vides.", "2024-04-15", "inferred"),
        ("Deux ans jour pour jour après l'invasion de l'Ukraine, les cloches ont sonné.", "2024-02-24", "inferred"),
        # Datelines of every make, and days counted from an occurrence.
        ("KISUMU, 30 janv. - Corneille Nangaa, du M23, s'est montré jeudi à Goma.", "2025-01-30", "inferred"),
        ("DIFFA, vendredi (Agence) - Deux jours après le coup contre Bazoum, le Niger a fermé son ciel.", "2023-07-28", "inferred"),
        ("LEH, jeudi 24 avril. Deux jours après l'attentat de Pahalgam, au Cachemire, les touristes repartent.", "2025-04-24", "inferred"),
        ("Haïti\n\nLes policiers kényans ont patrouillé ce dimanche 30 juin.", "2024-06-30", "inferred"),
        (
            "LAMBALLE, 30 sept - Le préfet a rouvert le pont lundi, en présence du Premier ministre Edouard Philippe.",
            "2019-09-30",
            "inferred",
        ),
        # The address of a page.
        ("https://journal.example/monde/20220312/la-digue-a-cede.html\n\nLa digue a cédé.", "2022-03-12", "stated"),
        # The stamp of a page.
        ("Le lac monte\n\n18 décembre, 11:02\n\nÀ Mayotte, on compte les morts du cyclone Chido.", "2024-12-18", "inferred"),
        (" date 2023-06 \nLa collecte\n\nTAMBOV, lundi. Depuis le 24 juin, les dons affluent.", "2023-06-26", "inferred"),
    ],
)
def test_one_day_is_left(text: str, day: str, basis: str) -> None:
    found = dated(text)
    assert (found.earliest, found.latest, found.basis) == (day, day, basis)
    assert found.evidence
    for e in found.evidence:
        assert text[e.span.start : e.span.end] == e.span.text
        assert e.says


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Un obus est tombé mardi sur le marché.",
        "KHULNA, 12 mars (Agence) - La digue a cédé.",
        "Le glacier effondré sur Blatten a barré la rivière.",
        "Le théâtre de Marioupol a été soufflé lundi.",
        "Le maire a pris la parole le 12 mars.",
        "En 1998, une crue avait déjà emporté le pont. KHULNA, 12 mars.",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert dated(text) == Published()


def test_a_month_bounds_the_day() -> None:
    found = dated(" date 2022-03 \nLe pont a cédé le 12 mars, a dit le maire.")
    assert found.day is None
    assert (found.earliest, found.latest, found.basis) == ("2022-03-12", "2022-03-31", "unknown")


def test_what_came_with_the_report_wins() -> None:
    given = Published("2022-03-20", "2022-03-20", "given")
    report = replace(Report("r", "LIMA, 12 mars 2022 (Agence) - Un séisme.", "fr"), published=given)
    assert date_text(report, PACK) == given


@pytest.mark.parametrize("lang", available())
def test_occurrences_begin_with_words_in_full(lang: str) -> None:
    pack = load_pack(lang)
    lines = pack.table("time-news")["news"] if (pack.folder / "tables" / "time-news.yml").is_file() else []
    for line in lines:
        day, first, *_ = line.split()
        assert date.fromisoformat(day).isoformat() == day
        assert "*" not in first, line
