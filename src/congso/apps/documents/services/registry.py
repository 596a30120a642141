"""What the registry does: receive, register, correct, send back, recall, reserve a number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from congso.apps.documents import rules
from congso.apps.documents.flow import CHIEFS, LEADERS
from congso.apps.documents.models import RECORD_TYPE, Channel, IncomingDocument
from congso.apps.documents.queries import duplicates_of, issuer_named
from congso.apps.documents.services.proposing import is_certain, judge_proposals
from congso.kernel.access import principals
from congso.kernel.access.principals import Function
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.catalogues.document_marks import Urgency
from congso.kernel.catalogues.document_types import types_on
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.exchange.telling import tell_sender
from congso.kernel.files.models import Attachment
from congso.kernel.jobs.services import queue_job
from congso.kernel.journal.services import write_entry
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.records.models import Number
from congso.kernel.records.numbering import ARRIVALS, next_number, reserve_number, year_period
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import NotYours, Refused, act, start
from congso.lib.edxml.packets import Status
from congso.lib.symbols import normalise_symbol, parse_symbol
from congso.lib.vietnamese import nfc

STAMP_JOB = "documents.stamp_arrival"
_LABELS = {
    "number": "số, ký hiệu",
    "title": "trích yếu",
    "issuer_name": "tác giả",
    "issued_on": "ngày văn bản",
    "doc_type": "tên loại",
    "signer_name": "người ký",
    "signer_post": "chức vụ người ký",
    "urgency": "độ khẩn",
    "deliver_by": "hẹn giờ",
    "pages": "số trang",
    "copies": "số bản",
    "circulation": "phạm vi lưu hành",
    "channel": "phương thức nhận",
    "reply_due_on": "hạn trả lời",
    "note": "ghi chú",
    "received_at": "ngày đến",
}
_DERIVED = (
    "symbol_key",
    "symbol_number",
    "symbol_type",
    "symbol_agency",
    "issuer",
    "issuer_key",
    "opened_on",
)


class Duplicated(Refused):
    """The same document seems to be in the register already; the clerk must say it is another one."""

    def __init__(self, found: list[IncomingDocument]) -> None:
        numbers = ", ".join(map(_known_as, found))
        super().__init__(f"Văn bản có thể trùng với văn bản đã có ({numbers}). Hãy kiểm tra trước khi vào sổ.")
        self.found = found


def _known_as(document: IncomingDocument) -> str:
    if document.arrival_number:
        return f"số đến {document.arrival_number}"
    return "đã chuyển từ hệ thống cũ" if document.state == "migrated" else "đang chờ"


@dataclass(frozen=True)
class Entry:
    """The register's fields as the clerk typed them."""

    number: str
    title: str
    issuer_name: str
    doc_type: str
    issued_on: date | None = None
    issuer: Organization | None = None
    signer_name: str = ""
    signer_post: str = ""
    urgency: int = Urgency.NORMAL
    deliver_by: datetime | None = None
    pages: int | None = None
    copies: int = 1
    circulation: str = ""
    channel: str = Channel.PAPER
    reply_due_on: date | None = None
    note: str = ""
    received_at: datetime | None = None


def receive_document(
    office: Organization,
    *,
    title: str,
    by: Actor,
    at: datetime,
    received_at: datetime | None = None,
    channel: str = Channel.PAPER,
    file_digest: str = "",
    pages: int | None = None,
    proposed: Mapping[str, Any] | None = None,
    then: Callable[[IncomingDocument], None] | None = None,
) -> IncomingDocument:
    """A document has come to the registry and waits to be registered; it obliges nobody yet.

    `proposed` are columns of the register as the machine read them, shown and searched by until a clerk confirms.
    `then` hangs files on it while its maker still sees it. Raises NotYours for anybody but the office's clerks, and
    the carrier that brings what another office of the portal sent: there is one door (30/2020/NĐ-CP art. 22).
    """
    doors = {principals.office(office.pk, Function.CLERKS), principals.system(principals.System.EXCHANGE)}
    if not doors & current_principals():
        raise NotYours(f"Chỉ văn thư của {office.short_name} tiếp nhận văn bản đến vào sổ này.")
    arrived = received_at or at
    document = IncomingDocument(
        type=RECORD_TYPE,
        title=nfc(title).strip()[:1000],
        owner=office,
        opened_on=timezone.localdate(arrived),
        received_at=arrived,
        channel=channel,
        file_digest=file_digest,
        pages=pages,
    )
    if proposed:
        _propose(document, proposed)
    with start(document, by=by, at=at, label="Tiếp nhận"):
        index_record(document)
        if then:
            then(document)
    return document


