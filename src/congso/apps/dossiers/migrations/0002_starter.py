import json
from datetime import date
from importlib.resources import files

from django.db import migrations

BEGINNING = date(2000, 1, 1)


def _rows(name):
    return json.loads(files("congso.apps.dossiers.starter").joinpath(name).read_text(encoding="utf-8"))


def load(apps, _editor):
    """The model retention schedule and the time limits; what an installation has already stays."""
    parameter = apps.get_model("regulations", "Parameter")
    for row in _rows("parameters.json")["parameters"]:
        if not parameter.objects.filter(key=row["key"]).exists():
            parameter.objects.create(**row)
    catalogue, version, item = (apps.get_model("code_lists", name) for name in ("Catalogue", "Version", "Item"))
    for row in _rows("catalogues.json")["catalogues"]:
        items, source = row.pop("items"), row.pop("source")
        made, is_new = catalogue.objects.get_or_create(code=row["code"], defaults=row)
        if is_new:
            first = version.objects.create(
                catalogue=made, number=1, state="published", valid_from=BEGINNING, source=source
            )
            item.objects.bulk_create(item(version=first, **facts) for facts in items)


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0001_initial"),
        ("code_lists", "0002_starter"),
        ("regulations", "0002_starter"),
    ]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
