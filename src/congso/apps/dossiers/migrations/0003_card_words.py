import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0002_starter'),
    ]

    operations = [
        migrations.AddField(
            model_name='card',
            name='found_by',
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.Func(models.Func(models.F('words'), models.Value('[^[:alnum:]]+'), function='regexp_split_to_array'), models.Value(''), function='array_remove'), function='array_to_tsvector'), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='card',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['found_by'], name='card_words'),
        ),
    ]
