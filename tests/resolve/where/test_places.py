"""Places in sentences: the pack's corpus read with the live pipeline, and what must hold of any place that is found."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.intake import build_report
from selon.lang import load_pack
from selon.lang.strict_yaml import load_yaml
from selon.model import Event, Figure, Place, Span
from selon.nlp import Pipeline, load_pipeline
from selon.resolve.where import find_places, place_events

PACK = load_pack("fr")
CORPUS: list[tuple[str, dict[str, Any]]] = [
    (lang, case) for lang in ("fr", "en") for case in load_yaml(load_pack(lang).folder / "corpus" / "places.yml")
]


@cache
def pipeline(lang: str = "fr") -> Pipeline:
    return load_pipeline(None, lang)


def places(text: str, lang: str = "fr") -> tuple[Place, ...]:
    report = build_report(text, id="t", lang=lang)
    return find_places(report, pipeline(lang).parse(text, [(0, len(text))]), load_pack(lang))


@pytest.mark.parametrize(("lang", "case"), CORPUS, ids=lambda c: str(c["text"])[:40] if isinstance(c, dict) else c)
def test_corpus(lang: str, case: dict[str, Any]) -> None:
    found = places(case["text"], lang)
    for words, expected in (case.get("places") or {}).items():
        name, country, *precision = [x.strip() for x in expected.split(",")]
        hits = [p for p in found if words in p.span.text]
        assert hits, f"{words!r} is not among {[p.span.text for p in found]}"
        assert any(
            p.name.startswith(name) and (p.country or "") == country and (not precision or p.precision == precision[0]) for p in hits
        ), hits
    for words in case.get("none") or []:
        assert not [p for p in found if words in p.span.text]


def placed(text: str, *triggers: str) -> list[str | None]:
    """Names of the places of events whose triggers are given (type after a bar, `attack` by default)."""
    report = build_report(text, id="t", lang="fr")
    parse = pipeline().parse(text, [(0, len(text))])
    events = []
    for k, t in enumerate(triggers):
        word, _, kind = t.partition("|")
        at = text.index(word)
        events.append(Event(f"e{k}", kind or "attack", Span.of(text, at, at + len(word)), "happened", "test"))  # type: ignore[arg-type]
    out = place_events(report, parse, PACK, events, find_places(report, parse, PACK), ())
    return [e.place.name if e.place else None for e in out]


def test_the_finest_place_of_the_sentence() -> None:
    text = "Une frappe a fait quatre morts à Homs, dans le centre de la Syrie, selon les secours."
    assert placed(text, "frappe", "morts|harm") == ["Homs", "Homs"]


def test_carried_on_and_brought_back() -> None:
    text = (
        "Une explosion a secoué lundi la ville de Goma, en République démocratique du Congo.\n\n"
        "Douze personnes ont été blessées. Un marché a brûlé.\n\nLe gouverneur a annoncé un couvre-feu."
    )
    assert placed(text, "explosion|explosion", "blessées|harm", "brûlé|disaster", "couvre-feu|restriction") == ["Goma"] * 4


def test_what_stands_in_front_holds_for_the_clause() -> None:
    text = "À Kharkiv, deuxième ville du pays, un immeuble de neuf étages s'est effondré après deux tirs."
    assert placed(text, "s'est effondré|harm", "tirs|missile_strike") == ["Kharkiv", "Kharkiv"]


def test_where_it_is_said_is_not_where_it_happened() -> None:
    text = "Une mine a tué trois bergers près de Kidal, au Mali. À Genève, une porte-parole a déploré ces morts."
    assert placed(text, "a tué|killing", "morts|harm")[0] == "Kidal"


def test_a_launch_is_where_it_strikes() -> None:
    text = "Des missiles tirés depuis la Biélorussie ont frappé la ville ukrainienne de Jytomyr."
    assert placed(text, "ont frappé|missile_strike") == ["Zhytomyr"]


def test_no_place_where_none_was_told() -> None:
    assert placed("Une frappe a fait quatre morts dans la nuit.", "frappe") == [None]
    assert placed("Le ministre a promis de livrer des chars à Kiev.", "livrer|weapons_transfer") == [None]


@pytest.mark.parametrize(
    ("text", "triggers", "expected"),
    [
        (
            "Vingt bergers ont été tués à Zourma, dans le nord du Mali. C'est l'attaque la plus meurtrière dans le pays depuis 2022.",
            ["tués|killing", "attaque|attack"],
            ["Zourma", "Zourma"],
        ),
        (
            "Des hommes armés ont incendié mardi le village de Zilga Peul, au Burkina Faso. Les greniers ont brûlé. Le village est vide.",
            ["incendié|attack", "brûlé|harm", "est vide|evacuation"],
            ["Zilga Peul", "Zilga Peul", "Zilga Peul"],
        ),
        (
            "Une bombe a explosé à Taïz, au Yémen. Une marchande réfugiée à Ibb parle de huit tués.",
            ["explosé|explosion", "tués|harm"],
            ["Taiz", "Taiz"],
        ),
        (
            "Un obus est tombé sur Kadugli, au Soudan. Les blessés ont été conduits à l'hôpital de Dilling. Six maisons ont été détruites.",
            ["tombé|shelling", "détruites|harm"],
            ["Kadugli", "Kadugli"],
        ),
        (
            "Haïti : des gangs attaquent Mirebalais\n\nDes gangs ont attaqué lundi la ville de Mirebalais. Une prison a été vidée.\n\n"
            "Douze maisons ont été brûlées.",
            ["attaquent|attack", "ont attaqué|attack", "vidée|attack", "brûlées|harm"],
            ["Mirebalais"] * 4,
        ),
        ("Des civils tués près du Togo, dans l'est du Burkina Faso.", ["tués|killing"], ["Burkina Faso"]),
    ],
    ids=["comparison", "unknown-village", "whereabouts", "hospital", "kicker", "beyond-the-border"],
)
def test_where_the_story_is(text: str, triggers: list[str], expected: list[str]) -> None:
    assert placed(text, *triggers) == expected


def test_thousands_are_a_countrys_toll() -> None:
    text = "Au Soudan, deux marchands ont été tués à Kosti. Depuis 2023, les combats ont fait plus de 20.000 morts. Une boutique a brûlé."
    report = build_report(text, id="t", lang="fr")
    parse = pipeline().parse(text, [(0, len(text))])
    span = [Span.of(text, text.index(w), text.index(w) + len(w)) for w in ("tués", "morts", "brûlé")]
    toll = (Figure(span[1], "killed", "morts", 20_000, None, "more_than"),)
    events = [Event(f"e{k}", "harm", at, "happened", "test", figures=toll if k == 1 else ()) for k, at in enumerate(span)]
    found = place_events(report, parse, PACK, events, find_places(report, parse, PACK), ())
    assert [e.place.name if e.place else None for e in found] == ["Kosti", "Sudan", "Kosti"]


def test_the_place_of_an_event_says_why() -> None:
    text = "Une grenade a explosé à Uvira, dans le Sud-Kivu, en RDC. Trois passants ont été blessés."
    report = build_report(text, id="t", lang="fr")
    parse = pipeline().parse(text, [(0, len(text))])
    events = [
        Event(f"e{k}", "harm", Span.of(text, text.index(w), text.index(w) + len(w)), "happened", "test")
        for k, w in enumerate(["explosé", "blessés"])
    ]
    own, carried = (e.place for e in place_events(report, parse, PACK, events, find_places(report, parse, PACK), ()))
    assert own is not None and "named in the event's own sentence, rejected there: South Kivu" in own.because
    assert carried is not None and "carried on from 1 sentence before; the story was there last" in carried.because
    assert "named in" not in carried.because


ALPHABET = st.sampled_from(
    ["à ", "Kiev", " ", "la région de ", "Gaza", ", ", "(", "). ", "\n", "le village de ", "Zzyx", "É", "🙂", "«", "»", "l’", "de ", "et "]
)


@settings(max_examples=30, deadline=None)
@given(st.lists(ALPHABET, max_size=25).map("".join))
def test_any_text_keeps_its_offsets(text: str) -> None:
    report = build_report(text, id="t", lang="fr")
    parse = pipeline().parse(text, [(0, len(text))])
    found = find_places(report, parse, PACK)
    for p in found:
        assert text[p.span.start : p.span.end] == p.span.text and p.span.text.strip() == p.span.text
        assert (p.lat is None) == (p.precision == "unresolved") == (p.radius_km is None)
        assert p.because
    assert [p.span.start for p in found] == sorted(p.span.start for p in found)
    assert found == find_places(report, parse, PACK)
