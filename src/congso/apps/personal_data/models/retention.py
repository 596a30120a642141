from django.db import models
from django.db.models import F, Q


class Hold(models.Model):
    """Data of a person that must stay: a dispute, an inspection, a request. Meanwhile it is not anonymised."""

    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    placed_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="hold_validity"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_hold_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.reason


class Anonymisation(models.Model):
    """The proposal that a person's data is no longer needed, and what became of it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Đề nghị"
        DONE = "done", "Đã ẩn danh"
        KEPT = "kept", "Giữ lại"

    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.PROTECT, related_name="+", help_text="Nơi công tác cuối cùng"
    )
    left_on = models.DateField()
    due_on = models.DateField(help_text="Từ ngày này không còn cần giữ")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, help_text="Số dòng đã xóa, thay theo nơi lưu")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="proposed"), name="one_open_anonymisation_a_person"
            )
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.get_state_display()}"
