"""Watching sources: from a plan to a ledger, round after round. May import: `alerts`, `batch`, `linked`, `pages`, `intake`, `ledger`, `views`, `model`, `errors`."""

from selon.watching.run import Watch
from selon.watching.told import Alerted, Delivered, Kept, Looked, Sifted, Told, Trouble, Warned, WasRead

__all__ = ["Alerted", "Delivered", "Kept", "Looked", "Sifted", "Told", "Trouble", "Warned", "WasRead", "Watch"]
