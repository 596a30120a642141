"""Loading the starter files. Used by migrations, so it takes the models of the migration's day."""

import json
from importlib.resources import files
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def load(apps: Apps, _editor: BaseDatabaseSchemaEditor | None = None) -> None:
    """Insert what the installation does not have; what is there, confirmed or corrected, stays."""
    parameter = apps.get_model("regulations", "Parameter")
    for row in _rows("parameters.json")["parameters"]:
        known = parameter.objects.filter(key=row["key"])
        if not known.exists():
            parameter.objects.create(**row)
    year = apps.get_model("regulations", "CalendarYear")
    day = apps.get_model("regulations", "CalendarDay")
    for row in _rows("calendar.json")["years"]:
        days = row.pop("days")
        made, _ = year.objects.get_or_create(year=row["year"], defaults=row)
        for facts in days:
            day.objects.get_or_create(day=facts["day"], defaults={**facts, "year": made})
    apps.get_model("regulations", "Revision").objects.get_or_create(id=1)


def _rows(name: str) -> dict[str, list[dict[str, Any]]]:
    text = files("congso.kernel.regulations.starter").joinpath(name).read_text(encoding="utf-8")
    found: dict[str, list[dict[str, Any]]] = json.loads(text)
    return found
