"""REST for packets: the same questions and acts as the screens."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Field, Router, Schema

from congso.apps.packets.queries import PAGE, told
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.exchange import deciding, queries
from congso.kernel.exchange.models import Packet
from congso.kernel.workflow.services import WrongState
from congso.lib.edxml.packets import Status

router = Router()


class PacketOut(Schema):
    """A packet, who must move it on, why it stands and what comes next."""

    id: int
    direction: str
    organization: str
    peer: str
    kind: str
    document_id: str
    symbol: str
    subject: str
    state: str
    status: str
    answer: str
    signature: str
    signer: str
    owner: str
    reason: str
    next_step: str
    tries: int
    next_try_at: datetime | None
    made_at: datetime


class PacketReasonIn(Schema):
    """Why."""

    reason: str = Field(max_length=1000)


class PacketReportIn(Schema):
    """The status to report: 03 to 06."""

    status: str = Field(max_length=2)
    description: str = Field("", max_length=1000)


def _out(packet: Packet) -> dict[str, Any]:
    row = told(packet, timezone.now())
    names = ("direction", "kind", "document_id", "symbol", "subject", "state", "status", "answer", "tries",
             "next_try_at", "made_at", "signature", "signer")  # fmt: skip
    return {name: getattr(packet, name) for name in names} | {
        "id": packet.pk, "organization": packet.organization.code, "peer": packet.peer_code, "owner": row["owner"],
        "reason": row["reason"], "next_step": row["next_step"],
    }  # fmt: skip


def _asked(pk: int) -> Packet:
    return queries.packets().get(pk=pk)


@router.get("/stuck", response=list[PacketOut])
def list_stuck(request: OfficeRequest) -> list[dict[str, Any]]:
    """What does not go on by itself (the first 50)."""
    return [_out(one) for one in queries.stuck(timezone.now())[:PAGE]]


@router.get("/{int:pk}", response=PacketOut)
def show(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """One packet."""
    return _out(_asked(pk))


@router.post("/{int:pk}/accept", response=PacketOut)
def accept(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """Take a document into the register's intake."""
    return _out(deciding.accept_packet(_asked(pk), by=request.actor, at=timezone.now()))


@router.post("/{int:pk}/agree", response=PacketOut)
def agree(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """Agree to a recall or update."""
    return _out(deciding.agree_packet(_asked(pk), by=request.actor, at=timezone.now()))


@router.post("/{int:pk}/refuse", response=PacketOut)
def refuse(request: OfficeRequest, pk: int, facts: PacketReasonIn) -> dict[str, Any]:
    """Refuse, with the reason."""
    return _out(deciding.refuse_packet(_asked(pk), reason=facts.reason, by=request.actor, at=timezone.now()))


@router.post("/{int:pk}/report", response=PacketOut)
def report(request: OfficeRequest, pk: int, facts: PacketReportIn) -> dict[str, Any]:
    """Report a status to the sender."""
    packet = _asked(pk)
    if facts.status not in set(Status):
        raise WrongState("Không có mã trạng thái này.")
    done = deciding.report_status(
        packet, Status(facts.status), description=facts.description, by=request.actor, at=timezone.now()
    )
    return _out(done)


@router.post("/{int:pk}/retry", response=PacketOut)
def retry(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """Send again now."""
    return _out(deciding.retry_packet(_asked(pk), by=request.actor, at=timezone.now()))


@router.post("/{int:pk}/confirm-signer", response=PacketOut)
def confirm_signer(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """The certificate is the sender's: somebody made sure."""
    return _out(deciding.confirm_signer(_asked(pk), by=request.actor, at=timezone.now()))


@router.post("/{int:pk}/recheck", response=PacketOut)
def recheck(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """Judge the packet's signature anew."""
    return _out(deciding.recheck_packet(_asked(pk), by=request.actor, at=timezone.now()))


@router.post("/{int:pk}/give-up", response=PacketOut)
def give_up(request: OfficeRequest, pk: int, facts: PacketReasonIn) -> dict[str, Any]:
    """End what cannot be done."""
    return _out(deciding.give_up_packet(_asked(pk), reason=facts.reason, by=request.actor, at=timezone.now()))
