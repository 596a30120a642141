from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.kernel.catalogues.document_marks import Circulation, Urgency
from congso.kernel.catalogues.document_types import type_on
from congso.kernel.papers.proposals import FieldName
from congso.kernel.records.models import Record

RECORD_TYPE = "incoming_document"
CERTAIN = 0.85
"""From this confidence on a reading that has no doubt of its own is taken as certain."""


class Channel(models.TextChoices):
    """How it came; paper and electronic share one series of arrival numbers."""

    PAPER = "paper", _("Bản giấy")
    NETWORK = "network", _("Điện tử (trục liên thông)")
    EMAIL = "email", _("Thư điện tử công vụ")
    FAX = "fax", "Fax"
    MEETING = "meeting", _("Nhận tại hội nghị")


class IncomingDocument(Record):
    """A document from outside; here are the register's fields.

    On the spine: number = symbol as printed, title = abstract (trích yếu), opened_on = day of receipt,
    due_on = handling deadline, unit = lead unit.
    """

    arrival_number = models.PositiveIntegerField(null=True, blank=True)
    arrival_year = models.PositiveSmallIntegerField(null=True, blank=True)
    received_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True, blank=True)
    symbol_key = models.CharField(max_length=80, blank=True)
    symbol_number = models.PositiveIntegerField(null=True, blank=True)
    symbol_type = models.CharField(max_length=10, blank=True)
    symbol_agency = models.CharField(max_length=60, blank=True)
    issuer = models.ForeignKey(
        "directory.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issuer_name = models.CharField(max_length=300, blank=True)
    issuer_key = models.CharField(max_length=300, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    doc_type = models.CharField(max_length=40, blank=True, help_text="Mã trong danh mục tên loại văn bản")
    signer_name = models.CharField(max_length=120, blank=True)
    signer_post = models.CharField(max_length=200, blank=True)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.NORMAL)
    deliver_by = models.DateTimeField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    copies = models.PositiveIntegerField(default=1)
    circulation = models.CharField(max_length=16, choices=Circulation, blank=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.PAPER)
    reply_due_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    file_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 của tệp gốc, để tìm trùng")
    presented_at = models.DateTimeField(null=True, blank=True)
    presented_to = models.ForeignKey(
        "directory.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposal = models.TextField(max_length=3000, blank=True, help_text="Ý kiến đề xuất của văn phòng khi trình")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(arrival_number=None, arrival_year=None, registered_at=None)
                | Q(arrival_number__isnull=False, arrival_year__isnull=False, registered_at__isnull=False),
                name="numbered_when_registered",
            ),
            models.CheckConstraint(
                condition=~Q(urgency=Urgency.EXPRESS_TIMED) | Q(deliver_by__isnull=False),
                name="timed_express_has_its_hour",
            ),
        ]
        indexes = [
            models.Index(fields=["symbol_key", "issued_on"], name="incoming_symbol"),
            models.Index(fields=["file_digest"], name="incoming_file", condition=~Q(file_digest="")),
            models.Index(fields=["arrival_year", "arrival_number"], name="incoming_arrival"),
            models.Index(
                fields=["registered_at"], name="incoming_registered", condition=Q(registered_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @cached_property
    def live_handlings(self) -> list["Handling"]:
        """Handlings that stand, lead first. Kept until `forget_handlings`: a flow asks for them often."""
        found = [handling for handling in self.handlings.all() if not handling.ending]
        return sorted(found, key=lambda handling: (handling.order, handling.pk))

    def forget_handlings(self) -> None:
        """Read the handlings anew when next asked."""
        self.__dict__.pop("live_handlings", None)
        getattr(self, "_prefetched_objects_cache", {}).pop("handlings", None)

    @property
    def lead(self) -> "Handling | None":
        """The one handling that answers for the document."""
        return next((one for one in self.live_handlings if one.is_lead), None)

    @property
    def type_name(self) -> str:
        """The printed name of its type as the day of its coming had it, empty before registering."""
        kind = type_on(self.doc_type, timezone.localdate(self.received_at)) if self.doc_type else None
        return kind.name if kind else ""

    @property
    def type_and_abstract(self) -> str:
        """“Tên loại và trích yếu”, as registers print it: “Kế hoạch về…”, the type never said twice."""
        if not self.type_name or self.title.lower().startswith(self.type_name.lower()):
            return self.title
        if self.title.lower().startswith("về "):
            return f"{self.type_name} {self.title[0].lower()}{self.title[1:]}"
        return f"{self.type_name}: {self.title}"

    @property
    def is_urgent(self) -> bool:
        """Whether it jumps queues."""
        return self.urgency > Urgency.NORMAL

    @property
    def doubtful_fields(self) -> int:
        """How many proposed fields a person should look at before registering."""
        return sum(one.is_doubtful or (not one.proposed and bool(one.doubt)) for one in self.proposals.all())

    @property
    def came_as(self) -> str:
        """The name of the file it came as, empty without one."""
        return next((file.name for file in self.attachments.all() if file.role == "original"), "")

    @property
    def receivers_label(self) -> str:
        """“Đơn vị, người nhận” of the register: the lead, then those who support."""
        return "; ".join(
            one.target_label
            for one in self.live_handlings
            if one.parent_id is None and one.kind != Handling.Kind.INFORM
        )


class Direction(models.Model):
    """Bút phê: a leader's words on a document, with the post of that day. Never changed, only added to."""

    document = models.ForeignKey(IncomingDocument, on_delete=models.PROTECT, related_name="directions")
    author = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    author_label = models.CharField(max_length=300)
    text = models.TextField(max_length=3000, blank=True)
    due_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:80]


class Handling(models.Model):
    """One line of the processing slip: who received it, as what, by whom, until when, with what result.

    `receivers` are the principals behind the unit or person, `givers` those who may change or end the line.
    A line passed on inside a unit has a parent.
    """

    class Kind(models.TextChoices):
        LEAD = "lead", _("Chủ trì")
        SUPPORT = "support", _("Phối hợp")
        INFORM = "inform", _("Để biết")

    class Ending(models.TextChoices):
        NONE = "", _("Đang hiệu lực")
        WITHDRAWN = "withdrawn", _("Đã thu hồi")
        RETURNED = "returned", _("Đã trả lại")
        REPLACED = "replaced", _("Đã thay bằng chỉ đạo khác")

    document = models.ForeignKey(IncomingDocument, on_delete=models.PROTECT, related_name="handlings")
    direction = models.ForeignKey(Direction, null=True, on_delete=models.PROTECT, related_name="handlings")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    kind = models.CharField(max_length=8, choices=Kind)
    unit = models.ForeignKey("directory.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    target_label = models.CharField(max_length=300)
    receivers = ArrayField(models.BigIntegerField())
    givers = ArrayField(models.BigIntegerField(), default=list)
    assigned_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    assigned_label = models.CharField(max_length=300)
    assigned_at = models.DateTimeField()
    text = models.TextField(max_length=3000, blank=True)
    due_on = models.DateField(null=True, blank=True)
    first_opened_at = models.DateTimeField(null=True, blank=True)
    first_opened_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    return_asked_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField(max_length=2000, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    result = models.TextField(max_length=5000, blank=True)
    reply_symbol = models.CharField(max_length=120, blank=True, help_text="Số, ký hiệu văn bản trả lời")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(kind="lead", parent=None, ending=""), name="one_live_lead"
            ),
            models.UniqueConstraint(
                fields=["parent"], condition=Q(kind="lead", ending=""), name="one_live_lead_in_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(unit=None, person__isnull=False) | Q(unit__isnull=False, person=None),
                name="handled_by_a_unit_or_a_person",
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_at=None) | (~Q(ending="") & Q(ended_at__isnull=False)),
                name="ended_when_ending",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | (~Q(kind="inform") & ~Q(result="")),
                name="completed_with_result",
            ),
        ]
        indexes = [GinIndex(fields=["receivers"], name="handling_receivers", condition=Q(ending=""))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target_label}"

    @property
    def is_lead(self) -> bool:
        """Whether it is the document's lead, not a lead inside a unit."""
        return self.kind == self.Kind.LEAD and self.parent_id is None

    @property
    def order(self) -> int:
        """Lead, support, to know."""
        return list(self.Kind).index(self.Kind(self.kind))

    @property
    def is_live(self) -> bool:
        """Neither withdrawn, returned nor replaced."""
        return not self.ending

    @property
    def is_open_work(self) -> bool:
        """Still to be done: live, not only to know, without a result."""
        return self.is_live and self.kind != self.Kind.INFORM and self.completed_at is None

    def may_be_withdrawn(self) -> bool:
        """Nobody has opened it yet, so it can be taken back unseen."""
        return self.is_live and self.first_opened_at is None


class FieldProposal(models.Model):
    """What the machine read for one field of a paper, where, how surely; then what was registered instead.

    `value` and `written` are the reading's; `proposed` is what the register takes for it: a type's key, an ISO
    date, an issuer's full name, a degree's code, empty for “thường” and for what was not found. A field that is
    looked for and not found has a row too. `places` are boxes in percent of their page, from its upper left
    corner: [page, left, top, width, height], or [page] when only the page is known.
    """

    class Outcome(models.TextChoices):
        OPEN = "", _("Chưa xác nhận")
        ACCEPTED = "accepted", _("Giữ nguyên")
        CORRECTED = "corrected", _("Đã sửa")
        MISSING = "missing", _("Máy không thấy")
        ABSENT = "absent", _("Văn bản không có")

    NAMES = {
        FieldName.NUMBER_SYMBOL: "Số, ký hiệu",
        FieldName.ISSUED_DATE: "Ngày văn bản",
        FieldName.ISSUING_AGENCY: "Tác giả (cơ quan ban hành)",
        FieldName.PARENT_AGENCY: "Cơ quan chủ quản",
        FieldName.DOC_TYPE: "Tên loại",
        FieldName.TITLE: "Trích yếu",
        FieldName.SIGNER: "Người ký",
        FieldName.URGENCY: "Độ khẩn",
        FieldName.SECRECY: "Độ mật",
        FieldName.PLACE: "Địa danh",
        FieldName.SIGNER_POST: "Chức vụ người ký",
        FieldName.AUTHORITY: "Thể thức ký thay",
        FieldName.RECIPIENTS: "Nơi nhận",
        FieldName.ADDRESSEES: "Kính gửi",
        FieldName.CIRCULATION: "Phạm vi lưu hành",
    }

    document = models.ForeignKey(IncomingDocument, on_delete=models.PROTECT, related_name="proposals")
    name = models.CharField(max_length=20, choices=[(name.value, label) for name, label in NAMES.items()])
    value = models.TextField(max_length=5000, blank=True)
    written = models.TextField(max_length=5000, blank=True)
    proposed = models.CharField(max_length=1000, blank=True)
    alternative = models.CharField(max_length=1000, blank=True, help_text="Cách ghi khác, thường là nguyên văn")
    confidence = models.FloatField()
    doubt = models.CharField(max_length=500, blank=True)
    places = models.JSONField(default=list)
    registered_value = models.CharField(max_length=1000, null=True, blank=True)  # noqa: DJ001 - empty was registered; null: not yet
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "name"], name="one_proposal_a_field"),
            models.CheckConstraint(
                condition=Q(outcome="", registered_value=None) | (~Q(outcome="") & Q(registered_value__isnull=False)),
                name="judged_when_registered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()}: {self.value}"

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look before it is registered."""
        return bool(self.proposed) and (bool(self.doubt) or self.confidence < CERTAIN)

    def outcome_of(self, registered: str) -> "FieldProposal.Outcome":
        """How the proposal fared against what was registered; spaces and capitals do not count."""
        if self.proposed.casefold().split() == registered.casefold().split():
            return self.Outcome.ACCEPTED if self.proposed else self.Outcome.ABSENT
        return self.Outcome.CORRECTED if self.proposed else self.Outcome.MISSING


class Migrated(models.Model):
    """Where a document came from when it was taken over from another system: its id there, and its text.

    Without `record` it waits for its file to be read. A record has the text here or in its files.
    """

    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 của nội dung đã chuyển, để biết dòng sau có khác không")
    record = models.OneToOneField(IncomingDocument, null=True, on_delete=models.PROTECT, related_name="migrated")
    upload = models.ForeignKey("files.Upload", null=True, on_delete=models.PROTECT, related_name="+")
    parent_agency = models.CharField(max_length=300, blank=True)
    type_written = models.CharField(max_length=100, blank=True, help_text="Tên loại như hệ thống cũ ghi")
    text = models.TextField(blank=True)
    migrated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "external_id"], name="migrated_once"),
            models.CheckConstraint(
                condition=Q(record__isnull=False) | Q(upload__isnull=False), name="migrated_or_being_read"
            ),
        ]

    def __str__(self) -> str:
        return self.external_id
