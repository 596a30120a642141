"""Who may read and write the tables of dossiers and the archive.

A dossier shows its lines only to who sees the document behind each; once the archive has it, the archive of its body
reads all, and a granted reader for her days (congso.reads_archived). A closed dossier is written by the archive alone.
The search room's cards are read by everybody signed in, of conditional dossiers by the body's own people.
"""

from congso.kernel.access.principals import System
from congso.lib.protection import Table, child_of_record

_SEES = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = {})"
_ARCHIVIST = "3000000000000008 + {} * 100 = ANY ((SELECT congso.principals())::bigint[])"
_KEEPER = f"(SELECT congso.actor()) = 'system:{System.ARCHIVE.value}'"
_OPEN = (
    "congso.may_act({0}) AND EXISTS (SELECT 1 FROM records_record r WHERE r.id = {0}"
    " AND (r.state IN ('opened', 'filling', 'finishing') OR " + _ARCHIVIST.format("r.owner_id") + "))"
)
_DRAFTED = (
    "congso.may_act(catalogue_id) AND EXISTS (SELECT 1 FROM records_record r"
    " WHERE r.id = catalogue_id AND r.state = 'drafted')"
)
_BY_SELF = "{} IS NOT DISTINCT FROM congso.person()"
_DOSSIER_COLUMNS = (
    *("line_id", "year", "retention", "mode", "languages", "keywords", "info_sign", "description", "condition"),
    *("reliability", "holder_id", "holder_label", "start_on", "end_on", "work_ended_on", "total_documents"),
    *("total_pages", "total_sheets", "closed_on", "fonds_id", "inventory", "store", "shelf", "box", "paper_code"),
    *("archived_at", "review_after"),
)
_ENTRY_COLUMNS = (
    *("position", "type_key", "number", "issued_on", "is_undated", "issuer", "subject", "pages", "sheet_from"),
    *("language", "reliability", "condition", "mode", "autograph", "keywords", "note"),
)


def _items(name: str, column: str, *columns: str) -> Table:
    """Rows of a list that belongs to a record: composed and answered by who may act on it."""
    act = f"congso.may_act({column})"
    return Table(name, _SEES.format(column), act, act, act, columns)


TABLES = (
    child_of_record("dossiers_catalogue", columns=("issued_on",)),
    Table(
        "dossiers_line",
        _SEES.format("catalogue_id"),
        _DRAFTED,
        _DRAFTED,
        _DRAFTED,
        ("heading", "symbol", "title", "retention", "schedule", "holder_id", "holder_label", "note", "position"),
    ),
    Table(
        "dossiers_filingrule",
        read="congso.works_in(organization_id)",
        insert="congso.may_act(dossier_id) AND " + _BY_SELF.format("made_by_id"),
        update="congso.may_act(dossier_id)",
        columns=("is_live",),
    ),
    child_of_record("dossiers_dossier", update=_OPEN.format("record_ptr_id"), columns=_DOSSIER_COLUMNS),
    Table(
        "dossiers_entry",
        f"({_SEES.format('dossier_id')} AND (record_id IS NULL OR {_SEES.format('record_id')}))"
        " OR congso.reads_archived(dossier_id)",
        f"{_OPEN.format('dossier_id')} AND (record_id IS NULL OR {_SEES.format('record_id')})"
        f" AND {_BY_SELF.format('added_by_id')}",
        _OPEN.format("dossier_id"),
        _OPEN.format("dossier_id"),
        _ENTRY_COLUMNS,
    ),
    Table(
        "dossiers_share",
        _SEES.format("dossier_id"),
        "congso.may_act(dossier_id) AND " + _BY_SELF.format("given_by_id"),
        delete="congso.may_act(dossier_id)",
    ),
    Table(
        "dossiers_archivedfile",
        "EXISTS (SELECT 1 FROM dossiers_entry e WHERE e.id = entry_id)",
        f"congso.may_use_blob(sha256) AND EXISTS (SELECT 1 FROM dossiers_entry e WHERE e.id = entry_id"
        f" AND {_OPEN.format('e.dossier_id')})",
        _KEEPER,
        "EXISTS (SELECT 1 FROM dossiers_entry e JOIN records_record r ON r.id = e.dossier_id WHERE e.id = entry_id"
        " AND r.state IN ('opened', 'filling', 'finishing') AND congso.may_act(e.dossier_id))",
        ("checked_at", "state"),
    ),
    Table(
        "dossiers_fonds",
        "(SELECT congso.is_known())",
        _ARCHIVIST.format("organization_id"),
        _ARCHIVIST.format("organization_id"),
    ),
    child_of_record("dossiers_handover", columns=("receiver_id", "receiver_label", "submitted_on", "received_on")),
    _items("dossiers_handoveritem", "hand_over_id", "outcome", "reason", "position"),
    child_of_record("dossiers_transfer", columns=("decision", "decided_on", "delivered_on")),
    _items("dossiers_transferitem", "transfer_id", "position"),
    Table(
        "dossiers_hold",
        _SEES.format("dossier_id"),
        "congso.may_act(dossier_id) AND " + _BY_SELF.format("placed_by_id"),
        "congso.may_act(dossier_id) AND ended_at IS NULL",
        columns=("ended_at", "ended_by_id", "ending"),
    ),
    child_of_record(
        "dossiers_disposal",
        columns=("decision", "decided_on", "decided_by_id", "decided_label", "destroyed_at", "witness"),
    ),
    _items("dossiers_disposalitem", "disposal_id", "outcome", "note", "position"),
    Table(
        "dossiers_councilmember",
        _SEES.format("disposal_id"),
        "congso.may_act(disposal_id) AND opinion = ''",
        f"congso.may_act(disposal_id) AND {_BY_SELF.format('person_id')}",
        "congso.may_act(disposal_id) AND opinion = ''",
        ("opinion", "text", "at"),
    ),
    Table(
        "dossiers_destroyedfile",
        _SEES.format("disposal_id"),
        "congso.may_act(disposal_id)",
        "congso.may_act(disposal_id) AND destroyed_at IS NULL",
        columns=("destroyed_at", "is_needed_elsewhere", "note"),
    ),
    Table(
        "dossiers_card",
        "(mode = '01' AND (SELECT congso.is_known())) OR congso.works_in(organization_id)",
        _ARCHIVIST.format("organization_id"),
        _ARCHIVIST.format("organization_id"),
        columns=("code", "title", "years", "first_year", "retention_label", "mode", "documents", "pages", "words"),
    ),
    child_of_record(
        "dossiers_readingrequest",
        columns=("until", "granted_by_id", "granted_label", "lent_on", "return_by", "returned_on"),
    ),
    # Until the reading's days are over its asker's too; the archive's always.
    Table(
        "dossiers_certifiedcopy",
        "EXISTS (SELECT 1 FROM dossiers_readingrequest q JOIN records_record r ON r.id = q.record_ptr_id"
        " WHERE q.record_ptr_id = reading_id AND (q.until > now() OR " + _ARCHIVIST.format("r.owner_id") + "))",
        "congso.may_act(reading_id) AND congso.may_use_blob(blob_id)",
    ),
    Table(
        "dossiers_readinglog",
        f"{_BY_SELF.format('person_id')} OR {_ARCHIVIST.format('organization_id')}",
        f"{_BY_SELF.format('person_id')} AND (congso.reads_archived(dossier_id) OR {_SEES.format('dossier_id')})",
    ),
    Table("dossiers_fixityrun", "(SELECT congso.is_known())", _KEEPER, _KEEPER),
)
