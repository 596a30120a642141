from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.records.models import Record

PROCEDURE = "procedure"


class Level(models.TextChoices):
    """Where a procedure is performed (office 8.4)."""

    CENTRAL = "central", _("Trung ương")
    PROVINCE = "province", _("Cấp tỉnh")
    COMMUNE = "commune", _("Cấp xã")
    GRASSROOTS = "grassroots", _("Tổ chức cơ sở đảng")


class Applicant(models.TextChoices):
    """Who may ask."""

    MEMBER = "member", _("Đảng viên")
    ORGANIZATION = "organization", _("Tổ chức đảng, cơ quan, đơn vị")
    OFFICIAL = "official", _("Cán bộ, công chức, viên chức")
    CITIZEN = "citizen", _("Người dân")


class PaperKind(models.TextChoices):
    """In which form a paper is handed in."""

    ORIGINAL = "original", _("Bản chính")
    CERTIFIED = "certified", _("Bản sao có chứng thực")
    COPY = "copy", _("Bản sao")
    ELECTRONIC = "electronic", _("Bản điện tử")
    DATABASE = "database", _("Không nộp: tra cứu cơ sở dữ liệu")


class Procedure(Record):
    """One edition of a procedure. On the spine: number = its code, title = its name, owner = who publishes it.

    Who takes cases in: `performer`, or every organization of `performer_kind` (each commune committee).
    """

    edition = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors")
    field = models.CharField(max_length=120, help_text="Lĩnh vực")
    level = models.CharField(max_length=12, choices=Level)
    performer = models.ForeignKey(
        "directory.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    performer_kind = models.CharField(max_length=20, blank=True)
    decided_by = models.CharField(max_length=300, blank=True, help_text="Thẩm quyền quyết định")
    applicants = ArrayField(models.CharField(max_length=12, choices=Applicant), default=list)
    applicant_words = models.CharField(max_length=1000, blank=True, help_text="Đối tượng thực hiện")
    conditions = models.TextField(max_length=5000, blank=True, help_text="Yêu cầu, điều kiện")
    manner = models.TextField(max_length=3000, blank=True, help_text="Cách thức thực hiện")
    result = models.CharField(max_length=500, help_text="Kết quả thực hiện")
    result_validity = models.CharField(max_length=300, blank=True)
    basis = models.TextField(max_length=5000, blank=True, help_text="Căn cứ")
    fee = models.CharField(max_length=300, blank=True, help_text="Lệ phí; để trống là không thu")
    is_online = models.BooleanField(default=False, help_text="Nhận hồ sơ qua Cổng Số")
    decision_symbol = models.CharField(max_length=120, blank=True, help_text="Quyết định công bố")
    decision_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    start_within = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Người đề nghị phải làm trong số ngày làm việc kể từ sự kiện"
    )
    start_event = models.CharField(max_length=300, blank=True, help_text="Sự kiện bắt đầu tính hạn của người đề nghị")
    present_within = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Phải xuất trình kết quả trong số ngày làm việc kể từ khi nhận"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(performer__isnull=False) ^ ~Q(performer_kind=""), name="a_procedure_has_one_performer"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="procedure_validity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Step(models.Model):
    """A step of the procedure; without an organization it lies with who takes the case in."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    organization = models.ForeignKey(
        "directory.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    working_days = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "position"], name="one_step_a_place"),
            models.CheckConstraint(condition=Q(working_days__lte=365), name="a_step_ends_within_a_year"),
        ]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A paper the applicant hands in; `form` is the file to fill in, among the edition's files."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500)
    kind = models.CharField(max_length=12, choices=PaperKind, default=PaperKind.ORIGINAL)
    quantity = models.PositiveSmallIntegerField(default=1)
    is_required = models.BooleanField(default=True)
    form = models.ForeignKey("files.Attachment", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["procedure", "position"], name="one_paper_a_place")]

    def __str__(self) -> str:
        return self.name


class Publication(models.Model):
    """What everybody may read of an edition, from a day on: its whole content as it was published.

    Nothing here is about a person. `content` never changes; only the end of validity is set, once.
    """

    procedure = models.OneToOneField(Procedure, on_delete=models.PROTECT, related_name="publication")
    code = models.CharField(max_length=80)
    edition = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=1000)
    field = models.CharField(max_length=120)
    level = models.CharField(max_length=12, choices=Level)
    performer_words = models.CharField(max_length=300)
    is_online = models.BooleanField()
    words = models.TextField(help_text="Chữ để tìm, không dấu")
    content = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "edition"], name="an_edition_is_published_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="publication_validity"
            ),
        ]
        indexes = [models.Index(fields=["code", "valid_from"], name="publication_of_a_day")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class PublicForm(models.Model):
    """A form everybody may download: the bytes a published edition names."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="forms")
    position = models.PositiveSmallIntegerField(help_text="Thứ tự của giấy tờ trong thành phần hồ sơ")
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "position"], name="one_form_a_paper")]

    def __str__(self) -> str:
        return self.name
