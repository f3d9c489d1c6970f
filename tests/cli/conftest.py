"""Running the program inside the test process, with one pipeline for all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from selon.cli import messages
from selon.cli.app import main
from selon.reader import Reader


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Selon = Callable[..., Ran]


@pytest.fixture(scope="session")
def one_reader() -> Callable[..., Reader]:
    """`Reader.load` that loads each pipeline once for the whole session: loading takes longer than reading what tests read."""
    loaded: dict[tuple[str, str | None], Reader] = {}
    load = Reader.load.__func__  # type: ignore[attr-defined]

    def once(cls: type[Reader], lang: str, pipeline: str | None = None) -> Reader:
        if (lang, pipeline) not in loaded:
            loaded[lang, pipeline] = load(cls, lang, pipeline)
        return loaded[lang, pipeline]

    return once


@pytest.fixture
def selon(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, one_reader: Callable[..., Reader]
) -> Iterator[Selon]:
    """The program: arguments in; exit code, stdout and stderr out. It runs in an empty folder, in English, with its own ledger."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Reader, "load", classmethod(one_reader))
    monkeypatch.setenv("SELON_LEDGER", str(tmp_path / "ledger.sqlite"))
    monkeypatch.setenv("SELON_LANG", "en")
    monkeypatch.setenv("COLUMNS", "120")

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        try:
            main(arguments)
            code: object = 0
        except SystemExit as e:
            code = e.code or 0
        captured = capsys.readouterr()
        assert isinstance(code, int)
        return Ran(code, captured.out, captured.err)

    yield run
    messages.use("en")


STORY = (
    "Un pont touché près de Goma\n\n"
    "Au moins 17 civils ont été tués mardi dans le bombardement d'un pont près de Goma, a annoncé le gouverneur de la province. "
    "L'armée a démenti avoir bombardé le pont. "
    "Selon la Croix-Rouge, 23 personnes ont été blessées.\n"
)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "pont.txt"
    file.write_text(STORY, "utf-8")
    return file
