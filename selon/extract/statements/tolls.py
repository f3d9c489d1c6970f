"""Counts and pictures that the sentence names after or before what they say: "Le décompte, donné par la police, est de 18 morts",
"Neuf morts : c'est le bilan du maire", "Des rues vides : les images …". May import: `view`, `sources`."""

from __future__ import annotations

from selon.extract.statements.sources import noun_phrase, speaks
from selon.extract.statements.view import Draft, View

Range = tuple[int, int]
_REACH = 14
"""Tokens between the count and its number at most."""


def find_tolls(view: View) -> list[Draft]:
    """Statements of such counts and pictures in text order."""
    out: list[Draft] = []
    for i, t in enumerate(view.tokens):
        if t.pos != "NOUN":
            continue
        classes = view.lexis.classes(t.lemma.lower())
        draft = None
        if "retold" in classes:
            draft = _amounting(view, i) or _listed(view, i)
        elif "picture" in classes:
            draft = _pictured(view, i) or _scene(view, i)
        if draft is not None:
            out.append(draft)
    return out


def _given(view: View, i: int, last: int) -> int | None:
    """The participle of giving right behind the count or its adjective and comma ("le décompte précédent, diffusé lundi")."""
    k = i + 1
    while k <= last and (view.tokens[k].pos == "ADJ" or view.tokens[k].text == ",") and k - i < 4:
        if _giving(view, k):
            break
        k += 1
    return k if k <= last and _giving(view, k) else None


def _giving(view: View, k: int) -> bool:
    t = view.tokens[k]
    given = "giving" in view.lexis.classes(t.lemma.lower()) or t.lemma.lower() in view.lexis.verbs
    return t.pos in ("VERB", "ADJ") and t.feats.get("VerbForm") == "Part" and t.feats.get("Tense") != "Pres" and given


def _giver(view: View, k: int, limit: int) -> Range | None:
    """Who gave the count: the phrase behind "by" after token `k`."""
    for j in range(k + 1, limit):
        if view.finite(j):
            return None
        if "by" in view.cls[j]:
            who = next((x for x in range(j + 1, min(limit, j + 5) + 1) if view.tokens[x].pos in ("NOUN", "PROPN")), None)
            if who is None or speaks(view, who) not in ("person", "body", "name"):
                return None
            first, last = noun_phrase(view, who, j + 1)
            return first, min(last, limit - 1)
    return None


def _amounting(view: View, i: int) -> Draft | None:
    """As in "Le décompte précédent, diffusé à midi, était de cinq tués": who gave it says so, else the count itself."""
    _, last = view.sentence_range(i)
    part = _given(view, i, last)
    if part is None:
        return _owned(view, i, last)
    verb = next((j for j in range(part + 1, min(last, part + _REACH) + 1) if view.finite(j)), None)
    if verb is None or verb + 2 > last:
        return None
    k = next((j for j in range(verb + 1, min(last, verb + 3) + 1) if view.is_(j, "of", "to")), None)
    if k is None or not view.numbered(k + 1, min(last, k + 3)):
        return None
    end = k + 1
    while end + 1 <= last and not (view.is_punct(end + 1) and view.tokens[end + 1].text != "%") and not view.finite(end + 1):
        end += 1
    first, stop = noun_phrase(view, i)
    own = first, min(stop, part - 1)
    while own[1] > i and view.is_punct(own[1]):
        own = own[0], own[1] - 1
    source = _giver(view, part, verb) or own
    return Draft(part, (part, part), source, view.tokens[k + 1].start, view.tokens[end].end, "asserts", "toll", "passive")


def _owned(view: View, i: int, last: int) -> Draft | None:
    """As in "The agency's early count was 90 dead", "Le bilan de la Croix-Rouge est de 12 morts": the count of somebody who speaks."""
    owner = next((c.i for c in view.children(i) if c.rel == "nmod" and speaks(view, c.i) in ("body", "person")), None)
    if owner is None:
        return None
    source = noun_phrase(view, owner)
    if owner < i:
        source = source[0], owner
    k = max(i, source[1]) + 1
    if k + 1 > last or not view.finite(k) or "copula" not in view.lexis.classes(view.tokens[k].lemma.lower()):
        return None
    start = k + 2 if "of" in view.cls[k + 1] else k + 1
    if not view.numbered(start, min(last, start + 3)):
        return None
    end = start
    while end + 1 <= last and not view.is_punct(end + 1) and not view.finite(end + 1):
        end += 1
    return Draft(i, (i, i), source, view.tokens[start].start, view.tokens[end].end, "asserts", "toll", "passive")


