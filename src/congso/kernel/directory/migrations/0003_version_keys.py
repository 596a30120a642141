from django.db import migrations

from congso.lib.vietnamese import fold, sort_key


def fill_keys(apps, schema_editor):
    """Give the names kept before this release the keys by which they sort and are found."""
    versions = apps.get_model("directory", "OrganizationVersion")
    found = list(versions.objects.filter(name_key=""))
    for version in found:
        version.name_key = sort_key(version.name)
        version.name_folded = fold(f"{version.name} {version.short_name} {version.symbol}").lower()
    versions.objects.bulk_update(found, ["name_key", "name_folded"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0002_chart_events'),
    ]

    operations = [migrations.RunPython(fill_keys, migrations.RunPython.noop)]
