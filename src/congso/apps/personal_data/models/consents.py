from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ConsentPurpose(models.Model):
    """One purpose people are asked to agree to, each by itself (91/2025/QH15, article 9: no bundling)."""

    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Từ đây không hỏi nữa, không xử lý nữa")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="a_purpose_has_a_title")]

    def __str__(self) -> str:
        return self.title


class ConsentText(models.Model):
    """What people are told before they agree: data, purpose, who processes, how long, their rights. Never changed.

    A version that `asks_again` changes what was agreed to: earlier consents no longer cover it.
    """

    purpose = models.ForeignKey(ConsentPurpose, on_delete=models.PROTECT, related_name="texts")
    version = models.PositiveIntegerField()
    data = models.TextField(max_length=5000, help_text="Loại dữ liệu")
    why = models.TextField(max_length=5000, help_text="Mục đích, cách xử lý")
    recipients = models.TextField(max_length=5000, help_text="Ai xử lý, ai nhận")
    retention = models.CharField(max_length=500, help_text="Giữ bao lâu")
    asks_again = models.BooleanField(default=True)
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    published_by_label = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="one_text_a_version")]
        ordering = ["version"]

    def __str__(self) -> str:
        return f"{self.purpose_id} v{self.version}"


class ConsentEntry(models.Model):
    """One line of the ledger: a person agreed to a text or took it back. Lines are added, never changed or removed."""

    class Act(models.TextChoices):
        GIVEN = "given", _("Đồng ý")
        WITHDRAWN = "withdrawn", _("Rút lại")

    class Channel(models.TextChoices):
        SCREEN = "screen", _("Tự bấm trên Cổng Số")
        PAPER = "paper", _("Văn bản giấy")

    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    person_label = models.CharField(max_length=300)
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="entries")
    act = models.CharField(max_length=10, choices=Act)
    channel = models.CharField(max_length=10, choices=Channel)
    proof = models.CharField(max_length=300, blank=True, help_text="Số, ngày, nơi giữ văn bản giấy")
    request = models.ForeignKey(
        "personal_data.SubjectRequest", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="Yêu cầu ngừng xử lý sinh ra khi rút lại",
    )  # fmt: skip
    at = models.DateTimeField()
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="screen", by=models.F("person")) | (Q(channel="paper") & ~Q(proof="")),
                name="a_consent_is_ones_own_or_on_paper",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "text", "-id"], name="consent_of_person"),
            models.Index(fields=["text", "person", "-id"], name="consent_of_text"),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%d/%m/%Y %H:%M}"
