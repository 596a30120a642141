"""What can be asked of indicators, dashboards and records. Row-level security took away what is not hers."""

from congso.apps.analytics.queries.answers import Answer, Cell, answer, drilled
from congso.apps.analytics.queries.boards import (
    answers_for,
    board_of,
    boards,
    keeps,
    offices_of,
    public_edition,
    public_editions,
    publishes,
)
from congso.apps.analytics.queries.series import (
    Series,
    UnitLine,
    answerable,
    indicators,
    read_series,
    roots_for,
    sources_of,
    units_in,
)

__all__ = [
    "Answer",
    "Cell",
    "Series",
    "UnitLine",
    "answer",
    "answerable",
    "answers_for",
    "board_of",
    "boards",
    "drilled",
    "indicators",
    "keeps",
    "offices_of",
    "public_edition",
    "public_editions",
    "publishes",
    "read_series",
    "roots_for",
    "sources_of",
    "units_in",
]
