"""What holds for any text whatever: passages are in order, disjoint and cover everything but white space."""

from hypothesis import given, settings
from hypothesis import strategies as st

from selon.intake import build_report
from selon.intake.fold import fold, words
from selon.intake.lines import split_lines

PARTS = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", "\r", " ", "\xa0", "\u2028", "\x85", "11h58 : ", "[07:44] ", "18:22 | ", " date 2021-07 ", "LIRE AUSSI : ", "(AFP)", "[lien]",
        "Goma, 3 mai (AFP) - ", "Par Anne Martin", "- ", "• ", "Commenter cet article", "X/AFP", "©", "***", "Photo : ", "Le maire a parlé. ",
        "Deux ponts ont été détruits dans la nuit de lundi à mardi, selon la préfecture. ", "Abonnez-vous ! ", "\u200f", "\u200b", "\ufeff", "İ", "ß", "\x00", "|", "A.B.",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PARTS, st.text(max_size=5)), max_size=25).map("".join))


@settings(max_examples=300)
@given(TEXTS, st.sampled_from(["fr", "und"]), st.sampled_from([None, "2021-07-19", "0001-01-01"]))
def test_passages_are_ordered_disjoint_and_cover_the_text(text: str, lang: str, published: str | None) -> None:
    report = build_report(text, id="x", lang=lang, published=published)
    assert report.text == text
    at = 0
    for p in report.passages:
        assert at <= p.start < p.end <= len(text)
        assert not text[at : p.start].strip()
        assert text[p.start : p.end] == text[p.start : p.end].strip()
        at = p.end
    assert not text[at:].strip()


@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert build_report(text, id="x", lang="fr") == build_report(text, id="x", lang="fr")


@given(TEXTS)
def test_lines_hold_every_letter_once(text: str) -> None:
    lines = split_lines(text)
    assert "".join("".join(text[x.start : x.end].split()) for x in lines) == "".join(text.split())


@given(st.text())
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert all(w == fold(w) for w in words(text))
