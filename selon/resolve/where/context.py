"""What the words around a name say: classifier, adjective of a country, preposition, office; and whether a name acts or is a place.

May import: `model`, `words`, `gazetteer`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from selon.model import Parse, Token
from selon.resolve.where.sheet import Candidate
from selon.resolve.where.words import Words, entry_for, plain


@dataclass(frozen=True, slots=True)
class Context:
    """The left context of a name.

    `left` is the first token of the noun phrase, `expects` the sort of place a classifier or preposition asks for, `iso` the country an
    adjective gives, `soft` the sort of place that a preposition makes likely, `rel` how the phrase is attached (in, on, near, to, from, of, by, between, with, agent or empty), `prep_at` the
    preposition's first token, `office` what the noun before "de" makes of it (place, state, deed).
    """

    left: int
    classifier_at: int | None = None
    expects: str = ""
    iso: str | None = None
    rel: str = ""
    prep: str = ""
    prep_at: int | None = None
    person: bool = False
    body: bool = False
    of: bool = False
    part: bool = False
    office: str = ""
    soft: str = ""


def _phrase(parse: Parse, words: Words, first: int, last: int) -> str:
    """Tokens as a key of the prepositions: elisions joined, the contracted forms of the last word levelled where others precede it."""
    parts = [plain(t) for t in parse.tokens[first : last + 1]]
    if len(parts) > 1 and parts[-1] in words.of:
        parts[-1] = words.link
    return " ".join(parts).replace("' ", "'")


def _preposition(parse: Parse, words: Words, k: int, context: Context) -> Context:
    """Adds the longest preposition that ends at token k."""
    if k < 0:
        return context
    floor = parse.sentences[parse[k].sent].first
    for first in range(max(floor, k - words.longest), k + 1):
        entry = words.prepositions.get(_phrase(parse, words, first, k))
        if entry is not None:
            return replace(context, rel=entry["rel"], prep=entry.key, prep_at=first, soft="" if context.expects else entry.get("expects"))
    return context


def left_context(parse: Parse, words: Words, i: int, previous: Context | None) -> Context:
    """The context of the name that begins at token i; a name that goes on a list takes over what it lacks from the name before."""
    floor = parse.sentences[parse[i].sent].first
    k = i - 1
    # de, du, d', de la, de l' between a noun and the name; or an article alone.
    of = False
    k, owner = _premodified(parse, words, k, floor)
    while k >= floor and (plain(parse[k]) in words.of or plain(parse[k]) in words.articles) and not _far(parse, k, i):
        of = of or plain(parse[k]) in words.of
        k -= 1
    bare = k + 1
    m, iso, found = k, owner, None
    while m >= floor and k - m < 5 and not _far(parse, m, i):
        low = plain(parse[m])
        if low in words.demonyms:
            iso = iso or words.demonyms[low]
        elif (entry := entry_for(words.classifiers, parse[m])) is not None and not (
            (low in words.modifiers or parse[m].pos == "ADJ") and _noun_left(parse, words, m, floor)
        ):
            found = entry
            break
        elif low in words.fillers and m - 1 >= floor and plain(parse[m - 1]) in words.of:
            m -= 1  # "le camp de déplacés de X"
        elif low not in words.modifiers and not (parse[m].pos in ("ADJ", "NUM") and m != k + 1):
            break
        m -= 1
    if found is not None and found["kind"] not in ("none", "border") and not parse.text[parse[m].end : parse[m + 1].start].count("\n"):
        kind = found["kind"]
        part = kind == "part"
        left = m
        context = Context(left, m, "" if part else kind, iso, of=of, part=part)
        j = m - 1
        while j >= floor and (
            plain(parse[j]) in words.articles
            or plain(parse[j]) in words.modifiers
            or parse[j].pos == "NUM"
            or _describes(parse, words, j, m)
        ):
            if plain(parse[j]) in words.articles:
                left = j
            elif plain(parse[j]) in words.demonyms:
                context = replace(context, iso=context.iso or words.demonyms[plain(parse[j])])
            j -= 1
        return _of_parent(parse, words, j, _preposition(parse, words, j, replace(context, left=left)))
    context = Context(bare if bare < i and plain(parse[bare]) in words.articles else i, iso=owner, of=of)
    noun = entry_for(words.people, parse[k]) if k >= floor else None
    step = k
    while noun is None and step >= floor and k - step < 2 and (plain(parse[step]) in words.demonyms or parse[step].pos == "ADJ"):
        step -= 1
        noun = entry_for(words.people, parse[step]) if step >= floor else None
    if noun is not None and (of or step == k):
        if not of:
            return replace(context, person=noun["is"] == "person", body=noun["is"] in ("body", "thing"))
        return replace(context, rel="of", office=noun.get("office", "none"), prep_at=k + 1)
    # The preposition may end with the article ("du", "au") or before it.
    for end in dict.fromkeys((i - 1, k)):
        tried = _preposition(parse, words, end, context) if end >= floor else context
        if tried.rel and not (tried.rel == "of" and end != k and k >= floor):
            context = tried
            break
        if tried.rel:
            context = tried
    if context.rel in ("", "of") and previous is not None:
        return replace(previous, left=context.left, classifier_at=None, of=False, person=False, body=False)
    return context


def _premodified(parse: Parse, words: Words, k: int, floor: int) -> tuple[int, str | None]:
    """The token before the adjectives that stand before a name ("southern Lebanon") or its owner ("Russia's Belgorod"), and the owner's country."""
    iso: str | None = None
    first = k
    while words.premodifiers and k >= floor and first - k < 4 and not _far(parse, k, k + 1):
        low = plain(parse[k])
        owner = words.countries.get(plain(parse[k - 1])) if low in words.genitives and k > floor else None
        if owner is not None:
            iso, k = iso or owner, k - 2
        elif low in words.premodifiers:
            k -= 1
        elif low in words.demonyms and parse[k].pos != "NOUN":
            iso, k = iso or words.demonyms[low], k - 1
        else:
            break
    return k, iso


