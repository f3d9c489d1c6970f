"""Copies are marked when they come, and nothing is dropped."""

from __future__ import annotations

from dataclasses import replace

from selon.ledger import Ledger
from selon.ledger.rows import report_id
from selon.model import Report, SourceInfo

WIRE = (
    "Quatre pêcheurs ont été retrouvés sains et saufs mercredi matin au large de Tabarka, ont annoncé les garde-côtes. Leur embarcation dérivait depuis deux jours "
    "après une panne de moteur, et une avarie de radio les empêchait d'appeler à l'aide. Un avion de patrouille les a repérés à l'aube, à une trentaine de milles de la "
    "côte. Ils ont été conduits à l'hôpital de la ville pour des examens. Les autorités du port rappellent que la météo restera mauvaise jusqu'à vendredi et "
    "déconseillent toute sortie aux petites embarcations, dont plusieurs ont chaviré la semaine passée près du cap."
)
OTHER = (
    "Le parlement a voté jeudi la prolongation de l'état d'urgence dans les trois provinces du nord, par cent douze voix contre quarante. Le ministre de l'Intérieur a "
    "défendu devant les députés une mesure qu'il dit indispensable, tandis que l'opposition dénonçait un texte écrit sans consultation. Les préfets pourront interdire "
    "les rassemblements de nuit et contrôler les véhicules sur les routes qui mènent à la frontière pendant soixante jours."
)


def a(name: str, text: str, url: str | None = None) -> Report:
    return Report(id=name, text=text, lang="fr", source=SourceInfo(url=url))


def test_near_and_exact_copies_are_marked_and_kept(ledger: Ledger) -> None:
    first, other = a("first", WIRE, "https://a.example/1"), a("other", OTHER, "https://a.example/2")
    same = a("same", WIRE.replace(". ", ".\n\n"), "https://b.example/9")
    longer = a("longer", "Notre correspondant sur place décrit une ville qui attendait. " + WIRE + " " + OTHER[:200], "https://c.example/3")
    for report in (first, other, same, longer):
        ledger.keep(report)
    assert len(list(ledger.reports())) == 4
    assert ledger.original(first) is None and ledger.original(other) is None
    found, near = ledger.original(same), ledger.original(longer)
    assert found is not None and (found.name, found.share) == ("first", 1.0)
    assert near is not None and near.name in ("first", "same") and 0.8 < near.share < 1
    assert {c.name for c in ledger.copies(first)} >= {"same"}
    assert ledger.copies(other) == ()


def test_a_new_version_at_the_same_address_is_no_copy(ledger: Ledger) -> None:
    ledger.keep(a("v1", WIRE, "https://a.example/1"))
    changed = a("v2", WIRE.replace("Quatre", "Cinq"), "https://a.example/1")
    ledger.keep(changed)
    assert ledger.original(changed) is None


def test_short_texts_are_told_apart(ledger: Ledger) -> None:
    ledger.keep(a("one", "Séisme de magnitude 5 au large de la côte nord, pas de victimes.", "https://a.example/1"))
    two = a("two", "Séisme de magnitude 6 près de la côte sud, deux maisons fissurées.", "https://a.example/2")
    ledger.keep(two)
    assert ledger.original(two) is None
    assert report_id(two) != report_id(replace(two, text="x"))
