from typing import Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.kernel.records.models import Record

RECORD_TYPE = "ballot"


class Trust(models.TextChoices):
    """How sure we are that the rule says what the text says."""

    VERIFIED = "V", _("Đã đọc văn bản")
    SECONDARY = "S", _("Nguồn thứ cấp")
    UNVERIFIED = "U", _("Chưa kiểm chứng")


class VotingRule(models.Model):
    """A rule ballots are held under (`rules.Rule` as JSON); shipped ones belong to nobody and never change."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey("directory.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    definition: Any = models.JSONField()
    trust = models.CharField(max_length=1, choices=Trust)
    note = models.TextField(max_length=1000, blank=True)
    stopped_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class SubjectKind(models.TextChoices):
    """What is voted on; values as in rules.Kind."""

    QUESTION = "question", _("Thông qua một nội dung")
    LIST = "list", _("Bầu theo danh sách")


class BallotMethod(models.TextChoices):
    """How votes are given; values as in rules.Method."""

    HANDS = "hands", _("Giơ tay, hai người đếm")
    NAMED = "named", _("Biểu quyết ghi tên")
    PAPER = "paper", _("Bỏ phiếu kín bằng giấy")
    SECRET = "secret", _("Bỏ phiếu kín điện tử")


class BallotWay(models.TextChoices):
    """Where votes are given; values as in rules.Way."""

    ROOM = "room", _("Tại hội nghị")
    CIRCULATION = "circulation", _("Phiếu xin ý kiến")


class Ballot(Record):
    """One vote of one body. On the spine: owner = the body that decides, due_on = the day answers are due.

    `rule_kept`, `roll` stand still from the opening, `result` from the counting: what a later change of rule or of
    people would say of it does not matter any more.
    """

    subject = models.CharField(max_length=10, choices=SubjectKind)
    method = models.CharField(max_length=10, choices=BallotMethod)
    way = models.CharField(max_length=12, choices=BallotWay, default=BallotWay.ROOM)
    is_personnel = models.BooleanField(default=False)
    question = models.TextField(max_length=4000, blank=True, help_text="Nội dung, dự thảo được biểu quyết")
    voting_rule = models.ForeignKey(VotingRule, on_delete=models.PROTECT, related_name="ballots")
    rule_kept: Any = models.JSONField(default=dict)
    seats = models.PositiveSmallIntegerField(default=0)
    is_poll_recorded = models.BooleanField(default=False)
    threshold = models.PositiveSmallIntegerField(default=2, help_text="Số thành viên ban kiểm phiếu cùng mở hòm phiếu")
    closes_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    roll: Any = models.JSONField(default=dict)
    result: Any = models.JSONField(default=dict)
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="rounds")
    round = models.PositiveSmallIntegerField(default=1)
    round_reason = models.CharField(max_length=2000, blank=True)
    agenda_item_id = models.BigIntegerField(null=True, help_text="Mục chương trình họp (hệ thống họp)")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(way=BallotWay.CIRCULATION) | Q(is_personnel=False), name="personnel_never_by_letter"
            ),
            models.CheckConstraint(
                condition=Q(round=1) | Q(previous__isnull=False) & ~Q(round_reason=""),
                name="a_later_round_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["previous"], name="rounds_of_a_ballot")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_list(self) -> bool:
        """Whether people are elected from a list."""
        return self.subject == SubjectKind.LIST


class Option(models.Model):
    """A name on an election list, in the order it is printed."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["ballot", "position"], name="one_name_a_place")]

    def __str__(self) -> str:
        return self.name


class Deduction(models.TextChoices):
    """Why somebody summoned is taken off the total (190-QĐ/TW, Điều 30)."""

    NONE = "", "–"
    TEMPORARY = "temporary", _("sinh hoạt tạm thời ở nơi khác")
    EXEMPT = "exempt", _("được miễn công tác và sinh hoạt, không có mặt")
    SUSPENDED = "suspended", _("bị đình chỉ sinh hoạt, khởi tố, truy tố, tạm giam")
    EXCUSED = "excused", _("vắng mặt suốt thời gian, có lý do được đồng ý")
    NO_ALTERNATE = "no_alternate", _("vắng mặt suốt thời gian, không có dự khuyết thay")


class Voter(models.Model):
    """Somebody on the list of a ballot, with name and post of the day.

    `is_voting` is false for who only stands in; in a meeting also for who attends without a vote or keeps the minutes.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="voters")
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=300)
    is_voting = models.BooleanField(default=True)
    is_present = models.BooleanField(default=True)
    deduction = models.CharField(max_length=12, choices=Deduction, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["person__name_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "person"], name="one_voter_a_person"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | ~Q(removed_reason=""), name="a_voter_is_removed_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def may_vote(self) -> bool:
        """Whether a ballot is hers."""
        return self.is_voting and not self.deduction and self.removed_at is None


class Answer(models.Model):
    """A named vote: given once, by the voter herself, never changed."""

    voter = models.OneToOneField(Voter, on_delete=models.PROTECT, related_name="answer")
    choice = models.CharField(
        max_length=5,
        blank=True,
        choices=(
            ("yes", pgettext_lazy("vote", "Đồng ý")),
            ("no", pgettext_lazy("vote", "Không đồng ý")),
            ("other", pgettext_lazy("vote", "Ý kiến khác")),
        ),
    )
    picks = ArrayField(models.PositiveSmallIntegerField(), default=list)
    words = models.TextField(max_length=4000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=["", "yes", "no", "other"]), name="a_known_choice"),
            models.CheckConstraint(condition=~Q(choice="other") | ~Q(words=""), name="another_opinion_is_in_words"),
        ]

    def __str__(self) -> str:
        return f"{self.voter_id}: {self.choice or self.picks}"


class Counter(models.Model):
    """A member of the counting committee (ban kiểm phiếu)."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="counters")
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=300)
    is_head = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_head", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "person"], name="one_counter_a_person"),
            models.UniqueConstraint(fields=["ballot"], condition=Q(is_head=True), name="one_head_of_counters"),
        ]

    def __str__(self) -> str:
        return self.label


