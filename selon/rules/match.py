"""Matching rules on a parse. May import: `model`, `rules`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selon.model import Parse, Token
from selon.rules.lexicon import Entry, Lexicons
from selon.rules.rule import LexiconTest, Node, Rule

Binding = dict[str, Token]


@dataclass(frozen=True)
class Match:
    """A rule that held, with the token bound to each node (optional nodes may be absent)."""

    rule: Rule
    tokens: Binding

    def get(self, name: str) -> Token | None:
        return self.tokens.get(name)

    def trace(self) -> str:
        """One line for `selon explain`: the rule and what each node is bound to."""
        bound = ", ".join(f"{k} = « {t.text} »" for k, t in self.tokens.items())
        return f"{self.rule.id}: {bound}"


def entry_of(token: Token, lexicons: Lexicons, name: str) -> Entry | None:
    """The lexicon line of a token, by lemma, else by its lower-case form (lemmatizers err on rare forms)."""
    lexicon = lexicons[name]
    return lexicon.get(token.lemma.lower()) or lexicon.get(token.lower)


def _in(token: Token, tests: tuple[LexiconTest, ...], lexicons: Lexicons) -> bool:
    for t in tests:
        entry = entry_of(token, lexicons, t.lexicon)
        if entry is not None and (t.attribute is None or t.value in entry.get(t.attribute).split()):
            return True
    return False


def _token_fits(node: Node, token: Token, lexicons: Lexicons) -> bool:
    for attribute, words in node.words.items():
        if not words.allows(getattr(token, attribute)):
            return False
    for k, v in node.feats:
        if v.startswith("!"):
            if token.feats.get(k) == v[1:]:
                return False
        elif token.feats.get(k) != v:
            return False
    if node.inside and not _in(token, node.inside, lexicons):
        return False
    return not (node.outside and _in(token, node.outside, lexicons))


def _related(parse: Parse, relation: str, token: Token, other: Token) -> bool:
    match relation:
        case "head":
            return token.head == other.i and token.i != other.i
        case "of":
            return other.head == token.i and token.i != other.i
        case "below":
            return token.i != other.i and parse.is_below(token, other)
        case "sibling":
            return token.i != other.i and token.head == other.head and not other.is_root
        case "before":
            return token.i < other.i
        case "after":
            return token.i > other.i
        case "left_of":
            return token.i == other.i - 1
        case "right_of":
            return token.i == other.i + 1
        case "same_sentence":
            return token.sent == other.sent
    raise AssertionError(relation)


def _relations_fit(parse: Parse, node: Node, token: Token, bound: Binding) -> bool:
    for relation, name in node.relations:
        wanted = not name.startswith("!")
        other = bound.get(name.lstrip("!"))
        if other is None:
            if wanted:
                return False
        elif _related(parse, relation, token, other) != wanted:
            return False
    return True


def _fits(parse: Parse, node: Node, token: Token, bound: Binding, lexicons: Lexicons) -> bool:
    if not _token_fits(node, token, lexicons) or not _relations_fit(parse, node, token, bound):
        return False
    if not node.has and not node.lacks:
        return True
    children = parse.children(token)
    here = {**bound, node.name: token}
    for child in node.has:
        if not any(_fits(parse, child, c, here, lexicons) for c in children):
            return False
    return not any(_fits(parse, child, c, here, lexicons) for child in node.lacks for c in children)


def _candidates(parse: Parse, node: Node, bound: Binding) -> Iterable[Token]:
    for relation, name in node.relations:
        other = bound.get(name)
        if other is None:
            continue
        if relation == "head":
            return parse.children(other)
        if relation == "of":
            h = parse.head(other)
            return [h] if h is not None else []
        if relation == "left_of":
            return [parse[other.i - 1]] if other.i > 0 else []
        if relation == "right_of":
            return [parse[other.i + 1]] if other.i + 1 < len(parse) else []
        if relation == "below":
            return [parse[j] for j in parse.subtree(other)]
        if relation == "sibling":
            return [t for t in parse.children(parse[other.head]) if t.i != other.i]
    some = next(iter(bound.values()))
    return parse.tokens_of(parse.sentence(some))


def match_rule(rule: Rule, parse: Parse, lexicons: Lexicons, anchor: Token) -> Match | None:
    """The first way in which the rule holds at an anchor token, trying candidates in text order; None if there is none."""
    if not _fits(parse, rule.nodes[0], anchor, {}, lexicons):
        return None

    def extend(k: int, bound: Binding) -> Binding | None:
        if k == len(rule.nodes):
            return bound
        node = rule.nodes[k]
        used = {t.i for t in bound.values()}
        for token in _candidates(parse, node, bound):
            if token.i not in used and _fits(parse, node, token, bound, lexicons):
                found = extend(k + 1, {**bound, node.name: token})
                if found is not None:
                    return found
        return extend(k + 1, bound) if node.optional else None

    bound = extend(1, {rule.nodes[0].name: anchor})
    return Match(rule, bound) if bound is not None else None


def match_all(rules: Iterable[Rule], parse: Parse, lexicons: Lexicons) -> Iterator[Match]:
    """All matches, by anchor in text order, then by falling priority."""
    ordered = sorted(rules, key=lambda r: -r.priority)
    for token in parse:
        for rule in ordered:
            m = match_rule(rule, parse, lexicons, token)
            if m is not None:
                yield m
