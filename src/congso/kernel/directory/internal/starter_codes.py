"""The systems of codes an installation begins with. Used by migrations: it takes the models of the migration's day."""

import json
from importlib.resources import files
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def load(apps: Apps, _editor: BaseDatabaseSchemaEditor | None = None) -> None:
    """Insert the schemes that are missing, and under them the codes organizations bear already."""
    scheme, code = (apps.get_model("directory", name) for name in ("CodeScheme", "OrganizationCode"))
    text = files("congso.kernel.directory.starter").joinpath("code_schemes.json").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = json.loads(text)["schemes"]
    for row in rows:
        scheme.objects.get_or_create(key=row["key"], defaults=row)
    by_key = {one.key: one for one in scheme.objects.all()}
    bearing = apps.get_model("directory", "Organization").objects.exclude(official_code="")
    code.objects.bulk_create(
        code(
            organization=one, value=one.official_code, valid_from=one.valid_from, valid_to=one.valid_to,
            scheme=by_key["administrative" if one.official_code.isdigit() else "national"],
        )
        for one in bearing.iterator(1000)
    )  # fmt: skip
