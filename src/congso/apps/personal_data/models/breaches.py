from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congso.apps.personal_data.models.kinds import DataKind, OfDataKinds
from congso.kernel.records.models import Record

BREACH = "personal_breach"


class BreachCause(models.TextChoices):
    """Kinds of incidents (public.md 7.3)."""

    LEAK = "leak", _("Lộ, lọt dữ liệu")
    INTRUSION = "intrusion", _("Xâm nhập trái phép")
    MALWARE = "malware", _("Mã độc, mã hóa tống tiền")
    INSIDER = "insider", _("Người trong nội bộ làm sai")
    LOSS = "loss", _("Mất, hỏng thiết bị, tài liệu")
    SUPPLIER = "supplier", _("Bên cung cấp dịch vụ")
    OTHER = "other", _("Nguyên nhân khác, chưa rõ")


class Breach(OfDataKinds, Record):
    """An incident with personal data. Its 72 hours run from `discovered_at`, whatever the calendar says.

    A drill is marked for good when it is opened: it has its own number series and never reports to anybody outside.
    """

    is_drill = models.BooleanField(default=False)
    discovered_at = models.DateTimeField()
    happened_at = models.DateTimeField(null=True, blank=True)
    report_due_at = models.DateTimeField()
    description = models.TextField(max_length=10000)
    data_kinds = ArrayField(models.CharField(max_length=12, choices=DataKind), default=list, blank=True)
    people_count = models.PositiveIntegerField(null=True, blank=True)
    cause = models.CharField(max_length=10, choices=BreachCause, default=BreachCause.OTHER)
    cause_text = models.TextField(max_length=5000, blank=True)
    consequences = models.TextField(max_length=5000, blank=True)
    measures = models.TextField(max_length=10000, blank=True)
    contact = models.CharField(max_length=500, blank=True, help_text="Đầu mối liên hệ khi cơ quan chuyên trách hỏi")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(happened_at__isnull=True) | Q(happened_at__lte=F("discovered_at")),
                name="a_breach_is_found_after_it_happened",
            ),
            models.CheckConstraint(
                condition=Q(report_due_at__gt=F("discovered_at")), name="a_breach_is_reported_after_it_is_found"
            ),
        ]


class BreachReport(models.Model):
    """What was reported to the competent body, in which phase, with the breach as it was known then. Never changed."""

    class Phase(models.TextChoices):
        INITIAL = "initial", _("Ban đầu")
        ADDITIONAL = "additional", _("Bổ sung")
        FINAL = "final", _("Kết thúc")

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="reports")
    phase = models.CharField(max_length=10, choices=Phase)
    addressee = models.CharField(max_length=300)
    reference = models.CharField(max_length=120, blank=True, help_text="Số, ký hiệu công văn gửi")
    known = models.JSONField(help_text="Nội dung sự cố như đã biết khi báo cáo")
    late_reason = models.TextField(max_length=2000, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    sent_by_label = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["breach"], condition=Q(phase="initial"), name="one_initial_report_a_breach")
        ]
        ordering = ["sent_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_phase_display()} {self.sent_at:%d/%m/%Y %H:%M}"


class AffectedNotice(models.Model):
    """That affected people were told: when, how many, by which means, with which words."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="notices")
    people_count = models.PositiveIntegerField()
    means = models.CharField(max_length=300)
    words = models.TextField(max_length=5000)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    told_by_label = models.CharField(max_length=300)

    class Meta:
        ordering = ["told_at", "id"]

    def __str__(self) -> str:
        return f"{self.people_count} người, {self.means}"
