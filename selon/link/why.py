"""Why reports are held to tell of one incident: each report's telling against the others. May import: `link`, `model`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

from selon.link.cluster import merged, profile_of
from selon.link.features import Corpus, Evidence, explain_pair, probability
from selon.link.incidents import lead_words
from selon.link.telling import Telling, tellings_of
from selon.model import Reading
from selon.model.incident import Incident

_BESIDE = 60  # reports that stand for all of them in a large incident


@dataclass(frozen=True)
class Why:
    """What speaks for one report's telling being of the incident, beside all other reports; none where it stands alone."""

    report: str
    evidence: tuple[Evidence, ...]

    @property
    def log_odds(self) -> float:
        return sum(e.points for e in self.evidence)

    @property
    def probability(self) -> float:
        """How likely the report tells of the incident, by the features alone."""
        return probability(self.log_odds)


def why(incident: Incident, readings: Mapping[str, Reading], corpus: Corpus) -> list[Why]:
    """One `Why` a report of the incident. `readings` are whole (with their texts), by the report ids of the incident."""
    own: dict[str, Telling] = {}
    for report, event in incident.events:
        if report not in own:
            found = next((t for t in tellings_of(readings[report]) if any(e.id == event for e in t.events)), None)
            if found is not None:
                own[report] = found
    profiles = {r: profile_of(t, lead_words(readings[r]), r in incident.main_of) for r, t in own.items()}
    out = []
    for report, profile in profiles.items():
        others = [p for r, p in list(profiles.items())[:_BESIDE] if r != report]
        out.append(Why(report, tuple(explain_pair(reduce(merged, others), profile, corpus)) if others else ()))
    return out
