from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.records.models import Record

COPY = "digital_copy"


class Need(models.TextChoices):
    """How many people look at a copy's fields."""

    ONE = "one", _("Một người kiểm tra")
    LOW = "low", _("Hai người: máy đọc không chắc")
    SAMPLE = "sample", _("Hai người: trong mẫu ngẫu nhiên")


class DigitalCopy(Record):
    """Bản số hóa of one document. On the spine: number = its symbol, title = its abstract, opened_on = the day it was
    cut, owner and unit as the batch's.

    `position` counts within its folder (within the batch without one) and names its file. `proposals` is what the
    machine read, by column: value, confidence, doubt, page, places; null while it has not looked yet.
    """

    batch = models.ForeignKey("digitization.ScanBatch", on_delete=models.PROTECT, related_name="copies")
    folder = models.ForeignKey(
        "digitization.Folder", null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    position = models.PositiveIntegerField(help_text="STT trong hồ sơ")
    type_key = models.CharField(max_length=40, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    is_undated = models.BooleanField(default=False)
    issuer = models.CharField(max_length=300, blank=True)
    signer = models.CharField(max_length=200, blank=True)
    pages = models.PositiveIntegerField(default=0)
    confidence = models.FloatField(null=True, blank=True)
    need = models.CharField(max_length=6, choices=Need, default=Need.ONE)
    proposals = models.JSONField(null=True, blank=True)
    came_from = models.CharField(max_length=300, blank=True, help_text="Đường dẫn trong lần nhập tài liệu cũ")
    signed_at = models.DateTimeField(null=True, blank=True)
    filed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["batch", "folder", "position"], name="digital_copy_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "came_from"], name="a_file_is_imported_once", condition=~Q(came_from="")
            ),
            models.CheckConstraint(condition=Q(is_undated=False) | Q(issued_on__isnull=True), name="a_day_or_none"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Check(models.Model):
    """What one person found the fields to be: the first, the second, or who settled a difference (3)."""

    copy = models.ForeignKey(DigitalCopy, on_delete=models.PROTECT, related_name="checks")
    nth = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    values = models.JSONField()
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["round", "nth"]
        constraints = [
            models.UniqueConstraint(fields=["copy", "round", "nth"], name="one_check_a_turn"),
            models.UniqueConstraint(fields=["copy", "round", "by"], name="nobody_checks_twice", condition=Q(nth__lt=3)),
        ]

    def __str__(self) -> str:
        return f"{self.copy_id}: {self.nth}"
