from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.records.models import Record

CATALOGUE = "dossier_catalogue"


class Catalogue(Record):
    """Danh mục hồ sơ: the dossiers a unit means to open in a year, issued by the head of its body.

    On the spine: unit = whose dossiers, owner = the body with the archive, number = symbol of the issuing paper.
    """

    year = models.PositiveSmallIntegerField()
    issued_on = models.DateField(null=True, blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["year"], name="catalogue_year")]

    def __str__(self) -> str:
        return self.title


class Line(models.Model):
    """One dossier to be opened: heading, symbol, title, retention, who makes it."""

    catalogue = models.ForeignKey(Catalogue, on_delete=models.PROTECT, related_name="lines")
    heading = models.CharField(max_length=300, blank=True, help_text="Đề mục lớn, mục nhỏ của đơn vị")
    symbol = models.CharField(max_length=40, help_text="Số và ký hiệu hồ sơ, ví dụ 01-TH")
    title = models.CharField(max_length=1000)
    retention = models.CharField(max_length=20, help_text="Mã trong danh mục thời hạn lưu trữ")
    schedule = models.CharField(max_length=60, blank=True, help_text="Mã trong bảng thời hạn lưu trữ mẫu")
    holder = models.ForeignKey("directory.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    holder_label = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "symbol"], name="one_line_a_symbol"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(symbol=""), name="a_line_has_symbol_and_title"),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}"


class FilingRule(models.Model):
    """Which records go into which dossier by themselves. Empty conditions do not narrow; at least one is given.

    Words are looked for in the title without regard to case or accents; several, separated by commas, all.
    """

    class Source(models.TextChoices):
        ANY = "", _("Mọi nguồn")
        IN = "in", _("Văn bản đến")
        OUT = "out", _("Văn bản đi")
        INSIDE = "inside", _("Việc trong cơ quan")

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="rules")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    type_key = models.CharField(max_length=40, blank=True, help_text="Mã trong danh mục tên loại văn bản")
    issuer = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=300, blank=True)
    symbol = models.CharField(max_length=80, blank=True, help_text="Phần của số, ký hiệu, ví dụ KH/TU")
    source = models.CharField(max_length=8, choices=Source, blank=True)
    unit = models.ForeignKey(
        "directory.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Đơn vị chủ trì của văn bản, công việc",
    )  # fmt: skip
    is_live = models.BooleanField(default=True)
    made_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(type_key="", issuer="", words="", symbol="", unit=None), name="a_rule_narrows"
            )
        ]
        indexes = [models.Index(fields=["organization"], name="rule_organization", condition=Q(is_live=True))]
        ordering = [F("id").asc()]

    def __str__(self) -> str:
        return self.name
