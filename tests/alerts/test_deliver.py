"""Channels that work, fail and come back: real servers on loopback, and a ledger that remembers."""

from __future__ import annotations

import hashlib
import hmac
import json
import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]
import pytest

from selon.alerts import Channel, deliver
from selon.alerts.deliver import DELAYS
from selon.alerts.text import lines, subject
from selon.ledger import Ledger, open_ledger
from selon.ledger.alerts import Alerts
from selon.model.pages import Alert
from selon.views.labels import labels
from tests.intake.fetch.server import Site, serving

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
EN, FR = labels("en"), labels("fr")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def store() -> Iterator[Alerts]:
    with open_ledger(":memory:") as ledger:
        yield Alerts(ledger)


def alert(n: int = 1, *channels: str, title: str = "strike · Uvira", about: tuple[str, ...] = ()) -> Alert:
    body = {
        "title": title, "disputed": True, "origins": 2, "reports_in_all": 3,
        "figures": [{"what": "killed", "value": "at least 12", "by": "Red Cross", "quote": "au moins 12 morts", "report": "r1"},
                    {"what": "killed", "value": "4", "by": None, "quote": "quatre", "report": "r2"}],
        "reports": [{"name": "r1", "title": "Uvira \x1b[31mtouchée & <b>", "url": "https://radio.example/1", "outlet": None, "published": "2026-11-28"}],
    }  # fmt: skip
    return Alert(f"{n:016x}", "uvira", NOW, body, about or (f"event-{n}",), channels)


def test_each_is_told_once(store: Alerts, site: Site) -> None:
    hook = Channel("desk", "webhook", site.url + "/hook", private=True)
    site.answers["/hook"] = ""
    assert store.tell(alert(1, "desk"))
    assert not store.tell(alert(1, "desk")) and not store.tell(alert(2, "desk", about=("event-1", "event-7")))
    assert not store.tell(alert(3, "desk", about=("event-7",))), "what joined a known occurrence is known, too"
    for hours in (0, 1, 48):
        deliver(store, [hook], EN, NOW + timedelta(hours=hours), {})
    (asked,) = site.asked
    sent = json.loads(asked.body)
    assert asked.method == "POST" and asked.headers["Idempotency-Key"] == alert(1).id == sent["id"]
    assert sent["figures"][0]["quote"] == "au moins 12 morts" and sent["made_at"] == "2026-11-28T12:00:00Z"


def test_a_body_signed_with_a_secret(store: Alerts, site: Site) -> None:
    site.answers["/hook"] = ""
    store.tell(alert(1, "desk"))
    hook = Channel("desk", "webhook", site.url + "/hook", secret_env="HOOK", private=True)
    assert [i.code for i in deliver(store, [hook], EN, NOW, {})[1]] == ["SEL-F033"]
    assert deliver(store, [hook], EN, NOW + timedelta(hours=1), {"HOOK": "s3cret"}) == (1, [])
    (asked,) = site.asked
    assert asked.headers["X-Selon-Signature"] == "sha256=" + hmac.new(b"s3cret", asked.body, hashlib.sha256).hexdigest()


def test_a_failure_is_recorded_and_tried_again(store: Alerts, site: Site) -> None:
    hook = Channel("desk", "webhook", site.url + "/hook", private=True)
    site.answers["/hook"] = lambda r: r.give("", 500)
    store.tell(alert(1, "desk"))
    store.tell(alert(2, "desk"))
    told, issues = deliver(store, [hook], EN, NOW, {})
    assert told == 0 and [(i.code, i.place) for i in issues] == [("SEL-F030", "desk")]
    assert len(site.asked) == 1, "the second alert does not run into the same wall"
    deliver(store, [hook], EN, NOW + timedelta(seconds=10), {})
    site.answers["/hook"] = ""
    assert deliver(store, [hook], EN, NOW + timedelta(minutes=5), {})[0] == 2
    ((first, attempts), _) = store.since(NOW)
    assert first.id == alert(1).id and [(t.done, bool(t.problem)) for t in attempts] == [(False, True), (True, False)]


