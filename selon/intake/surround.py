"""What belongs to the page and not to the report: whole lines. May import: `phrases`, `fold`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selon.intake.fold import fold, words
from selon.intake.phrases import DATED_MAX, INSIDE_MAX, NAMED_MAX, START_MAX, WEAK_MAX, Phrases

LONG = 420
"""Code points above which a line is a paragraph and not looked up as a whole."""

_WORD = re.compile(r"[^\W_]+")
_SEGMENT = re.compile(r"\s*[|·•▪]\s*|\s+(?:[–—/]|//)\s+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|@\w+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}|#\w+(?:[\s,]+#\w+)*")
_DESK = re.compile(r"\(?[a-zà-ÿ]{2,10}(?:-[a-zà-ÿ]{2,4})?(?:/[a-zà-ÿ]{2,4}){1,5}(?:\s+\d{6}\s+[A-Z]{3}\s+\d{2})?\)?")
_INITIALS = re.compile(r"\(?(?:[A-ZÀ-Ý]\.[\s-]?){2,4}(?:/\s?(?:[A-ZÀ-Ý]\.[\s-]?){1,4})*\)?|(?:[A-ZÀ-Ý]\.){1,3}/(?:[A-ZÀ-Ý]\.?){1,3}")
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ«])")  # "À lire aussiCrues" : the link's text without a space
_DATED = re.compile(r"\d{1,2}\s?[hH:]\s?(?:\d{2})?\b|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\b(?:19|20)\d{2}\b")
_TIME = re.compile(r"\d{1,4}|\d{1,2}h(?:\d{2})?|h")
_BRACKETED = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text as folded words, with where the words end."""

    raw: str
    words: list[str]
    ends: list[int]

    @classmethod
    def of(cls, raw: str) -> Words:
        low = fold(raw)
        found = list(_WORD.finditer(low))
        return cls(raw, [m[0] for m in found], [m.end() for m in found])


def is_separator(raw: str) -> bool:
    """No letter and no figure in it."""
    return not any(c.isalnum() for c in raw)


def announces_links(w: Words, ph: Phrases) -> int:
    """2 when the line is the heading of a list of links ("À lire aussi :"), 1 when it announces the next line, 0 else."""
    k = ph.start.at(w.words, 0) or ph.label.at(w.words, 0)
    if not k:
        return 0
    if w.raw.endswith(":"):
        return 2
    return 1 if k == len(w.words) else 0


def is_boilerplate(w: Words, ph: Phrases, label: bool = True) -> bool:
    """Whether a line (or a bracket, or a last sentence) is not the report. `label` False leaves out phrases that also open headlines."""
    n = len(w.words)
    if n == 0:
        return True
    if w.raw[0] in "([" and (-1 < w.raw.find(")" if w.raw[0] == "(" else "]") < len(w.raw) - 2):
        return False  # the bracket is judged by itself
    if n <= INSIDE_MAX and ph.end.closes(w.words):
        return True
    if n <= START_MAX and ph.start.at(w.words, 0):
        return True
    if n <= START_MAX and ph.weak.at(w.words, 0) and (n <= WEAK_MAX or any(x in ph.shop for x in w.words[1:])):
        return True
    if n <= INSIDE_MAX and ph.inside.anywhere(w.words):
        return True
    if _GLUED.search(w.raw, 0, 60) and n <= START_MAX and ph.start.at(words(_GLUED.sub(" ", w.raw[:80])), 0):
        return True
    first = next((i for i, x in enumerate(w.words) if not x.isdigit()), n)
    k = ph.whole.at(w.words, first)
    if k and all(x.isdigit() for x in w.words[first + k :]):
        return True
    if label and n <= START_MAX:
        k = ph.label.at(w.words, 0)
        if k and (k == n or w.raw[w.ends[k - 1] :].lstrip(' \t\xa0\u202f»)]"*').startswith((":", "|", "–", "—", "- ", ".", ">"))):
            return True
    if n <= DATED_MAX and ph.dated.at(w.words, 0) and _DATED.search(w.raw) and not (w.raw.endswith(".") and n > 16):
        return True
    raw = w.raw
    if raw.startswith(("©", "(c)", "(C)", "(©")) and n <= 20:
        return True
    return bool(_ADDRESS.fullmatch(raw)) or is_credit(w, ph) or _is_menu(w, ph)


