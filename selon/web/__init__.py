"""The workbench: pages over a ledger, on this computer or, with accounts, over a network. May import: all stages but `cli`."""

from selon.web.app import create_app
from selon.web.share import Formats, offline_file

__all__ = ["Formats", "create_app", "offline_file"]
