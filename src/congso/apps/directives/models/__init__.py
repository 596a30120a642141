"""What is stored: tasks with what hangs on them, and readings of documents with the tasks they propose."""

from congso.apps.directives.models.readings import HandOut, Mention, PlanReading, ProposalChange, ProposedTask
from congso.apps.directives.models.tasks import (
    RECORD_TYPE,
    RECURRENCES,
    DeadlineKind,
    Digest,
    Extension,
    Figure,
    Occurrence,
    Priority,
    ProgressReport,
    Support,
    Target,
    Task,
)

__all__ = [
    "RECORD_TYPE",
    "RECURRENCES",
    "DeadlineKind",
    "Digest",
    "Extension",
    "Figure",
    "HandOut",
    "Mention",
    "Occurrence",
    "PlanReading",
    "Priority",
    "ProgressReport",
    "ProposalChange",
    "ProposedTask",
    "Support",
    "Target",
    "Task",
]
