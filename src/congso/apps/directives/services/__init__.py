"""What can be done with tasks: one function, one act, one transaction, one journal line."""

from congso.apps.directives.services.assigning import (
    FigureRow,
    InvalidTasks,
    NewTask,
    assign_task,
    assign_tasks,
    change_lead,
)
from congso.apps.directives.services.carrying import (
    accept_task,
    ask_confirmation,
    pass_task,
    report_progress,
    request_extension,
    return_task,
)
from congso.apps.directives.services.evidence import add_evidence
from congso.apps.directives.services.judging import (
    cancel_task,
    confirm_completion,
    decide_extension,
    grant_late_extension,
    pause_task,
    reject_completion,
    reopen_task,
    resume_task,
)
from congso.apps.directives.services.reminding import open_next_occurrences, send_reminders

__all__ = [
    "FigureRow",
    "InvalidTasks",
    "NewTask",
    "accept_task",
    "add_evidence",
    "ask_confirmation",
    "assign_task",
    "assign_tasks",
    "cancel_task",
    "change_lead",
    "confirm_completion",
    "decide_extension",
    "grant_late_extension",
    "open_next_occurrences",
    "pass_task",
    "pause_task",
    "reject_completion",
    "reopen_task",
    "report_progress",
    "request_extension",
    "resume_task",
    "return_task",
    "send_reminders",
]
