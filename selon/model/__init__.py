"""Frozen values: the words of Selon as types. May import: `errors`."""

from selon.model.parse import Feats, Parse, Sentence, Token, from_conllu, to_conllu
from selon.model.reading import FORMAT, Reading, content_id, from_json, schema, to_json, to_line
from selon.model.report import (
    Declared,
    DeclaredBasis,
    DeclaredField,
    Evidence,
    Passage,
    PassageKind,
    Published,
    PublishedBasis,
    Report,
    SourceInfo,
)
from selon.model.span import Span
from selon.model.values import (
    COUNTS_OF,
    EVENT_TYPES,
    QUALIFIERS,
    SOURCE_KINDS,
    STANCES,
    STATUSES,
    Actor,
    CountOf,
    Event,
    EventType,
    Figure,
    Mention,
    Mood,
    Place,
    PlacePrecision,
    Population,
    Qualifier,
    Said,
    Scope,
    Source,
    SourceKind,
    Stance,
    Statement,
    Status,
    TimePrecision,
    TimeSpan,
    TimexType,
)

__all__ = [
    "COUNTS_OF", "EVENT_TYPES", "FORMAT", "QUALIFIERS", "SOURCE_KINDS", "STANCES", "STATUSES",
    "Actor", "CountOf", "Declared", "DeclaredBasis", "DeclaredField", "Event", "EventType", "Evidence", "Feats", "Figure", "Mention", "Mood",
    "Parse", "Passage", "PassageKind",
    "Place", "PlacePrecision", "Population", "Published", "PublishedBasis", "Qualifier", "Reading", "Report", "Said", "Scope",
    "Sentence", "Source", "SourceInfo", "SourceKind", "Span", "Stance", "Statement", "Status", "TimePrecision", "TimeSpan",
    "TimexType", "Token", "content_id", "from_conllu", "from_json", "schema", "to_conllu", "to_json", "to_line",
]  # fmt: skip
