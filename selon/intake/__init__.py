"""From bytes to reports with passages. May import: `lang` (data on boilerplate), `model`, `errors`."""

from selon.intake.decode import Decoded, decode
from selon.intake.gate import Sieve
from selon.intake.page import PageReading, read_page
from selon.intake.report import build_report
from selon.intake.sources import Ids, Input, iter_inputs, read_bytes

__all__ = ["Decoded", "Ids", "Input", "PageReading", "Sieve", "build_report", "decode", "iter_inputs", "read_bytes", "read_page"]
