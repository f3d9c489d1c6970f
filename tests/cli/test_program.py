"""The program around its commands: languages, help, completion, exit codes, start-up, interrupts and broken pipes."""

from __future__ import annotations

import os
import re
import signal
import string
import subprocess
import sys
import time
from pathlib import Path

import pytest

from selon.cli.app import COMMANDS, EXIT_CODES, error_text, exit_code
from selon.cli.messages import choose, use
from selon.errors import FetchError, GoldError, InputError, LedgerError, PackError, PipelineError, UsageError
from selon.model import COUNTS_OF, EVENT_TYPES, QUALIFIERS, SOURCE_KINDS, STANCES, STATUSES
from selon.views.labels import LANGUAGES, Words, labels, load_words
from tests.cli.conftest import STORY, Selon

# What the program itself says in English, so that only other languages have words for it: errors, reasons of edges (`SENTENCES`), and the
# features of linking (their docstrings). Tests of each hold the other languages against the program.
ENGLISH_IN_CODE = ("code", "edge_reason", "feature")


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("package", ["selon.cli.messages", "selon.views.labels"])
def test_catalogues_have_the_same_keys_and_fields(package: str) -> None:
    en, fr = (load_words(package, lang) for lang in LANGUAGES)

    def keys(w: Words) -> dict[str, set[str]]:
        return {f"{s}.{k}": _fields(v) for s, texts in w.texts.items() if s not in ENGLISH_IN_CODE for k, v in texts.items()}

    assert keys(en) == keys(fr)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_value_has_a_word(lang: str) -> None:
    w = labels(lang)
    for section, values in (
        ("type", EVENT_TYPES), ("stance", STANCES), ("status", STATUSES), ("count_of", COUNTS_OF), ("qualifier", QUALIFIERS),
        ("source_kind", SOURCE_KINDS),
    ):  # fmt: skip
        assert all(w.texts[section][v] for v in values)


def test_every_message_that_is_asked_for_is_there() -> None:
    known = {f"{s}.{k}" for s, texts in load_words("selon.cli.messages", "en").texts.items() for k in texts}
    asked: set[str] = set()
    for file in (Path(__file__).parents[2] / "selon" / "cli").glob("*.py"):
        asked |= set(re.findall(r'say\("([a-z_]+\.[a-z_]+)"', file.read_text("utf-8")))
    assert asked - known == set()
    assert {f"command.{c}" for c in COMMANDS} <= known


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        ([], {}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "fr"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8", "SELON_LANG": "en"}, "en"),
        (["--lang", "fr", "show"], {"SELON_LANG": "en"}, "fr"),
        (["show", "--lang=fr"], {}, "fr"),
        (["evaluate", "gold", "--lang", "fr"], {}, "en"),
        (["show", "--lang", "xx"], {"LANG": "fr"}, "fr"),
    ],
)
def test_choosing_the_language(arguments: list[str], environment: dict[str, str], lang: str) -> None:
    assert choose(arguments, environment) == lang


def test_errors_in_french() -> None:
    use("fr")
    text = error_text("SEL-L006", "x.sqlite", "the disk is full", "", "make room")
    use("en")
    assert text.startswith("SEL-L006 x.sqlite: le disque est plein (the disk is full)") and "À essayer: faites de la place" in text


def test_help_in_both_languages(selon: Selon) -> None:
    english, french = (" ".join(selon("--lang", lang, "--help").out.split()) for lang in LANGUAGES)
    for name in COMMANDS:
        assert name in english and name in french
    assert "ledger of who says what happened" in english and "registre de qui dit ce qui s'est passé" in french
    assert selon("show", "--lang", "fr").err.startswith("SEL-L001") and "il n'y a pas de registre ici" in selon("show", "--lang", "fr").err


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(selon: Selon, command: str) -> None:
    r = selon(command, "--help")
    assert r.code == 0 and "--help" in r.out


