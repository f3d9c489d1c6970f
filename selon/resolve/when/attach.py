"""Which time of its sentence is an event's: the cost of the way from the trigger to the word that a time depends on. May import: `lang`, `model`, `resolve`.

The way leads up from the trigger to where it meets the time's governor, then down to that. What a step costs is told by its relation and by
the words that tie the phrase to what is above it: "during a visit" shares the time of its clause, "after a strike" does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from selon.lang import Pack, per_pack
from selon.model import Parse, TimeSpan, Token
from selon.resolve.when.resolve import Piece

# Cost of leaving a word by its relation on the way up from the trigger, and of entering one on the way down to the time.
_UP = {
    "conj": 1.5, "ccomp": 2.0, "advcl": 2.5, "acl": 1.5, "acl:relcl": 3.0, "parataxis": 3.5, "appos": 1.5, "xcomp": 0.5,
}  # fmt: skip
_DOWN = {
    "conj": 6.0, "ccomp": 5.0, "advcl": 4.0, "acl": 4.0, "acl:relcl": 5.0, "parataxis": 6.0, "appos": 3.0, "xcomp": 1.5, "nsubj": 2.0,
    "nmod": 1.5,
}  # fmt: skip
_PLAIN = 1.0
# What the words that tie a phrase to its clause add to a step: for an aim, and for what happens at another time. What happens then costs this.
_ADDED = {"aim": 1.0, "apart": 4.5}
_TIED = 0.5
# A clause that hangs on the trigger itself describes it: "the strike that hit the port on Monday".
_OWN_CLAUSE = 2.0
_PHRASE = frozenset(("nmod", "obl", "appos", "obj"))
_CHAINED = 0.3
_LISTED = 1.5
# Depending on the words that say it, and going on beyond them to what else happens there.
_SAYING, _SAID = 5.0, 3.0
_OTHER_EVENT = 3.0
_FRONTED = 1.0
_TRAILING = 0.5
_LIMIT = 5.0
# Cost of a time right behind a noun, and the tokens that may stand between.
_BEHIND, _GAP, _REACH = 1.0, 4, 9
_STRETCHES = frozenset(("since", "from", "for", "until"))
# Clock times and lengths say less about the day than a day does: they lose against one beside them.
_RANK = {"clock": 1.0, "length": 1.5, "part": 0.2, "year": 1.5, "decade": 2.0, "century": 2.0, "month": 0.3}
# Steps of the way up at which words may tie a phrase or a clause to what is above it.
_TIEABLE = frozenset(("obl", "nmod", "advcl", "advmod", "acl", "conj", "ccomp"))
_TIE_REACH = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A time with its place in the tree: its own head token, and the token that governs it (None at a root)."""

    time: TimeSpan
    piece: Piece | None
    head: Token
    governor: Token | None
    fronted: bool = False
    trailing: bool = False
    ahead: bool = False

    @property
    def of_noun(self) -> bool:
        """Whether it dates the noun behind it and nothing else ("three days after the attack")."""
        return self.piece is not None and (self.piece.expr.op == "anniversary" or self.piece.expr.text("of") == "noun")

    @property
    def bare_hour(self) -> bool:
        """Whether it is an hour or a part of a day that no day is named for, and that the words do not tie to today."""
        e = self.piece.expr if self.piece is not None else None
        own = {"of", "point", "weekday", "this", "dir"}
        return e is not None and e.op in ("clock", "part") and not e.args.keys() & own and self.time.anchor == "published"

    @property
    def stretch(self) -> bool:
        """Whether it is a stretch over which something went on ("in three days", "since Monday", "from 3 to 9 May")."""
        p = self.piece
        return p is not None and (p.expr.op in ("length", "last") or p.join == "to" or p.expr.lead in _STRETCHES)


class Ties:
    """The pack's words that say whether a phrase shares the time of what it hangs on."""

    def __init__(self, pack: Pack) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for e in pack.lexicons["time-ties"]:
            words = tuple(e.key.split())
            self._by_first.setdefault(words[0], []).append((words, e["relation"]))

    def of(self, parse: Parse, token: Token) -> str:
        """`same`, `near`, `aim`, `apart` or "": what the words that lead to the token's phrase say (the longest of them)."""
        first = parse.sentence(token).first
        edge = token.i
        while edge > first and _under(parse, parse[edge - 1], token):
            edge -= 1
        found, most = "", 0
        for k in range(max(first, edge - _TIE_REACH), token.i):
            for words, relation in self._by_first.get(_plain(parse[k]), ()):
                stop = k + len(words)
                if most < len(words) and edge <= stop <= token.i and all(_plain(parse[k + n]) == w for n, w in enumerate(words)):
                    found, most = relation, len(words)
        return found


def _plain(token: Token) -> str:
    return token.lower.replace("’", "'")


def _under(parse: Parse, token: Token, top: Token) -> bool:
    return any(a.i == top.i for a in parse.ancestors(token))


@per_pack
def ties_of(pack: Pack) -> Ties:
    """The ties of a pack."""
    return Ties(pack)


