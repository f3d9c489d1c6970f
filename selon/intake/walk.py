"""From what the user named (files, folders, patterns, `-`) to files, in a fixed order. May import: `errors`."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from selon.errors import InputError, Issue

STDIN = "-"
READABLE = frozenset([
    ".txt", ".text", ".jsonl", ".ndjson", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".pdf", ".eml", ".docx", ".zip", ".csv", ".tsv",
    ".tab", ".warc", ".wacz",
])  # fmt: skip
"""Name endings of files that are read when a folder or an archive is named; a file that is named itself is read whatever its name."""
PACKED = frozenset({".gz", ".zst"})
"""Endings that may stand behind one of those."""


def is_readable(name: str) -> bool:
    """Whether a file's name is that of a report or of many: `a.html`, `dump.warc.gz`."""
    endings = [s.lower() for s in PurePath(name).suffixes]
    if endings and endings[-1] in PACKED:
        endings.pop()
    return bool(endings) and endings[-1] in READABLE


def walk(paths: Sequence[str]) -> Iterator[Path | Issue | None]:
    """Each file once, however often it is named; None stands for standard input. What is not there or not open to us is an Issue."""
    seen: set[tuple[int, int]] = set()
    for name in paths:
        if name == STDIN:
            yield None
            continue
        path = Path(name)
        try:
            there = path.exists()
        except (OSError, ValueError) as e:
            yield _unreadable(name, e)
            continue
        if there or not glob.has_magic(name):
            yield from _one(path, seen, there)
            continue
        found = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - a pattern may be absolute, which Path.glob refuses
        if not found:
            yield _missing(name, "no file matches this pattern")
        for hit in found:
            yield from _one(Path(hit), seen, True)


def _one(path: Path, seen: set[tuple[int, int]], there: bool) -> Iterator[Path | Issue]:
    try:
        if path.is_dir():
            yield from _folder(path, seen)
        elif there and not path.is_symlink() and not path.is_file() and not path.is_fifo():
            yield InputError("SEL-I004", "a device or socket, not a file", place=str(path), remedy="name a file or a folder").issue()
        elif there:
            if _first(path, seen):
                yield path
        else:
            yield _missing(str(path), "there is no such file" if not path.is_symlink() else "a link that leads nowhere")
    except OSError as e:
        yield _unreadable(str(path), e)


def _folder(top: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Issue]:
    """Files below a folder by name, hidden ones left out. Links are followed, but no folder is entered twice, so loops end."""
    found = False
    entered: set[tuple[int, int]] = set()
    pending = [top]
    while pending:
        folder = pending.pop()
        try:
            status = folder.stat()
            key = (status.st_dev, status.st_ino)
            if key in entered:
                continue
            entered.add(key)
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda e: e.name)
        except OSError as e:
            found = True
            yield _unreadable(str(folder), e)
            continue
        below: list[Path] = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = Path(entry.path)
            try:
                if entry.is_dir():
                    below.append(path)
                elif is_readable(path.name) and entry.is_file():
                    found = True
                    if _first(path, seen):
                        yield path
            except OSError as e:
                found = True
                yield _unreadable(str(path), e)
        pending.extend(reversed(below))
    if not found:
        yield _missing(str(top), "no report in this folder", f"files that end in {', '.join(sorted(READABLE))}")


def _first(path: Path, seen: set[tuple[int, int]]) -> bool:
    status = path.stat()
    key = (status.st_dev, status.st_ino)
    if key in seen:
        return False
    seen.add(key)
    return True


def _missing(place: str, problem: str, remedy: str = "check the spelling and the current folder") -> Issue:
    return InputError("SEL-I005", problem, place=place, remedy=remedy).issue()


def _unreadable(place: str, error: Exception) -> Issue:
    return unreadable(place, error).issue()


def unreadable(place: str, error: Exception) -> InputError:
    """The error for a file or folder that the system does not let us read."""
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    remedy = "give yourself the right to read it" if isinstance(error, PermissionError) else "check that it is still there"
    return InputError("SEL-I004", f"cannot be read: {why}", place=place.encode("utf-8", "backslashreplace").decode(), remedy=remedy)
