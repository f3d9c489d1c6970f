"""Whether the conditions of a sense hold for a frame.

May import: `extract.events.frames`, `extract.events.senses`, `model`.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.extract.events.frames import NOMINAL, Frame, classes_of, conjuncts
from selon.extract.events.senses import Condition, EventWords, Sense
from selon.model import Parse, Token

_ARGUMENTS = frozenset(("nsubj", "obj", "iobj", "obl"))


class Tester:
    """Tests senses on one frame, keeping the classes of each slot."""

    def __init__(self, parse: Parse, frame: Frame, words: EventWords, counted: frozenset[int], toll: bool, war: bool = False) -> None:
        self.parse, self.frame, self.words, self.counted, self.is_toll, self.is_war = parse, frame, words, counted, toll, war
        self._slots: dict[str, frozenset[str]] = {}

    def _slot(self, name: str) -> frozenset[str]:
        found = self._slots.get(name)
        if found is None:
            tokens: list[Token] = []
            f = self.frame
            if name == "any":
                tokens = [*f.agent, *f.patient, *f.obl]
                near = self.parse.children(f.head)
                tokens += near
                for c in near:
                    if c.rel in ("nmod", "amod", "nsubj", "obj", "obl", "appos", "conj", "acl") and (c.pos in NOMINAL or c.pos == "ADJ"):
                        tokens += [k for k in self.parse.children(c) if k.rel in ("nmod", "amod", "conj", "compound")]
                    elif c.rel == "xcomp":
                        tokens += [k for k in self.parse.children(c) if k.rel == "obj" and k.pos in ("NOUN", "PROPN")]
            elif name == "over":
                tokens = [] if f.head.is_root else [self.parse[f.head.head]]
            elif name == "above":
                verb = next((a for a in self.parse.ancestors(f.head) if a.pos in ("VERB", "AUX")), None)
                tokens = [] if verb is None else [c for c in self.parse.children(verb) if c.rel in _ARGUMENTS and c.pos in NOMINAL]
            else:
                tokens = [x for t in getattr(f, name) for x in conjuncts(self.parse, t)]
            kinds: set[str] = set()
            for t in tokens:
                kinds |= classes_of(self.parse, t, self.words)
            found = frozenset(kinds)
            self._slots[name] = found
        return found

    def _flag(self, flag: str) -> bool:
        f, t = self.frame, self.frame.head
        match flag:
            case "active":
                return not f.passive
            case "passive":
                return f.passive
            case "reflexive":
                return f.reflexive
            case "plural":
                return t.feats.get("Number") == "Plur"
            case "fem":
                return t.feats.get("Gender") == "Fem"
            case "definite":
                determiners = [c for c in self.parse.children(t) if c.rel == "det"]
                return any(c.feats.get("Definite") == "Def" or c.feats.get("PronType") == "Dem" for c in determiners)
            case "ofpeople":
                kinds = self.words.classes.get(self.parse[t.head].lemma.lower(), frozenset())
                return t.rel == "nmod" and "person" in kinds and "casualty" not in kinds
            case "numsent":
                return any(k.pos == "NUM" for k in self.parse.tokens_of(self.parse.sentence(t)))
            case "clausal":
                return any(c.rel in ("xcomp", "ccomp") for c in self.parse.children(t))
            case "predicate":
                return any(c.rel in ("nsubj", "cop", "aux") for c in self.parse.children(t))
            case "imperative":
                return self._imperative(t)
            case "root":
                return t.is_root
            case "governed":
                return t.rel in ("nsubj", "obj", "root", "conj", "xcomp", "ccomp", "parataxis")
            case "num":
                return t.i in self.counted or any(a.i in self.counted or a.pos == "NUM" for a in (*f.agent, *f.patient))
            case "toll":
                return self.is_toll
            case "war":
                return self.is_war
            case "attributive":
                present = t.feats.get("VerbForm") == "Part" and t.feats.get("Tense") == "Pres"
                return t.rel in ("acl", "amod") and not present
            case "bare":
                return t.feats.get("VerbForm") == "Part" and not any(c.rel in ("aux", "cop") for c in self.parse.children(t))
            case "noobl":
                return not f.obl
            case "nopatient":
                return not f.patient
            case "noagent":
                return not f.agent
        raise AssertionError(flag)

    def _imperative(self, t: Token) -> bool:
        """An order: by its mood, or a form that may be one and has no subject."""
        # an inverted pronoun is no subject here, unless the sentence asks
        asks = self.parse[self.parse.sentences[t.sent].last].text == "?"
        for c in self.parse.children(t):
            inverted = c.i == t.i + 1 and c.text.startswith("-") and not asks
            if c.rel in ("aux", "cop") or (c.rel == "nsubj" and not inverted):
                return False
        if t.feats.get("Mood") == "Imp":
            return True
        form = self.words.forms.get(t.lower)
        return form is not None and form[1]

    def holds(self, c: Condition) -> bool:
        if c.flag:
            return self._flag(c.flag)
        return bool(self._slot(c.slot) & c.classes) == c.wanted

    def first(self, senses: Sequence[Sense]) -> Sense | None:
        """The first sense all of whose conditions hold."""
        for s in senses:
            if all(self.holds(c) for c in s.conditions):
                return s
        return None
