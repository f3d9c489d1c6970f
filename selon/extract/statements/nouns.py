"""Cues that are nouns: "les accusations selon lesquelles…", "un appel à l'aide de X". May import: `view`, `cues`, `extent`, `sources`."""

from __future__ import annotations

from collections.abc import Mapping

from selon.extract.statements.cues import Cue
from selon.extract.statements.extent import extent
from selon.extract.statements.sources import noun_phrase, speaks
from selon.extract.statements.view import Draft, View

Range = tuple[int, int]


def find_nouns(view: View, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> list[Draft]:
    """Statements of cue nouns that govern a clause or an infinitive."""
    out: list[Draft] = []
    for i, t in enumerate(view.tokens):
        if t.pos not in ("NOUN", "PROPN"):
            continue
        entry = view.lexis.nouns.get(t.lemma.lower())
        if entry is None:
            continue
        takes = entry.get("takes").split()
        start = _governed(view, i, takes)
        if start is None:
            if any("none" in view.cls[j] for j in range(max(0, i - 2), i)):
                continue  # "there were no reports of …"
            if "noun" in takes and (told := _told(view, i)) is not None:
                content, source = told
                out.append(
                    Draft(
                        i, (i, i), source, view.tokens[content[0]].start, view.tokens[content[1]].end, entry["stance"], "cue-noun", "noun"
                    )
                )
            continue
        first, source = start
        end = extent(view, i, first, cues, "that", groups)
        stance = entry["stance"]
        if "rumour" in view.lexis.classes(t.lemma.lower()):
            stance = "hearsay"
        if source is None and "relative" in takes and stance in ("asserts", "accuses"):
            stance = "hearsay" if stance == "asserts" else stance
        out.append(Draft(i, (i, i), source, view.tokens[first].start, view.tokens[end].end, stance, "cue-noun", "noun"))
    return out


def _told(view: View, i: int) -> tuple[Range, Range | None] | None:
    """What a cue noun tells of in its complement ("des rumeurs de pillage", "l'annonce de 46 licenciements par la direction"), and who tells it."""
    _, last = view.sentence_range(i)
    k = i + 1
    while k <= last and view.tokens[k].pos == "ADJ":
        k += 1
    if k >= last or "of" not in view.cls[k]:
        return None
    head = next((j for j in range(k + 1, min(last, k + 5) + 1) if view.tokens[j].pos == "NOUN"), None)
    if head is None or speaks(view, head) or any(view.tokens[j].pos not in ("DET", "ADJ", "NUM", "ADV") for j in range(k + 1, head)):
        return None
    if "of" in view.cls[k] and "article" in view.cls[k] and not view.numbered(k + 1, head):
        return None
    first, end = noun_phrase(view, head, k)
    source: Range | None = None
    for j in range(head + 1, end + 1):
        who = next((x for x in range(j + 1, end + 1) if view.tokens[x].pos in ("NOUN", "PROPN")), None)
        if view.is_(j, "of", "by") and who is not None and speaks(view, who) in ("person", "body"):
            source, end = noun_phrase(view, who, j + 1), j - 1
            break
    return (min(first, k), end), source


def _governed(view: View, i: int, takes: list[str]) -> tuple[int, tuple[int, int] | None] | None:
    """First token of the governed clause, and the source when an adjective or a complement names it."""
    _, last = view.sentence_range(i)
    k = i + 1
    source: tuple[int, int] | None = None
    while k <= last and k - i < 9:
        t, c = view.tokens[k], view.cls[k]
        if "according" in c and "relative" in takes and k + 1 <= last and ("relative" in view.cls[k + 1]):
            return (k + 2, source) if k + 2 <= last else None
        if "after" in c and "relative" in takes and k + 1 <= last and "relative" in view.cls[k + 1]:
            return (k + 2, source) if k + 2 <= last else None
        if "that" in c and "that" in takes and t.pos == "SCONJ":
            return k, source
        if "that" in takes and k == i + 1 and "rumour" in view.lexis.classes(view.tokens[i].lemma.lower()):
            # "le bruit court que …", "la rumeur veut que …"
            mark = next((j for j in range(k + 1, min(last, k + 5) + 1) if "that" in view.cls[j]), None)
            if mark is not None and view.is_verb(k):
                return mark, None
        if t.pos == "ADJ":
            if "people" in c or t.lemma.lower() in view.lexis.peoples:
                source = (k, k)
            k += 1
            continue
        if "of" in c and k + 1 <= last:
            j = k + 1
            if view.tokens[j].feats.get("VerbForm") == "Inf":
                return (k, source) if "infinitive" in takes else None
            while j <= last and view.tokens[j].pos in ("DET", "ADJ", "NUM"):
                j += 1
            if j <= last and view.tokens[j].pos in ("NOUN", "PROPN", "PRON") and speaks(view, j):
                source = noun_phrase(view, j, k + 1)
                k = source[1] + 1
                continue
            return None
        return None
    return None
