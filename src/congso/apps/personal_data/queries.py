"""What can be asked: who protects a person's data, requests, breaches, the register of processing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from congso.apps.personal_data.models import (
    Assessment,
    Breach,
    ConsentEntry,
    ConsentPurpose,
    ConsentText,
    DataExport,
    SubjectRequest,
)
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


def assessments() -> QuerySet[Assessment]:
    """Impact assessments the person sees."""
    return Assessment.objects.select_related("owner")


def unassessed_activities() -> list[Processing]:
    """Lines of the register with sensitive data that no assessment in force, or under way, covers."""
    covered = {
        name for names in assessments().filter(closed_at=None).values_list("activities", flat=True) for name in names
    }
    return [one for one in processing_register() if one.is_sensitive and one.activity not in covered]


@dataclass(frozen=True)
class Standing:
    """How one person stands to one purpose: the text in force, her last line, whether her consent counts now."""

    purpose: ConsentPurpose
    text: ConsentText
    entry: ConsentEntry | None
    is_given: bool

    @property
    def is_outdated(self) -> bool:
        """She agreed to an earlier text that no longer covers what is done."""
        return self.entry is not None and self.entry.act == ConsentEntry.Act.GIVEN and not self.is_given


def standing_of(person_id: int, purpose: ConsentPurpose) -> Standing:
    """How the person stands to the purpose now."""
    texts = list(purpose.texts.order_by("version"))
    lines = ConsentEntry.objects.filter(person_id=person_id, text__purpose=purpose)
    return _standing(purpose, texts, lines.select_related("text").order_by("-id").first())


def standings_of(person_id: int) -> list[Standing]:
    """How the person stands to every purpose that is open or that she ever answered; three queries."""
    lines: dict[int, ConsentEntry] = {}
    for entry in ConsentEntry.objects.filter(person_id=person_id).select_related("text").order_by("id"):
        lines[entry.text.purpose_id] = entry
    asked = ConsentPurpose.objects.filter(Q(closed_at=None) | Q(pk__in=list(lines))).order_by("title", "id")
    purposes = asked.select_related("organization").prefetch_related("texts")
    return [
        _standing(one, sorted(one.texts.all(), key=lambda text: text.version), lines.get(one.pk)) for one in purposes
    ]


def has_consent(person_id: int, code: str) -> bool:
    """Whether processing for this purpose stands on the person's consent now. Asked before it is done, each time."""
    purpose = ConsentPurpose.objects.filter(code=code).first()
    return purpose is not None and standing_of(person_id, purpose).is_given


def _standing(purpose: ConsentPurpose, texts: list[ConsentText], entry: ConsentEntry | None) -> Standing:
    """A consent counts from the text that was agreed to until one that asks again, if the purpose is open."""
    asked = max(text.version for text in texts if text.asks_again)
    is_given = (
        entry is not None
        and entry.act == ConsentEntry.Act.GIVEN
        and purpose.closed_at is None
        and entry.text.version >= asked
    )
    return Standing(purpose, texts[-1], entry, is_given)


def purposes() -> QuerySet[ConsentPurpose]:
    """Every purpose, open ones first."""
    return ConsentPurpose.objects.select_related("organization").order_by("closed_at", "title", "id")


def given_counts() -> dict[int, int]:
    """How many people's consent to a purpose counts now; of the purposes whose ledger the asker may read."""
    last = ConsentEntry.objects.order_by("text__purpose", "person", "-id").distinct("text__purpose", "person")
    asking = ConsentText.objects.filter(purpose=OuterRef("text__purpose"), asks_again=True).order_by("-version")
    given = ConsentEntry.objects.filter(
        pk__in=last.values("pk"), act=ConsentEntry.Act.GIVEN, text__version__gte=Subquery(asking.values("version")[:1])
    )
    return dict(given.values_list("text__purpose_id").annotate(count=Count("id")).order_by())


def ledger_of(purpose: ConsentPurpose) -> QuerySet[ConsentEntry]:
    """The lines of a purpose the asker may read, the newest first."""
    return ConsentEntry.objects.filter(text__purpose=purpose).select_related("text", "text__purpose").order_by("-id")
