"""Who speaks: the subject of a cue and the span of its noun phrase. May import: `view`, `cues`."""

from __future__ import annotations

from selon.extract.statements.apart import before_dashes, cited_as, inside_relative, over_relative
from selon.extract.statements.cues import Cue, Group, group_of
from selon.extract.statements.extent import skip_lead
from selon.extract.statements.speakers import speaks as speaks
from selon.extract.statements.view import View

Range = tuple[int, int]


def noun_phrase(view: View, head: int, floor: int | None = None) -> Range:
    """First and last token of the phrase around a head noun, without relative clauses, after the gold's manner.

    A name set off by commas belongs to it ("le maire, Jean Petit"); what follows it does not. `floor` bounds it on the left.
    """
    tokens = view.tokens
    sent_first, sent_last = view.sentence_range(head)
    lo = max(sent_first, floor if floor is not None else sent_first)
    first = head
    for child in view.children(head):
        if (
            child.i < head
            and child.i >= lo
            and child.rel in ("det", "amod", "nummod", "advmod", "flat", "nmod", "compound")
            and not view.is_punct(child.i)
            and not (child.pos == "PROPN" and "weekday" in view.cls[child.i])
            and child.pos != "ADP"
            and not view.is_(child.i, "relative", "relative-other")
        ):
            first = min(first, child.i)
    # A determiner or adjective directly before it, whatever the parse says.
    while first > lo and (
        tokens[first - 1].pos == "DET" or (tokens[first - 1].pos in ("ADJ", "NUM") and first - 1 > lo and tokens[first - 2].pos == "DET")
    ):
        first -= 1
    last = head
    k = head + 1
    inside_commas = False
    while k <= sent_last:
        t, c = tokens[k], view.cls[k]
        if "relative" in c or "relative-other" in c or t.pos == "SCONJ" or (t.pos == "ADP" and k in view.phrase_starts):
            break
        if view.is_punct(k):
            if t.text == "(" and k + 2 <= sent_last and tokens[k + 2].text == ")":
                k += 3
                last = k - 1
                continue
            if t.text == "," and not inside_commas and _apposed(view, head, k + 1, sent_last):
                inside_commas = True
                k += 1
                continue
            if t.text in ('"', "«", "»", "“", "”") and view.below(k, head) and last == k - 1:
                k += 1
                continue
            break
        if view.finite(k) or t.pos == "AUX":
            break
        if t.pos in ("VERB",) and not view.below(k, head):
            break
        if t.pos == "ADP" and not view.below(k, head):
            break
        if t.pos == "CCONJ":
            if view.below(k, head) and k + 1 <= sent_last and (_joint(view, k + 1, head) or not _verbal(view, k + 1, sent_last)):
                k += 1
                continue
            break
        surname = tokens[head].pos == "PROPN" and k == head + 1 and t.text[:1].isupper() and t.pos in ("NOUN", "X")
        if not view.below(k, head) and t.pos not in ("PROPN", "ADJ") and not surname:
            break
        if "time" in view.cls[k]:
            break
        last = k
        k += 1
    while last > head and tokens[last].pos in ("DET", "ADP"):
        last -= 1
    held = view.quote_at(tokens[last].start)
    if held is not None and not held.open and held.start >= tokens[first].start and last < sent_last and tokens[last + 1].end == held.end:
        last += 1  # the mark that closes a name: le groupe « Daech »
    return first, last


def giver_of(view: View, first: int, last: int) -> Range | None:
    """Who gave a count that is named as the source: "un décompte livré vendredi par le ministre" -> the minister."""
    head = next((j for j in range(first, last + 1) if view.tokens[j].pos == "NOUN"), None)
    if head is None or "retold" not in view.lexis.classes(view.tokens[head].lemma.lower()):
        return None
    _, end = view.sentence_range(head)
    given = False
    for j in range(head + 1, min(end, head + 12) + 1):
        t = view.tokens[j]
        if view.is_punct(j) or (view.finite(j) and t.pos != "ADJ"):
            return None
        given = given or (t.pos in ("VERB", "ADJ") and t.feats.get("VerbForm") == "Part")
        if given and "by" in view.cls[j]:
            who = next((k for k in range(j + 1, min(end, j + 5) + 1) if view.tokens[k].pos in ("NOUN", "PROPN")), None)
            return noun_phrase(view, who, j + 1) if who is not None and speaks(view, who) in ("person", "body", "name") else None
    return None


