"""The draft and its versions: written in the portal or brought as a file; every version is kept."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from congso.apps.outgoing import rules
from congso.apps.outgoing.models import RECORD_TYPE, DraftVersion, OutgoingDocument, PageNote
from congso.apps.outgoing.queries import home_of, issuers_of
from congso.apps.outgoing.services.contents import content_of
from congso.apps.outgoing.services.powers import check_authority, post_in
from congso.apps.outgoing.services.turns import settle_seals
from congso.kernel.access.services import Actor
from congso.kernel.catalogues.document_marks import Circulation, Urgency
from congso.kernel.catalogues.document_types import types_on
from congso.kernel.composing.templates import make_docx
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import name_on, title_of
from congso.kernel.files.models import Attachment, Upload
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import NotPossible, attach_upload, receive_upload
from congso.kernel.files.store import StorageFull
from congso.kernel.jobs.services import JobRefused, queue_job
from congso.kernel.records.models import Link, Record
from congso.kernel.records.services import link_records
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import NotYours, Refused, act, start
from congso.lib.vietnamese import nfc

PURPOSE = "outgoing"
CHECK_JOB = "outgoing.check_version"
Kind = DraftVersion.Kind
_KEY_IN = {"drafting": "add_version", "verifying": "correct_form"}
_LABELS = {
    "issuer": "cơ quan ban hành", "doc_type": "tên loại", "title": "trích yếu", "content": "nội dung",
    "addressees": "kính gửi", "recipients_text": "nơi nhận", "place": "địa danh", "joint_agencies": "cơ quan cùng ký",
    "authority": "thể thức ký", "authority_over": "ký thay ai", "signer": "người ký", "urgency": "độ khẩn",
    "deliver_by": "hẹn giờ", "circulation": "phạm vi lưu hành", "copies": "số bản", "note": "ghi chú",
    "due_on": "hạn ban hành", "reply_due_on": "hạn nơi nhận trả lời",
}  # fmt: skip


@dataclass(frozen=True)
class DraftFacts:
    """What the drafter wrote: the parts of the paper."""

    issuer: Organization
    doc_type: str
    title: str
    content: str = ""
    addressees: str = ""
    recipients_text: str = ""
    place: str = ""
    joint_agencies: str = ""
    authority: str = ""
    authority_over: str = ""
    signer: Person | None = None
    urgency: int = Urgency.NORMAL
    deliver_by: datetime | None = None
    circulation: str = Circulation.NONE
    copies: int = 1
    note: str = ""
    due_on: date | None = None
    reply_due_on: date | None = None


def start_draft(
    facts: DraftFacts, *, by: Actor, at: datetime, source: Record | None = None, link: str = Link.Kind.REPLY,
    replaces: OutgoingDocument | None = None, replace_reason: str = "",
) -> OutgoingDocument:  # fmt: skip
    """Begin a draft for the drafter's unit; with content written here its first version is being made.

    `source`: the record it answers, or is tied to by another `link`. `replaces`: an issued document of the same issuer,
    which it will replace when it is issued (office 1.5: only its issuer or a superior; the reason is needed). Raises
    NotYours, Refused.
    """
    day = timezone.localdate(at)
    home = home_of(by.id, day) if by.person_id else None
    if home is None or by.person_id is None:
        raise NotYours("Bạn hiện không giữ chức vụ nào nên chưa soạn văn bản đi được.")
    unit, office = home
    _check(facts, office, day)
    document = OutgoingDocument(
        type=RECORD_TYPE, title="", owner=office, unit=unit, opened_on=day, drafter_id=by.person_id,
        issuer=facts.issuer,
    )  # fmt: skip
    _check_replaced(replaces, facts.issuer, replace_reason)
    document.replaces, document.replace_reason = replaces, nfc(replace_reason).strip()[:1000]
    _write(document, facts, day)
    with start(document, by=by, at=at, label="Soạn dự thảo"):
        if source is not None:
            link_records(document, source, kind=link, by=by, at=at)
        index_record(document)
        _make_version(document, "Bản đầu", by=by, at=at)
    return document


def edit_draft(document: OutgoingDocument, *, facts: DraftFacts, reason: str = "", by: Actor, at: datetime) -> None:
    """Change the draft's parts; what was written here becomes a new version. What changed stays in the timeline."""
    day = timezone.localdate(at)
    _check(facts, document.owner, day)
    with act(document, "edit", by=by, at=at, note=reason) as move:
        before = {name: getattr(document, name) for name in _LABELS}
        _write(document, facts, day)
        changed = [name for name in _LABELS if getattr(document, name) != before[name]]
        if not changed:
            raise Refused("Chưa có gì được sửa.")
        document.save(
            update_fields=[*_LABELS, "signer_name", "signer_post"]
        )  # the spine's other columns are the flow's
        if "issuer" in changed:
            settle_seals(document)
        index_record(document)
        words = ", ".join(_LABELS[name] for name in changed)
        move.note = "\n".join(part for part in (reason.strip(), f"Sửa: {words}") if part)
        move.facts["changed"] = changed
        _make_version(document, reason or f"Sửa {words}", by=by, at=at)


