"""What a worker process does in tests: it dies of one report, as when the system kills it."""

from __future__ import annotations

import os
import signal

from selon.errors import Issue
from selon.model import Published, Reading, Report


def work(reports: list[Report]) -> list[Reading | Issue]:
    if any("poison" in r.text for r in reports):
        os.kill(os.getpid(), signal.SIGKILL)
    return [Reading(r, Published(), version="test") for r in reports]
