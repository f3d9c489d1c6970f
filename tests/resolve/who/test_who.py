"""Who speaks and acts: names, kinds and countries inside one report."""

from __future__ import annotations

from functools import cache

import pytest

from selon.lang import load_pack
from selon.model import Event, Mention, Place, Report, Source, Span, Statement
from selon.nlp import Pipeline, load_pipeline
from selon.resolve.who import name_actors, name_sources
from selon.resolve.who.lexis import lexis_of
from selon.resolve.who.mention import describe

PACK = load_pack("fr")


@cache
def pipeline() -> Pipeline:
    return load_pipeline(None, "fr")


def span(text: str, words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span.of(text, at, at + len(words))


def named(text: str, *sources: str | tuple[str, int], places: dict[str, str] | None = None) -> list[Source]:
    """The named sources of statements whose sources stand at the given words."""
    parse = pipeline().parse(text, [(0, len(text))])
    spans = [span(text, *s) if isinstance(s, tuple) else span(text, s) for s in sources]
    statements = [Statement(f"s{i}", Source(s, s.text), None, "asserts", Span.of(text, 0, 0), "t") for i, s in enumerate(spans)]
    found = [Place(span(text, name), name, country=country) for name, country in (places or {}).items()]
    out = name_sources(Report("r", text, "fr"), parse, PACK, statements, found)
    return [s.source for s in out if s.source is not None]


@pytest.mark.parametrize(
    ("text", "source", "kind", "country"),
    [
        ("Le ministère soudanais de la Santé a annoncé un bilan.", "Le ministère soudanais de la Santé", "official", "SD"),
        ("Selon l'armée pakistanaise, la route est fermée.", "l'armée pakistanaise", "official", "PK"),
        ("La Colombie accuse son voisin.", "La Colombie", "official", "CO"),
        ("Ankara dément.", "Ankara", "official", "TR"),
        ("Le Kremlin dément.", "Le Kremlin", "official", "RU"),
        ("D'après l'ONU, la faim gagne.", "l'ONU", "organisation", None),
        ("L'Otan a confirmé le vol.", "L'Otan", "organisation", None),
        ("Le M23 revendique la prise du village.", "Le M23", "armed_group", "CD"),
        ("Le Hezbollah affirme avoir tiré.", "Le Hezbollah", "armed_group", "LB"),
        ("Un porte-parole du Hamas a démenti.", "Un porte-parole du Hamas", "armed_group", "PS"),
        ("L'agence Tass cite un témoin.", "L'agence Tass", "media", "RU"),
        ("Une vidéo montre des flammes.", "Une vidéo", "document", None),
        ("Une habitante raconte la nuit.", "Une habitante", "witness", None),
        ("Un responsable américain a parlé.", "Un responsable américain", "anonymous", "US"),
        ("De source policière, on parle de deux morts.", "source policière", "anonymous", None),
        ("Les historiens en doutent.", "Les historiens", "expert", None),
        ("Le Premier ministre hongrois a dit non.", "Le Premier ministre hongrois", "official", "HU"),
        ("Le porte-parole de la police kényane a parlé.", "Le porte-parole de la police kényane", "official", "KE"),
        ("Médecins sans frontières alerte.", "Médecins sans frontières", "organisation", None),
        ("Le Département d'Etat a réagi.", "Le Département d'Etat", "official", "US"),
    ],
)
def test_kind_and_country(text: str, source: str, kind: str, country: str | None) -> None:
    (found,) = named(text, source)
    assert (found.kind, found.country) == (kind, country)


def test_a_short_name_means_the_full_one() -> None:
    text = "Le maire de Sarh, Abakar Mahamat, a compté les maisons. Plus tard, M. Mahamat a demandé de l'aide."
    first, second = named(text, "Le maire de Sarh, Abakar Mahamat", "M. Mahamat")
    assert first.name == second.name == "Abakar Mahamat"
    assert second.kind == "official"


def test_an_office_means_who_holds_it() -> None:
    text = "La gouverneure Rosa Quispe a visité le camp. La gouverneure a promis des tentes."
    assert named(text, "La gouverneure", ("La gouverneure", 1))[1].name == "Rosa Quispe"


def test_a_pronoun_means_the_last_speaker_that_agrees() -> None:
    text = "L'armée dément tout tir. « C'est faux », a-t-elle ajouté."
    assert named(text, "L'armée", "elle")[1].name == "armée"


def test_the_same_source_is_the_last_one() -> None:
    text = "Une source hospitalière évoque neuf morts. La même source parle de vingt blessés."
    first, second = named(text, "Une source hospitalière", "La même source")
    assert second.name == first.name
    assert second.kind == "anonymous"


def test_this_official_is_the_one_before() -> None:
    text = "Un diplomate européen y voit un tournant. Ce diplomate attend une réponse."
    first, second = named(text, "Un diplomate européen", "Ce diplomate")
    assert second.name == first.name


def test_local_authorities_belong_to_the_place_spoken_of() -> None:
    text = "A Bamenda, les autorités locales parlent de trois morts."
    (found,) = named(text, "les autorités locales", places={"Bamenda": "CM"})
    assert found.country == "CM"


def test_the_army_is_the_one_named_in_full_before() -> None:
    text = "L'armée birmane nie. Plus tard, l'armée a confirmé."
    assert named(text, "L'armée birmane", "l'armée")[1].country == "MM"


def test_actors_are_chains_and_private_persons_are_marked() -> None:
    text = "Le gouverneur Ivo Petrov a parlé. Une voisine a vu le feu. Selon M. Petrov, tout est calme."
    parse = pipeline().parse(text, [(0, len(text))])
    report = Report("r", text, "fr")
    words = ["Le gouverneur Ivo Petrov", "Une voisine", "M. Petrov"]
    statements = [Statement(f"s{i}", Source(span(text, w), w), None, "asserts", Span.of(text, 0, 0), "t") for i, w in enumerate(words)]
    named_ = name_sources(report, parse, PACK, statements, [])
    actors = name_actors(report, parse, PACK, [], named_)[1]
    assert [(a.name, len(a.mentions), a.private) for a in actors] == [("Ivo Petrov", 2, False), ("voisine", 1, True)]
    assert len({a.id for a in actors}) == 2


def test_actors_of_events_are_named() -> None:
    text = "Le M23 a pris la ville. Le mouvement avance."
    parse = pipeline().parse(text, [(0, len(text))])
    event = Event("e1", "territory_change", span(text, "a pris"), "happened", "t", actor=Mention(span(text, "Le M23")))
    other = Event("e2", "incursion", span(text, "avance"), "ongoing", "t", actor=Mention(span(text, "Le mouvement")))
    first, second = name_actors(Report("r", text, "fr"), parse, PACK, [event, other], [])[0]
    assert first.actor is not None and second.actor is not None
    assert first.actor.name == second.actor.name == "M23"


def test_every_table_row_has_a_known_kind_and_a_country_code() -> None:
    kinds = {"official", "armed_group", "politician", "media", "expert", "organisation", "witness", "anonymous", "document", "other"}
    for table in ("institutions", "people"):
        rows = PACK.table(table)[table]
        assert len(rows) > 300
        for row in rows:
            assert row["kind"] in kinds
            assert "country" not in row or (len(row["country"]) == 2 and row["country"].isupper())
    assert {e["kind"] for e in PACK.lexicons["actor-roles"]} <= kinds


def test_a_mention_of_nothing_is_none() -> None:
    parse = pipeline().parse("Oui.", [(0, 4)])
    assert describe(parse, Span(4, 4, ""), lexis_of(PACK)) is None


def acted(text: str, *actors: str | tuple[str, int]) -> list[str]:
    """The names of actors of events whose actors stand at the given words."""
    parse = pipeline().parse(text, [(0, len(text))])
    spans = [span(text, *a) if isinstance(a, tuple) else span(text, a) for a in actors]
    events = [Event(f"e{i}", "attack", s, "happened", "t", actor=Mention(s)) for i, s in enumerate(spans)]
    return [e.actor.name or "" for e in name_actors(Report("r", text, "fr"), parse, PACK, events, [])[0] if e.actor is not None]


def test_an_acronym_means_what_the_report_says_it_means() -> None:
    text = "Le Front patriotique du Nord (FPN) a attaqué Sarki. Le FPN a ensuite attaqué Doumbo."
    assert acted(text, "Le Front patriotique du Nord", "Le FPN") == ["Front patriotique du Nord"] * 2


def test_an_adjective_of_nationality_means_the_state() -> None:
    assert acted("Des raids soudanais ont visé la ville.", "soudanais") == ["Soudan"]


def test_a_possessive_means_who_was_told_of() -> None:
    assert acted("Les rebelles ont attaqué Sarki. Leur offensive continue.", "Les rebelles", "Leur") == ["rebelles", "rebelles"]


def test_a_pronoun_means_the_subject_rather_than_the_object() -> None:
    text = "Le général Issa Traoré a attaqué le ministre malien. Il a ensuite attaqué la radio."
    assert acted(text, "Le général Issa Traoré", "le ministre malien", "Il")[-1] == "Issa Traoré"


def test_a_number_at_the_head_is_no_name() -> None:
    assert acted("Deux soldats ont attaqué la radio.", "Deux soldats") == ["Deux soldats"]
