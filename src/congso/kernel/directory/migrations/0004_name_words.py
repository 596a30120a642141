from django.db import migrations

# Not a field of the models: nobody reads it but the functions that find, and every row read would carry it.
ADD = """
DROP INDEX IF EXISTS {index};
ALTER TABLE {table} ADD COLUMN name_words tsvector GENERATED ALWAYS AS (
  array_to_tsvector(array_remove(string_to_array(translate(name_folded, '(),.-/–', '       '), ' '), ''))) STORED;
CREATE INDEX {index} ON {table} USING gin (name_words);
"""
TABLES = {"directory_person": "person_words", "directory_organizationversion": "organization_words"}


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0003_version_keys'),
    ]

    operations = [
        migrations.RunSQL(ADD.format(table=table, index=index), f"ALTER TABLE {table} DROP COLUMN name_words")
        for table, index in TABLES.items()
    ]