def _before_colon(view: View, i: int) -> tuple[int, Range] | None:
    """The colon before token `i` and what the sentence lists before it without a finite verb."""
    first, _ = view.sentence_range(i)
    colon = next((j for j in range(i - 1, first, -1) if view.tokens[j].text == ":"), None)
    if colon is None or i - colon > 8:
        return None
    words = [j for j in range(first, colon) if not view.is_punct(j)]
    if len(words) < 2 or any(view.finite(j) for j in words):
        return None
    return colon, (words[0], words[-1])


def _listed(view: View, i: int) -> Draft | None:
    """As in "Neuf morts et vingt blessés : c'est le dernier bilan communiqué par le maire"."""
    found = _before_colon(view, i)
    if found is None:
        return None
    colon, (first, end) = found
    _, last = view.sentence_range(i)
    part = _given(view, i, last)
    bare = part is not None and all(view.tokens[j].pos in ("DET", "ADJ") for j in range(colon + 1, i))
    if not ("cleft" in view.cls[colon + 1] or bare) or not view.numbered(first, end):
        return None
    source = _giver(view, part, last + 1) if part is not None else None
    if source is None and i + 2 <= last and "of" in view.cls[i + 1]:
        who = next((x for x in range(i + 2, min(last, i + 5) + 1) if view.tokens[x].pos in ("NOUN", "PROPN")), None)
        source = noun_phrase(view, who, i + 2) if who is not None and speaks(view, who) in ("person", "body", "name") else None
    at = part if part is not None else i
    if source is None:
        return None
    return Draft(at, (at, at), source, view.tokens[first].start, view.tokens[end].end, "asserts", "toll", "passive")


def _scene(view: View, i: int) -> Draft | None:
    """As in "Sur une vidéo, plusieurs corps gisent devant la gare": a picture that opens its sentence, with a comma and a clause without a cue."""
    first, last = view.sentence_range(i)
    k = first
    while k < i and view.is_punct(k):
        k += 1
    if not view.is_(k, "on", "in") or i - k > 3 or any(view.tokens[j].pos not in ("DET", "ADJ", "NUM") for j in range(k + 1, i)):
        return None
    comma = next((j for j in range(i + 1, min(last, i + 12) + 1) if view.tokens[j].text == "," or view.finite(j)), None)
    if comma is None or view.finite(comma) or view.quote_starting(view.tokens[comma].end) is not None:
        return None
    lead = comma + 1
    told = any(view.tokens[j].lemma.lower() in view.lexis.verbs for j in range(lead, last + 1))
    person = view.is_(lead, "nobody", "subject") or any("speaker" in view.cls[j] for j in range(lead, last + 1))
    if told or person or not any(view.finite(j) for j in range(lead, last + 1)) or last - lead < 3:
        return None
    end = last
    while end > lead and view.is_punct(end) and view.tokens[end].text not in (")", "»", "”", '"', "%"):
        end -= 1
    source = noun_phrase(view, i, k + 1)
    return Draft(
        i, (k, k), (source[0], min(source[1], comma - 1)), view.tokens[lead].start, view.tokens[end].end, "asserts", "toll", "initial"
    )


def _pictured(view: View, i: int) -> Draft | None:
    """As in "Des voitures en feu, une gare vide : les images ont fait le tour du monde": the pictures are the subject behind the colon."""
    found = _before_colon(view, i)
    if found is None or view.tokens[i].rel != "nsubj":
        return None
    colon, (first, end) = found
    if any(view.tokens[j].pos not in ("DET", "ADJ", "NUM") for j in range(colon + 1, i)) or speaks(view, first) or end - first < 4:
        return None
    verb = view.tokens[i].head
    return Draft(verb, (verb, verb), noun_phrase(view, i), view.tokens[first].start, view.tokens[end].end, "asserts", "toll", "colon")
