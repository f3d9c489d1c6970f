"""The place an event has in its own sentence: how each mention hangs on the trigger, by which preposition, how fine it is, what stands
between. All weights stand in the tables at the top. May import: `scene`, `geography`, `words`, `model`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from selon.model import Event, Parse, Token
from selon.resolve.where.located import Located
from selon.resolve.where.scene import Scene, fineness, is_continent, named_town
from selon.resolve.where.words import entry_for, plain

# How much the way a phrase is attached speaks for a place of the event.
RELATION = {
    "in": 2.0,
    "on": 2.4,
    "near": 1.8,
    "": 1.0,
    "of": 0.8,
    "to": -1.0,
    "from": -2.5,
    "between": -0.5,
    "via": -2.0,
    "by": -1.5,
    "with": -2.0,
    "agent": -3.0,
}
MOTION = frozenset({"evacuation", "deployment", "relief", "meeting"})
# What a governor, a prefect, a mayor decides holds where they hold office.
MEASURES = frozenset({"closure", "restriction", "warning", "evacuation", "sheltering"})
LEAVING = frozenset({"evacuation", "deployment", "territory_change", "closure"})
# Types whose places are rarely told: a delivery goes to a government, a threat is uttered, a sanction is decided.
PLACELESS = {
    "weapons_transfer": 4.4,
    "sanction": 5.0,
    "threat": 3.4,
    "agreement": 3.0,
    "authorisation": 1.6,
    "training": 2.0,
    "meeting": 0.3,
}
CARRIED = frozenset({"weapons_transfer", "sanction", "threat", "agreement", "authorisation", "training"})
# How fine a place is.
LEVEL = {"country": 0, "region": 1, "water": 1, "admin1": 1, "admin2": 2, "city": 3, "village": 3, "district": 4, "site": 4}
# Everything else that raises or lowers a mention.
FIT = {
    "near": 2.0, "token": 0.08, "semicolon": 1.8, "mark": 0.4, "bracket": 1.6, "below": 2.9, "below_verb": 0.7, "clause": 1.0, "clause_verb": 2.6,
    "verb": 0.5, "object": 2.2, "subject": 1.2, "site": 2.6, "office": 1.8, "decides": 0.5, "inside": 2.5, "dateline": 2.5, "topic": 0.2, "listed": 1.2,
    "spoken": 1.1, "capital": 1.8, "motion": 1.2, "far": 18.0, "front": 1.8, "where": 3.2, "there": 1.0, "rival": 0.5, "land": 0.3, "city": 2.2, "come": 3.0, "enough": 1.1,
    "compared": 4.0, "dwelling": 7.0, "seat": 1.5, "suffer": 1.5, "since": 3.0, "care": 2.0, "continent": 1.7, "beyond": 4.0,
}  # fmt: skip


def _trigger(parse: Parse, e: Event) -> tuple[Token, set[int]] | None:
    """The head token of a trigger and all its tokens."""
    tokens = parse.between(e.trigger.start, e.trigger.end)
    token = tokens[0] if tokens else parse.at(e.trigger.start)
    if token is None:
        return None
    group = {t.i for t in tokens} or {token.i}
    return next((parse[i] for i in sorted(group) if parse[i].head not in group or parse[i].is_root), token), group


def own_place(scene: Scene, e: Event, others: Sequence[Event]) -> tuple[float, Located] | None:
    """The best place mention of the event's own sentence with its score, if it is good enough."""
    parse = scene.parse
    trigger = _trigger(parse, e)
    if trigger is None:
        return None
    head, group = trigger
    rivals = [t for t in (_trigger(parse, o) for o in others) if t is not None and t[1].isdisjoint(group)]
    best: tuple[float, Located] | None = None
    fits: list[tuple[float, Located]] = []
    for x in scene.by_sentence.get(head.sent, ()):
        if x.mention.role == "agent" or (not group.isdisjoint(range(x.mention.first, x.mention.last + 1)) and x.mention.anaphor):
            continue
        s = _fit(scene, e, head, group, x)
        if rivals:
            anchor = anchor_of(parse, x)
            mine = _attachment(parse, head, group, anchor)
            lead = max(_attachment(parse, h, g, anchor) for h, g in rivals) - mine
            s -= FIT["rival"] * min(max(lead, 0.0), 2.5)
        fits.append((s, x))
        if best is None or s > best[0]:
            best = s, x
    best = _inside(scene, fits, best)
    enough = PLACELESS.get(e.type, FIT["enough"])
    if best is not None:
        best = best[0], _finer(scene, head.sent, best[1])
    return best if best and best[0] >= enough else None


