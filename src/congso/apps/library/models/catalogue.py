from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.records.models import Record

RECORD_TYPE = "library_work"


class Readers(models.TextChoices):
    """For whom a collection is."""

    PUBLIC = "public", _("Mọi người, không cần đăng nhập")
    STAFF = "staff", _("Cán bộ, người đang giữ chức vụ")
    LISTED = "listed", _("Cơ quan được ghi tên")


class Collection(models.Model):
    """A part of a library with its own readers. `bodies` are the principals of listed bodies."""

    library = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    description = models.CharField(max_length=1000, blank=True)
    readers = models.CharField(max_length=8, choices=Readers, default=Readers.STAFF)
    listed = ArrayField(models.BigIntegerField(), default=list, blank=True)
    bodies = ArrayField(models.BigIntegerField(), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["library", "name"], name="one_collection_a_name")]

    def __str__(self) -> str:
        return self.name


class Author(models.Model):
    """Who wrote, edited or translated: one form of the name for all works, sorted as Vietnamese names are."""

    name = models.CharField(max_length=300, unique=True)
    sort_key = models.CharField(max_length=1000, db_index=True)
    is_body = models.BooleanField(default=False, help_text="Tác giả tập thể")

    class Meta:
        ordering = ["sort_key", "id"]

    def __str__(self) -> str:
        return self.name


class Heading(models.Model):
    """A subject heading (đề mục chủ đề)."""

    label = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, unique=True)
    sort_key = models.CharField(max_length=1000)

    class Meta:
        ordering = ["sort_key", "id"]

    def __str__(self) -> str:
        return self.label


class Work(Record):
    """A work as it is catalogued. On the spine: number = call number, title, owner = the library, opened_on = the day
    it came into the catalogue."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="works")

    class Meta:
        verbose_name = _("Tài liệu thư viện")

    def __str__(self) -> str:
        return self.title


class Card(models.Model):
    """What the catalogue says of a work. Readers see it once published, while their collection is open to them."""

    work = models.OneToOneField(Work, primary_key=True, on_delete=models.PROTECT, related_name="card")
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="cards")
    library = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=1000)
    subtitle = models.CharField(max_length=1000, blank=True)
    statement = models.CharField(max_length=1000, blank=True, help_text="Thông tin trách nhiệm như trên trang tên sách")
    edition = models.CharField(max_length=200, blank=True)
    published_in = models.CharField(max_length=200, blank=True, help_text="Nơi xuất bản")
    publisher = models.CharField(max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=3, default="vie", help_text="Mã ISO 639-2: vie, eng …")
    isbn = models.CharField(max_length=13, blank=True, help_text="ISBN-13")
    extent = models.CharField(max_length=200, blank=True, help_text="Số trang, khổ")
    series = models.CharField(max_length=300, blank=True, help_text="Tùng thư")
    classification = models.CharField(max_length=60, blank=True, help_text="Chỉ số phân loại")
    call_number = models.CharField(max_length=80, blank=True, help_text="Ký hiệu xếp giá")
    summary = models.TextField(blank=True, max_length=5000)
    headings = models.ManyToManyField(Heading, through="Subject", related_name="cards")
    sort_key = models.CharField(max_length=3000, db_index=False)
    words = SearchVectorField(help_text="Chữ để tìm, không dấu")
    cover = models.CharField(max_length=64, blank=True, help_text="Ảnh bìa, theo SHA-256")
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-work"], name="library_card_newest"),
            models.Index(fields=["collection", "-published_at"], name="library_card_collection"),
            models.Index(fields=["isbn"], name="library_card_isbn", condition=~Q(isbn="")),
            GinIndex(fields=["words"], name="library_card_words"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(isbn="") | Q(isbn__regex=r"^97[89]\d{10}$"), name="isbn_has_13_digits"),
            models.CheckConstraint(condition=Q(language__regex=r"^[a-z]{3}$"), name="language_has_three_letters"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether readers see it."""
        return self.published_at is not None and self.withdrawn_at is None


class Subject(models.Model):
    """A work is about something."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="subjects")
    heading = models.ForeignKey(Heading, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "heading"], name="one_heading_a_card")]

    def __str__(self) -> str:
        return str(self.heading)


class Contribution(models.Model):
    """Somebody's part in a work."""

    class Part(models.TextChoices):
        AUTHOR = "aut", _("Tác giả")
        EDITOR = "edt", _("Chủ biên, biên tập")
        TRANSLATOR = "trl", _("Người dịch")
        COMPILER = "com", _("Biên soạn, sưu tầm")

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="contributions")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="contributions")
    part = models.CharField(max_length=3, choices=Part, default=Part.AUTHOR)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["card", "author", "part"], name="one_part_an_author")]

    def __str__(self) -> str:
        return f"{self.author} ({self.get_part_display()})"


class ImportRun(models.Model):
    """A file of catalogue records taken in: how far, what was made, what was refused and why."""

    class Kind(models.TextChoices):
        MARC = "marc", _("MARC21 (ISO 2709)")
        MARCXML = "marcxml", _("MARCXML")
        TABLE = "table", _("Bảng CSV, Excel hoặc danh sách ISBN")

    library = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Kind)
    content = models.BinaryField()
    columns = models.JSONField(default=dict, help_text="Cột của bảng ứng với mục của phiếu")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    refusals = models.JSONField(default=list)
    message = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
