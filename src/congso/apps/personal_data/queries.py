"""What can be asked: who protects a person's data, requests, breaches, the register of processing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from congso.apps.personal_data.models import Breach, DataExport, SubjectRequest
from congso.apps.personal_data.rules import Clock, breach_clock
from congso.kernel.directory.models import Function, Organization, Post, valid_on
from congso.kernel.directory.queries import assignments_of
from congso.kernel.personal.declared import model_of, personal_data
from congso.lib.personal import BASIS_WORDS, FATE_WORDS, RETENTION_WORDS, Category, PersonalData


@dataclass(frozen=True)
class Processing:
    """One line of the register of processing, in words."""

    activity: str
    people: str
    purpose: str
    basis: str
    data: list[tuple[str, bool]]
    recipients: str
    retention: str
    ends: str
    place: str

    @property
    def is_sensitive(self) -> bool:
        """Whether sensitive data is among it."""
        return any(sensitive for _, sensitive in self.data)


def processing_register() -> list[Processing]:
    """The register of processing, from the declarations beside the models: a line an activity; no query."""
    lines: dict[tuple[str, ...], list[PersonalData]] = {}
    for one in personal_data():
        told = (one.activity, one.people, one.purpose, BASIS_WORDS[one.basis], one.recipients)
        key = (*map(str, told), str(RETENTION_WORDS[one.retention]))
        lines.setdefault(key, []).append(one)
    return [_processing(key, found) for key, found in lines.items()]


def _processing(words: tuple[str, ...], found: list[PersonalData]) -> Processing:
    activity, people, purpose, basis, recipients, retention = words
    data = [datum for one in found for datum in one.data]
    return Processing(
        activity=activity,
        people=people,
        purpose=purpose,
        basis=basis,
        data=list(dict.fromkeys((str(datum.label), datum.category is Category.SENSITIVE) for datum in data)),
        recipients=recipients,
        retention=retention,
        ends="; ".join(dict.fromkeys(str(FATE_WORDS[datum.fate]) for datum in data)),
        place=", ".join(dict.fromkeys(model_of(one)._meta.db_table for one in found)),
    )


def protecting_unit(person_id: int, day: date) -> Organization | None:
    """Who answers for a person's data: the nearest body at or above her posts with a post that protects data.

    A committee's office counts as the committee's. Without such a post above her, the first of the installation;
    without any, the highest body above her, whose leaders then answer. None for who holds no post where nobody
    protects data.
    """
    protecting = _protecting_units(day)
    held = [one.post.organization for one in assignments_of(person_id, day)]
    ways = [list(_upwards(one)) for one in held]
    for way in ways:
        for body in way:
            for unit in protecting:
                if body.pk in (unit.pk, unit.serves_id):
                    return unit
    return next(iter(protecting), None) or next((way[-1] for way in ways), None)


def _protecting_units(day: date) -> list[Organization]:
    posts = Post.objects.filter(valid_on(day), functions__contains=[Function.DATA_PROTECTION])
    found = Organization.objects.filter(valid_on(day), pk__in=posts.values("organization"))
    return list(found.order_by("name_key", "id"))


def _upwards(body: Organization) -> Iterable[Organization]:
    above: Organization | None = body
    while above is not None:
        yield above
        above = above.parent


def requests() -> QuerySet[SubjectRequest]:
    """Requests the person sees: her own, and those she answers."""
    return SubjectRequest.objects.select_related("owner", "subject")


def breaches() -> QuerySet[Breach]:
    """Breaches the person sees."""
    return Breach.objects.select_related("owner")


def clock_of(breach: Breach, now: datetime) -> Clock:
    """The countdown of a breach, by the hours in force when it was found."""
    hours = int((breach.report_due_at - breach.discovered_at).total_seconds() // 3600)
    return breach_clock(breach.discovered_at, now, hours=hours)


def exports_of(person_id: int, now: datetime) -> QuerySet[DataExport]:
    """Copies of her own data a person can still take, the latest first."""
    found = DataExport.objects.filter(person=person_id, expires_at__gt=now).defer("content")
    return found.select_related("job").order_by("-asked_at")
