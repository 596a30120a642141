import json
from importlib.resources import files

from django.db import migrations


def load(apps, _editor):
    """The settings of lending; what an installation has already stays."""
    parameter = apps.get_model("regulations", "Parameter")
    rows = json.loads(files("congso.apps.library.starter").joinpath("parameters.json").read_text(encoding="utf-8"))
    for row in rows["parameters"]:
        if not parameter.objects.filter(key=row["key"]).exists():
            parameter.objects.create(**row)


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial"), ("regulations", "0002_starter")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
