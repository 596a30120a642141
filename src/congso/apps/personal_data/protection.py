"""Requests and breaches follow their records; a copy of one's own data is one's own.

Proposals to anonymise and holds are seen by who protects data at or above the last body.
"""

from congso.kernel.access.principals import System
from congso.lib.protection import Table, child_of_record

_OWN = "person_id = (SELECT congso.person())"
_REMINDERS = f"(SELECT congso.actor()) = 'system:{System.REMINDERS.value}'"
_OVER = f"({_REMINDERS} AND expires_at < now())"

TABLES = (
    child_of_record(
        "personal_data_subjectrequest",
        columns=(
            *(
                "needs_third_party",
                "answer_due_on",
                "extended_from",
                "acknowledged_at",
                "answered_at",
                "answered_by_id",
            ),
            *("answered_label", "answer", "ground", "corrected_at"),
        ),
    ),
    child_of_record(
        "personal_data_breach",
        columns=(
            *("happened_at", "description", "data_kinds", "people_count", "cause", "cause_text", "consequences"),
            *("measures", "contact"),
        ),
    ),
    child_of_record(
        "personal_data_breachreport",
        "breach_id",
        insert="congso.may_act(breach_id) AND sent_by_id = congso.person()",
        update=None,
    ),
    child_of_record(
        "personal_data_affectednotice",
        "breach_id",
        insert="congso.may_act(breach_id) AND told_by_id = congso.person()",
        update=None,
    ),
    Table(
        "personal_data_anonymisation",
        read=f"congso.protects(organization_id) OR {_REMINDERS} OR (SELECT congso.is_auditor())",
        insert=f"{_REMINDERS} AND state = 'proposed'",
        update="congso.protects(organization_id) AND state = 'proposed'",
        check="state = 'kept' AND decided_by_id = congso.person()",
        columns=("state", "reason", "decided_by_id", "decided_at"),
    ),
    Table(
        "personal_data_hold",
        read=f"congso.protects(organization_id) OR {_REMINDERS} OR (SELECT congso.is_auditor())",
        insert="congso.protects(organization_id) AND placed_by_id = congso.person()",
        update="congso.protects(organization_id)",
        columns=("valid_to",),
    ),
    Table(
        "personal_data_dataexport",
        read=f"{_OWN} OR {_OVER}",
        insert=_OWN,
        update=_OWN,
        columns=("job_id", "made_at", "rows", "content"),
        delete=_OVER,
    ),
)
