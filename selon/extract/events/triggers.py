"""Finding the words of a parse that tell of events, with the sense that their frame gives them.

May import: `extract.events.senses`, `extract.events.frames`, `extract.events.conditions`, `model`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from selon.extract.events.conditions import Tester
from selon.extract.events.frames import Frame, is_reflexive, noun_frame, verb_frame
from selon.extract.events.senses import EventWords, Sense, Word
from selon.model import EventType, Parse, Token
from selon.model.shapes import is_titled

_GAP = frozenset(("DET", "ADV", "ADJ", "AUX", "NUM", "PUNCT"))
_MAX_GAP = 3
_WEAPONS = frozenset(("missile", "drone", "shell", "airbomb"))


@dataclass
class Hit:
    """A word or phrase in the sense of an event. `tokens` are its own words; `type` may be refined later."""

    head: Token
    tokens: tuple[int, ...]
    word: Word
    sense: Sense
    frame: Frame
    type: EventType
    source: str

    @property
    def rule(self) -> str:
        """The lexicon and line that found it."""
        return f"{self.source}/{self.word.key}"


def counted_tokens(parse: Parse, words: EventWords, quantities: Sequence[int]) -> frozenset[int]:
    """Indices of nouns that are counted: by a numeral, an indefinite article or pronoun, or a noun of quantity."""
    out = set(quantities)
    for t in parse:
        if (
            t.rel == "nummod"
            or (t.pos == "NUM" and t.rel in ("det", "amod"))
            or (t.rel == "det" and t.feats.get("Definite") == "Ind")
            or "indefinite" in words.classes.get(t.lemma.lower(), ())
        ):
            out.add(t.head)
        elif (t.rel == "nmod" and "quantity" in words.classes.get(parse[t.head].lemma.lower(), ())) or (
            t.rel == "nmod" and parse[t.head].pos == "NUM"
        ):
            out.add(t.i)
    return frozenset(out)


def _lookup(t: Token, words: EventWords, first: bool = False, verbal: bool = False, titled: bool = False) -> Iterator[tuple[str, Word]]:
    """Lexicon lines for a token by lemma, then by form, then by the verb that its ending points to."""
    lemma, lower = t.lemma.lower(), t.lower
    named = t.pos in ("ADJ", "VERB") and t.rel in ("nsubj", "obj") and lower in words.plurals
    casualty = "casualty" in words.classes.get(lower, ()) or "casualty" in words.classes.get(lemma, ())
    if t.pos in ("PROPN", "NOUN") and t.text[:1].isupper() and not t.text.isupper() and not first and not casualty and not titled:
        return
    if t.pos == "NOUN" and verbal and lower in words.forms:
        yield "verb", words.verbs[words.forms[lower][0]]
        return
    participle = t.pos in ("ADJ", "VERB") and t.rel in ("amod", "acl", "xcomp", "advcl") and lower in words.forms
    if t.pos in ("NOUN", "PROPN", "X", "INTJ") or (t.pos in ("ADJ", "VERB", "NUM") and t.rel not in ("xcomp", "advcl") and not participle):
        noun = words.nouns.get(lemma) or words.nouns.get(lower)
        if noun is None and (t.pos == "NOUN" or named or ((titled or first) and t.pos == "PROPN")):
            noun = words.nouns.get(words.plurals.get(lower, ""))
        if noun is not None and (t.pos in ("NOUN", "PROPN") or named or lemma not in words.verbs):
            yield "noun", noun
            return
    if t.rel == "compound" and t.feats.get("Number") == "Plur" and lemma in words.verbs and lemma not in words.nouns:
        yield "verb", words.verbs[lemma]
        return
    if t.pos in ("NOUN", "ADJ") and lemma == lower and lower in words.pasts and lower not in words.classes:
        yield "verb", words.verbs[words.forms[lower][0]]
        return
    if t.pos in ("VERB", "AUX"):
        verb = words.verbs.get(lemma)
        if verb is not None:
            yield "verb", verb
            return
    if lemma in words.nouns and not participle:
        return
    if t.pos == "ADJ" and lemma in words.verbs:
        yield "verb", words.verbs[lemma]
        return
    # the lemma is not known: the parser may have got a rare form wrong
    form = words.forms.get(lower)
    likely = t.pos in ("VERB", "ADJ", "ADV", "X") or t.is_root or first or t.rel in ("amod", "acl", "conj", "flat")
    if form is not None and likely and (t.pos == "VERB" or lower not in words.classes):
        yield "verb", words.verbs[form[0]]


def _is_disguised_verb(parse: Parse, t: Token, words: EventWords) -> bool:
    """Whether a word that is tagged as a noun behaves as a verb: a reflexive pronoun or an auxiliary before it, a subject at the root, or the
    form of a participle that no lexicon knows as a noun."""
    children = parse.children(t)
    if t.i > parse.sentence(t).first and is_reflexive(parse[t.i - 1]) and parse[t.i - 1].head == t.i:
        return True
    rels = {c.rel for c in children}
    if "aux" in rels and "cop" not in rels:
        return True
    if "det" in rels or ("case" in rels and "nummod" not in rels):
        return False
    if (
        t.is_root
        and "case" not in rels
        and "cop" not in rels
        and any(c.rel == "nsubj" and c.i < t.i and c.pos in ("NOUN", "PROPN") for c in children)
    ):
        return True
    return (t.lemma.lower() != t.lower or bool(rels & {"amod", "nummod"})) and _is_noun_like_participle(t, words)


def _is_noun_like_participle(t: Token, words: EventWords) -> bool:
    """Whether a noun that hangs on another is no noun the lexicons know, but has the form of a verb ("18 of 23 aircraft downed")."""
    lower, lemma = t.lower, t.lemma.lower()
    known = lower in words.classes or lemma in words.classes or lower in words.plurals or lemma in words.nouns or lower in words.nouns
    return t.rel in ("nmod", "appos") and not known and lower in words.forms


def _is_heading_verb(parse: Parse, t: Token, words: EventWords) -> bool:
    """Whether a word that a heading's parse strings together with nouns is the verb between them ("army retakes palace")."""
    lemma, before = t.lemma.lower(), parse[t.i - 1] if t.i else None
    if t.rel != "compound" or before is None or before.sent != t.sent or before.pos not in ("NOUN", "PROPN") or parse[t.head].i < t.i:
        return False
    return t.feats.get("Number") == "Plur" and t.lower in words.forms and lemma in words.verbs and lemma not in words.nouns


