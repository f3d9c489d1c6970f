"""The temporal grammar of a pack, compiled, and the scan of a text for time expressions. May import: `lang`, `errors`, `pattern`, `words`.

`tables/time.yml` names classes of words and rules; a rule is a list of lines `pattern => operation key=value …`. What the pattern kept, and
the constants behind the operation, are the expression's arguments; what they mean against a day of publication is `resolve`'s business.
Leftmost-longest: at each word the rule that covers most wins, then the earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, cast

from selon.errors import PackError
from selon.lang import Pack
from selon.resolve.when.pattern import Captures, Compiler, Found, Part, one_of
from selon.resolve.when.words import NUMBER, Numerals, Phrases, Words, split_words

TOP = "time"


@dataclass(frozen=True, slots=True)
class Expr:
    """A time expression before it is resolved: an operation, its arguments, and word borders of the expression and of its whole phrase.

    `lead` is the relation that the words before it express (since, until, before, after, around, within, ago, ahead, at), or "".
    """

    op: str
    args: Mapping[str, object]
    first: int
    stop: int
    whole_first: int
    whole_stop: int
    lead: str = ""
    lead_first: int = -1

    def text(self, name: str, default: str = "") -> str:
        v = self.args.get(name)
        return default if v is None else str(v)

    def number(self, name: str) -> int | None:
        v = self.args.get(name)
        if isinstance(v, int):
            return v
        if isinstance(v, str) and v.lstrip("-").isdigit():
            return int(v)
        return None

    def expr(self, name: str) -> Expr | None:
        v = self.args.get(name)
        return v if isinstance(v, Expr) else None


@dataclass(frozen=True, slots=True)
class _Line:
    pattern: Part
    op: str
    constants: dict[str, str]


class _Index:
    """The lines of a rule by the words at which they are asked, worked out where two keys (and whether a known word follows) are first met."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._firsts: dict[str, list[_Line]] = {}
        for line in lines:
            for word in line.pattern.firsts:
                self._firsts.setdefault(word, []).append(line)
        self._pairs: dict[tuple[str, str, bool], tuple[_Line, ...]] = {}

    def at(self, keys: Sequence[str], i: int) -> tuple[_Line, ...]:
        """The lines that may match from word `i`: those that a number begins, then the others, each in their order."""
        pair = keys[i], keys[i + 1], keys[i + 2] != ""
        found = self._pairs.get(pair)
        if found is None:
            first, second, more = pair
            names = (first,) if first == NUMBER or not first.isdecimal() else (NUMBER, first)
            lines = [line for name in names for line in self._firsts.get(name, ())]
            found = self._pairs[pair] = tuple(line for line in lines if line.pattern.admits(first, second, more))
        return found


