from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from congso.apps.dossiers.models.dossiers import ArchivedFile, Dossier, Entry, Mode
from congso.kernel.records.models import Record

READING = "reading_request"
# The words of a card, split where letters and digits end: “01/2024” is two, as it is in what people type.
_WORDS = Func(
    Func(
        Func(F("words"), Value("[^[:alnum:]]+"), function="regexp_split_to_array"), Value(""), function="array_remove"
    ),
    function="array_to_tsvector",
)


class Card(models.Model):
    """What anybody may know of an archived dossier: the catalogue of the search room.

    Written by the archive when it accepts; of conditional dossiers only the body's own people read it.
    """

    dossier = models.OneToOneField(Dossier, primary_key=True, on_delete=models.PROTECT, related_name="card")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    fonds_code = models.CharField(max_length=40)
    code = models.CharField(max_length=100)
    title = models.CharField(max_length=1000)
    years = models.CharField(max_length=30)
    first_year = models.PositiveSmallIntegerField()
    retention_label = models.CharField(max_length=60)
    mode = models.CharField(max_length=2, choices=Mode)
    documents = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    has_paper = models.BooleanField(default=False)
    is_destroyed = models.BooleanField(default=False)
    words = models.TextField(help_text="Từ khóa, tiêu đề không dấu, để tìm")
    found_by = models.GeneratedField(expression=_WORDS, output_field=SearchVectorField(), db_persist=True)

    class Meta:
        indexes = [
            models.Index(fields=["organization", "-first_year"], name="card_organization"),
            models.Index(fields=["-first_year", "-dossier"], name="card_newest"),
            GinIndex(fields=["found_by"], fastupdate=False, name="card_words"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ReadingRequest(Record):
    """A wish to read, borrow or copy an archived dossier. `until` ends a digital reading by itself."""

    class Way(models.TextChoices):
        READ = "read", _("Đọc bản điện tử")
        COPY = "copy", _("Bản sao (BẢN SAO)")
        CERTIFIED = "certified", _("Bản sao có xác thực")
        PAPER = "paper", _("Mượn bản giấy")

    wanted = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="readings")
    way = models.CharField(max_length=10, choices=Way)
    purpose = models.CharField(max_length=1000)
    mode = models.CharField(max_length=2, choices=Mode)
    asker = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    asker_label = models.CharField(max_length=300)
    until = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    granted_label = models.CharField(max_length=300, blank=True)
    lent_on = models.DateField(null=True, blank=True)
    return_by = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["wanted", "asker"], name="reading_wanted")]
        constraints = [models.CheckConstraint(condition=~Q(purpose=""), name="a_reading_has_a_purpose")]

    def __str__(self) -> str:
        return self.title


class CertifiedCopy(models.Model):
    """A copy of an archived file, sealed by the archive, for one granted reading, until its days are over."""

    reading = models.ForeignKey(ReadingRequest, on_delete=models.PROTECT, related_name="certified")
    file = models.ForeignKey(ArchivedFile, on_delete=models.PROTECT, related_name="+")
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    certified_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading", "file"], name="a_file_is_certified_once")]

    def __str__(self) -> str:
        return self.name


class ReadingLog(models.Model):
    """One look: who read, downloaded or printed which file of the archive, when."""

    class Act(models.TextChoices):
        READ = "read", _("Đọc")
        DOWNLOAD = "download", _("Tải bản sao")
        PRINT = "print", _("In")
        EXPORT = "export", _("Xuất gói")

    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    page = models.PositiveIntegerField(null=True)
    act = models.CharField(max_length=10, choices=Act)
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["dossier", "-at"], name="readinglog_dossier")]

    def __str__(self) -> str:
        return f"{self.label} {self.act}"


class FixityRun(models.Model):
    """One night's check of stored files: how many, how much, what was found."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    files = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    due = models.PositiveIntegerField(default=0, help_text="Số tệp quá hạn kiểm tra khi bắt đầu")

    def __str__(self) -> str:
        return f"{self.started_at:%d/%m/%Y}: {self.files}"
