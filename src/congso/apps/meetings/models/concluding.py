from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.apps.meetings.models.attending import Participant
from congso.apps.meetings.models.items import Item
from congso.apps.meetings.models.meetings import Meeting


class Handling(models.TextChoices):
    """What became of a remark on the minutes."""

    OPEN = "open", _("Chưa xem xét")
    TAKEN = "taken", _("Tiếp thu")
    EXPLAINED = "explained", _("Giải trình, không tiếp thu")


class Remark(models.Model):
    """What a participant says about the minutes before they are confirmed; the secretary answers each."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="remarks")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=3000)
    at = models.DateTimeField()
    handling = models.CharField(max_length=9, choices=Handling, default=Handling.OPEN)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(handling="explained") | ~Q(answer=""), name="a_refusal_is_explained")
        ]
        indexes = [models.Index(fields=["meeting", "id"], name="remarks_on_minutes")]

    def __str__(self) -> str:
        return self.text[:60]


class Conclusion(models.Model):
    """One point of the chair's conclusion: becomes a task with lead and day, or says why there is none to give."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="conclusions")
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="conclusions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=5000)
    lead = models.ForeignKey(
        "directory.Organization", null=True, on_delete=models.PROTECT, related_name="+", help_text="Cơ quan chủ trì"
    )
    due_on = models.DateField(null=True, blank=True)
    product = models.CharField(max_length=500, blank=True, help_text="Sản phẩm")
    no_task_reason = models.CharField(max_length=500, blank=True, help_text="Vì sao không giao việc")
    task = models.ForeignKey("records.Record", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lead__isnull=False, due_on__isnull=False, no_task_reason="")
                | Q(lead__isnull=True, due_on__isnull=True) & ~Q(no_task_reason=""),
                name="a_conclusion_is_given_or_says_why_not",
            ),
            models.UniqueConstraint(fields=["meeting", "position"], name="one_conclusion_a_place"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_settled(self) -> bool:
        """Whether its task is given, or none is to be."""
        return bool(self.no_task_reason) or self.task_id is not None