class Grammar:
    """The compiled rules of one pack."""

    def __init__(self, table: Mapping[str, Any], leads: Mapping[str, str]) -> None:
        self.table = table
        self.classes = {name: Phrases(entries) for name, entries in table["classes"].items()}
        numbers = table["numerals"]
        self.numerals = Numerals(numbers["atoms"], frozenset(numbers["joins"]))
        self.leads = Phrases(leads)
        self.vetoes = {name: frozenset(words) for name, words in table["vetoes"].items()}
        self._sources: Mapping[str, str] = table["grammar"]
        self._lines: dict[str, list[_Line]] = {}
        self._busy: set[str] = set()
        self._compiler = Compiler(self.classes, self.numerals, self._rule)
        self._top = _Index(self._compiled(TOP))
        self.plural_endings = tuple(table.get("plural_endings", ()))
        self.particles = frozenset(table.get("particles", ()))

    def _compiled(self, name: str) -> list[_Line]:
        if name in self._lines:
            return self._lines[name]
        if name not in self._sources:
            raise PackError("SEL-P042", f"the temporal grammar has no rule {name!r}")
        if name in self._busy:
            raise PackError("SEL-P043", f"the temporal rule {name!r} begins with itself")
        self._busy.add(name)
        lines: list[_Line] = []
        for raw in self._sources[name].splitlines():
            text = raw.strip()
            if not text or text.startswith("# "):
                continue
            pattern, arrow, action = text.partition("=>")
            if not arrow or not action.strip():
                raise PackError("SEL-P044", "a line of the temporal grammar needs a pattern, => and an operation", excerpt=text)
            op, *pairs = action.split()
            compiled = self._compiler.compile(pattern.strip())
            constants = dict(cast("tuple[str, str]", tuple(p.split("=", 1))) for p in pairs)
            lines.append(_Line(compiled, op, constants))
        self._busy.discard(name)
        self._lines[name] = lines
        return lines

    def _rule(self, name: str) -> Part:
        lines = self._compiled(name)
        index = _Index(lines)

        def run(words: Words, i: int, caps: Captures) -> Found:
            if i >= len(words.low):
                return ()
            key = (name, i)
            found = words.memo.get(key)
            if found is None:
                starting = index.at(words.keys, i)
                found = words.memo[key] = self._all(words, i, starting) if starting else ()
            return [(j, (*caps, (name, e))) for j, e in found] if found else ()

        return one_of([line.pattern for line in lines], run)

    def _all(self, words: Words, i: int, lines: Sequence[_Line]) -> list[tuple[int, Expr]]:
        """Every stretch that the lines cover from word `i`, the first line winning where two cover the same."""
        out: list[tuple[int, Expr]] = []
        seen: set[int] = set()
        for line in lines:
            for j, caps in line.pattern.run(words, i, ()):
                if j not in seen:
                    seen.add(j)
                    out.append((j, _build(line, caps, i, j)))
        return out

    def scan(self, words: Words) -> list[Expr]:
        """All expressions in order, without overlaps."""
        out: list[Expr] = []
        known = self._compiler.vocabulary
        keyed = (w if w in known else "" if n is None else NUMBER for w, n in zip(words.low, words.number, strict=True))
        words.keys[:] = [*keyed, "", "", ""]
        # Rules are asked for the same word again and again by others that begin with them: their answers are kept for this text.
        i, size, keys = 0, len(words.low), words.keys
        while i < size:
            if not keys[i]:
                i += 1
                continue
            best: Expr | None = None
            for line in self._top.at(keys, i):
                for j, caps in line.pattern.run(words, i, ()):
                    if best is None or j > best.whole_stop:
                        e = _build(line, caps, i, j)
                        if not self._vetoed(words, e):
                            best = e
            if best is None:
                i += 1
                continue
            out.append(self._with_lead(words, best))
            i = max(best.whole_stop, i + 1)
        words.memo.clear()
        return out

    def _with_lead(self, words: Words, e: Expr) -> Expr:
        lead = self.leads.ending(words, e.first)
        return replace(e, lead=lead[1], lead_first=lead[0]) if lead else e

    def _vetoed(self, words: Words, e: Expr) -> bool:
        """Tests that an operation names: `unless=` word lists for the words before and behind (`before:after`)."""
        if self._in_compound(words, e):
            return True
        names = e.text("unless")
        if not names:
            return False
        before, _, after = names.partition(":")
        prev = words.low[e.whole_first - 1] if e.whole_first > 0 else ""
        follow = words.low[e.whole_stop] if e.whole_stop < len(words) else ""
        if before and any(prev in self.vetoes[n] for n in before.split(",")):
            return True
        return bool(after) and any(self._follows(n, follow, words, e.whole_stop) for n in after.split(","))

    def _in_compound(self, words: Words, e: Expr) -> bool:
        """Whether a hyphen ties the expression to a word outside it: part of a name or of a compound."""
        text, start, end = words.text, words.start[e.first], words.end[e.stop - 1]
        if start > 1 and text[start - 1] == "-" and text[start - 2].isalpha():
            return True
        after = end + 1 < len(text) and text[end] == "-" and text[end + 1].isalpha()
        return after and (e.stop >= len(words) or words.low[e.stop] not in self.particles)

    def _follows(self, name: str, follow: str, words: Words, k: int) -> bool:
        if name == "~plural":
            return follow.endswith(self.plural_endings) and follow not in self.vetoes["baredaybehind"]
        if name.startswith("!"):
            # Only these words (or a sign, or the end) may follow.
            return bool(follow) and (follow[0].isalpha() or follow[0].isdigit()) and follow not in self.vetoes[name[1:]]
        return follow in self.vetoes[name]


def _build(line: _Line, caps: Captures, i: int, j: int) -> Expr:
    args: dict[str, object] = dict(line.constants)
    first, stop = i, j
    for name, value in caps:
        if name == "{":
            first = cast(int, value)
        elif name == "}":
            stop = cast(int, value)
        else:
            args[name] = value
    inner = args.get("it")
    if line.op == "it" and isinstance(inner, Expr):
        return replace(inner, whole_first=i, whole_stop=j)
    return Expr(line.op, args, first, stop, i, j)


_grammars: dict[str, Grammar] = {}


def grammar_of(pack: Pack) -> Grammar:
    """The compiled grammar of a pack, made once."""
    key = f"{pack.lang}:{pack.hash}"
    if key not in _grammars:
        leads = {e.key: e["relation"] for e in pack.lexicons["time-leads"]}
        _grammars[key] = Grammar(pack.table("time"), leads)
    return _grammars[key]


@lru_cache(maxsize=8)
def _scan(text: str, key: str) -> tuple[Words, tuple[Expr, ...]]:
    words = split_words(text)
    return words, tuple(_grammars[key].scan(words))


def scan(text: str, pack: Pack) -> tuple[Words, tuple[Expr, ...]]:
    """Words and time expressions of a text (kept for the few stages that ask for the same text in turn)."""
    grammar_of(pack)
    return _scan(text, f"{pack.lang}:{pack.hash}")
