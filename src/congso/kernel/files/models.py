from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.files.reading.secrecy import Grade

INFECTED = "infected"  # stands beside the grades: what a virus scanner found


class Blob(models.Model):
    """Bytes stored once, named by their SHA-256. Whoever sees a file that uses it sees it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(default=0, help_text="Số trang của tệp PDF; 0 là không phải PDF")
    added_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def is_pdf(self) -> bool:
        """Whether its pages can be drawn."""
        return self.media_type == "application/pdf"


class Upload(models.Model):
    """A file on its way in: what became of it, told to its uploader and the office's clerks."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ đọc")
        READING = "reading", _("Đang đọc")
        READY = "ready", _("Đã đọc xong")
        REFUSED = "refused", _("Không nhận")
        FAILED = "failed", _("Chưa đọc được")
        QUARANTINED = "quarantined", _("Đã cách ly")
        ERASED = "erased", _("Đã xóa khỏi khu cách ly")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    purpose = models.CharField(max_length=40)
    details = models.JSONField(default=dict)
    batch = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    message = models.CharField(max_length=1000, blank=True)
    is_released = models.BooleanField(default=False, help_text="Cán bộ bảo mật xác nhận không phải tài liệu mật")
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.PROTECT, related_name="+")
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    searchable = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey("records.Record", null=True, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["uploaded_by", "-uploaded_at"]),
            models.Index(fields=["organization", "-uploaded_at"]),
            models.Index(fields=["sha256"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(blob__isnull=False), name="a_ready_upload_has_its_bytes"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A file of a record: who sees the record sees it. A derived one (searchable, stamped) names its source."""

    class Role(models.TextChoices):
        ORIGINAL = "original", _("Bản gốc")
        SEARCHABLE = "searchable", _("Bản PDF đọc được")
        STAMPED = "stamped", _("Bản đóng dấu đến")
        EVIDENCE = "evidence", _("Minh chứng")
        ENCLOSURE = "enclosure", _("Tệp kèm theo")
        DRAFT = "draft", _("Bản dự thảo")
        ISSUED = "issued", _("Bản ký, phát hành")

    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="attachments")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="attachments")
    source = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="derived")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=12, choices=Role)
    position = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=1000, blank=True, help_text="Điều cần lưu ý khi đọc tệp")
    added_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["record", "position"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False) ^ ~Q(role__in=["searchable", "stamped"]),
                name="a_derived_file_has_a_source",
            ),
            models.CheckConstraint(condition=~Q(source=F("id")), name="no_file_derives_from_itself"),
        ]

    def __str__(self) -> str:
        return self.name


class PageText(models.Model):
    """The text of one page of a file, for search and for citing the page."""

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="texts")
    page = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attachment", "page"], name="one_text_a_page")]

    def __str__(self) -> str:
        return f"{self.attachment_id}:{self.page}"


class QuarantineItem(models.Model):
    """A file with a mark of secrecy or a virus, seen by the office's secrecy officers alone; hash and time stay."""

    class State(models.TextChoices):
        HELD = "held", _("Đang cách ly")
        RELEASED = "released", _("Đã trả lại: báo động nhầm")
        ERASED = "erased", _("Đã xóa")

    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="quarantine")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True, editable=False)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    grade = models.CharField(
        max_length=12, choices=[*((grade.value, grade.label) for grade in Grade), (INFECTED, _("Mã độc"))]
    )
    place = models.CharField(max_length=60)
    evidence = models.CharField(max_length=12)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "state", "-found_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="held") | (Q(settled_by__isnull=False) & ~Q(reason="")),
                name="a_settled_item_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_infected(self) -> bool:
        """Whether a virus scanner put it here: such a file is only ever erased."""
        return self.grade == INFECTED
