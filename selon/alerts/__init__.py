"""Alerts: rules over what was read, and channels that tell of it once. May import: `linked`, `export`, `ledger`, `intake`, `views`, `model`, `errors`."""

from selon.alerts.deliver import deliver, standing
from selon.alerts.match import alerts_of
from selon.alerts.rules import Channel, Rule, read_alerting

__all__ = ["Channel", "Rule", "alerts_of", "deliver", "read_alerting", "standing"]
