"""What becomes of an accepted document: its files go to the office's intake, as if the clerk had uploaded them."""

from datetime import datetime

from congso.kernel.access.principals import Function, office
from congso.kernel.access.services import Actor
from congso.kernel.exchange.handlers import PacketHandler
from congso.kernel.exchange.models import Packet
from congso.kernel.files.models import Upload
from congso.kernel.files.purposes import UnknownPurpose
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import NotPossible, receive_upload
from congso.kernel.files.store import StorageFull
from congso.kernel.notify.services import notify
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import Refused
from congso.lib.edxml.packets import DocumentPacket

INTAKE = "incoming"
NETWORK = "network"


def batch_of(packet: Packet) -> str:
    """By what the uploads of a packet are found again."""
    return f"packet-{packet.pk}"


def take_into_register(packet: Packet, read: DocumentPacket, by: Actor, at: datetime) -> None:
    """Hand every file to intake. Raises Refused, then nothing is taken."""
    if not read.attachments:
        raise Refused("Gói tin không có tệp nào; hãy từ chối và nêu lý do, hoặc nhận bằng bản giấy.")
    sender = read.sender.name or read.sender.code
    note = f"Qua trục liên thông từ {sender}: {packet.symbol}, {read.subject}"[:1000]
    for attachment in read.attachments:
        try:
            receive_upload(
                [attachment.content], name=attachment.name, organization=packet.organization, purpose=INTAKE, by=by,
                at=at, details={"channel": NETWORK, "note": note}, batch=batch_of(packet),
                expected_size=len(attachment.content),
            )  # fmt: skip
        except FileRefused as refused:
            raise Refused(f"Không nhận được tệp “{attachment.name}”: {refused.message_vi}") from refused
        except (StorageFull, NotPossible) as refused:
            raise Refused(str(refused)) from refused
        except UnknownPurpose as unknown:
            raise Refused("Chưa có sổ văn bản đến để nhận tệp; báo người quản trị.") from unknown


def tell_registry(packet: Packet, by: Actor, at: datetime) -> None:
    """The sender took the document back or replaced it: the clerks hear of it on the record it became."""
    for record in records_of(packet):
        notify(
            record, principals=[office(packet.organization_id, Function.CLERKS)], by=by, at=at,
            text=f"Nơi gửi đã thu hồi hoặc thay thế văn bản {packet.symbol}. Hãy xử lý bản đã vào sổ.",
            key=f"packet-{packet.pk}-taken-back",
        )  # fmt: skip


def records_of(packet: Packet) -> list[Record]:
    """The records the packet's files became, as far as the caller sees them."""
    uploads = Upload.objects.filter(batch=batch_of(packet), organization_id=packet.organization_id)
    return list(Record.objects.filter(pk__in=uploads.values("record_id")).order_by("pk"))


HANDLER = PacketHandler(take_into_register, tell_registry)
