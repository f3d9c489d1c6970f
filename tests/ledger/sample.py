"""A small reading written by hand, with everything that questions ask for."""

from __future__ import annotations

from selon.model import Event, Figure, Mention, Place, Published, Reading, Report, Source, SourceInfo, Span, Statement, TimeSpan

TEXT = (
    "Un marché de Port-Soudan touché\n"
    "Le ministère de la Santé a annoncé mardi que le bombardement du marché de Port-Soudan avait fait au moins 12 morts. "
    "« Il n'y a eu aucune frappe », a démenti un porte-parole de l'armée.\n"
)


def span(words: str, after: str = "") -> Span:
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return Span.of(TEXT, start, start + len(words))


def report(name: str = "port-soudan", text: str = TEXT, url: str | None = None) -> Report:
    given = Published("2024-03-06", "2024-03-06", "given")
    return Report(name, text, "fr", SourceInfo(path=f"{name}.txt", url=url), "Un marché de Port-Soudan touché", given)


def reading(name: str = "port-soudan", version: str = "1+fr.aaaa+bbbb", figure: int = 12) -> Reading:
    r = report(name)
    ministry = Source(span("Le ministère de la Santé"), "ministère de la Santé", "official", "SD")
    army = Source(span("un porte-parole de l'armée"), "porte-parole de l'armée", "official", "SD")
    statements = (
        Statement("s1", ministry, span("a annoncé"), "asserts", span("que le bombardement du marché de Port-Soudan avait fait au moins 12 morts"),
                  "fr.statement.verb-que", channel="Telegram"),
        Statement("s2", army, span("a démenti"), "denies", span("Il n'y a eu aucune frappe"), "fr.statement.quote", mood="quoted"),
    )  # fmt: skip
    port = Place(span("Port-Soudan", "bombardement"), "Port Sudan", "exact", "Red Sea", "SD", 365763, 19.6, 37.2)
    tuesday = TimeSpan(span("mardi"), "DATE", "2024-03-05", "2024-03-05", "2024-03-05", "2024-03-05", "day", "published")
    toll = Figure(span("au moins 12 morts"), "killed", "morts", figure, None, "at_least", "civilian", "this")
    events = (
        Event("e1", "shelling", span("bombardement"), "happened", "fr.event.noun", target=Mention(span("marché", "bombardement"), "marché"),
              place=port, time=tuesday, figures=(toll,), statements=("s1",)),
        Event("e2", "attack", span("frappe"), "denied", "fr.event.noun", statements=("s2",)),
    )  # fmt: skip
    return Reading(r, r.published, statements, events, (tuesday,), (port,), (), version)
