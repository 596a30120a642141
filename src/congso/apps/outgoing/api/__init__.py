"""REST for outgoing documents: the same services and permissions, refusals as problem answers."""

from typing import Any

from django.utils import timezone
from ninja import File, Form, Query, Router, Status, UploadedFile
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.outgoing import queries, services
from congso.apps.outgoing.api import signing
from congso.apps.outgoing.api.answers import detail, who
from congso.apps.outgoing.api.schemas import (
    AddressIn,
    AskIn,
    HeldIn,
    HeldOut,
    OpinionIn,
    OutgoingDetailOut,
    OutgoingIn,
    OutgoingListIn,
    OutgoingNoteIn,
    OutgoingOut,
    OutgoingUpdateIn,
    PageNoteIn,
    PointDecisionIn,
    SignerIn,
    SigningRightIn,
    SigningRightOut,
)
from congso.apps.outgoing.models import Opinion, Recipient, SigningGrant
from congso.apps.outgoing.services import Address, Point
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization, Person
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import Refused

router = Router()


@router.get("/", response=list[OutgoingOut])
@paginate(LimitOffsetPagination)
def list_outgoing(request: OfficeRequest, narrowed: Query[OutgoingListIn]) -> Any:
    """Văn bản đi người gọi được xem, mới nhất trước."""
    chosen = {"state": narrowed.state, "owner_id": narrowed.office}
    found = queries.outgoing_documents().filter(**{name: value for name, value in chosen.items() if value})
    return found.order_by("-opened_on", "-pk")


@router.post("/", response={201: OutgoingDetailOut})
def start_outgoing(request: OfficeRequest, facts: OutgoingIn) -> Any:
    """Soạn dự thảo; có nội dung thì bản Word được dựng theo mẫu."""
    made = services.start_draft(
        facts.facts(), source=Record.objects.get(pk=facts.source) if facts.source else None,
        replaces=queries.outgoing_document(facts.replaces) if facts.replaces else None, replace_reason=facts.reason,
        **who(request),
    )  # fmt: skip
    return Status(201, detail(request, made.pk))


@router.post("/reserved-numbers", response={201: HeldOut})
def reserve_outgoing(request: OfficeRequest, facts: HeldIn) -> Any:
    """Giữ một số cho văn bản mật quản lý ngoài hệ thống; không có nội dung."""
    office = Organization.objects.select_related("serves").get(pk=facts.office)
    issuer = Organization.objects.get(pk=facts.issuer)
    return Status(201, services.reserve(issuer, doc_type=facts.doc_type, office=office, **who(request)))


@router.post("/signing-rights", response={201: SigningRightOut})
def grant_signing_right(request: OfficeRequest, facts: SigningRightIn) -> Any:
    """Ghi văn bản giao quyền ký thừa lệnh, thừa ủy quyền."""
    told = facts.dict(exclude={"issuer", "person"})
    issuer, person = Organization.objects.get(pk=facts.issuer), Person.objects.get(pk=facts.person)
    return Status(201, services.grant_signing(issuer, person=person, **told, **who(request)))


@router.post("/signing-rights/{int:pk}/end", response=SigningRightOut)
def end_signing_right(request: OfficeRequest, pk: int) -> Any:
    """Kết thúc quyền ký từ hôm nay."""
    grant = SigningGrant.objects.get(pk=pk)
    services.end_signing(grant, on=timezone.localdate(), **who(request))
    return grant


@router.post("/opinions/{int:pk}", response=OutgoingDetailOut)
def give_opinion(request: OfficeRequest, pk: int, facts: OpinionIn) -> Any:
    """Cho ý kiến dự thảo."""
    opinion = Opinion.objects.select_related("document__owner").get(pk=pk)
    points = [Point(one.text, one.clause) for one in facts.points]
    services.give_opinion(opinion, stance=facts.stance, text=facts.text, points=points, **who(request))
    return detail(request, opinion.document_id)


