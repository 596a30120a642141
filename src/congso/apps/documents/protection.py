"""Who may read and write the tables of incoming documents.

The register's fields are the office's alone (clerks 3, chiefs 4), though units handling the document may act
on it; a handling is written by its receivers, who open, return and report it, and by those who gave it.
"""

from congso.lib.protection import Table, child_of_record

_SEES = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = {})"
_OFFICE = (
    "congso.may_act(record_ptr_id) AND EXISTS (SELECT 1 FROM records_record r WHERE r.id = record_ptr_id AND"
    " ARRAY[3000000000000003 + r.owner_id * 100, 3000000000000004 + r.owner_id * 100]"
    " && (SELECT congso.principals()))"
)
_MINE = "receivers && (SELECT congso.principals()) OR givers && (SELECT congso.principals())"
_KEEPS_THE_REGISTER = (
    "ARRAY[3000000000000003 + organization_id * 100, 3000000000000004 + organization_id * 100]"
    " && (SELECT congso.principals())"
)

TABLES = (
    child_of_record("documents_incomingdocument", update=_OFFICE),
    child_of_record(
        "documents_direction",
        "document_id",
        insert="congso.may_act(document_id) AND author_id = congso.person()",
        update=None,
    ),
    child_of_record(
        "documents_fieldproposal",
        "document_id",
        update=_OFFICE.replace("record_ptr_id", "document_id"),
        columns=("registered_value", "outcome"),
    ),
    Table(
        "documents_handling",
        read=_SEES.format("document_id"),
        insert="congso.may_act(document_id) AND assigned_by_id = congso.person()",
        update=_MINE,
        columns=(
            "due_on",
            "first_opened_at",
            "first_opened_by_id",
            "return_asked_at",
            "return_reason",
            "ending",
            "ended_at",
            "completed_at",
            "result",
            "reply_symbol",
        ),
    ),
    Table(
        "documents_migrated",
        read=f"{_SEES.format('record_id')} OR (record_id IS NULL AND {_KEEPS_THE_REGISTER})",
        insert=f"{_KEEPS_THE_REGISTER} AND (record_id IS NULL OR congso.may_act(record_id))",
        update=f"record_id IS NULL AND {_KEEPS_THE_REGISTER}",
        columns=("record_id", "upload_id", "digest"),
    ),
)
