"""The store: SQLite by default, PostgreSQL for teams. The only place that imports SQLAlchemy and Alembic. May import: `model`, `errors`.

`with open_ledger("ledger.sqlite") as ledger:` gives a `Store`: `ledger.add(reading, raw)` adds, `ledger.events(…)` asks.
"""

from selon.ledger.ledger import Ledger, open_ledger
from selon.ledger.rows import report_id
from selon.ledger.store import EventQuestion, StatementQuestion, Store

__all__ = ["EventQuestion", "Ledger", "StatementQuestion", "Store", "open_ledger", "report_id"]
