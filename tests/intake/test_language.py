import subprocess
import sys

import pytest

from selon.intake import Input, read_bytes
from selon.intake.language import identify, others

FRENCH = (
    "Les habitants de la ville ont été évacués dans la nuit après une série de tirs, selon la préfecture. Deux ponts sont fermés, "
    "et les secours attendent des renforts qui ont quitté la capitale avec des vivres pour une semaine."
)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (FRENCH, "fr"),
        ("Une frappe de drone sur le port a fait quatre blessés", "fr"),
        ("Two people were wounded when a drone hit the harbour, the mayor said.", "en"),
        ("Унаслідок удару загинули двоє людей, повідомив мер", "uk"),
        ("Удар по Чернігову", "uk"),
        ("В результате удара погибли два человека, сообщил мэр", "ru"),
        ("У выніку ўдару загінулі два чалавекі", "be"),
        ("El alcalde dijo que dos personas resultaron heridas en el ataque contra el puerto. " * 4, "es"),
        ("Il sindaco ha detto che due persone sono rimaste ferite nell'attacco al porto.", "it"),
        ("Der Bürgermeister sagte, dass bei dem Angriff zwei Menschen verletzt wurden.", "de"),
        ("Les autoritats han confirmat que les víctimes són dues i que la situació és greu. " * 4, "ca"),
        ("12:30 – 14:05", "und"),
    ],
)
def test_language(text: str, lang: str) -> None:
    assert identify(text) == lang


def test_a_quotation_in_another_language_does_not_decide() -> None:
    assert identify(FRENCH + " « Слава Україні », a crié un homme.") == "fr"
    assert (
        identify(
            "Мер повідомив про двох поранених у місті. «Это было очень громко», — сказав житель. Її доправили до лікарні, її чоловіка — теж."
        )
        == "uk"
    )


def test_clear_french_does_not_load_the_model() -> None:
    code = f"import sys; from selon.intake.language import identify; print(identify({FRENCH!r}), 'py3langid' in sys.modules, 'numpy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["fr", "False", "False"]


HEADLINES = """
fr Séisme au large de Crète : pas de victimes
fr Couvre-feu à Nouméa
fr Mali : embuscade près de Ménaka, six soldats tués
fr Drones sur Odessa
fr Haïti : vingt morts
fr Kharkiv privée d'électricité
fr Évacuation de Kherson
en Quake hits Crete, no casualties
en Curfew in Noumea
en Air raid on Khan Younis near Kherson and Zhytomyr
en Truce extended by two days
en Kharkiv loses power
en Two dead in Sloviansk
uk Вибух у Харкові
uk Двоє загиблих у Слов'янську
uk Евакуація з Херсона
ru Взрыв в Харькове
ru Воздушная тревога в Киеве
ru Пожар на складе под Белгородом
es Dos muertos en un ataque contra el puerto de Odesa
it Attacco con droni su Odessa, due morti
de Zwei Tote bei Drohnenangriff auf Odessa
pl Dwie osoby zginęły w ataku na port w Odessie
tr Odesa limanına saldırıda iki kişi öldü
ar قتيلان في هجوم على ميناء أوديسا
fa دو کشته در حمله به بندر اودسا
zh 敖德萨港口遭袭两人死亡
ru-Latn Vzryv v Kharkove: dvoe pogibshikh, soobshchil mer goroda
ru-Latn V rezultate udara po portu pogibli dva cheloveka, soobshchil mer
uk-Latn Vybukh u Kharkovi: dvoye zahynulykh, povidomyv miskyi holova
uk-Latn Unaslidok udaru po portu zahynuly dvoye lyudey
"""


@pytest.mark.parametrize("line", HEADLINES.strip().split("\n"))
def test_headlines(line: str) -> None:
    lang, _, text = line.partition(" ")
    assert identify(text) == lang


def test_what_a_page_declares_decides_only_where_words_do_not() -> None:
    assert identify(FRENCH, "en") == "fr"
    assert identify("Odessa, Kherson, Mykolaiv", "fr") == "fr"


ENGLISH = (
    "Residents of the town were evacuated during the night after a series of shots, the prefecture said. Two bridges are closed, and rescuers are waiting for "
    "reinforcements that have left the capital with supplies for a week."
)


def test_a_text_in_two_languages_says_so() -> None:
    assert others(f"{FRENCH}\n\n{ENGLISH}", "fr") == ("en",)
    assert others(f"{FRENCH}\n\n{FRENCH}\n« We are waiting », dit-il.", "fr") == ()
    (item,) = read_bytes(f"{FRENCH}\n\n{ENGLISH}".encode(), name="communique.txt")
    assert isinstance(item, Input) and item.report.lang in ("fr", "en")
    assert [n.code for n in item.notes] == ["SEL-I046"]
