from django.db import migrations

# Counting hits visits thousands of rows: with both vectors out of line a page holds some forty rows instead of
# eight. The audience stays in the row, because the policy reads it.
_NARROW = """
ALTER TABLE search_entry SET (toast_tuple_target = 128);
ALTER TABLE search_entry ALTER COLUMN ttsv SET STORAGE EXTERNAL, ALTER COLUMN audience SET STORAGE MAIN;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunSQL(_NARROW, migrations.RunSQL.noop)]
