"""What the ledger remembers of pages: entries, retrievals, versions, time stamps. May import: `ledger`, `model`.

Every method is one transaction, so that a run that is killed leaves nothing half done: an entry is either listed or not, and a page is either archived
with its report and its version, or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from selon.ledger import schema as s
from selon.ledger.ledger import Ledger
from selon.ledger.rows import Row
from selon.ledger.write import add_new, insert_report
from selon.model import Report
from selon.model.pages import Item, PageChange, Retrieval, Stamp, Version, Watched
from selon.model.reading import content_id

_ITEM = ("title", "published", "stamp", "content", "lang", "outlet", "sha256", "skipped")
_RETRIEVAL = ("problem", "final_url", "headers", "chain", "server", "agent", "shape", "dated", "wait")


class Pages:
    """The pages of a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    # -- adding ------------------------------------------------------------------------------------------------------------------------

    def listed(self, look: Retrieval, raw: bytes | None, items: Sequence[Item], besides: int = 0) -> int:
        """Adds a look at a source, the list itself (`raw`, where it is to be kept) and its entries; gives the number of those that are new. `besides`
        new ones came in lists that this one names, and count in the record of the look."""
        with self.ledger._writes() as connection:
            fresh = sum(add_new(connection, s.item, _item_row(i)) for i in items)
            _archive(connection, raw, look.at)
            if look.listed is not None:
                look = replace(look, fresh=fresh + besides)
            add_new(connection, s.retrieval, _retrieval_row(look, None))
            return fresh

    def failed(self, retrieval: Retrieval) -> None:
        """Adds an attempt that brought no page, or found it as it was."""
        with self.ledger._writes() as connection:
            add_new(connection, s.retrieval, _retrieval_row(retrieval, _item_key(connection, retrieval.item)))

    def gone(self, retrieval: Retrieval) -> bool:
        """Adds an attempt that found a page taken away; False when that was known."""
        with self.ledger._writes() as connection:
            key = _add_retrieval(connection, retrieval)
            before = _newest(connection, retrieval.url)
            if before is None or before.kind == "gone":
                return False
            return _add_version(connection, retrieval, key, "gone", None)

    def page(self, retrieval: Retrieval, raw: bytes, report: Report | None) -> PageChange | None:
        """Adds a page that came back: its bytes, its report, and a version when it is not as it was. A page without a report (no article in it) is
        archived only. Gives what the version is, None for none."""
        with self.ledger._writes() as connection:
            _archive(connection, raw, retrieval.at)
            key = _add_retrieval(connection, retrieval)
            if report is None:
                return None
            sha256 = retrieval.sha256 or hashlib.sha256(raw).hexdigest()
            before = _newest(connection, retrieval.url)
            text = insert_report(connection, report, (sha256, raw), retrieval.at)
            kind: PageChange = "new" if before is None else "back" if before.kind == "gone" else "changed"
            if before is not None and before.kind != "gone" and before.report == text:
                return None
            return kind if _add_version(connection, retrieval, key, kind, text) else None

    def stamp(self, stamp: Stamp, now: datetime) -> bool:
        """Adds a time stamp; False when this authority has stamped these bytes before."""
        row = {"sha256": stamp.sha256, "authority": stamp.authority, "said_at": stamp.said_at, "token": stamp.token, "added_at": now}
        with self.ledger._writes() as connection:
            return add_new(connection, s.stamp, row)

    # -- questions ---------------------------------------------------------------------------------------------------------------------

    def looks(self, source: str, url: str, since: datetime | None = None, last: int | None = None) -> list[Retrieval]:
        """Looks at a source by its address (not at lists that it names), the oldest first; only the `last` so many, if given."""
        r = s.retrieval.c
        asked = select(s.retrieval).where(r.source == source, r.purpose == "list", r.url == url).order_by(r.at.desc(), r.key.desc())
        asked = asked if since is None else asked.where(r.at >= since)
        with self.ledger._reads() as connection:
            return [_retrieval(row) for row in connection.execute(asked if last is None else asked.limit(last))][::-1]

    def newest(self, purpose: str, url: str) -> Retrieval | None:
        """The newest retrieval of an address that brought something."""
        r = s.retrieval.c
        asked = (
            select(s.retrieval)
            .where(r.url == url, r.purpose == purpose, r.code.is_(None), r.status < 300)
            .order_by(r.at.desc(), r.key.desc())
        )
        with self.ledger._reads() as connection:
            row = connection.execute(asked.limit(1)).first()
            return None if row is None else _retrieval(row)

    def brought(self, sha256: str, source: str) -> Retrieval | None:
        """The newest look at a source that brought these bytes."""
        r = s.retrieval.c
        asked = select(s.retrieval).where(r.sha256 == sha256, r.source == source, r.purpose == "list").order_by(r.at.desc(), r.key.desc())
        with self.ledger._reads() as connection:
            row = connection.execute(asked.limit(1)).first()
            return None if row is None else _retrieval(row)

    def known(self, items: Collection[str]) -> set[str]:
        """Which of these ids of entries are there."""
        out: set[str] = set()
        wanted = sorted(items)
        with self.ledger._reads() as connection:
            for n in range(0, len(wanted), 500):
                out |= set(connection.execute(select(s.item.c.id).where(s.item.c.id.in_(wanted[n : n + 500]))).scalars())
        return out

    def pending(self, sources: Sequence[str], since: datetime, passing: Iterable[str]) -> list[tuple[Item, list[Retrieval]]]:
        """Entries of these sources without a page so far, the oldest first, each with the attempts that failed for reasons that pass."""
        i, r = s.item.c, s.retrieval.c
        settled = exists().where(r.item == i.key, or_(r.code.is_(None), r.code.not_in(list(passing))))
        asked = select(s.item).where(i.source.in_(sources), i.listed_at >= since, ~settled).order_by(i.listed_at, i.key)
        with self.ledger._reads() as connection:
            rows = [row for row in connection.execute(asked) if not row.body.get("skipped")]
            tried: dict[int, list[Retrieval]] = {}
            for n in range(0, len(rows), 500):
                keys = [row.key for row in rows[n : n + 500]]
                for attempt in connection.execute(select(s.retrieval).where(r.item.in_(keys)).order_by(r.at, r.key)):
                    tried.setdefault(attempt.item, []).append(_retrieval(attempt))
            return [(_item(row), tried.get(row.key, [])) for row in rows]

    def followed(self, sources: Sequence[str], since: datetime) -> list[Watched]:
        """Pages of these sources with a version at or after `since`: their newest version, the first in that time, and the last time they were asked for."""
        p, r = s.page.c, s.retrieval.c
        newest = select(p.url, func.max(p.key).label("key"), func.min(p.at).label("first")).where(p.at >= since).group_by(p.url).subquery()
        last = select(r.url, func.max(r.at).label("last")).where(r.purpose == "page", r.at >= since).group_by(r.url).subquery()
        asked = (
            select(p.url, p.source, newest.c.first, last.c.last, p.kind)
            .join_from(s.page, newest, newest.c.key == p.key)
            .join(last, last.c.url == p.url)
            .where(p.source.in_(sources))
            .order_by(newest.c.first, p.key)
        )
        with self.ledger._reads() as connection:
            return [Watched(*row) for row in connection.execute(asked)]

    def versions(self, url: str, as_of: datetime | None = None) -> list[Version]:
        """The versions of a page, the oldest first."""
        asked = _versions().where(s.page.c.url == url)
        with self.ledger._reads() as connection:
            return _as_versions(connection, asked if as_of is None else asked.where(s.page.c.at <= as_of))

    def versions_of(self, report: str, as_of: datetime | None = None) -> list[Version]:
        """The versions of the page or pages that a report (by its id) was read from, the oldest first."""
        p = s.page.c
        key = select(s.report.c.key).where(s.report.c.id == report).scalar_subquery()
        asked = _versions().where(p.url.in_(select(p.url).where(p.report == key)))
        with self.ledger._reads() as connection:
            return _as_versions(connection, asked if as_of is None else asked.where(p.at <= as_of))

    def unread(self, sources: Sequence[str]) -> list[tuple[Item | None, Version]]:
        """Versions whose report nobody has read yet and no problem was recorded for: a run was ended between storing and reading."""
        p, g = s.page.c, s.reading.c
        problem = exists().where(s.issue.c.place == s.report.c.url)
        asked = _versions().where(p.source.in_(sources), p.report.is_not(None), ~exists().where(g.report == p.report), ~problem)
        with self.ledger._reads() as connection:
            found = _as_versions(connection, asked)
            out: list[tuple[Item | None, Version]] = []
            for v in found:
                row = connection.execute(select(s.item).where(s.item.c.id == v.retrieval.item)).first() if v.retrieval.item else None
                out.append((None if row is None else _item(row), v))
            return out

    def kept(self, report: str) -> tuple[str, str | None]:
        """The text and the address of a report by its id; empty when there is none."""
        with self.ledger._reads() as connection:
            found = connection.execute(select(s.report.c.text, s.report.c.url).where(s.report.c.id == report)).first()
            return ("", None) if found is None else (found.text.decode("utf-8", "surrogatepass"), found.url)

    def retrievals(self, report: str) -> list[Retrieval]:
        """The retrievals that brought a report (by its id): those of its versions, and any other of its archived bytes, the oldest first."""
        p, r = s.page.c, s.retrieval.c
        row = select(s.report.c.key, s.report.c.sha256).where(s.report.c.id == report)
        with self.ledger._reads() as connection:
            found = connection.execute(row).first()
            if found is None:
                return []
            wanted: list[ColumnElement[bool]] = [r.key.in_(select(p.retrieval).where(p.report == found.key))]
            if found.sha256 is not None:
                wanted.append(and_(r.sha256 == found.sha256, r.purpose != "list"))
            return [_retrieval(x) for x in connection.execute(select(s.retrieval).where(or_(*wanted)).order_by(r.at, r.key))]

    def stamps(self, sha256: str) -> list[Stamp]:
        """The time stamps on archived bytes."""
        t = s.stamp.c
        with self.ledger._reads() as connection:
            rows = connection.execute(select(t.sha256, t.authority, t.said_at, t.token).where(t.sha256 == sha256).order_by(t.key))
            return [Stamp(*row) for row in rows]

    def unstamped(self, authority: str, since: datetime, limit: int = 1000) -> list[str]:
        """Hashes of page bytes archived since then that the authority has not stamped, the oldest first."""
        r, t = s.retrieval.c, s.stamp.c
        stamped = exists().where(t.sha256 == r.sha256, t.authority == authority)
        asked = (
            select(r.sha256, func.min(r.at).label("first"))
            .where(r.sha256.is_not(None), r.purpose != "list", r.at >= since, ~stamped)
            .group_by(r.sha256)
            .order_by("first")
            .limit(limit)
        )
        with self.ledger._reads() as connection:
            return [row.sha256 for row in connection.execute(asked)]


