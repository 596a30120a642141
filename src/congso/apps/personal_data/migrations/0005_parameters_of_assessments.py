import json
from importlib.resources import files

from django.db import migrations


def load(apps, _editor):
    """Insert the numbers of the law on impact assessments where the installation has none."""
    parameter = apps.get_model("regulations", "Parameter")
    text = files("congso.apps.personal_data.starter").joinpath("parameters.json").read_text(encoding="utf-8")
    for row in json.loads(text)["parameters"]:
        if not parameter.objects.filter(key=row["key"]).exists():
            parameter.objects.create(**row)


class Migration(migrations.Migration):
    dependencies = [("personal_data", "0004_assessments_and_consents"), ("regulations", "0002_starter")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
