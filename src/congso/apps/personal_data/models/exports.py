from django.db import models


class DataExport(models.Model):
    """A copy of a person's own data, made for her, kept for a day."""

    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    content = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"{self.asked_at:%d/%m/%Y %H:%M}"