def _narrows(parse: Parse, t: Token, words: EventWords) -> bool:
    """Whether an event noun only narrows the noun it stands before ("rescue team", "evacuation route"): it tells of no event, unless that noun does."""
    if t.rel != "compound" or t.is_root or _is_heading_verb(parse, t, words):
        return False
    head = parse[t.head]
    lemma = head.lemma.lower()
    if head.pos not in ("NOUN", "PROPN") or lemma in words.nouns or lemma in words.verbs:
        return False
    return "casualty" not in words.classes.get(lemma, ()) and not (head.is_root and "casualty" in words.classes.get(t.lemma.lower(), ()))


_CLOSING = frozenset("»”’\"'")


def _says(parse: Parse, t: Token) -> bool:
    """Whether a noun without a determiner stands right behind a closed quotation and before who spoke: it is the verb that said it."""
    if t.i < 2 or parse[t.i - 1].text != "," or parse[t.i - 2].text not in _CLOSING or t.i + 1 >= len(parse.tokens):
        return False
    return parse[t.i + 1].pos in ("DET", "PROPN", "PRON") and all(c.rel not in ("det", "nummod") or c.i > t.i for c in parse.children(t))


def _particle_at(parse: Parse, t: Token, words: EventWords) -> tuple[Word, tuple[int, ...]] | None:
    """The phrase of a verb and its particle, wherever that stands ("shot it down", "blew the bridge up")."""
    for c in parse.children(t):
        if c.deprel == "compound:prt" and c.i > t.i + 1:
            for first in (t.lemma.lower(), _plain(t)):
                word = words.phrases.get((first, _plain(c)))
                if word is not None:
                    return word, (t.i, c.i)
    return None


def _phrase_at(parse: Parse, i: int, last: int, words: EventWords, here: Container[str]) -> tuple[Word, tuple[int, ...]] | None:
    """The longest phrase that begins at token `i`; articles, adverbs and adjectives may stand between its words.

    `here` holds all forms and lemmas of the sentence.
    """
    first = parse[i]
    for start in dict.fromkeys((first.lemma.lower(), _plain(first))):
        for phrase in words.by_first.get(start, ()):
            if len(phrase) > 1 and phrase[1] not in here:
                continue
            at = [i]
            j = i + 1
            gap = _MAX_GAP if first.pos in ("VERB", "AUX") else 1
            for w in phrase[1:]:
                skipped = 0
                while j <= last and not _is(parse[j], w):
                    if skipped >= gap or parse[j].pos not in _GAP:
                        break
                    skipped += 1
                    j += 1
                if j > last or not _is(parse[j], w):
                    break
                at.append(j)
                j += 1
            else:
                return words.phrases[phrase], tuple(at)
    return None


def _is(t: Token, word: str) -> bool:
    return _plain(t) == word or t.lemma.lower() == word


def _plain(t: Token) -> str:
    return _plain_word(t.text)


@lru_cache(maxsize=1 << 16)
def _plain_word(text: str) -> str:
    return text.lower().replace("’", "'")


def _is_toll(parse: Parse, t: Token, words: EventWords) -> bool:
    """Whether a noun is told as a count of victims: at the root of its sentence, or governed by a word of counting."""
    if t.is_root:
        return True
    head = parse[t.head]
    if t.rel in ("conj", "appos"):
        return head.is_root or _is_toll(parse, head, words)
    return "toll" in words.classes.get(head.lemma.lower(), ())


