"""Words for what was just said, with a verdict on it: ", chiffre invérifiable", "Version que Kiev dément", "aucune confirmation". May import: `view`, `cues`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selon.extract.statements.cues import Cue
from selon.extract.statements.doubts import previous
from selon.extract.statements.passives import agent_of
from selon.extract.statements.sources import noun_phrase, right_subject, speaks
from selon.extract.statements.view import Draft, View

_REACH = 16
_VERDICTS = ("denies", "confirms", "unconfirmed")
Near = tuple[Sequence[Draft], Sequence[Draft]]
"""What is said in the same sentence and in the one before."""


def find_retold(view: View, groups: Mapping[int, Cue], found: Sequence[Draft]) -> list[Draft]:
    """Statements whose content is the one before them, taken up again by a noun in apposition or at the head of a fragment."""
    out: list[Draft] = []
    told: dict[int, list[Draft]] = {}
    for d in found:
        told.setdefault(view.tokens[min(d.at, len(view.tokens) - 1)].sent, []).append(d)
    for i, t in enumerate(view.tokens):
        lemma = t.lemma.lower()
        entry = view.lexis.nouns.get(lemma) if t.pos in ("NOUN", "PROPN") else None
        c = view.lexis.classes(lemma)
        if entry is None and not c and not view.cls[i]:
            continue
        c = c | view.cls[i]
        near = told.get(t.sent, []), told.get(t.sent - 1, [])
        if entry is not None and "fragment" in entry.get("takes").split():
            told_whole = _fragment(view, i, entry["stance"], near)
            out += told_whole
            if told_whole:
                continue
        if "retold" in c and (rows := _versions(view, i)) is not None:
            out.append(rows)
            continue
        if "retold" in c:
            draft = _retold(view, i, groups, near)
        elif "checking" in c:
            draft = _unchecked(view, i, near)
        else:
            continue
        if draft is not None:
            out.append(draft)
    return out


def _head(view: View, i: int) -> int | None:
    """The first token of the noun's phrase when it stands free: bare or with an indefinite article, behind a mark or at the head of a sentence."""
    first, _ = view.sentence_range(i)
    k = i
    while k > first and view.tokens[k - 1].pos in ("DET", "ADJ", "NUM"):
        k -= 1
        if view.tokens[k].pos == "DET" and view.tokens[k].feats.get("Definite") != "Ind" and "indefinite" not in view.cls[k]:
            return None
    return k if k == first or view.is_punct(k - 1) else None


def _retold(view: View, i: int, groups: Mapping[int, Cue], near: Near) -> Draft | None:
    start = _head(view, i)
    if start is None:
        return None
    _, last = view.sentence_range(i)
    signal = False
    for j in range(i + 1, min(last, i + _REACH) + 1):
        t = view.tokens[j]
        if t.text in (",", ";", ":", "(", ")"):
            return None
        lemma = view.lexis.classes(t.lemma.lower())
        if "unproven" in view.cls[j] or "unproven" in lemma:
            return _verdict(view, start, (j, j), j, None, "unconfirmed", near)
        signal = signal or view.is_(j, "negation", "not", "ne", "nor", "nil") or "refusal" in lemma
        cue = groups.get(j)
        if cue is None:
            if view.finite(j) and not view.is_(i + 1, "that", "relative") and not signal:
                return None
            continue
        refuse = cue.stance("refuse")
        relative = next((k for k in range(i + 1, min(j, i + 4)) if view.is_(k, "that")), None)
        if refuse is not None and signal:
            who = _relative_speaker(view, cue, relative, last) if relative is not None else agent_of(view, cue)
            return _verdict(view, start, (max(i + 1, min(cue.group.first, j)), cue.group.last), j, who, refuse, near)
        stance = cue.stance("obj")
        opens = start == view.sentence_range(i)[0]
        if opens and cue.group.form == "part" and stance in _VERDICTS and not signal and (by := agent_of(view, cue)) is not None:
            return _verdict(view, start, (cue.group.first, cue.group.last), j, by, stance, near)  # "Une thèse contestée par des témoins."
        if relative is not None and stance in _VERDICTS and not signal and cue.group.form == "fin" and not cue.group.passive:
            who = _relative_speaker(view, cue, relative, last)
            return _verdict(view, start, (cue.group.first, cue.group.last), j, who, stance, near) if who is not None else None
        return None
    return None


def _relative_speaker(view: View, cue: Cue, relative: int, last: int) -> int | None:
    for k in range(relative + 1, cue.group.first):
        if view.is_(k, "nobody"):
            return None
        if view.tokens[k].pos in ("NOUN", "PROPN", "PRON") and speaks(view, k) and speaks(view, k) != "nobody":
            if view.tokens[k].deprel == "expl:subj" or (
                view.tokens[k].pos == "PRON" and "refusal" in view.lexis.classes(view.tokens[cue.at].lemma.lower())
            ):
                return None
            impersonal = view.tokens[k].pos == "PRON" and any(
                "refusal" in view.lexis.classes(view.tokens[x].lemma.lower()) or "possible" in view.cls[x] for x in range(k, cue.at)
            )
            return None if impersonal else k
    if relative + 1 == cue.group.first:
        head = right_subject(view, cue.group, last)
        return head if head is not None and speaks(view, head) else None
    return None


