"""A span: a slice of an archived text. No span, no claim. May import: nothing of Selon."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points [start, end) of a report's text, with the slice itself."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The slice of `text`. Raises ValueError when the offsets do not lie inside it."""
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"span {start}:{end} does not lie in a text of {len(text)} code points")
        return cls(start, end, text[start:end])

    @classmethod
    def trimmed(cls, text: str, start: int, end: int, extra: str = "") -> Span:
        """As `of`, without white space (and the characters of `extra`) at its edges."""
        while start < end and (text[start].isspace() or text[start] in extra):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in extra):
            end -= 1
        return cls.of(text, start, end)

    def __len__(self) -> int:
        return self.end - self.start
