"""A bundle as a folder. May import: `export.evidence`, `errors`."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from selon.errors import UsageError
from selon.export.evidence.bundle import Bundle


def write_folder(bundle: Bundle, folder: Path) -> None:
    """Writes the bundle whole or not at all. Raises UsageError SEL-U097 when something is there already, SEL-U098 when it cannot be written."""
    refuse_existing(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            for f in (*bundle.files, bundle.sums()):
                path = made / f.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(f.content)
            made.chmod(0o755)
            if folder.is_dir():
                folder.rmdir()  # an empty one
            os.replace(made, folder)  # noqa: PTH105 - a folder onto a name that is free
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    except OSError as e:
        raise unwritable(folder, e) from e


def refuse_existing(path: Path) -> None:
    """Evidence is never written over."""
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise UsageError(
            "SEL-U097",
            "there is something of this name already",
            place=str(path),
            remedy="choose another name; evidence is not written over",
        )


def unwritable(path: Path, error: OSError) -> UsageError:
    """The error of a place that cannot be written to."""
    return UsageError(
        "SEL-U098",
        f"the evidence cannot be written: {error.strerror or error}",
        place=str(path),
        remedy="choose another place, or make room",
    )
