"""What is stored: procedures in editions, what is published of them, and cases with what hangs on them."""

from congso.apps.procedures.models.cases import (
    CASE,
    Apology,
    Case,
    CasePaper,
    CaseStep,
    Channel,
    Satisfaction,
    Stop,
)
from congso.apps.procedures.models.catalogue import (
    PROCEDURE,
    Applicant,
    Level,
    Paper,
    PaperKind,
    Procedure,
    Publication,
    PublicForm,
    Step,
)

__all__ = [
    "CASE",
    "PROCEDURE",
    "Apology",
    "Applicant",
    "Case",
    "CasePaper",
    "CaseStep",
    "Channel",
    "Level",
    "Paper",
    "PaperKind",
    "Procedure",
    "PublicForm",
    "Publication",
    "Satisfaction",
    "Step",
    "Stop",
]