def _joint(view: View, k: int, head: int) -> bool:
    """Whether the second of two joint speakers begins at `k` ("Rome et Londres pressent")."""
    while k + 1 < len(view.tokens) and view.tokens[k].pos == "DET":
        k += 1
    t = view.tokens[k]
    return t.rel == "conj" and t.head == head and t.pos in ("NOUN", "PROPN") and not view.finite(k)


def _verbal(view: View, k: int, end: int) -> bool:
    return any(view.finite(j) or view.tokens[j].pos == "AUX" for j in range(k, min(end, k + 3) + 1))


def _apposed(view: View, head: int, k: int, end: int) -> bool:
    """Whether a name or a role begins at `k`, behind the comma that follows the head's phrase."""
    if k > end:
        return False
    t = view.tokens[k]
    if t.pos == "PROPN":
        return view.below(k, head) or t.rel in ("appos", "flat", "root")
    if t.pos in ("DET", "NOUN", "ADJ") and view.below(k, head):
        j = k
        while j <= min(end, k + 4):
            if view.tokens[j].pos == "NOUN":
                return speaks(view, j) == "person" and not any(view.finite(x) for x in range(k, j))
            j += 1
    return False


def subject_of(view: View, cue: Cue) -> int | None:
    """The head of the cue's subject: its own, that of the verb it is coordinated with or governed by, or the antecedent."""
    return _subject(view, cue.group, 0)


def _own_subject(view: View, group: Group) -> int | None:
    best = None
    inverts = group.form != "ger" or "subject-before-inserted-cue" not in view.lexis.traits
    for c in view.children(group.verb):
        if c.rel == "nsubj" and not view.is_punct(c.i) and (c.i < group.first or (best is None and c.i > group.last and inverts)):
            best = c.i
    if group.inverted is not None:
        return group.inverted
    if best is None:
        for c in view.children(group.verb):
            if c.deprel == "expl:subj" and c.i < group.verb:
                return c.i
    return best


def clause_subject(view: View, group: Group) -> int | None:
    """The first noun phrase of the cue's clause that is in no prepositional phrase and can speak: for where the parse names no subject."""
    first, _ = view.sentence_range(group.verb)
    lo = skip_lead(view, first, group.first)
    k = group.first - 1
    while k >= first:
        if view.is_(k, "that") or view.tokens[k].text in (";", ":") or "relative" in view.cls[k]:
            lo = k if "relative" in view.cls[k] else k + 1
            break
        if view.finite(k) and view.tokens[k].rel not in ("aux", "cop") and view.tokens[k].deprel != "acl:relcl":
            lo = k + 1
            break
        k -= 1
    governed = False
    for j in range(lo, group.first):
        t, c = view.tokens[j], view.cls[j]
        object_ = governed and t.pos == "PRON" and "relative" not in c and "bare-clauses" in view.lexis.traits
        if t.text == "," or t.pos == "CCONJ" or object_:
            governed = False
        elif "subject" in c and t.pos in ("DET", "ADJ") and j + 1 < group.first and view.tokens[j + 1].pos in ("NOUN", "ADJ"):
            continue  # "certains médias": a determiner
        elif "relative" in c or ("subject" in c and (t.pos == "PRON" or not ("clitic" in c or ("article" in c and t.pos == "DET")))):
            return j
        elif t.pos == "ADP" or ("of" in c and t.pos != "DET"):
            governed = True
        elif t.pos in ("NOUN", "PROPN", "X") or (
            t.pos == "ADJ" and t.lemma.lower() in view.lexis.sources and view.tokens[j - 1].pos not in ("NOUN", "PROPN")
        ):
            if not governed and speaks(view, j):
                return j
            governed = False
    return None


