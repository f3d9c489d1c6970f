"""From bytes to reports with passages. May import: `lang` (data on boilerplate), `model`, `errors`."""

from selon.intake.decode import Decoded, decode
from selon.intake.report import build_report
from selon.intake.sources import Input, iter_inputs

__all__ = ["Decoded", "Input", "build_report", "decode", "iter_inputs"]
