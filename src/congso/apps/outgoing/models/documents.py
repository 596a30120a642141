from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.apps.outgoing.models.signers import Authority
from congso.kernel.catalogues.document_marks import Circulation, Urgency
from congso.kernel.catalogues.document_types import type_on
from congso.kernel.records.models import Record

if TYPE_CHECKING:
    from datetime import date

    from congso.apps.outgoing.models.signers import CoSigner

RECORD_TYPE = "outgoing_document"


class OutgoingDocument(Record):
    """A document the office makes and sends.

    On the spine: number = symbol as printed, empty before it is numbered; title = abstract (trích yếu); owner = the
    office whose registry issues it; unit = the drafting unit; opened_on = day the draft began; due_on = issue by.
    `issuer` is in whose name it goes out: the office itself or the committee it serves. `paper` is the newest PDF on
    the way from printing to seal.
    """

    issuer = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    drafter = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    doc_type = models.CharField(max_length=40, help_text="Mã trong danh mục tên loại văn bản")
    content = models.TextField(max_length=200_000, blank=True, help_text="Nội dung soạn trong hệ thống")
    addressees = models.TextField(max_length=3000, blank=True, help_text="Kính gửi; mỗi dòng một nơi")
    recipients_text = models.TextField(max_length=5000, blank=True, help_text="Nơi nhận in trên văn bản")
    place = models.CharField(max_length=80, blank=True, help_text="Địa danh")
    joint_agencies = models.CharField(max_length=60, blank=True, help_text="Ký hiệu các cơ quan cùng ban hành")
    authority = models.CharField(max_length=12, choices=Authority, blank=True)
    authority_over = models.CharField(max_length=200, blank=True, help_text="Ban Thường vụ; Chánh Văn phòng…")
    signer = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=120, blank=True)
    signer_post = models.CharField(max_length=200, blank=True)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.NORMAL)
    deliver_by = models.DateTimeField(null=True, blank=True)
    circulation = models.CharField(max_length=16, choices=Circulation, blank=True)
    copies = models.PositiveIntegerField(default=1)
    reply_due_on = models.DateField(null=True, blank=True, help_text="Hạn nơi nhận trả lời, báo kèm khi phát hành")
    note = models.CharField(max_length=1000, blank=True)
    series = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=40, blank=True)
    number_value = models.PositiveIntegerField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True, help_text="Ngày ghi trên văn bản")
    numbered_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    paper = models.ForeignKey("files.Attachment", null=True, on_delete=models.PROTECT, related_name="+")
    places = models.JSONField(default=dict, help_text="Chỗ ký, chỗ đóng dấu, ô số và ngày trên bản in")
    paper_sha256 = models.CharField(max_length=64, blank=True, help_text="SHA-256 của bản phát hành, không đổi nữa")
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    replace_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number_value=None, series="", period="", issued_on=None, numbered_at=None)
                | (
                    Q(number_value__isnull=False, issued_on__isnull=False, numbered_at__isnull=False)
                    & ~Q(series="")
                    & ~Q(period="")
                ),
                name="outgoing_number_is_whole",
            ),
            models.UniqueConstraint(fields=["issuer", "series", "period", "number_value"], name="outgoing_number_once"),
            models.CheckConstraint(
                condition=Q(issued_at=None) | (~Q(paper_sha256="") & Q(number_value__isnull=False)),
                name="what_is_issued_is_fixed",
            ),
            models.CheckConstraint(
                condition=~Q(urgency=Urgency.EXPRESS_TIMED) | Q(deliver_by__isnull=False),
                name="outgoing_timed_has_its_hour",
            ),
        ]
        indexes = [
            models.Index(fields=["drafter"], name="outgoing_drafter"),
            models.Index(fields=["issued_on"], name="outgoing_issued", condition=Q(issued_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @cached_property
    def last_version(self) -> "DraftVersion | None":
        """The newest version; kept until `forget`."""
        return self.versions.select_related("attachment__blob", "pdf__blob").order_by("-place").first()

    @cached_property
    def opinions_asked(self) -> "list[Opinion]":
        """Every opinion asked for, oldest first; kept until `forget`: a flow asks for them often."""
        return list(self.opinions.order_by("round_id", "position", "id"))

    @cached_property
    def signers_after(self) -> "list[CoSigner]":
        """Who signs after the document's own signer, in their order; kept until `forget`."""
        return list(self.co_signers.select_related("issuer__parent", "person").order_by("position"))

    @property
    def next_signer(self) -> "CoSigner | None":
        """Whose turn it is after the document's own signer; None before she has signed, and when nobody is left."""
        if self.signed_at is None:
            return None
        return next((one for one in self.signers_after if one.signed_at is None), None)

    @property
    def signer_names(self) -> str:
        """Everybody who signs, as a register names them."""
        return ", ".join(filter(None, [self.signer_name, *(one.name for one in self.co_signers.all())]))

    @cached_property
    def told_last(self) -> "Told | None":
        """What its recipients were last told anew; kept until `forget`."""
        return self.told.order_by("-pk").first()

    @property
    def asked_by(self) -> "date | None":
        """By which day recipients are to answer, as they were told last."""
        return self.told_last.due_on if self.told_last else self.reply_due_on

    def forget(self) -> None:
        """Read versions, opinions, co-signers and what recipients were told anew when next asked."""
        for name in ("last_version", "opinions_asked", "signers_after", "told_last"):
            self.__dict__.pop(name, None)

    @property
    def type_name(self) -> str:
        """The printed name of its type as the day of its making had it."""
        kind = type_on(self.doc_type, self.issued_on or self.opened_on)
        return kind.name if kind else ""

    @property
    def type_and_abstract(self) -> str:
        """“Kế hoạch thực hiện…”: as registers print it, the type never said twice."""
        if not self.type_name or self.title.lower().startswith(self.type_name.lower()):
            return self.title
        return f"{self.type_name} {self.title[0].lower()}{self.title[1:]}"

    @property
    def is_urgent(self) -> bool:
        """Whether it jumps queues."""
        return self.urgency > Urgency.NORMAL


class DraftVersion(models.Model):
    """One version of the draft: who made it, when, why; never changed. `findings` is what preflight said of it."""

    class Kind(models.TextChoices):
        WRITTEN = "written", _("Soạn trên hệ thống")
        UPLOADED = "uploaded", _("Tải lên")
        REPAIRED = "repaired", _("Sửa thể thức tự động")
        CORRECTED = "corrected", _("Văn phòng sửa thể thức")

    document = models.ForeignKey(OutgoingDocument, on_delete=models.PROTECT, related_name="versions")
    place = models.PositiveIntegerField(help_text="Lần dự thảo")
    kind = models.CharField(max_length=10, choices=Kind)
    attachment = models.ForeignKey("files.Attachment", on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey("files.Attachment", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000, blank=True)
    stage = models.CharField(max_length=20, help_text="Trạng thái văn bản khi có bản này")
    made_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    made_label = models.CharField(max_length=300)
    at = models.DateTimeField()
    findings = models.JSONField(null=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "place"], name="one_version_a_place")]
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.place}"

    @property
    def errors(self) -> list[dict[str, Any]]:
        """Findings that must be mended before signing."""
        return [one for one in self.findings or () if one["severity"] == "error"]

    @property
    def is_word(self) -> bool:
        """Whether it can be edited further and repaired."""
        return self.attachment.name.lower().endswith(".docx")


class OpinionRound(models.Model):
    """One asking for opinions: everybody at once, or one after the other."""

    document = models.ForeignKey(OutgoingDocument, on_delete=models.PROTECT, related_name="rounds")
    version = models.ForeignKey(DraftVersion, on_delete=models.PROTECT, related_name="+")
    is_serial = models.BooleanField(default=False)
    question = models.TextField(max_length=3000, blank=True)
    due_on = models.DateField()
    asked_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    asked_label = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.asked_at:%d/%m/%Y}"


