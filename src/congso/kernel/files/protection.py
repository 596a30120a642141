"""Files follow their record; uploads their uploader and the office's clerks; the quarantine its officers."""

from congso.lib.protection import Table

_SEES_RECORD = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = record_id)"
_OWN = "uploaded_by_id = (SELECT congso.person())"
_CLERKS = "3000000000000003 + organization_id * 100 = ANY ((SELECT congso.principals())::bigint[])"
_OFFICERS = "3000000000000006 + organization_id * 100 = ANY ((SELECT congso.principals())::bigint[])"
_BY_SELF = "added_by_id IS NOT DISTINCT FROM congso.person() AND congso.is_known()"
_SEES_ATTACHMENT = "EXISTS (SELECT 1 FROM files_attachment a WHERE a.id = attachment_id{})"

TABLES = (
    Table(
        "files_blob",
        # Knowing a hash is not enough to reach the bytes: one must see a file that uses them, or have brought them.
        read="added_by_id = (SELECT congso.person())"
        " OR EXISTS (SELECT 1 FROM files_attachment a WHERE a.blob_id = sha256)"
        " OR EXISTS (SELECT 1 FROM files_upload u WHERE sha256 IN (u.blob_id, u.searchable_id))",
        insert=_BY_SELF,
    ),
    Table(
        "files_upload",
        read=f"{_OWN} OR {_CLERKS}",
        insert=f"{_OWN} AND NOT is_released AND state = 'waiting'",
        # What is in quarantine moves by congso.settle_quarantine alone.
        update=f"{_OWN} AND state NOT IN ('quarantined', 'erased')",
        columns=("state", "message", "job_id", "blob_id", "searchable_id", "record_id", "finished_at"),
    ),
    Table(
        "files_attachment",
        # A recalled document stays in the register, its files do not (domain handbook, office 2.5).
        read="EXISTS (SELECT 1 FROM records_record r WHERE r.id = record_id AND NOT r.are_files_closed)",
        # Evidence and enclosures come from whoever sees the record; the paper itself from who may act on it.
        insert=f"{_SEES_RECORD} AND congso.may_use_blob(blob_id) AND {_BY_SELF}"
        " AND (role IN ('evidence', 'enclosure') OR source_id IS NOT NULL OR congso.may_act(record_id))",
    ),
    Table(
        "files_pagetext",
        read=_SEES_ATTACHMENT.format(""),
        insert=_SEES_ATTACHMENT.format(" AND a.added_by_id IS NOT DISTINCT FROM congso.person()"),
    ),
    Table("files_quarantineitem", read=_OFFICERS),
)
