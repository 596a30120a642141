"""No column holds personal data that is not declared with its purpose; what is declared exists."""

import re
from collections import Counter

import pytest
from django.apps import apps
from django.db.models import Field, Model

from congso.kernel.personal.declared import model_of, not_personal, personal_data
from congso.lib.personal import Fate, Retention

# What names a person, says how to reach her, or who she is; `_label` is how a name is kept beside an act.
LOOKS_PERSONAL = re.compile(
    r"(^|_)(full_?name|first_name|last_name|name_folded|signer|sender|username|user_name|nickname|e?mail|phone|mobile|tel|"
    r"fax|address|ip|user_agent|birth\w*|born\w*|dob|age|gender|sex|identity|id_?(number|card|paper)|citizen\w*|passport|"
    r"card_(no|number)|tax_code|bank\w*|account_number|photo|avatar|portrait|face|fingerprint|biometric\w*|marital\w*|"
    r"nationality|native_\w+|health|diagnosis|salary|uid|location|latitude|longitude)($|_)"
    r"|^(actor|author|reporter|asked|decided|assigned|supervisor|target|by|viewer|person|told|answered)_label$"
)
NEVER = re.compile(r"(^|_)(religion|religious|ethnic\w*|race|faith|belief|vetting|sexual\w*|political_view\w*)($|_)")
PEOPLE = {"directory.Person", "accounts.User"}


def columns() -> list[tuple[type[Model], Field]]:
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if not (field.remote_field and field.remote_field.parent_link)
    ]


def is_personal(field: Field) -> bool:
    if field.is_relation:
        return field.related_model._meta.label in PEOPLE
    return bool(LOOKS_PERSONAL.search(field.name))


def test_every_column_that_names_or_reaches_a_person_is_declared() -> None:
    told = {(one.model, name) for one in personal_data() for name in one.names}
    told |= {(one.model, one.name) for one in not_personal()}
    missing = [
        f"{model._meta.label}.{field.name}"
        for model, field in columns()
        if is_personal(field) and (model._meta.label, field.name) not in told
    ]
    assert missing == [], "declare them in personal.py beside the models, with purpose, retention and fate"


def test_the_walk_would_notice() -> None:
    for name in (
        "phone",
        "home_phone",
        "birth_date",
        "id_number",
        "signer_name",
        "actor_label",
        "last_address",
        "email",
    ):
        assert LOOKS_PERSONAL.search(name), name
    for name in ("name", "label", "message", "image", "stage", "recipient_count", "page"):
        assert not LOOKS_PERSONAL.search(name), name


def test_no_column_keeps_religion_ethnicity_or_vetting() -> None:
    assert [f"{model._meta.label}.{field.name}" for model, field in columns() if NEVER.search(field.name)] == []


def test_each_column_is_declared_once_and_exists() -> None:
    declared = Counter((one.model, name) for one in personal_data() for name in one.names)
    assert [place for place, times in declared.items() if times > 1] == []
    for one in personal_data():
        names = {field.name for field in model_of(one)._meta.local_fields}
        assert set(one.names) <= names, one.model
    for one in not_personal():
        assert model_of(one)._meta.get_field(one.name)
        assert len(one.reason) > 15


@pytest.mark.parametrize("one", personal_data(), ids=lambda one: f"{one.model}:{one.names[0]}")
def test_a_declaration_says_everything_the_register_asks(one) -> None:
    assert all(str(words).strip() for words in (one.activity, one.purpose, one.recipients, one.people))
    assert all(str(datum.label).strip() for datum in one.data)
    kept = [datum.name for datum in one.data if datum.fate is Fate.KEEP and not _is_link(one, datum.name)]
    if one.retention not in (Retention.RECORD, Retention.JOURNAL):
        assert kept == [], "what is not kept for archives or proof has an end"


def _is_link(one, name: str) -> bool:
    """A number that points to a person who has become a mark names nobody."""
    return model_of(one)._meta.get_field(name).is_relation
