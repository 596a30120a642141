"""What a list can be narrowed by: each filter reads the address, narrows the query and says so in words."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from unicodedata import normalize

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.types import Words

Choices = Sequence[tuple[str, Words]]
DATE_FORMS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d/%m/%y", "%d%m%Y")


def read_date(text: str) -> date | None:
    """A day as people type it (5/2/2026, 05-02-2026, 05022026) or as a browser sends it, else None."""
    for form in DATE_FORMS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


@dataclass(frozen=True)
class BoundFilter:
    """A filter as this request shows it: its value, its words when it is active, what it can be set to."""

    filter: "Filter"
    value: Any
    words: str
    choices: Choices = ()

    @property
    def is_active(self) -> bool:
        """Whether it narrows the list now."""
        return bool(self.words)


@dataclass(frozen=True)
class Filter(ABC):
    """One question put to a list; its `key` is its name in the address."""

    key: str
    label: Words
    template: str = field(default="", init=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The address parameters it reads."""
        return (self.key,)

    @abstractmethod
    def bind(self, params: QueryDict, request: OfficeRequest) -> BoundFilter:
        """Read the address; an unknown value is treated as none."""

    @abstractmethod
    def apply(self, queryset: QuerySet[Any], value: Any, request: OfficeRequest) -> QuerySet[Any]:
        """Narrow the query to the value."""


@dataclass(frozen=True)
class TextFilter(Filter):
    """Every typed word occurs in one of the fields, upper or lower case alike."""

    fields: tuple[str, ...] = ("number", "title")
    narrow: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    template: str = field(default="web/filters/_text.html", init=False)

    def bind(self, params: QueryDict, request: OfficeRequest) -> BoundFilter:
        value = normalize("NFC", params.get(self.key, ""))[:200].replace("\x00", "").strip()
        return BoundFilter(self, value, f"{self.label}: “{value}”" if value else "")

    def apply(self, queryset: QuerySet[Any], value: Any, request: OfficeRequest) -> QuerySet[Any]:
        if self.narrow:
            return self.narrow(queryset, value)
        for word in re.split(r"\s+", value)[:10]:
            found = Q()
            for name in self.fields:
                found |= Q(**{f"{name}__icontains": word})
            queryset = queryset.filter(found)
        return queryset


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """One of a few values: `lookup` names the field, or `narrow` knows what the value means."""

    lookup: str = ""
    choices: Choices | Callable[[OfficeRequest], Iterable[tuple[str, Words]]] = ()
    narrow: Callable[[QuerySet[Any], str, OfficeRequest], QuerySet[Any]] | None = None
    template: str = field(default="web/filters/_choice.html", init=False)

    def bind(self, params: QueryDict, request: OfficeRequest) -> BoundFilter:
        offered = self.choices(request) if callable(self.choices) else self.choices
        choices = tuple((str(value), label) for value, label in offered)
        value = params.get(self.key, "")
        label = dict(choices).get(value)
        if not value or label is None:
            return BoundFilter(self, "", "", choices)
        return BoundFilter(self, value, f"{self.label}: {label}", choices)

    def apply(self, queryset: QuerySet[Any], value: Any, request: OfficeRequest) -> QuerySet[Any]:
        if self.narrow:
            return self.narrow(queryset, value, request)
        return queryset.filter(**{self.lookup or self.key: value})


@dataclass(frozen=True)
class DateFilter(Filter):
    """From a day to a day, both included; either may be left open."""

    lookup: str = ""
    is_moment: bool = False
    template: str = field(default="web/filters/_dates.html", init=False)

    @property
    def names(self) -> tuple[str, ...]:
        return (f"{self.key}_from", f"{self.key}_to")

    def bind(self, params: QueryDict, request: OfficeRequest) -> BoundFilter:
        start, end = (read_date(params.get(name, "")) for name in self.names)
        shown = [date_format(day, "d/m/Y") if day else "" for day in (start, end)]
        if not (start or end):
            return BoundFilter(self, (None, None), "")
        words = [f"{_('từ')} {shown[0]}" if start else "", f"{_('đến')} {shown[1]}" if end else ""]
        return BoundFilter(self, (start, end), f"{self.label} {' '.join(words).strip()}")

    def apply(self, queryset: QuerySet[Any], value: Any, request: OfficeRequest) -> QuerySet[Any]:
        start, end = value
        name = f"{self.lookup or self.key}{'__date' if self.is_moment else ''}"
        if start:
            queryset = queryset.filter(**{f"{name}__gte": start})
        if end:
            queryset = queryset.filter(**{f"{name}__lte": end})
        return queryset