RECENT = timedelta(days=14)
"""Entries that were listed longer ago are no longer tried."""


def _versions() -> Any:
    p, r = s.page.c, s.report.c
    return (
        select(p.url, p.kind, p.at, p.source, r.id, r.name, p.retrieval)
        .select_from(s.page)
        .outerjoin(s.report, r.key == p.report)
        .order_by(p.at, p.key)
    )


def _as_versions(connection: Connection, asked: Any) -> list[Version]:
    out = []
    for row in connection.execute(asked).all():
        found = connection.execute(select(s.retrieval).where(s.retrieval.c.key == row.retrieval)).one()
        item = connection.execute(select(s.item.c.id).where(s.item.c.key == found.item)).scalar() if found.item is not None else None
        out.append(Version(row.url, row.kind, row.at, row.source, row.id, row.name, _retrieval(found, item)))
    return out


def _archive(connection: Connection, raw: bytes | None, now: datetime) -> None:
    if raw is not None:
        add_new(connection, s.archive, {"sha256": hashlib.sha256(raw).hexdigest(), "size": len(raw), "content": raw, "added_at": now})


def _newest(connection: Connection, url: str) -> Any:
    p = s.page.c
    return connection.execute(select(p.kind, p.report).where(p.url == url).order_by(p.key.desc()).limit(1)).first()


