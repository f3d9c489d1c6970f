"""What stands beside a phrase that names a source: what still describes the source, what the phrase reaches. May import: `view`, `cues`,
`speakers`."""

from __future__ import annotations

from collections.abc import Mapping

from selon.extract.statements.cues import Cue
from selon.extract.statements.speakers import speaks
from selon.extract.statements.view import View


def over_apposition(view: View, k: int, last: int, source: tuple[int, int]) -> tuple[int, tuple[int, int]]:
    """Passes over what still describes the source behind a comma: a name, "cité par la radio", "de l'ONG Y"."""
    if k > last:
        return k, source
    t = view.tokens[k]
    name = t.pos == "PROPN"
    if not (name or ("of" in view.cls[k] and t.pos == "ADP") or (t.feats.get("VerbForm") == "Part" and t.feats.get("Tense") != "Pres")):
        return k, source
    j = k
    while j <= last and j - k < 16:
        if view.finite(j) or (name and view.tokens[j].pos not in ("PROPN", "PUNCT", "X", "NOUN", "ADJ")):
            return k, source
        if view.tokens[j].text == "," and any(view.finite(x) for x in range(j + 1, last + 1)):
            return j + 1, (source[0], j - 1) if name else source
        j += 1
    return k, source


def over_relative(view: View, k: int, last: int) -> int:
    """Passes over a relative clause about the source, up to the comma that closes it ("according to two officers, who …, the raid …")."""
    if k > last or not view.is_(k, "relative", "relative-other"):
        return k
    finite = next((j for j in range(k + 1, last + 1) if view.finite(j)), last)
    comma = next((j for j in range(finite + 1, last + 1) if view.tokens[j].text == ","), None)
    return comma + 1 if comma is not None and any(view.finite(j) for j in range(comma + 1, last + 1)) else k


def over_rest(view: View, k: int, stop: int, last: int) -> int:
    """Passes over what still belongs to a source that opens its sentence, where the parse has lost it: a prepositional phrase up to the comma,
    and an apposition without a verb between commas ("according to the Association for X, a monitoring group, more than …")."""
    if "bare-clauses" not in view.lexis.traits or k > last:
        return k
    if k == stop + 1 and view.tokens[k].pos == "ADP":
        comma = next((j for j in range(k, min(last, k + 10) + 1) if view.tokens[j].text == "," or view.finite(j)), None)
        if comma is not None and view.tokens[comma].text == ",":
            k = comma + 1
    if k <= last and view.is_(k, "article") and view.tokens[k].pos == "DET":
        comma = next((j for j in range(k, min(last, k + 9) + 1) if view.tokens[j].text == "," or view.finite(j)), None)
        if (
            comma is not None
            and view.tokens[comma].text == ","
            and comma < last
            and view.tokens[comma + 1].pos in ("DET", "NUM", "NOUN", "PROPN", "PRON", "ADJ")
            and any(view.finite(j) for j in range(comma + 1, last + 1))
            and not any(view.is_(j, "and") for j in range(k, comma))
        ):
            return comma + 1
    return k


def over_inserted(view: View, k: int, last: int, cues: Mapping[int, Cue]) -> int:
    """Passes over a cue between commas with its pronoun ("Selon une première enquête, a-t-il dit, le pont …")."""
    if k not in cues or cues[k].group.inverted is None:
        return k
    shut = cues[k].group.last + 1
    return shut + 1 if shut < last and view.tokens[shut].text == "," else k


def parting(view: View, lead: int, first: int) -> int:
    """The beginning of a complement clause in which a phrase between commas parts a verb from its object ("a dit que le raid a fait, selon un
    premier bilan, dix morts"); `lead` where there is none."""
    if view.tokens[first - 1].text != "," or view.tokens[first - 2].pos != "VERB":
        return lead
    for k in range(first - 3, lead, -1):
        if view.tokens[k].text in (",", ";"):
            return lead
        if view.is_(k, "that") and view.tokens[k].pos == "SCONJ" and view.tokens[k - 1].lemma.lower() in view.lexis.verbs:
            return k + 1
    return lead


def over_role(view: View, k: int, last: int, source: tuple[int, int]) -> tuple[int, tuple[int, int]]:
    """Passes over the role of a named person between commas ("Selon Ana Ruiz, une voisine, le toit est tombé")."""
    person = all(view.tokens[j].pos == "PROPN" and view.low[j] not in view.lexis.nations for j in range(source[0], source[1] + 1))
    if not person or k - 1 != source[1] + 1 or view.tokens[k - 1].text != "," or k >= last or view.tokens[k].pos != "DET":
        return k, source
    role = next((j for j in range(k + 1, min(last, k + 4) + 1) if view.tokens[j].pos == "NOUN"), None)
    comma = next((j for j in range(k, min(last, k + 10) + 1) if view.tokens[j].text == "," or view.finite(j)), None)
    if role is None or speaks(view, role) != "person" or comma is None or view.tokens[comma].text != "," or comma + 1 > last:
        return k, source
    own = view.tokens[comma + 1].pos in ("DET", "NUM", "NOUN", "PROPN", "PRON") and not view.is_(comma + 1, "relative", "relative-other")
    if not own or not any(view.finite(j) for j in range(comma + 1, last + 1)):
        return k, source
    return comma + 1, (source[0], comma - 1)


