"""When, where and who: what the text supports, how precisely and why. May import: `lang`, `rules`, `model`, `errors`."""

from selon.resolve.when import date_report, resolve_times, time_events
from selon.resolve.where import find_places, layers_key, place_events
from selon.resolve.who import name_actors, name_sources

__all__ = [
    "date_report", "find_places", "layers_key", "name_actors", "name_sources", "place_events", "resolve_times",
    "time_events",
]  # fmt: skip