def tree_cost(
    parse: Parse,
    trigger: Token,
    target: Token,
    saying: frozenset[int],
    other: frozenset[int],
    own: frozenset[int] = frozenset(),
    ties: Ties | None = None,
) -> float:
    """Cost of the way from a trigger to the word that a time depends on."""
    above = {target.i, *(a.i for a in parse.ancestors(target))}
    cost, t, together = 0.0, trigger, False
    while t.i not in above:
        if t.is_root:
            return 99.0
        tie = ties.of(parse, t) if ties is not None and t.rel in _TIEABLE else ""
        if tie == "same":
            cost, together = cost + _TIED, True
        else:
            cost += (_UP.get(t.deprel) or _UP.get(t.rel, _PLAIN)) + _ADDED.get(tie, 0.0)
        if t.rel == "ccomp" and t.head in saying and t.head not in above:
            cost += _SAID
        t = parse[t.head]
    meeting = t.i
    down, t = 0.0, target
    while t.i != meeting:
        head = parse[t.head]
        if (t.head == trigger.i or (t.head in own and t.head > trigger.i)) and t.rel == "acl":
            down += _OWN_CLAUSE
        elif t.rel == "conj" and (together or (t.feats.get("VerbForm") == "Part" and not any(c.rel == "aux" for c in parse.children(t)))):
            # "were killed and six wounded on Monday": the second participle shares the auxiliary, and the time is of both. So it is of what
            # happened then ("fled and were wounded on Monday when the depot blew up").
            down += _PLAIN
        elif t.rel == "conj" and t.pos == "NOUN" and head.pos == "NOUN":
            # Behind the last of several things named side by side, a time is of them all.
            down += _LISTED
        elif t.rel in _PHRASE and head.rel in _PHRASE and t.pos in ("NOUN", "PROPN") and head.i != meeting:
            # A chain of phrases one below the other ("four people in the town of X on Monday") is most often one beside the other.
            down += _CHAINED
        else:
            down += _DOWN.get(t.deprel) or _DOWN.get(t.rel, _PLAIN)
        t = head
    total = cost + down
    if target.i in saying:
        total += _SAYING
    elif down and target.i in other:
        total += _OTHER_EVENT
    return total


def _behind(parse: Parse, trigger: Token, own: frozenset[int], p: Placed) -> bool:
    """Whether the time stands right behind a trigger that is a noun, or behind its complement, perhaps set off by a comma.

    "The intrusion, on Monday, of a group"; "the murder of the president, in July 2021".
    """
    first = parse.at(p.time.span.start)
    last = max(own)
    if trigger.pos != "NOUN" or first is None or not 0 < first.i - last <= _REACH:
        return False
    between = parse.tokens[last + 1 : first.i]
    plain = [t for t in between if not (t.text == "," or t.pos in ("ADP", "DET", "PUNCT"))]
    if not plain:
        return first.i - last <= _GAP
    return all(t.rel in ("nmod", "amod", "flat", "fixed", "compound") and _under(parse, t, trigger) for t in plain)


def _root(parse: Parse, token: Token) -> Token:
    for a in parse.ancestors(token):
        token = a
    return token


def _belongs(parse: Parse, trigger: Token, noun: Token) -> bool:
    """Whether the trigger complements the noun or is joined to it."""
    t = trigger
    while t.rel in ("nmod", "conj") and t.i != noun.i:
        t = parse[t.head]
    return t.i == noun.i


def best_time(
    parse: Parse,
    trigger: Token,
    own: frozenset[int],
    placed: Iterable[Placed],
    said_of: Callable[[Token], frozenset[int]],
    triggers: frozenset[int],
    ties: Ties | None = None,
) -> Placed | None:
    """The time of the trigger's own sentence, or None. `said_of` gives the cue words of the statements whose content holds a token."""
    best: tuple[float, int] | None = None
    chosen: Placed | None = None
    other = triggers - own
    for p in placed:
        if p.head.sent != trigger.sent:
            continue
        target = p.governor if p.governor is not None else p.head
        if target.i in own:
            cost = 0.0
        elif p.of_noun:
            # "Ten months after the start of the siege": the start's day is that of the siege.
            if not _belongs(parse, trigger, target):
                continue
            cost = 0.0
        elif any(a.i == p.head.i for a in parse.ancestors(trigger)) and p.piece is not None and p.piece.expr.op == "rel":
            # "On the eve of the vote" is not the vote's day.
            continue
        else:
            # A stretch is never the time of saying, nor is what lies ahead.
            saying = frozenset() if p.stretch or p.ahead else said_of(trigger)
            cost = tree_cost(parse, trigger, target, saying, other, own, ties)
            root = _root(parse, trigger)
            if p.trailing and root.pos == "VERB" and root.i not in saying and target.i not in saying:
                # Set off at the end of a sentence, a time is of the whole of it.
                cost = min(cost, _TRAILING + (0.0 if root.i in own else tree_cost(parse, trigger, root, saying, other, own, ties)))
            if _behind(parse, trigger, own, p):
                cost = min(cost, _BEHIND)
        if p.fronted:
            # At the head of a sentence a time frames all of it.
            cost -= _FRONTED
        if cost > _LIMIT:
            continue
        key = (cost + (_RANK.get(p.piece.expr.op, 0.0) if p.piece is not None else 0.0), abs(p.head.i - trigger.i))
        if best is None or key < best:
            best, chosen = key, p
    return chosen


__all__ = ["Placed", "Ties", "best_time", "ties_of", "tree_cost"]
