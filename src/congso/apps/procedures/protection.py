"""Drafts and cases follow their record; what is published everybody may read, for it is law for people.

Of a publication only the end of its validity is ever set. Counts of satisfaction are written by `congso.rate_case`
alone.
"""

from congso.lib.protection import EVERYBODY, Exempt, Table, child_of_record

_SEES_CASE = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = case_id)"
_ACTS_ON_CASE = "congso.may_act(case_id)"

TABLES = (
    child_of_record("procedures_procedure"),
    Table(
        "procedures_step",
        read="EXISTS (SELECT 1 FROM records_record r WHERE r.id = procedure_id)",
        insert="congso.may_act(procedure_id)",
        delete="congso.may_act(procedure_id) AND congso.is_draft(procedure_id)",
    ),
    Table(
        "procedures_paper",
        read="EXISTS (SELECT 1 FROM records_record r WHERE r.id = procedure_id)",
        insert="congso.may_act(procedure_id)",
        delete="congso.may_act(procedure_id) AND congso.is_draft(procedure_id)",
    ),
    Table(
        "procedures_publication",
        read=EVERYBODY,  # published procedures are for people without an account
        insert="congso.may_act(procedure_id)",
        update="congso.may_act(procedure_id)",
        columns=("valid_to",),
    ),
    Table(
        "procedures_publicform",
        read=EVERYBODY,  # forms to fill in, of published procedures
        insert="EXISTS (SELECT 1 FROM procedures_publication p WHERE p.id = publication_id"
        " AND congso.may_act(p.procedure_id)) AND congso.may_use_blob(blob_id)",
    ),
    child_of_record("procedures_case"),
    child_of_record(
        "procedures_casestep",
        "case_id",
        columns=("started_on", "due_on", "finished_on", "finished_by_id", "finished_label"),
    ),
    child_of_record("procedures_casepaper", "case_id", columns=("is_given",)),
    child_of_record("procedures_stop", "case_id", columns=("ended_on", "due_after")),
    Table("procedures_apology", read=_SEES_CASE, insert=f"{_ACTS_ON_CASE} AND signed_by_id = congso.person()"),
    Exempt(
        "procedures_satisfaction", grants="SELECT", reason="counts by procedure, body and quarter; no case, no person"
    ),
)
