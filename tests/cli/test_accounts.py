"""`selon account` and what `selon serve` demands before it answers to others."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from selon.cli.app import main
from selon.ledger import open_ledger
from selon.ledger.accounts import account, acts

PASSWORD = "quatre mots sans rapport\n"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The program; exit code and all it says, `typed` on standard input."""
    monkeypatch.setenv("SELON_LANG", "en")

    def go(*arguments: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code: object = 0
        try:
            main(list(arguments))
        except SystemExit as e:
            code = e.code or 0
        assert isinstance(code, int)
        said = capsys.readouterr()
        return code, said.out + said.err

    return go


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    return str(tmp_path / "ledger.sqlite")


def test_an_account_is_made_changed_listed_and_closed(run: Run, ledger: str) -> None:
    assert run("account", "add", "Olga", "--role", "owner", "--ledger", ledger, typed=PASSWORD)[0] == 0
    assert run("account", "add", "Ida", "--ledger", ledger, typed=PASSWORD)[0] == 0
    assert run("account", "change", "Ida", "--role", "reviewer", "--ledger", ledger)[0] == 0
    with open_ledger(ledger) as store:
        before = account(store, "Ida")
    assert run("account", "change", "Ida", "--ledger", ledger, typed="another pass phrase\n")[0] == 0
    assert run("account", "close", "Ida", "--ledger", ledger)[0] == 0
    code, out = run("account", "list", "--ledger", ledger)
    assert code == 0 and "Ida\tclosed" in out and "Olga\towner" in out
    with open_ledger(ledger) as store:
        after = account(store, "Ida")
        assert before and after and before.password != after.password and [a.act for a in acts(store)] == ["account"] * 5


@pytest.mark.parametrize(
    ("arguments", "typed", "code"),
    [(("add", "x"), "short\n", "SEL-U061"), (("add", "<x>"), PASSWORD, "SEL-U060"), (("add", "x", "--role", "king"), PASSWORD, "SEL-U062"),
     (("close", "Olga"), "", "SEL-U063"), (("add", "Olga"), PASSWORD, "SEL-U064"), (("change", "nobody"), PASSWORD, "SEL-U064"), (("bless", "x"), "", "SEL-U003")],
)  # fmt: skip
def test_what_cannot_be_is_said(run: Run, ledger: str, arguments: tuple[str, ...], typed: str, code: str) -> None:
    run("account", "add", "Olga", "--role", "owner", "--ledger", ledger, typed=PASSWORD)
    exit, out = run("account", *arguments, "--ledger", ledger, typed=typed)
    assert exit == 2 and code in out


@pytest.mark.parametrize(
    ("owner", "options", "code"),
    [(False, ("--host", "0.0.0.0"), "SEL-U021"), (True, ("--host", "0.0.0.0"), "SEL-U023"), (False, ("--behind-proxy",), "SEL-U021"),
     (True, ("--host", "0.0.0.0", "--certificate", "none.pem", "--key", "none.pem"), "SEL-U024"), (False, ("--tiles", "file:///{z}/{x}/{y}"), "SEL-U022"),
     (False, ("--tiles", "https://tiles.example/all.png"), "SEL-U022")],
)  # fmt: skip
def test_pages_for_others_need_an_owner_and_tls(run: Run, ledger: str, owner: bool, options: tuple[str, ...], code: str) -> None:
    if owner:
        run("account", "add", "Olga", "--role", "owner", "--ledger", ledger, typed=PASSWORD)
    exit, out = run("serve", *options, "--ledger", ledger)
    assert exit == 2 and code in out
