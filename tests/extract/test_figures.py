"""What a number counts: own sentences, each with the trigger of its event and the figures that belong to it."""

from __future__ import annotations

from functools import cache

import pytest

from selon.extract.candidate import Candidate
from selon.extract.figures import bind_figures
from selon.extract.quantities import find_quantities
from selon.lang import load_pack
from selon.model import EventType, Report, Span
from selon.nlp import Pipeline, load_pipeline

PACK = load_pack("fr")
Found = list[tuple[str, int | None, int | None]]


@cache
def pipeline() -> Pipeline:
    return load_pipeline(None, "fr")


def figures(text: str, *triggers: tuple[str, EventType]) -> Found:
    """(count_of, low, high) of all figures in text order."""
    parse = pipeline().parse(text, [(0, len(text))])
    candidates = []
    for word, kind in triggers:
        at = text.index(word)
        tokens = parse.between(at, at + len(word))
        inside = {t.i for t in tokens}
        head = next((t for t in tokens if t.is_root or t.head not in inside), tokens[0])
        span = Span.of(text, at, at + len(word))
        candidates.append(Candidate(head.i, tuple(sorted(inside)), span, head.lemma, kind, "happened", "test"))
    found = bind_figures(parse, PACK, candidates, find_quantities(Report("r", text, "fr"), parse, PACK, ()))
    ordered = sorted((f for fs in found.values() for f in fs), key=lambda f: (f.span.start, f.count_of))
    return [(f.count_of, f.low, f.high) for f in ordered]


