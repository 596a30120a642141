from django.db import models
from django.utils.translation import gettext_lazy as _


class DataFile(models.Model):
    """A table of figures somebody brought: its heads and rows as text, how they are mapped, what was refused.

    It is hers alone until she takes it; the figures then stand with the name of the file and the row each came from.
    """

    class State(models.TextChoices):
        READ = "read", _("Đã đọc, chưa ghép cột")
        MAPPED = "mapped", _("Đã ghép cột, chờ nhận")
        TAKEN = "taken", _("Đã nhận số liệu")
        DROPPED = "dropped", _("Đã bỏ")

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    heads = models.JSONField()
    rows = models.JSONField()
    mapping = models.JSONField(default=dict)
    refused = models.JSONField(default=list)
    state = models.CharField(max_length=7, choices=State, default=State.READ)
    found = models.PositiveIntegerField(default=0, help_text="Số liệu đọc được theo cách ghép cột")
    taken = models.PositiveIntegerField(default=0)
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.name