def test_the_version(selon: Selon) -> None:
    assert re.fullmatch(r"selon \d+\.\d+\.\d+\S*\n", selon("--version").out)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "Usage"),
        (("shwo",), 2, "shwo"),
        (("read",), 2, "PATH"),
        (("read", "x.txt", "--published", "mardi"), 2, "SEL-U001"),
        (("read", "x.txt", "--published", "2024-02-30"), 2, "SEL-U001"),
        (("read", "x.txt", "--format", "xml"), 2, "SEL-U003"),
        (("show", "--as-of", "yesterday"), 2, "SEL-U002"),
        (("events", "--type", "bomb"), 2, "SEL-U003"),
        (("events", "--limit", "-1"), 2, "--limit"),
        (("show", "x", "--ledger", "none.sqlite"), 3, "SEL-L001"),
        (("show", "--ledger", "mysql://x"), 3, "SEL-L009"),
        (("explain", "Une phrase.", "--report-lang", "tlh"), 4, "SEL-P002"),
        (("explain", "Une phrase.", "--report-lang", "fr", "--pipeline", "no_such_pipeline"), 4, "SEL-N02"),
        (("read", "missing.txt"), 1, "missing.txt"),
    ],
)
def test_exit_codes(selon: Selon, arguments: tuple[str, ...], code: int, words: str) -> None:
    r = selon(*arguments)
    assert (r.code, words in r.out + r.err) == (code, True), r


def test_exit_codes_by_family() -> None:
    kinds = (InputError, FetchError, UsageError, LedgerError, PackError, PipelineError, GoldError)
    assert [exit_code(k(f"{k.family}001", "x")) for k in kinds] == [1, 1, 2, 3, 4, 4, 5]
    assert set(EXIT_CODES) == {k.family for k in kinds}


def _program(*arguments: str, folder: Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "selon", *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "SELON_LEDGER": str(folder / "l.sqlite"), "SELON_LANG": "en", **environment}, encoding="utf-8",
        preexec_fn=_hears_interrupts,
    )  # fmt: skip


def _hears_interrupts() -> None:
    # A shell starts background jobs deaf to SIGINT, and children inherit that.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = "import sys; from selon.cli.app import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(*sorted(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path, encoding="utf-8")
    loaded = set(ran.stdout.splitlines()[-1].split())
    assert "selon.cli.app" in loaded
    assert loaded.isdisjoint({"spacy", "sqlalchemy", "alembic", "rich", "yaml", "numpy", "selon.reader", "selon.ledger", "jsonschema"})


def test_completion(tmp_path: Path) -> None:
    with _program(folder=tmp_path, _SELON_COMPLETE="complete_bash", COMP_WORDS="selon sta", COMP_CWORD="1") as p:
        out, err = p.communicate(timeout=60)
    assert out.split() == ["statements"], err


def test_a_broken_pipe_is_no_fault(tmp_path: Path) -> None:
    lines = [f"text {k}" for k in range(3)]
    from selon.ledger import open_ledger
    from selon.model import Report

    with open_ledger(str(tmp_path / "l.sqlite")) as ledger:
        for k, text in enumerate(lines):
            ledger.keep(Report(f"r{k}", text, "xx"))
        for k in range(3000):
            ledger.keep(Report(f"s{k}", f"{k}", "xx", title="long " * 20))
    with _program("show", folder=tmp_path) as p:
        assert p.stdout is not None and p.stderr is not None
        p.stdout.readline()
        p.stdout.close()
        err = p.stderr.read()
        assert p.wait(60) == 141
    assert err == ""


def test_an_interrupt_keeps_what_was_read(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for k in range(400):
        (folder / f"r{k:03}.txt").write_text(STORY.replace("17", str(100 + k)) * 3, "utf-8")
    with _program("read", "many", folder=tmp_path) as p:
        assert p.stdout is not None and p.stderr is not None
        p.stdout.readline()
        time.sleep(0.2)
        p.send_signal(signal.SIGINT)
        out = p.stdout.read()
        err = p.stderr.read()
        assert p.wait(60) == 130, err
    read = 1 + len(out.splitlines())
    assert 1 <= read < 400 and f"Interrupted. {read} reports are in the ledger" in err
    from selon.ledger import open_ledger

    with open_ledger(str(tmp_path / "l.sqlite")) as ledger:
        assert len(list(ledger.reports())) == read


def test_two_processes_on_one_ledger(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for k in range(24):
        (folder / f"r{k:03}.txt").write_text(STORY.replace("17", str(100 + k)), "utf-8")
    both = [_program("read", "many", folder=tmp_path), _program("read", "many", "--jobs", "2", folder=tmp_path)]
    for p in both:
        _, err = p.communicate(timeout=300)
        assert p.returncode == 0, err
    from selon.ledger import open_ledger

    with open_ledger(str(tmp_path / "l.sqlite")) as ledger:
        assert sorted(r.name for r in ledger.reports()) == [f"r{k:03}" for k in range(24)]
        for k in range(24):
            versions = [v.version for v in ledger.versions(f"r{k:03}")]
            assert len(versions) == len(set(versions)) >= 1
        assert len(list(ledger.readings())) == 24
