from django.db import models
from django.db.models import Q

from congso.apps.plan_board.models.plans import Item, Plan


class Matter(models.Model):
    """What the steering committee is asked to decide, and what it decided."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="matters")
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="matters")
    text = models.CharField(max_length=2000)
    raised_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    raised_label = models.CharField(max_length=300)
    raised_at = models.DateTimeField()
    decision = models.CharField(max_length=2000, blank=True)
    decided_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_label = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["raised_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | ~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="a_decision_is_whole",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Pack(models.Model):
    """The papers of one monthly meeting, with all they say as it stood; a later edition never rewrites an earlier."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="packs")
    month = models.DateField(help_text="Ngày đầu tháng")
    edition = models.PositiveSmallIntegerField()
    meeting_on = models.DateField()
    content = models.JSONField()
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-month", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "month", "edition"], name="one_pack_an_edition"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_begins_on_its_first"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y} ({self.edition})"
