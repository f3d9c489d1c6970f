"""What every format becomes before it is a report. May import: `page`, `decode`, `model`, `errors`."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePath

from selon.errors import InputError, Issue
from selon.intake.decode import LIMIT
from selon.intake.page import Block
from selon.model import Declared, Published
from selon.model.moment import utc

_UNKNOWN = Published()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes come from and how they are to be read.

    `place` names them in issues, `name` is their file's, `id` proposes the id of a report (else the file's name does), `path` is that of the file on disk, `published` and `lang` hold where a document does not bring
    its own. `content_type` and `status` are what a server said, `retrieved` the ISO time at which. `limit` is the most bytes of one report, `columns`
    the fields of a table, `depth` in how many archives the bytes lie.
    """

    place: str
    name: str
    path: str | None = None
    url: str | None = None
    content_type: str | None = None
    status: int | None = None
    retrieved: str | None = None
    published: Published = _UNKNOWN
    lang: str | None = None
    limit: int = LIMIT
    columns: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0
    id: str | None = None

    @property
    def stem(self) -> str:
        """What proposes the id of a report: the id, else the file's name without its ending."""
        return self.id or PurePath(self.name).stem or self.name


@dataclass(frozen=True, slots=True)
class Document:
    """One text with all that its format says of it, and the bytes it was read from."""

    raw: bytes
    place: str
    name: str
    text: str
    blocks: tuple[Block, ...] = ()
    title: str | None = None
    lang: str | None = None
    spoken: str | None = None
    """The language that the document declares; the text decides where it is long enough."""
    url: str | None = None
    outlet: str | None = None
    path: str | None = None
    retrieved: str | None = None
    published: Published = _UNKNOWN
    declared: tuple[Declared, ...] = ()
    notes: tuple[Issue, ...] = ()
    dump: bool = False
    """Whether it came from a dump, where the gate has seen it already."""


def fault(place: str, e: Exception) -> InputError:
    """The error for a document over which Selon itself stumbles: it costs this document and no other."""
    at = traceback.extract_tb(e.__traceback__)[-1]
    problem = f"its format could not be read ({type(e).__name__} at {PurePath(at.filename).name}:{at.lineno}: {str(e)[:120]})"
    return InputError("SEL-I047", problem, place=place, remedy="this is a fault of Selon: please report it with the file, if you may")


def sha256(raw: bytes) -> str:
    """The hash by which raw bytes are archived."""
    return hashlib.sha256(raw).hexdigest()


def now() -> str:
    """The time, ISO 8601 in UTC."""
    return utc(datetime.now(UTC))


def name_of(url: str) -> str:
    """The id of a report that has an address and no name: the beginning of the address's SHA-256."""
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:16]


def text_hash(text: str) -> str:
    """What tells texts of one name apart."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
