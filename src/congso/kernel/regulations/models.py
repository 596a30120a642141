from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.directory.models import Person


class Trust(models.TextChoices):
    """How sure we are of what the law says."""

    VERIFIED = "V", _("Đã đọc văn bản")
    SECONDARY = "S", _("Nguồn thứ cấp")
    UNVERIFIED = "U", _("Chưa kiểm chứng")


class Parameter(models.Model):
    """One version of one number (or list, or word) a rule needs, in force for a period."""

    key = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    value = models.JSONField()
    unit = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    clause = models.CharField(max_length=200, blank=True)
    trust = models.CharField(max_length=1, choices=Trust)
    note = models.TextField(blank=True)
    confirmed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="parameter_validity",
            ),
            models.UniqueConstraint(fields=["key", "valid_from"], name="one_parameter_starts_a_day"),
            models.UniqueConstraint(fields=["key"], condition=Q(valid_to__isnull=True), name="one_open_parameter"),
            models.CheckConstraint(condition=Q(trust__in=Trust.values), name="parameter_trust"),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} ({self.valid_from:%d/%m/%Y})"


class CalendarYear(models.Model):
    """A year whose days off are known or proposed, with the notice that fixes them."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    notice = models.CharField(max_length=300, blank=True)
    trust = models.CharField(max_length=1, choices=Trust)
    note = models.TextField(blank=True)
    confirmed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(trust__in=Trust.values), name="calendar_year_trust"),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def is_confirmed(self) -> bool:
        """Whether deadlines of this year are certain: the notice was read, or an administrator vouches."""
        return self.trust == Trust.VERIFIED or self.confirmed_at is not None


class CalendarDay(models.Model):
    """A day that differs from the ordinary week, or (`ordinary`) was once thought to."""

    class Kind(models.TextChoices):
        OFF = "off", _("Ngày nghỉ")
        WORKING = "working", _("Ngày làm việc (hoán đổi)")
        ORDINARY = "ordinary", _("Như ngày thường")

    day = models.DateField(primary_key=True)
    year = models.ForeignKey(CalendarYear, on_delete=models.PROTECT, related_name="days")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=120)
    notice = models.CharField(max_length=300, blank=True)
    trust = models.CharField(max_length=1, choices=Trust)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(trust__in=Trust.values), name="calendar_day_trust"),
            models.CheckConstraint(condition=Q(kind__in=["off", "working", "ordinary"]), name="calendar_day_kind"),
            models.CheckConstraint(condition=Q(day__year=F("year_id")), name="calendar_day_in_its_year"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class Revision(models.Model):
    """One row whose token changes with every change above, so processes know when their copy is old."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField(db_default=RandomUUID())

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_regulations_revision")]

    def __str__(self) -> str:
        return str(self.token)
