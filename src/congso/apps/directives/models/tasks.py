from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.records.models import Record
from congso.lib.recurrences import Recurrence

RECORD_TYPE = "task"


class DeadlineKind(models.TextChoices):
    """How a task ends; every task has a deadline or says why it has none (office 6.1)."""

    FIXED = "fixed", _("Có thời hạn")
    RECURRING = "recurring", _("Định kỳ")
    AS_DIRECTED = "as_directed", _("Theo tiến độ, theo chỉ đạo")
    NONE = "none", _("Không thời hạn")


class Priority(models.IntegerChoices):
    """How pressing; urgent ones stand first."""

    NORMAL = 0, _("Thường")
    HIGH = 1, _("Quan trọng")
    URGENT = 2, _("Khẩn")


RECURRENCES = [
    (Recurrence.MONTHLY.value, "Hằng tháng"),
    (Recurrence.QUARTERLY.value, "Hằng quý"),
    (Recurrence.HALF_YEARLY.value, "Sáu tháng một lần"),
    (Recurrence.YEARLY.value, "Hằng năm"),
]


class Task(Record):
    """A task. On the spine: title = its short text, owner = the assigning organization, unit = the lead,
    opened_on = the day it was assigned, due_on = the deadline in force."""

    content = models.TextField(max_length=5000)
    product = models.CharField(max_length=500, blank=True, help_text="Sản phẩm, kết quả phải đạt")
    source_symbol = models.CharField(max_length=120, blank=True, help_text="Số, ký hiệu văn bản giao")
    clause = models.CharField(max_length=120, blank=True, help_text="Điểm, mục trong văn bản giao")
    chapter = models.CharField(max_length=200, blank=True, help_text="Nhóm nhiệm vụ trong văn bản giao")
    in_charge = models.ForeignKey(
        "directory.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Người thực hiện trong đơn vị chủ trì",
    )
    supervisor = models.ForeignKey(
        "directory.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Lãnh đạo chỉ đạo",
    )
    supervisor_label = models.CharField(max_length=300, blank=True)
    tracker = models.ForeignKey(
        "directory.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Người theo dõi, đôn đốc",
    )
    deadline_kind = models.CharField(max_length=12, choices=DeadlineKind, default=DeadlineKind.FIXED)
    first_due_on = models.DateField(null=True, blank=True, help_text="Hạn giao ban đầu, giữ khi gia hạn")
    no_deadline_reason = models.CharField(max_length=300, blank=True)
    schedule_text = models.CharField(max_length=200, blank=True, help_text="Tiến độ như ghi trong văn bản")
    recurrence = models.CharField(max_length=12, choices=RECURRENCES, blank=True)
    recurrence_start = models.DateField(null=True, blank=True)
    recurrence_end = models.DateField(null=True, blank=True)
    recurrence_day = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(31)], help_text="Ngày hạn trong tháng cuối kỳ"
    )
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NORMAL)
    progress = models.PositiveSmallIntegerField(default=0)
    result = models.TextField(max_length=3000, blank=True, help_text="Kết quả thực hiện đến nay")
    late_reason = models.CharField(max_length=1000, blank=True, help_text="Khó khăn, lý do chậm")
    reported_at = models.DateTimeField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True, help_text="Ngày đơn vị đề nghị xác nhận hoàn thành")
    completed_on = models.DateField(null=True, blank=True)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sub_tasks",
        help_text="Nhiệm vụ mà nhiệm vụ này là một phần",
    )
    above = ArrayField(
        models.BigIntegerField(),
        default=list,
        blank=True,
        help_text="Các cơ quan đã giao những nhiệm vụ cấp trên, từ cao xuống; họ đọc được nhiệm vụ này",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_is_a_percentage"),
            models.CheckConstraint(
                condition=~Q(deadline_kind="fixed") | Q(first_due_on__isnull=False), name="fixed_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(deadline_kind="none") | ~Q(no_deadline_reason=""), name="no_deadline_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(deadline_kind="recurring")
                | Q(recurrence_start__isnull=False, recurrence_end__gt=F("recurrence_start")) & ~Q(recurrence=""),
                name="recurring_has_its_periods",
            ),
        ]
        indexes = [
            models.Index(fields=["source_symbol", "chapter"]),
            models.Index(fields=["in_charge"]),
            models.Index(fields=["supervisor"]),
        ]

    def __str__(self) -> str:
        return self.title


def _plain(value: Decimal | None) -> int | Decimal | None:
    """A stored figure without the zeros the column adds: 62.400 → 62.4, 12.000 → 12."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()


class Support(models.Model):
    """A unit that works on the task with the lead; never the lead itself (a trigger holds it)."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="supports")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "organization"], name="one_support_a_unit")]

    def __str__(self) -> str:
        return str(self.organization)


class Target(models.Model):
    """A figure the task must reach; reports give its value."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="targets")
    name = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "name"], name="one_target_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def amount(self) -> int | Decimal | None:
        """The value as people write it."""
        return _plain(self.value)


class ProgressReport(models.Model):
    """What the lead reported, with the reporter's title of the day. Never changed: a new report follows."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField(max_length=5000)
    percent = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=60, blank=True, help_text="Kỳ báo cáo")
    late_reason = models.CharField(max_length=1000, blank=True)
    reporter = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    reporter_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(percent__lte=100), name="report_is_a_percentage")]
        indexes = [models.Index(fields=["task", "at"])]

    def __str__(self) -> str:
        return f"{self.percent}% · {self.text[:60]}"


class Figure(models.Model):
    """One figure of a report."""

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="figures")
    name = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=18, decimal_places=3)
    unit = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.amount} {self.unit}".strip()

    @property
    def amount(self) -> int | Decimal | None:
        """The value as people write it."""
        return _plain(self.value)


class Extension(models.Model):
    """A wish for a later deadline and what was decided; every version stays."""

    class Decision(models.TextChoices):
        PENDING = "pending", _("Chờ quyết định")
        GRANTED = "granted", _("Đồng ý")
        REFUSED = "refused", _("Không đồng ý")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="extensions")
    old_due_on = models.DateField()
    new_due_on = models.DateField()
    reason = models.CharField(max_length=2000)
    asked_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    asked_label = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.PENDING)
    decided_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_label = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(decision="pending"), name="one_wish_at_a_time"),
            models.CheckConstraint(condition=Q(new_due_on__gt=F("old_due_on")), name="extension_is_later"),
            models.CheckConstraint(
                condition=Q(decision="pending") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decision_has_its_maker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_due_on:%d/%m/%Y} → {self.new_due_on:%d/%m/%Y}"


class Occurrence(models.Model):
    """One period of a recurring task and the task opened for it; the pair is unique, so no period opens twice."""

    series = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="occurrences")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="occurrence")
    label = models.CharField(max_length=60)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "first_day"], name="one_task_a_period")]

    def __str__(self) -> str:
        return self.label


class Digest(models.Model):
    """A leader's digest of late tasks was sent that day; so a second run of the day sends none."""

    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    late = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.late}"