def test_what_fails_for_days_is_given_up(store: Alerts) -> None:
    hook = Channel("desk", "webhook", "http://127.0.0.1:9/hook", private=True)
    store.tell(alert(1, "desk"))
    now = NOW
    for delay in (*DELAYS, timedelta(days=1), timedelta(days=1)):
        deliver(store, [hook], EN, now, {})
        now += delay + timedelta(seconds=1)
    assert len(store.since(NOW)[0][1]) == len(DELAYS) + 1


def test_a_webhook_inside_needs_permission(store: Alerts, site: Site) -> None:
    store.tell(alert(1, "desk"))
    assert deliver(store, [Channel("desk", "webhook", site.url)], EN, NOW, {})[1][0].code == "SEL-F002"
    assert site.asked == []


class Postman(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs."""

    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                mail = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.mails.append(mail.decode())  # type: ignore[attr-defined]
                self.wfile.write(b"250 taken\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"550 nobody\r\n" if b"nobody" in line else b"250 ok\r\n")


@pytest.fixture
def postbox() -> Iterator[tuple[int, list[str]]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman) as server:
        server.mails = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server.server_address[1], server.mails  # type: ignore[attr-defined]
        server.shutdown()


def test_mail(store: Alerts, postbox: tuple[int, list[str]]) -> None:
    port, mails = postbox
    channel = Channel(
        "mail", "email", to=("a@site.example", "b@site.example"), sender="selon@site.example", host="127.0.0.1", port=port, security="none"
    )
    store.tell(alert(1, "mail", title="frappe · Uvira\r\nBcc: everybody@site.example"))
    assert deliver(store, [channel], FR, NOW, {}) == (1, [])
    (sent,) = mails
    assert "\nBcc" not in sent.partition("\r\n\r\n")[0] and f"Message-ID: <{alert(1).id}@selon.invalid>" in sent


def test_mail_that_nobody_takes(store: Alerts, postbox: tuple[int, list[str]]) -> None:
    port, _ = postbox
    store.tell(alert(1, "mail"))
    for n, (p, to) in enumerate(((port, "nobody@site.example"), (9, "a@site.example"))):
        channel = Channel("mail", "email", to=(to,), sender="s@site.example", host="127.0.0.1", port=p, security="none")
        assert deliver(store, [channel], EN, NOW + timedelta(hours=n), {})[1][0].code == "SEL-F031"


def test_a_feed_of_ones_own(store: Alerts, tmp_path: Path) -> None:
    channel = Channel("feed", "atom", file=str(tmp_path / "new" / "alerts.xml"), title="Veille \x00<nord>")
    for n in (1, 2):
        store.tell(alert(n, "feed"))
    assert deliver(store, [channel], FR, NOW, {}) == (2, [])
    file = tmp_path / "new" / "alerts.xml"
    root = ElementTree.parse(file).getroot()
    assert root.tag.endswith("feed") and not list(file.parent.glob(".alerts*"))
    read = feedparser.parse(file.read_bytes())
    assert [e.id for e in read.entries] == [f"urn:selon:alert:{alert(n).id}" for n in (2, 1)] and not read.bozo
    store.tell(alert(3, "feed"))
    deliver(store, [channel], FR, NOW + timedelta(minutes=1), {})
    assert len(feedparser.parse(file.read_bytes()).entries) == 3


def test_a_feed_that_cannot_be_written(store: Alerts, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    store.tell(alert(1, "feed"))
    assert deliver(store, [Channel("feed", "atom", file=str(tmp_path / "file" / "x.xml"))], EN, NOW, {})[1][0].code == "SEL-F032"


def test_words_in_both_languages() -> None:
    one = alert()
    english, french = "\n".join(lines(one, EN)), "\n".join(lines(one, FR))
    assert "killed: at least 12 — Red Cross « au moins 12 morts »" in english and "2 origines indépendantes" in french
    assert "\x1b" not in english and subject(one) == "[uvira] strike · Uvira"


def test_alerts_live_in_a_ledger_on_disk(tmp_path: Path) -> None:
    address = str(tmp_path / "l.sqlite")
    with open_ledger(address) as ledger:
        assert Alerts(ledger).tell(alert(1, "desk"))
    reopened: Ledger
    with open_ledger(address) as reopened:
        assert not Alerts(reopened).tell(alert(1, "desk"))
        ((found, attempts),) = Alerts(reopened).since(NOW)
        assert found.channels == ("desk",) and found.body["origins"] == 2 and attempts == []
