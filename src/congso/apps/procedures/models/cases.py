from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congso.apps.procedures.models.catalogue import Applicant, PaperKind, Publication
from congso.kernel.records.models import Record

CASE = "procedure_case"


class Channel(models.TextChoices):
    """How the application came."""

    ONLINE = "online", _("Trực tuyến")
    DESK = "desk", _("Trực tiếp")
    POST = "post", _("Bưu chính")


class Case(Record):
    """One application. On the spine: number = its code on the receipt, owner = who took it in, unit = where it is now,
    opened_on = the day it was made, due_on = the promised day in force.

    `secret_salt` and the installation's key make the word by which the applicant looks it up; only `look_up_key`, which
    tells nothing by itself, is compared.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="cases")
    channel = models.CharField(max_length=8, choices=Channel)
    applicant = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    applicant_kind = models.CharField(max_length=12, choices=Applicant)
    applicant_name = models.CharField(max_length=200)
    applicant_organization = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    request_text = models.TextField(max_length=5000, blank=True, help_text="Nội dung đề nghị")
    event_on = models.DateField(null=True, blank=True, help_text="Ngày của sự kiện mà thủ tục tính hạn từ đó")
    handler = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    working_days = models.PositiveSmallIntegerField(help_text="Tổng số ngày làm việc của các bước")
    received_at = models.DateTimeField(null=True)
    first_due_on = models.DateField(null=True, help_text="Ngày hẹn ban đầu trên giấy tiếp nhận")
    current_step = models.PositiveSmallIntegerField(default=0)
    times_asked = models.PositiveSmallIntegerField(default=0, help_text="Số lần yêu cầu bổ sung sau khi tiếp nhận")
    asked_for = models.TextField(max_length=3000, blank=True, help_text="Giấy tờ đang chờ bổ sung")
    answer = models.TextField(max_length=3000, blank=True, help_text="Kết quả, hoặc lý do từ chối, báo cho người nộp")
    result_on = models.DateField(null=True)
    result_is_signed = models.BooleanField(default=False)
    returned_on = models.DateField(null=True)
    returned_to = models.CharField(max_length=200, blank=True, help_text="Người nhận kết quả")
    secret_salt = models.CharField(max_length=32)
    look_up_key = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - many cases have none yet
    is_rated = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["applicant"]), models.Index(fields=["publication", "received_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(first_due_on__isnull=False), name="a_receipt_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class CaseStep(models.Model):
    """A step of the case with its own owner and clock."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    working_days = models.PositiveSmallIntegerField()
    started_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    finished_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    finished_label = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="one_case_step_a_place"),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(due_on__gte=F("started_on")),
                name="a_step_is_due_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CasePaper(models.Model):
    """A paper of the case: asked by the procedure, handed in or not."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500)
    kind = models.CharField(max_length=12, choices=PaperKind)
    quantity = models.PositiveSmallIntegerField(default=1)
    is_required = models.BooleanField()
    is_given = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["case", "position"], name="one_case_paper_a_place")]

    def __str__(self) -> str:
        return self.name


class Stop(models.Model):
    """A time in which the clocks stood: papers were awaited, or the case was paused."""

    class Kind(models.TextChoices):
        ADDITIONS = "additions", _("Chờ bổ sung giấy tờ")
        PAUSE = "pause", _("Tạm dừng")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stops")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=2000)
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    due_before = models.DateField()
    due_after = models.DateField(null=True)

    class Meta:
        ordering = ["started_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_on__isnull=True), name="one_stop_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on"), due_after__isnull=False),
                name="an_ended_stop_moves_the_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.started_on:%d/%m/%Y}"


class Apology(models.Model):
    """A letter of apology for a late result: why, and the new promised day (phiếu xin lỗi và hẹn lại)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="apologies")
    reason = models.CharField(max_length=2000)
    due_before = models.DateField()
    new_due_on = models.DateField()
    signed_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    signed_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(new_due_on__gt=F("due_before")), name="an_apology_promises_a_later_day")
        ]

    def __str__(self) -> str:
        return f"{self.due_before:%d/%m/%Y} → {self.new_due_on:%d/%m/%Y}"


class Satisfaction(models.Model):
    """How many answers of each kind a body got in a quarter: a count, never who said it or about which case."""

    code = models.CharField(max_length=80, help_text="Mã thủ tục")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=7, help_text="2026-Q4")
    score = models.PositiveSmallIntegerField()
    answers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "organization", "quarter", "score"], name="one_count_a_score"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="a_score_is_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.quarter} {self.score}: {self.answers}"
