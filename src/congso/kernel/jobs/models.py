from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """What a person sees of long work: how far it is, how it ended, what to do next."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ")
        RUNNING = "running", _("Đang chạy")
        FINISHED = "finished", _("Đã xong")
        FAILED = "failed", _("Không thành công")
        STOPPED = "stopped", _("Đã dừng")

    task = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)
    label = models.CharField(max_length=300)
    person = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=1000, blank=True)
    is_stop_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-queued_at"])]

    def __str__(self) -> str:
        return self.label
