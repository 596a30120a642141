"""Django's migrations from nothing in a fifth of the time: adding to the models makes none of the others anew.

While it migrates, Django keeps a class of every model, and for each new model, index or constraint makes those of all
models related to it again, so that earlier states never see the addition. With some 250 models, most of them related
to people and records, that was most of an installation's first start. An earlier state sees nothing of a new model
but a reverse accessor, which no migration may use before the model is there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import BaseConstraint, Index


class GrowingState(ProjectState):
    """The models as of a migration; what is only added is added to the classes that are there."""

    def clone(self) -> "GrowingState":
        return _growing(super().clone())

    def add_model(self, model_state: ModelState) -> None:
        with self._keeping_classes():
            super().add_model(model_state)
        if self._has_classes():
            self.apps.render_multiple([model_state])

    def add_index(self, app_label: str, model_name: str, index: Index) -> None:
        with self._keeping_classes():
            super().add_index(app_label, model_name, index)
        self._renew_option(app_label, model_name, "indexes")

    def add_constraint(self, app_label: str, model_name: str, constraint: BaseConstraint) -> None:
        with self._keeping_classes():
            super().add_constraint(app_label, model_name, constraint)
        self._renew_option(app_label, model_name, "constraints")

    def _renew_option(self, app_label: str, model_name: str, option: str) -> None:
        """Altering a field later looks into the class to know which constraints are not the field's own."""
        if self._has_classes():
            meta = self.apps.get_model(app_label, model_name)._meta
            setattr(meta, option, self.models[app_label, model_name].options[option])

    def _has_classes(self) -> bool:
        return "apps" in self.__dict__  # the property itself would make them

    @contextmanager
    def _keeping_classes(self) -> Iterator[None]:
        """Django renders only while a state has classes."""
        apps = self.__dict__.pop("apps", None)
        yield
        if apps is not None:
            self.__dict__["apps"] = apps


class GrowingExecutor(MigrationExecutor):
    """Applies migrations over a state that grows."""

    def _create_project_state(self, *arguments: bool, **options: bool) -> GrowingState:
        return _growing(cast(Any, super())._create_project_state(*arguments, **options))


def _growing(state: ProjectState) -> GrowingState:
    grown = GrowingState(state.models, state.real_apps)
    grown.__dict__.update(state.__dict__)
    return grown