def register_document(
    document: IncomingDocument, *, entry: Entry, by: Actor, at: datetime, is_another: bool = False
) -> IncomingDocument:
    """Enter the document into the register: from now on it has its arrival number and obliges.

    The number is the next of the office and calendar year, given back if anything fails. Urgent ones alert
    the leaders at once. Raises Duplicated unless the clerk says it is another document.
    """
    _check(document, entry, at)
    with act(document, "register", by=by, at=at) as move:
        written = _write(document, entry)
        found = [] if is_another else list(duplicates_of(document))
        if found:
            raise Duplicated(found)
        today = timezone.localdate(at)
        document.registered_at, document.arrival_year = at, today.year
        document.arrival_number = next_number(
            document, organization=document.owner, series=ARRIVALS, period=year_period(today), at=at
        )
        document.save(update_fields=[*written, *_DERIVED, "registered_at", "arrival_year", "arrival_number"])
        judge_proposals(document)
        index_record(document)
        move.label = f"Vào sổ, số đến {document.arrival_number}"
        move.facts |= {"arrival_number": document.arrival_number, "symbol": document.number}
        if Attachment.objects.filter(record_id=document.pk).exists():
            label = f"Đóng dấu đến số {document.arrival_number}"
            queue_job(STAMP_JOB, label=label, by=by, at=at, arguments={"document_id": document.pk})
        if document.is_urgent:
            told = {p for role in (LEADERS, CHIEFS) for p in role.principals(document)}
            text = f"{document.get_urgency_display()}: văn bản đến số {document.arrival_number} vừa vào sổ"
            notify(document, principals=told, text=text, by=by, at=at, kind=Kind.URGENT)
        tell_how_it_goes(document, Status.REGISTERED, at=at)
    return document


def register_as_proposed(document: IncomingDocument, *, by: Actor, at: datetime) -> IncomingDocument:
    """Register a document whose fields the machine read without a doubt, as a clerk who looked them over says.

    Raises Refused when a field wants a look, and whatever `register_document` does.
    """
    if not is_certain(document):
        raise Refused("Còn trường máy chưa đọc rõ; hãy mở văn bản để vào sổ.")
    facts = {field.name: getattr(document, field.name) for field in fields(Entry)}
    return register_document(document, entry=Entry(**facts), by=by, at=at)


def correct_document(
    document: IncomingDocument, *, entry: Entry, reason: str, by: Actor, at: datetime
) -> IncomingDocument:
    """Correct fields of the register; what stood before stays in the timeline and the journal."""
    _check(document, entry, at)
    with act(document, "correct", by=by, at=at, note=reason) as move:
        before = {name: _shown(document, name) for name in _LABELS}
        written = _write(document, entry)
        document.save(update_fields=[*written, *_DERIVED])
        judge_proposals(document)
        index_record(document)
        changed = {name: (before[name], _shown(document, name)) for name in _LABELS}
        changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
        if not changed:
            raise Refused("Chưa có thông tin nào được sửa.")
        lines = [f"{_LABELS[name]}: “{old}” → “{new}”" for name, (old, new) in changed.items()]
        move.note = f"{reason.strip()}\n" + "\n".join(lines)
        move.facts["changed"] = {name: list(pair) for name, pair in changed.items()}
    return document


def withdraw_document(document: IncomingDocument, *, reason: str, by: Actor, at: datetime) -> None:
    """A file taken in by mistake leaves the waiting list; it never had a number."""
    with act(document, "withdraw", by=by, at=at, note=reason):
        pass


def withdraw_migrated(document: IncomingDocument, *, reason: str, by: Actor, at: datetime) -> None:
    """A record taken over from another system by mistake leaves the register; its id there stays used."""
    with act(document, "withdraw_migrated", by=by, at=at, note=reason):
        pass


