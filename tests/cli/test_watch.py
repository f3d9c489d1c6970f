"""`selon watch`, `fetch` and `evidence` against a server on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Selon
from tests.intake.fetch.server import Site, serving
from tests.watching.conftest import FLOOD, STRIKE, article, rss


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.answers |= {
            "/rss": rss(running, ("/nyala", "Nyala frappée"), ("/bamako", "Bamako")),
            "/nyala": article("Nyala frappée", *STRIKE),
        }
        running.answers["/bamako"] = article("Bamako sous l'eau", *FLOOD)
        yield running


@pytest.fixture
def plan(tmp_path: Path, site: Site) -> str:
    (tmp_path / "plan.toml").write_text(
        f'[watch]\nrest = "0s"\nrecheck = ["0s"]\n[[source]]\nname = "monts"\nurl = "{site.url}/rss"\n', "utf-8"
    )
    return str(tmp_path / "plan.toml")


def test_once_then_status(selon: Selon, plan: str) -> None:
    ran = selon("watch", plan, "--once", "--allow-private")
    assert ran.code == 0 and "monts: 2 entries, 2 new" in ran.out and "2 reports read, 0 troubles" in ran.err
    assert "Nyala frappée" in selon("show").out
    ran = selon("watch", plan, "--status")
    assert ran.code == 0 and ran.out.startswith("monts  last look 20") and "well" in ran.out
    (line,) = selon("watch", plan, "--status", "--format", "jsonl").out.splitlines()
    assert json.loads(line)["looks"] == 1


def test_status_says_how_channels_do(selon: Selon, plan: str, site: Site) -> None:
    with Path(plan).open("a", encoding="utf-8") as f:
        f.write(
            '[[alert]]\nname = "a"\nplaces = ["Nyala"]\nchannels = ["feed", "desk"]\n[[channel]]\nname = "feed"\nkind = "atom"\nfile = "a.xml"\n'
        )
        f.write(f'[[channel]]\nname = "desk"\nkind = "webhook"\nurl = "{site.url}/nowhere"\nprivate = true\n')
    assert selon("watch", plan, "--once", "--allow-private").code == 1
    out = selon("watch", plan, "--status").out
    assert "feed  alerts: 1 told, 0 waiting, 0 given up" in out and "desk  alerts: 0 told, 1 waiting, 0 given up" in out
    assert json.loads(selon("watch", plan, "--status", "--format", "jsonl").out.splitlines()[-1]) == {
        "channel": "desk",
        "told": 0,
        "waiting": 1,
        "given_up": 0,
    }


def test_lines_for_programs_and_french_for_people(selon: Selon, plan: str) -> None:
    kinds = [json.loads(line)["kind"] for line in selon("watch", plan, "--once", "--allow-private", "--format", "jsonl").out.splitlines()]
    assert kinds == ["looked", "new", "new", "read", "read"]
    assert "monts : 2 entrées, dont 0 nouvelles" in selon("watch", plan, "--once", "--allow-private", "--lang", "fr").out


def test_without_permission_loopback_is_refused_in_both_languages(selon: Selon, plan: str, site: Site) -> None:
    english, french = selon("watch", plan, "--once"), selon("watch", plan, "--once", "--lang", "fr")
    assert english.code == french.code == 1 and "SEL-F002" in english.err and "--allow-private" in english.err
    assert "réseau privé" in french.err and site.asked == []


@pytest.mark.parametrize(("text", "code"), [
    ("", "SEL-U092"), ("[[source]]\nname='x'", "SEL-U092"), ("[[source]", "SEL-U091"), ("[[source]]\nname='x'\nurl='https://a.example'\nurls='y'", "SEL-U092"),
])  # fmt: skip
def test_plans_that_are_wrong(selon: Selon, tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "bad.toml").write_text(text, "utf-8")
    ran = selon("watch", "bad.toml", "--once")
    assert ran.code == 2 and code in ran.err
    assert "SEL-U090" in selon("watch", "missing.toml").err


def test_fetch_again_after_a_correction_then_show_and_history(selon: Selon, site: Site) -> None:
    ran = selon("fetch", site.url + "/nyala#top", "--allow-private")
    assert ran.code == 0 and ran.out.startswith("new") and "statements" in ran.out
    assert "is as it was" in selon("fetch", site.url + "/nyala", "--allow-private").err
    site.answers["/nyala"] = article("Nyala frappée", STRIKE[0], STRIKE[1].replace("douze", "sept"), STRIKE[2])
    ran = selon("fetch", site.url + "/nyala", "--allow-private")
    assert ran.out.startswith("changed")
    name = next(line.split()[0] for line in selon("show").out.splitlines() if "~2" in line)
    shown = selon("show", name, "--versions").out
    assert "Versions of the page" in shown and "[-douze-]{+sept+}" in shown
    assert "selon show … --versions" in selon("show", name).out
    incident = selon("incidents", "--format", "jsonl").out.splitlines()[0]
    history = selon("history", json.loads(incident)["id"]).out
    assert "changed (passages: 1)" in history and "[-douze-]{+sept+}" in history


def test_fetch_says_what_is_wrong_and_goes_on(selon: Selon, site: Site) -> None:
    site.answers["/list"] = "<html><body>" + "".join(f'<p><a href="/{n}">Titre {n}</a></p>' for n in range(60)) + "</body></html>"
    ran = selon("fetch", site.url + "/missing", site.url + "/list", "ftp://a.example", site.url + "/bamako", "--allow-private")
    assert ran.code == 1 and all(code in ran.err for code in ("SEL-F012", "SEL-I02", "SEL-F001")) and "Bamako" in ran.out
    assert "SEL-F012" in selon("issues").out


def test_evidence_of_a_report_and_of_an_incident(selon: Selon, site: Site, tmp_path: Path) -> None:
    selon("fetch", site.url + "/nyala", "--allow-private")
    name = selon("show", "--format", "jsonl").out
    report = json.loads(name.splitlines()[0])["name"]
    ran = selon("evidence", report, "out")
    assert ran.code == 0 and (tmp_path / "out/SHA256SUMS").exists() and "README.txt" in ran.err
    assert selon("evidence", report, "out").code == 2
    incident = json.loads(selon("incidents", "--format", "jsonl").out.splitlines()[0])["id"]
    assert selon("evidence", incident, "out.wacz").code == 0 and (tmp_path / "out.wacz").stat().st_size > 1000
    assert "SEL-L010" in selon("evidence", "nobody", "x").err


def test_evidence_of_a_file(selon: Selon, story: Path, tmp_path: Path) -> None:
    selon("read", "pont.txt")
    assert selon("evidence", "pont", "out", "--wacz").code == 0
    assert (tmp_path / "out").is_file()


def test_read_takes_addresses_too(selon: Selon, site: Site, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from selon.intake.fetch import address

    assert "SEL-F002" in selon("read", site.url + "/nyala").err
    monkeypatch.setattr(address, "is_public", lambda _: True)
    ran = selon("read", str(story), site.url + "/nyala", site.url + "/missing")
    assert ran.code == 1 and "2 reports read" in ran.err and "SEL-F012" in ran.err
    assert "is as it was" in selon("read", site.url + "/nyala").err
    (line,) = selon("read", site.url + "/bamako", "--format", "jsonl").out.splitlines()
    assert json.loads(line)["source"]["url"] == site.url + "/bamako"
    assert len(selon("show", "--format", "jsonl").out.splitlines()) == 2, "nothing was kept that nobody asked to keep"
