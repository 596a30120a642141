from django.db import migrations

# The name alone as it is typed without accents and signs: `name_folded` begins with it. Read by organizations_named.
ADD = """
ALTER TABLE directory_organizationversion ADD COLUMN name_plain text GENERATED ALWAYS AS (
  btrim(regexp_replace(left(name_folded, length(name)), '[^a-z0-9]+', ' ', 'g'))) STORED;
CREATE INDEX organization_whole_name ON directory_organizationversion (name_plain);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0004_name_words'),
    ]

    operations = [
        migrations.RunSQL(ADD, "ALTER TABLE directory_organizationversion DROP COLUMN name_plain"),
    ]