def _inside(scene: Scene, fits: Sequence[tuple[float, Located]], best: tuple[float, Located] | None) -> tuple[float, Located] | None:
    """Where an area stands at the front ("In Pakistan, landslides blocked a road in Swat"), the best place inside it that fits nearly as well."""
    area = best[1].candidate if best is not None else None
    if best is None or area is None or area.kind not in ("country", "admin1") or best[1].mention.context.prep_at is None:
        return best
    finer = [
        (s, x)
        for s, x in fits
        if s >= best[0] - FIT["inside"]
        and x.place.country == area.country
        and x.mention.first > best[1].mention.last
        and x.mention.context.rel in ("in", "on", "near")
        and x.place.precision != "country"
        and (area.kind == "country" or (x.place.precision != "admin1" and x.place.admin1 == area.admin1))
    ]
    return max(finer, key=lambda f: f[0], default=best)


def _finer(scene: Scene, sentence: int, x: Located) -> Located:
    """The place that the chosen one only locates further: X in "X, dans la région de Y", where Y was the best."""
    c = x.candidate
    if c is None:
        return x
    for y in scene.by_sentence.get(sentence, ()):
        d = y.candidate
        if (
            (d is None and not named_town(y))
            or y.mention.role != "place"
            or (LEVEL[d.kind] if d is not None else LEVEL["village"]) <= LEVEL[c.kind]
            or (y.place.country or "") != c.country
            or y.mention.context.rel in ("to", "from")
        ):
            continue
        gap = scene.parse.tokens[y.mention.last + 1 : x.mention.first]
        apart = y.mention.last >= x.mention.first or len(gap) > 7 or any(t.pos in ("VERB", "AUX") or t.text in (";", ":") for t in gap)
        if not apart and any(t.text in (",", "(") for t in gap) and (c.kind != "admin1" or d is None or d.admin1 == c.admin1):
            return y
    return x


