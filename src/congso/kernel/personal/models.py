from django.db import models
from django.db.models import Q


class Place(models.TextChoices):
    """Where private data was shown."""

    PAGE = "page", "Trang cá nhân"
    CSV = "csv", "Kết xuất danh bạ (CSV)"
    CARD = "card", "Danh thiếp (vCard)"
    API = "api", "Phần mềm khác đọc (REST)"
    REQUEST = "request", "Hồ sơ yêu cầu của chủ thể dữ liệu"


class Purpose(models.TextChoices):
    """Why private data was shown: one of the purposes the register names."""

    CONTACT = "contact", "Liên hệ công việc"
    DIRECTORY = "directory", "Kết xuất, đồng bộ danh bạ"
    RIGHTS = "rights", "Giải quyết yêu cầu của chủ thể dữ liệu"


class Disclosure(models.Model):
    """Somebody looked at private data: of one person, or a list as of a day (of one organization or of all).

    One row a viewer, day, place, purpose and scope; `times` counts repeats. A list is one row whatever its length:
    who held a post in its scope on its day finds herself in it (the policy in protection.py).
    """

    viewer = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    viewer_label = models.CharField(max_length=500)
    day = models.DateField()
    subject = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField(null=True)
    place = models.CharField(max_length=10, choices=Place)
    purpose = models.CharField(max_length=12, choices=Purpose)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["viewer", "day", "place", "purpose", "subject", "organization", "as_of"],
                name="one_disclosure_a_day",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(subject__isnull=False) | Q(as_of__isnull=False), name="a_disclosure_has_a_scope"
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "-day"]),
            models.Index(fields=["-day"], condition=Q(subject__isnull=True), name="disclosed_lists"),
        ]

    def __str__(self) -> str:
        return f"{self.viewer_label}: {self.get_place_display()}, {self.day:%d/%m/%Y}"
