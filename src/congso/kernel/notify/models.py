from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One line in a person's bell: what happened, to which record if there is one."""

    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="notices")
    record = models.ForeignKey(
        "records.Record",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Trống khi báo việc chưa có hồ sơ, như tệp bị cách ly",
    )
    text = models.CharField(max_length=300)
    sender = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=80, blank=True, help_text="Chống trùng của nhắc việc")

    class Meta:
        indexes = [models.Index(fields=["person", "-at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "record", "key"], condition=~Q(key=""), name="one_reminder_a_step"
            )
        ]

    def __str__(self) -> str:
        return self.text
