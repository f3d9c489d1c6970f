"""From cues to statements: which construction each cue stands in, who speaks, what stance that gives. May import: all of `statements`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from selon.extract.statements.asked import asked, is_asked
from selon.extract.statements.attribution import find_attributions
from selon.extract.statements.behind import behind
from selon.extract.statements.beliefs import believed, find_rumours, quoted_by_others
from selon.extract.statements.carried import find_bracketed, find_carried, find_quoted_predicates
from selon.extract.statements.channels import with_channel
from selon.extract.statements.cited import find_cited
from selon.extract.statements.complements import complement
from selon.extract.statements.cues import Cue, find_cues, group_of
from selon.extract.statements.doubts import answer, previous, refused, repeated, unconfirmed
from selon.extract.statements.extent import shares_auxiliary
from selon.extract.statements.hearsay import find_hearsay
from selon.extract.statements.inserted import inserted
from selon.extract.statements.instructions import find_instructions
from selon.extract.statements.labels import find_labelled, find_trailing, find_verbless
from selon.extract.statements.narrative import narrative
from selon.extract.statements.nobody import behind_nobody, placed_subject
from selon.extract.statements.nouns import find_nouns
from selon.extract.statements.openings import cleft, relative_object, speaker_before, told_to, upper_cue, verb_first, visible
from selon.extract.statements.owned import find_owned
from selon.extract.statements.passives import passive
from selon.extract.statements.retold import find_retold
from selon.extract.statements.ruled import find_ruled
from selon.extract.statements.sources import giver_of, noun_phrase, speaks, subject_of
from selon.extract.statements.stance import refine
from selon.extract.statements.tolls import find_tolls
from selon.extract.statements.view import Draft, View
from selon.lang import Pack


def find_drafts(view: View, pack: Pack) -> list[Draft]:
    """All drafts, not yet settled."""
    cues = quoted_by_others(view, find_cues(view))
    by_first = {c.group.first: c for c in cues}
    by_verb = {c.at: c for c in cues}
    for cue in cues:
        if cue.group.form == "fin":
            subjects = [c.i for c in view.children(cue.at) if c.rel == "nsubj" and c.i < cue.group.first]
            if subjects:
                view.clause_starts[noun_phrase(view, subjects[0])[0]] = cue.at
    out: list[Draft] = find_attributions(view, by_first, by_verb)
    out += find_nouns(view, by_first, by_verb)
    out += find_owned(view, by_first, by_verb)
    out += find_instructions(view, by_first, by_verb)
    out += find_tolls(view)
    for cue in cues:
        draft = _verbal(view, cue, by_first, by_verb, out)
        if draft is not None:
            out.append(draft)
    out += find_ruled(view, pack)
    out += find_labelled(view, out)
    out += find_verbless(view, out)
    out += find_trailing(view, out)
    out += find_carried(view, out)
    out += find_quoted_predicates(view, out)
    named = find_bracketed(view, [d for d in out if d.rule != "passive-untold"])
    out = [d for d in out if d.rule != "passive-untold" or not any(b.start < d.end and d.start < b.end for b in named)] + named
    out += find_rumours(view, by_first, by_verb, out)
    out += find_hearsay(view, out)
    out += find_cited(view, out)
    told = find_retold(view, by_verb, out)
    out = [_cut(d, told) for d in out] + told
    refined = [with_channel(view, refine(view, d)) for d in (_sourced(view, d) for d in out)]
    refined = _demanded(refined)
    refined = [d for d in refined if not _told_count(view, d, refined)]
    refined = [d for d in refined if d.rule != "toll" or not _within(view, d, [o for o in refined if o.frame == "that"])]
    doubts = [d for d in refined if d.stance == "unconfirmed" and d.rule != "unverified"]
    return [d for d in refined if d.rule != "unverified" or d.frame == "answer" or not _within(view, d, doubts)]


def _sourced(view: View, draft: Draft) -> Draft:
    """The draft without words of its cue in its source, and with the giver of a count as its source ("un bilan communiqué par le maire")."""
    if draft.source is None:
        return draft
    first, last = draft.source
    if draft.cue is not None and first < draft.cue[0] <= last:
        last = draft.cue[0] - 1
    giver = giver_of(view, first, last)
    return replace(draft, source=giver or (first, last))


def _demanded(drafts: list[Draft]) -> list[Draft]:
    """The drafts with each demand that an attribution holds whole as the attribution's own ("Les riverains sont invités à partir, selon le maire")."""
    asked = [d for d in drafts if d.rule == "passive-infinitive" and d.source is None and d.stance == "demands"]
    named = [d for d in drafts if d.rule == "attribution" and d.stance in ("asserts", "comments")]
    held = [(a, d) for d in asked for a in named if a.start <= d.start and d.end <= a.end]
    gone = {id(d) for _, d in held}
    turned = {id(a) for a, _ in held}
    return [replace(d, stance="demands") if id(d) in turned else d for d in drafts if id(d) not in gone]


