"""What changed between two versions of a text."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from selon.views.changes import change_lines, changes

BEFORE = "Nyala frappée\n\nAu moins douze personnes ont été tuées, selon le Croissant-Rouge.\n\nL'armée dément.\n\nLe marché était ouvert."
AFTER = "Nyala frappée\n\nAu moins  sept personnes ont été tuées, selon le Croissant-Rouge.\n\nLe marché était ouvert.\n\nLe gouverneur a annoncé un deuil."


def test_words_passages_taken_away_and_added() -> None:
    one, gone, new = changes(BEFORE, AFTER)
    assert [p for p in one.parts if p[0] != " "] == [("-", "douze"), ("+", "sept")]
    assert (gone.before, gone.after) == ("L'armée dément.", None) and (new.before, new.after) == (None, "Le gouverneur a annoncé un deuil.")
    told = [line.text for line in change_lines(changes(BEFORE, AFTER))]
    assert told[0] == "± Au moins [-douze-]{+sept+} personnes ont été tuées, selon le Croissant-Rouge."
    assert told[1].startswith("- ") and told[2].startswith("+ ")


def test_spaces_are_no_change() -> None:
    assert changes("a b\n\nc", "a  b\nc\n") == ()


@settings(deadline=None)
@given(st.lists(st.text("ab \n", max_size=12), max_size=8), st.lists(st.text("ab \n", max_size=12), max_size=8))
def test_both_texts_can_be_had_back_from_the_changes(old: list[str], new: list[str]) -> None:
    before, after = "\n".join(old), "\n".join(new)
    for c in changes(before, after):
        assert "".join(w for s, w in c.parts if s != "+") == (c.before or "")
        assert "".join(w for s, w in c.parts if s != "-") == (c.after or "")
    assert changes(before, before) == ()


def test_long_texts_are_compared_in_bounded_time() -> None:
    before = "\n".join(f"ligne {n} du texte avec quelques mots" for n in range(3000))
    after = before.replace("quelques", "peu de").replace("ligne 7 ", "ligne sept ")
    began = time.monotonic()
    assert len(changes(before, after)) == 3000
    changes("x " * 50_000, "y " * 50_000)
    assert time.monotonic() - began < 20
