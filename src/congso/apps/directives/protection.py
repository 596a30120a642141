"""A task's rows belong to its record: whoever sees the task sees them, whoever may act on it writes them.

Reports, extensions and the periods of a series are added by people and by the reminders, never changed,
except that an undecided extension is decided.
"""

from congso.kernel.access.principals import System
from congso.lib.protection import Table, child_of_record

_REMINDERS = f"congso.actor() = 'system:{System.REMINDERS.value}'"
_SEES_REPORT = "EXISTS (SELECT 1 FROM directives_progressreport p WHERE p.id = report_id)"
_SEES_SERIES = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = series_id)"

TABLES = (
    child_of_record("directives_task"),
    Table(
        "directives_support",
        read="EXISTS (SELECT 1 FROM records_record r WHERE r.id = task_id)",
        insert="congso.may_act(task_id)",
        delete="congso.may_act(task_id)",
    ),
    child_of_record("directives_target", "task_id", update=None),
    child_of_record(
        "directives_progressreport",
        "task_id",
        insert="congso.may_act(task_id) AND reporter_id = congso.person()",
        update=None,
    ),
    Table(
        "directives_figure",
        read=_SEES_REPORT,
        insert="EXISTS (SELECT 1 FROM directives_progressreport p"
        " WHERE p.id = report_id AND p.reporter_id = congso.person() AND congso.may_act(p.task_id))",
    ),
    child_of_record(
        "directives_extension",
        "task_id",
        insert="congso.may_act(task_id) AND asked_by_id = congso.person()",
        update="congso.may_act(task_id) AND decision = 'pending'",
        columns=("decision", "decided_by_id", "decided_label", "decided_at", "note", "new_due_on"),
    ),
    Table(
        "directives_occurrence",
        read=_SEES_SERIES,
        insert=f"{_REMINDERS} AND {_SEES_SERIES} AND EXISTS (SELECT 1 FROM records_record r WHERE r.id = task_id)",
    ),
    Table("directives_digest", read=_REMINDERS, insert=_REMINDERS),
)
