import subprocess
import sys

import pytest

from selon.intake.language import identify

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
