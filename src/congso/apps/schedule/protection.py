"""An entry's rows belong to its record. Claims alone are known to all who work here, without words: that is how others
see somebody as busy. They become firm only by who approves; the database excludes two at once (models.py)."""

from congso.lib.protection import Table, child_of_record, registry_of

_KNOWN = "(SELECT congso.is_known())"
_MINE = "by_id = congso.person()"
_SEES = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = entry_id)"
_ACTS = "congso.may_act(entry_id)"
_APPROVER = f"({registry_of('r.owner_id', 4)} OR {registry_of('r.owner_id', 2)})"
_APPROVES = (
    f"{_ACTS} AND EXISTS (SELECT 1 FROM records_record r WHERE r.id = entry_id"
    f" AND r.state IN ('proposed', 'approved', 'published') AND {_APPROVER})"
)
_KEEPS = f"({registry_of('owner_id', 4)} OR {registry_of('owner_id', 3)} OR {registry_of('owner_id', 2)})"

TABLES = (
    child_of_record("schedule_entry"),
    Table("schedule_participant", read=_SEES, insert=_ACTS, delete=_ACTS),
    Table(
        "schedule_series",
        read="made_by_id = congso.person()"
        " OR EXISTS (SELECT 1 FROM schedule_entry e WHERE e.series_id = schedule_series.id)",
        insert="made_by_id = congso.person()",
    ),
    Table(
        "schedule_claim",
        read=f"{_KNOWN} AND (is_firm OR {_SEES})",
        insert=f"{_ACTS} AND (NOT is_firm OR {_APPROVES})",
        delete=_ACTS,
    ),
    child_of_record("schedule_acceptance", "entry_id", insert=f"{_APPROVES} AND {_MINE}", update=None),
    child_of_record("schedule_entrychange", "entry_id", insert=f"{_APPROVES} AND {_MINE}", update=None),
    Table(
        "schedule_thing",
        read=_KNOWN,
        insert=_KEEPS,
        update=_KEEPS,
        columns=("kind", "name", "seats", "note", "is_in_use"),
        check=_KEEPS,
    ),
)
