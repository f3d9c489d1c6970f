"""From bytes to reports with passages. May import: `lang` (data on boilerplate), `model`, `errors`."""

from selon.intake.report import build_report

__all__ = ["build_report"]
