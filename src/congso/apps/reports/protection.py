"""A report's rows belong to its record. Forms are read by everybody who is known and written by their owners' people.

A cell is filled only by the unit's own side while the report is open for filling, in the filler's own name; entries and
remarks are never changed. An Excel file brought back is its bringer's alone. A paper made of a period is known to
whoever sees the document it became.
"""

from congso.lib.protection import Table, child_of_record

_KNOWN = "(SELECT congso.is_known())"
_OWNS = "owner_id IN (SELECT congso.own_offices())"
_OWNS_FORM = "form_id IN (SELECT f.id FROM reports_form f WHERE f.owner_id IN (SELECT congso.own_offices()))"
_SEES = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = report_id)"
_SEES_PAPER = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = document_id)"
_FILLS = (
    "congso.may_act(report_id) AND by_id = congso.person() AND EXISTS (SELECT 1 FROM records_record r"
    " WHERE r.id = report_id AND r.state IN ('draft', 'returned')"
    " AND r.unit_id IN (SELECT congso.own_offices()))"
)

TABLES = (
    Table(
        "reports_form",
        read=_KNOWN,
        insert=_OWNS,
        update=_OWNS,
        columns=("title", "closes_on", "due_working_days", "stopped_on", "note"),
        check=_OWNS,
    ),
    Table(
        "reports_formversion",
        read=f"{_KNOWN} AND (published_at IS NOT NULL OR {_OWNS_FORM})",
        insert=_OWNS_FORM,
        update=f"{_OWNS_FORM} AND published_at IS NULL",
        columns=("schema", "revision", "published_at", "published_by_id"),
        check="published_by_id IS NOT DISTINCT FROM CASE WHEN published_at IS NOT NULL THEN congso.person() END",
    ),
    Table("reports_formunit", read=_KNOWN, insert=_OWNS_FORM, update=_OWNS_FORM, columns=("until",)),
    child_of_record("reports_report"),
    child_of_record("reports_entry", "report_id", insert=_FILLS, update=None),
    child_of_record(
        "reports_remark", "report_id", insert="congso.may_act(report_id) AND by_id = congso.person()", update=None
    ),
    Table(
        "reports_sheet",
        read=f"by_id = congso.person() AND {_SEES}",
        insert=_FILLS,
        update=f"{_FILLS} AND taken_at IS NULL",
        columns=("taken_at",),
        check="taken_at IS NOT NULL",
    ),
    Table("reports_paper", read=_SEES_PAPER, insert=f"by_id = congso.person() AND {_SEES_PAPER}"),
)
