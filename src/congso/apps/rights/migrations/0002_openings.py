"""What emergency openings and the rules of this system need of what is already there.

Records that the role “reads everything” may read can be opened by organization: their audience gets that principal, as
`congso.admit_openings` gives it to every later one. Each such record is rewritten with its search entry, minutes for a
million: so a part at a time, each committed. Nobody waits long for a record, and what was stopped is gone on with.
"""

from typing import Any

from django.db import migrations

from congso.kernel.regulations.loading import load

ADMIT = """
UPDATE records_record SET audience = audience || (7000000000000000 + owner_id * 100)
WHERE id >= %s AND id < %s
  AND 4000000000000100 = ANY (audience) AND NOT (7000000000000000 + owner_id * 100) = ANY (audience)
"""
AT_ONCE = 5_000  # records


def load_rules(apps: Any, editor: Any) -> None:
    """The starter's rules this installation does not have yet."""
    load(apps, editor)


def admit(apps: Any, editor: Any) -> None:
    """Every record, from the first to the last there is now; the trigger sees to later ones."""
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM records_record")
        first, last = cursor.fetchone()
        for begin in range(first, last + 1, AT_ONCE) if last else ():
            cursor.execute(ADMIT, [begin, begin + AT_ONCE])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("rights", "0001_initial"),
        ("access", "0003_four_eyes"),
        ("records", "0001_initial"),
        ("regulations", "0002_starter"),
    ]

    operations = [
        migrations.RunPython(load_rules, migrations.RunPython.noop, atomic=True),
        migrations.RunPython(admit, migrations.RunPython.noop),
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS record_named ON records_record (upper(number))",
            "DROP INDEX IF EXISTS record_named",
        ),
    ]
