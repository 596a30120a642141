from django.db import migrations

from congso.kernel.regulations.internal.starter import load


class Migration(migrations.Migration):
    dependencies = [("regulations", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
