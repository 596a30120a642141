"""All declarations of all installed packages."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import Model

from congso.lib.personal import NotPersonal, PersonalData


@cache
def personal_data() -> tuple[PersonalData, ...]:
    """Everything kept about people, in the order of the packages."""
    return tuple(one for one in _all() if isinstance(one, PersonalData))


@cache
def not_personal() -> tuple[NotPersonal, ...]:
    """What looks like personal data and is not."""
    return tuple(one for one in _all() if isinstance(one, NotPersonal))


def model_of(declared: PersonalData | NotPersonal) -> type[Model]:
    """The model a declaration speaks of."""
    return apps.get_model(declared.model)


def _all() -> list[Any]:
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("congso.")]
    found: list[Any] = []
    for name in sorted(names, key=lambda one: (".apps." in one, one)):
        if find_spec(f"{name}.personal"):
            found.extend(import_module(f"{name}.personal").PERSONAL_DATA)
    return found