def _verdict(view: View, start: int, cue: tuple[int, int], at: int, who: int | None, stance: str, near: Near) -> Draft | None:
    content = _taken_up(view, start, near)
    if content is None:
        return None
    source = noun_phrase(view, who) if who is not None else None
    return Draft(at, cue, source, content[0], content[1], stance, "retold", "retold")


def _taken_up(view: View, start: int, near: Near) -> tuple[int, int] | None:
    """The content that the noun at token `start` takes up, as offsets: that of the nearest cue before it, cut where the noun begins."""
    position = view.tokens[start].start
    first, _ = view.sentence_range(start)
    same = [d for d in near[0] if d.start < position and d.end > view.tokens[first].start and start > first]
    best = max(same or near[1], key=lambda d: (min(d.end, position), d.start), default=None)
    if best is None:
        if start > first:
            return None
        old = previous(view, [], start)
        return (old.start, old.end) if old is not None else None
    end = min(best.end, position)
    while end > best.start and not (view.text[end - 1].isalnum() or view.text[end - 1] in '»”")]%'):
        end -= 1
    return (best.start, end) if end > best.start else None


def _fragment(view: View, i: int, stance: str, near: Near) -> list[Draft]:
    """As in "Démenti du ministère.", "Démenti de Kiev : « … »": a noun of saying with its speaker for a whole sentence."""
    first, last = view.sentence_range(i)
    if i - first > 1 or i + 2 > last or "of" not in view.cls[i + 1]:
        return []
    head = next((j for j in range(i + 2, min(last, i + 6) + 1) if view.tokens[j].pos in ("NOUN", "PROPN")), None)
    if head is None or speaks(view, head) not in ("person", "body", "name"):
        return []
    source = noun_phrase(view, head, i + 2)
    colon = next((j for j in range(source[1] + 1, last + 1) if view.tokens[j].text == ":"), None)
    if any(view.finite(j) for j in range(i, colon if colon is not None else last)):
        return []
    out: list[Draft] = []
    content = _taken_up(view, first, near) if stance in _VERDICTS else None
    if content is not None:
        out.append(Draft(i, (i, i), source, content[0], content[1], stance, "retold", "retold"))
    if colon is not None and (quote := view.quote_starting(view.tokens[colon].end)) is not None:
        k = view.first_from(quote.first)
        if not any(d.start < quote.last and d.end > quote.first for d in near[0]):
            out.append(Draft(k, None, source, quote.first, quote.last, "asserts", "carried-quotation", "quote", quoted=True))
    return out


def _versions(view: View, i: int) -> Draft | None:
    """As in "Bilan de la police : trois morts", "Version du ministère : un accident": what follows the colon is the speaker's."""
    first, last = view.sentence_range(i)
    if i - first > 1 or i + 4 > last or "of" not in view.cls[i + 1]:
        return None
    head = next((j for j in range(i + 2, min(last, i + 6) + 1) if view.tokens[j].pos in ("NOUN", "PROPN")), None)
    if head is None or speaks(view, head) not in ("person", "body", "name"):
        return None
    source = noun_phrase(view, head, i + 2)
    colon = source[1] + 1
    if colon >= last or view.tokens[colon].text != ":" or any(view.finite(j) for j in range(first, colon)):
        return None
    end = last
    while end > colon + 1 and view.is_punct(end) and view.tokens[end].text not in (")", "»", "”", '"', "%"):
        end -= 1
    quote = view.quote_starting(view.tokens[colon].end)
    if quote is not None:
        return Draft(i, (i, i), source, quote.first, quote.last, "asserts", "label", "quote", quoted=True)
    return Draft(i, (i, i), source, view.tokens[colon + 1].start, view.tokens[end].end, "asserts", "label", "colon")


def _unchecked(view: View, i: int, near: Near) -> Draft | None:
    """As in "; aucune confirmation", "Confirmation officielle ? Aucune", ", sans confirmation indépendante"."""
    first, last = view.sentence_range(i)
    k = i
    while k > first and view.tokens[k - 1].pos in ("DET", "ADJ", "ADP", "ADV", "PRON") and i - k < 4:
        k -= 1
    free = k == first or view.is_punct(k - 1)
    none = any(view.is_(j, "none", "without", "negation") for j in range(k, i))
    asked = None
    end = i
    if not none and k == first:
        # A question and its answer: "Vérification ? Aucune."
        mark = next((j for j in range(i + 1, min(last, i + 5) + 1) if view.tokens[j].text == "?"), None)
        if mark is not None and mark + 1 < len(view.tokens) and view.is_(mark + 1, "none", "negation", "not"):
            asked, end = mark, mark + 1
    if not free or not (none or asked is not None):
        return None
    stop = next((j for j in range(i + 1, last + 1) if view.tokens[j].text in (",", ";", ".", ")", "?")), last)
    if any(view.finite(j) for j in range(k, stop)):
        return None
    return _verdict(view, k, (k, end), i, None, "unconfirmed", near)
