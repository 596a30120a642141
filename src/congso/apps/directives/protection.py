"""A task's rows belong to its record: whoever sees the task sees them, whoever may act on it writes them.

Reports, extensions and the periods of a series are added by people and by the reminders, never changed,
except that an undecided extension is decided.

A reading of a document is the assigning side's alone, and of them only theirs who see the document; its rows,
changes and hand-outs follow it.
"""

from congso.kernel.access.principals import System
from congso.lib.protection import Table, child_of_record

_REMINDERS = f"congso.actor() = 'system:{System.REMINDERS.value}'"
_SEES_REPORT = "EXISTS (SELECT 1 FROM directives_progressreport p WHERE p.id = report_id)"
_SEES_SERIES = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = series_id)"
# As flow.assigner_principals: leaders, chiefs and trackers of the organization, the committee it serves, its offices.
_ASSIGNS = (
    "(SELECT congso.principals())::bigint[] && ARRAY("
    "SELECT 3000000000000000 + o.id * 100 + f.code"
    " FROM directory_organization o CROSS JOIN (VALUES (2), (4), (5)) AS f(code)"
    " WHERE o.id = organization_id"
    " OR o.id = (SELECT s.serves_id FROM directory_organization s WHERE s.id = organization_id)"
    " OR (o.serves_id = organization_id"
    " AND NOT (SELECT s.is_office FROM directory_organization s WHERE s.id = organization_id)))"
)
_SEES_SOURCE = f"EXISTS (SELECT 1 FROM records_record r WHERE r.id = record_id) AND {_ASSIGNS}"
_SEES_READING = "EXISTS (SELECT 1 FROM directives_planreading p WHERE p.id = reading_id)"

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
    Table(
        "directives_planreading",
        read=_SEES_SOURCE,
        insert=f"{_SEES_SOURCE} AND asked_by_id = congso.person()",
        update=_SEES_SOURCE,
        columns=("job_id", "state", "engine_note", "message", "pages", "read_at"),
    ),
    Table(
        "directives_proposedtask",
        read=_SEES_READING,
        insert=_SEES_READING,
        update=_SEES_READING,
        columns=(
            *("position", "text", "clause", "chapter", "lead", "supporting", "start", "due", "deadline_kind"),
            *("recurrence", "schedule_text", "no_deadline_reason", "product", "places", "confidence", "doubt"),
            *("state", "reason", "split_from_id", "merged_into_id", "amended"),
        ),
    ),
    Table(
        "directives_handout",
        read="EXISTS (SELECT 1 FROM directives_proposedtask p WHERE p.id = proposal_id)",
        insert="EXISTS (SELECT 1 FROM directives_proposedtask p WHERE p.id = proposal_id)"
        " AND EXISTS (SELECT 1 FROM records_record r WHERE r.id = task_id AND r.created_by_id = congso.person())",
    ),
    Table(
        "directives_proposalchange",
        read=_SEES_READING,
        insert=f"{_SEES_READING} AND by_id = congso.person()",
        update=f"{_SEES_READING} AND by_id = congso.person() AND undone_at IS NULL",
        columns=("undone_at",),
    ),
)
