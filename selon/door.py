"""The functions of the public door. May import: `batch`, `trace`, `intake`, `model`, `errors`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from os import PathLike
from typing import TYPE_CHECKING

from selon.errors import InputError, Issue
from selon.model import Reading

if TYPE_CHECKING:
    from selon.trace import Explanation


def read(
    source: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    published: str | None = None,
    lang: str | None = None,
    pipeline: str | None = None,
    jobs: int = 1,
    gate: bool | None = None,
    on_issue: Callable[[Issue], None] | None = None,
) -> Iterator[Reading]:
    """Reads a text, or the files, folders and patterns named by paths, and yields one reading for each report, in order.

    A `str` is a text; a `Path` (or an iterable, whose strings then are paths too) names files. `published` is the ISO day on which the
    reports appeared, where it is known; `lang` their language (otherwise each is identified). With `jobs` > 1 so many processes read.
    `gate` True reads only what may tell of conflict or crisis, None does so with dumps of the web (WARC), False never; `on_issue` is told how
    many were left.

    An input that cannot be read raises InputError, unless `on_issue` takes it: then the run goes on. Notes on inputs that were read go
    to `on_issue` only.
    """
    from selon.batch import Note, Read, Unread, read_inputs
    from selon.intake import Input, Sieve, build_report, iter_inputs

    if isinstance(source, str):
        report = build_report(source, id="text", lang=lang, published=published)
        inputs: Iterable[Input | Issue] = [Input(report, source.encode("utf-8", "surrogatepass"))]
    else:
        paths = [source] if isinstance(source, PathLike) else list(source)

        def sifted(place: str, sieve: Sieve) -> None:
            if on_issue is not None:
                on_issue(sieve.issue(place))

        inputs = iter_inputs([str(p) for p in paths], published=published, lang=lang, gate=gate, on_sifted=sifted)
    for outcome in read_inputs(inputs, pipeline=pipeline, jobs=jobs):
        match outcome:
            case Read(reading, _, _):
                yield reading
            case Note(issue):
                if on_issue is not None:
                    on_issue(issue)
            case Unread(_, _, issue) | (Issue() as issue):
                if on_issue is None:
                    raise _error(issue)
                on_issue(issue)


def _error(issue: Issue) -> InputError:
    if issue.code.startswith("SEL-I"):
        return InputError(issue.code, issue.problem, place=issue.place, excerpt=issue.excerpt, remedy=issue.remedy)
    return InputError(
        "SEL-I095", f"this cannot be read: {issue.code} {issue.problem}", place=issue.place, excerpt=issue.excerpt, remedy=issue.remedy
    )


def explain(text: str, *, published: str | None = None, lang: str | None = None, pipeline: str | None = None) -> Explanation:
    """Reads a text and says for each statement, event, time and place by which rule, from which words and why it was found.

    Raises PackError or PipelineError when its language cannot be read.
    """
    from selon.intake import build_report
    from selon.trace import explain_report

    return explain_report(build_report(text, id="text", lang=lang, published=published), pipeline)