def bring_version(
    document: OutgoingDocument, data: bytes, *, name: str, reason: str, by: Actor, at: datetime,
    kind: str = Kind.UPLOADED,
) -> Upload:  # fmt: skip
    """A file edited in Word or LibreOffice: read in the background (marks of secrecy too), then the newest version.

    Raises NotYours when it is not one's turn to change the paper, Refused for what cannot be taken in.
    """
    key = _KEY_IN.get(document.state)
    if key is None:
        raise Refused("Chỉ thêm bản dự thảo khi đang soạn thảo, hoặc khi văn phòng đang thẩm định.")
    if Path(name).suffix.lower() not in {".docx", ".pdf"}:
        raise Refused("Dự thảo phải là tệp Word (.docx) hoặc PDF.")
    with act(document, key, by=by, at=at) as move:
        move.label, move.note = f"Gửi tệp dự thảo: {name[:120]}", reason.strip()
        try:
            return receive_upload(
                [data], name=name, organization=document.owner, purpose=PURPOSE, by=by, at=at,
                details={"record": document.pk, "kind": kind, "reason": reason.strip()[:1000]},
                batch=f"outgoing-{document.pk}", expected_size=len(data),
            )  # fmt: skip
        except FileRefused as refused:
            raise Refused(refused.message_vi) from refused
        except (StorageFull, NotPossible) as refused:
            raise Refused(str(refused)) from refused


def take_version(read: ReadUpload, by: Actor, at: datetime) -> OutgoingDocument:
    """The handler of uploads for drafts: the file that was read is the newest version. Raises JobRefused."""
    details = read.upload.details
    document = OutgoingDocument.objects.filter(pk=details.get("record")).first()
    if document is None or read.message:
        raise JobRefused("Không còn thấy dự thảo mà tệp được gửi cho, hoặc tệp là thư điện tử.")
    try:
        add_version(
            document, read, kind=details.get("kind", Kind.UPLOADED), reason=details.get("reason", ""), by=by, at=at
        )
    except Refused as refused:
        raise JobRefused(f"Dự thảo đã chuyển bước khi tệp đang được đọc: {refused}") from refused
    return document


def add_version(
    document: OutgoingDocument, read: ReadUpload, *, kind: str, reason: str, by: Actor, at: datetime
) -> DraftVersion:
    """Keep a read file as the newest version and queue its preflight."""
    document.refresh_from_db(fields=["state"])
    key = _KEY_IN.get(document.state, "add_version")
    with act(document, key, by=by, at=at, note=reason) as move:
        document.forget()
        place = document.last_version.place + 1 if document.last_version else 1
        attached = attach_upload(read, document, role=Attachment.Role.DRAFT, by=by, at=at)
        pdf = attached.derived.filter(role=Attachment.Role.SEARCHABLE).first()
        made = DraftVersion.objects.create(
            document=document, place=place, kind=kind if kind in Kind.values else Kind.UPLOADED, attachment=attached,
            pdf=pdf or (attached if read.blob.is_pdf else None), reason=reason[:1000], stage=document.state,
            made_by_id=by.id, made_label=title_of(by.id, timezone.localdate(at)), at=at,
        )  # fmt: skip
        document.forget()
        index_record(document)
        move.label = f"Dự thảo lần {place}"
        move.facts |= {"version": place, "sha256": read.blob.sha256}
        queue_job(CHECK_JOB, label=f"Kiểm tra thể thức dự thảo lần {place}", by=by, at=at,
                  arguments={"version_id": made.pk})  # fmt: skip
    return made


