from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """What a document, a task, a petition have in common.

    `audience` says who may see it, `handlers` who may act now, `awaited` whose turn it is (their work list shows
    it); all are principals, computed by the flow. They and the state change only through `congso.move_record`.
    """

    type = models.CharField(max_length=40)
    number = models.CharField(max_length=80, blank=True, help_text="Số, ký hiệu như in trên văn bản")
    title = models.CharField(max_length=1000)
    state = models.CharField(max_length=40)
    owner = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "directory.Organization",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Đơn vị chủ trì",
    )
    opened_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    audience = ArrayField(models.BigIntegerField())
    handlers = ArrayField(models.BigIntegerField())
    awaited = ArrayField(models.BigIntegerField(), default=list)
    are_files_closed = models.BooleanField(default=False, help_text="Đã thu hồi: còn bản ghi, không còn tệp")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            GinIndex(fields=["audience"], name="record_audience"),
            GinIndex(fields=["awaited"], name="record_awaited", condition=Q(closed_at__isnull=True)),
            models.Index(F("opened_on").desc(), F("id").desc(), name="record_newest"),
            models.Index(fields=["type", "owner", "state"], name="record_register"),
            models.Index(fields=["type", "unit", "due_on"], name="record_unit_due"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Link(models.Model):
    """Two records belong together; the kind says how (a task comes from a document's clause)."""

    class Kind(models.TextChoices):
        SOURCE = "source", _("Căn cứ, xuất xứ")
        REPLY = "reply", _("Văn bản trả lời")
        RELATED = "related", _("Liên quan")
        SERIES = "series", _("Kỳ của nhiệm vụ định kỳ")
        DOSSIER = "dossier", _("Hồ sơ")

    source = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=10, choices=Kind)
    clause = models.CharField(max_length=120, blank=True)
    added_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind", "clause"], name="one_link_a_kind"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="no_link_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class Comment(models.Model):
    """What somebody who sees the record said about it."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField(max_length=5000)
    author = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    author_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["record", "at"])]

    def __str__(self) -> str:
        return self.text[:60]


class TimelineEntry(models.Model):
    """One step of a record's life with the names of its day: actor, on whose behalf, from and to which state."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="timeline")
    at = models.DateTimeField()
    person = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    actor_label = models.CharField(max_length=300)
    act = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["record", "at"])]
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.label}"


class Term(models.Model):
    """A committee's term, within which its series run (office.md 1.4): closing day of one congress to the next."""

    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="terms")
    name = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "valid_from"], name="one_term_starts_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="term_validity"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """The last number given in one series and period; its row lock makes numbers gap-free."""

    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=40)
    period = models.CharField(max_length=40)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "series", "period"], name="one_counter_a_series")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.period}: {self.last}"


class Number(models.Model):
    """A number given: to a record, or reserved with a reason. Never reused, never without a holder."""

    class Reservation(models.TextChoices):
        NONE = "", ""
        CLASSIFIED = "classified", _("Quản lý ngoài hệ thống")
        CANCELLED = "cancelled", _("Số hủy")

    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=40)
    period = models.CharField(max_length=40)
    value = models.PositiveIntegerField()
    record = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="numbers")
    reservation = models.CharField(max_length=12, choices=Reservation, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "series", "period", "value"], name="a_number_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(record__isnull=False) | ~Q(reservation=""), name="a_number_has_a_holder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} ({self.series} {self.period})"
