from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.apps.library.models.catalogue import Card


class Copy(models.Model):
    """A copy on paper with its own number in the library's book (số đăng ký cá biệt)."""

    class State(models.TextChoices):
        SHELVED = "shelved", _("Trên giá")
        LENT = "lent", _("Đang cho mượn")
        KEPT = "kept", _("Giữ cho người đặt")
        LOST = "lost", _("Mất")
        DAMAGED = "damaged", _("Hỏng")
        WITHDRAWN = "withdrawn", _("Đã thanh lý")

    class Source(models.TextChoices):
        BOUGHT = "bought", _("Mua")
        GIVEN = "given", _("Tặng, biếu")
        DEPOSITED = "deposited", _("Nộp, chuyển giao")
        OTHER = "other", _("Nguồn khác")

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="copies")
    library = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, help_text="Số đăng ký cá biệt, như trên nhãn và mã vạch")
    shelf = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.SHELVED)
    source = models.CharField(max_length=9, choices=Source, default=Source.BOUGHT)
    acquired_on = models.DateField()
    paper = models.CharField(max_length=200, blank=True, help_text="Số, ngày chứng từ")
    price = models.PositiveBigIntegerField(null=True, blank=True, help_text="Đồng")
    is_for_loan = models.BooleanField(default=True, help_text="Cho mượn về; không thì chỉ đọc tại chỗ")
    note = models.CharField(max_length=500, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by_paper = models.CharField(max_length=200, blank=True, help_text="Số, ngày biên bản thanh lý")

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["library", "number"], name="one_copy_a_number"),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_on__isnull=False), name="a_withdrawn_copy_has_its_day"
            ),
        ]
        indexes = [models.Index(fields=["library", "state"], name="copy_state")]

    def __str__(self) -> str:
        return self.number


class Loan(models.Model):
    """A copy with a reader. After the set time a closed loan no longer says whose it was."""

    class Ending(models.TextChoices):
        RETURNED = "returned", _("Đã trả")
        LOST = "lost", _("Làm mất")
        DAMAGED = "damaged", _("Trả hỏng")

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="loans")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="loans")
    library = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    reader_label = models.CharField(max_length=300, blank=True)
    lent_at = models.DateTimeField()
    lent_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    renewals = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=8, choices=Ending, blank=True)
    note = models.CharField(max_length=1000, blank=True, help_text="Tình trạng khi trả, biên bản mất, hỏng, đền")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["copy"], condition=Q(ended_at__isnull=True), name="a_copy_is_lent_once"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(reader__isnull=False), name="an_open_loan_has_its_reader"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="an_ended_loan_says_how",
            ),
            models.CheckConstraint(
                condition=Q(ending__in=["", "returned"]) | ~Q(note=""), name="lost_and_damaged_have_a_record"
            ),
        ]
        indexes = [
            models.Index(fields=["library", "due_on"], condition=Q(ended_at__isnull=True), name="loan_due"),
            models.Index(fields=["reader", "-lent_at"], name="loan_of_reader"),
            models.Index(fields=["ended_at"], condition=Q(reader__isnull=False), name="loan_to_unlink"),
        ]

    def __str__(self) -> str:
        return f"{self.copy} → {self.due_on:%d/%m/%Y}"

    @property
    def closed_at(self) -> datetime | None:
        """When it ended, as lists that show deadlines ask."""
        return self.ended_at


class Hold(models.Model):
    """A reader waits for a work; the first one gets a copy kept until a day."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ")
        READY = "ready", _("Đến nhận")
        TAKEN = "taken", _("Đã nhận")
        EXPIRED = "expired", _("Quá hạn nhận")
        CANCELLED = "cancelled", _("Đã hủy")

    OPEN = (State.WAITING, State.READY)

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="holds")
    library = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    reader_label = models.CharField(max_length=300, blank=True)
    copy = models.ForeignKey(Copy, null=True, on_delete=models.PROTECT, related_name="holds")
    placed_at = models.DateTimeField()
    until = models.DateField(null=True, help_text="Giữ bản sách đến hết ngày")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["placed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "reader"], condition=Q(state__in=["waiting", "ready"]), name="one_hold_a_reader"
            ),
            models.UniqueConstraint(fields=["copy"], condition=Q(state="ready"), name="a_copy_is_kept_for_one"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(copy__isnull=False, until__isnull=False), name="a_ready_hold_has_a_copy"
            ),
        ]
        indexes = [models.Index(fields=["library", "state"], name="hold_state")]

    def __str__(self) -> str:
        return f"{self.card_id} {self.get_state_display()}"


class Usage(models.Model):
    """How often a work was used in a month, and how. Nobody is named, and nobody can be: there is only a count."""

    class Kind(models.TextChoices):
        READ = "read", _("Mở đọc")
        TAKEN = "taken", _("Tải về")
        LENT = "lent", _("Cho mượn")

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="usages")
    month = models.DateField(help_text="Ngày đầu tháng")
    kind = models.CharField(max_length=5, choices=Kind)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "month", "kind"], name="one_count_a_month")]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y} {self.kind}: {self.count}"


class Stocktake(models.Model):
    """A count of the shelves (kiểm kê): the numbers found, compared with the library's book."""

    library = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    expected = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class Sighting(models.Model):
    """A number scanned in a count of the shelves; without a copy it is in no book."""

    stocktake = models.ForeignKey(Stocktake, on_delete=models.PROTECT, related_name="sightings")
    number = models.CharField(max_length=40)
    copy = models.ForeignKey(Copy, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stocktake", "number"], name="one_sighting_a_number")]

    def __str__(self) -> str:
        return self.number
