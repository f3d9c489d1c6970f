"""What a list under a heading counts: "Damage: • 6 apartment blocks • 2 schools" in situation reports. The heading tells the event.

May import: `extract.candidate`, `extract.quantities`, `lang`, `model`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import cast

from selon.extract.candidate import Candidate
from selon.extract.quantities import Quantity
from selon.lang import Pack
from selon.model import EventType, Parse
from selon.model.word import plain
from selon.rules import Entry, Lexicon

_WORDS = 8
"""Words of a heading, at most."""
_ITEM = re.compile(r"\s*(?:[•▪►*·–—-]|[a-z]\))\s+")
_MARK = re.compile(r"\s*(?:(?:\d{1,2}|[IVX]{1,4})[.)])?\s*")
_WORD = re.compile(r"[^\W\d_]+")


def listed_counts(parse: Parse, pack: Pack, told: Sequence[Candidate], quantities: Sequence[Quantity]) -> list[Candidate]:
    """Candidates for list items that count things but tell of nothing, under a heading that says what is counted; one for a sentence."""
    items = list(_items(parse.text, pack.lexicons["figure-headings"])) if quantities else []
    if not items:
        return []
    starts = [start for start, *_ in items]
    spoken = {parse[c.head].sent for c in told}
    out: list[Candidate] = []
    for q in quantities:
        t = parse[q.numeral]
        k = bisect_right(starts, t.start) - 1
        if k < 0 or t.start >= items[k][1] or t.sent in spoken or q.kind in ("one", "none") or q.unit_class == "money":
            continue
        heading = items[k][2]
        spoken.add(t.sent)
        kind = cast(EventType, heading["type"])
        out.append(Candidate(q.head, (q.head,), parse.span_of([q.head]), heading.key, kind, "happened", f"{pack.lang}.event.number/listed"))
    return out


def _items(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, Entry]]:
    """(start, end, heading) of the list items under headings of the lexicon."""
    heading: Entry | None = None
    listed = False
    at = 0
    for line in text.split("\n"):
        item = _ITEM.match(line)
        if item is not None:
            if heading is not None:
                yield at, at + len(line), heading
            listed = True
        elif line.strip():
            heading, listed = _heading(line, lexicon), False
        elif listed:
            heading, listed = None, False
        at += len(line) + 1


def _heading(line: str, lexicon: Lexicon) -> Entry | None:
    """The first word of a short line without a full stop that says what the list under it counts."""
    text = _MARK.sub("", line, count=1).strip()
    if not text or len(text.split()) > _WORDS or text[-1] in '.;,»"':
        return None
    return next((e for w in _WORD.findall(text) if (e := lexicon.get(plain(w))) is not None), None)
