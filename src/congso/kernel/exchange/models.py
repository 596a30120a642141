from django.db import models
from django.db.models import Q


class Direction(models.TextChoices):
    IN = "in", "Đến"
    OUT = "out", "Đi"


class PacketKind(models.TextChoices):
    NEW = "new", "Văn bản mới"
    RECALL = "recall", "Thu hồi"
    UPDATE = "update", "Cập nhật"
    REPLACE = "replace", "Thay thế"
    STATUS = "status", "Trạng thái"
    UNREADABLE = "unreadable", "Không đọc được"


class PacketState(models.TextChoices):
    """Where a packet stands. Each open one has somebody, or the machine, who moves it on."""

    WAITING = "waiting", "Chờ gửi hoặc chờ xử lý"
    TRYING = "trying", "Đang tự thử lại"
    HELD = "held", "Chờ gói đến trước"
    ARRIVED = "arrived", "Chờ văn thư"
    STUCK = "stuck", "Cần người xử lý"
    DONE = "done", "Đã xong"
    REFUSED = "refused", "Đã từ chối"
    RECALLED = "recalled", "Đã thu hồi"
    REPLACED = "replaced", "Đã được thay thế"
    GIVEN_UP = "given_up", "Đã thôi"


class PacketSignature(models.TextChoices):
    """What the packet's own signature is worth (its PDFs are judged by themselves). Empty: not asked, as of our own."""

    VALID = "valid", "Hợp lệ"
    UNKNOWN = "unknown", "Chưa kết luận được"
    UNTRUSTED = "untrusted", "Chưa tin cậy"
    MISSING = "missing", "Không có chữ ký"
    INVALID = "invalid", "Không hợp lệ"


BY_MACHINE = (PacketState.WAITING, PacketState.TRYING, PacketState.HELD)
BY_PEOPLE = (PacketState.ARRIVED, PacketState.STUCK)
OPEN = (*BY_MACHINE, *BY_PEOPLE)


class Packet(models.Model):
    """One packet between one of our organizations and one other; what it said is kept as it came (`digest`)."""

    direction = models.CharField(max_length=3, choices=Direction)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    own_code = models.CharField(max_length=60)
    peer_code = models.CharField(max_length=60)
    peer_name = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=10, choices=PacketKind)
    key = models.CharField(max_length=64, help_text="Một gói đến nhiều lần vẫn là một")
    document_id = models.CharField(max_length=300, blank=True)
    about_id = models.CharField(max_length=300, blank=True, help_text="Văn bản mà gói thu hồi, cập nhật… nói tới")
    symbol = models.CharField(max_length=120, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    subject = models.CharField(max_length=1000, blank=True)
    files = models.CharField(max_length=1000, blank=True, help_text="Tên các tệp kèm")
    urgency = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=2, blank=True, help_text="Mã 01–16 của gói trạng thái")
    answer = models.CharField(max_length=2, blank=True, help_text="Trạng thái mới nhất bên nhận đã báo")
    state = models.CharField(max_length=10, choices=PacketState, default=PacketState.WAITING)
    reason = models.CharField(max_length=1000, blank=True)
    next_step = models.CharField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    repeats = models.PositiveIntegerField(default=0, help_text="Số lần gói lặp lại")
    axis_id = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 của gói nguyên bản")
    content_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 của nội dung, không kể vết gửi")
    signature = models.CharField(max_length=10, choices=PacketSignature, blank=True)
    signature_reasons = models.CharField(max_length=300, blank=True, help_text="Mã các lý do, cách nhau dấu phẩy")
    signer = models.CharField(max_length=300, blank=True, help_text="Tên trên chứng thư đã ký gói tin")
    signer_fingerprint = models.CharField(max_length=64, blank=True)
    original = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followers")
    record = models.ForeignKey("records.Record", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "direction", "key"], name="one_packet_a_key"),
            models.CheckConstraint(
                condition=~Q(state__in=[PacketState.WAITING, PacketState.TRYING, PacketState.HELD])
                | Q(next_try_at__isnull=False),
                name="what_waits_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["trying", "held", "stuck", "arrived", "refused"])
                | (~Q(reason="") & ~Q(next_step="")),
                name="what_does_not_go_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="packet_due", condition=Q(state__in=["waiting", "trying", "held"])
            ),
            models.Index(
                fields=["organization", "made_at"],
                name="packet_open",
                condition=Q(state__in=["waiting", "trying", "held", "arrived", "stuck"]),
            ),
            models.Index(
                fields=["organization", "made_at"],
                name="packet_unanswered",
                condition=Q(direction="out", state="done", answer="") & ~Q(kind="status"),
            ),
            models.Index(fields=["organization", "-made_at"], name="packet_latest"),
            models.Index(fields=["document_id", "peer_code"], name="packet_document"),
            models.Index(
                fields=["organization", "peer_code"], name="packet_signed_peer", condition=Q(signature="valid")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.symbol or self.document_id or self.axis_id}".strip()

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done with it."""
        return self.state in OPEN


class PeerCertificate(models.Model):
    """A clerk has made sure that this certificate is the sender's with this code (by telephone, by letter)."""

    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    subject = models.CharField(max_length=300)
    confirmed_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "code", "fingerprint"], name="a_certificate_confirmed_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.subject}"


class Delivery(models.Model):
    """One message of the axis that brought a packet: acknowledged only after this row is there."""

    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    axis_id = models.CharField(max_length=200)
    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="deliveries")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "axis_id"], name="one_delivery_a_message")]

    def __str__(self) -> str:
        return self.axis_id


class Contact(models.Model):
    """How the axis was last reached for one of our codes."""

    code = models.CharField(max_length=60, primary_key=True)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    reached_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True)

    def __str__(self) -> str:
        return self.code
