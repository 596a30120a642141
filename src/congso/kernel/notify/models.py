from datetime import time

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.notify.rules import LABELS, NEVER_SILENT, Frequency, Kind, QuietHours, Way


class Notice(models.Model):
    """One line in a person's bell: what happened, to which record if there is one."""

    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="notices")
    record = models.ForeignKey(
        "records.Record",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Trống khi báo việc chưa có hồ sơ, như tệp bị cách ly",
    )
    kind = models.CharField(
        max_length=10, choices=[(kind.value, LABELS[kind]) for kind in Kind], db_default=Kind.MOVED.value
    )
    text = models.CharField(max_length=300)
    sender = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=80, blank=True, help_text="Chống trùng của nhắc việc")

    class Meta:
        indexes = [
            models.Index(F("person"), F("at").desc(), F("id").desc(), name="notice_newest"),
            models.Index(F("person"), F("at").desc(), F("id").desc(), condition=Q(read_at=None), name="notice_unread"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "record", "key"], condition=~Q(key=""), name="one_reminder_a_step"
            ),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="notice_kind"),
        ]

    def __str__(self) -> str:
        return self.text


class Choice(models.Model):
    """How a person wants to be told of one kind; without a row: in the portal and in her digest, if she wants one."""

    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind.value, LABELS[kind]) for kind in Kind])
    way = models.CharField(max_length=8, choices=[(way.value, way.value) for way in Way])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_choice_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="choice_kind"),
            models.CheckConstraint(condition=Q(way__in=[way.value for way in Way]), name="choice_way"),
            models.CheckConstraint(
                condition=~Q(way=Way.NONE.value, kind__in=sorted(kind.value for kind in NEVER_SILENT)),
                name="duty_is_never_silent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.way}"


class MailSettings(models.Model):
    """When a person gets her digest and when nothing comes at once; without a row: no digest, no quiet hours."""

    person = models.OneToOneField("directory.Person", primary_key=True, on_delete=models.PROTECT, related_name="+")
    frequency = models.CharField(
        max_length=6, choices=[(one.value, one.value) for one in Frequency], default=Frequency.OFF.value
    )
    hour = models.PositiveSmallIntegerField(default=7, validators=[MaxValueValidator(23)])
    quiet_from = models.TimeField(default=time(0))
    quiet_until = models.TimeField(default=time(0))

    class Meta:
        indexes = [models.Index(fields=["frequency", "hour"], condition=~Q(frequency="off"), name="digest_hour")]
        constraints = [
            models.CheckConstraint(condition=Q(hour__lte=23), name="digest_hour_of_a_day"),
            models.CheckConstraint(
                condition=Q(frequency__in=[one.value for one in Frequency]), name="digest_frequency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.frequency} {self.hour}"

    @property
    def quiet(self) -> QuietHours:
        """The hours in which nothing is sent at once."""
        return QuietHours(self.quiet_from, self.quiet_until)


class Letter(models.Model):
    """One e-mail to one person: a digest of a day, or one notice at once. Its content exists only while it is sent."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Chờ gửi")
        HANDING = "handing", _("Đang trao cho máy chủ thư")
        SENT = "sent", _("Đã gửi")
        DROPPED = "dropped", _("Không còn gì để báo")
        FAILED = "failed", _("Không gửi được")
        UNKNOWN = "unknown", _("Không rõ đã gửi hay chưa")

    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, null=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40, help_text="Mỗi khóa một thư: digest:2026-11-27, notice:12")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_letter_a_key")]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state__in=["queued", "handing"]), name="letter_open"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class PushDevice(models.Model):
    """A browser of a person that wants to be woken when something is new. What it is sent says nothing else."""

    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    endpoint = models.CharField(max_length=1000, help_text="Địa chỉ của dịch vụ đẩy do trình duyệt cấp")
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    device = models.CharField(max_length=80, help_text="Trình duyệt, hệ điều hành")
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "endpoint"], name="one_subscription_a_device")]

    def __str__(self) -> str:
        return self.device


class PushNews(models.Model):
    """Something a device has not been woken for. A row each, so that whoever tells waits for nobody's lock."""

    # No constraint: it would let the act of whoever tells fail when a device is removed in the same moment.
    device = models.ForeignKey(PushDevice, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    at = models.DateTimeField()
    is_pressing = models.BooleanField(help_text="Giờ yên tĩnh không giữ lại")
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], name="push_due")]

    def __str__(self) -> str:
        return f"{self.device_id} {self.at:%d/%m/%Y %H:%M}"
