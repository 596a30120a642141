from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.apps.library.models.catalogue import Card


class Book(models.Model):
    """A file of a work that is read here. `sha256` names the bytes shown, `source` those that came."""

    class Kind(models.TextChoices):
        EPUB = "epub", "EPUB"
        PDF = "pdf", "PDF"

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang mở sách")
        READY = "ready", _("Đọc được")
        FAILED = "failed", _("Không mở được")
        REMOVED = "removed", _("Đã gỡ")

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="books")
    attachment = models.ForeignKey("files.Attachment", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    pages = models.PositiveIntegerField(default=0, help_text="Số trang (PDF) hoặc số chương (EPUB)")
    contents = models.JSONField(default=list, help_text="Mục lục: chương, chỗ trong chương, cấp")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    message = models.CharField(max_length=1000, blank=True)
    may_be_taken = models.BooleanField(default=True, help_text="Bạn đọc được tải tệp về")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["card", "source"], name="one_book_a_file", condition=~Q(state="removed"))
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_readable(self) -> bool:
        """Whether it can be opened on the screen."""
        return self.state == self.State.READY and self.pages > 0


class Chapter(models.Model):
    """A chapter of an EPUB as clean HTML: written anew by `kernel.files.reading.book_html`, never as it came."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="chapters")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    html = models.TextField()
    length = models.PositiveIntegerField(default=0, help_text="Số ký tự của lời")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="one_chapter_a_number")]

    def __str__(self) -> str:
        return self.title


class Picture(models.Model):
    """A picture of an EPUB, drawn anew."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="pictures")
    key = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "key"], name="one_picture_a_key")]

    def __str__(self) -> str:
        return self.key


class Place(models.Model):
    """Where a reader is in a book, on whatever device: chapter or page, and how far in it (thousandths)."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    share = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "book"], name="one_place_a_reader"),
            models.CheckConstraint(condition=Q(share__lte=1000), name="a_share_is_in_thousandths"),
        ]
        indexes = [models.Index(fields=["person", "-at"], name="place_newest")]

    def __str__(self) -> str:
        return f"{self.number} ({self.share / 10:.0f} %)"


class Note(models.Model):
    """What a reader writes at a place of a book; nobody else ever sees it."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    share = models.PositiveSmallIntegerField(default=0)
    quote = models.CharField(max_length=1000, blank=True)
    text = models.TextField(max_length=5000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number", "share", "id"]
        indexes = [models.Index(fields=["person", "book"], name="note_of_reader")]

    def __str__(self) -> str:
        return self.text[:60]
