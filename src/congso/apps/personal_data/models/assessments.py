from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congso.apps.personal_data.models.kinds import DataKind, OfDataKinds
from congso.kernel.records.models import Record

ASSESSMENT = "impact_assessment"


class AssessmentKind(models.TextChoices):
    """What is assessed (91/2025/QH15, 356/2025/NĐ-CP)."""

    PROCESSING = "processing", _("Xử lý dữ liệu cá nhân")
    TRANSFER = "transfer", _("Chuyển dữ liệu cá nhân xuyên biên giới")


class Assessment(OfDataKinds, Record):
    """An impact assessment of processing personal data, kept up to date as long as the processing goes on.

    The spine's `due_on` is the next limit. `is_filing_owed`: the competent body has to get this version, because the
    office's regulations say so, because it asked, or because an earlier version was sent to it.
    """

    kind = models.CharField(max_length=10, choices=AssessmentKind, default=AssessmentKind.PROCESSING)
    begun_on = models.DateField(help_text="Ngày bắt đầu xử lý")
    activities = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    purpose = models.TextField(max_length=5000)
    data_kinds = ArrayField(models.CharField(max_length=12, choices=DataKind), default=list, blank=True)
    people_count = models.PositiveIntegerField(null=True, blank=True)
    recipients = models.TextField(max_length=5000, blank=True)
    retention = models.TextField(max_length=5000, blank=True)
    measures = models.TextField(max_length=10000, blank=True)
    risks = models.TextField(max_length=10000, blank=True)
    contact = models.CharField(max_length=500, blank=True)
    is_filing_owed = models.BooleanField(default=False)
    changed_on = models.DateField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)


class AssessmentVersion(models.Model):
    """The assessment as a leader approved it or as it was found unchanged. Never changed."""

    class Reason(models.TextChoices):
        FIRST = "first", _("Lập lần đầu")
        REVISED = "revised", _("Cập nhật")
        COMPLETED = "completed", _("Hoàn thiện theo yêu cầu")
        UNCHANGED = "unchanged", _("Rà soát, không thay đổi")

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=10, choices=Reason)
    known = models.JSONField(help_text="Nội dung hồ sơ như đã duyệt")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    made_by_label = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="one_assessment_version_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_begin_with_one"),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_reason_display()}"


class AssessmentFiling(models.Model):
    """What went to the competent body and what it said. Never changed."""

    class Step(models.TextChoices):
        SENT = "sent", _("Đã gửi hồ sơ")
        ASKED = "asked", _("Yêu cầu hoàn thiện")
        ACCEPTED = "accepted", _("Đạt yêu cầu")

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="filings")
    step = models.CharField(max_length=10, choices=Step)
    version = models.PositiveIntegerField()
    body = models.CharField(max_length=300, help_text="Cơ quan chuyên trách")
    reference = models.CharField(max_length=120, blank=True, help_text="Số, ký hiệu văn bản")
    happened_on = models.DateField()
    words = models.TextField(max_length=5000, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    made_by_label = models.CharField(max_length=300)

    class Meta:
        ordering = [F("made_at").asc(), "id"]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.happened_on:%d/%m/%Y}"
