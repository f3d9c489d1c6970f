"""Alerts in the ledger: each told once, and each attempt to deliver it. May import: `ledger`, `model`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from selon.ledger import schema as s
from selon.ledger.ledger import Ledger
from selon.ledger.write import add_new
from selon.model.pages import Alert, Attempt
from selon.model.reading import content_id


class Alerts:
    """The alerts of a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def tell(self, alert: Alert) -> bool:
        """Adds an alert unless its rule has told of any of the things it is about; False then. What is new about a known thing is remembered, too,
        so that an occurrence that grows, or whose reports change, stays one."""
        keys = [content_id("alerted", alert.rule, a) for a in alert.about]
        with self.ledger._writes() as connection:
            known = connection.execute(select(s.alerted.c.alert).where(s.alerted.c.id.in_(keys))).scalar()
            if known is None:
                body = {**alert.body, "channels": list(alert.channels)}
                if not add_new(connection, s.alert, {"id": alert.id, "rule": alert.rule, "made_at": alert.made_at, "body": body}):
                    return False
                key = connection.execute(select(s.alert.c.key).where(s.alert.c.id == alert.id)).scalar_one()
            for k in keys:
                add_new(connection, s.alerted, {"id": k, "alert": key if known is None else known})
            return known is None

    def attempt(self, attempt: Attempt) -> None:
        """Adds an attempt to deliver an alert."""
        with self.ledger._writes() as connection:
            key = connection.execute(select(s.alert.c.key).where(s.alert.c.id == attempt.alert)).scalar_one()
            row = {"alert": key, "channel": attempt.channel, "at": attempt.at, "done": int(attempt.done), "problem": attempt.problem}
            add_new(connection, s.delivery, row)

    def since(self, moment: datetime) -> list[tuple[Alert, list[Attempt]]]:
        """Alerts made at or after a moment, the oldest first, each with the attempts to deliver it."""
        a, d = s.alert.c, s.delivery.c
        with self.ledger._reads() as connection:
            rows = connection.execute(select(s.alert).where(a.made_at >= moment).order_by(a.made_at, a.key)).all()
            tried: dict[int, list[Attempt]] = {}
            asked = select(s.delivery).join(s.alert, a.key == d.alert).where(a.made_at >= moment).order_by(d.at, d.key)
            for row in connection.execute(asked):
                tried.setdefault(row.alert, []).append(Attempt("", row.channel, row.at, bool(row.done), row.problem))
            out = []
            for row in rows:
                body = dict(row.body)
                channels = tuple(body.pop("channels", ()))
                attempts = [replace(t, alert=row.id) for t in tried.get(row.key, [])]
                out.append((Alert(row.id, row.rule, row.made_at, body, (), channels), attempts))
            return out
