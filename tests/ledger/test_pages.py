"""What every ledger remembers of pages and alerts, whatever database keeps it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from selon.errors import LedgerError
from selon.ledger import Ledger, report_id
from selon.ledger.alerts import Alerts
from selon.ledger.pages import Pages
from selon.model import Report, SourceInfo
from selon.model.pages import Alert, Attempt, Item, Retrieval, Stamp
from tests.ledger.sample import reading, report

NOW = datetime(2026, 11, 28, 12, 0, 0, 123456, tzinfo=UTC)
URL = "https://radio.example/nyala"
HOUR = timedelta(hours=1)


def item(n: int = 1, **more: object) -> Item:
    return replace(Item("radio", f"{URL}-{n}", NOW, f"Titre {n}", "2026-11-28", stamp="a", content="<p>x</p>", lang="fr"), **more)  # type: ignore[arg-type]


def look(at: datetime = NOW, **more: object) -> Retrieval:
    made = Retrieval(
        "list", "https://radio.example/rss", at, "radio", 200, listed=3, shape="rss", dated=3, headers=(("ETag", '"1"'), ("X", "é"))
    )
    return replace(made, **more)  # type: ignore[arg-type]


def page(at: datetime = NOW, **more: object) -> Retrieval:
    made = Retrieval(
        "page",
        URL,
        at,
        "radio",
        200,
        final_url=URL,
        headers=(("ETag", '"p"'),),
        chain=(("http://radio.example/x", 301, URL),),
        server="1.2.3.4",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def text_of(words: str) -> Report:
    return Report("radio-nyala", words, "fr", SourceInfo(url=URL), "Nyala")


def kept(pages: Pages, words: str, at: datetime) -> str | None:
    raw = words.encode()
    return pages.page(page(at, sha256=hashlib.sha256(raw).hexdigest()), raw, text_of(words))


def test_entries_are_listed_once_with_the_look_that_found_them(ledger: Ledger) -> None:
    pages = Pages(ledger)
    assert pages.listed(look(), b"<rss/>", [item(1), item(2)]) == 2
    assert pages.listed(look(NOW + HOUR), None, [item(2), item(3)], besides=4) == 1
    assert pages.known({item(1).id, item(9).id}) == {item(1).id}
    first, second = pages.looks("radio", "https://radio.example/rss")
    assert (first.fresh, second.fresh, first.header("etag"), first.shape) == (2, 5, '"1"', "rss") and first.at == NOW
    assert [k.at for k in pages.looks("radio", "https://radio.example/rss", last=1)] == [NOW + HOUR]
    assert [i for i, _ in pages.pending(["radio"], NOW - HOUR, [])] == [item(1), item(2), item(3)]
    assert pages.pending(["other"], NOW - HOUR, []) == [] and pages.pending(["radio"], NOW + HOUR, []) == []


def test_what_may_pass_stays_open_and_the_rest_is_settled(ledger: Ledger) -> None:
    pages = Pages(ledger)
    pages.listed(look(), None, [item(n) for n in range(5)] + [item(9, skipped=True)])
    for n, (code, status) in enumerate((("SEL-F005", None), ("SEL-F012", 404), (None, 304), (None, 200))):
        pages.failed(page(NOW + HOUR, url=f"{URL}-{n}", code=code, status=status, item=item(n).id, wait=30.0))
    (slow, tried), (new, none) = pages.pending(["radio"], NOW - HOUR, ["SEL-F005"])
    assert (slow, new, none) == (item(0), item(4), []) and [(t.code, t.wait) for t in tried] == [("SEL-F005", 30.0)]


def test_versions_of_a_page(ledger: Ledger) -> None:
    pages = Pages(ledger)
    assert kept(pages, "Douze morts.", NOW) == "new" and kept(pages, "Douze morts.", NOW + HOUR) is None
    assert kept(pages, "Sept morts.", NOW + 2 * HOUR) == "changed" and kept(pages, "Douze morts.", NOW + 3 * HOUR) == "changed"
    assert pages.gone(page(NOW + 4 * HOUR, status=404, code="SEL-F012")) and not pages.gone(
        page(NOW + 5 * HOUR, status=404, code="SEL-F012")
    )
    assert kept(pages, "Douze morts.", NOW + 6 * HOUR) == "back"
    assert not pages.gone(page(NOW, url="https://radio.example/never", status=404)), "what was never there is not gone"
    versions = pages.versions(URL)
    assert [v.kind for v in versions] == ["new", "changed", "changed", "gone", "back"]
    first = versions[0]
    assert first.report == versions[2].report == versions[4].report and versions[3].report is None and first.name == "radio-nyala"
    assert first.retrieval == page(NOW, sha256=hashlib.sha256(b"Douze morts.").hexdigest())
    assert pages.kept(first.report or "") == ("Douze morts.", URL) and pages.kept("nothing") == ("", None)
    assert [v.kind for v in pages.versions_of(versions[1].report or "", NOW + 3 * HOUR)] == ["new", "changed", "changed"]
    assert ledger.raw(first.retrieval.sha256 or "") == b"Douze morts."
    (followed,) = pages.followed(["radio"], NOW - HOUR)
    assert (followed.kind, followed.first, followed.last) == ("back", NOW, NOW + 6 * HOUR)
    assert pages.followed(["radio"], NOW + 9 * HOUR) == []


def test_what_was_kept_and_not_read_is_found_again(ledger: Ledger) -> None:
    pages = Pages(ledger)
    pages.listed(look(), None, [item(1)])
    raw = report().text.encode()
    made = replace(report(), source=SourceInfo(url=f"{URL}-1"))
    pages.page(page(url=f"{URL}-1", item=item(1).id, sha256=hashlib.sha256(raw).hexdigest()), raw, made)
    ((found, version),) = pages.unread(["radio"])
    assert found == item(1) and version.report == report_id(made)
    ledger.add(replace(reading(), report=made), raw)
    assert pages.unread(["radio"]) == []
    assert [r.url for r in pages.retrievals(report_id(made))] == [f"{URL}-1"]


def test_time_stamps(ledger: Ledger) -> None:
    pages = Pages(ledger)
    kept(pages, "Douze morts.", NOW)
    (sha256,) = pages.unstamped("https://tsa.example", NOW - HOUR)
    stamp = Stamp(sha256, "https://tsa.example", NOW, b"\x30\x00token")
    assert pages.stamp(stamp, NOW) and not pages.stamp(stamp, NOW)
    assert pages.stamps(sha256) == [stamp] and pages.unstamped("https://tsa.example", NOW - HOUR) == []
    assert pages.unstamped("https://other.example", NOW - HOUR) == [sha256]


def test_alerts_and_their_delivery(ledger: Ledger) -> None:
    store = Alerts(ledger)
    alert = Alert("a" * 16, "règle", NOW, {"title": "Nyala \ud83d", "n": 1}, ("x", "y"), ("desk",))
    assert (
        store.tell(alert)
        and not store.tell(replace(alert, id="b" * 16, about=("y", "z")))
        and not store.tell(replace(alert, id="c" * 16, about=("z",)))
    )
    assert store.tell(replace(alert, id="d" * 16, rule="other"))
    store.attempt(Attempt(alert.id, "desk", NOW, False, "status 500"))
    store.attempt(Attempt(alert.id, "desk", NOW + HOUR, True))
    (first, attempts), (second, none) = store.since(NOW - HOUR)
    assert (first.body, first.channels, none, second.rule) == (alert.body, ("desk",), [], "other")
    assert [(t.done, t.problem) for t in attempts] == [(False, "status 500"), (True, "")] and store.since(NOW + HOUR) == []


def test_rows_of_pages_are_never_changed(ledger: Ledger) -> None:
    from sqlalchemy import text

    Pages(ledger).listed(look(), None, [item(1)])
    for statement in ("UPDATE item SET url = 'x'", "DELETE FROM retrieval"):
        with pytest.raises(LedgerError, match="SEL-L020"), ledger._writes() as connection:
            connection.execute(text(statement))
