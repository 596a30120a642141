"""What hangs on a batch is seen and written with it; on a copy, with the copy. Nothing of it is deleted."""

from congso.lib.protection import Table, child_of_record, registry_of

_SEES_PAGE = "EXISTS (SELECT 1 FROM digitization_page p WHERE p.id = page_id{})"
_ACTS_ON_PAGE = _SEES_PAGE.format(" AND (congso.may_act(p.batch_id) OR congso.may_act(p.copy_id))")
# Who plans for a body keeps its stock: archivists (8), chiefs (4) and clerks (3) of it or of the office serving it.
_KEEPS = " OR ".join(registry_of("organization_id", function) for function in (8, 4, 3))
_BY_SELF = "by_id = congso.person()"

TABLES = (
    child_of_record("digitization_scanbatch"),
    child_of_record("digitization_digitalcopy"),
    child_of_record("digitization_folder", "batch_id", columns=("position", "code", "title", "sheets", "dossier_id")),
    child_of_record("digitization_scan", "batch_id", update=None),
    Table(
        "digitization_page",
        read="EXISTS (SELECT 1 FROM records_record r WHERE r.id = batch_id)",
        insert="congso.may_act(batch_id)",
        update="congso.may_act(batch_id)",
        columns=(
            *("state", "why", "turn", "skew", "dpi", "width", "height", "code", "engine", "word_count", "low_words"),
            *("confidence", "copy_id", "copy_page", "read_at", "proofread_by_id", "proofread_at", "letters"),
            "wrong_letters",
        ),
    ),
    Table(
        "digitization_pagewords",
        read=_SEES_PAGE.format(""),
        insert=_ACTS_ON_PAGE,
        update=_ACTS_ON_PAGE,
        columns=("words", "engine", "at"),
    ),
    Table("digitization_correction", read=_SEES_PAGE.format(""), insert=f"{_ACTS_ON_PAGE} AND {_BY_SELF}"),
    child_of_record("digitization_check", "copy_id", insert=f"congso.may_act(copy_id) AND {_BY_SELF}", update=None),
    Table(
        "digitization_stock",
        # A sum of pages; everybody who knows the portal may compare plan and work.
        read="(SELECT congso.is_known())",
        insert=f"({_KEEPS}) AND {_BY_SELF}",
        update=_KEEPS,
        columns=("pages", "percent", "note", "by_id", "by_label", "at"),
        check=_BY_SELF,
    ),
)
