"""What keepers do with their lists: draft, change, import, publish; nothing published is ever altered."""

from congso.kernel.catalogues.services.drafting import (
    CatalogueRefused,
    ItemFacts,
    change_settings,
    close_item,
    drop_draft,
    publish_draft,
    put_item,
    remove_item,
    start_draft,
)

__all__ = [
    "CatalogueRefused",
    "ItemFacts",
    "change_settings",
    "close_item",
    "drop_draft",
    "publish_draft",
    "put_item",
    "remove_item",
    "start_draft",
]