class Opinion(models.Model):
    """What one unit or person was asked, and answered. `receivers` are the principals behind it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Chưa đến lượt")
        ASKED = "asked", _("Chờ ý kiến")
        ANSWERED = "answered", _("Đã cho ý kiến")
        MISSED = "missed", _("Không có ý kiến khi kết thúc")

    class Stance(models.TextChoices):
        NONE = "", ""
        AGREES = "agrees", _("Nhất trí")
        AGREES_WITH = "agrees_with", _("Nhất trí, có ý kiến bổ sung")
        DISAGREES = "disagrees", _("Không nhất trí")

    document = models.ForeignKey(OutgoingDocument, on_delete=models.PROTECT, related_name="opinions")
    round = models.ForeignKey(OpinionRound, on_delete=models.PROTECT, related_name="opinions")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("directory.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    target_label = models.CharField(max_length=300)
    receivers = ArrayField(models.BigIntegerField())
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(null=True)
    stance = models.CharField(max_length=12, choices=Stance, blank=True)
    text = models.TextField(max_length=10_000, blank=True)
    author = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    author_label = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, person__isnull=False) | Q(unit__isnull=False, person=None),
                name="an_opinion_is_of_a_unit_or_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(stance="") & Q(answered_at__isnull=False)),
                name="answered_with_a_stance",
            ),
        ]
        indexes = [GinIndex(fields=["receivers"], name="opinion_receivers", condition=Q(state="asked"))]

    def __str__(self) -> str:
        return f"{self.target_label}: {self.get_state_display()}"

    def is_late(self, due_on: Any) -> bool:
        """Answered after the last day, or not yet and it has passed."""
        day = timezone.localdate(self.answered_at) if self.answered_at else timezone.localdate()
        return bool(due_on < day) and self.state in {self.State.ASKED, self.State.ANSWERED}


class OpinionPoint(models.Model):
    """One point of an opinion, and what the drafter made of it: a row of the consolidated table."""

    class Outcome(models.TextChoices):
        PENDING = "", _("Chưa giải trình")
        ACCEPTED = "accepted", _("Tiếp thu")
        PARTLY = "partly", _("Tiếp thu một phần")
        DECLINED = "declined", _("Không tiếp thu")

    document = models.ForeignKey(OutgoingDocument, on_delete=models.PROTECT, related_name="points")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="points")
    clause = models.CharField(max_length=120, blank=True, help_text="Điều, khoản, mục, trang")
    text = models.TextField(max_length=5000)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = models.CharField(max_length=3000, blank=True)
    decided_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["", "accepted"]) | ~Q(reason=""), name="what_is_declined_says_why"
            )
        ]
        ordering = ["opinion_id", "id"]

    def __str__(self) -> str:
        return self.text[:80]


class PageNote(models.Model):
    """A note at a place of a page: a leader on a phone points at it. `x`, `y` in percent from the upper left."""

    document = models.ForeignKey(OutgoingDocument, on_delete=models.PROTECT, related_name="page_notes")
    version = models.ForeignKey(DraftVersion, on_delete=models.PROTECT, related_name="notes")
    page = models.PositiveSmallIntegerField()
    x = models.FloatField()
    y = models.FloatField()
    text = models.CharField(max_length=2000)
    author = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    author_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(x__gte=0, x__lte=100, y__gte=0, y__lte=100, page__gte=1), name="a_note_is_on_its_page"
            )
        ]
        ordering = ["version_id", "page", "y", "id"]

    def __str__(self) -> str:
        return self.text[:80]


class Channel(models.TextChoices):
    """How a copy goes to a recipient; all of them stand in one register."""

    PORTAL = "portal", _("Trong hệ thống")
    AXIS = "axis", _("Trục liên thông")
    EMAIL = "email", _("Thư điện tử")
    PAPER = "paper", _("Bản giấy")


class Told(models.Model):
    """What recipients were told after it was issued: the deadline and the note that stand since; never changed."""

    document = models.ForeignKey(OutgoingDocument, on_delete=models.PROTECT, related_name="told")
    due_on = models.DateField(null=True, blank=True)
    content = models.TextField(max_length=5000, blank=True)
    reason = models.CharField(max_length=2000)
    made_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    made_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.at:%d/%m/%Y}"


class Recipient(models.Model):
    """To whom the document goes, by which channel, and what came back (01 to 06, 15, 16)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ phát hành")
        QUEUED = "queued", _("Đang gửi")
        SENT = "sent", _("Đã gửi")
        FAILED = "failed", _("Chưa gửi được")
        RECALL_ASKED = "recall_asked", _("Đã báo thu hồi")
        RECALLED = "recalled", _("Đã thu hồi")
        REMOVED = "removed", _("Đã bỏ khỏi nơi nhận")

    class Purpose(models.TextChoices):
        ACT = "act", _("Để thực hiện")
        KNOW = "know", _("Để biết")

    document = models.ForeignKey(OutgoingDocument, on_delete=models.PROTECT, related_name="recipients")
    channel = models.CharField(max_length=8, choices=Channel)
    organization = models.ForeignKey("directory.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    address = models.CharField(max_length=300, blank=True, help_text="Mã định danh, địa chỉ thư hoặc địa chỉ nhận")
    purpose = models.CharField(max_length=6, choices=Purpose, default=Purpose.ACT)
    copies = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=14, choices=State, default=State.WAITING)
    status = models.CharField(max_length=2, blank=True, help_text="Trạng thái mới nhất nơi nhận báo về")
    status_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True)
    sent_at = models.DateTimeField(null=True)
    packet = models.ForeignKey("exchange.Packet", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "channel", "address"],
                condition=~Q(state="removed") & ~Q(channel="paper"),
                name="one_copy_an_address",
            ),
            models.CheckConstraint(
                condition=~Q(channel="portal") | Q(organization__isnull=False), name="inside_is_an_organization"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_channel_display()})"

    @property
    def is_live(self) -> bool:
        """Whether it still is one."""
        return self.state != self.State.REMOVED
