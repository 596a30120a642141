"""The acts of procedures and cases: one function, one transaction, one line in the journal."""

from congso.apps.procedures.services.cases import Application, apply_for, edit_case, receive_case, submit_case, take_in
from congso.apps.procedures.services.catalogue import (
    PaperRow,
    ProcedureFacts,
    StepRow,
    draft_procedure,
    edit_procedure,
    end_procedure,
    open_edition,
    publish_procedure,
    record_decision,
    step_on,
)
from congso.apps.procedures.services.files import RESULT, add_files, attach_result
from congso.apps.procedures.services.looking_up import TooMany, look_up
from congso.apps.procedures.services.reminding import send_case_reminders
from congso.apps.procedures.services.secrets import word_of
from congso.apps.procedures.services.settling import (
    apologise,
    approve_result,
    ask_for_additions,
    ask_for_papers,
    ask_signature,
    assign_case,
    drop_draft,
    finish_step,
    pause_case,
    rate_case,
    refuse_case,
    reject_result,
    reopen_case,
    resume_case,
    return_result,
    say_added,
    send_back,
    take_additions,
    withdraw_case,
)

__all__ = [
    "RESULT", "Application", "PaperRow", "ProcedureFacts", "StepRow", "TooMany", "add_files", "apologise", "apply_for",
    "approve_result", "ask_for_additions", "ask_for_papers", "ask_signature", "assign_case", "attach_result",
    "draft_procedure", "drop_draft", "edit_case", "edit_procedure", "end_procedure", "finish_step", "look_up",
    "open_edition",
    "pause_case", "publish_procedure", "rate_case", "receive_case", "record_decision", "refuse_case", "reject_result",
    "reopen_case", "resume_case", "return_result", "say_added", "send_back", "send_case_reminders", "step_on",
    "submit_case", "take_additions", "take_in", "withdraw_case", "word_of",
]  # fmt: skip
