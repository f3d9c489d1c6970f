"""Writes docs/errors.md: every error code with its words and remedies, as the source raises it and as the French catalogue says it.

python scripts/errors_page.py            writes the page
python scripts/errors_page.py --check    says whether it is current
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "errors.md"
CODE = re.compile(r"SEL-[A-Z]\d+")
_MAKERS = ("Error", "Issue", "_failure", "PlainTextResponse")
FAMILIES = {
    "I": "Input: a report that cannot be read, or was read with a remark",
    "P": "Packs: a language's data that do not load",
    "N": "Pipelines: a parser that is missing or does not fit",
    "L": "Ledger",
    "F": "Fetching: a page or source that could not be had, an alert that could not be sent",
    "G": "Gold: what a reading is measured against",
    "U": "Usage: a command that was asked in a way it cannot answer",
    "W": "Web: a request that the workbench refuses",
}
EXITS = {"I": 1, "F": 1, "U": 2, "L": 3, "P": 4, "N": 4, "G": 5}


@dataclass(frozen=True)
class Raised:
    """One place where a code is raised: the file below the root, the words, the remedy (both may be empty)."""

    code: str
    file: str
    problem: str
    remedy: str


def messages(lang: str) -> dict[str, dict[str, str]]:
    """The catalogue of the command line."""
    return tomllib.loads((ROOT / "selon" / "cli" / "messages" / f"{lang}.toml").read_text("utf-8"))


def raised(lang: str = "en") -> list[Raised]:
    """All places where the source makes an error or an issue with a code of its own, by code; what the catalogue says in a language."""
    said = messages(lang)
    out: list[Raised] = []
    for path in sorted((ROOT / "selon").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for function in _functions(tree):
            calls = [n for n in ast.walk(function) if isinstance(n, ast.Call) and _name(n.func).endswith(_MAKERS)]
            for call in sorted(calls, key=lambda c: c.lineno):
                names = _names(tree, function, call.lineno)
                words = [_words(a, names, said) for a in call.args]
                at = next((k for k, w in enumerate(words) if CODE.match(w)), None)
                if at is None:
                    continue
                code, _, rest = words[at].partition(":")
                # An issue has its place before its words, and its remedy behind the excerpt; others have it by name or last.
                first, last = (2, 4) if _name(call.func) == "Issue" else (at + 1, 3)
                problem = rest.strip() or (words[first] if len(words) > first else "")
                named = next((_words(k.value, names, said) for k in call.keywords if k.arg == "remedy"), "")
                out.append(Raised(code, path.relative_to(ROOT).as_posix(), problem, named or (words[last] if len(words) > last else "")))
    return sorted(out, key=lambda r: r.code)  # by code, then as they stand in the source


def _functions(tree: ast.Module) -> list[ast.AST]:
    """Functions that stand in no other, so that every call is seen once, as they stand in the source."""
    out: list[ast.AST] = []
    pending: list[ast.AST] = [tree]
    while pending:
        for child in ast.iter_child_nodes(pending.pop()):
            (out if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else pending).append(child)
    return sorted(out, key=lambda f: getattr(f, "lineno", 0))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def _names(tree: ast.Module, function: ast.AST, line: int) -> dict[str, ast.expr]:
    """What the variables of a function stand for at a line: what was last assigned to them, else what its callers pass."""
    out: dict[str, ast.expr] = {}
    if isinstance(function, ast.FunctionDef):
        parameters = [a.arg for a in function.args.args]
        defaults = function.args.defaults
        out.update(zip(parameters[len(parameters) - len(defaults) :], defaults, strict=True))
        for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call) and _name(n.func) == function.name):
            out.update(zip(parameters, call.args, strict=False))
    for n in ast.walk(function):
        if isinstance(n, ast.Assign) and n.lineno < line:
            out.update((t.id, n.value) for t in n.targets if isinstance(t, ast.Name))
    return out


def _words(node: ast.expr, names: dict[str, ast.expr], said: dict[str, dict[str, str]]) -> str:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(p.value) if isinstance(p, ast.Constant) else "…" for p in parts)
        case ast.Name(id=name) if name in names:
            return _words(names[name], {}, said)
        case ast.IfExp(body=a, orelse=b):
            return f"{_words(a, names, said)} / {_words(b, names, said)}"
        case ast.Call(func=ast.Name(id="say"), args=[ast.Constant(value=str() as key), *_]):
            section, _, name = key.partition(".")
            return re.sub(r"\{\w+\}", "…", said[section][name])
    return ""


def page() -> str:
    """The text of docs/errors.md."""
    known = messages("fr")["code"]
    found, french = raised(), raised("fr")
    out = [
        "# Errors",
        "",
        "Every error and remark has a code of one meaning. This page is written by `python scripts/errors_page.py` from the source: … stands",
        "for a value. The exit code of a command follows from the family; a run over many reports goes on behind a bad one and ends with 1.",
    ]
    for letter, title in FAMILIES.items():
        exit_code = f" (exit code {EXITS[letter]})" if letter in EXITS else ""
        out += ["", f"## {title}{exit_code}", "", "| code | what it says | what to do | en français |", "| --- | --- | --- | --- |"]
        for code in sorted({r.code for r in found if r.code[4] == letter}):
            here = [r for r in found if r.code == code]
            problems = " / ".join(dict.fromkeys(_cell(r.problem) for r in here if r.problem))
            remedies = " / ".join(dict.fromkeys(_cell(r.remedy) for r in here if r.remedy))
            there = next((f"{r.problem} | {r.remedy}" for r, e in zip(french, found, strict=True) if r.code == code and r != e), "")
            out.append(f"| {code} | {problems} | {remedies} | {_cell(known.get(code, there).removesuffix(' | ').replace(' | ', ' → '))} |")
    return "\n".join(out) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").strip()


def main() -> int:
    """Writes or checks the page."""
    if "--check" in sys.argv[1:]:
        return int(PAGE.read_text("utf-8") != page())
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
