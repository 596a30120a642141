from django.db import models
from django.db.models import Q

from congso.apps.analytics.models.dashboards import Dashboard


class PublicEdition(models.Model):
    """A dashboard as it was told to everybody on a day: figures as values, small ones left out, nothing that opens.

    A new edition takes the place of the one before; an old one stays, withdrawn. Who published stands in the journal.
    """

    board = models.ForeignKey(Dashboard, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    words = models.CharField(max_length=1000, blank=True)
    owner_name = models.CharField(max_length=300)
    counted_on = models.DateField()
    least = models.PositiveSmallIntegerField(help_text="Ô dưới số này không hiện")
    content = models.JSONField(help_text="Câu trả lời như đã công bố")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="one_public_edition_a_number"),
            models.UniqueConstraint(
                fields=["board"], condition=Q(withdrawn_at__isnull=True), name="one_public_edition_stands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"
