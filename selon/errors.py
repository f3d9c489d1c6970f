"""The tree of errors. Every error has a code, a place, an excerpt of the user's own text and a remedy.

SelonError
├── InputError     SEL-I…   a report that cannot be read
├── PackError      SEL-P…   a language pack, lexicon or rule file that does not load
├── PipelineError  SEL-N…   a parsing pipeline that is missing or does not fit
├── LedgerError    SEL-L…   a ledger that cannot be opened, written or found
├── GoldError      SEL-G…   gold or readings that cannot be scored
├── FetchError     SEL-F…   a page or source that could not be fetched, or an alert that could not be sent
└── UsageError     SEL-U…   a command that was asked in a way it cannot answer

May import: nothing of Selon.
"""

from __future__ import annotations

from dataclasses import dataclass


class SelonError(Exception):
    """Base of all errors that Selon raises on purpose. `str()` gives one line of code, place, problem, excerpt and remedy."""

    family = "SEL"

    def __init__(self, code: str, problem: str, *, place: str = "", excerpt: str = "", remedy: str = "") -> None:
        if not code.startswith(self.family):
            raise ValueError(f"{type(self).__name__} cannot carry the code {code}")
        self.code, self.problem, self.place, self.excerpt, self.remedy = code, problem, place, excerpt, remedy
        super().__init__(code, problem, place, excerpt, remedy)

    def __str__(self) -> str:
        head = " ".join(p for p in (self.code, self.place) if p)
        text = f"{head}: {self.problem}"
        if self.excerpt:
            text += f" « {self.excerpt} »"
        if self.remedy:
            text += f" Try: {self.remedy}"
        return text

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments do not survive the default pickling, and worker processes send errors back.
        return _rebuild, (type(self), self.code, self.problem, self.place, self.excerpt, self.remedy)

    def issue(self) -> Issue:
        """The same as data, for the record of a run that goes on."""
        return Issue(self.code, self.place, self.problem, self.excerpt, self.remedy)


def _rebuild(kind: type[SelonError], code: str, problem: str, place: str, excerpt: str, remedy: str) -> SelonError:
    return kind(code, problem, place=place, excerpt=excerpt, remedy=remedy)


class InputError(SelonError):
    family = "SEL-I"


class PackError(SelonError):
    family = "SEL-P"


class PipelineError(SelonError):
    family = "SEL-N"


class LedgerError(SelonError):
    family = "SEL-L"


class GoldError(SelonError):
    family = "SEL-G"


class FetchError(SelonError):
    family = "SEL-F"


class UsageError(SelonError):
    family = "SEL-U"


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem with one input that did not stop the run."""

    code: str
    place: str
    problem: str
    excerpt: str = ""
    remedy: str = ""
