from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PageState(models.TextChoices):
    """What became of a scanned page. Nothing but `read` goes into documents."""

    WAITING = "waiting", _("Chờ đọc")
    READ = "read", _("Đã đọc")
    BLANK = "blank", _("Trang trắng")
    SEPARATOR = "separator", _("Tờ phân cách")
    FAILED = "failed", _("Không đọc được")
    SUSPECT = "suspect", _("Nghi có dấu mật")
    DROPPED = "dropped", _("Đã bỏ")


class Page(models.Model):
    """One side of paper as scanned: `number` in its file, `place` in the batch. Rows are never removed.

    `turn` clockwise and `skew` in degrees set it straight, `width` and `height` are points of the straight page.
    `letters` and `wrong_letters` are counted when somebody has read the whole page against its picture.
    """

    batch = models.ForeignKey("digitization.ScanBatch", on_delete=models.PROTECT, related_name="page_rows")
    scan = models.ForeignKey("digitization.Scan", on_delete=models.PROTECT, related_name="page_rows")
    number = models.PositiveIntegerField()
    place = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=PageState, default=PageState.WAITING)
    why = models.CharField(max_length=500, blank=True, help_text="Vì sao bỏ, vì sao không đọc được")
    turn = models.PositiveSmallIntegerField(default=0)
    skew = models.FloatField(default=0.0)
    dpi = models.PositiveSmallIntegerField(default=0)
    width = models.FloatField(default=0.0)
    height = models.FloatField(default=0.0)
    code = models.CharField(max_length=200, blank=True, help_text="Mã vuông trên tờ phân cách")
    engine = models.CharField(max_length=20, blank=True)
    word_count = models.PositiveIntegerField(default=0)
    low_words = models.PositiveIntegerField(default=0)
    confidence = models.FloatField(null=True, blank=True)
    copy = models.ForeignKey(
        "digitization.DigitalCopy", null=True, blank=True, on_delete=models.PROTECT, related_name="page_rows"
    )
    copy_page = models.PositiveIntegerField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    proofread_by = models.ForeignKey(
        "directory.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proofread_at = models.DateTimeField(null=True, blank=True)
    letters = models.PositiveIntegerField(null=True, blank=True)
    wrong_letters = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["place", "id"]
        indexes = [
            models.Index(fields=["batch", "place"], name="scan_page_place"),
            models.Index(fields=["batch", "state"], name="scan_page_state"),
            models.Index(fields=["copy", "copy_page"], name="scan_page_copy", condition=Q(copy__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["scan", "number"], name="a_page_is_scanned_once"),
            models.UniqueConstraint(
                fields=["copy", "copy_page"], name="one_page_a_place_of_a_copy", condition=Q(copy__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(copy__isnull=True, copy_page__isnull=True) | Q(copy__isnull=False, copy_page__gt=0),
                name="a_page_in_a_copy_has_a_place",
            ),
            models.CheckConstraint(
                condition=Q(wrong_letters__isnull=True, letters__isnull=True) | Q(wrong_letters__lte=F("letters") * 2),
                name="wrong_letters_are_counted_of_letters",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scan_id}:{self.number}"


class PageWords(models.Model):
    """What the engine read: [text, left, top, right, bottom, confidence, line] in points. Read anew, it is replaced."""

    page = models.OneToOneField(Page, on_delete=models.PROTECT, related_name="words", primary_key=True)
    words = models.JSONField()
    engine = models.CharField(max_length=20)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.page_id}: {len(self.words)}"


class Correction(models.Model):
    """What stands at a place of the page, as a person read it; it holds whatever an engine reads there later.

    An empty text: nothing stands there. The newest at a place counts.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="corrections")
    left = models.FloatField()
    top = models.FloatField()
    right = models.FloatField()
    bottom = models.FloatField()
    was = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(right__gt=F("left")) & Q(bottom__gt=F("top")), name="a_correction_has_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.text}"
