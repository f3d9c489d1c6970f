"""Error codes: one meaning each, French words for each, and the page that lists them is current."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def errors_page() -> ModuleType:
    spec = importlib.util.spec_from_file_location("errors_page", ROOT / "scripts" / "errors_page.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_a_code_has_one_meaning(errors_page: ModuleType) -> None:
    """What is raised in two folders is no one thing: one of them needs a code of its own."""
    folders: dict[str, set[str]] = defaultdict(set)
    for r in errors_page.raised():
        folders[r.code].add(str(Path(r.file).parent))
    shared = {"SEL-I004": {"selon/cli", "selon/intake"}}  # a file that cannot be opened, wherever it was named
    assert {code: places for code, places in folders.items() if len(places) > 1} == shared


def test_a_code_that_is_mentioned_is_raised_somewhere(errors_page: ModuleType) -> None:
    mentioned = {m for f in (ROOT / "selon").rglob("*.py") for m in re.findall(r"SEL-[A-Z]\d+", f.read_text("utf-8"))}
    assert mentioned == {r.code for r in errors_page.raised()}


def test_every_code_has_french_words(errors_page: ModuleType) -> None:
    in_words = set(errors_page.messages("fr")["code"])
    for english, french in zip(errors_page.raised("en"), errors_page.raised("fr"), strict=True):
        if english != french:
            in_words.add(english.code)  # said through the catalogue of messages
    refusals = {"SEL-W001", "SEL-W002", "SEL-W003"}  # what a browser's user never sees: answers to strangers' requests
    assert {r.code for r in errors_page.raised()} - in_words - refusals == set()


def test_the_page_of_errors_is_current(errors_page: ModuleType) -> None:
    assert errors_page.PAGE.read_text("utf-8") == errors_page.page(), "run: python scripts/errors_page.py"