def _subject(view: View, group: Group, depth: int) -> int | None:
    if (apart := before_dashes(view, group)) is not None:
        return apart
    own = _own_subject(view, group)
    t = view.tokens[group.verb]
    if own is not None and own < group.first and view.is_(own, "speaker") and "clitic" in view.cls[own] and _third(view, group):
        own = None  # "la junte nous accuse": an object
    if own is not None and own < group.first and own < skip_lead(view, view.sentence_range(group.verb)[0], group.first):
        own = None  # a dateline
    if group.form == "ger" and group.mark is not None and "as" in view.cls[group.mark] and (told := cited_as(view, group)) is not None:
        return told
    if "subject-before-inserted-cue" in view.lexis.traits and (nearest := inside_relative(view, group)) is not None:
        return nearest
    if "subject-before-inserted-cue" in view.lexis.traits and (described := over_relative(view, group)) is not None:
        return described
    if own is not None:
        if "relative" in view.cls[own]:
            return antecedent(view, own, group.verb)
        set_off = own + 1 < group.first and view.tokens[own + 1].text == "," and view.tokens[own - 1].text == ","
        aside = "emphatic" in view.cls[own] and ("subject" not in view.cls[own] or set_off)
        if not aside and (speaks(view, own) or group.form != "fin"):
            return own
        near = clause_subject(view, group)
        return near if near is not None and "relative" not in view.cls[near] else own
    if group.form == "fin":
        for c in group.clitics:
            if "speaker" in view.cls[c] and "subject" in view.cls[c] and not _third(view, group):
                return c
        near = clause_subject(view, group) if t.rel != "conj" or not _coordinated(view, group) else None
        if near is not None:
            if "relative" in view.cls[near]:
                return antecedent(view, near, group.verb)
            return near
    if depth > 4 or t.is_root:
        return None
    head = view.tokens[t.head]
    joined = (
        group.form == "part"
        and view.is_(group.first - 1, "and")
        and group.last < len(view.tokens) - 1
        and "that" in view.cls[group.last + 1]
    )
    if (t.rel == "acl" or (group.form in ("ger", "part") and head.pos in ("NOUN", "PROPN"))) and not (joined and t.rel == "conj"):
        if head.pos in ("NOUN", "PROPN", "PRON") and (
            group.form not in ("ger", "inf") or speaks(view, head.i) or (group.form == "ger" and not view.is_punct(group.first - 1))
        ):
            return head.i
        if group.form == "inf" and not speaks(view, head.i):
            upper_verb = view.tokens[head.head] if head.pos in ("NOUN", "ADJ") else head
            if upper_verb.i != head.i and upper_verb.pos in ("VERB", "AUX", "ADJ"):
                return _subject(view, group_of(view, upper_verb.i), depth + 1)
            if any(c.rel == "cop" or c.pos == "AUX" for c in view.children(head.i)):
                return _subject(view, group_of(view, head.i), depth + 1)
        if group.form == "ger":
            root = view.tokens[group.verb]
            while not root.is_root and not (root.i != group.verb and root.pos == "VERB"):
                root = view.tokens[root.head]
            if root.i != group.verb:
                upper = group_of(view, root.i)
                found = _subject(view, upper, depth + 1)
                if found is None or not speaks(view, found):
                    right = right_subject(view, upper, group.first - 1)
                    found = right if right is not None else found
                return found
    if (group.form == "fin" or joined) and t.rel == "conj" and head.pos in ("NOUN", "PROPN") and not head.is_root:
        # A predicate that the parse has coordinated with the object of the one before it.
        above = head
        while above.pos not in ("VERB", "AUX") and not above.is_root:
            above = view.tokens[above.head]
        if above.pos in ("VERB", "AUX") and above.i < group.first:
            return _subject(view, group_of(view, above.i), depth + 1)
    if head.pos in ("VERB", "AUX", "ADJ", "NOUN") and t.rel in (
        "conj",
        "xcomp",
        "advcl",
        "parataxis",
        "ccomp",
        "acl",
        "obl",
        "dep",
        "nmod",
    ):
        return _subject(view, group_of(view, head.i), depth + 1)
    return None


def _third(view: View, group: Group) -> bool:
    """Whether the finite verb of a group is in the third person, so that a pronoun of the first before it is its object ("nous écrit")."""
    return any(view.tokens[j].feats.get("Person") == "3" for j in range(group.first, group.verb + 1) if view.finite(j))


def _coordinated(view: View, group: Group) -> bool:
    """Whether a conjunction stands right before the verb group, so that the subject is that of the verb before."""
    k = group.first - 1
    return (k >= 0 and view.is_(k, "and", "but")) or (k >= 0 and view.tokens[k].text == ",")


