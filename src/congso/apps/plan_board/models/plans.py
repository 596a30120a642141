from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.records.models import Record

PLAN = "plan"


class ItemKind(models.TextChoices):
    """What an item of a plan is."""

    GOAL = "goal", _("Mục tiêu")
    TARGET = "target", _("Chỉ tiêu")
    SOLUTION = "solution", _("Giải pháp, nhóm nhiệm vụ")
    TASK = "task", _("Nhiệm vụ")


class MeasuredBy(models.TextChoices):
    """Where a target's figures come from."""

    MEASURE = "measure", _("Hệ thống tự đếm")
    INDICATOR = "indicator", _("Chỉ tiêu báo cáo")
    PERSON = "person", _("Người ghi, kèm căn cứ")


class Direction(models.TextChoices):
    """On which side of the milestone a target is reached."""

    AT_LEAST = "at_least", _("Đạt từ mức này trở lên")
    AT_MOST = "at_most", _("Không vượt mức này")


class Plan(Record):
    """A plan.

    On the spine: number = its symbol, title = its abstract, owner = the committee that issued it,
    unit = the standing unit, opened_on = the day it was issued. `document`: the paper it is, where the portal has it.
    """

    document = models.ForeignKey("records.Record", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    basis = models.CharField(max_length=1000, blank=True, help_text="Căn cứ")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="a_plan_ends_later")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Item(models.Model):
    """One item of a plan's tree. Dropped items stay, with the figures they had.

    A target says how it is measured: `measure` names a declared measure, `indicator` the code of an indicator.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="items")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=ItemKind)
    code = models.CharField(max_length=40, blank=True, help_text="Ký hiệu của mục trong kế hoạch")
    text = models.CharField(max_length=2000)
    clause = models.CharField(max_length=120, blank=True, help_text="Điểm, mục trong văn bản")
    unit = models.ForeignKey(
        "directory.Organization",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Đơn vị đầu mối",
    )
    schedule_text = models.CharField(max_length=200, blank=True, help_text="Thời gian như ghi trong kế hoạch")
    measured_by = models.CharField(max_length=9, choices=MeasuredBy, blank=True)
    measure = models.CharField(max_length=60, blank=True)
    indicator = models.CharField(max_length=60, blank=True)
    figure_unit = models.CharField(max_length=40, blank=True, default="%")
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.AT_LEAST)
    method = models.CharField(max_length=1000, blank=True, help_text="Cách tính")
    is_dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["plan", "parent", "position"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="target") & ~Q(measured_by="") | ~Q(kind="target") & Q(measured_by=""),
                name="targets_alone_are_measured",
            ),
            models.CheckConstraint(
                condition=~Q(measured_by="measure") | ~Q(measure=""), name="a_counted_target_names_its_measure"
            ),
            models.CheckConstraint(
                condition=~Q(measured_by="indicator") | ~Q(indicator=""), name="a_reported_target_names_its_indicator"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()


class Milestone(models.Model):
    """By the day the target must have this value."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="milestones")
    due_on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=3)

    class Meta:
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint(fields=["item", "due_on"], name="one_milestone_a_day")]

    def __str__(self) -> str:
        return f"{self.due_on:%d/%m/%Y}: {self.value}"


class Figure(models.Model):
    """A target's value as of a day, with what it was counted from. Never changed: a correction follows it.

    `numerator` of `denominator` where something was counted; `url` opens what was counted, under the reader's own
    rights; `scope` says in words what the counter could see; `evidence` is the record that proves a typed value.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="figures")
    day = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=3)
    numerator = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=3, null=True, blank=True)
    origin = models.CharField(max_length=9, choices=MeasuredBy)
    url = models.CharField(max_length=500, blank=True)
    scope = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=2000, blank=True, help_text="Căn cứ của số liệu")
    evidence = models.ForeignKey("records.Record", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["day", "id"]
        indexes = [models.Index(fields=["item", "day", "id"])]
        constraints = [
            models.CheckConstraint(condition=~Q(origin="person") | ~Q(note=""), name="a_typed_figure_has_its_evidence"),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=Decimal(0)), name="nothing_is_shared_by_none"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.value}"
