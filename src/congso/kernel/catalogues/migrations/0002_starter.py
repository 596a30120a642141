from django.db import migrations

from congso.kernel.catalogues.internal.starter import load


class Migration(migrations.Migration):
    dependencies = [("code_lists", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
