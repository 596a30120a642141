from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.indicators.models import Rhythm
from congso.kernel.indicators.periods import Frequency, Period
from congso.kernel.records.models import Record

RECORD_TYPE = "report"


class Form(models.Model):
    """A form one organization collects; its words change by versions, its code and rhythm never."""

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    owner = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    scope = models.ForeignKey(
        "directory.Organization",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Tổng hợp từ các đơn vị dưới cơ quan này",
    )
    frequency = models.CharField(max_length=1, choices=Rhythm, default=Rhythm.MONTH)
    closes_on = models.PositiveSmallIntegerField(default=0, help_text="Ngày chốt số liệu; 0: ngày cuối kỳ")
    due_working_days = models.PositiveSmallIntegerField(default=3, help_text="Hạn nộp sau ngày chốt")
    starts_on = models.DateField(help_text="Kỳ đầu tiên là kỳ có ngày này")
    stopped_on = models.DateField(null=True, blank=True)
    note = models.TextField(max_length=2000, blank=True, help_text="Căn cứ, hướng dẫn điền")

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__lte=31), name="form_closes_in_a_month"),
            models.CheckConstraint(condition=Q(due_working_days__lte=60), name="form_due_within_sixty_days"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def rhythm(self) -> Frequency:
        """Its frequency as periods know it."""
        return Frequency(self.frequency)


class FormVersion(models.Model):
    """The form's schema (rules.Schema). One may be a draft; a published one never changes."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    schema = models.JSONField()
    revision = models.PositiveIntegerField(default=1, help_text="Tăng mỗi lần lưu dự thảo")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="one_form_version_a_number"),
            models.UniqueConstraint(
                fields=["form"], condition=Q(published_at__isnull=True), name="one_draft_of_a_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} v{self.number}"


class FormUnit(models.Model):
    """A unit that reports, and to whom: up the tree, level by level, to the form's owner."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="units")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    reports_to = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    since = models.DateField(help_text="Báo cáo từ kỳ có ngày này")
    until = models.DateField(null=True, blank=True, help_text="Thôi báo cáo từ ngày này")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "organization"], condition=Q(until__isnull=True), name="a_unit_reports_to_one"
            ),
            models.CheckConstraint(condition=~Q(organization=models.F("reports_to")), name="nobody_reports_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} → {self.reports_to}"


class Report(Record):
    """One unit's report for one period. On the spine: owner = to whom, unit = who reports, due_on = the deadline."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="reports")
    version_of_form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="reports")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    submitted_on = models.DateField(null=True, blank=True, help_text="Ngày gửi lần đầu")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "organization", "first_day"], name="one_report_a_unit_a_period")
        ]
        indexes = [models.Index(fields=["form", "first_day"], name="reports_of_a_period")]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        """Which period it is about (asks the form)."""
        return Period(self.first_day, self.form.rhythm)

    @property
    def is_late(self) -> bool:
        """Sent after the deadline; not sent yet is judged by the deadline itself."""
        return bool(self.submitted_on and self.due_on and self.submitted_on > self.due_on)


class Means(models.TextChoices):
    """How a cell was filled."""

    TYPED = "typed", _("Nhập trên trang")
    EXCEL = "excel", _("Nhập từ tệp Excel")
    CARRIED = "carried", _("Lấy từ kỳ trước")
    SHARED = "shared", _("Lấy từ số liệu đã có")
    COUNTED = "counted", _("Hệ thống tự đếm")
    SETTLED = "settled", _("Chọn khi hai người ghi khác nhau")


class Entry(models.Model):
    """What was put into a cell, never changed: the latest that is not contested stands.

    A contested one was written by somebody who had not seen the latest; it waits beside it until somebody settles it
    (a later entry of the cell). A number cell keeps in `text` what was written, in `number` what it means (empty when
    it is no number).
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="entries")
    key = models.CharField(max_length=130)
    text = models.TextField(blank=True)
    number = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    means = models.CharField(max_length=8, choices=Means, default=Means.TYPED)
    words = models.CharField(max_length=500, blank=True, help_text="Lấy từ đâu")
    is_contested = models.BooleanField(default=False)
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["report", "key", "-id"], name="entries_of_a_cell")]

    def __str__(self) -> str:
        return f"{self.key}: {self.text[:40]}"


class Remark(models.Model):
    """What the receiver says about a cell (or, without key, about the whole) when sending a report back."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="remarks")
    key = models.CharField(max_length=130, blank=True)
    text = models.CharField(max_length=1000)
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["report", "id"], name="remarks_of_a_report")]

    def __str__(self) -> str:
        return self.text[:60]


class Sheet(models.Model):
    """An Excel file somebody brought back: what it would change, until she takes it or leaves it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sheets")
    name = models.CharField(max_length=200)
    cells: Any = models.JSONField(help_text="Ô → điều ghi trong tệp")
    seen: Any = models.JSONField(help_text="Ô → lần ghi mà tệp đã thấy khi tải xuống")
    notes: Any = models.JSONField(default=list)
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A document drafted from a period added up: what the receiver said of it stays one step from its figures."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="papers")
    first_day = models.DateField()
    chart_day = models.DateField(help_text="Sơ đồ tổ chức theo ngày này")
    document = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["form", "first_day"], name="papers_of_a_period")]

    def __str__(self) -> str:
        return f"{self.form_id} {self.first_day:%d/%m/%Y}"
