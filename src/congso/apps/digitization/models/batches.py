from decimal import Decimal
from uuid import uuid4

from django.db import models
from django.db.models import Q

from congso.kernel.records.models import Record

BATCH = "scan_batch"


class ScanBatch(Record):
    """Đợt số hóa. On the spine: number = its code, owner = the body that digitizes, unit = whose papers they are,
    due_on = the day it is to be handed over.

    `threshold` and `sample_percent` are the rules the batch was checked by, `accuracy` what was found, both written
    when they were applied; `unit_cost` in đồng a page.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False, help_text="In trên tờ phân cách")
    fonds = models.CharField(max_length=300, help_text="Mã, tên phông")
    year = models.PositiveSmallIntegerField(help_text="Chỉ tiêu của năm")
    dpi = models.PositiveSmallIntegerField(default=200)
    sheets_planned = models.PositiveIntegerField(default=0)
    sheets_received = models.PositiveIntegerField(default=0)
    condition = models.CharField(max_length=1000, blank=True, help_text="Tình trạng vật lý khi nhận")
    cuts_at_files = models.BooleanField(default=True, help_text="Mỗi tệp quét bắt đầu một tài liệu mới")
    unit_cost = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    is_imported = models.BooleanField(default=False, help_text="Số hóa trước khi có hệ thống")
    job = models.ForeignKey("jobs.Job", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    threshold = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    sample_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    accuracy = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["year"], name="scan_batch_year")]
        constraints = [
            models.CheckConstraint(condition=Q(dpi__gte=100) & Q(dpi__lte=1200), name="a_scanner_has_such_dpi"),
            models.CheckConstraint(condition=Q(unit_cost__gte=0), name="no_page_costs_less_than_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Folder(models.Model):
    """A paper dossier of the batch; `dossier` is the archive's own record of it, where there is one."""

    batch = models.ForeignKey(ScanBatch, on_delete=models.PROTECT, related_name="folders")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=100, help_text="Mã hồ sơ")
    title = models.CharField(max_length=1000)
    sheets = models.PositiveIntegerField(default=0)
    dossier = models.ForeignKey("records.Record", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="one_folder_a_place"),
            models.UniqueConstraint(fields=["batch", "code"], name="a_folder_comes_once_in_a_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Scan(models.Model):
    """A scanned file as it came: `attachment` is the PDF its pages are seen in. `position`: in order of sending."""

    batch = models.ForeignKey(ScanBatch, on_delete=models.PROTECT, related_name="scans")
    attachment = models.ForeignKey("files.Attachment", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, help_text="Của tệp như đã gửi")
    position = models.PositiveBigIntegerField()
    name = models.CharField(max_length=200)
    pages = models.PositiveIntegerField()
    operator = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    operator_label = models.CharField(max_length=300)
    scanned_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["batch", "position"])]
        constraints = [models.UniqueConstraint(fields=["batch", "sha256"], name="a_file_comes_once_in_a_batch")]

    def __str__(self) -> str:
        return self.name


class Stock(models.Model):
    """How many pages of paper without secrets a body has to digitize, and which share of them by the end of a year."""

    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    pages = models.PositiveIntegerField(help_text="Tổng số trang tài liệu giấy không mật phải số hóa")
    percent = models.PositiveSmallIntegerField(help_text="Chỉ tiêu cộng dồn đến hết năm")
    note = models.CharField(max_length=300, help_text="Căn cứ: biên bản kiểm đếm, kế hoạch")
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "organization_id"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year"], name="one_stock_a_year"),
            models.CheckConstraint(condition=Q(percent__lte=100) & Q(pages__gt=0), name="a_stock_can_be_reached"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.year}: {self.pages}"