class Count(models.Model):
    """What one member of the committee counted by hand. The last of each stands; two must agree."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="counts")
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="counts")
    figures: Any = models.JSONField(help_text="rules.Tally")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["ballot", "counter", "-id"], name="counts_of_a_counter")]

    def __str__(self) -> str:
        return f"{self.counter_id}: {self.figures}"


class CounterKey(models.Model):
    """The public half of the key by which a member of the committee helps to open the box; the other half is hers."""

    counter = models.OneToOneField(Counter, on_delete=models.CASCADE, primary_key=True, related_name="key")
    public = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.counter_id}"


class Box(models.Model):
    """The box of a secret ballot on a screen (docs/voting.md).

    `modulus`: the public key that tells papers handed out. Its private half, encrypted, is gone when handing out ends.
    `counter_keys`: public keys of the committee as they stood at the opening; a member's place is hers in this list.
    `published`: once the box has been opened, papers and choices, each sorted, apart from each other.
    """

    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, primary_key=True, related_name="box")
    address = models.UUIDField(default=uuid4, unique=True)
    modulus = models.BinaryField(max_length=256)
    signing_key = models.TextField(blank=True)
    counter_keys: Any = models.JSONField(default=list)
    published: Any = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.address)


class BoxContent(models.Model):
    """What lies in the box: one row, sorted by random tokens, reached only through `internal/functions.sql`."""

    box = models.OneToOneField(Box, on_delete=models.PROTECT, primary_key=True, related_name="+")
    slips = ArrayField(models.BinaryField(), default=list)

    def __str__(self) -> str:
        return f"{self.box_id}"


class Issue(models.Model):
    """That a voter took her paper, once. What was signed is blinded: it fits every slip of the box equally well."""

    voter = models.OneToOneField(Voter, on_delete=models.PROTECT, primary_key=True, related_name="issue")
    blinded = models.BinaryField(max_length=256)
    signature = models.BinaryField(max_length=256)

    def __str__(self) -> str:
        return f"{self.voter_id}"


class GivenKey(models.Model):
    """A key given to open the box, while it waits for others; deleted when the box is open. The last is never kept."""

    counter = models.OneToOneField(Counter, on_delete=models.PROTECT, primary_key=True, related_name="given_key")
    private = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.counter_id}"


class SheetSet(models.Model):
    """The paper ballots printed for an election, by their random names: sorted, so that they tell no order."""

    ballot = models.OneToOneField(Ballot, on_delete=models.CASCADE, primary_key=True, related_name="sheet_set")
    names = ArrayField(models.CharField(max_length=16), default=list)

    def __str__(self) -> str:
        return f"{self.ballot_id}: {len(self.names)}"


class SheetPage(models.Model):
    """A page as it was scanned by a member of the committee: hers alone, so that two count independently.

    `sheet`: the random name in its code. `problem`: why it was set aside. `struck`: places of names surely struck out.
    """

    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="sheet_pages")
    upload_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    sheet = models.CharField(max_length=16, blank=True)
    page = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    struck = ArrayField(models.PositiveSmallIntegerField(), default=list)

    class Meta:
        ordering = ["upload_id", "number"]
        constraints = [models.UniqueConstraint(fields=["counter", "upload_id", "number"], name="a_page_is_read_once")]

    def __str__(self) -> str:
        return f"{self.upload_id}.{self.number}"


class SheetDecision(models.TextChoices):
    """What a person saw on the picture: of a name, of a page with other ink on it, of a page that was set aside."""

    STRUCK = "struck", _("Có gạch tên")
    KEPT = "kept", _("Không gạch tên")
    CLEAN = "clean", _("Không có dấu vết của người")
    SIGNED = "signed", _("Có ký tên, đánh dấu, viết thêm")
    FOREIGN = "foreign", _("Không do ban kiểm phiếu phát ra")
    UNREADABLE = "unreadable", _("Rách, không đọc được")
    NO_BALLOT = "no_ballot", _("Không phải phiếu, hoặc đã quét lại")


class SheetDoubt(models.Model):
    """What the machine leaves to a person, with the picture. `place`: of the name; null for the whole page."""

    sheet_page = models.ForeignKey(SheetPage, on_delete=models.PROTECT, related_name="doubts")
    place = models.PositiveSmallIntegerField(null=True)
    picture = models.BinaryField()
    decision = models.CharField(max_length=10, blank=True, choices=SheetDecision)

    class Meta:
        ordering = ["sheet_page_id", "place", "id"]

    def __str__(self) -> str:
        return f"{self.sheet_page_id}/{self.place}: {self.decision}"