def _told_count(view: View, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a count that speaks ("le bilan fait état de …") stands in what a phrase beside it attributes to somebody: he says it."""
    if draft.source is None or not draft.rule.startswith("verb-obl") or not view.numbered(*_tokens_of(view, draft)):
        return False
    head = next((j for j in range(draft.source[0], draft.source[1] + 1) if view.tokens[j].pos == "NOUN"), None)
    if head is None or "retold" not in view.lexis.classes(view.tokens[head].lemma.lower()):
        return False
    at = view.tokens[draft.source[0]].start
    return any(o.rule == "attribution" and o.source is not None and o.start <= at and draft.end <= o.end for o in drafts)


def _tokens_of(view: View, draft: Draft) -> tuple[int, int]:
    """First and last token of what a draft says."""
    first = view.first_from(draft.start)
    return first, max(first, view.first_from(draft.end) - 1)


def _within(view: View, draft: Draft, others: Sequence[Draft]) -> bool:
    """Whether the cue stands inside what another draft says ("a dit ne pas pouvoir confirmer …": one refusal, not two)."""
    at = view.tokens[draft.at].start
    return any(o.start <= at < o.end for o in others)


def _cut(draft: Draft, told: Sequence[Draft]) -> Draft:
    """The draft without a verdict on it that its own sentence adds ("…, un chiffre qui n'a pu être vérifié")."""
    ends = [t.end for t in told if t.rule == "retold" and t.start == draft.start and t.end < draft.end]
    return replace(draft, end=min(ends)) if ends else draft


def _verbal(view: View, cue: Cue, cues: Mapping[int, Cue], groups: Mapping[int, Cue], before: Sequence[Draft]) -> Draft | None:
    g = cue.group
    if "refuser" in cue.verb.flags and not cue.verb.frames:
        return None
    if is_asked(view, cue):
        return asked(view, cue)
    cue = verb_first(view, cue)
    g = cue.group
    draft = narrative(view, cue, cues, groups, before)
    draft = draft or behind(view, cue, cues, groups) or inserted(view, cue, cues, groups)
    if draft is not None:
        return draft if not g.negated else None
    if "refuse" in cue.verb.frames:
        draft = unconfirmed(view, cue, cues, groups, before)
        if draft is not None:
            return draft
        if refused(view, cue) or cue.stance("obj") == cue.stance("refuse"):
            return None
    if g.form == "ger" and "citing" in view.lexis.classes(view.tokens[cue.at].lemma.lower()):
        return None  # who is cited is told by `find_cited`
    hearsay = believed(view, cue, cues, groups)
    if hearsay is not None:
        return hearsay
    if told_to(view, cue):
        return passive(view, Cue(replace(g, form="part"), cue.verb), cues, groups)
    sharing = _sharing(view, cue, groups)
    if g.passive or (g.form == "part" and sharing is None and not _joined(view, cue)):
        return passive(view, cue, cues, groups)
    if g.mark is not None and "without" in view.cls[g.mark] and not (g.mark > 0 and "not" in view.cls[g.mark - 1]):
        return None
    if (
        g.form == "inf"
        and ("seen" in cue.verb.flags or "reporter" in cue.verb.flags)
        and (shown := visible(view, cue, cues, groups)) is not None
    ):
        return shown
    if g.form == "inf" and "seen" not in cue.verb.flags and (refused(view, cue) or not _let_through(view, cue)):
        return None
    placed = placed_subject(view, cue)
    if placed is not None and not g.negated:
        found = complement(view, cue, cues, groups)
        if found is not None and (found.frame in ("that", "obj", "inf", "as") or found.frame.startswith("obl-")):
            return Draft(g.verb, (g.first, g.last), placed, found.start, found.end, found.stance, "verb-" + found.frame, found.frame)
    draft = relative_object(view, cue) or cleft(view, cue, before)
    if draft is not None:
        return draft
    head = subject_of(view, cue if sharing is None else sharing)
    if head is None:
        return None
    kind = "nobody" if view.is_(head, "nobody") else speaks(view, head)
    if (cue.verb.weak and not kind) or view.is_(head, "nil"):
        return None
    if view.tokens[cue.at].rel == "conj" and g.form == "fin" and not view.is_(head, "inverted"):
        upper = upper_cue(view, cue, groups)
        if upper is not None:
            other = subject_of(view, upper)
            if other is not None and speaks(view, other):
                head, kind = other, speaks(view, other)
    if (
        kind in ("person", "body")
        and g.form == "fin"
        and any("none" in view.cls[c.i] for c in view.children(head) if c.i < head and c.rel == "det")
    ):
        return None  # "No group has claimed …"
    if "negative" in cue.verb.flags and not g.negated:
        return None
    if "document" in cue.verb.flags and (kind != "document" or g.form not in ("fin", "ger")):
        return None
    if "reporter" in cue.verb.flags and kind != "reporter" and (kind != "nobody" or behind_nobody(view, cue) is None):
        return None
    k = g.first - 1
    if k > 1 and "that" in view.cls[k] and "cleft" in view.cls[k - 1] and view.tokens[k - 2].text in (",", ";"):
        draft = answer(view, cue, before)
        if draft is not None:
            return draft
    if "speaker" in view.cls[head] and view.quote_at(view.tokens[head].start) is not None:
        return None
    found = complement(view, cue, cues, groups)
    if found is None and cue.verb.rest and cue.verb.frames:
        # A set phrase without the complement that it takes: the verb by itself ("présente ses condoléances").
        plain = _plain(view, cue)
        found = complement(view, plain, cues, groups) if plain is not None else None
        if plain is not None and found is not None:
            cue, g = plain, plain.group
    if found is None:
        return answer(view, cue, before) or repeated(view, cue, head, before)
    if (
        "number" in cue.verb.flags
        and (found.frame == "obj" or found.frame.startswith("obl-"))
        and not view.numbered(found.first, found.last)
    ):
        return None
    if void(view, found.first, found.last):
        return None
    if g.conditional and found.frame == "inf" and found.stance == "announces":
        return None  # "auraient refusé de partir": what they would have done, no word of theirs
    unless = cue.verb.flags.get("unless")
    if unless is not None and any(unless in view.cls[j] for j in range(found.first, found.last + 1)):
        return None  # "a condamné l'homme à dix ans de prison": a court's sentence
    if "perfect" in cue.verb.flags and found.frame == "obj" and not any(view.tokens[j].pos == "AUX" for j in range(g.first, g.verb)):
        return None
    if found.frame == "obj" and found.stance in ("denies", "confirms") and not g.negated and _anaphoric(view, found.first, found.last):
        old = previous(view, before, g.first)
        if old is not None:
            return Draft(g.verb, (g.first, g.last), noun_phrase(view, head), old.start, old.end, found.stance, "answer", "answer")
    if "objects" in cue.verb.flags and found.frame == "obj" and not _meant(view, found.first, found.last, cue.verb.flags["objects"]):
        return None
    if "refuser" in cue.verb.flags and found.frame == "inf" and any(found.first <= v <= found.first + 3 for v in groups):
        return None
    stance: str | None = found.stance
    none = "none" in view.cls[found.first] and found.frame == "obj"
    if g.negated and not (none and cue.stance("neg") is None):
        stance = cue.stance("neg-" + found.frame) or cue.stance("neg")
        if stance is None:
            return None
    source: tuple[int, int] | None
    shared = speaker_before(view, cue, before)
    if shared is not None:
        return Draft(
            g.verb, (g.first, g.last), shared, found.start, found.end, stance or "asserts", "verb-" + found.frame, found.frame, quoted=found.quoted
        )  # fmt: skip
    if kind == "nobody" or view.is_(head, "nobody"):
        source = behind_nobody(view, cue)
        if source is not None and view.tokens[source[0]].start >= found.start and view.tokens[source[1]].end <= found.end:
            source = None
        if source is None and (found.frame not in ("that", "inf") or "seen" in cue.verb.flags):
            return None
        if source is None:
            stance = "hearsay" if stance in ("asserts", "comments") else stance
    elif "seen" in cue.verb.flags or (stance == "hearsay" and cue.verb.reflexive and view.tokens[head].deprel != "expl:subj"):
        return None
    elif stance == "hearsay" and (
        view.tokens[head].deprel == "expl:subj" or "rumour" in view.lexis.classes(view.tokens[head].lemma.lower())
    ):
        source = None
    else:
        source = noun_phrase(view, head) if not view.is_(head, "inverted") else (head, head)
        if source[0] < g.first <= source[1]:
            source = source[0], g.first - 1
    return Draft(
        g.verb,
        (g.first, g.last),
        source,
        found.start,
        found.end,
        stance or "asserts",
        "verb-" + found.frame,
        found.frame,
        quoted=found.quoted,
    )


def _plain(view: View, cue: Cue) -> Cue | None:
    """The cue as the verb alone, without the words of its phrase."""
    if cue.verb.reflexive or cue.verb.clitics:
        return None
    lemma = cue.verb.key.split(" ", 1)[0]
    verb = next((v for v in view.lexis.verbs.get(lemma, ()) if not v.rest and not v.clitics), None)
    return Cue(group_of(view, cue.at), verb) if verb is not None else None


def _sharing(view: View, cue: Cue, groups: Mapping[int, Cue]) -> Cue | None:
    """The cue whose auxiliary and subject a bare participle behind its clause shares."""
    g = cue.group
    first, _ = view.sentence_range(g.verb)
    if g.form != "part" or g.first - 1 <= first or "and" not in view.cls[g.first - 1]:
        return None
    for j in range(g.first - 2, first, -1):
        if j in groups and groups[j].group.form == "fin":
            upper = groups[j]
            that = next((x for x in range(upper.group.last + 1, g.first) if "that" in view.cls[x]), None)
            if that is not None and shares_auxiliary(view, upper.at, g.first, that):
                return upper
    return None


def _joined(view: View, cue: Cue) -> bool:
    """Whether a bare participle shares the auxiliary of the verb it is coordinated with ("a dit … et annoncé …")."""
    v = view.tokens[cue.at]
    first, _ = view.sentence_range(cue.at)
    k = cue.group.first - 1
    if (
        k > first
        and view.is_(k, "and")
        and any(view.tokens[j].pos == "AUX" and view.finite(j) for j in range(first, k))
        and v.rel in ("conj", "acl")
    ):
        return True
    if k - 2 > first and view.tokens[k].text == "," and "emphatic" in view.cls[k - 1] and view.tokens[k - 3].pos == "AUX":
        return True
    seen = 0
    while v.rel == "conj" and not v.is_root and seen < 4:
        v = view.tokens[v.head]
        if v.pos not in ("VERB", "AUX"):
            return False
        if any(c.pos == "AUX" and c.rel == "aux" for c in view.children(v.i)):
            return True
        seen += 1
    return False


def _let_through(view: View, cue: Cue) -> bool:
    """Whether an infinitive reports an act that took place: under "pour", "après", "avant de", or a verb such as "vouloir", "tenir à"."""
    g = cue.group
    if g.mark is not None and (view.is_(g.mark, "for", "after", "without") or (g.mark > 0 and "before" in view.cls[g.mark - 1])):
        return True
    v = view.tokens[cue.at]
    if v.is_root:
        return g.mark is None
    head = view.tokens[v.head]
    return "lets-through" in view.lexis.classes(head.lemma.lower())


def _anaphoric(view: View, first: int, last: int) -> bool:
    """Whether an object only takes up what was said before it: "l'accusation", "la critique", with nothing else."""
    words = [j for j in range(first, last + 1) if not view.is_punct(j)]
    if words and len(words) <= 2 and all("taking-up" in view.cls[j] for j in words):
        return True
    if len(words) != 2 or view.tokens[words[0]].feats.get("Definite") != "Def":
        return False
    return view.tokens[words[1]].feats.get("Number") != "Plur" and "retold" in view.lexis.classes(view.tokens[words[1]].lemma.lower())


def _meant(view: View, first: int, last: int, wanted: str) -> bool:
    """Whether an object is one of the class that the cue asks for: an apology, or a document with what it shows ("des images de convois")."""
    if wanted == "quoted":
        quote = next((j for j in range(first, min(last, first + 7) + 1) if view.quote_starting(view.tokens[j].start) is not None), None)
        return quote is not None and not any(view.tokens[j].pos == "ADP" and view.is_(j, "to") for j in range(first, quote))
    head = next((j for j in range(first, min(last, first + 4) + 1) if view.tokens[j].pos == "NOUN"), None)
    if head is None or wanted not in view.lexis.classes(view.tokens[head].lemma.lower()):
        return False
    if wanted != "picture":
        return True
    k = head + 1
    while k < last and view.tokens[k].pos == "ADJ":
        k += 1
    return k < last and "of" in view.cls[k]


def void(view: View, first: int, last: int) -> bool:
    """Whether a short complement only asks not to be named ("l'anonymat")."""
    return any("void" in view.lexis.hints.get(view.tokens[j].lemma.lower(), ()) for j in range(first, min(last, first + 8) + 1)) and (
        last - first < 8 or any("void" in view.lexis.hints.get(view.tokens[j].lemma.lower(), ()) for j in range(first, first + 2))
    )
