"""What can be done with tasks: one function, one act, one transaction, one journal line."""

from congso.apps.directives.services.amending import Amendment, amend_task
from congso.apps.directives.services.assigning import (
    FigureRow,
    InvalidTasks,
    NewTask,
    assign_task,
    assign_tasks,
    change_lead,
    why_not_below,
)
from congso.apps.directives.services.carrying import (
    accept_task,
    ask_confirmation,
    pass_task,
    report_progress,
    request_extension,
    return_task,
)
from congso.apps.directives.services.changes import undo_last_change
from congso.apps.directives.services.comparing import Comparison, amend_given, comparison_of, withdraw_given
from congso.apps.directives.services.cutting import Toward, join_with_next, move_words, split_proposal
from congso.apps.directives.services.evidence import add_evidence
from congso.apps.directives.services.handing_out import Plan, Spread, Terms, groups_leading, hand_out, plan_hand_out
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
from congso.apps.directives.services.laying_out import LaidOut, copies_of, located, put_together
from congso.apps.directives.services.readings import (
    READ_PLAN,
    fail_reading,
    read_again,
    start_reading,
    stop_reading,
    store_proposals,
)
from congso.apps.directives.services.reminding import open_next_occurrences, send_reminders
from congso.apps.directives.services.reviewing import (
    Correction,
    InvalidProposals,
    confirm_certain,
    confirm_proposals,
    correct_proposal,
    drop_proposals,
    resolve_unit,
    restore_proposals,
)
from congso.apps.directives.services.revisiting import keep_all, keep_task, reopen_completed

__all__ = [
    "READ_PLAN",
    "Amendment",
    "Comparison",
    "Correction",
    "FigureRow",
    "InvalidProposals",
    "InvalidTasks",
    "LaidOut",
    "NewTask",
    "Plan",
    "Spread",
    "Terms",
    "Toward",
    "accept_task",
    "add_evidence",
    "amend_given",
    "amend_task",
    "ask_confirmation",
    "assign_task",
    "assign_tasks",
    "cancel_task",
    "change_lead",
    "comparison_of",
    "confirm_certain",
    "confirm_completion",
    "confirm_proposals",
    "copies_of",
    "correct_proposal",
    "decide_extension",
    "drop_proposals",
    "fail_reading",
    "grant_late_extension",
    "groups_leading",
    "hand_out",
    "join_with_next",
    "keep_all",
    "keep_task",
    "located",
    "move_words",
    "open_next_occurrences",
    "pass_task",
    "pause_task",
    "plan_hand_out",
    "put_together",
    "read_again",
    "reject_completion",
    "reopen_completed",
    "reopen_task",
    "report_progress",
    "request_extension",
    "resolve_unit",
    "restore_proposals",
    "resume_task",
    "return_task",
    "send_reminders",
    "split_proposal",
    "start_reading",
    "stop_reading",
    "store_proposals",
    "undo_last_change",
    "why_not_below",
    "withdraw_given",
]