def without_subject(view: View, head: int, source: tuple[int, int], last: int) -> tuple[int, int]:
    """The source without what the parse has hung on it though it begins what is said: the subject of the verb right behind it ("Selon deux
    officiers, d'autres soldats sont morts"), many behind one ("Selon le maire, les secours, …"), a count behind a toll."""
    for j in range(head + 1, source[1] + 1):
        t = view.tokens[j]
        if t.pos == "NUM" and view.tokens[j - 1].pos in ("NOUN", "ADJ") and speaks(view, head) == "document":
            return source[0], j - 1
        if t.text != "," or view.quote_at(t.start) is not None or j + 1 > source[1]:
            continue
        phrase = range(j + 1, source[1] + 1)
        if any(view.is_(x, "and") for x in phrase) or any(view.tokens[x].text == "," for x in phrase):
            return source
        many = view.tokens[head].feats.get("Number") == "Sing" and view.tokens[j + 1].feats.get("Number") == "Plur"
        behind = source[1] + 1
        verb = behind <= last and (view.finite(behind) or view.is_(behind, "ne"))
        if view.tokens[j + 1].pos in ("DET", "NUM", "ADP", "PRON") and (many or verb):
            return source[0], j - 1
    return source


def aside(view: View, lead: int, first: int, stop: int) -> int | None:
    """The first token of a participle between commas that a phrase between commas belongs to ("L'attaque, menée à l'aube par un gang, selon
    des témoins, a fait …"); None when it belongs to the whole clause."""
    closed = stop + 1 < len(view.tokens) and view.tokens[stop + 1].text == ","
    if not closed or view.tokens[first - 1].text != ",":
        return None
    comma = next((j for j in range(first - 2, lead, -1) if view.tokens[j].text == "," or view.finite(j)), None)
    if comma is None or view.finite(comma) or comma + 2 >= first - 1:
        return None
    f = view.tokens[comma + 1].feats
    told = view.tokens[comma + 1].pos == "VERB" and f.get("VerbForm") == "Part" and f.get("Tense") != "Pres"
    return comma + 1 if told and not any(view.finite(j) for j in range(lead, comma)) else None


def before_cue(view: View, lead: int, first: int, cues: Mapping[int, Cue]) -> int:
    """Where what is said ends when an inserted cue with its speaker stands between it and the phrase (", reports the agency with reference to …")."""
    for k in range(lead + 2, first):
        if k not in cues or view.tokens[k - 1].text != "," or not cues[k].stance("quote"):
            continue
        behind = range(cues[k].group.last + 1, first)
        if not any(view.finite(j) or view.tokens[j].text in (",", ";", ":") for j in behind):
            return k
    return first


def doubtful(view: View, source: tuple[int, int]) -> bool:
    """Whether the source itself is a rumour or is said to be unproven ("selon la rumeur", "d'après des informations non confirmées")."""
    first, last = source
    for j in range(first, last + 1):
        lemma = view.lexis.classes(view.tokens[j].lemma.lower())
        if "rumour" in lemma or "unproven" in view.cls[j] or "unproven" in lemma:
            return True
        if view.is_(j, "not", "negation") and j < last and "unsure" in view.lexis.hints.get(view.tokens[j + 1].lemma.lower(), ()):
            return True
    return False


def behind_other(view: View, lead: int, first: int) -> int:
    """The beginning of the clause behind an earlier attribution in the same segment ("…, selon Tass, mais personne n'est mort, selon la mairie")."""
    other = max((j for j in view.phrase_starts if lead < j < first), default=None)
    if other is None or any(view.is_(j, "relative", "relative-other") for j in range(other, first)):
        return lead
    for k in range(other + 2, first - 1):
        joint = view.tokens[k].pos == "CCONJ" or view.is_(k, "but") or view.tokens[k].text in (",", ";")
        if joint and view.quote_at(view.tokens[k].start) is None:
            start = k + 1
            while start < first and (view.is_punct(start) or view.is_(start, "and", "but")):
                start += 1
            bare = view.numbered(start, first - 1) and not any(view.finite(j) for j in range(lead, first))
            if bare or any(view.finite(j) for j in range(start, first)):
                return start
    return lead
