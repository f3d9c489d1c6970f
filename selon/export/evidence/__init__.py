"""What a report rests on, in a form that a stranger can verify with standard tools. May import: `ledger`, `model`, `errors`."""

from selon.export.evidence.bundle import Bundle, File, bundle_of
from selon.export.evidence.folder import write_folder
from selon.export.evidence.wacz import write_wacz

__all__ = ["Bundle", "File", "bundle_of", "write_folder", "write_wacz"]
