from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.indicators.periods import Frequency, Period


class RollUp(models.TextChoices):
    """How figures of units and of smaller periods become one."""

    SUM = "sum", _("Cộng các đơn vị")
    MEAN = "weighted_mean", _("Bình quân gia quyền")
    COUNT = "count", _("Đếm đơn vị có số liệu")
    LAST = "last", _("Số cuối kỳ, cộng các đơn vị")
    RATIO = "ratio_of_sums", _("Tỉ lệ của hai tổng")


class Rhythm(models.TextChoices):
    """The frequencies as choices of a field."""

    MONTH = Frequency.MONTH.value, _("Tháng")
    QUARTER = Frequency.QUARTER.value, _("Quý")
    HALF = Frequency.HALF.value, _("6 tháng")
    YEAR = Frequency.YEAR.value, _("Năm")


class Indicator(models.Model):
    """What a figure means. Its owner answers for the definition; the code never changes.

    A weighted mean names its weight, a ratio of sums its numerator and denominator (and is itself never observed);
    these have the same frequency. A ratio whose unit is “%” is multiplied by a hundred.
    """

    code = models.CharField(max_length=170, unique=True)
    name = models.CharField(max_length=300)
    definition = models.TextField(max_length=2000, blank=True)
    unit = models.CharField(max_length=40, blank=True, help_text="Đơn vị tính")
    decimals = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=300, blank=True, help_text="Nguồn số liệu")
    frequency = models.CharField(max_length=1, choices=Rhythm, default=Rhythm.MONTH)
    roll_up = models.CharField(max_length=16, choices=RollUp, default=RollUp.SUM)
    numerator = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    denominator = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    weight = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=False, help_text="Mọi người có tài khoản xem được số liệu")
    measure = models.CharField(max_length=80, blank=True, help_text="Mã phép đếm của hệ thống, nếu máy tự đếm")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(decimals__lte=6), name="indicator_decimals"),
            models.CheckConstraint(
                condition=~Q(roll_up="ratio_of_sums") | Q(numerator__isnull=False, denominator__isnull=False),
                name="a_ratio_has_two_sides",
            ),
            models.CheckConstraint(
                condition=~Q(roll_up="weighted_mean") | Q(weight__isnull=False), name="a_mean_has_a_weight"
            ),
            models.CheckConstraint(
                condition=~Q(numerator=F("id")) & ~Q(denominator=F("id")) & ~Q(weight=F("id")),
                name="an_indicator_is_not_its_own_part",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rhythm(self) -> Frequency:
        """Its frequency as periods know it."""
        return Frequency(self.frequency)

    @property
    def is_observed(self) -> bool:
        """Whether figures are given for it; a ratio is worked out from its sides."""
        return self.roll_up != RollUp.RATIO


class Readership(models.Model):
    """An organization that reads the figures of every unit for an indicator; let in by the indicator's owner."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="readerships")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "organization"], name="one_readership")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.indicator}"


class Origin(models.TextChoices):
    """Where a figure came from."""

    REPORT = "report", _("Nhập trong báo cáo")
    MEASURE = "measure", _("Hệ thống tự đếm")
    IMPORT = "import", _("Nhập từ tệp")
    PERSON = "person", _("Người nhập, có tài liệu chứng minh")


class Observation(models.Model):
    """One unit's own figure for one period. Never changed: a correction adds a row. An empty value takes one back."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="observations")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    origin = models.CharField(max_length=8, choices=Origin)
    record = models.ForeignKey(
        "records.Record", null=True, on_delete=models.PROTECT, related_name="+", help_text="Báo cáo, tài liệu gốc"
    )
    words = models.CharField(max_length=500, blank=True, help_text="Lấy từ đâu: tệp, ô, phép đếm, lý do sửa")
    url = models.CharField(max_length=500, blank=True, help_text="Trang cho thấy những gì đã đếm")
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["indicator", "organization", "first_day"], name="observation_history")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.organization_id} {self.first_day}: {self.value}"

    @property
    def period(self) -> Period:
        """The period it is about (asks the indicator)."""
        return Period(self.first_day, self.indicator.rhythm)


class Standing(models.Model):
    """The observation that stands for an indicator, unit and period; written by the database alone."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    value = models.DecimalField(max_digits=24, decimal_places=6)
    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "first_day", "organization"], include=["value"], name="one_figure_stands"
            )
        ]

    def __str__(self) -> str:
        return f"{self.value}"