def _fit(scene: Scene, e: Event, head: Token, group: set[int], x: Located) -> float:
    parse, m = scene.parse, x.mention
    anchor = anchor_of(parse, x)
    score = _attachment(parse, head, group, anchor)
    rel = m.context.rel
    value = RELATION.get(rel, 0.0)
    governor = parse.head(anchor)
    if rel in ("of", "from") and governor is not None and governor.lemma.lower() in scene.words.coming:
        value = -FIT["come"]
    elif rel == "of" and anchor.rel == "obl":
        rel = "from"
        value = RELATION["from"] if e.type not in LEAVING else FIT["motion"]
    elif (rel in ("to", "of") and e.type in MOTION) or (rel == "from" and e.type in LEAVING):
        value = FIT["motion"]
    if rel == "" and anchor.head in group and anchor.deprel in ("obj", "nsubj:pass", "obl:arg", "nmod"):
        value = FIT["object"]
    elif rel == "" and anchor.rel == "nsubj" and x.candidate is not None and x.candidate.kind == "country":
        value = FIT["subject"]
    elif rel == "" and anchor.rel == "nsubj" and (anchor.head in group or anchor.head == head.head):
        value = FIT["city"]
    score += value
    if (
        anchor.rel == "nsubj"
        and governor is not None
        and governor.lemma.lower() in scene.words.suffering
        and governor.i in _above(parse, head)
    ):
        score += FIT["suffer"]
    score += fineness(x)
    if x.candidate is None and m.context.expects == "site":
        score -= FIT["site"]
    if m.role == "office":
        score -= FIT["decides"] if e.type in MEASURES else FIT["office"]
    elif m.role == "dateline":
        score -= FIT["dateline"]
    elif m.role == "topic":
        score += FIT["topic"]
    if m.anaphor and x.candidate is not None and x.candidate.kind == "country":
        score -= FIT["land"]
    if m.listed:
        score -= FIT["listed"]
    if anchor.i < head.i:
        if rel in ("in", "near", "on") and _fronted(scene, m.context.prep_at, head.i) and not spoken(scene, anchor, head.i):
            score += FIT["front"]
        if _where(scene, m.last, head.i):
            score += FIT["where"]
    if _there(scene, head):
        score -= FIT["there"]
    if spoken(scene, anchor, head.i):
        score -= FIT["spoken"] + (FIT["seat"] if m.name.lower() in scene.words.metonyms else 0.0)
    if compared(scene, x, head.i):
        score -= FIT["compared"]
    if is_care(scene, x) and value != FIT["object"] and rel != "on":
        score -= FIT["care"]
    if is_continent(x):
        score -= FIT["continent"]
    if rel == "near" and x.candidate is not None and x.candidate.kind == "country" and not m.context.part:
        score -= FIT["beyond"]  # "près du Togo": on this side of the border
    if _since(scene, anchor, group):
        score -= FIT["since"]
    if dwelling(scene, anchor, group):
        score -= FIT["dwelling"]
    seat = rel == "in" and m.name.lower() in scene.words.metonyms and scene.main is not None and scene.main.country != x.place.country
    if seat and not (anchor.head in group and e.type in MOTION):
        score -= FIT["capital"]
    return score


def _fronted(scene: Scene, prep_at: int | None, trigger: int) -> bool:
    """Whether a phrase stands at the front of its sentence or main clause ("A X, …"; "…; à X, …"): it holds for all that follows."""
    if prep_at is None:
        return False
    parse = scene.parse
    before = prep_at - 1
    first = parse.sentence(parse[trigger]).first
    if before >= first and parse[before].text not in (":", ";", "«", '"', "-", "–", "—", "•"):
        return False
    return not any(t.text == ";" for t in parse.tokens[prep_at:trigger])


def _where(scene: Scene, last: int, trigger: int) -> bool:
    """Whether a relative clause of place begins after the name and holds the trigger ("X, où dix personnes …")."""
    after = [t for t in scene.parse.tokens[last + 1 : last + 3] if t.text not in (",", ")")]
    return bool(after) and plain(after[0]) in scene.words.where and not any(t.text == ";" for t in scene.parse.tokens[last:trigger])


def _there(scene: Scene, head: Token) -> bool:
    """Whether the trigger's clause says "there": the place is the one spoken of before."""
    return any(plain(t) in scene.words.deictics for t in scene.parse.children(head))


def spoken(scene: Scene, anchor: Token, trigger: int = -1) -> bool:
    """Whether the mention hangs on a verb of saying other than the trigger: where something is said, not where it happened."""
    parse = scene.parse
    for up in parse.ancestors(anchor):
        if up.i == trigger:
            return False
        if up.pos in ("VERB", "AUX"):
            return up.lemma.lower() in scene.words.reporting
    return False


def compared(scene: Scene, x: Located, trigger: int) -> bool:
    """Whether an area only bounds a comparison ("the deadliest attack in the country since …"): a superlative stands before it, "since" behind."""
    if x.candidate is None or x.candidate.kind not in ("country", "region", "admin1"):
        return False
    parse, words, first = scene.parse, scene.words, x.mention.first
    sentence = parse.sentence(parse[first])
    before = parse.tokens[max(sentence.first, trigger - 4, first - 12) : first]
    best = [k for k, t in enumerate(before) if plain(t) in words.superlatives or t.feats.get("Degree") == "Sup"]
    best = [
        k for k in best if plain(before[k]) not in words.superlatives or (k and plain(before[k - 1]) in words.articles | words.contracted)
    ]
    if not best:
        return False
    since = any(plain(t) in words.since for t in parse.tokens[x.mention.last + 1 : min(x.mention.last + 8, sentence.last + 1)])
    return since or not any(t.pos == "VERB" for t in before[best[-1] :])