@router.post("/recipients/{int:pk}/{how}", response=OutgoingDetailOut)
def act_on_recipient(request: OfficeRequest, pk: int, how: str, facts: OutgoingNoteIn) -> Any:
    """Một việc với một nơi nhận: remove, mark-sent, mark-returned, ask-back (có lý do)."""
    recipient = Recipient.objects.select_related(
        "document__owner", "document__issuer__parent", "document__paper__blob"
    ).get(pk=pk)
    plain = {
        "remove": services.remove_recipient, "mark-sent": services.mark_sent,
        "mark-returned": services.mark_returned,
    }  # fmt: skip
    if how == "ask-back":
        services.drop_recipient(recipient, reason=facts.note, **who(request))
    elif how in plain:
        plain[how](recipient, **who(request))
    else:
        raise Refused("Không có việc này với nơi nhận.")
    return detail(request, recipient.document_id)


@router.get("/{int:pk}", response=OutgoingDetailOut)
def get_outgoing(request: OfficeRequest, pk: int) -> Any:
    """Một văn bản đi."""
    return detail(request, pk)


@router.post("/{int:pk}/edit", response=OutgoingDetailOut)
def edit_outgoing(request: OfficeRequest, pk: int, facts: OutgoingIn) -> Any:
    """Sửa dự thảo."""
    services.edit_draft(queries.outgoing_document(pk), facts=facts.facts(), reason=facts.reason, **who(request))
    return detail(request, pk)


@router.post("/{int:pk}/versions", response={202: OutgoingDetailOut})
def bring_version(
    request: OfficeRequest, pk: int, file: File[UploadedFile | None] = None, reason: Form[str] = ""
) -> Any:
    """Tải bản dự thảo lên (Word, PDF); đọc xong mới thành bản mới."""
    document = queries.outgoing_document(pk)
    if file is None:
        raise Refused("Hãy gửi kèm tệp dự thảo.")
    services.bring_version(document, file.read(), name=file.name or "", reason=reason, **who(request))
    return Status(202, detail(request, pk))


@router.post("/{int:pk}/preflight", response=OutgoingDetailOut)
def preflight(request: OfficeRequest, pk: int) -> Any:
    """Kiểm tra thể thức bản mới nhất."""
    services.check_again(queries.outgoing_document(pk), at=timezone.now())
    return detail(request, pk)


@router.post("/{int:pk}/repair", response={202: OutgoingDetailOut})
def repair(request: OfficeRequest, pk: int) -> Any:
    """Sửa tự động những lỗi thể thức sửa được; thành bản mới."""
    services.repair_version(queries.outgoing_document(pk), **who(request))
    return Status(202, detail(request, pk))


@router.post("/{int:pk}/opinions", response=OutgoingDetailOut)
def ask_opinions(request: OfficeRequest, pk: int, facts: AskIn) -> Any:
    """Xin ý kiến các đơn vị, cá nhân."""
    targets: list[Organization | Person] = [Organization.objects.get(pk=one) for one in facts.units]
    targets += [Person.objects.get(pk=one) for one in facts.people]
    services.ask_opinions(
        queries.outgoing_document(pk), targets=targets, due_on=facts.due_on, is_serial=facts.is_serial,
        question=facts.question, **who(request),
    )  # fmt: skip
    return detail(request, pk)


@router.post("/{int:pk}/decisions", response=OutgoingDetailOut)
def decide_points(request: OfficeRequest, pk: int, facts: list[PointDecisionIn]) -> Any:
    """Tiếp thu, giải trình các ý kiến."""
    decisions = {one.point: (one.outcome, one.reason) for one in facts}
    services.decide_points(queries.outgoing_document(pk), decisions, **who(request))
    return detail(request, pk)


