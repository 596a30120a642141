"""The spine's policies: everything else about records leans on `records_record`."""

from congso.lib.protection import READ_AUDIENCE, Sealed, Table, registry_of

_SEES_RECORD = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = record_id)"
_SEES_BOTH_ENDS = " AND ".join(
    f"EXISTS (SELECT 1 FROM records_record r WHERE r.id = {end})" for end in ("source_id", "target_id")
)
_SIGNED_BY_SELF = "{} IS NOT DISTINCT FROM congso.person()"
_OFFICE_CLERK = registry_of("organization_id")

TABLES = (
    Table(
        "records_record",
        read=READ_AUDIENCE,
        insert=f"{READ_AUDIENCE} AND " + _SIGNED_BY_SELF.format("created_by_id"),
        update="handlers && (SELECT congso.principals())",
        columns=("number", "title", "unit_id", "opened_on", "due_on"),
    ),
    Table(
        "records_link",
        read=_SEES_BOTH_ENDS,
        insert=f"{_SEES_BOTH_ENDS} AND " + _SIGNED_BY_SELF.format("added_by_id"),
        # What was put into a dossier may be taken out of it while it is open; other ties stay.
        delete="kind = 'dossier' AND congso.may_act(target_id)",
    ),
    Table(
        "records_comment",
        read=_SEES_RECORD,
        insert=f"{_SEES_RECORD} AND author_id = congso.person()",
    ),
    Table(
        "records_timelineentry",
        read=_SEES_RECORD,
        insert=f"{_SEES_RECORD} AND " + _SIGNED_BY_SELF.format("person_id"),
    ),
    Table(
        "records_term",
        read="congso.is_known()",
        insert="congso.is_administrator()",
        update="congso.is_administrator()",
    ),
    Sealed("records_counter", reason="only congso.give_number counts"),
    Table(
        "records_number",
        read=f"{_SEES_RECORD} OR (record_id IS NULL AND {_OFFICE_CLERK})",
    ),
)
