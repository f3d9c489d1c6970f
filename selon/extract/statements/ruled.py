"""Statements found by the rule files of a pack (`rules/statement/*.yml`). May import: `view`, `sources`, `rules`.

What a rule yields: `cue: words(a b)`, `content:` and `source:` one of `noun-phrase(x)`, `phrase(x)` (with its preposition),
`verb-phrase(x)` (the verb with its auxiliaries and what stands before it in its clause), `verb-until(x y)` (the verb with all up to the phrase of
y), `nobody` (source only); `stance` a word.
Rules are tried only at tokens whose lemma their anchor names, so that many rules cost little.
"""

from __future__ import annotations

from collections.abc import Mapping

from selon.errors import PackError
from selon.extract.statements.cues import group_of
from selon.extract.statements.sources import noun_phrase
from selon.extract.statements.view import Draft, View
from selon.lang import Pack
from selon.rules import Match, Rule, match_rule

_INDEX: dict[tuple[str, str], Mapping[str, tuple[Rule, ...]]] = {}
Range = tuple[int, int]


def _index(pack: Pack) -> Mapping[str, tuple[Rule, ...]]:
    """Rules by the lemmas of their anchors, the highest priority first."""
    key = (pack.lang, pack.hash)
    if key not in _INDEX:
        _INDEX.clear()
        out: dict[str, list[Rule]] = {}
        for rule in sorted(pack.rules.get("statement", ()), key=lambda r: -r.priority):
            words = rule.nodes[0].words.get("lemma")
            if words is None or not words.exact:
                raise PackError("SEL-P031", f"the anchor of {rule.id} names no lemma", place=rule.id, remedy="give its first node a lemma")
            for lemma in words.exact:
                out.setdefault(lemma, []).append(rule)
        _INDEX[key] = {k: tuple(v) for k, v in out.items()}
    return _INDEX[key]


def find_ruled(view: View, pack: Pack) -> list[Draft]:
    """At most one statement per anchor, by the rule with the highest priority that holds there."""
    index = _index(pack)
    out: list[Draft] = []
    for i, t in enumerate(view.tokens):
        for rule in index.get(t.lemma.lower(), ()):
            match = match_rule(rule, view.parse, pack.lexicons, t)
            if match is None:
                continue
            draft = _draft(view, match, i)
            if draft is not None:
                out.append(draft)
                break
    return out


def _draft(view: View, match: Match, anchor: int) -> Draft | None:
    rule = match.rule
    content = _built(view, match, rule.yields.get("content", ""))
    if content is None:
        return None
    source = _built(view, match, rule.yields.get("source", "nobody"))
    cue = _built(view, match, rule.yields.get("cue", "")) or (anchor, anchor)
    first, last = content
    return Draft(
        anchor, cue, source, view.tokens[first].start, view.tokens[last].end, rule.yields.get("stance", "asserts"), rule.id.rsplit(".", 1)[1], "rule"
    )  # fmt: skip


def _built(view: View, match: Match, how: str) -> Range | None:
    """The tokens that a builder makes of the nodes it names; None for `nobody` and for optional nodes that are not bound."""
    name, _, rest = how.partition("(")
    nodes = [match.get(n) for n in rest.rstrip(") ").split()]
    bound = [n.i for n in nodes if n is not None]
    if name == "nobody" or not bound:
        return None
    if name == "words":
        return min(bound), max(bound)
    if name == "noun-phrase":
        return noun_phrase(view, bound[0])
    if name == "phrase":
        ids = view.parse.subtree(view.tokens[bound[0]])
        last = noun_phrase(view, bound[0])[1]
        return min(ids), max(last, bound[0])
    if name == "verb-phrase":
        group = group_of(view, bound[0])
        return group.first, group.last
    if name == "verb-until" and len(bound) == 2:
        inner = [j for j in range(bound[0] + 1, bound[1]) if view.is_verb(j) and view.tokens[j].feats.get("VerbForm") == "Inf"]
        group = group_of(view, inner[-1] if inner else bound[0])
        last = min((c.i for c in view.children(bound[1]) if c.i < bound[1]), default=bound[1]) - 1
        while last > group.last and view.is_punct(last):
            last -= 1
        return group.first, max(last, group.last) if last < bound[1] else group.last
    raise PackError(
        "SEL-P032",
        f"{match.rule.id} yields {how!r}",
        place=match.rule.id,
        remedy="words, noun-phrase, phrase, verb-phrase, verb-until or nobody",
    )
