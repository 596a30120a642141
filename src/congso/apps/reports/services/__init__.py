"""What can be done with forms and reports: one function, one act, one transaction, one journal line."""

from congso.apps.reports.services.designing import (
    InvalidForm,
    NewForm,
    create_form,
    publish_form,
    save_draft,
    set_units,
    stop_form,
)
from congso.apps.reports.services.evidence import add_files
from congso.apps.reports.services.filling import (
    Given,
    Saved,
    carry_over,
    differences,
    renew_form,
    save_cells,
    settle_cell,
)
from congso.apps.reports.services.handing import hand_over_gathered, hand_over_report, may_hand_over
from congso.apps.reports.services.opening import open_period, open_reports, send_reminders
from congso.apps.reports.services.papers import gathered_paper, report_paper, shown
from congso.apps.reports.services.sending import (
    InvalidReport,
    approve_report,
    ask_again,
    lock_report,
    recall_report,
    return_report,
    submit_report,
    unapprove_report,
    unlock_report,
    waive_report,
)
from congso.apps.reports.services.sheets import Change, bring_sheet, changes_of, take_sheet, write_sheet
from congso.apps.reports.services.tables import gathered_sheet

__all__ = [
    "Change",
    "Given",
    "InvalidForm",
    "InvalidReport",
    "NewForm",
    "Saved",
    "add_files",
    "approve_report",
    "ask_again",
    "bring_sheet",
    "carry_over",
    "changes_of",
    "create_form",
    "differences",
    "gathered_paper",
    "gathered_sheet",
    "hand_over_gathered",
    "hand_over_report",
    "lock_report",
    "may_hand_over",
    "open_period",
    "open_reports",
    "publish_form",
    "recall_report",
    "renew_form",
    "report_paper",
    "return_report",
    "save_cells",
    "save_draft",
    "send_reminders",
    "set_units",
    "settle_cell",
    "shown",
    "stop_form",
    "submit_report",
    "take_sheet",
    "unapprove_report",
    "unlock_report",
    "waive_report",
    "write_sheet",
]
