"""The lives of a procedure's edition and of a case."""

from congso.apps.procedures.flow.cases import CASE_FLOW, NOT_ONES_OWN, OPEN, STOPPED, desk_principals, works_for
from congso.apps.procedures.flow.catalogue import PROCEDURE_FLOW, keeper_principals

__all__ = [
    "CASE_FLOW", "NOT_ONES_OWN", "OPEN", "PROCEDURE_FLOW", "STOPPED", "desk_principals", "keeper_principals",
    "works_for",
]  # fmt: skip