def _describes(parse: Parse, words: Words, j: int, m: int) -> bool:
    """Whether the token at j describes the classifier at m from before, in a language whose adjectives stand there ("the besieged port city of …")."""
    t = parse[j]
    if not words.premodifiers or not m - 5 < j < m:
        return False
    return plain(t) in words.demonyms or plain(t) in words.classifiers or t.pos == "ADJ" or (t.head == m and t.rel in ("amod", "compound"))


def classifier_behind(parse: Parse, words: Words, j: int) -> int | None:
    """The token of a classifier that stands behind the name that ends at j ("Kharkiv region", "Jabalia refugee camp"), or None."""
    for k in range(j + 1, min(j + 4, len(parse))):
        if parse[k].sent != parse[j].sent or parse.text[parse[k - 1].end : parse[k].start].strip(" ") or _far(parse, k - 1, k):
            return None
        entry = words.classifiers.get(plain(parse[k])) or words.classifiers.get(parse[k].lemma.lower())
        if entry is not None and entry.get("after"):
            return k
        if plain(parse[k]) not in words.modifiers and parse[k].pos not in ("ADJ", "NOUN"):
            return None
    return None


def office_behind(parse: Parse, words: Words, j: int) -> str:
    """What the noun makes of the name before it, in a language that sets names before nouns ("Kharkiv governor", "Israel's army"), or ""."""
    if not words.premodifiers or j + 1 >= len(parse) or parse[j + 1].sent != parse[j].sent:
        return ""
    head = parse.head(parse[j])
    owned = plain(parse[j + 1]) in words.genitives
    if head is None or head.i <= j or (not owned and (head.i > j + 3 or parse[j].rel not in ("compound", "nmod", "amod", "flat"))):
        head = parse[j + 1]
    noun = entry_for(words.people, head)
    office = noun.get("office", "none") if noun is not None and (owned or noun.get("office")) else ""
    return "deed" if owned and office == "scene" and plain(parse[j]) in words.countries else office


def _of_parent(parse: Parse, words: Words, k: int, context: Context) -> Context:
    """Whether the classifier's own governor is an office ("le gouverneur de la région de …")."""
    if context.rel != "of" or context.prep_at is None:
        return context
    at = context.prep_at - 1
    if at < 0 or parse[at].sent != parse[k].sent:
        return context
    noun = entry_for(words.people, parse[at])
    return replace(context, office=noun.get("office", "none")) if noun is not None else context


def _far(parse: Parse, k: int, i: int) -> bool:
    return "\n" in parse.text[parse[k].end : parse[i].start]


def _noun_left(parse: Parse, words: Words, m: int, floor: int) -> bool:
    """Whether a word that may be adjective or noun ("sud", "centrale") follows another classifier and so is the adjective."""
    return m - 1 >= floor and entry_for(words.classifiers, parse[m - 1]) is not None


