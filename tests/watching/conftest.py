from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from selon.intake.watch.plan import plan_of
from selon.ledger import Ledger, open_ledger
from selon.ledger.pages import Pages
from selon.views.labels import labels
from selon.watching import Kept, Told, Trouble, Warned, WasRead, Watch
from tests.intake.fetch.server import Request, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "ledger.sqlite")) as opened:
        yield opened


@dataclass
class Seen:
    """What a watch told, by kind."""

    told: list[Told] = field(default_factory=list)

    def __call__(self, one: Told) -> None:
        self.told.append(one)

    @property
    def kept(self) -> list[tuple[str, str]]:
        return [(t.change, t.url.rpartition("/")[2]) for t in self.told if isinstance(t, Kept)]

    @property
    def read(self) -> list[str]:
        return [t.reading.report.id for t in self.told if isinstance(t, WasRead)]

    @property
    def troubles(self) -> list[str]:
        return [t.issue.code for t in self.told if isinstance(t, Trouble)]

    @property
    def warnings(self) -> list[str]:
        return [t.issue.code for t in self.told if isinstance(t, Warned)]


Round = Callable[..., Seen]


@pytest.fixture
def watch(ledger: Ledger, site: Site) -> Round:
    """One round of a watch over sources of the running site; `rounds(source, …)` with settings of the plan by name."""

    def round(*sources: dict[str, Any], alerting: dict[str, Any] | None = None, **settings: Any) -> Seen:
        from selon.alerts import read_alerting

        table = {"source": list(sources), "watch": {"rest": "0s", "seconds": "1s", "private": True, **settings}, **(alerting or {})}
        rules, channels = read_alerting(table)
        seen = Seen()
        made = Watch(plan_of(table), ledger, seen, labels("en"), rules=rules, channels=channels, tries=1, environment={})
        try:
            made.round(force=True)
        finally:
            made.close()
        return seen

    return round


@pytest.fixture
def pages(ledger: Ledger) -> Pages:
    return Pages(ledger)


def article(title: str, *paragraphs: str, published: str = "2026-11-27T18:30:00+01:00") -> str:
    """A page as news sites make them, about a place of nowhere."""
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f'<!doctype html><html lang="fr"><head><title>{title}</title><meta property="og:site_name" content="Radio des Monts">'
        f'<meta property="article:published_time" content="{published}"></head><body><nav><a href="/">Accueil</a></nav>'
        f"<main><article><h1>{title}</h1>{body}</article></main><footer>Tous droits réservés</footer></body></html>"
    )


def rss(site: Site, *entries: tuple[str, str], more: str = "") -> str:
    items = "".join(
        f"<item><title>{t}</title><link>{site.url}{path}</link><pubDate>Fri, 27 Nov 2026 18:30:00 +0100</pubDate></item>"
        for path, t in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Radio des Monts</title><language>fr</language>{items}{more}</channel></rss>'


STRIKE = (
    "Une frappe aérienne a touché vendredi le marché de Nyala, au Darfour.",
    "Selon le Croissant-Rouge, au moins douze personnes ont été tuées et une trentaine d'autres blessées.",
    "L'armée a démenti avoir visé le marché. Les écoles de la ville resteront fermées jusqu'à lundi, a annoncé le gouverneur.",
)
FLOOD = (
    "Des pluies torrentielles ont inondé samedi plusieurs quartiers de Bamako.",
    "La protection civile a fait état de quatre morts et de deux cents familles évacuées.",
    "« L'eau est montée en moins d'une heure », a raconté un habitant à la radio nationale.",
)


def conditional(content: Callable[[], str], kind: str = "text/html; charset=utf-8") -> Callable[[Request], None]:
    """An answer with an entity tag, and 304 to whoever has it."""

    def answer(r: Request) -> None:
        import hashlib

        text = content()
        tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:8]}"'
        if r.headers.get("If-None-Match") == tag:
            r.give(status=304)
        else:
            r.give(text, ETag=tag, Content_Type=kind)

    return answer
