"""From readings to incidents, origins, edges and measures. Pure functions over readings; never imports `ledger`.

May import: `model`, `errors`.
"""

from selon.link.effects import Judged, apply
from selon.link.features import Corpus
from selon.link.incidents import Found, link, link_all
from selon.link.measures import Verdict, coverage, find_measures
from selon.link.origins import Origins, fold_origins

__all__ = [
    "Corpus",
    "Found",
    "Judged",
    "Origins",
    "Verdict",
    "apply",
    "coverage",
    "find_measures",
    "fold_origins",
    "link",
    "link_all",
]
