"""Cues in the passive and participles with an agent: "a été revendiqué par X", "est accusé de", "des chiffres cités par X". May import: `view`, `cues`."""

from __future__ import annotations

from collections.abc import Mapping

from selon.extract.statements.complements import complement, infinitive_start
from selon.extract.statements.cues import Cue
from selon.extract.statements.extent import extent
from selon.extract.statements.sources import noun_phrase, speaks, subject_of
from selon.extract.statements.view import Draft, View


def passive(view: View, cue: Cue, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Draft | None:
    """The statement of a passive cue, or of a bare participle with an agent."""
    g = cue.group
    frames = cue.verb.frames
    _, sent_last = view.sentence_range(g.verb)
    agent = agent_of(view, cue)
    source = noun_phrase(view, agent) if agent is not None else None
    group = (g.first, g.last)
    head = subject_of(view, cue)
    if source is None and head is not None and not g.negated and _laid(view, cue):
        first, last = noun_phrase(view, head)
        last = min(last, g.first - 1) if head < g.first else last
        while last > first and view.is_punct(last):
            last -= 1
        return Draft(g.verb, group, None, view.tokens[first].start, view.tokens[last].end, "accuses", "passive-blame", "passive")
    impersonal = (
        head is not None and (view.tokens[head].deprel == "expl:subj" or view.is_(head, "empty")) and g.form == "fin" and not g.negated
    )
    if impersonal and frames.get("inf") == "demands":
        # "il est recommandé aux riverains de partir"
        found = complement(view, cue, cues, groups)
        if found is not None and found.frame in ("inf", "objinf"):
            return Draft(g.verb, group, source, found.start, found.end, "demands", "passive-infinitive", "inf")
    if impersonal and source is not None and "that" in frames:
        found = complement(view, cue, cues, groups)
        if found is not None and found.frame == "that":
            return Draft(g.verb, group, source, found.start, found.end, found.stance, "passive-agent", "that")
    bare = g.form == "part" and not _finite_near(view, g.verb)
    untold = cue.verb.flags.get("agentless")
    if untold is None and head is not None and "number" in cue.verb.flags and _none_of(view, head):
        untold = frames.get("obj")
    if untold is not None and source is None and (g.form == "fin" or bare):
        draft = _untold(view, cue, untold, head, cues, groups)
        if draft is not None:
            return draft
    # "est accusé de", "sont invités à": the infinitive is what is said.
    if ("obj" in frames and frames["obj"] == "accuses") or "objinf" in frames:
        k = infinitive_start(view, cue, g.last + 1, sent_last)
        if k is not None and view.is_(k, "of", "to") and not g.negated and (g.form == "fin" or bare or "objinf" not in frames):
            end = extent(view, g.verb, k, cues, "inf", groups)
            given = "hearsay" if "suspect" in cue.verb.flags and source is None else frames.get("objinf", "accuses")
            return Draft(g.verb, group, source, view.tokens[k].start, view.tokens[end].end, given, "passive-infinitive", "inf")
        if frames.get("obj") == "accuses" and not g.negated and source is None:
            j = g.last + 1
            if j <= sent_last and "of" in view.cls[j]:
                end = extent(view, g.verb, j, cues, "inf", groups)
                return Draft(g.verb, group, None, view.tokens[j].start, view.tokens[end].end, "accuses", "passive-infinitive", "inf")
            return None
    shown = g.form == "fin" or (g.form == "part" and cue.verb.flags.get("as") == "asserts")
    if "as" in cue.verb.flags and shown and not g.negated:
        for j in range(g.last + 1, min(sent_last, g.last + 12) + 1):
            if "as" in view.cls[j]:
                if agent is not None and agent > j:
                    source = None
                if g.form == "part" and view.tokens[min(j + 1, sent_last)].pos in ("ADJ", "ADV"):
                    break
                end = extent(view, g.verb, j, cues, "obj", groups)
                given = "hearsay" if source is None and g.form == "part" else cue.verb.flags["as"]
                return Draft(g.verb, group, source, view.tokens[j].start, view.tokens[end].end, given, "passive-as", "as")
            if view.finite(j) or view.tokens[j].text in (",", ";"):
                break
    if g.form == "part" and head is not None and head > g.verb and speaks(view, head):
        return None  # "Sollicité par la presse, le maire …": who was asked
    if source is None or head is None or (g.negated and not _none_of(view, head)) or "objects" in cue.verb.flags:
        return None
    if "number" in cue.verb.flags and any(f.startswith("obl-") for f in frames):
        # "a été porté à 53 morts par la mairie": the number is what is said.
        found = complement(view, cue, cues, groups)
        if found is not None and found.frame.startswith("obl-") and view.numbered(found.first, found.last):
            end = next((j for j in range(found.first + 1, found.last + 1) if "by" in view.cls[j]), found.last + 1) - 1
            return Draft(
                g.verb, group, source, found.start, min(found.end, view.tokens[end].end), found.stance, "passive-count", found.frame
            )
    stance = frames.get("obj")
    if stance is None or "reporter" in cue.verb.flags or view.tokens[head].pos == "PRON" or "feeble" in cue.verb.flags:
        return None
    named = head
    if g.form == "part" and head < g.first:
        head = _agreeing(view, cue, head)
    first, last = noun_phrase(view, head)
    if head != named and not any(view.finite(j) for j in range(first, g.first)):
        last = g.first - 2  # all up to the comma before the participle
    if g.form == "part" and head < g.first and view.tokens[g.first - 1].text == ",":
        rest = range(last + 1, g.first - 1)
        if not any(view.finite(j) or view.is_punct(j) for j in rest):
            last = g.first - 2  # "l'attentat de jeudi devant la gare, revendiqué par …"
    apposed = head < g.first and last + 1 < g.first - 1 and view.tokens[last + 1].text == "," and view.tokens[g.first - 1].text == ","
    if apposed and not any(view.finite(j) for j in range(last, g.first)):
        last = g.first - 2
    if last >= g.first and head < g.first:
        last = g.first - 1
        while last > first and (view.is_punct(last) or view.is_(last, "relative")):
            last -= 1
    label = next((j for j in range(last + 1, g.first) if view.tokens[j].text == ":"), None)
    if label is not None and head < label and view.numbered(label + 1, g.first - 1):
        first, last = label + 1, g.first - 1  # "Financement : 71 millions demandés par l'ONU": the label is not what is asked
    counted = _counted(view, head, first, last) if g.form != "fin" or speaks(view, head) == "document" else None
    if counted is not None and stance == "asserts":
        # "le chiffre de 130 morts avancé par la presse": the number is what is said.
        return Draft(g.verb, group, source, view.tokens[counted].start, view.tokens[last].end, stance, "passive-count", "passive")
    if g.form != "fin" and (speaks(view, head) == "document" or "document" in cue.verb.flags):
        return None
    if (
        g.form == "part"
        and stance == "denies"
        and "weak" in cue.verb.flags
        and "retold" not in view.lexis.classes(view.tokens[head].lemma.lower())
    ):
        return None  # "une hausse contestée par les usagers": a quarrel, not a denial
    return Draft(g.verb, group, source, view.tokens[first].start, view.tokens[last].end, stance, "passive-agent", "passive")


def _finite_near(view: View, at: int) -> bool:
    """Whether the sentence of token `at` has a finite verb: a participle in it is then no predicate of a headline."""
    first, last = view.sentence_range(at)
    return any(view.finite(j) for j in range(first, last + 1) if j != at)


def _none_of(view: View, head: int) -> bool:
    """Whether a subject is "aucun …", so that its passive says that there was none."""
    return any("none" in view.cls[c.i] for c in view.children(head) if c.i < head) or "none" in view.cls[head]


def _untold(view: View, cue: Cue, stance: str, head: int | None, cues: Mapping[int, Cue], groups: Mapping[int, Cue]) -> Draft | None:
    """What is said without a word on who says it: "Aucun blessé n'a été signalé", "il a été annoncé que …", "Des renforts ont été demandés"."""
    g = cue.group
    impersonal = head is None or view.tokens[head].deprel == "expl:subj" or view.is_(head, "nobody", "empty")
    if impersonal:
        found = complement(view, cue, cues, groups) if g.form == "fin" and not g.negated else None
        if found is None or found.frame not in ("that", "inf"):
            return None
        return Draft(g.verb, (g.first, g.last), None, found.start, found.end, found.stance, "passive-untold", found.frame)
    assert head is not None
    if g.negated and not (stance == "asserts" and _none_of(view, head)):
        return None
    if view.tokens[head].pos != "NOUN" or speaks(view, head) in ("person", "body"):
        return None
    first, last = noun_phrase(view, head)
    last = min(last, g.first - 1) if head < g.first else last
    while last > first and (view.is_punct(last) or view.is_(last, "relative")):
        last -= 1
    if last < first or view.quote_at(view.tokens[g.verb].start) is not None:
        return None
    _, sent_last = view.sentence_range(g.verb)
    colon = next(
        (j for j in range(g.last + 1, min(sent_last, g.last + 9)) if view.tokens[j].text in (":", ",", ";") or view.finite(j)), sent_last
    )
    if colon < sent_last and view.tokens[colon].text == ":":
        # "Danger signalé : des câbles à terre"
        end = extent(view, g.verb, colon + 1, cues, "resumed", groups)
        return Draft(g.verb, (g.first, g.last), None, view.tokens[colon + 1].start, view.tokens[end].end, stance, "passive-untold", "colon")
    if g.form == "part" and stance == "asserts" and not view.is_(first, "none", "negation"):
        return None
    return Draft(g.verb, (g.first, g.last), None, view.tokens[first].start, view.tokens[last].end, stance, "passive-untold", "passive")


def _agreeing(view: View, cue: Cue, head: int) -> int:
    """The noun that a participle behind a comma agrees with, when the one that the parse names does not ("les attaques à Aden, revendiquées par …")."""
    want = {k: v for k, v in view.tokens[cue.at].feats.items() if k in ("Gender", "Number")}

    def fits(i: int) -> bool:
        feats = view.tokens[i].feats
        return view.tokens[i].pos == "NOUN" and all(feats.get(k, v) == v for k, v in want.items())

    if fits(head) or len(want) < 2 or view.tokens[cue.group.first - 1].text != ",":
        return head
    first, _ = view.sentence_range(cue.at)
    return next(
        (j for j in range(cue.group.first - 1, first - 1, -1) if fits(j) and "retold" not in view.cls[j] and not speaks(view, j)), head
    )


def _laid(view: View, cue: Cue) -> bool:
    """Whether a deed is laid at somebody's door without saying by whom: "une attaque imputée aux rebelles", "attribuée à Kiev"."""
    g = cue.group
    if not any(f.startswith("obl-") and s == "accuses" and "to" in view.lexis.classes(f[4:]) for f, s in cue.verb.frames.items()):
        return False
    _, last = view.sentence_range(g.verb)
    k = g.last + 1
    if k >= last or "to" not in view.cls[k]:
        return False
    who = next((j for j in range(k + 1, min(last, k + 4) + 1) if view.tokens[j].pos in ("NOUN", "PROPN")), None)
    return who is not None and speaks(view, who) in ("body", "name", "person")


def _counted(view: View, head: int, first: int, last: int) -> int | None:
    """The first token of the number in the phrase of a noun such as "bilan", "chiffre"."""
    if "retold" not in view.lexis.classes(view.tokens[head].lemma.lower()) or not view.numbered(head + 1, last):
        return None
    k = next((j for j in range(head + 1, last) if "of" in view.cls[j]), None)
    return k + 1 if k is not None and k + 1 <= last else None


def agent_of(view: View, cue: Cue) -> int | None:
    """The head of the phrase with the agent's preposition behind a passive or participle."""
    for c in view.children(cue.at):
        if c.lemma.lower() in view.lexis.channels and not speaks(view, c.i):
            continue
        if c.deprel == "obl:agent" and c.i > cue.at:
            return c.i
        if c.rel in ("obl", "nmod") and c.i > cue.at and any("by" in view.cls[x.i] for x in view.children(c.i)):
            return c.i
    _, last = view.sentence_range(cue.at)
    for j in range(cue.group.last + 1, min(last, cue.group.last + 8) + 1):
        if "by" in view.cls[j]:
            for k in range(j + 1, min(last, j + 6) + 1):
                if view.tokens[k].pos in ("NOUN", "PROPN", "PRON"):
                    return k if speaks(view, k) else None
        if view.is_punct(j) or view.finite(j):
            return None
    return None
