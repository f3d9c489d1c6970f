"""The command line: one file per command, thin. May import: the public door, `bench`, `views`, `export`."""

from selon.cli.app import main

__all__ = ["main"]
