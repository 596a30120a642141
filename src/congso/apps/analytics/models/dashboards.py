from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """What a question counts."""

    RECORDS = "records", _("Hồ sơ, văn bản, công việc")
    INDICATOR = "indicator", _("Chỉ tiêu thống kê")


class Standing(models.TextChoices):
    """Which records count."""

    ALL = "all", _("Tất cả")
    OPEN = "open", _("Chưa xong")
    LATE = "late", _("Quá hạn, chưa xong")
    CLOSED = "closed", _("Đã xong")


class Window(models.TextChoices):
    """When the records began."""

    ALL = "all", _("Mọi lúc")
    YEAR = "year", _("Từ đầu năm nay")
    MONTHS = "months", _("12 tháng gần nhất")
    MONTH = "month", _("Tháng này")


class Group(models.TextChoices):
    """By what figures are set apart."""

    NONE = "none", _("Không chia")
    TYPE = "type", _("Loại hồ sơ")
    STATE = "state", _("Trạng thái")
    OWNER = "owner", _("Cơ quan quản lý")
    UNIT = "unit", _("Đơn vị chủ trì, đơn vị có số liệu")
    PERIOD = "period", _("Thời gian")


class MeasureKind(models.TextChoices):
    """What is worked out of the records."""

    COUNT = "count", _("Số lượng")
    LATE = "late", _("Số quá hạn, chưa xong")
    IN_TIME = "in_time", _("Tỉ lệ xong đúng hạn (%)")
    DAYS = "days", _("Số ngày xử lý trung bình")


class ChartKind(models.TextChoices):
    """How figures are drawn; the table is always beside."""

    NUMBER = "number", _("Một con số")
    COLUMNS = "columns", _("Cột")
    LINE = "line", _("Đường")
    TABLE = "table", _("Bảng")


class Dashboard(models.Model):
    """A board of questions in an organization's name. `audience` are principals: the owner's people and who it is
    shared with; seeing the board shows no record and no figure that is not one's own to see."""

    title = models.CharField(max_length=200)
    words = models.CharField(max_length=1000, blank=True, help_text="Bảng này để làm gì")
    owner = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    shared_with = ArrayField(models.BigIntegerField(), default=list, help_text="Cơ quan được xem cùng")
    audience = ArrayField(models.BigIntegerField())
    author = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    author_label = models.CharField(max_length=300)
    is_archived = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "id"]
        indexes = [GinIndex(fields=["audience"], name="dashboard_audience")]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """What is asked: of records (types, standing, since when, below whom) or of an indicator's figures."""

    dashboard = models.ForeignKey(Dashboard, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=9, choices=Source)
    types = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    standing = models.CharField(max_length=6, choices=Standing, default=Standing.ALL)
    since = models.CharField(max_length=6, choices=Window, default=Window.YEAR)
    below = models.ForeignKey(
        "directory.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    split_by = models.CharField(max_length=6, choices=Group, default=Group.NONE)
    measure = models.CharField(max_length=7, choices=MeasureKind, default=MeasureKind.COUNT)
    indicator = models.CharField(max_length=80, blank=True)
    periods = models.PositiveSmallIntegerField(default=12)
    chart = models.CharField(max_length=7, choices=ChartKind, default=ChartKind.COLUMNS)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="indicator") | ~Q(indicator=""), name="a_question_names_its_indicator"
            ),
            models.CheckConstraint(condition=Q(periods__range=(1, 60)), name="a_question_looks_back_so_far"),
        ]

    def __str__(self) -> str:
        return self.title
