"""The workbench: pages over a ledger, on this computer, without network. May import: all stages but `cli`."""

from selon.web.app import create_app

__all__ = ["create_app"]
