"""Where the gold of careful readers lies against which some tests measure: `GOLD_DIR`, else beside the checkout. Without it they are skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

GOLD = Path(os.environ.get("GOLD_DIR") or Path(__file__).resolve().parents[2] / "shared" / "gold")
needs_gold = pytest.mark.skipif(not GOLD.is_dir(), reason="there is no gold here")