def note_on_page(
    version: DraftVersion, *, page: int, x: float, y: float, text: str, by: Actor, at: datetime
) -> PageNote:
    """A note at a place of a page, by whoever sees the draft. `x`, `y` in percent. Raises Refused."""
    words = nfc(text).strip()[:2000]
    if not words or by.person_id is None:
        raise Refused("Hãy viết nội dung ghi chú.")
    pages = version.pdf.blob.pages if version.pdf else 0
    if not (1 <= page <= max(pages, 1) and 0 <= x <= 100 and 0 <= y <= 100):
        raise Refused("Chỗ ghi chú nằm ngoài trang.")
    return PageNote.objects.create(
        document_id=version.document_id, version=version, page=page, x=x, y=y, text=words, author_id=by.person_id,
        author_label=title_of(by.person_id, timezone.localdate(at)), at=at,
    )  # fmt: skip


def _make_version(document: OutgoingDocument, reason: str, *, by: Actor, at: datetime) -> None:
    """What was written in the portal, laid out and sent the way every file goes."""
    if not document.content.strip():
        return
    try:
        data = make_docx(content_of(document))
    except ValueError as error:
        raise Refused(f"Chưa dựng được văn bản theo mẫu: {error}") from error
    receive_upload(
        [data], name="du-thao.docx", organization=document.owner, purpose=PURPOSE, by=by, at=at,
        details={"record": document.pk, "kind": Kind.WRITTEN, "reason": reason[:1000]},
        batch=f"outgoing-{document.pk}", expected_size=len(data),
    )  # fmt: skip


def _check(facts: DraftFacts, office: Organization, day: date) -> None:
    if not facts.title.strip():
        raise Refused("Hãy nhập trích yếu nội dung văn bản.")
    check_authority(facts.authority)
    _check_lengths(facts)
    if facts.issuer not in issuers_of(office):
        raise Refused(f"{office.short_name} không ban hành văn bản của {facts.issuer}.")
    if facts.doc_type not in {kind.key for kind in types_on(day)}:
        raise Refused("Hãy chọn tên loại văn bản.")
    if facts.urgency not in Urgency.values or facts.circulation not in Circulation.values:
        raise Refused("Độ khẩn hoặc phạm vi lưu hành không có trong danh mục.")
    if facts.urgency == Urgency.EXPRESS_TIMED and facts.deliver_by is None:
        raise Refused("Văn bản hỏa tốc hẹn giờ phải ghi ngày, giờ hẹn.")
    if facts.due_on and facts.due_on < day:
        raise Refused("Hạn ban hành không thể trước ngày hôm nay.")
    if facts.reply_due_on and facts.reply_due_on < day:
        raise Refused("Hạn nơi nhận trả lời không thể trước ngày hôm nay.")


def _check_lengths(facts: DraftFacts) -> None:
    """Each part fits its column; of the abstract the beginning is kept."""
    for part in fields(facts):
        told, column = getattr(facts, part.name), OutgoingDocument._meta.get_field(part.name)
        longest: int | None = getattr(column, "max_length", None)
        if longest and part.name != "title" and isinstance(told, str) and len(nfc(told).strip()) > longest:
            raise Refused(f"Phần {_LABELS[part.name]} quá dài, nhiều nhất {longest} ký tự.")


def _check_replaced(replaced: OutgoingDocument | None, issuer: Organization, reason: str) -> None:
    if replaced is None:
        return
    if replaced.state != "issued":
        raise Refused("Chỉ thay thế văn bản đang ở trạng thái đã phát hành.")
    if replaced.issuer_id not in {issuer.pk, *(child.pk for child in issuer.children.all())}:
        raise Refused("Chỉ cơ quan ban hành hoặc cấp trên của cơ quan đó được thay thế văn bản (399-QĐ/TW).")
    if not reason.strip():
        raise Refused("Hãy ghi lý do thay thế.")


def _write(document: OutgoingDocument, facts: DraftFacts, day: date) -> None:
    for field in fields(facts):
        value = getattr(facts, field.name)
        setattr(document, field.name, nfc(value).strip() if isinstance(value, str) else value)
    document.title = " ".join(document.title.split())[:1000]
    signer = facts.signer
    document.signer_name = signer.full_name if signer else ""
    document.signer_post = post_in(signer, document.owner, facts.issuer, day) if signer else ""
    if not document.place:
        superior = facts.issuer.parent
        document.place = rules.place_of(name_on(facts.issuer, day), name_on(superior, day) if superior else "")


def remake_version(document: OutgoingDocument, reason: str, *, by: Actor, at: datetime) -> None:
    """Lay out anew what was written in the portal, after something on the paper changed."""
    document.forget()
    if document.last_version is None or document.last_version.kind == Kind.WRITTEN:
        _make_version(document, reason, by=by, at=at)
