"""The engine that matches rule files on a parse and traces what it did. It knows no language. May import: `model`, `errors`."""

from selon.rules.lexicon import Entry, Lexicon, Lexicons
from selon.rules.match import Binding, Match, match_all, match_rule
from selon.rules.rule import Example, Node, Rule, build_rule

__all__ = ["Binding", "Entry", "Example", "Lexicon", "Lexicons", "Match", "Node", "Rule", "build_rule", "match_all", "match_rule"]
