"""Loading the starter lists. Used by migrations, so it takes the models of the migration's day."""

import json
from datetime import date
from importlib.resources import files
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BEGINNING = date(2000, 1, 1)


def load(apps: Apps, _editor: BaseDatabaseSchemaEditor | None = None) -> None:
    """Insert the lists the installation does not have, as version 1, in force since before any record."""
    catalogue, version, item = (apps.get_model("code_lists", name) for name in ("Catalogue", "Version", "Item"))
    text = files("congso.kernel.catalogues.starter").joinpath("catalogues.json").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = json.loads(text)["catalogues"]
    for row in rows:
        items, source = row.pop("items"), row.pop("source")
        made, is_new = catalogue.objects.get_or_create(code=row["code"], defaults=row)
        if is_new:
            first = version.objects.create(
                catalogue=made, number=1, state="published", valid_from=BEGINNING, source=source
            )
            item.objects.bulk_create(item(version=first, **facts) for facts in items)
    apps.get_model("code_lists", "Revision").objects.get_or_create(id=1)
