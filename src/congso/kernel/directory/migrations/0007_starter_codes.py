from django.db import migrations

from congso.kernel.directory.internal.starter_codes import load


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_codes")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
