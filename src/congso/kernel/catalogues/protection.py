"""Who reads and keeps code lists. Drafts are their keepers' alone; what is published changes only by `publish`."""

from congso.lib.protection import Exempt, Table

_KNOWN = "(SELECT congso.is_known())"
_ADMINISTRATOR = "(SELECT congso.is_administrator())"
_IN_DRAFT = "congso.drafts_catalogue(version_id)"

TABLES = (
    Table(
        "code_lists_catalogue",
        read=_KNOWN,
        insert=_ADMINISTRATOR,
        update=_ADMINISTRATOR,
        columns=("name", "description", "keeper_id", "is_open", "licence"),
    ),
    Table(
        "code_lists_version",
        read=f"{_KNOWN} AND (state <> 'draft' OR congso.keeps_catalogue(catalogue_id))",
        insert="state = 'draft' AND made_by_id = congso.person() AND congso.keeps_catalogue(catalogue_id)",
    ),
    Table(
        "code_lists_item",
        read=f"{_KNOWN} AND EXISTS (SELECT 1 FROM code_lists_version v WHERE v.id = code_lists_item.version_id)",
        insert=_IN_DRAFT,
        update=_IN_DRAFT,
        delete=_IN_DRAFT,
        columns=(
            "name", "parent_code", "place", "attributes", "valid_from", "valid_to", "replaced_by",
        ),
    ),
    Exempt("code_lists_revision", grants="SELECT", reason="a random token that changes when a list is published"),
)  # fmt: skip