def _since(scene: Scene, anchor: Token, group: Collection[int]) -> bool:
    """Whether the mention stands in a phrase of time ("since the invasion of …") that does not hold the trigger."""
    for up in _upward(scene.parse, anchor):
        if up.i in group or up.pos in ("VERB", "AUX"):
            return False
        if any(c.i < up.i and plain(c) in scene.words.since for c in scene.parse.children(up)):
            return True
    return False


def _above(parse: Parse, head: Token) -> set[int]:
    """The trigger's head and what governs it."""
    return {head.i, *(a.i for a in parse.ancestors(head))}


def is_care(scene: Scene, x: Located) -> bool:
    """Whether the place is one to which victims are brought: a hospital, a morgue."""
    at = x.mention.context.classifier_at
    if at is None:
        at = x.mention.first
        if x.mention.context.of and x.mention.context.rel == "of":
            at = scene.parse[at].head  # "l'hôpital Nasser de X"
    entry = entry_for(scene.words.classifiers, scene.parse[at])
    return entry is not None and entry.get("care") == "yes"


def dwelling(scene: Scene, anchor: Token, group: Collection[int] = ()) -> bool:
    """Whether the mention tells where a person lives, fled to or was met ("a trader who took refuge in X"), not where it happened."""
    up = scene.parse.head(anchor)
    if up is None or up.i in group or up.lemma.lower() not in scene.words.dwelling:
        return False
    # A finite "lives in X" tells something of X.
    return up.rel == "acl" or not any(t.rel == "nsubj" for t in scene.parse.children(up))


def anchor_of(parse: Parse, x: Located) -> Token:
    """The token by which a mention hangs: its classifier, else the token of the name whose head lies outside it."""
    m = x.mention
    if m.context.classifier_at is not None:
        return parse[m.context.classifier_at]
    for k in range(m.first, m.last + 1):
        if not m.first <= parse[k].head <= m.last:
            return parse[k]
    return parse[m.first]


def _attachment(parse: Parse, head: Token, group: set[int], anchor: Token) -> float:
    """How near the mention hangs to the trigger, in the tree and on the line."""
    gap = parse.tokens[min(head.i, anchor.i) + 1 : max(head.i, anchor.i)]
    score = FIT["near"] - FIT["token"] * min(len(gap), FIT["far"])
    score -= sum(FIT["semicolon"] for t in gap if t.text == ";") + sum(FIT["mark"] for t in gap if t.text in (":", "«", "»", '"', "“", "”"))
    score -= FIT["bracket"] * abs(sum((t.text == "(") - (t.text == ")") for t in gap))
    crossed = 0
    for up in _upward(parse, anchor):
        if up.i in group:
            return score + FIT["below"] - FIT["below_verb"] * crossed
        if up.pos in ("VERB", "AUX") and up.i != anchor.i:
            crossed += 1
    # The mention hangs on the verb that governs the trigger: "ont été tués à X dans une frappe".
    above = [head.i, *(a.i for a in parse.ancestors(head))]
    clause = next((k for k in above[1:] if parse[k].pos == "VERB"), None)
    if clause is not None:
        crossed = 0
        for up in _upward(parse, anchor):
            if up.i == clause:
                return score + FIT["clause"] - FIT["clause_verb"] * crossed
            if up.pos in ("VERB", "AUX") and up.i != anchor.i:
                crossed += 1
    verbs = sum(t.pos == "VERB" for t in gap)
    return score - FIT["verb"] * verbs


def _upward(parse: Parse, token: Token) -> list[Token]:
    return [token, *parse.ancestors(token)]