def antecedent(view: View, pronoun: int, verb: int) -> int | None:
    """The noun that a relative clause hangs on; the nearest noun before the pronoun when the parse says nothing."""
    t = view.tokens[verb]
    seen = 0
    while not t.is_root and seen < 4:
        if t.deprel == "acl:relcl":
            head = view.tokens[t.head]
            if (
                head.pos in ("NOUN", "PROPN", "PRON")
                and head.i < pronoun
                and (speaks(view, head.i) or head.rel == "nmod" or pronoun - head.i <= 3)
                and view.quote_at(head.start) is view.quote_at(view.tokens[pronoun].start)
            ):
                if view.tokens[pronoun - 1].text == ",":
                    while (
                        head.rel in ("nmod", "appos", "flat")
                        and view.tokens[head.head].pos in ("NOUN", "PROPN")
                        and speaks(view, head.head)
                    ):
                        head = view.tokens[head.head]
                    return head.i
                if not speaks(view, head.i) and head.rel == "nmod" and speaks(view, head.head):
                    return head.head
                if head.rel in ("appos", "flat") and view.tokens[head.head].pos in ("NOUN", "PROPN") and speaks(view, head.head):
                    return head.head
                return head.i
        t = view.tokens[t.head]
        seen += 1
    first, _ = view.sentence_range(verb)
    nouns = [k for k in range(pronoun - 1, max(first, pronoun - 14) - 1, -1) if view.tokens[k].pos in ("NOUN", "PROPN")]
    return next((k for k in nouns if speaks(view, k)), nouns[0] if nouns else None)


def right_subject(view: View, group: Group, limit: int) -> int | None:
    """The head of a noun phrase that follows an inverted cue (", a annoncé mardi le maire"), passing over times, adverbs and what stands
    between commas (", soupire, épuisée, une infirmière", ", glisse, un peu gêné, le facteur")."""
    found = _right(view, group, limit)
    if found is not None and (speaks(view, found) or view.tokens[found].pos == "PRON"):
        return found
    lo = group.last + 1 + (group.last + 1 <= limit and view.tokens[group.last + 1].text == ",")
    comma = next((j for j in range(lo, min(limit, lo + 8) + 1) if view.tokens[j].text == "," or view.finite(j)), None)
    if comma is None or view.tokens[comma].text != ",":
        return found
    for j in range(comma + 1, min(limit, comma + 5) + 1):
        if view.tokens[j].pos in ("NOUN", "PROPN"):
            return j if speaks(view, j) in ("person", "body", "name") else found
        if view.tokens[j].pos not in ("DET", "ADJ", "NUM"):
            return found
    return found


def _right(view: View, group: Group, limit: int) -> int | None:
    for child in view.children(group.verb):
        if child.i > group.last and child.rel == "nsubj" and "time" not in view.cls[child.i]:
            return child.i
    k = group.last + 1
    while k <= limit:
        t, c = view.tokens[k], view.cls[k]
        if "time" in c or "duration" in c:
            k += 1
            continue
        if "nobody" in c:
            return k
        if t.deprel == "nmod:poss":
            k += 1
            continue
        nominal = (
            t.pos == "ADJ"
            and view.tokens[k - 1].pos == "DET"
            and bool({t.lemma.lower(), view.low[k]} & view.lexis.sources.keys())
            and not (k < limit and view.tokens[k + 1].pos in ("NOUN", "PROPN"))
        )
        if nominal:
            return k  # "confie un proche", "a dit un responsable"
        if t.pos in ("NOUN", "PROPN"):
            if t.pos == "PROPN" or speaks(view, k) or (k > group.last + 1 and view.tokens[k - 1].pos in ("DET", "ADJ")):
                if not _time_like(view, k) and "duration" not in c:
                    return k
                j = k
                while (
                    j + 1 <= limit
                    and view.below(j + 1, k)
                    and not view.is_punct(j + 1)
                    and view.tokens[j + 1].pos in ("NUM", "ADJ", "NOUN", "PROPN")
                ):
                    j += 1
                k = j
        elif (
            (view.is_punct(k) and t.text not in ('"', "«", "»", "“", "”", ","))
            or t.pos == "VERB"
            or t.pos == "AUX"
            or "that" in c
            or "relative" in c
        ):
            return None
        elif "indefinite" in c:
            pass
        elif t.pos == "ADP":
            # A prepositional phrase between verb and subject: pass over it.
            j = k + 1
            while j <= limit and view.tokens[j].pos in ("DET", "ADJ", "NUM"):
                j += 1
            if j <= limit and view.tokens[j].pos in ("NOUN", "PROPN"):
                k = j
                while k + 1 <= limit and view.tokens[k + 1].pos in ("ADP",) and k + 2 <= limit and view.below(k + 1, j):
                    k += 2
        k += 1
    return None


def _time_like(view: View, k: int) -> bool:
    t = view.tokens[k]
    return t.deprel in ("obl:mod", "nmod") and t.pos == "NOUN" and not speaks(view, k)
