"""A rule: a pattern over a parse, what it yields, and sentences it must match and must leave alone. May import: `errors`.

A rule file is one small YAML map:

    id: fr.statement.verb-que           language.kind.what-is-found
    summary: one line in the language of the pack
    priority: 50                        optional; higher wins where two rules claim the same cue
    nodes:                              in order; the first is the anchor
      cue: {pos: VERB, in: reporting-verbs}
      content: {head: cue, deprel: "ccomp ccomp:*", after: cue}
      source: {head: cue, deprel: nsubj, optional: yes}
    yields: {cue: verb-group(cue), content: clause(content), source: noun-phrase(source), stance: in(cue)}
    matches: [{text: …, <field>: <expected>}, …]       two or more
    leaves_alone: [{text: …, why: …}, …]               one or more

Constraints of a node (several words = one of them; a word that begins with `!` is refused; `*` at the end is a prefix):
    pos, lemma, lower, deprel, feats ("Mood=Cnd VerbForm=Fin": all of them), in / not_in (lexicon, or lexicon?attr=value),
    head (direct dependent of that node), of (that node depends on this one), below (anywhere under it), sibling,
    before, after, left_of (immediately before), right_of (immediately after), same_sentence, has / lacks (a child like this:
    a list of node constraints), optional.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selon.errors import PackError

TOKEN_TESTS = ("pos", "lemma", "lower", "deprel", "feats", "in", "not_in")
RELATIONS = ("head", "of", "below", "sibling", "before", "after", "left_of", "right_of", "same_sentence")


@dataclass(frozen=True, slots=True)
class Words:
    """One test on one string attribute: allowed and refused words, exact or by prefix."""

    exact: frozenset[str]
    prefixes: tuple[str, ...]
    refused: frozenset[str]
    refused_prefixes: tuple[str, ...]

    @classmethod
    def parse(cls, value: object) -> Words:
        words = [str(v) for v in value] if isinstance(value, list) else str(value).split()
        yes = [w for w in words if not w.startswith("!")]
        no = [w[1:] for w in words if w.startswith("!")]
        return cls(
            frozenset(w for w in yes if not w.endswith("*")), tuple(w[:-1] for w in yes if w.endswith("*")),
            frozenset(w for w in no if not w.endswith("*")), tuple(w[:-1] for w in no if w.endswith("*")),
        )  # fmt: skip

    def allows(self, value: str) -> bool:
        if value in self.refused or (self.refused_prefixes and value.startswith(self.refused_prefixes)):
            return False
        if not self.exact and not self.prefixes:
            return True
        return value in self.exact or bool(self.prefixes and value.startswith(self.prefixes))


@dataclass(frozen=True, slots=True)
class LexiconTest:
    """Membership of the token's lemma in a lexicon, optionally with an attribute value."""

    lexicon: str
    attribute: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One token of a pattern: tests on the token itself and relations to nodes bound before it."""

    name: str
    words: Mapping[str, Words]
    feats: tuple[tuple[str, str], ...] = ()
    inside: tuple[LexiconTest, ...] = ()
    outside: tuple[LexiconTest, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    has: tuple[Node, ...] = ()
    lacks: tuple[Node, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence a rule must match, with expected fields, or must leave alone, with the reason why."""

    text: str
    expect: Mapping[str, str]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as loaded. `yields` is read by the extractor of its kind; `priority` decides between rules that claim one cue."""

    id: str
    kind: str
    summary: str
    nodes: tuple[Node, ...]
    yields: Mapping[str, str]
    matches: tuple[Example, ...]
    leaves_alone: tuple[Example, ...]
    priority: int = 50


def _lexicon_tests(value: object) -> tuple[LexiconTest, ...]:
    out = []
    for word in str(value).split():
        name, _, condition = word.partition("?")
        attribute, _, wanted = condition.partition("=")
        out.append(LexiconTest(name, attribute or None, wanted or None))
    return tuple(out)


def _build_node(name: str, data: Mapping[str, Any], known: set[str], place: str) -> Node:
    words: dict[str, Words] = {}
    feats: list[tuple[str, str]] = []
    relations: list[tuple[str, str]] = []
    for key, value in data.items():
        if key in ("pos", "lemma", "lower", "deprel"):
            words[key] = Words.parse(value)
        elif key == "feats":
            for pair in str(value).split():
                k, _, v = pair.partition("=")
                feats.append((k, v))
        elif key in RELATIONS:
            for other in str(value).split():
                if other.lstrip("!") not in known:
                    raise PackError("SEL-P021", f"node {name!r}: {key} names {other!r}, which is not bound before it", place=place)
                relations.append((key, other))
        elif key not in ("in", "not_in", "has", "lacks", "optional"):
            raise PackError("SEL-P022", f"node {name!r} has the unknown constraint {key!r}", place=place,
                            remedy=f"one of {', '.join((*TOKEN_TESTS, *RELATIONS, 'has', 'lacks', 'optional'))}")  # fmt: skip

    def nested(key: str) -> tuple[Node, ...]:
        items = data.get(key) or []
        items = [items] if isinstance(items, dict) else items
        return tuple(_build_node(f"{name}.{key}", item, known | {name}, place) for item in items)

    return Node(
        name, words, tuple(feats), _lexicon_tests(data.get("in", "")), _lexicon_tests(data.get("not_in", "")), tuple(relations),
        nested("has"), nested("lacks"), str(data.get("optional", "")).lower() in ("yes", "true"),
    )  # fmt: skip


def _examples(items: object) -> tuple[Example, ...]:
    out = []
    for item in items if isinstance(items, list) else []:
        d = {"text": item} if isinstance(item, str) else dict(item)
        text, why = str(d.pop("text")), str(d.pop("why", ""))
        out.append(Example(text, {str(k): str(v) for k, v in d.items()}, why))
    return tuple(out)


def build_rule(data: object, place: str) -> Rule:
    """A rule from a parsed file. Raises PackError when its shape is wrong or it has fewer than two matches and one sentence left alone."""
    if not isinstance(data, dict) or not all(data.get(k) for k in ("id", "summary", "nodes", "yields")):
        raise PackError("SEL-P020", "a rule needs id, summary, nodes and yields", place=place)
    parts = str(data["id"]).split(".")
    if len(parts) != 3:
        raise PackError("SEL-P023", f"the id {data['id']!r} is not language.kind.name", place=place)
    nodes: list[Node] = []
    known: set[str] = set()
    for name, constraints in data["nodes"].items():
        nodes.append(_build_node(str(name), constraints, known, place))
        known.add(str(name))
    if nodes[0].optional:
        raise PackError("SEL-P024", "the first node is the anchor and cannot be optional", place=place)
    matches, alone = _examples(data.get("matches")), _examples(data.get("leaves_alone"))
    if len(matches) < 2 or not alone:
        raise PackError("SEL-P025", f"{data['id']} has {len(matches)} matches and {len(alone)} sentences left alone", place=place,
                        remedy="write at least two sentences that it must match and one look-alike that it must leave alone")  # fmt: skip
    return Rule(str(data["id"]), parts[1], str(data["summary"]), tuple(nodes), {str(k): str(v) for k, v in data["yields"].items()},
                matches, alone, int(data.get("priority", 50)))  # fmt: skip
