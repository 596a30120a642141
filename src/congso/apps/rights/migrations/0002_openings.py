"""What emergency openings and the rules of this system need of what is already there.

Records that the role “reads everything” may read can be opened by organization: their audience gets that principal, as
`congso.admit_openings` gives it to every later one.
"""

from typing import Any

from django.db import migrations

from congso.kernel.regulations.loading import load

ADMIT = """
UPDATE records_record SET audience = audience || (7000000000000000 + owner_id * 100)
WHERE 4000000000000100 = ANY (audience) AND NOT (7000000000000000 + owner_id * 100) = ANY (audience)
"""


def load_rules(apps: Any, editor: Any) -> None:
    """The starter's rules this installation does not have yet."""
    load(apps, editor)


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0001_initial"),
        ("access", "0003_four_eyes"),
        ("records", "0001_initial"),
        ("regulations", "0002_starter"),
    ]

    operations = [
        migrations.RunPython(load_rules, migrations.RunPython.noop),
        migrations.RunSQL(ADMIT, migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE INDEX record_named ON records_record (upper(number))", "DROP INDEX IF EXISTS record_named"
        ),
    ]
