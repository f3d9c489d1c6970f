"""What could not or would not be confirmed, and denials whose object is the claim before them. May import: `view`, `cues`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selon.extract.statements.complements import complement
from selon.extract.statements.cues import Cue, group_of
from selon.extract.statements.extent import segment_start
from selon.extract.statements.passives import agent_of
from selon.extract.statements.sources import noun_phrase, speaks, subject_of
from selon.extract.statements.view import Draft, View

_ANSWERS = ("denies", "unconfirmed", "confirms", "claims")


def refused(view: View, cue: Cue) -> bool:
    """Whether the cue cannot or will not be carried out: negated itself, under a negated modal, or under a verb of refusal."""
    if cue.group.negated or any(c.rel == "nsubj" and view.is_(c.i, "nil") for c in view.children(cue.at)):
        return True
    v = view.tokens[cue.at]
    seen = 0
    while not v.is_root and seen < 4:
        if v.rel not in ("xcomp", "ccomp", "obl", "acl", "advcl", "conj", "nmod", "obj", "dep"):
            break
        v = view.tokens[v.head]
        if v.lemma.lower() in view.lexis.refusals:
            return True
        if v.pos in ("VERB", "AUX", "NOUN", "ADJ") and group_of(view, v.i).negated:
            return True
        seen += 1
    if _without(view, cue.group.first):
        return True
    # By neighbourhood, where the parse has lost the modal: "n'a pas pu", "n'est pas en mesure de".
    first, _ = view.sentence_range(cue.at)
    k = cue.group.first - 1
    steps = 0
    while k >= first and steps < 7 and not view.is_(k, "and", "but", "that", "relative") and view.tokens[k].text not in (",", ";", ":"):
        if "negation" in view.cls[k] or view.tokens[k].lemma.lower() in view.lexis.refusals:
            return True
        k -= 1
        steps += 1
    return False


def _without(view: View, at: int) -> bool:
    """Whether the clause of token `at` is under "sans que"."""
    return _mark(view, at) > 0


def _mark(view: View, at: int) -> int:
    """The token of that "sans", 0 for none."""
    first, _ = view.sentence_range(at)
    return next((j for j in range(at - 2, max(first, at - 8), -1) if "without" in view.cls[j] and "that" in view.cls[j + 1]), 0)


def unconfirmed(view: View, cue: Cue, cues: Mapping[int, Cue], groups: Mapping[int, Cue], before: Sequence[Draft]) -> Draft | None:
    """The statement of a cue of checking that is refused: active with a source, passive without."""
    stance = cue.stance("refuse")
    if stance is None or not refused(view, cue):
        return None
    g = cue.group
    near = g.first - 1
    none_near = near >= 0 and "nobody" in view.cls[near] and "subject" not in view.cls[near] and "ne" in view.cls[g.first]
    head = near if none_near else subject_of(view, cue)
    group = (g.first, g.last)
    passive = g.passive or (g.form in ("part", "inf") and any(view.tokens[j].deprel == "aux:pass" for j in range(max(0, g.first), g.verb)))
    if g.form == "part" and not passive and view.tokens[g.verb].rel != "conj":
        agent = agent_of(view, cue)
        old = previous(view, before, g.first)
        if agent is None or old is None:
            return None
        return Draft(g.verb, group, noun_phrase(view, agent), old.start, old.end, stance, "unverified", "passive")
    if passive:
        if head is None:
            return None
        head = next((c.i for c in view.children(g.verb) if c.deprel == "nsubj:pass" and c.i < g.first and c.pos == "NOUN"), head)
        taken_up = _without(view, g.first) and "retold" in view.lexis.classes(view.tokens[head].lemma.lower())
        if taken_up:
            clause = _clause_before(view, _mark(view, g.first) - 1)
            if clause is not None:
                return Draft(g.verb, group, None, clause[0], clause[1], stance, "unverified", "answer")
        if taken_up or view.is_(head, "subject") or (view.tokens[head].pos == "PRON" and not view.is_(head, "nil")):
            old = previous(view, before, g.first)
            if old is not None:
                return Draft(g.verb, group, None, old.start, old.end, stance, "unverified", "passive")
        first, last = noun_phrase(view, head)
        agent = agent_of(view, cue)
        who = noun_phrase(view, agent) if agent is not None else None
        return Draft(g.verb, group, who, view.tokens[first].start, view.tokens[last].end, stance, "unverified", "passive")
    if head is None:
        bare = complement(view, cue, cues, groups)
        if bare is not None and bare.frame == "obj":
            return Draft(g.verb, group, None, bare.start, bare.end, stance, "unverified", "obj")
        first, last = view.sentence_range(g.verb)
        old = previous(view, before, g.first) if not any(view.finite(j) for j in range(first, last + 1)) else None
        return Draft(g.verb, group, None, old.start, old.end, stance, "unverified", "answer") if old is not None else None
    nil = none_near or view.is_(head, "nil")
    if view.is_(head, "nobody") and not nil:
        return None
    if not nil and (not speaks(view, head) or speaks(view, head) == "document"):
        return None
    if "speaker" in view.cls[head] and view.quote_at(view.tokens[head].start) is not None:
        return None
    source: tuple[int, int] | None = noun_phrase(view, head)
    if nil or view.tokens[head].deprel == "expl:subj" or "cleft" in view.cls[head]:
        source = None
    k = noun_phrase(view, head)[0] - 1
    if k > 1 and "that" in view.cls[k] and "cleft" in view.cls[k - 1]:
        clause = _clause_before(view, k - 1)
        if clause is not None:
            return Draft(g.verb, group, source, clause[0], clause[1], stance, "unverified", "answer")
    if k > 0 and "that" in view.cls[k] and view.tokens[k - 1].pos in ("NOUN", "ADJ", "PROPN"):
        j = k - 1
        while j > 0 and view.tokens[j].pos == "ADJ":
            j -= 1
        first, _ = noun_phrase(view, j)
        return Draft(g.verb, group, source, view.tokens[first].start, view.tokens[k - 1].end, stance, "unverified", "obj")
    found = complement(view, cue, cues, groups)
    if found is not None and found.frame in ("obj", "that", "inf"):
        return Draft(g.verb, group, source, found.start, found.end, stance, "unverified", found.frame)
    old = previous(view, before, g.first)
    if old is not None:
        return Draft(g.verb, group, source, old.start, old.end, stance, "unverified", "answer")
    return None


def answer(view: View, cue: Cue, before: Sequence[Draft]) -> Draft | None:
    """A denial or confirmation without an object of its own ("Moscou nie", "ce que réfute Kiev"): its content is the claim before it."""
    stance = cue.stance("obj")
    g = cue.group
    if stance not in _ANSWERS or g.negated or g.form not in ("fin", "ger") or g.passive:
        return None
    _, sent_last = view.sentence_range(g.verb)
    k = g.last + 1
    clitic = any("object-clitic" in view.cls[c] or view.low[c] in view.lexis.pronouns for c in g.clitics)
    open_end = (
        k > sent_last
        or (view.is_punct(k) and view.tokens[k].text in (".", ";", ",", "!", "…", ")"))
        or view.is_(k, "and", "but", "in", "time")
    )
    relative = g.first > 0 and any(view.is_(j, "that", "relative-other") for j in range(max(0, g.first - 2), g.first))
    mark = g.first - 1
    if not relative:
        # ", ce que le maire a reconnu": the subject stands between the pronoun and the cue.
        low, _ = view.sentence_range(g.verb)
        mark = next((j for j in range(g.first - 1, max(low, g.first - 9), -1) if "that" in view.cls[j] and "cleft" in view.cls[j - 1]), -1)
        relative = mark > 0 and not any(view.finite(j) for j in range(mark, g.first))
    if not (clitic or open_end or relative):
        return None
    head = subject_of(view, cue)
    if relative and (head is None or not speaks(view, head) or view.is_(head, "cleft", "that")):
        for j in range(k, min(sent_last, k + 6) + 1):
            if view.tokens[j].pos in ("NOUN", "PROPN") and speaks(view, j):
                head = j
                break
    if head is None or not speaks(view, head) or view.is_(head, "nobody"):
        return None
    old = previous(view, before, g.first)
    clause = _clause_before(view, mark - 1) if relative else None
    if clause is not None and (old is None or view.tokens[old.at].sent != view.tokens[g.verb].sent):
        return Draft(g.verb, (g.first, g.last), noun_phrase(view, head), clause[0], clause[1], stance, "answer", "answer")
    if old is None:
        return None
    return Draft(g.verb, (g.first, g.last), noun_phrase(view, head), old.start, old.end, stance, "answer", "answer")


def repeated(view: View, cue: Cue, head: int, before: Sequence[Draft]) -> Draft | None:
    """A cue whose only object is a pronoun ("le maire le dit aussi", "la police l'affirme"): it says what was said or asked before it."""
    g = cue.group
    stance = cue.stance("that") or cue.stance("inf")
    if stance is None or g.negated or g.form != "fin" or g.passive or speaks(view, head) not in ("person", "body", "name"):
        return None
    k = g.last + 1
    _, last = view.sentence_range(g.verb)
    while k <= last and (view.tokens[k].pos == "ADV" or "time" in view.cls[k]):
        k += 1
    told = any(
        "object-pronoun" in view.cls[c] and view.tokens[c].feats.get("Number") != "Plur" and view.tokens[c].pos == "PRON" for c in g.clitics
    )
    if not told or not (k > last or view.is_punct(k) or view.tokens[k].pos in ("ADP", "CCONJ")):
        return None
    old = previous(view, before, g.first)
    return (
        Draft(g.verb, (g.first, g.last), noun_phrase(view, head), old.start, old.end, stance, "repeated", "answer")
        if old is not None
        else None
    )


def _clause_before(view: View, k: int) -> tuple[int, int] | None:
    """What the sentence says before ", ce que …" at token `k`, as offsets, when it holds a verb."""
    start = segment_start(view, k)
    end = k
    while end > start and (view.is_punct(end) or view.is_(end, "cleft")):
        end -= 1
    return (view.tokens[start].start, view.tokens[end].end) if any(view.finite(j) for j in range(start, end)) else None


def _clause_near(view: View, at: int) -> tuple[int, int] | None:
    """The clause before a semicolon in the sentence of token `at`, as offsets: "Un drone est tombé ; le ministère l'a admis"."""
    first, _ = view.sentence_range(at)
    mark = next((j for j in range(at - 1, first, -1) if view.tokens[j].text == ";" and view.quote_at(view.tokens[j].start) is None), None)
    if mark is None or at - mark > 12:
        return None
    start = segment_start(view, mark)
    if not any(view.finite(j) for j in range(start, mark)):
        return None
    return view.tokens[start].start, view.tokens[mark - 1].end


def _asks(view: View, sent: int) -> bool:
    """Whether a sentence is a question, which its answer may follow in a passage of its own."""
    return view.tokens[view.parse.sentences[sent].last].text == "?"


def previous(view: View, before: Sequence[Draft], at: int) -> Draft | None:
    """The statement nearest before token `at`, at most two sentences back in the same passage or the one before."""
    position = view.tokens[at].start
    sent = view.tokens[at].sent
    sentence = view.parse.sentences[sent]
    best: Draft | None = None
    for d in before:
        if d.end <= position and sent - view.tokens[min(d.at, len(view.tokens) - 1)].sent <= 1 and (best is None or d.end > best.end):
            best = d
    if best is not None and view.tokens[best.at].sent == sent:
        return best
    near = _clause_near(view, at)
    if near is not None:
        return Draft(at, None, None, near[0], near[1], "asserts", "narration")
    if sent == 0 or (view.passage(sentence.start).start > view.parse.sentences[sent - 1].start and not _asks(view, sent - 1)):
        return best
    last = view.parse.sentences[sent - 1]
    if best is not None:
        return best
    end = last.last
    while end > last.first and view.is_punct(end):
        end -= 1
    return Draft(last.first, None, None, view.tokens[last.first].start, view.tokens[end].end, "asserts", "narration")
