"""What auditors narrow the journal by, read from the address."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from unicodedata import normalize

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from congso.kernel.directory.finding import find_organizations, find_people, typed_words
from congso.kernel.directory.models import Organization, Person
from congso.kernel.journal.models import Entry
from congso.kernel.web.filters import read_date

_NUMBERED = re.compile(r"#(\d{1,18})(?!\d).*")
MOST = 12
LARGEST = 2**63 - 1


@dataclass
class Choice:
    """Somebody or something named in words: the one meant, or those it may mean."""

    typed: str = ""
    id: int | None = None
    words: str = ""
    options: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether something was typed that does not say who or what is meant."""
        return bool(self.typed) and self.id is None


@dataclass
class Narrowing:
    """The question an auditor puts to the journal."""

    since: date | None
    until: date | None
    organization: Choice
    person: Choice
    act: str
    record: int | None

    @classmethod
    def of(cls, params: QueryDict) -> Self:
        """Read the address; what cannot be read narrows nothing. At most four queries."""
        record = params.get("ho-so", "").strip().lstrip("#")
        return cls(
            since=read_date(params.get("tu", "")),
            until=read_date(params.get("den", "")),
            organization=_organization(_clean(params.get("to-chuc", ""))),
            person=_person(_clean(params.get("nguoi", ""))),
            act=_clean(params.get("viec", ""))[:80],
            record=int(record) if re.fullmatch(r"[0-9]{1,18}", record) else None,
        )

    @property
    def is_open(self) -> bool:
        """Whether the auditor must first choose who or what is meant."""
        return self.organization.is_open or self.person.is_open

    @property
    def is_active(self) -> bool:
        """Whether anything narrows."""
        asked = (self.since, self.until, self.organization.typed, self.person.typed, self.act, self.record)
        return any(value not in (None, "") for value in asked)

    def apply(self) -> QuerySet[Entry]:
        """The lines that answer; none while it is open whom or what is meant."""
        if self.is_open:
            return Entry.objects.none()
        wanted: dict[str, Any] = {
            "at__gte": self.since and _begin(self.since),
            "at__lt": self.until and _begin(self.until) + timedelta(days=1),
            "organization_id": self.organization.id,
            "actor": None if self.person.id is None else f"person:{self.person.id}",
            "act": self.act or None,
            "record_id": self.record,
        }
        return Entry.objects.filter(**{name: value for name, value in wanted.items() if value is not None})


def _clean(text: str) -> str:
    return normalize("NFC", text).replace("\x00", "").strip()[:200]


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _organization(typed: str) -> Choice:
    words = typed_words(typed)
    if words in (["he", "thong"], ["0"]) or typed.startswith("#0 "):
        return Choice(typed, 0, _("Hệ thống"))
    numbered = _NUMBERED.fullmatch(typed)
    if numbered:
        found = Organization.objects.filter(pk=min(int(numbered[1]), LARGEST))
        return _chosen(typed, [(one.pk, one.name) for one in found])
    if not words:
        return Choice(typed)
    by_code = [(one.pk, one.name) for one in Organization.objects.filter(code=typed)]
    named = find_organizations(typed, day=timezone.localdate(), most=MOST) if not by_code else []
    return _chosen(typed, by_code or [(one.pk, one.name) for one in named])


def _person(typed: str) -> Choice:
    numbered = _NUMBERED.fullmatch(typed)
    if numbered:
        found = Person.objects.filter(pk=min(int(numbered[1]), LARGEST))
        return _chosen(typed, [(one.pk, one.full_name) for one in found])
    if not typed_words(typed):
        return Choice(typed)
    return _chosen(typed, [(one.pk, one.full_name) for one in find_people(typed, most=MOST)])


def _chosen(typed: str, found: list[tuple[int, str]]) -> Choice:
    if len(found) == 1:
        return Choice(typed, *found[0])
    return Choice(typed, options=found)
