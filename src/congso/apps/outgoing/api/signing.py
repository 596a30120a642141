"""REST for signing: who signs besides, by one's key here, and outside the portal."""

from typing import Any

from ninja import File, Router, Status, UploadedFile

from congso.apps.outgoing import queries, services
from congso.apps.outgoing.api.answers import detail, who
from congso.apps.outgoing.api.schemas import (
    CoSignerIn,
    KeyIn,
    OutgoingDetailOut,
    OutsideSignerIn,
    OutsideStepOut,
    SendOutsideIn,
)
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization, Person
from congso.kernel.files.views import answer_file
from congso.kernel.signing.outside import LARGEST
from congso.kernel.signing.queries import credentials_of
from congso.kernel.workflow.services import NotYours, Refused

router = Router()


@router.post("/{int:pk}/co-signers", response={201: OutgoingDetailOut})
def add_co_signer(request: OfficeRequest, pk: int, facts: CoSignerIn) -> Any:
    """Thêm người cùng ký sau những người đã có."""
    signing = services.Signing(
        Organization.objects.get(pk=facts.issuer), Person.objects.get(pk=facts.person), facts.authority,
        facts.authority_over,
    )  # fmt: skip
    services.add_co_signer(queries.outgoing_document(pk), signing, **who(request))
    return Status(201, detail(request, pk))


@router.post("/{int:pk}/co-signers/{int:signer}/{how}", response=OutgoingDetailOut)
def act_on_co_signer(request: OfficeRequest, pk: int, signer: int, how: str) -> Any:
    """Một việc với người cùng ký: drop (bỏ), earlier (ký trước một lượt)."""
    document = queries.outgoing_document(pk)
    acts = {"drop": services.drop_co_signer, "earlier": services.move_co_signer}
    if how not in acts:
        raise Refused("Không có việc này với người cùng ký.")
    acts[how](document, document.co_signers.get(pk=signer), **who(request))
    return detail(request, pk)


@router.post("/{int:pk}/sign", response=OutgoingDetailOut)
def sign(request: OfficeRequest, pk: int, facts: KeyIn) -> Any:
    """Ký số bằng chứng thư của mình."""
    key = credentials_of(active=True).get(pk=facts.credential)
    services.sign_document(queries.outgoing_document(pk), credential=key, secret=facts.pin, **who(request))
    return detail(request, pk)


@router.post("/{int:pk}/number", response=OutgoingDetailOut)
def number(request: OfficeRequest, pk: int) -> Any:
    """Cấp số, ngày."""
    services.number_document(queries.outgoing_document(pk), **who(request))
    return detail(request, pk)


@router.post("/{int:pk}/seal", response=OutgoingDetailOut)
def seal(request: OfficeRequest, pk: int, facts: KeyIn) -> Any:
    """Đóng dấu số của cơ quan."""
    key = credentials_of(active=True).get(pk=facts.credential)
    services.seal_document(queries.outgoing_document(pk), credential=key, secret=facts.pin, **who(request))
    return detail(request, pk)


@router.post("/{int:pk}/seal-part", response=OutgoingDetailOut)
def seal_part(request: OfficeRequest, pk: int, facts: KeyIn) -> Any:
    """Đóng dấu số của cơ quan cùng ban hành trên chữ ký của mình."""
    key = credentials_of(active=True).get(pk=facts.credential)
    services.seal_part(queries.outgoing_document(pk), credential=key, secret=facts.pin, **who(request))
    return detail(request, pk)


@router.post("/{int:pk}/outside-signers", response={201: OutgoingDetailOut})
def add_outside_signer(request: OfficeRequest, pk: int, facts: OutsideSignerIn) -> Any:
    """Thêm cơ quan ngoài hệ thống cùng ký sau những người đã có."""
    services.add_outside_signer(
        queries.outgoing_document(pk), services.OutsideSigning(**facts.dict()), **who(request)
    )  # fmt: skip
    return Status(201, detail(request, pk))


@router.get("/{int:pk}/outside", response=OutsideStepOut)
def get_outside_step(request: OfficeRequest, pk: int) -> Any:
    """Bước người gọi có thể ký hoặc đóng dấu ngoài hệ thống: ở ô nào, chứng thư mang tên ai, đã gửi đi chưa."""
    step = services.outside_step(queries.outgoing_document(pk))
    if step is None:
        raise NotYours("Văn bản đang không chờ bạn ký hoặc đóng dấu.")
    return {
        "act": "seal" if step.is_seal else "sign", "place": step.place.name,
        "names": [one for one in step.names if one], "agency": step.agency,
    }  # fmt: skip


@router.get("/{int:pk}/outside/paper")
def get_outside_paper(request: OfficeRequest, pk: int) -> Any:
    """Bản cần ký, để ký bằng phần mềm khác rồi nộp lại."""
    name, blob = services.paper_for_outside(queries.outgoing_document(pk))
    return answer_file(request, blob, name, as_attachment=True)


@router.post("/{int:pk}/outside/send", response=OutgoingDetailOut)
def send_outside(request: OfficeRequest, pk: int, facts: SendOutsideIn) -> Any:
    """Gửi bản cần ký cho cơ quan ngoài đang đến lượt."""
    services.send_outside(queries.outgoing_document(pk), **facts.dict(), **who(request))
    return detail(request, pk)


@router.post("/{int:pk}/outside/signed", response=OutgoingDetailOut)
def bring_signed(request: OfficeRequest, pk: int, file: File[UploadedFile | None] = None) -> Any:
    """Nộp bản đã ký; được kiểm tra như mọi văn bản từ ngoài vào, đạt mới đi tiếp."""
    document = queries.outgoing_document(pk)
    if file is None:
        raise Refused("Hãy gửi kèm tệp đã ký.")
    if (file.size or 0) > LARGEST:
        raise Refused("Tệp lớn quá 100 MB.")
    services.take_back_signed(document, file.read(), **who(request))
    return detail(request, pk)
