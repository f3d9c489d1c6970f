"""Cues that are verbs: which verbs of a parse report speech, with their verb group, voice and polarity. May import: `view`, `lexis`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from selon.extract.statements.lexis import Verb
from selon.extract.statements.view import View

_REACH = 7
"""Tokens within which the later words of a phrase must follow its verb."""


_COUNT_REACH = 12
"""Tokens within which the number must follow a verb that reports only with one."""


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with what belongs to it. `first`..`last` covers auxiliaries, clitics, negation and words of a phrase.

    `form` is fin, inf, ger (present participle) or part (past participle without an auxiliary).
    """

    verb: int
    first: int
    last: int
    form: str
    passive: bool
    negated: bool
    reflexive: bool
    inverted: int | None
    clitics: tuple[int, ...]
    conditional: bool
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb in a text."""

    group: Group
    verb: Verb

    @property
    def at(self) -> int:
        return self.group.verb

    def stance(self, frame: str) -> str | None:
        return self.verb.frames.get(frame)


def group_of(view: View, i: int) -> Group:
    """The verb group around the verb `i`, from its neighbours, with the parse where words stand between."""
    tokens, n = view.tokens, len(view.tokens)
    sent_first, sent_last = view.sentence_range(i)
    first = i
    aux: list[int] = []
    clitics: list[int] = []
    negated = ne = late = False
    inverted: int | None = None
    mark: int | None = None
    # Auxiliaries that the parse ties to the verb may stand behind inserted words ("a pour sa part démenti").
    tied = [c.i for c in view.children(i) if c.pos == "AUX" and c.i < i and i - c.i <= 8 and c.rel in ("aux", "cop")]
    if not tied and (parted := _parted(view, i, sent_first)) is not None:
        tied = [parted]
    leftmost = min(tied, default=i)
    k = i - 1
    while k >= sent_first:
        t, c = tokens[k], view.cls[k]
        if t.pos == "AUX" or (k in tied) or _auxiliary(view, k, i):
            aux.append(k)
            first = k
        elif "inverted" in c and (k >= leftmost or (k > sent_first and tokens[k - 1].pos == "AUX")):
            inverted = k
            first = min(first, k)
        elif "ne" in c:
            ne = True
            first = k
        elif "clitic" in c and (
            t.pos == "PRON" or ("bound" in c and k == i - 1 and tokens[i].feats.get("VerbForm") not in ("Part", "Inf"))
        ):
            clitics.append(k)
            first = k
        elif (over := _aside(view, k, sent_first)) is not None:
            k = over
            continue
        elif "nor" in c and k > sent_first:
            negated = True
        elif "weak-negation" in c and k > sent_first:
            late = True
        elif "negation" in c and k > sent_first:
            negated = True
            first = min(first, k)
        elif k > leftmost or (
            (t.pos == "ADV" or "negation-late" in c) and k > sent_first and (tokens[k - 1].pos == "AUX" or "inverted" in view.cls[k - 1])
        ):
            pass
        elif t.pos == "SCONJ" or "after" in c or "as" in c or "in" in c or "without" in c or "of" in c or "to" in c or "for" in c:
            mark = k
            break
        else:
            break
        k -= 1
    last = i
    k = i + 1
    while k <= sent_last and k < n:
        c = view.cls[k]
        if "inverted" in c:
            inverted = k
            last = k
        elif ("negation" in c or "negation-late" in c) and ne:
            negated = True
        elif tokens[k].pos == "ADV" and k + 1 <= sent_last and "negation" in view.cls[k + 1] and ne:
            pass
        else:
            break
        k += 1
    negated = negated or (ne and late)
    if ne and not negated:
        # "ne" alone negates ("aucun groupe n'a revendiqué", "ne dit rien") unless a restriction follows ("n'évoque que deux blessés").
        negated = not any("that" in view.cls[j] for j in range(last + 1, min(sent_last, last + 6) + 1))
    if first > sent_first and "not" in view.cls[first - 1]:
        negated = True
    t = tokens[i]
    feats = t.feats
    aux_lemmas = {tokens[a].lemma for a in aux}
    third = any(tokens[j].feats.get("Person") == "3" and view.finite(j) for j in (*aux, i))
    reflexive = any("reflexive" in view.cls[c] and not (third and "first-person" in view.cls[c]) for c in clitics)
    head = tokens[first_aux] if (first_aux := min(aux, default=-1)) >= 0 else t
    participle = feats.get("VerbForm") == "Part"
    present = (participle and feats.get("Tense") == "Pres") or feats.get("VerbForm") == "Ger"
    if aux:
        vf = head.feats.get("VerbForm")
        form = "inf" if vf == "Inf" else "ger" if vf == "Part" and head.feats.get("Tense") == "Pres" else "fin"
    elif present:
        form = "ger"
    elif feats.get("VerbForm") == "Inf":
        form = "inf"
    elif participle and inverted is None and not _looks_finite(view, i, first):
        form = "part"
    else:
        form = "fin"
    asked = form == "inf" and not aux and i - 2 >= sent_first and "inverted" in view.cls[i - 1]
    if asked and {"modal"} == view.lexis.classes(tokens[i - 2].lemma.lower()) & {"modal", "impersonal"}:
        # "peut-on lire": the infinitive with its inverted modal.
        first, form, inverted = i - 2, "fin", i - 1
    if form == "inf" and not aux and (seems := _seeming(view, i, sent_first)) is not None:
        first, form = seems, "fin"
    passive = bool(aux) and not reflexive and any(tokens[a].deprel == "aux:pass" for a in aux)
    passive = passive and any("copula" in view.lexis.classes(x) for x in aux_lemmas)
    if aux and not passive and not reflexive and _composed(view, aux_lemmas):
        passive = feats.get("VerbForm") == "Part" and not present
    passive = passive and feats.get("VerbForm") != "Inf"
    conditional = any(tokens[a].feats.get("Mood") == "Cnd" for a in aux) or feats.get("Mood") == "Cnd"
    return Group(i, min(first, i), last, form, passive, negated, reflexive, inverted, tuple(sorted(clitics)), conditional, mark)


def _seeming(view: View, i: int, first: int) -> int | None:
    """The verb of seeming right before an infinitive ("appear to show", "semblent montrer"), which then stands for a finite verb."""
    k = i - 1
    if k > first and "to" in view.cls[k]:
        k -= 1
    return k if k > first and {"seeming"} & (view.cls[k] | view.lexis.classes(view.tokens[k].lemma.lower())) else None


def _composed(view: View, lemmas: Iterable[str]) -> bool:
    """Whether both the verb "to be" and the auxiliary of the perfect are among the auxiliaries."""
    classes = [view.lexis.classes(x) for x in lemmas]
    return any("copula" in c for c in classes) and any("perfect" in c for c in classes)


def _aside(view: View, k: int, first: int) -> int | None:
    """The auxiliary before a set phrase that ends at `k` ("a de son côté signalé"), or None."""
    if not view.is_(k, "aside-noun"):
        return None
    j = k - 1
    while j > first and k - j < 4 and view.tokens[j].pos in ("DET", "ADP", "ADV", "ADJ", "CCONJ"):
        j -= 1
    participle = next((x for x in range(k + 1, k + 4) if x < len(view.tokens) and view.tokens[x].feats.get("VerbForm") == "Part"), k)
    return j if view.tokens[j].pos == "AUX" or _auxiliary(view, j, participle) else None


def _parted(view: View, i: int, first: int) -> int | None:
    """The auxiliary that an aside between commas parts from its participle: "a, à son tour, démenti"."""
    if i - 1 <= first or view.tokens[i - 1].text != "," or not (view.is_verb(i) and view.low[i] in view.lexis.forms):
        return None
    k = i - 2
    while k > first and i - k < 8 and view.tokens[k].text != ",":
        if view.is_verb(k):
            return None
        k -= 1
    j = k - 1
    while j > first and view.is_(j, "negation", "negation-late"):
        j -= 1
    perfect = "perfect" in view.lexis.classes(view.tokens[j].lemma.lower())
    near = j > first and view.tokens[k].text == "," and (view.tokens[j].pos == "AUX" or perfect)
    return j if near and view.finite(j) else None


def _auxiliary(view: View, k: int, i: int) -> bool:
    """Whether a finite verb that the tagger took for a full verb is the auxiliary of the participle `i` behind it."""
    t = view.tokens[k]
    return (
        t.pos == "VERB"
        and view.finite(k)
        and view.tokens[i].feats.get("VerbForm") == "Part"
        and bool({"copula", "perfect"} & view.lexis.classes(t.lemma.lower()))
    )


def _looks_finite(view: View, i: int, first: int) -> bool:
    """Whether a form that may be participle or present ("fait", "dit") has a subject of its own, so that it is the present."""
    t = view.tokens[i]
    if t.deprel == "acl:relcl" or i in view.pasts:
        return True
    if t.rel == "acl":
        return False
    if t.pos not in ("VERB", "AUX"):
        return True
    if view.accused(i):
        return False
    if any(c.rel == "nsubj" and c.deprel != "nsubj:pass" for c in view.children(i)):
        return True
    sent_first, _ = view.sentence_range(i)
    if first > sent_first and (view.is_(first - 1, "subject", "relative") or first < i):
        return True
    inflected = t.feats.get("Gender") == "Fem" or t.feats.get("Number") == "Plur"
    return (
        t.is_root
        and not inflected
        and first > sent_first
        and view.tokens[first - 1].pos in ("NOUN", "PROPN", "ADJ")
        and t.lemma.lower() != view.low[i]
    )


def find_cues(view: View) -> list[Cue]:
    """All reporting verbs in text order, at most one entry per verb, the longest phrase first."""
    out: list[Cue] = []
    lexis = view.lexis
    done = -1
    for i, t in enumerate(view.tokens):
        if i <= done:
            continue
        lemma = t.lemma.lower()
        low = view.low[i]
        if lemma not in lexis.verbs and lemma not in lexis.reflexive_verbs:
            base = lexis.forms.get(low)
            if base is None or not (
                t.pos in ("VERB", "AUX")
                or _after_auxiliary(view, i)
                or _behind_quote(view, i)
                or _verb_place(view, i)
                or _predicates(view, i)
            ):
                continue
            lemma = base
        elif t.pos not in ("VERB", "AUX") and not (
            low in lexis.forms
            and (_after_auxiliary(view, i) or t.pos == "ADJ" or _behind_quote(view, i) or _verb_place(view, i) or _predicates(view, i))
        ):
            continue
        group = group_of(view, i)
        cue = _entry(view, group, lemma)
        if cue is not None:
            out.append(cue)
            done = cue.group.last
    return out


def _verb_place(view: View, i: int) -> bool:
    """Whether a form of a reporting verb that the tagger took for something else stands where a finite verb stands: behind a noun phrase
    or a pronoun, before a complement. Small treebanks know few verbs of saying, so this is common."""
    first, last = view.sentence_range(i)
    if i <= first or i >= last:
        return False
    t, after = view.tokens[i], view.tokens[i + 1]
    if t.text[:1].isupper() or t.pos in ("DET", "ADP", "PRON", "CCONJ", "NUM", "AUX"):
        return False
    k = i - 1
    while k > first and (
        ("clitic" in view.cls[k] and view.low[k] not in ("le", "la", "les", "leur") and not ("in" in view.cls[k] and after.pos == "ADP"))
        or "ne" in view.cls[k]
    ):
        k -= 1
    lead = view.tokens[k]
    if "bare-clauses" in view.lexis.traits and after.text == "." and lead.text == "," and view.tokens[k - 1].pos == "PROPN":
        return True  # ", the governor, Oleh Kiper, reports."
    if k < i - 1 and view.is_(k + 1, "ne", "reflexive"):
        return True
    ok = lead.pos in ("NOUN", "PROPN", "X", "NUM") or view.is_(k, "subject", "relative") or lead.text in (",", ")", "»", '"', "”")
    counts = (view.is_(k, "and") or lead.text == ",") and "to" in view.cls[i + 1] and view.numbered(i + 2, min(last, i + 5))
    if counts and any(v.counts or "number" in v.flags for v in view.lexis.verbs.get(view.lexis.forms.get(view.low[i], ""), ())):
        return True  # "… et chiffre à 140 …"
    if lead.pos == "ADJ":
        ok = k > first and view.tokens[k - 1].pos in ("NOUN", "PROPN", "ADJ")
    if not ok:
        return False
    if lead.text == ",":
        plain = (
            "bare-clauses" in view.lexis.traits and "noun-like" not in view.cls[i] and after.pos in ("PRON", "NOUN", "ADJ", "NUM", "VERB")
        )
        return "emphatic" in view.cls[k - 1] or k < i - 1 or after.pos in ("DET", "PROPN") or "that" in view.cls[i + 1] or plain
    if "bare-clauses" in view.lexis.traits and "noun-like" not in view.cls[i] and after.pos in ("NOUN", "PROPN", "VERB"):
        return True
    return after.pos in ("DET", "NUM", "ADV", "SCONJ", "PRON", "ADP", "ADJ") or view.is_(i + 1, "that", "of", "to") or view.is_punct(i + 1)


def _predicates(view: View, i: int) -> bool:
    """Whether a form that the tagger took for a noun has a subject before it and no copula: "un homme masqué menace de …"."""
    t = view.tokens[i]
    if t.pos != "NOUN" or t.text[:1].isupper() or view.tokens[i - 1].pos in ("DET", "ADP") or i == view.sentence_range(i)[0]:
        return False
    children = view.children(i)
    return any(c.rel == "nsubj" and c.i < i for c in children) and not any(c.rel in ("cop", "aux", "det", "case") for c in children)


def _behind_quote(view: View, i: int) -> bool:
    """Whether the word stands right behind a quotation and its comma, where a cue is to be expected whatever the tagger says."""
    k = i - 1 if i > 0 and "clitic" in view.cls[i - 1] else i
    q = view.quote_ending(view.tokens[k].start)
    return q is not None and not q.open and "," in view.text[q.last : view.tokens[k].start]


def _after_auxiliary(view: View, i: int) -> bool:
    k = i - 1
    first, _ = view.sentence_range(i)
    while k >= first and i - k <= 4:
        if view.tokens[k].pos == "AUX":
            return True
        if view.tokens[k].pos != "ADV" and not view.is_(k, "inverted", "negation"):
            return False
        k -= 1
    return False


def _entry(view: View, group: Group, lemma: str) -> Cue | None:
    candidates = (view.lexis.reflexive_verbs.get(lemma, ()) if group.reflexive else ()) + view.lexis.verbs.get(lemma, ())
    behind: set[str] | None = None
    for verb in candidates:
        if verb.rest:
            # Most phrases of a verb fail on their first word: asked at once for all of them.
            behind = behind if behind is not None else _words_behind(view, group.verb)
            if verb.rest[0] not in behind:
                continue
        last = _follow(view, group, verb.rest)
        if last is None:
            continue
        if group.reflexive and not verb.reflexive:
            continue
        if verb.counts and not view.numbered(last + 1, min(view.sentence_range(group.verb)[1], last + _COUNT_REACH)):
            continue
        if verb.clitics and not verb.clitics <= {view.low[c] for c in group.clitics}:
            continue
        if "active" in verb.flags and not group.passive:
            continue
        g = group if last <= group.last else _stretched(group, last)
        if "active" in verb.flags:
            g = replace(g, passive=False)
        return Cue(g, verb)
    return None


def _words_behind(view: View, i: int) -> set[str]:
    """Forms and lemmas of the words that a phrase with the verb `i` may take in first."""
    end = min(view.sentence_range(i)[1], i + _REACH) + 1
    out = set(view.low[i + 1 : end])
    out.update(t.lemma.lower() for t in view.tokens[i + 1 : end])
    return out


def _stretched(g: Group, last: int) -> Group:
    return Group(g.verb, g.first, last, g.form, g.passive, g.negated, g.reflexive, g.inverted, g.clitics, g.conditional, g.mark)


def _follow(view: View, group: Group, rest: tuple[str, ...]) -> int | None:
    """The index of the last word when the words of a phrase follow the verb in order, with few others between; None if not."""
    if not rest:
        return group.last
    _, sent_last = view.sentence_range(group.verb)
    k = group.verb + 1
    limit = min(sent_last, group.verb + _REACH)
    for n, word in enumerate(rest):
        stop = limit if n == 0 else min(limit, k + 1)
        while k <= stop and view.low[k] != word and view.tokens[k].lemma.lower() != word:
            if n == 0 and view.tokens[k].text == "," and k + 2 <= stop and "emphatic" in view.cls[k + 1] and view.tokens[k + 2].text == ",":
                k += 3
                continue
            if n == 0 and ((view.tokens[k].pos in ("ADP", "NOUN", "PROPN", "SCONJ") and "inverted" not in view.cls[k]) or view.is_punct(k)):
                return None
            k += 1
        if k > stop:
            return None
        k += 1
    return k - 1
