"""Migrating from nothing makes what the models say: our executor renders less than Django's own."""

import pytest
from django.apps import apps
from django.db import connection, models

pytestmark = pytest.mark.django_db

MODELS = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
COLUMNS_SQL = """
SELECT attrelid::regclass::text, attname, NOT attnotnull FROM pg_attribute
WHERE attnum > 0 AND NOT attisdropped AND attrelid = ANY (%s::regclass[])
"""
INDEXES_SQL = "SELECT indrelid::regclass::text, indexrelid::regclass::text FROM pg_index"
CONSTRAINTS_SQL = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE conrelid > 0"
KEYS_SQL = """
SELECT conrelid::regclass::text, attname FROM pg_constraint
JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] WHERE contype = 'f'
"""


def test_every_table_has_the_columns_indexes_and_constraints_its_model_declares() -> None:
    tables = [model._meta.db_table for model in MODELS]
    columns = {
        (model._meta.db_table, field.column, field.null or field.generated)
        for model in MODELS
        for field in model._meta.local_concrete_fields
    }
    assert columns - _asked(COLUMNS_SQL, tables) == set()
    named = {
        (model._meta.db_table, one.name) for model in MODELS for one in [*model._meta.constraints, *model._meta.indexes]
    }
    assert named - _asked(INDEXES_SQL) - _asked(CONSTRAINTS_SQL) == set()
    keys = {(model._meta.db_table, field.column) for model in MODELS for field in _foreign_keys(model)}
    assert keys - _asked(KEYS_SQL) == set()


def _asked(sql: str, *values: object) -> set[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return set(cursor.fetchall())


def _foreign_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    fields = model._meta.local_concrete_fields
    return [field for field in fields if isinstance(field, models.ForeignKey) and field.db_constraint]
