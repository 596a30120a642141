from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.records.models import Record

DOSSIER = "dossier"
PERMANENT = "permanent"


class Mode(models.TextChoices):
    """Use of an archived dossier (chế độ sử dụng). 03, secret, cannot be stored here."""

    OPEN = "01", _("Công khai")
    CONDITIONAL = "02", _("Có điều kiện")


class Language(models.TextChoices):
    """Languages with the codes of 05/2025/TT-BNV."""

    VIETNAMESE = "01", _("Tiếng Việt")
    ENGLISH = "02", _("Tiếng Anh")
    FRENCH = "03", _("Tiếng Pháp")
    RUSSIAN = "04", _("Tiếng Nga")
    CHINESE = "05", _("Tiếng Trung")
    HAN_NOM = "09", _("Hán Nôm")
    OTHER = "11", _("Ngôn ngữ khác")


class Condition(models.TextChoices):
    """Physical condition (tình trạng vật lý)."""

    GOOD = "01", _("Tốt")
    NORMAL = "02", _("Bình thường")
    DAMAGED = "03", _("Hỏng")


class Reliability(models.TextChoices):
    """Where the files come from (mức độ tin cậy)."""

    BORN_DIGITAL = "01", _("Gốc điện tử")
    DIGITISED = "02", _("Số hóa")
    MIXED = "03", _("Hỗn hợp")


class Dossier(Record):
    """Hồ sơ. On the spine: number = số và ký hiệu, owner = body with the archive, unit = whose work,
    due_on = last day to hand over once closed. Totals are counted when it is closed."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False, help_text="UUID của gói lưu trữ")
    line = models.ForeignKey("dossiers.Line", null=True, blank=True, on_delete=models.PROTECT, related_name="dossiers")
    year = models.PositiveSmallIntegerField()
    retention = models.CharField(max_length=20, help_text="Mã trong danh mục thời hạn lưu trữ")
    mode = models.CharField(max_length=2, choices=Mode, default=Mode.OPEN)
    languages = ArrayField(models.CharField(max_length=2, choices=Language), default=list)
    keywords = models.CharField(max_length=100, blank=True)
    info_sign = models.CharField(max_length=30, blank=True, help_text="Ký hiệu thông tin")
    description = models.CharField(max_length=2000, blank=True)
    condition = models.CharField(max_length=2, choices=Condition, default=Condition.GOOD)
    reliability = models.CharField(max_length=2, choices=Reliability, default=Reliability.BORN_DIGITAL)
    holder = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    holder_label = models.CharField(max_length=300)
    start_on = models.DateField(null=True, blank=True)
    end_on = models.DateField(null=True, blank=True)
    work_ended_on = models.DateField(null=True, blank=True)
    total_documents = models.PositiveIntegerField(null=True, blank=True)
    total_pages = models.PositiveIntegerField(null=True, blank=True)
    total_sheets = models.PositiveIntegerField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    fonds = models.ForeignKey(
        "dossiers.Fonds", null=True, blank=True, on_delete=models.PROTECT, related_name="dossiers"
    )
    inventory = models.CharField(max_length=20, blank=True, help_text="Mục lục số")
    store = models.CharField(max_length=40, blank=True, help_text="Kho")
    shelf = models.CharField(max_length=40, blank=True, help_text="Giá")
    box = models.CharField(max_length=40, blank=True, help_text="Hộp số")
    paper_code = models.CharField(max_length=100, blank=True, help_text="Mã hồ sơ giấy gốc")
    archived_at = models.DateTimeField(null=True, blank=True)
    review_after = models.DateField(null=True, blank=True, help_text="Hết thời hạn lưu trữ; trống: vĩnh viễn")
    destroyed_at = models.DateTimeField(null=True, blank=True)
    history = models.JSONField(default=list, help_text="Quá trình trước khi nhập từ gói")
    came_from = models.CharField(max_length=200, blank=True, help_text="Gói đã nhập, nếu hồ sơ đến từ gói")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(mode="03"), name="no_secret_dossier"),
            models.CheckConstraint(
                condition=~Q(retention="permanent") | Q(review_after=None), name="permanent_is_never_reviewed"
            ),
            models.CheckConstraint(
                condition=~Q(retention="permanent") | Q(destroyed_at=None), name="permanent_is_never_destroyed"
            ),
        ]
        indexes = [
            models.Index(fields=["review_after"], name="dossier_review", condition=Q(review_after__isnull=False)),
            models.Index(fields=["year"], name="dossier_year"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def is_permanent(self) -> bool:
        """Kept for ever (mã 01)."""
        return self.retention == PERMANENT

    @property
    def place(self) -> str:
        """“Kho 1, giá 2, hộp 3”."""
        parts = ((_("kho"), self.store), (_("giá"), self.shelf), (_("hộp"), self.box))
        return ", ".join(f"{word} {value}" for word, value in parts if value)


class Entry(models.Model):
    """One document of a dossier: a line of its mục lục văn bản. Tied to a record, or a file or paper of its own.

    The record's facts are copied, to be completed by hand; who does not see the record does not see the line.
    """

    class Kind(models.TextChoices):
        RECORD = "record", _("Văn bản, công việc trong hệ thống")
        FILE = "file", _("Tệp đưa vào hồ sơ")
        PAPER = "paper", _("Bản giấy")

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind)
    record = models.ForeignKey("records.Record", null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    type_key = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=80, blank=True, help_text="Số, ký hiệu")
    issued_on = models.DateField(null=True, blank=True)
    is_undated = models.BooleanField(default=False, help_text="Văn bản không ghi ngày (s.d.)")
    issuer = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=1000, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    sheet_from = models.PositiveIntegerField(null=True, blank=True, help_text="Tờ số")
    language = models.CharField(max_length=2, choices=Language, default=Language.VIETNAMESE)
    reliability = models.CharField(max_length=2, choices=Reliability, default=Reliability.BORN_DIGITAL)
    condition = models.CharField(max_length=2, choices=Condition, default=Condition.GOOD)
    mode = models.CharField(max_length=2, choices=Mode, default=Mode.OPEN)
    autograph = models.CharField(max_length=2000, blank=True, help_text="Bút tích")
    keywords = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=500, blank=True)
    rule = models.ForeignKey("dossiers.FilingRule", null=True, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "record"], name="a_record_lies_once_in_a_dossier"),
            models.CheckConstraint(
                condition=Q(kind="record") | Q(record__isnull=True), name="only_a_record_entry_names_a_record"
            ),
            models.CheckConstraint(condition=Q(is_undated=False) | Q(issued_on__isnull=True), name="undated_or_dated"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.subject}"


class Share(models.Model):
    """Somebody who may read an open or closed dossier besides its unit."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="shares")
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=300)
    given_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "person"], name="shared_once_with_a_person")]

    def __str__(self) -> str:
        return self.label


class ArchivedFile(models.Model):
    """The bytes of an entry as they were when the dossier was closed: what the archive keeps, checks and destroys.

    `sha256` names the blob in the store; `state` is what the last fixity check found.
    """

    class State(models.TextChoices):
        SOUND = "sound", _("Nguyên vẹn")
        DAMAGED = "damaged", _("Sai mã kiểm tra")
        MISSING = "missing", _("Mất tệp")
        DESTROYED = "destroyed", _("Đã hủy")

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.SOUND)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["entry", "position"], name="one_file_a_place")]
        indexes = [
            models.Index(fields=["sha256"], name="archivedfile_sha256"),
            models.Index("checked_at", "id", name="archivedfile_fixity", condition=~Q(state="destroyed")),
        ]

    def __str__(self) -> str:
        return self.name