def is_credit(w: Words, ph: Phrases) -> bool:
    """Only agencies and the words beside them ("Avec AFP"), or a signature of the house."""
    n = len(w.words)
    if not 0 < n <= NAMED_MAX:
        return False
    if ph.signature.at(w.words, 0) == n:
        return True
    if n <= 8 and n > 2 and w.words[-1] in ph.agencies and (w.words[-2] in ph.credit or (w.words[-2] == "l" and w.words[-3] in ph.credit)):
        return True
    parts = w.raw.split(" / ")
    if len(parts) > 1 and words(parts[0]) and words(parts[0])[0] in ph.agencies and n <= 8:
        return True
    if n > 6:
        return False
    agencies = sum(x in ph.agencies for x in w.words)
    return agencies > 0 and all(x in ph.agencies or x in ph.credit or x in ph.pool or len(x) == 1 for x in w.words)


def is_desk(raw: str) -> bool:
    """A desk's code or initials at the end of a dispatch: `bur-ab/cd/ef`, `R.H./A.K.`."""
    bare = _BRACKETED.sub("", raw).strip() if raw.endswith((")", "]")) and len(raw) < 90 else raw
    return bool(_DESK.fullmatch(raw) or _INITIALS.fullmatch(bare or raw))


def is_byline(w: Words, ph: Phrases) -> bool:
    """Who wrote it and when: "Par …", "De notre envoyé spécial …", a date and nothing else."""
    n = len(w.words)
    if 2 < n <= 9 and any(x.isdigit() and len(x) == 4 for x in w.words) and all(_TIME.fullmatch(x) or x in ph.dateline for x in w.words):
        return True
    if " / " in w.raw and n <= NAMED_MAX:
        return any(is_byline(Words.of(p), ph) for p in w.raw.split(" / "))
    if not 1 < n <= NAMED_MAX or w.raw.endswith((".", "?", "!")):
        return False
    k = ph.byline.at(w.words, 0)
    if not k or k == n:
        return bool(k)
    return k > 2 or w.raw[w.ends[k - 1] :].lstrip(" :\xa0\t'’")[:1].isupper()


def is_name(raw: str) -> bool:
    """Two to four capitalised words and nothing else, as an author's name stands under a headline or at the end."""
    bare = _BRACKETED.sub("", raw).strip() if len(raw) < 90 else raw
    parts = bare.replace("-", " ").split()
    return 2 <= len(parts) <= 4 and all(p[0].isupper() and not p.isupper() and p.replace("'", "").replace("’", "").isalpha() for p in parts)


def _is_menu(w: Words, ph: Phrases) -> bool:
    """Short items in a row, parted by bars or dots: sharing buttons, key words, links between pages."""
    if len(w.words) > INSIDE_MAX:
        return False
    parts = [p for p in _SEGMENT.split(w.raw) if p.strip()]
    if len(parts) < 2:
        return False
    items = [Words.of(p) for p in parts]
    if any(x in w.raw for x in "|·") or len(parts) > 2:
        section = len(parts) > 2 or len(w.words) <= 7  # "MONDE | …" may stand over a headline
        for item in items:
            n = len(item.words)
            if n and (
                ph.start.at(item.words, 0) or (section and ph.whole.at(item.words, 0) == n) or (ph.dated.at(item.words, 0) and n < 9)
            ):
                return True
            if n > 1 and item.words[0].isdigit() and ph.whole.at(item.words, 1) == n - 1:
                return True
    if any(x in w.raw for x in ("·", "//", "|")) and w.raw[0] != "|":
        return len(parts) >= 3 and all(0 < len(i.words) <= 5 for i in items)
    return len(parts) >= 4 and all(0 < len(i.words) <= 3 and not i.words[0].isdigit() for i in items)