def find_hits(parse: Parse, words: EventWords, quantities: Sequence[int] = ()) -> list[Hit]:
    """All event words of a parse in text order, without those whose sense is no event."""
    counted = counted_tokens(parse, words, quantities)
    war = _is_war(parse, words)
    out: list[Hit] = []
    with_particle = {t.head for t in parse if t.deprel == "compound:prt"}
    for s in parse.sentences:
        used: set[int] = set()
        here: set[str] = set()
        titled = is_titled(parse, s)
        i = s.first
        while i <= s.last:
            t = parse[i]
            apart = _particle_at(parse, t, words) if i in with_particle else None
            if apart is not None and _add(out, parse, words, apart[0], t, apart[1], counted, "phrase", war):
                used.update(apart[1])
                i += 1
                continue
            if _plain(t) in words.by_first or t.lemma.lower() in words.by_first:
                here = here or {form for k in parse.tokens[s.first : s.last + 1] for form in (_plain(k), k.lemma.lower())}
                found = _phrase_at(parse, i, s.last, words, here)
                if found is not None and not used.intersection(found[1]):
                    word, at = found
                    inside = [parse[k] for k in at]
                    head = next((k for k in inside if k.pos == "VERB"), None) or min(inside, key=lambda k: _depth(parse, k))
                    if _add(out, parse, words, word, head, at, counted, "phrase", war):
                        used.update(at)
                        i += 1
                        continue
            if i not in used and (t.lower in words.known or t.lemma.lower() in words.known) and not _narrows(parse, t, words):
                verbal = t.pos == "NOUN" and _is_disguised_verb(parse, t, words)
                for source, word in _lookup(t, words, i == s.first or not parse[i - 1].text[:1].isalnum(), verbal, titled):
                    if source == "noun" and _says(parse, t):
                        continue
                    _add(out, parse, words, word, t, (i,), counted, source, war)
            i += 1
    return out


def _is_war(parse: Parse, words: EventWords) -> bool:
    """Whether a report speaks of war or weapons more than once: what burns or collapses in it is then harm that somebody did."""
    seen = 0
    for t in parse:
        lemma = t.lemma.lower()
        if lemma in words.war or words.classes.get(lemma, frozenset()) & _WEAPONS:
            seen += 1
            if seen > 1:
                return True
    return False


def _depth(parse: Parse, t: Token) -> int:
    return sum(1 for _ in parse.ancestors(t))


def _may_be_active(parse: Parse, verb: Token, words: EventWords) -> bool:
    """Whether a form that is past tense and participle alike may be the past tense of its clause: it has a plain subject and no auxiliary."""
    rels = {c.deprel for c in parse.children(verb)}
    clausal = "nsubj" in rels or (verb.rel == "acl" and not rels & {"obl:agent"})
    return bool(words.pasts) and verb.pos == "VERB" and clausal and not rels & {"aux", "aux:pass", "cop"}


def _add(
    out: list[Hit],
    parse: Parse,
    words: EventWords,
    word: Word,
    head: Token,
    at: tuple[int, ...],
    counted: frozenset[int],
    source: str,
    war: bool,
) -> bool:
    """Adds a hit when a sense holds; True where a sense was found, be it an event or none."""
    if source == "noun" or (source == "phrase" and head.pos not in ("VERB", "AUX", "ADJ")):
        frame = noun_frame(parse, head, words, word)
        if source == "phrase" or any(slot == "agent" for s in word.senses for _, slot in s.roles):
            frame.agent.extend(c for c in parse.children(head) if c.rel == "nsubj" and c.feats.get("PronType") != "Dem")
    elif head.pos == "NOUN" and _is_noun_like_participle(head, words):
        frame = Frame(head, patient=[parse[head.head]], passive=True)
    elif head.rel == "compound" and head.pos == "NOUN":
        frame = Frame(head, [parse[head.i - 1]], [parse[head.head]])
    else:
        frame = verb_frame(parse, head, words, word.entry.get("voice") == "active")
    if source == "phrase":
        own = set(at)
        for k in at:
            if k != head.i and parse[k].pos == "NOUN":
                frame.patient.extend(c for c in parse.children(parse[k]) if c.rel == "nmod")
        frame.agent = [t for t in frame.agent if t.i not in own]
        frame.patient = [t for t in frame.patient if t.i not in own]
        frame.obl = [t for t in frame.obl if t.i not in own]
    toll = _is_toll(parse, head, words)
    sense = Tester(parse, frame, words, counted, toll, war).first(word.senses)
    if (sense is None or sense.type is None) and source == "verb" and frame.passive and _may_be_active(parse, head, words):
        frame = verb_frame(parse, head, words, active_participle=True)
        sense = Tester(parse, frame, words, counted, toll, war).first(word.senses)
    if sense is None:
        return False
    if sense.type is not None:
        out.append(Hit(head, at, word, sense, frame, sense.type, source))
    return True
