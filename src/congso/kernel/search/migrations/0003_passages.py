import django.contrib.postgres.fields
import django.contrib.postgres.search
import django.db.models.deletion
import pgvector.django.halfvec
from django.db import migrations, models

# The column becomes one of half-precision vectors, with its index, where the database has pgvector:
# internal/passages.sql. A passage takes its meaning along when it goes.
_MEANINGS = """
CREATE TABLE search_meaning (
  passage_id bigint PRIMARY KEY REFERENCES search_passage ON DELETE CASCADE,
  record_id bigint NOT NULL,
  embedding real[] NOT NULL
);
CREATE INDEX search_meaning_record ON search_meaning (record_id);
ALTER TABLE search_passage ALTER COLUMN words SET STORAGE MAIN;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0002_narrow_rows"), ("files", "0003_roles_of_outgoing_papers")]

    operations = [
        migrations.CreateModel(
            name="StoredPassage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("page", models.PositiveIntegerField(null=True)),
                ("clause", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("is_known", models.BooleanField(default=False)),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="files.attachment",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.record",
                    ),
                ),
            ],
            options={
                "db_table": "search_passage",
                "indexes": [
                    models.Index(
                        models.F("position"),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("is_known", False)),
                        name="search_passage_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("record", "position"), name="one_passage_a_position")
                ],
            },
        ),
        migrations.RunSQL(
            _MEANINGS,
            "DROP TABLE search_meaning",
            state_operations=[
                migrations.CreateModel(
                    name="Meaning",
                    fields=[
                        (
                            "passage",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="search.storedpassage",
                            ),
                        ),
                        ("embedding", pgvector.django.halfvec.HalfVectorField(dimensions=384)),
                        (
                            "record",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="records.record",
                            ),
                        ),
                    ],
                )
            ],
        ),
        migrations.CreateModel(
            name="SyllablePair",
            fields=[
                ("pair", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("plain", models.CharField(db_index=True, max_length=60)),
                ("count", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=200)),
                ("query", models.CharField(help_text="Câu tìm và bộ lọc như trong địa chỉ trang", max_length=2000)),
                ("is_watching", models.BooleanField(default=False)),
                ("saved_at", models.DateTimeField()),
                (
                    "seen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="Hồ sơ đã thấy ở câu tìm này",
                        size=None,
                    ),
                ),
                ("looked_on", models.DateField(help_text="Ngày cuối cùng đã tìm lại")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.person"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "query"), name="a_question_is_saved_once")],
            },
        ),
    ]
