"""What the machine read out of a document, and what people made of it before any of it became a task."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.apps.directives.models.tasks import RECURRENCES, DeadlineKind


@dataclass(frozen=True)
class Mention:
    """A unit as the paper writes it and the organizations it stands for.

    Of a group (“các đảng ủy xã, phường”) `organizations` are its members and `group` its name. Without
    organizations `reason` says in Vietnamese why nobody was recognised; with them what should be known about it
    (an earlier name, an abbreviation).
    """

    written: str
    organizations: tuple[int, ...] = ()
    group: str = ""
    reason: str = ""

    @property
    def is_resolved(self) -> bool:
        return bool(self.organizations)

    @property
    def is_group(self) -> bool:
        return len(self.organizations) > 1

    def as_json(self) -> dict[str, Any]:
        """As the database keeps it."""
        return asdict(self) | {"organizations": list(self.organizations)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """As the database kept it."""
        return cls(**{**kept, "organizations": tuple(kept["organizations"])})


class PlanReading(models.Model):
    """One reading of a document's tasks on behalf of an assigning organization; `previous` is the reading it amends.

    `pages` lists what can be looked at, a page each: [attachment, page in it, width, height], sizes in points.
    """

    class State(models.TextChoices):
        READING = "reading", _("Đang đọc")
        READY = "ready", _("Chờ xác nhận")
        FAILED = "failed", _("Chưa đọc được")
        FINISHED = "finished", _("Đã giao xong")

    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    asked_label = models.CharField(max_length=300)
    at = models.DateTimeField()
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    engine_note = models.CharField(max_length=500, blank=True, help_text="Đọc từ tệp nào, bao nhiêu trang, bao lâu")
    message = models.CharField(max_length=1000, blank=True, help_text="Vì sao chưa đọc được")
    pages = models.JSONField(default=list)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="amendments")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["record", "-at"]), models.Index(fields=["organization", "-at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "organization"], condition=Q(state="reading"), name="one_reading_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.get_state_display()}"


class ProposedTask(models.Model):
    """A task as read, split, joined and corrected, until it is confirmed and handed out, or dropped.

    `lead` is one mention, `supporting` a list of them (both as `Mention.as_json`). `start` and `due` are ISO days or
    a year, as in `papers.proposals.TaskProposal`. `places` lists [page of the reading, left, top, right, bottom],
    in points. Nothing is deleted: a row joined into another is dropped and names it in `merged_into`. A row that an
    earlier reading already handed out names that one in `amends` and counts as assigned; `amended` lists the fields
    that now say something else, until the task is amended.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Chờ xác nhận")
        CONFIRMED = "confirmed", _("Đã xác nhận")
        DROPPED = "dropped", _("Đã bỏ")
        ASSIGNED = "assigned", _("Đã giao")

    reading = models.ForeignKey(PlanReading, on_delete=models.PROTECT, related_name="proposals")
    position = models.PositiveIntegerField()
    text = models.TextField(max_length=5000)
    clause = models.CharField(max_length=120, blank=True)
    chapter = models.CharField(max_length=200, blank=True)
    lead = models.JSONField()
    supporting = models.JSONField(default=list)
    start = models.CharField(max_length=10, blank=True)
    due = models.CharField(max_length=10, blank=True)
    deadline_kind = models.CharField(max_length=12, choices=DeadlineKind, default=DeadlineKind.FIXED)
    recurrence = models.CharField(max_length=12, choices=RECURRENCES, blank=True)
    schedule_text = models.CharField(max_length=200, blank=True)
    no_deadline_reason = models.CharField(max_length=300, blank=True)
    product = models.CharField(max_length=500, blank=True)
    places = models.JSONField(default=list)
    confidence = models.FloatField(default=1.0)
    doubt = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    reason = models.CharField(max_length=500, blank=True, help_text="Vì sao bỏ")
    split_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    amends = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="amended_by")
    amended = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    class Meta:
        indexes = [models.Index(fields=["reading", "position"])]
        constraints = [
            models.CheckConstraint(condition=~Q(state="dropped") | ~Q(reason=""), name="dropped_has_a_reason"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(state="dropped"), name="joined_rows_are_dropped"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.text[:60]}".strip()

    @property
    def led_by(self) -> Mention:
        """The lead as written and resolved."""
        return Mention.from_json(self.lead)

    @property
    def supported_by(self) -> tuple[Mention, ...]:
        """The supporting units as written and resolved."""
        return tuple(Mention.from_json(kept) for kept in self.supporting)

    def name_units(self, lead: Mention, supporting: Iterable[Mention]) -> None:
        """Set who leads and who supports."""
        self.lead, self.supporting = lead.as_json(), [one.as_json() for one in supporting]


class HandOut(models.Model):
    """A proposal became a task; of a group as lead there may be one task a unit, never two for the same."""

    proposal = models.ForeignKey(ProposedTask, on_delete=models.PROTECT, related_name="hand_outs")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    task = models.OneToOneField("directives.Task", on_delete=models.PROTECT, related_name="hand_out")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "organization"], name="one_task_a_proposal_and_unit")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} → {self.task_id}"


class ProposalChange(models.Model):
    """One act of reviewing: the rows as they were before it, so that it can be undone; `made` rows came by it."""

    reading = models.ForeignKey(PlanReading, on_delete=models.PROTECT, related_name="changes")
    label = models.CharField(max_length=200)
    before = models.JSONField()
    touched = ArrayField(models.BigIntegerField())
    made = ArrayField(models.BigIntegerField(), default=list)
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["reading", "-id"])]

    def __str__(self) -> str:
        return self.label
