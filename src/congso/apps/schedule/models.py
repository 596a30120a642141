from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.records.models import Record

RECORD_TYPE = "schedule_entry"


class ThingKind(models.TextChoices):
    """What can be booked."""

    ROOM = "room", _("Phòng họp")
    VEHICLE = "vehicle", _("Xe")
    EQUIPMENT = "equipment", _("Thiết bị")
    INTERPRETER = "interpreter", _("Phiên dịch")


class Thing(models.Model):
    """Something one entry at a time can have. Out of use it stays, for the entries that had it."""

    kind = models.CharField(max_length=11, choices=ThingKind, default=ThingKind.ROOM)
    name = models.CharField(max_length=200)
    owner = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Số chỗ")
    note = models.CharField(max_length=300, blank=True)
    is_in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ["kind", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["owner", "kind", "name"], name="a_thing_is_listed_once")]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """How entries come back; each of them is an entry of its own."""

    rhythm = models.CharField(max_length=16)
    every = models.PositiveSmallIntegerField(default=1)
    weekdays: Any = models.JSONField(default=list)
    until = models.DateField()
    on_day_off = models.CharField(max_length=4)
    made_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(every__gte=1, every__lte=99), name="a_series_comes_back"),
        ]

    def __str__(self) -> str:
        return f"{self.rhythm} × {self.every}"


class Entry(Record):
    """One entry. On the spine: owner = whose calendar, unit = who proposes and prepares, opened_on = its first day."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    chair = models.ForeignKey(
        "directory.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Chủ trì"
    )
    chair_label = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300, blank=True)
    content = models.TextField(max_length=3000, blank=True)
    documents_note = models.CharField(max_length=500, blank=True)
    online_url = models.URLField(max_length=500, blank=True)
    is_private = models.BooleanField(default=False)
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    changes_told = models.PositiveSmallIntegerField(default=0, help_text="Số lần thay đổi sau khi duyệt")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="an_entry_ends_after_it_begins")
        ]
        indexes = [
            models.Index(fields=["starts_at", "ends_at"], name="entries_by_time"),
            models.Index(fields=["chair"], name="entries_by_chair"),
        ]

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """Who takes part: a person, whoever holds a post, or a unit. `label`: as called on the day it was written."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("directory.Post", null=True, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=300)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(post__isnull=False) | Q(organization__isnull=False),
                name="a_participant_is_somebody",
            )
        ]
        indexes = [
            models.Index(fields=["person"], name="participants_by_person"),
            models.Index(fields=["organization"], name="participants_by_unit"),
        ]

    def __str__(self) -> str:
        return self.label


def _same(key: str) -> tuple[Func, str]:
    """Equality as overlap of ranges of one number: GiST of plain numbers needs an extension that is not there."""
    return Func(key, key, template="int8range(%(expressions)s, '[]')"), RangeOperators.OVERLAPS


class Claim(models.Model):
    """That an entry takes a person's or a thing's time. Firm once the entry is approved.

    The words of the entry are not here: others see somebody as busy, not with what. `is_accepted`: somebody knows that
    the person is elsewhere as well, and said why (`Acceptance`); a thing is never in two places.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="claims")
    person = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    thing = models.ForeignKey(Thing, null=True, on_delete=models.PROTECT, related_name="claims")
    during: Any = DateTimeRangeField()
    is_firm = models.BooleanField(default=False)
    is_accepted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, thing__isnull=True)
                | Q(person__isnull=True, thing__isnull=False, is_accepted=False),
                name="a_claim_is_of_one",
            ),
            ExclusionConstraint(
                name="a_thing_is_in_one_place",
                expressions=[_same("thing"), ("during", RangeOperators.OVERLAPS)],
                condition=Q(is_firm=True, thing__isnull=False),
            ),
            ExclusionConstraint(
                name="a_person_is_in_one_place",
                expressions=[_same("person"), ("during", RangeOperators.OVERLAPS)],
                condition=Q(is_firm=True, is_accepted=False, person__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["entry"], name="claims_of_an_entry")]

    def __str__(self) -> str:
        return f"{self.person_id or self.thing_id}: {self.during}"


class Acceptance(models.Model):
    """Why an entry was approved although somebody is elsewhere at that time; never altered."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="acceptances")
    conflicts: Any = models.JSONField(help_text="Ai, giờ nào")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="an_acceptance_has_a_reason")]

    def __str__(self) -> str:
        return self.reason[:60]


class EntryChange(models.Model):
    """One change of an approved entry, never altered: what was, what is, why, who."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="changes")
    before: Any = models.JSONField(default=dict)
    after: Any = models.JSONField(default=dict)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="an_entry_change_has_a_reason")]

    def __str__(self) -> str:
        return self.reason[:60]