def _item_key(connection: Connection, id_: str | None) -> int | None:
    return None if id_ is None else connection.execute(select(s.item.c.key).where(s.item.c.id == id_)).scalar()


def _add_retrieval(connection: Connection, retrieval: Retrieval) -> int:
    add_new(connection, s.retrieval, _retrieval_row(retrieval, _item_key(connection, retrieval.item)))
    return int(connection.execute(select(s.retrieval.c.key).where(s.retrieval.c.id == retrieval.id)).scalar_one())


def _add_version(connection: Connection, retrieval: Retrieval, key: int, kind: PageChange, report: int | None) -> bool:
    row = {"id": content_id("page", retrieval.url, retrieval.id), "url": retrieval.url, "kind": kind, "source": retrieval.source, "report": report,
           "retrieval": key, "at": retrieval.at}  # fmt: skip
    return add_new(connection, s.page, row)


def _item_row(item: Item) -> Row:
    body = {k: v for k in _ITEM if (v := getattr(item, k)) not in (None, "", False)}
    return {"id": item.id, "source": item.source, "url": item.url, "listed_at": item.listed_at, "body": body}


def _item(row: Any) -> Item:
    return Item(row.source, row.url, row.listed_at, **row.body)


def _retrieval_row(r: Retrieval, item: int | None) -> Row:
    body = {k: v for k in _RETRIEVAL if (v := getattr(r, k)) not in (None, "", ())}
    columns = ("id", "purpose", "source", "url", "at", "status", "code", "sha256", "listed", "fresh")
    return {**{k: getattr(r, k) for k in columns}, "item": item, "body": body}


def _retrieval(row: Any, item: str | None = None) -> Retrieval:
    body = dict(row.body)
    headers = tuple((k, v) for k, v in body.pop("headers", ()))
    chain = tuple((u, n, w) for u, n, w in body.pop("chain", ()))
    return Retrieval(row.purpose, row.url, row.at, row.source, row.status, row.code, sha256=row.sha256, listed=row.listed, fresh=row.fresh,
                     headers=headers, chain=chain, item=item, **body)  # fmt: skip