CASES: list[tuple[str, tuple[tuple[str, EventType], ...], Found]] = [
    ("Le séisme a fait 12 morts et 30 blessés.", (("séisme", "disaster"),), [("killed", 12, 12), ("wounded", 30, 30)]),
    ("Une frappe a tué au moins neuf personnes près du marché.", (("frappe", "attack"),), [("killed", 9, None)]),
    ("Deux pêcheurs ont été tués et cinq autres blessés.", (("ont été tués", "harm"),), [("killed", 2, 2), ("wounded", 5, 5)]),
    ("Une cinquantaine de rebelles ont péri dans la bataille.", (("bataille", "clash"),), [("killed", 50, 50)]),
    ("L'attentat a coûté la vie à 18 fidèles.", (("attentat", "explosion"),), [("killed", 18, 18)]),
    ("Le raid n'a pas fait de victimes.", (("raid", "airstrike"),), [("killed", 0, 0), ("wounded", 0, 0)]),
    ("L'incendie n'a fait aucun blessé.", (("incendie", "disaster"),), [("wounded", 0, 0)]),
    ("Aucun mort n'est à déplorer après l'explosion.", (("explosion", "explosion"),), [("killed", 0, 0)]),
    ("Les 14 marins sont sains et saufs.", (("sains et saufs", "harm"),), [("killed", 0, 0), ("wounded", 0, 0)]),
    ("L'armée a abattu 21 des 23 missiles.", (("a abattu", "interception"),), [("intercepted", 21, 21), ("launched", 23, 23)]),
    ("La défense aérienne a détruit 40 drones sur 52.", (("a détruit", "interception"),), [("intercepted", 40, 40), ("launched", 52, 52)]),
    ("Trois drones ont été interceptés dans la nuit.", (("interceptés", "interception"),), [("intercepted", 3, 3)]),
    ("L'ennemi a tiré une trentaine de roquettes.", (("a tiré", "shelling"),), [("launched", 30, 30)]),
    ("Un missile s'est abattu sur un marché.", (("s'est abattu", "missile_strike"),), [("launched", 1, 1), ("hit", 1, 1)]),
    ("Plus de 40 maisons ont été détruites par la tempête.", (("tempête", "disaster"),), [("destroyed", 40, None)]),
    ("Une dizaine d'immeubles sont endommagés.", (("endommagés", "harm"),), [("damaged", 10, 10)]),
    ("Des milliers d'habitants ont fui les combats.", (("ont fui", "evacuation"),), [("displaced", 2000, None)]),
    ("Quelque 300 villageois ont été évacués.", (("évacués", "evacuation"),), [("displaced", 300, 300)]),
    ("Le gymnase héberge 120 sinistrés.", (("héberge", "sheltering"),), [("sheltered", 120, 120)]),
    ("La police a arrêté sept suspects.", (("a arrêté", "detention"),), [("captured", 7, 7)]),
    ("Environ 20.000 foyers sont privés d'électricité.", (("privés", "outage"),), [("cut_off", 20000, 20000)]),
    ("Le pays a livré 31 chars à son voisin.", (("a livré", "weapons_transfer"),), [("delivered", 31, 31)]),
    ("L'ONG a distribué 5 tonnes de riz.", (("a distribué", "relief"),), [("delivered", 5, 5)]),
    ("L'instructeur a formé 200 soldats.", (("a formé", "training"),), [("trained", 200, 200)]),
    ("Un millier de personnes ont manifesté.", (("ont manifesté", "protest"),), [("participants", 1000, 1000)]),
    ("Le crash a fait 17 tués ou blessés.", (("crash", "disaster"),), [("other", 17, 17)]),
    ("Le bilan est passé de 10 à 17 morts.", (("morts", "harm"),), [("killed", 10, 10), ("killed", 17, 17)]),
    ("Douze personnes, dont trois enfants, ont été tuées.", (("tuées", "harm"),), [("killed", 12, 12), ("killed", 3, 3)]),
    ("Le nombre de morts est passé à sept.", (("morts", "harm"),), [("killed", 7, 7)]),
    ("Disparus : plus de 900", (("Disparus", "harm"),), [("missing", 900, None)]),
    ("Un homme de 34 ans a été blessé à 3 km de là.", (("blessé", "harm"),), [("wounded", 1, 1)]),
    ("Le crash a coûté la vie à quatre pilotes et blessé onze passants.", (("crash", "disaster"),), [("killed", 4, 4), ("wounded", 11, 11)]),
    ("Le nombre de déplacés a dépassé les 70.000.", (("déplacés", "evacuation"),), [("displaced", 70000, None)]),
    ("La crue a fait six morts. Le maire, lui, parle de 14.", (("crue", "disaster"), ("14", "harm")), [("killed", 6, 6), ("killed", 14, 14)]),
    ("Des combats ont eu lieu dans trois villages.", (("combats", "clash"),), [("other", 3, 3)]),
    ("Deux bergers ont péri, un à Djibo et un à Titao.", (("ont péri", "harm"),), [("killed", 2, 2), ("killed", 1, 1), ("killed", 1, 1)]),
    ("Le raid a tué trois gendarmes et blessé sept autres.", (("raid", "airstrike"),), [("killed", 3, 3), ("wounded", 7, 7)]),
    ("Un obus est tombé, tuant deux élèves et en blessant six.", (("est tombé", "shelling"),), [("launched", 1, 1), ("killed", 2, 2), ("wounded", 6, 6)]),
    ("La défense a neutralisé 40 drones ennemis sur 52 lancés.", (("a neutralisé", "interception"),), [("intercepted", 40, 40), ("launched", 52, 52)]),
    ("Une institutrice est dans un état grave après le tir.", (("tir", "shelling"),), [("wounded", 1, 1)]),
    ("Le bilan grimpe à 14.", (("bilan", "harm"),), [("killed", 14, 14)]),
    ("Un certain nombre de mineurs ont été tués.", (("tués", "harm"),), [("killed", 2, None)]),
    ("L'avion s'est écrasé avec 14 personnes à bord.", (("écrasé", "disaster"),), [("other", 14, 14)]),
    ("Policier tué dans une fusillade", (("fusillade", "attack"),), [("killed", 1, 1)]),
    ("Sa mère a été tuée par le tir.", (("tir", "shelling"),), [("killed", 1, 1)]),
    ("Une trentaine de pêcheurs ont pu être secourus.", (("secourus", "relief"),), [("other", 30, 30)]),
    ("La crue a fait 47 morts - 14 femmes et 33 hommes.", (("crue", "disaster"),), [("killed", 47, 47), ("killed", 14, 14), ("killed", 33, 33)]),
    ("La tempête a laissé 300 personnes sans abri.", (("tempête", "disaster"),), [("displaced", 300, 300)]),
    ("Le tir a touché un immeuble de neuf étages.", (("tir", "shelling"),), [("hit", 1, 1)]),
    ("Les tirs ont causé des dégâts à trois immeubles.", (("tirs", "shelling"),), [("damaged", 3, 3)]),
    ("Deux ouvriers figurent parmi les blessés.", (("blessés", "harm"),), [("wounded", 2, 2)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "triggers", "expected"), CASES, ids=[c[0] for c in CASES])
def test_a_count_is_bound(text: str, triggers: tuple[tuple[str, EventType], ...], expected: Found) -> None:
    assert figures(text, *triggers) == expected


ALONE: list[tuple[str, str, EventType]] = [
    ("Un voisin a vu la frappe.", "frappe", "attack"),
    ("La frappe, à 12 km de la ville, a eu lieu vers 4 heures.", "frappe", "attack"),
    ("Un ministre âgé de 61 ans a dénoncé l'attaque.", "attaque", "attack"),
    ("L'attaque du 7 octobre 2023 a changé la région.", "attaque", "attack"),
    ("Le tir d'un obusier de 155 mm a été entendu.", "tir", "shelling"),
    ("La moitié des 900 habitants ont été évacués.", "évacués", "evacuation"),
    ("Les deux pays ont dénoncé l'attaque.", "attaque", "attack"),
    ("Le char a fait feu près d'une école.", "fait feu", "attack"),
    ("Leur fils a vu la frappe.", "frappe", "attack"),
    ("Près de 80 % des maisons ont été détruites par le cyclone.", "cyclone", "disaster"),
]


@pytest.mark.parametrize(("text", "trigger", "kind"), ALONE, ids=[a[0] for a in ALONE])
def test_what_counts_nothing_of_the_event_is_left_alone(text: str, trigger: str, kind: EventType) -> None:
    assert figures(text, (trigger, kind)) == []


def test_nothing_without_events() -> None:
    assert figures("Le séisme a fait 12 morts.") == []


def test_population_and_unit_come_with_the_count() -> None:
    text = "Trois infirmières ont été tuées."
    parse = pipeline().parse(text, [(0, len(text))])
    candidate = Candidate(parse.tokens[-2].i, (parse.tokens[-2].i,), Span.of(text, 26, 31), "tuer", "harm", "happened", "test")
    (found,) = bind_figures(parse, PACK, [candidate], find_quantities(Report("r", text, "fr"), parse, PACK, ()))[0]
    assert (found.unit, found.population, found.count_of) == ("infirmières", "medical", "killed")