@router.post("/{int:pk}/page-notes", response={201: OutgoingDetailOut})
def note_on_page(request: OfficeRequest, pk: int, facts: PageNoteIn) -> Any:
    """Ghi chú tại một chỗ trên trang của bản mới nhất."""
    version = queries.outgoing_document(pk).last_version
    if version is None:
        raise Refused("Chưa có bản dự thảo nào.")
    services.note_on_page(version, **facts.dict(), **who(request))
    return Status(201, detail(request, pk))


@router.post("/{int:pk}/change-signer", response=OutgoingDetailOut)
def change_signer(request: OfficeRequest, pk: int, facts: SignerIn) -> Any:
    """Đổi người ký; văn phòng thẩm định lại."""
    services.change_signer(
        queries.outgoing_document(pk), signer=Person.objects.get(pk=facts.signer), authority=facts.authority,
        authority_over=facts.authority_over, reason=facts.note, **who(request),
    )  # fmt: skip
    return detail(request, pk)


@router.post("/{int:pk}/issue", response=OutgoingDetailOut)
def issue(request: OfficeRequest, pk: int) -> Any:
    """Phát hành đến mọi nơi nhận."""
    services.issue_document(queries.outgoing_document(pk), **who(request))
    return detail(request, pk)


@router.post("/{int:pk}/recipients", response=OutgoingDetailOut)
def add_recipients(request: OfficeRequest, pk: int, facts: list[AddressIn]) -> Any:
    """Thêm nơi nhận; văn bản đã phát hành thì gửi ngay."""
    document = queries.outgoing_document(pk)
    addresses = [
        Address(
            one.channel, one.name, one.address,
            Organization.objects.get(pk=one.organization) if one.organization else None, one.purpose, one.copies,
        )
        for one in facts
    ]  # fmt: skip
    service = services.send_more if document.state == "issued" else services.add_recipients
    service(document, addresses, **who(request))
    return detail(request, pk)


_WITH_NOTE = {
    "submit": services.submit,
    "approve-unit": services.approve_unit,
    "verify": services.verify,
    "approve": services.approve,
    "close-opinions": services.close_opinions,
}
_WITH_REASON = {
    "take-back": services.take_back,
    "withdraw": services.withdraw,
    "cancel": services.cancel_document,
    "recall": services.recall_document,
}
_RETURNS = ("return-unit", "return-form", "return-leader", "return-signer", "return-signed")


def _act(key: str) -> None:
    @router.post(f"/{{int:pk}}/{key}", response=OutgoingDetailOut, operation_id=f"outgoing_{key.replace('-', '_')}")
    def act(request: OfficeRequest, pk: int, facts: OutgoingNoteIn) -> Any:
        document = queries.outgoing_document(pk)
        if key in _WITH_NOTE:
            _WITH_NOTE[key](document, note=facts.note, **who(request))
        elif key in _WITH_REASON:
            _WITH_REASON[key](document, reason=facts.note, **who(request))
        else:
            services.send_back(document, key.replace("-", "_"), reason=facts.note, **who(request))
        return detail(request, pk)

    act.__doc__ = "Một bước trong vòng đời của văn bản đi; `note` là ý kiến hoặc lý do."


for _key in (*_WITH_NOTE, *_WITH_REASON, *_RETURNS):
    _act(_key)


@router.post("/{int:pk}/update", response=OutgoingDetailOut)
def update(request: OfficeRequest, pk: int, facts: OutgoingUpdateIn) -> Any:
    """Báo nơi nhận thay đổi: hạn trả lời, nội dung cần lưu ý; trường không gửi thì giữ nguyên."""
    document, said = queries.outgoing_document(pk), facts.model_fields_set
    changes = None
    if said & {"due_on", "content"}:
        stands = document.told_last.content if document.told_last else ""
        changes = services.Changes(
            facts.due_on if "due_on" in said else document.asked_by, facts.content if "content" in said else stands
        )
    services.update_document(
        document, reason=facts.note, changes=changes, with_file=facts.with_file, **who(request)
    )  # fmt: skip
    return detail(request, pk)


router.add_router("", signing.router)
