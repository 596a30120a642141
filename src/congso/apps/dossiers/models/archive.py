from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.apps.dossiers.models.dossiers import Dossier
from congso.kernel.records.models import Record

HAND_OVER = "archive_handover"
TRANSFER = "archive_transfer"
DISPOSAL = "archive_disposal"


class Fonds(models.Model):
    """Phông lưu trữ: everything one body has made, described as the historical archive asks (05/2025/TT-BNV)."""

    organization = models.OneToOneField("directory.Organization", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=300)
    archive_code = models.CharField(max_length=40, help_text="Mã cơ quan lưu trữ")
    historical_archive = models.ForeignKey(
        "directory.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Cơ quan có lưu trữ lịch sử nhận tài liệu của phông",
    )  # fmt: skip
    is_open = models.BooleanField(default=True)
    history = models.TextField(max_length=10_000, blank=True, help_text="Lịch sử đơn vị hình thành phông")
    period = models.CharField(max_length=100, blank=True, help_text="Thời gian tài liệu")
    total = models.CharField(max_length=100, blank=True)
    classification = models.TextField(max_length=5_000, blank=True, help_text="Phương án phân loại")
    languages = models.CharField(max_length=100, blank=True)
    backup = models.CharField(max_length=300, blank=True, help_text="Dự phòng")
    note = models.CharField(max_length=1000, blank=True)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class HandOver(Record):
    """A delivery of closed dossiers to the current archive, with mục lục hồ sơ and biên bản giao nhận."""

    giver = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    giver_label = models.CharField(max_length=300)
    receiver = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    receiver_label = models.CharField(max_length=300, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class HandOverItem(models.Model):
    """One dossier of a delivery and what the archive said to it. Its words are those of the day."""

    class Outcome(models.TextChoices):
        OPEN = "", _("Chờ nhận")
        ACCEPTED = "accepted", _("Đã nhận")
        RETURNED = "returned", _("Trả lại")

    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="hand_overs")
    position = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(outcome=""), name="a_dossier_is_delivered_once"),
            models.CheckConstraint(condition=~Q(outcome="returned") | ~Q(reason=""), name="returned_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.dossier_id}"


class Transfer(Record):
    """A delivery to the historical archive: registered a year ahead, answered, decided, delivered."""

    fonds = models.ForeignKey(Fonds, on_delete=models.PROTECT, related_name="transfers")
    planned_on = models.DateField(help_text="Ngày dự kiến nộp")
    decision = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class TransferItem(models.Model):
    """One dossier of a transfer, in the words the historical archive reads."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="transfers")
    position = models.PositiveIntegerField()
    symbol = models.CharField(max_length=80)
    title = models.CharField(max_length=1000)
    years = models.CharField(max_length=30)
    pages = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["transfer", "dossier"], name="transferred_once")]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}"


class Hold(models.Model):
    """Không hủy khi có yêu cầu: an inspection, a dispute, an investigation needs the dossier."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=1000)
    placed_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    ending = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_dossier_hold_has_a_reason"),
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(ending=""), name="a_hold_ends_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.reason[:80]


class Disposal(Record):
    """Xét hủy tài liệu hết giá trị: list, council, decision, destruction, minutes."""

    decision = models.CharField(max_length=80, blank=True, help_text="Số, ký hiệu quyết định hủy")
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_label = models.CharField(max_length=300, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    witness = models.CharField(max_length=300, blank=True, help_text="Người chứng kiến")

    def __str__(self) -> str:
        return self.title


class DisposalItem(models.Model):
    """One dossier proposed: its words of the day stay when the files are gone."""

    class Reason(models.TextChoices):
        EXPIRED = "expired", _("Hết thời hạn lưu trữ")
        DUPLICATE = "duplicate", _("Trùng lặp")

    class Outcome(models.TextChoices):
        OPEN = "", _("Chưa kết luận")
        DESTROY = "destroy", _("Hủy")
        KEEP = "keep", _("Giữ lại")

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="disposals")
    position = models.PositiveIntegerField()
    reason = models.CharField(max_length=10, choices=Reason)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    symbol = models.CharField(max_length=80)
    title = models.CharField(max_length=1000)
    years = models.CharField(max_length=30)
    retention_label = models.CharField(max_length=60)
    pages = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["disposal", "dossier"], name="proposed_once_in_a_disposal")]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}"


class CouncilMember(models.Model):
    """A member of Hội đồng xét hủy and her opinion."""

    class Part(models.TextChoices):
        CHAIR = "chair", _("Chủ tịch Hội đồng")
        SECRETARY = "secretary", _("Thư ký")
        MEMBER = "member", _("Ủy viên")

    class Opinion(models.TextChoices):
        NONE = "", _("Chưa có ý kiến")
        AGREE = "agree", _("Đồng ý hủy")
        DISAGREE = "disagree", _("Không đồng ý")

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=300)
    part = models.CharField(max_length=10, choices=Part)
    opinion = models.CharField(max_length=10, choices=Opinion, blank=True)
    text = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disposal", "person"], name="one_seat_a_person"),
            models.UniqueConstraint(fields=["disposal"], condition=Q(part="chair"), name="one_chair_a_council"),
        ]

    def __str__(self) -> str:
        return self.label


class DestroyedFile(models.Model):
    """Proof that bytes are gone: what they were, by which decision, how and when. `note` says why some were kept."""

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="destroyed")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    is_needed_elsewhere = models.BooleanField(default=False)
    marked_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disposal", "dossier", "sha256"], name="one_proof_a_blob"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]
