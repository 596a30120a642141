from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.kernel.indicators.periods import Frequency, Period
from congso.kernel.records.models import Record

RECORD_TYPE = "programme"


class Body(models.TextChoices):
    """Whose programme it is (office 6.2)."""

    COMMITTEE = "BCH", _("Ban Chấp hành")
    STANDING = "BTV", _("Ban Thường vụ")
    PERMANENT = "TT", _("Thường trực")
    AGENCY = "CQ", _("Cơ quan, đơn vị")


class Span(models.TextChoices):
    """For how long; the letters are those of `indicators.periods`."""

    YEAR = "Y", _("Năm")
    HALF = "H", _("6 tháng")
    QUARTER = "Q", _("Quý")
    MONTH = "M", _("Tháng")


class Programme(Record):
    """One programme. On the spine: owner = the committee or agency, opened_on = the day its draft was begun."""

    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=3, choices=Body, default=Body.STANDING)
    span = models.CharField(max_length=1, choices=Span, default=Span.MONTH)
    first_day = models.DateField()
    above = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="below",
        help_text="Chương trình dài hơn mà nó cụ thể hóa",
    )
    note = models.TextField(max_length=2000, blank=True, help_text="Căn cứ, yêu cầu chung")
    opinions_until = models.DateField(null=True, blank=True)
    revision = models.PositiveSmallIntegerField(default=0, help_text="Số lần đã duyệt; 0: chưa duyệt")
    approved_on = models.DateField(null=True, blank=True)
    is_dropped = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "body", "span", "first_day"],
                condition=Q(is_dropped=False),
                name="one_programme_a_body_a_period",
            ),
            models.CheckConstraint(
                condition=Q(above__isnull=True) | ~Q(above=F("pk")), name="no_programme_above_itself"
            ),
        ]
        indexes = [models.Index(fields=["organization", "first_day"], name="programmes_of_a_period")]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        """The days it is for."""
        return Period(self.first_day, Frequency(self.span))


class Standing(models.TextChoices):
    """How an item stands."""

    PLANNED = "planned", _("Theo chương trình")
    DONE = "done", _("Đã xem xét")
    POSTPONED = "postponed", _("Lùi")
    WITHDRAWN = "withdrawn", _("Rút")


