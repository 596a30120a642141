from django.db import models

from congso.apps.plan_board.models.plans import Plan


class Clock(models.Model):
    """A keeper's standing order: every night the plan's targets are counted with her rights, until somebody ends it."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="clock")
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()
    last_on = models.DateField(null=True, blank=True, help_text="Ngày máy đếm gần nhất")
    said = models.CharField(max_length=500, blank=True, help_text="Lần đếm gần nhất thế nào")

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.by_label}"