def role_of(
    parse: Parse, words: Words, i: int, j: int, context: Context, text: str, candidates: tuple[Candidate, ...]
) -> Literal["place", "agent", "office", "topic", "dateline"]:
    """Whether a name is a place here, the seat of an office, the topic of a headline, a dateline, or a government that acts."""
    key = text.lower().replace("’", "'")
    metonym = words.metonyms.get(key)
    state = metonym is not None or key in words.countries
    if metonym is not None and metonym.get("always"):
        return "agent"
    if context.office == "scene":
        return "place"
    behind = office_behind(parse, words, j) if context.classifier_at is None else ""
    if behind == "scene":
        return "place"
    if behind == "place":
        return "office"
    if behind in ("state", "deed", "none"):
        return "agent" if state else "place" if behind == "none" else "office"
    if context.office in ("state", "deed") and state:
        return "agent"
    if context.office == "place" or (context.office in ("state", "deed") and context.classifier_at is None):
        return "office"
    giving = context.prep in words.datives and metonym is not None and _given(parse, words, i, j)
    if giving:
        return "agent"
    if context.rel in ("in", "on", "near", "from") and not (context.rel == "in" and _dative(parse, words, i, context, key)):
        return "place"
    head = parse.sentence(parse[i])
    if not any(c.isalpha() for c in parse.text[head.start : parse[i].start] + parse.text[parse[j].end : head.end]) and context.rel == "":
        return "topic"
    follow = parse.text[parse[j].end : parse[j].end + 3]
    lead = parse.text[max(0, parse[i].start - 2) : parse[i].start].strip(" \u00a0")
    if follow.lstrip(" \u00a0\u202f").startswith(":") and (i == head.first or lead in words.bullets or not lead):
        return "topic"
    if follow.startswith(". ") and lead in words.bullets:
        return "topic"
    if i == head.first or parse.text[max(0, parse[i].start - 1) : parse[i].start] in ("\n", ""):
        if follow.startswith((". ", ".\n")):
            return "topic"
        if follow.lstrip(" ").startswith(("(", "-", "–", "—", ",", "/", "|")) and _dated(parse, j):
            first = not parse.text[: parse[i].start].strip()
            return "dateline" if any(c.settlement for c in candidates[:1]) and not first else "topic"
    if not state:
        return "place"
    if context.classifier_at is not None:
        return "place"
    if context.rel in ("by", "with", "agent", "between", "in"):
        return "agent"
    if context.rel == "to":
        return "agent" if metonym is not None and context.prep in words.favours else "place"
    t = parse[i]
    for k in range(i, j + 1):
        if not i <= parse[k].head <= j:
            t = parse[k]
            break
    verb = parse.head(t)
    if (
        verb is not None
        and t.rel == "nsubj"
        and (verb.lemma.lower() in words.suffering or (t.deprel == "nsubj:pass" and verb.lemma.lower() in words.hostile))
    ):
        return "place"
    if t.is_root and context.rel == "":
        return "place"
    if context.rel == "of" and _under_body(parse, words, t):
        return "agent"
    if context.rel == "of":
        return "place" if any(c.kind == "country" for c in candidates) else "agent" if metonym is not None else "place"
    if t.deprel in ("nsubj:pass", "obj") and verb is not None:
        lemma = verb.lemma.lower()
        if lemma in words.hostile:
            return "place"
        return "agent" if lemma in words.speaking or (t.deprel == "obj" and metonym is not None) else "place"
    if t.rel in ("nsubj", "iobj", "obl", "appos", "conj", "root", "vocative", "dislocated"):
        return "agent"
    return "agent" if metonym is not None or t.rel != "nmod" else "place"


def _under_body(parse: Parse, words: Words, t: Token) -> bool:
    """Whether a name is the last of a chain such as "les sauveteurs du ministère des Secours de …": the state, not the land."""
    for _ in range(4):
        if t.rel != "nmod" or t.is_root:
            return False
        t = parse[t.head]
        noun = entry_for(words.people, t)
        if noun is not None and noun.get("office") in ("state", "deed"):
            return True
    return False


def _dative(parse: Parse, words: Words, i: int, context: Context, key: str) -> bool:
    """Whether "à" with an article before a country is a dative ("à l'Ukraine") and not a location ("en Ukraine")."""
    return context.prep in words.datives and key in words.countries and context.left < i and context.classifier_at is None


def _given(parse: Parse, words: Words, i: int, j: int) -> bool:
    """Whether "à" with a capital is the receiver of a verb such as "permettre" or "livrer", near on its left."""
    return any(t.lemma.lower() in words.giving for t in parse.tokens[max(parse.sentences[parse[i].sent].first, i - 5) : i])


def opens_line(parse: Parse, i: int) -> bool:
    """Whether the word begins a line and a dash, a bar or a bracket stands behind it: a dateline or a kicker."""
    text, t = parse.text, parse[i]
    before = text[text.rfind("\n", 0, t.start) + 1 : t.start]
    return not before.strip() and text[t.end : t.end + 2].strip()[:1] in ("-", "–", "—", "|", "(", ",")


def _dated(parse: Parse, j: int) -> bool:
    """Whether what follows the first words of a report looks like the rest of a dateline: a date, an agency, a dash."""
    tail = parse.text[parse[j].end : parse[j].end + 60].split("\n")[0]
    return any(s in tail for s in (" - ", " – ", " — ", " | ", "(AFP", "(Reuters", "(AP"))