def return_to_sender(document: IncomingDocument, *, reason: str, by: Actor, at: datetime) -> None:
    """Back to the sender: wrong addressee, incomplete, bad signature. A number once given stays with it."""
    with act(document, "return_to_sender", by=by, at=at, note=reason):
        tell_how_it_goes(document, Status.REFUSED, at=at, description=reason)


def recall_document(document: IncomingDocument, *, reason: str, by: Actor, at: datetime) -> None:
    """Its issuer has recalled the document: handling stops, the record stays and says so (office 2.5)."""
    with act(document, "recall", by=by, at=at, note=reason):
        pass


def reserve_arrival_number(office: Organization, *, by: Actor, at: datetime) -> int:
    """A number for a classified paper kept outside the system; no abstract, no sender (office 2.4)."""
    if principals.office(office.pk, Function.CLERKS) not in current_principals() or by.person_id is None:
        raise NotYours(f"Chỉ văn thư của {office.short_name} giữ số trong sổ này.")
    today = timezone.localdate(at)
    given = reserve_number(
        organization=office,
        series=ARRIVALS,
        period=year_period(today),
        reason=Number.Reservation.CLASSIFIED,
        at=at,
    )
    write_entry(
        act="incoming_document.reserve",
        actor=str(by),
        actor_label=title_of(by.person_id, today),
        at=at,
        organization_id=office.pk,
        facts={"arrival_number": given, "reason": "classified"},
    )
    return given


def tell_how_it_goes(document: IncomingDocument, status: Status, *, at: datetime, description: str = "") -> None:
    """What came as a packet answers its sender by itself (office 3.4); other documents ask nothing."""
    if document.channel == Channel.NETWORK:
        tell_sender(document.pk, status, at=at, description=description)


def _check(document: IncomingDocument, entry: Entry, at: datetime) -> None:
    """What the register cannot hold, said in one sentence each."""
    if not entry.title.strip():
        raise Refused("Hãy nhập trích yếu nội dung văn bản.")
    if not entry.issuer_name.strip():
        raise Refused("Hãy nhập tác giả (cơ quan ban hành) văn bản.")
    today = timezone.localdate(at)
    came = timezone.localdate(entry.received_at or document.received_at)
    if entry.doc_type not in {kind.key for kind in types_on(came)}:
        raise Refused("Hãy chọn tên loại văn bản.")
    if entry.issued_on and entry.issued_on > today:
        raise Refused("Ngày văn bản không thể sau ngày hôm nay.")
    if entry.received_at and timezone.localdate(entry.received_at) > today:
        raise Refused("Ngày đến không thể sau ngày hôm nay.")
    if rules.needs_hour(entry.urgency) and entry.deliver_by is None:
        raise Refused("Văn bản hỏa tốc hẹn giờ phải ghi ngày, giờ hẹn.")


def _propose(document: IncomingDocument, proposed: Mapping[str, Any]) -> None:
    """Put what was proposed on a document that waits; nothing of it is in the register."""
    facts = {"title": document.title, "number": "", "issuer_name": "", "doc_type": "", **proposed}
    issuer = issuer_named(facts["issuer_name"]) if facts["issuer_name"] else None
    _write(document, Entry(**facts, issuer=issuer, pages=document.pages, channel=document.channel))


def _write(document: IncomingDocument, entry: Entry) -> list[str]:
    """Put the entry on the document, text in NFC; returns the names of the fields it wrote."""
    written = [field.name for field in fields(entry) if field.name not in {"issuer", "received_at"}]
    for name in written:
        value = getattr(entry, name)
        setattr(document, name, " ".join(nfc(value).split()) if isinstance(value, str) else value)
    document.issuer = entry.issuer
    document.issuer_key = rules.issuer_key(entry.issuer_name)
    document.symbol_key = normalise_symbol(entry.number) if entry.number.strip() else ""
    symbol = parse_symbol(entry.number)
    document.symbol_number = symbol.number if symbol else None
    document.symbol_type = symbol.type if symbol else ""
    document.symbol_agency = symbol.agency if symbol else ""
    if entry.received_at:
        document.received_at = entry.received_at
    document.opened_on = timezone.localdate(document.received_at)
    return [*written, "received_at"]


def _shown(document: IncomingDocument, name: str) -> str:
    display = getattr(document, f"get_{name}_display", None)
    value: Any = display() if display else getattr(document, name)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)
