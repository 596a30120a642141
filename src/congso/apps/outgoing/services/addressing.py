"""To whom a document goes: offices of the portal, agencies on the axis, e-mail and paper, in one list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from congso.apps.outgoing.models import Channel, OutgoingDocument, Recipient
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.exchange.inside import code_of, inside_offices
from congso.kernel.workflow.services import Refused, act
from congso.lib.vietnamese import nfc


@dataclass(frozen=True)
class Address:
    """One recipient as it is typed or chosen."""

    channel: str
    name: str = ""
    address: str = ""
    organization: Organization | None = None
    purpose: str = Recipient.Purpose.ACT
    copies: int = 1


def add_recipients(
    document: OutgoingDocument, addresses: Iterable[Address], *, by: Actor, at: datetime
) -> list[Recipient]:
    """Add recipients before the document is issued. Raises Refused for one that cannot be reached so."""
    chosen = list(addresses)
    with act(document, _key(document), by=by, at=at) as move:
        made = write_recipients(document, chosen, at=at)
        move.label = f"Thêm {len(made)} nơi nhận"
        move.note = "; ".join(one.name for one in made)
    return made


def remove_recipient(recipient: Recipient, *, by: Actor, at: datetime) -> None:
    """Take a recipient off the list before it is issued."""
    with act(recipient.document, _key(recipient.document), by=by, at=at) as move:
        left = Recipient.objects.filter(pk=recipient.pk, state=Recipient.State.WAITING)
        if not left.update(state=Recipient.State.REMOVED):
            raise Refused("Nơi nhận này đã được gửi; hãy cập nhật hoặc thu hồi.")
        move.label = f"Bỏ nơi nhận: {recipient.name}"


def _key(document: OutgoingDocument) -> str:
    """The drafter's act while it is drafted, the registry's afterwards."""
    return "set_recipients" if document.state == "drafting" else "address"


def write_recipients(document: OutgoingDocument, addresses: Iterable[Address], *, at: datetime) -> list[Recipient]:
    """The rows, inside an act. The same address twice is refused."""
    made = []
    for one in addresses:
        name, address = _resolved(document, one, at)
        try:
            with transaction.atomic():
                made.append(
                    Recipient.objects.create(
                        document=document, channel=one.channel, organization=one.organization, name=name[:300],
                        address=address[:300], purpose=one.purpose, copies=max(1, min(one.copies, 10_000)),
                    )
                )  # fmt: skip
        except IntegrityError as error:
            raise Refused(f"“{name}” đã có trong danh sách nơi nhận.") from error
    if not made:
        raise Refused("Hãy chọn ít nhất một nơi nhận.")
    return made


def _resolved(document: OutgoingDocument, one: Address, at: datetime) -> tuple[str, str]:
    name, address = nfc(one.name).strip(), nfc(one.address).strip()
    if one.channel not in Channel.values or one.purpose not in Recipient.Purpose.values:
        raise Refused("Kênh gửi hoặc mục đích gửi không có trong danh mục.")
    if one.channel == Channel.PORTAL:
        if (
            one.organization is None
            or not inside_offices(timezone.localdate(at)).filter(pk=one.organization.pk).exists()
        ):
            raise Refused(f"“{name or one.organization}” không có văn thư làm việc trong hệ thống; hãy chọn kênh khác.")
        if one.organization.pk == document.owner_id:
            raise Refused("Cơ quan ban hành không gửi cho chính mình.")
        return one.organization.name, code_of(one.organization)
    if one.organization is not None:
        name = name or one.organization.name
        address = address or (one.organization.official_code if one.channel == Channel.AXIS else "")
    if not name:
        raise Refused("Hãy ghi tên nơi nhận.")
    if one.channel == Channel.AXIS and not address:
        raise Refused(f"“{name}” chưa có mã định danh trên trục liên thông.")
    if one.channel == Channel.EMAIL:
        try:
            validate_email(address)
        except ValidationError as error:
            raise Refused(f"Địa chỉ thư của “{name}” không đúng.") from error
    return name, address
