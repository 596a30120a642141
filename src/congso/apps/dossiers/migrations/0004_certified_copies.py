import json
from importlib.resources import files

import django.db.models.deletion
from django.db import migrations, models

WORDS = "dossiers.certified_words"


def load(apps, _editor):
    """The form of words of a certified copy; what an installation has already stays."""
    parameter = apps.get_model("regulations", "Parameter")
    text = files("congso.apps.dossiers.starter").joinpath("parameters.json").read_text(encoding="utf-8")
    row = next(one for one in json.loads(text)["parameters"] if one["key"] == WORDS)
    if not parameter.objects.filter(key=WORDS).exists():
        parameter.objects.create(**row)


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0003_card_words'),
        ('files', '0001_initial'),
        ('regulations', '0002_starter'),
    ]

    operations = [
        migrations.CreateModel(
            name='CertifiedCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('certified_at', models.DateTimeField()),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.archivedfile')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certified', to='dossiers.readingrequest')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('reading', 'file'), name='a_file_is_certified_once'),
                ],
            },
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
