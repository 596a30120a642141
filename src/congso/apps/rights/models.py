from datetime import date

from django.db import models
from django.db.models import F, Q


class Campaign(models.Model):
    """The review of one quarter: every organization with posts confirms or revokes what its people hold."""

    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    reminded_on = models.DateField(null=True, help_text="Ngày nhắc gần nhất")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "quarter"], name="one_review_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="four_quarters"),
        ]

    def __str__(self) -> str:
        return f"quý {self.quarter}/{self.year}"

    def is_overdue(self, day: date) -> bool:
        """Whether the deadline has passed on the day."""
        return day > self.due_on


class Verdict(models.TextChoices):
    """What the unit's leader says of one right."""

    KEEP = "keep", "Giữ"
    REVOKE = "revoke", "Thu hồi"


class Decision(models.Model):
    """What was decided about one right in a review, in the words of its day.

    `done_at` stays empty while a revocation waits for an administrator to carry it out.
    """

    class Kind(models.TextChoices):
        ASSIGNMENT = "assignment", "Chức vụ"
        DELEGATION = "delegation", "Người thay"
        GRANT = "grant", "Vai trò"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="decisions")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    target_id = models.BigIntegerField()
    words = models.CharField(max_length=500)
    verdict = models.CharField(max_length=6, choices=Verdict)
    note = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    done_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organization", "kind", "target_id"], name="one_decision_about_a_right"
            ),
            models.CheckConstraint(condition=~Q(verdict="revoke", note=""), name="a_revocation_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.words


class UnitReview(models.Model):
    """An organization's review is confirmed: every right on its list has a decision. What it held then is kept."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="reviews")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    confirmed_label = models.CharField(max_length=300)
    confirmed_at = models.DateTimeField()
    kept = models.PositiveIntegerField()
    revoked = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "organization"], name="one_review_an_organization"),
        ]
        ordering = [F("confirmed_at").desc()]

    def __str__(self) -> str:
        return f"{self.organization}, {self.campaign}"
