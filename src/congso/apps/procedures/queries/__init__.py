"""What can be asked of the catalogue and of cases; row-level security has taken away what is not the asker's."""

from congso.apps.procedures.queries.cases import (
    case_of,
    cases,
    gather,
    mine,
    of_my_bodies,
    overdue,
    people_for,
    satisfaction_of,
)
from congso.apps.procedures.queries.catalogue import (
    editions_of,
    fields_in_use,
    in_force,
    keeping_for,
    may_receive,
    narrowed,
    procedure_of,
    procedures,
    published,
    receivers_of,
)

__all__ = [
    "case_of", "cases", "editions_of", "fields_in_use", "gather", "in_force", "keeping_for", "may_receive", "mine",
    "narrowed", "of_my_bodies", "overdue", "people_for", "procedure_of", "procedures", "published", "receivers_of",
    "satisfaction_of",
]  # fmt: skip
