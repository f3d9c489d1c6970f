"""Hypothesis strategies for whole readings: every field filled, any Unicode, spans that are slices of their text."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from selon.model import (
    Actor,
    CountOf,
    Declared,
    DeclaredBasis,
    DeclaredField,
    Event,
    EventType,
    Evidence,
    Figure,
    Mention,
    Mood,
    Passage,
    PassageKind,
    Place,
    PlacePrecision,
    Population,
    Published,
    PublishedBasis,
    Qualifier,
    Reading,
    Report,
    Said,
    Scope,
    Source,
    SourceInfo,
    SourceKind,
    Span,
    Stance,
    Statement,
    Status,
    TimePrecision,
    TimeSpan,
    TimexType,
)

any_text = st.text(st.characters(exclude_categories=()), max_size=12)
words = st.text(min_size=1, max_size=10)
days = st.dates().map(str)
maybe_day = st.none() | days
maybe_words = st.none() | words
country = st.none() | st.sampled_from(["FR", "UA", "SD", "MM"])


def one_of(literal: object) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(literal))


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text)))
    return Span.of(text, start, draw(st.integers(start, len(text))))


def place_of(text: str) -> st.SearchStrategy[Place]:
    number = st.none() | st.floats(-90, 90, allow_nan=False)
    return st.builds(
        Place,
        spans(text),
        words,
        one_of(PlacePrecision),
        maybe_words,
        country,
        st.none() | st.integers(1, 2**31),
        number,
        number,
        number,
        any_text,
    )


def time_of(text: str) -> st.SearchStrategy[TimeSpan]:
    return st.builds(
        TimeSpan,
        spans(text),
        one_of(TimexType),
        words,
        maybe_day,
        maybe_day,
        maybe_words,
        st.none() | one_of(TimePrecision),
        maybe_words,
        any_text,
    )


def figure_of(text: str) -> st.SearchStrategy[Figure]:
    number = st.none() | st.integers(0, 2**70)
    return st.builds(
        Figure,
        spans(text),
        one_of(CountOf),
        maybe_words,
        number,
        number,
        one_of(Qualifier),
        st.none() | one_of(Population),
        st.none() | one_of(Scope),
    )


@st.composite
def statements_of(draw: st.DrawFn, text: str) -> tuple[Statement, ...]:
    out: list[Statement] = []
    for k in range(draw(st.integers(0, 3))):
        source = st.none() | st.builds(Source, spans(text), any_text, one_of(SourceKind), country)
        out.append(
            draw(
                st.builds(
                    Statement, st.just(f"s{k + 1}"), source, st.none() | spans(text), one_of(Stance), spans(text), words, maybe_words, one_of(Mood),
                    st.none() | st.builds(Said, spans(text), maybe_day, maybe_day), st.sampled_from([None, *(s.id for s in out)]),
                )
            )
        )  # fmt: skip
    return tuple(out)


@st.composite
def events_of(draw: st.DrawFn, text: str, statements: tuple[Statement, ...]) -> tuple[Event, ...]:
    mention = st.none() | st.builds(Mention, spans(text), maybe_words)
    return tuple(
        draw(
            st.builds(
                Event, st.just(f"e{k + 1}"), one_of(EventType), spans(text), one_of(Status), words, mention, mention, mention,
                st.none() | place_of(text), st.none() | time_of(text), st.lists(figure_of(text), max_size=2).map(tuple),
                st.lists(st.sampled_from([s.id for s in statements]), unique=True).map(tuple) if statements else st.just(()),
            )
        )
        for k in range(draw(st.integers(0, 3)))
    )  # fmt: skip


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading: lone surrogates, NUL, astral letters and right-to-left marks in its text; figures beyond 64 bits."""
    text = draw(st.text(st.characters(exclude_categories=()), min_size=1, max_size=60))
    evidence = st.lists(st.builds(Evidence, spans(text), words), max_size=2).map(tuple)
    published = draw(st.builds(Published, maybe_day, maybe_day, one_of(PublishedBasis), evidence))
    passages = st.lists(st.builds(Passage, one_of(PassageKind), st.integers(0, 5), st.integers(5, 9), maybe_words), max_size=3).map(tuple)
    one = st.builds(Declared, one_of(DeclaredField), words, one_of(DeclaredBasis))
    declared = st.lists(one, max_size=2).map(tuple)
    source = st.builds(SourceInfo, maybe_words, maybe_words, maybe_words, maybe_words, maybe_words, declared)
    report = draw(
        st.builds(
            Report, id=words, text=st.just(text), lang=st.sampled_from(["fr", "en"]), source=source, title=st.none() | any_text,
            published=st.just(published), passages=passages,
        )
    )  # fmt: skip
    statements = draw(statements_of(text))
    actors = st.lists(
        st.builds(Actor, words, any_text, one_of(SourceKind), country, st.lists(spans(text), max_size=2).map(tuple), st.booleans()),
        max_size=2,
    )
    return Reading(
        report, published, statements, draw(events_of(text, statements)), draw(st.lists(time_of(text), max_size=2).map(tuple)),
        draw(st.lists(place_of(text), max_size=2).map(tuple)), draw(actors.map(tuple)), draw(st.sampled_from(["1+fr.a+b", "2+fr.c+d"])),
    )  # fmt: skip
