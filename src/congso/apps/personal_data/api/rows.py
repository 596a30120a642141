"""What both halves of the API share."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from ninja import Schema

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.workflow.services import possible_transitions


class MadeOut(Schema):
    """The id and number given."""

    id: int
    number: str


class Rows:
    """A queryset whose asked slice alone is read and turned into answers."""

    def __init__(self, rows: QuerySet[Any], shape: Callable[[Any], dict[str, Any]]) -> None:
        self.rows, self.shape = rows, shape

    def count(self) -> int:
        return self.rows.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, place: slice) -> list[dict[str, Any]]:
        return [self.shape(row) for row in self.rows[place]]


def acts_open(request: OfficeRequest, found: Any) -> list[str]:
    """What the caller may do with the record now."""
    return [one.key for one in possible_transitions(found, held=request.principals)]
