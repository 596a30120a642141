"""Requests, breaches and assessments follow their records; a copy of one's own data is one's own.

Proposals to anonymise and holds are seen by who protects data at or above the last body.
"""

from congso.kernel.access.principals import System
from congso.lib.protection import Table, child_of_record

_OWN = "person_id = (SELECT congso.person())"
_REMINDERS = f"(SELECT congso.actor()) = 'system:{System.REMINDERS.value}'"
_KNOWN = "(SELECT congso.person()) IS NOT NULL"
_OF_PURPOSE = (
    "EXISTS (SELECT 1 FROM personal_data_consentpurpose p WHERE p.id = {table}.purpose_id"
    " AND congso.protects(p.organization_id))"
)
_OF_ENTRY = (
    "EXISTS (SELECT 1 FROM personal_data_consenttext t JOIN personal_data_consentpurpose p ON p.id = t.purpose_id"
    " WHERE t.id = personal_data_consententry.text_id AND congso.protects(p.organization_id))"
)
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
    child_of_record(
        "personal_data_assessment",
        columns=(
            *("kind", "begun_on", "activities", "purpose", "data_kinds", "people_count", "recipients", "retention"),
            *("measures", "risks", "contact", "is_filing_owed", "changed_on", "reviewed_on"),
        ),
    ),
    child_of_record(
        "personal_data_assessmentversion",
        "assessment_id",
        insert="congso.may_act(assessment_id) AND made_by_id = congso.person()",
        update=None,
    ),
    child_of_record(
        "personal_data_assessmentfiling",
        "assessment_id",
        insert="congso.may_act(assessment_id) AND made_by_id = congso.person()",
        update=None,
    ),
    # What people are asked to agree to is read by everybody with an account; lines of the ledger are only added.
    Table(
        "personal_data_consentpurpose",
        read=_KNOWN,
        insert="congso.protects(organization_id)",
        update="congso.protects(organization_id) AND closed_at IS NULL",
        columns=("closed_at",),
    ),
    Table(
        "personal_data_consenttext",
        read=_KNOWN,
        insert=f"{_OF_PURPOSE.format(table='personal_data_consenttext')} AND published_by_id = congso.person()",
    ),
    Table(
        "personal_data_consententry",
        read=f"{_OWN} OR {_OF_ENTRY} OR (SELECT congso.is_auditor())",
        insert=(
            f"by_id = congso.person() AND ((channel = 'screen' AND {_OWN}) OR (channel = 'paper' AND {_OF_ENTRY}))"
        ),
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
