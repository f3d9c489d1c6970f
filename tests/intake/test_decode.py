import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.errors import InputError
from selon.intake import decode

FRENCH = "L’été dernier, « près de 40 » œuvres à Kyïv : cœur, façade, forêt, Noël.\r\nDeuxième ligne."
UKRAINIAN = "Уночі ворог атакував область дронами, є двоє поранених. Їх доправили до лікарні."
RUSSIAN = "Ночью беспилотники атаковали город, есть пострадавшие. Это подтвердил мэр."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_comes_back_whatever_the_encoding(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding)).text == FRENCH


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (UKRAINIAN, "cp1251"), (RUSSIAN, "koi8-u"), (UKRAINIAN, "utf-16-le")])
def test_cyrillic_code_pages_are_told_apart(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.encoding == encoding


def test_a_guess_is_said() -> None:
    assert [i.code for i in decode("Déjà évacués".encode("cp1252"), place="a.txt").issues] == ["SEL-I010"]
    assert decode(FRENCH.encode()).issues == ()


def test_latin1_when_cp1252_has_no_such_letter() -> None:
    assert decode(b"r\xe9gion\x81 \xe9vacu\xe9e").text == "région\x81 évacuée"


def test_line_ends_and_marks_are_kept() -> None:
    text = "un\r\ndeux\rtrois\u2028\u200f\u202aquatre\u202c\ufeff"
    assert decode(text.encode()).text == text


def test_one_broken_byte_does_not_turn_a_text_into_another_encoding() -> None:
    raw = FRENCH.encode()[:-5] + b"\xe9" + FRENCH.encode()[-5:]
    decoded = decode(raw)
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 1
    assert [i.code for i in decoded.issues] == ["SEL-I011"]


def test_lone_surrogates_become_a_replacement_character() -> None:
    decoded = decode(("Des tirs entendus à l’aube près de la frontière, a été établi" + "\ud800").encode("utf-8", "surrogatepass"))
    decoded.text.encode("utf-8")
    assert decoded.text.startswith("Des tirs entendus à l’aube")


@pytest.mark.parametrize(
    "broken", ["Les blessÃ©s ont Ã©tÃ© Ã©vacuÃ©s", "Lâ€™armÃ©e a dÃ©menti", "РџСЂРµР·РёРґРµРЅС‚ Р·Р°СЏРІРёР» Рѕ РїРµСЂРµРјРёСЂРёРё"]
)
def test_mojibake_is_noticed_and_left_alone(broken: str) -> None:
    decoded = decode(broken.encode())
    assert decoded.text == broken
    assert [i.code for i in decoded.issues] == ["SEL-I012"]


@pytest.mark.parametrize("sound", [FRENCH, UKRAINIAN, RUSSIAN, "São Tomé, Ãgua, Åland, Ârea, Рига, СССР, РСФСР"])
def test_sound_text_is_no_mojibake(sound: str) -> None:
    assert decode(sound.encode()).issues == ()


@pytest.mark.parametrize("raw", [b"", b"  \n\t\r\n ", b"\xef\xbb\xbf", "\u3000\u2003".encode()])
def test_nothing_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError, match="SEL-I001"):
        decode(raw, place="a.txt")


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7 \xe2\xe3",
        gzip.compress(b"bonjour", mtime=0),
        b"PK\x03\x04rest",
        b"texte avec \0 dedans",
        bytes(range(256)) * 20,
        b"\x01\x02\x03\x04\x05" * 50,
    ],
)
def test_what_is_no_text_is_refused_with_a_place_an_excerpt_and_a_remedy(raw: bytes) -> None:
    with pytest.raises(InputError) as e:
        decode(raw, place="dossier/a.bin")
    assert (e.value.code, e.value.place) == ("SEL-I003", "dossier/a.bin")
    assert e.value.excerpt
    assert e.value.remedy


def test_a_few_control_characters_are_tolerated() -> None:
    text = "Page un.\x0cPage deux.\x1b[0m Fin \x07."
    assert decode(text.encode()).text == text


def test_size_limit() -> None:
    assert decode(b"a" * 100, limit=100).text == "a" * 100
    with pytest.raises(InputError, match="SEL-I002"):
        decode(b"a" * 101, limit=100)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_an_input_error(raw: bytes) -> None:
    try:
        decoded = decode(raw)
    except InputError:
        return
    decoded.text.encode("utf-8")  # can be stored
    assert decoded.text.strip()


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    try:
        assert decode(text.encode()).text == text.removeprefix("\ufeff")
    except InputError as e:
        assert e.code in ("SEL-I001", "SEL-I003")
