"""The conjugation and inflection of French, and what the shipped lexicon knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from selon.lang import load_pack
from selon.nlp.lexicon import Entry, Lexicon, dump
from selon.nlp.load import shipped
from training.lexicon import build, verbs
from training.morphology.french_nominals import Endings, adjective, adverb, noun
from training.settings import OWN

FOLDER = OWN / "fr.morphology"


@pytest.fixture(scope="module")
def paradigms() -> dict[str, set[tuple[str, str]]]:
    return {verb: set(rows) for verb, rows in verbs(FOLDER)}


@pytest.fixture(scope="module")
def built() -> dict[str, Entry]:
    return build(FOLDER)


@pytest.fixture(scope="module")
def endings() -> Endings:
    return Endings.load(FOLDER / "endings.yml")


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("tuer", "tue=v3s tuons=v1p tua=v3s tuèrent=v3p tuera=v3s tuerait=vC3s tués=vKmp tuées=vKfp tuant=vG tuât=v3s"),
        ("menacer", "menace=v3s menaçons=v1p menaçait=v3s menacions=v1p menaça=v3s menacèrent=v3p menaçant=vG menacé=vKms"),
        ("exiger", "exigeait=v3s exigions=v1p exigeons=v1p exigea=v3s exigèrent=v3p exigeant=vG"),
        ("déployer", "déploie=v3s déployons=v1p déploiera=v3s déployait=v3s déployé=vKms"),
        ("payer", "paie=v3s paye=v3s paiera=v3s payera=v3s"),
        ("lever", "lève=v3s levons=v1p lèveront=v3p levé=vKms"),
        ("jeter", "jette=v3s jetait=v3s jetteront=v3p"),
        ("appeler", "appelle=v3s appelons=v1p appellerait=vC3s"),
        ("acheter", "achète=v3s achetons=v1p achètera=v3s"),
        ("céder", "cède=v3s cédons=v1p cédera=v3s cèdera=v3s"),
        ("protéger", "protège=v3s protégeait=v3s protégera=v3s"),
        ("envoyer", "envoie=v3s enverra=v3s enverrait=vC3s envoyé=vKms"),
        ("agir", "agit=v3s agissent=v3p agissait=v3s agira=v3s agissant=vG agi=vKms"),
        ("abattre", "abat=v3s abattent=v3p abattu=vKms abattit=v3s abattra=v3s"),
        ("détruire", "détruit=v3s détruisent=v3p détruisit=v3s détruits=vKmp"),
        ("prendre", "prend=v3s prennent=v3p prenait=v3s prit=v3s prirent=v3p prise=vKfs prenne=v3s"),
        ("maintenir", "maintient=v3s maintiennent=v3p maintint=v3s maintiendra=v3s maintenu=vKms"),
        ("mourir", "meurt=v3s meurent=v3p mourut=v3s mourront=v3p mortes=vKfp"),
        ("craindre", "craint=v3s craignent=v3p craignait=v3s craignant=vG"),
        ("contredire", "contredit=v3s contredisez=v2p contredisent=v3p"),
        ("dire", "dites=v2p dit=vKms disent=v3p dît=v3s"),
        ("faire", "font=v3p faites=v2p fassent=v3p fera=v3s"),
        ("savoir", "sait=v3s sachant=vG sache=v3s saurait=vC3s sut=v3s"),
        ("pouvoir", "peuvent=v3p puisse=v3s pourraient=vC3p pu=vKms"),
        ("devoir", "doit=v3s dû=vKms due=vKfs devraient=vC3p"),
        ("recevoir", "reçoit=v3s reçu=vKms reçut=v3s recevra=v3s"),
        ("acquérir", "acquiert=v3s acquis=vKms acquerra=v3s"),
        ("découvrir", "découvre=v3s découvert=vKms découvrit=v3s"),
        ("fuir", "fuit=v3s fuyait=v3s fuient=v3p fui=vKms"),
        ("vaincre", "vainc=v3s vainquent=v3p vaincu=vKms"),
        ("suivre", "suit=v3s suivi=vKms"),
        ("vivre", "vit=v3s vécu=vKms vécut=v3s"),
        ("exclure", "exclut=v3s exclu=vKms excluent=v3p exclurait=vC3s"),
        ("inclure", "inclus=vKms incluse=vKfs"),
        ("reconnaître", "reconnaît=v3s reconnaissent=v3p reconnu=vKms reconnut=v3s"),
        ("naître", "naît=v3s naquit=v3s nées=vKfp"),
        ("résoudre", "résout=v3s résolvent=v3p résolu=vKms"),
        ("falloir", "faut=v3s faudrait=vC3s fallu=vKms"),
        ("être", "est=v3s furent=v3p serait=vC3s soient=v3p étant=vG été=vKms"),
        ("avoir", "ont=v3p eut=v3s aurait=vC3s ayant=vG eu=vKms"),
    ],
)
def test_conjugation(paradigms: dict[str, set[tuple[str, str]]], verb: str, forms: str) -> None:
    wanted = {(form, label) for form, _, label in (item.partition("=") for item in forms.split())}
    assert wanted <= paradigms[verb]


@pytest.mark.parametrize(
    ("verb", "wrong"), [("menacer", "menacons"), ("exiger", "exigons"), ("lever", "leve"), ("pouvoir", "pue"), ("être", "étée")]
)
def test_forms_that_do_not_exist(paradigms: dict[str, set[tuple[str, str]]], verb: str, wrong: str) -> None:
    assert wrong not in {form for form, _ in paradigms[verb]}


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("grand", "grand grands grande grandes"),
        ("russe", "russe russes"),
        ("israélien", "israélien israéliens israélienne israéliennes"),
        ("naval", "naval navals navale navales"),
        ("régional", "régional régionaux régionale régionales"),
        ("public", "public publics publique publiques"),
        ("français", "français française françaises"),
        ("heureux", "heureux heureuse heureuses"),
        ("offensif", "offensif offensifs offensive offensives"),
        ("nouveau", "nouveau nouveaux nouvelle nouvelles"),
        ("protecteur", "protecteur protecteurs protectrice protectrices"),
        ("antérieur", "antérieur antérieurs antérieure antérieures"),
        ("inquiet", "inquiet inquiets inquiète inquiètes"),
        ("muet", "muet muets muette muettes"),
    ],
)
def test_adjectives(endings: Endings, word: str, forms: str) -> None:
    assert {form for form, _ in adjective(word, endings)} == set(forms.split())


@pytest.mark.parametrize(
    ("word", "genders", "forms"),
    [
        ("hôpital", "m", "hôpital=nms hôpitaux=nmp"),
        ("travail", "m", "travail=nms travaux=nmp"),
        ("voix", "f", "voix=nfs voix=nfp"),
        ("feu", "m", "feu=nms feux=nmp"),
        ("pneu", "m", "pneu=nms pneus=nmp"),
        ("état-major", "m", "état-major=nms états-majors=nmp"),
        ("journaliste", "c", "journaliste=ns journalistes=np"),
        ("sauveteur", "p", "sauveteur=nms sauveteurs=nmp sauvetrice=nfs sauvetrices=nfp"),
        ("infirmier", "p", "infirmier=nms infirmiers=nmp infirmière=nfs infirmières=nfp"),
    ],
)
def test_nouns(endings: Endings, word: str, genders: str, forms: str) -> None:
    assert {f"{form}={label}" for form, label in noun(word, genders, endings)} == set(forms.split())


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("lent", "lentement"),
        ("violent", "violemment"),
        ("constant", "constamment"),
        ("vrai", "vraiment"),
        ("actif", "activement"),
        ("rapide", "rapidement"),
    ],
)
def test_adverbs(endings: Endings, word: str, expected: str) -> None:
    assert adverb(word, endings) == expected


def test_the_shipped_lexicon_is_the_one_that_the_lists_give(built: dict[str, Entry], tmp_path: Path) -> None:
    dump(tmp_path / "lexicon.xz", built)
    fresh, kept = Lexicon.load(tmp_path / "lexicon.xz"), Lexicon.load(shipped("fr") / "lexicon.xz")
    assert [f for f in built if fresh.find(f) != kept.find(f)] == []


def test_participles_are_nouns_and_adjectives_too() -> None:
    lexicon = Lexicon.load(shipped("fr") / "lexicon.xz")
    assert [lexicon.lemmas("enlevées", pos) for pos in ("VERB", "ADJ", "NOUN")] == [["enlever"], ["enlevé"], ["enlevé"]]
    assert lexicon.lemmas("bombardements", "NOUN") == ["bombardement"]
    assert lexicon.lemmas("mobilisations", "NOUN") == ["mobilisation"]


@pytest.mark.parametrize("name", ["event-verbs", "reporting-verbs"])
def test_the_verbs_of_the_pack_are_conjugated(paradigms: dict[str, set[tuple[str, str]]], name: str) -> None:
    words = {key.removeprefix("s'") for key in load_pack("fr").lexicons[name].entries if " " not in key}
    verbs_of_it = {w for w in words if w.endswith(("er", "ir", "re"))}
    assert len(verbs_of_it & paradigms.keys()) >= 0.98 * len(verbs_of_it)
