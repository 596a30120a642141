from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Engine(models.TextChoices):
    """Who made an answer."""

    EXTRACT = "extract", _("Trích từ văn bản")
    GENERATOR = "generator", _("Mô hình ngôn ngữ")


class TurnState(models.TextChoices):
    """How far an answer is."""

    ANSWERING = "answering", _("Đang trả lời")
    ANSWERED = "answered", _("Đã trả lời")
    REFUSED = "refused", _("Không tìm thấy")


class Thumb(models.TextChoices):
    """What the asker thinks of an answer."""

    NONE = "", ""
    UP = "up", _("Đúng")
    DOWN = "down", _("Chưa đúng")


class Role(models.TextChoices):
    """What a statement is there for."""

    ANSWER = "answer", _("Trả lời")
    DETAIL = "detail", _("Chi tiết")
    OPPOSED = "opposed", _("Văn bản khác nói khác")
    ENDED = "ended", _("Hiệu lực của văn bản đã dẫn")


class Effect(models.TextChoices):
    """How a cited paper stands on the day of the answer; nothing where nobody knows."""

    UNKNOWN = "", ""
    IN_FORCE = "in_force", _("còn hiệu lực")
    PENDING = "pending", _("chưa có hiệu lực")
    AMENDED = "amended", _("đã sửa đổi, bổ sung")
    REPLACED = "replaced", _("đã được thay thế")
    EXPIRED = "expired", _("hết hiệu lực")


class Conversation(models.Model):
    """Questions of one person that belong together; hers alone. `organization`: whose people may break the glass."""

    asker = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["asker", "-last_at"], name="conversation_newest"),
            models.Index(fields=["organization", "-last_at"], name="conversation_where"),
        ]

    def __str__(self) -> str:
        return self.title


class Turn(models.Model):
    """One question and what became of it. `asked` is the question in full when it continues the one before."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="turns")
    position = models.PositiveIntegerField()
    question = models.CharField(max_length=1000)
    asked = models.CharField(max_length=2100)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=TurnState, default=TurnState.ANSWERING)
    engine = models.CharField(max_length=10, choices=Engine, default=Engine.EXTRACT)
    is_fallen_back = models.BooleanField(default=False, help_text="Mô hình không trả lời được; đã trích từ văn bản")
    looked_at = ArrayField(models.BigIntegerField(), default=list, help_text="Hồ sơ đã xem để trả lời")
    dropped = models.PositiveIntegerField(default=0, help_text="Số ý bị bỏ vì trích dẫn không khớp")
    answered_at = models.DateTimeField(null=True, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)
    thumb = models.CharField(max_length=4, choices=Thumb, blank=True, default=Thumb.NONE)
    correction = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["conversation", "position"], name="one_turn_a_place")]

    def __str__(self) -> str:
        return self.question


class Statement(models.Model):
    """One thing said, word for word or short, from `sources` alone: who may not read each of these does not see it."""

    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="statements")
    position = models.PositiveIntegerField()
    role = models.CharField(max_length=10, choices=Role, default=Role.ANSWER)
    lead = models.CharField(max_length=300, blank=True, help_text="Câu trả lời ngắn: con số, ngày, có hay không")
    text = models.CharField(max_length=1000)
    sources = ArrayField(models.BigIntegerField(), help_text="Hồ sơ mà ý này dựa vào")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["turn", "position"], name="one_statement_a_place"),
            models.CheckConstraint(condition=~models.Q(sources=[]), name="nothing_is_said_without_a_source"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Citation(models.Model):
    """Where a statement stands: exact words of a record's stored text, its page or clause, its effect that day."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="citations")
    position = models.PositiveIntegerField()
    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+")
    attachment = models.ForeignKey("files.Attachment", null=True, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveIntegerField(null=True)
    clause = models.CharField(max_length=200, blank=True)
    quote = models.CharField(max_length=1000)
    effect = models.CharField(max_length=10, choices=Effect, blank=True, default=Effect.UNKNOWN)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["statement", "position"], name="one_citation_a_place")]

    def __str__(self) -> str:
        return self.quote[:60]


class Judgement(models.Model):
    """A question people judged, for the evaluation set: without a name where it is shared. The asker chooses."""

    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    turn = models.OneToOneField(Turn, on_delete=models.PROTECT, related_name="judgement")
    question = models.CharField(max_length=2100)
    is_right = models.BooleanField()
    correction = models.CharField(max_length=1000, blank=True)
    records = ArrayField(models.BigIntegerField(), default=list, help_text="Hồ sơ đã được dẫn")
    is_shared = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-at"], name="judgement_newest")]

    def __str__(self) -> str:
        return self.question[:60]


class GeneratorDay(models.Model):
    """How many tokens the generator took on one day, and when it last failed."""

    day = models.DateField(primary_key=True)
    tokens = models.PositiveIntegerField(default=0)
    calls = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.tokens}"
