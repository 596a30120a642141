"""REST for incoming documents: the same services and permissions, refusals as problem answers."""

from typing import Any

from django.utils import timezone
from ninja import File, Form, Query, Router, Status, UploadedFile
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.documents import queries, services
from congso.apps.documents.api.schemas import (
    CorrectionIn,
    DocumentDetailOut,
    DocumentOut,
    EntryIn,
    ListIn,
    OrderIn,
    PresentIn,
    ReasonIn,
    ReplyIn,
    ReservedOut,
    ResultIn,
    UploadOut,
)
from congso.apps.documents.models import Handling
from congso.apps.documents.services.papers import PURPOSE
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization, Person
from congso.kernel.files.models import Upload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import receive_upload
from congso.kernel.files.store import StorageFull
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import Refused, possible_transitions

router = Router()


@router.get("/", response=list[DocumentOut])
@paginate(LimitOffsetPagination)
def list_documents(request: OfficeRequest, narrowed: Query[ListIn]) -> Any:
    """Văn bản đến người gọi được xem, mới nhất trước."""
    found = queries.handled_documents(request.principals) if narrowed.mine else queries.incoming_documents()
    chosen = {"state": narrowed.state, "owner_id": narrowed.office, "arrival_year": narrowed.year}
    return found.filter(**{name: value for name, value in chosen.items() if value}).order_by("-opened_on", "-pk")


@router.get("/uploads/{int:pk}", response=UploadOut)
def get_upload(request: OfficeRequest, pk: int) -> Upload:
    """Tiến độ đọc một tệp đã gửi; của thư điện tử, các tệp kèm đang được đọc tiếp."""
    found = Upload.objects.get(pk=pk)
    found.enclosed = list(queries.enclosed_uploads(found).values_list("pk", flat=True))  # type: ignore[attr-defined]  # told beside the row
    return found


@router.post("/uploads", response={202: list[UploadOut]})
def upload(request: OfficeRequest, office: Form[int], files: File[list[UploadedFile]]) -> Any:
    """Gửi tệp vào danh sách tiếp nhận của một cơ quan; đọc xong thành văn bản chờ vào sổ, có các trường máy đề xuất.

    Hỏi tiến độ ở `uploads/{id}` cho đến khi có `document`, xem `proposals` của văn bản, rồi gọi `register` với các
    trường đã xác nhận. Thư điện tử (.eml, .msg) được tách thành từng văn bản kèm theo: xem `enclosed`.
    """
    mine = {one.pk: one for one in queries.registry_offices(request.principals, timezone.localdate())}
    if office not in mine:
        raise Organization.DoesNotExist
    try:
        return Status(
            202,
            [
                receive_upload(
                    file.chunks(), name=file.name or "", organization=mine[office], purpose=PURPOSE,
                    by=request.actor, at=timezone.now(), expected_size=file.size or 0,
                )
                for file in files
            ],
        )  # fmt: skip
    except (FileRefused, StorageFull) as refusal:
        raise Refused(refusal.message_vi) from refusal


@router.post("/offices/{int:pk}/reserved-numbers", response={201: ReservedOut})
def reserve_number(request: OfficeRequest, pk: int) -> Any:
    """Giữ một số đến cho văn bản mật quản lý ngoài hệ thống."""
    given = services.reserve_arrival_number(Organization.objects.get(pk=pk), **_who(request))
    return Status(201, {"arrival_number": given})