class Item(models.Model):
    """Something a session takes up. Its month is known first, its session's day later; its papers' day follows."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField(help_text="Số thứ tự")
    content = models.CharField(max_length=1000)
    preparer = models.ForeignKey(
        "directory.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verifier = models.ForeignKey(
        "directory.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    supervisor = models.ForeignKey(
        "directory.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    supervisor_label = models.CharField(max_length=300, blank=True)
    output = models.CharField(max_length=200, blank=True, help_text="Hình thức văn bản")
    month = models.DateField(null=True, blank=True, help_text="Ngày đầu của tháng dự kiến")
    session_on = models.DateField(null=True, blank=True)
    papers_due_on = models.DateField(null=True, blank=True)
    papers_in_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True, help_text="Kết quả: số, ký hiệu văn bản đã ban hành")
    standing = models.CharField(max_length=9, choices=Standing, default=Standing.PLANNED)
    slip_reason = models.CharField(max_length=500, blank=True)
    moved_to = models.DateField(null=True, blank=True, help_text="Tháng lùi đến")
    added_in = models.PositiveSmallIntegerField(default=0, help_text="Lần duyệt mà nó được bổ sung; 0: từ đầu")
    carried_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to")

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(standing__in=["postponed", "withdrawn"]) | ~Q(slip_reason=""), name="a_slip_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(session_on__isnull=True)
                | Q(papers_due_on__isnull=True)
                | Q(papers_due_on__lte=F("session_on")),
                name="papers_before_the_session",
            ),
            models.UniqueConstraint(
                fields=["programme", "carried_from"],
                condition=Q(carried_from__isnull=False),
                name="an_item_is_carried_once",
            ),
        ]
        indexes = [
            models.Index(fields=["session_on"], name="items_of_a_session"),
            models.Index(fields=["papers_due_on"], name="items_whose_papers_are_due"),
        ]

    def __str__(self) -> str:
        return self.content[:80]

    @property
    def last_heard(self) -> "Heard | None":
        """What a session said of it last, as it was read."""
        return next(reversed(self.heard.all()), None)

    @property
    def is_missed(self) -> bool:
        """A session was to take it up and did not, and no later day is planned."""
        last, day = self.last_heard, self.session_on or self.month
        if self.standing != Standing.PLANNED or last is None or (day is not None and day > last.on):
            return False
        return last.kind in (HeardKind.MISSED, HeardKind.DROPPED)

    @property
    def why(self) -> str:
        """Why it was not taken up when it was to be; empty when nobody said."""
        last = self.last_heard if self.is_missed else None
        return last.reason if last is not None else self.slip_reason

    @property
    def is_live(self) -> bool:
        """Still to be taken up, or taken up, here."""
        return self.standing in (Standing.PLANNED, Standing.DONE)


class ChangeKind(models.TextChoices):
    """What a change did to an item."""

    ADDED = "added", pgettext_lazy("programme", "Bổ sung")
    EDITED = "edited", pgettext_lazy("programme", "Sửa")
    POSTPONED = "postponed", _("Lùi")
    WITHDRAWN = "withdrawn", _("Rút")


class Change(models.Model):
    """One change of an approved programme, never altered: what was, what is, why, who."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="changes")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=9, choices=ChangeKind)
    before: Any = models.JSONField(default=dict, help_text="Ô → điều ghi trước đó")
    after: Any = models.JSONField(default=dict)
    reason = models.CharField(max_length=500)
    revision = models.PositiveSmallIntegerField(help_text="Lần duyệt mà nó thuộc về")
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_programme_change_has_a_reason")]
        indexes = [models.Index(fields=["programme", "id"], name="changes_of_a_programme")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason[:60]}"


class HeardKind(models.TextChoices):
    """What became of an item in a session."""

    HELD = "held", pgettext_lazy("programme", "Đã họp")
    MISSED = "missed", _("Chưa họp đến")
    DROPPED = "dropped", _("Đưa ra khỏi chương trình họp")
    POSTPONED = "postponed", _("Lùi")
    WITHDRAWN = "withdrawn", _("Rút")
    MOVED = "moved", _("Dời ngày họp")


class Heard(models.Model):
    """What a session said of an item, never altered. `to`: the first day of the month it is put off to, or the
    session's new day. Who reads the programme need not see the session: its name stands here."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="heard")
    session = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    session_label = models.CharField(max_length=300)
    kind = models.CharField(max_length=9, choices=HeardKind)
    on = models.DateField()
    to = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    shown: Record | None = None  # the session, for whoever sees it

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind="held") | ~Q(reason=""), name="a_session_says_why_not"),
            models.CheckConstraint(
                condition=~Q(kind__in=["postponed", "moved"]) | Q(to__isnull=False), name="a_session_says_until_when"
            ),
        ]
        indexes = [models.Index(fields=["item", "id"], name="heard_of_an_item")]

    def __str__(self) -> str:
        return f"{self.session_label}: {self.get_kind_display()}"


class Consulted(models.Model):
    """A unit whose opinion on the draft is asked."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="consulted")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "organization"], name="a_unit_is_consulted_once")]

    def __str__(self) -> str:
        return str(self.organization)


class Handling(models.TextChoices):
    """What became of an opinion."""

    OPEN = "open", _("Chưa xem xét")
    TAKEN = "taken", _("Tiếp thu")
    PARTLY = "partly", _("Tiếp thu một phần")
    EXPLAINED = "explained", _("Giải trình, không tiếp thu")


class Opinion(models.Model):
    """What a unit says about the draft, or about one item; the drafters answer each."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="opinions")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=3000)
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()
    handling = models.CharField(max_length=9, choices=Handling, default=Handling.OPEN)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "id"], name="opinions_on_a_programme")]

    def __str__(self) -> str:
        return self.text[:60]