@router.get("/{int:pk}", response=DocumentDetailOut)
def get_document(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """Một văn bản; người nhận gọi là đã mở văn bản."""
    document = queries.incoming_document(pk)
    services.open_document(document, **_who(request))
    return _detail(request, pk)


@router.post("/{int:pk}/register", response=DocumentDetailOut)
def register(request: OfficeRequest, pk: int, entry: EntryIn) -> dict[str, Any]:
    """Vào sổ, cấp số đến."""
    document = queries.incoming_document(pk)
    services.register_document(document, entry=entry.entry(), is_another=entry.is_another, **_who(request))
    return _detail(request, pk)


@router.post("/{int:pk}/correct", response=DocumentDetailOut)
def correct(request: OfficeRequest, pk: int, correction: CorrectionIn) -> dict[str, Any]:
    """Sửa thông tin sổ, có lý do."""
    document = queries.incoming_document(pk)
    services.correct_document(document, entry=correction.entry(), reason=correction.reason, **_who(request))
    return _detail(request, pk)


@router.post("/{int:pk}/present", response=DocumentDetailOut)
def present(request: OfficeRequest, pk: int, facts: PresentIn) -> dict[str, Any]:
    """Trình lãnh đạo."""
    to = Person.objects.get(pk=facts.to) if facts.to else None
    services.present_document(queries.incoming_document(pk), to=to, proposal=facts.proposal, **_who(request))
    return _detail(request, pk)


@router.post("/{int:pk}/direct", response=DocumentDetailOut)
def direct(request: OfficeRequest, pk: int, order: OrderIn) -> dict[str, Any]:
    """Bút phê, hoặc bút phê bổ sung, thay đơn vị chủ trì."""
    services.direct_document(queries.incoming_document(pk), order=order.order(), **_who(request))
    return _detail(request, pk)


@router.post("/{int:pk}/conclude", response=DocumentDetailOut)
def conclude(request: OfficeRequest, pk: int, facts: ReasonIn) -> dict[str, Any]:
    """Kết thúc, lưu văn bản không phải xử lý."""
    services.conclude_document(queries.incoming_document(pk), text=facts.note, **_who(request))
    return _detail(request, pk)


@router.post("/{int:pk}/complete", response=DocumentDetailOut)
def complete(request: OfficeRequest, pk: int, facts: ResultIn) -> dict[str, Any]:
    """Hoàn thành, có kết quả xử lý."""
    services.complete_document(queries.incoming_document(pk), **facts.dict(), **_who(request))
    return _detail(request, pk)


@router.post("/{int:pk}/replies", response=DocumentDetailOut)
def link_reply(request: OfficeRequest, pk: int, facts: ReplyIn) -> dict[str, Any]:
    """Gắn văn bản trả lời."""
    document = queries.incoming_document(pk)
    reply = Record.objects.filter(pk=facts.reply).first()
    if reply is None:
        raise Refused("Không thấy văn bản trả lời đó; hãy kiểm tra lại số của bản ghi.")
    services.link_reply(document, reply=reply, **_who(request))
    return _detail(request, pk)


_WITH_REASON = {
    "withdraw": services.withdraw_document,
    "withdraw-migrated": services.withdraw_migrated,
    "return-to-sender": services.return_to_sender,
    "recall": services.recall_document,
    "reopen": services.reopen_document,
}


def _with_reason(key: str) -> None:
    service = _WITH_REASON[key]

    @router.post(f"/{{int:pk}}/{key}", response=DocumentDetailOut, operation_id=f"documents_{key.replace('-', '_')}")
    def act(request: OfficeRequest, pk: int, facts: ReasonIn) -> dict[str, Any]:
        service(queries.incoming_document(pk), reason=facts.note, **_who(request))
        return _detail(request, pk)

    act.__doc__ = service.__doc__


for _key in _WITH_REASON:
    _with_reason(_key)


@router.post("/handlings/{int:pk}/pass-on", response=DocumentDetailOut)
def pass_on(request: OfficeRequest, pk: int, order: OrderIn) -> dict[str, Any]:
    """Chuyển trong đơn vị."""
    line = queries.handling(pk)
    services.pass_on(line, order=order.order(), **_who(request))
    return _detail(request, line.document_id)


@router.post("/handlings/{int:pk}/report", response=DocumentDetailOut)
def report(request: OfficeRequest, pk: int, facts: ResultIn) -> dict[str, Any]:
    """Báo cáo kết quả phần việc."""
    line = queries.handling(pk)
    services.report_result(line, **facts.dict(), **_who(request))
    return _detail(request, line.document_id)


@router.post("/handlings/{int:pk}/take-back", response=DocumentDetailOut)
def take_back(request: OfficeRequest, pk: int, facts: ReasonIn) -> dict[str, Any]:
    """Thu hồi khi nơi nhận chưa mở."""
    line = queries.handling(pk)
    services.take_back(line, note=facts.note, **_who(request))
    return _detail(request, line.document_id)


@router.post("/handlings/{int:pk}/ask-return", response=DocumentDetailOut)
def ask_return(request: OfficeRequest, pk: int, facts: ReasonIn) -> dict[str, Any]:
    """Đề nghị trả lại, có lý do."""
    line = queries.handling(pk)
    services.ask_return(line, reason=facts.note, **_who(request))
    return _detail(request, line.document_id)


@router.post("/handlings/{int:pk}/accept-return", response=DocumentDetailOut)
def accept_return(request: OfficeRequest, pk: int, facts: ReasonIn) -> dict[str, Any]:
    """Đồng ý cho trả lại."""
    line = queries.handling(pk)
    services.accept_return(line, note=facts.note, **_who(request))
    return _detail(request, line.document_id)


@router.post("/handlings/{int:pk}/refuse-return", response=DocumentDetailOut)
def refuse_return(request: OfficeRequest, pk: int, facts: ReasonIn) -> dict[str, Any]:
    """Không đồng ý cho trả lại, có lý do."""
    line = queries.handling(pk)
    services.refuse_return(line, reason=facts.note, **_who(request))
    return _detail(request, line.document_id)


_GATHERED = {"acts", "handlings", "directions", "proposals"}


def _who(request: OfficeRequest) -> dict[str, Any]:
    return {"by": request.actor, "at": timezone.now()}


def _detail(request: OfficeRequest, pk: int) -> dict[str, Any]:
    document = queries.incoming_document(pk)
    names = [*DocumentDetailOut.model_fields]
    shown = {name: getattr(document, name) for name in names if name not in _GATHERED}
    return shown | {
        "handlings": sorted(document.handlings.all(), key=_slip_order),
        "directions": list(document.directions.all()),
        "proposals": list(queries.proposals_of(document)),
        "acts": [transition.key for transition in possible_transitions(document, held=request.principals)],
    }


def _slip_order(line: Handling) -> tuple[bool, int, int]:
    return bool(line.ending), line.order, line.pk
