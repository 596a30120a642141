"""After issuing: what recipients answer, taking a document back, telling them of changes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from congso.apps.outgoing import rules
from congso.apps.outgoing.models import Channel, OutgoingDocument, Recipient
from congso.apps.outgoing.services.issuing import MAIL_JOB
from congso.apps.outgoing.services.packing import ELECTRONIC, queue_recall, queue_update
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.exchange.models import Packet, PacketKind, PacketState
from congso.kernel.jobs.services import queue_job
from congso.kernel.workflow.services import Refused, act
from congso.lib.vietnamese import nfc

State = Recipient.State
_GOT = (State.QUEUED, State.SENT, State.FAILED)


def recall_document(document: OutgoingDocument, *, reason: str, by: Actor, at: datetime) -> None:
    """Take an issued document back: every recipient is asked by its channel; the record stays and says so (2.5)."""
    with act(document, "recall", by=by, at=at, note=reason) as move:
        got = list(document.recipients.filter(state__in=_GOT).order_by("id"))
        queue_recall(document, [one for one in got if one.channel in ELECTRONIC], reason=reason, by=by, at=at)
        for one in got:
            if one.channel == Channel.EMAIL:
                queue_job(
                    MAIL_JOB, label=f"Gửi thư thu hồi {document.number}", by=by, at=at,
                    arguments={"recipient_id": one.pk, "recall": reason[:1000]},
                )  # fmt: skip
        document.recipients.filter(state__in=_GOT).update(state=State.RECALL_ASKED)
        move.label = f"Thu hồi {document.number}: đã báo {len(got)} nơi nhận"


@dataclass(frozen=True)
class Changes:
    """How the deadline and the note to recipients stand from now on; empty where there is none any more."""

    due_on: date | None = None
    content: str = ""


def update_document(
    document: OutgoingDocument, *, reason: str, changes: Changes | None = None, with_file: bool = False, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Tell those who have it of a change about it (a deadline, what to mind); the paper itself never changes.

    Without `changes` all stands as it was told last. `with_file`: the paper goes along once more, for who could not
    open or lost it. Raises Refused for a new deadline that has passed.
    """
    with act(document, "update", by=by, at=at, note=reason) as move:
        if changes is not None:
            move.facts["changed"] = _tell_anew(document, changes, reason, by=by, at=at)
        got = list(document.recipients.filter(channel__in=ELECTRONIC, state__in=_GOT).order_by("id"))
        if not got:
            raise Refused("Không có nơi nhận điện tử nào để cập nhật.")
        queue_update(document, got, reason=reason, with_file=with_file, by=by, at=at)
        move.label = f"Cập nhật đến {len(got)} nơi nhận"
        if changes is not None and document.asked_by:
            move.label += f", hạn trả lời {document.asked_by:%d/%m/%Y}"


def _tell_anew(
    document: OutgoingDocument, changes: Changes, reason: str, *, by: Actor, at: datetime
) -> dict[str, list[str]]:
    """Keep what stands from now on; returns what is otherwise than before."""
    content, before = nfc(changes.content).strip(), document.told_last
    old = (document.asked_by, before.content if before else "")
    if changes.due_on != old[0] and changes.due_on and changes.due_on < timezone.localdate(at):
        raise Refused("Hạn trả lời mới không thể trước ngày hôm nay.")
    changed = {
        name: [str(was or ""), str(now or "")]
        for name, was, now in zip(("due_on", "content"), old, (changes.due_on, content), strict=True)
        if was != now
    }
    if changed:
        document.told.create(
            due_on=changes.due_on, content=content, reason=reason.strip()[:2000], made_by_id=by.id,
            made_label=title_of(by.id, timezone.localdate(at)), at=at,
        )  # fmt: skip
        document.forget()
    return changed


def drop_recipient(recipient: Recipient, *, reason: str, by: Actor, at: datetime) -> None:
    """One who should not have it gives it back; the others keep it (edXML update, ReceiverType 0)."""
    document = recipient.document
    with act(document, "update", by=by, at=at, note=reason) as move:
        if recipient.state not in _GOT:
            raise Refused("Nơi nhận này không còn giữ văn bản.")
        if recipient.channel in ELECTRONIC:
            queue_update(document, [recipient], reason=reason, removed=(recipient.address,), by=by, at=at)
        Recipient.objects.filter(pk=recipient.pk).update(state=State.RECALL_ASKED)
        move.label = f"Bỏ nơi nhận: {recipient.name}"


def mark_returned(recipient: Recipient, *, by: Actor, at: datetime) -> None:
    """A paper copy came back after a recall, or a letter's reader confirmed; noted on the list."""
    with act(recipient.document, "note_return", by=by, at=at) as move:
        changed = Recipient.objects.filter(pk=recipient.pk, state=State.RECALL_ASKED).exclude(channel__in=ELECTRONIC)
        if not changed.update(state=State.RECALLED, status_at=at):
            raise Refused("Chỉ ghi trả lại bản giấy, thư của văn bản đã thu hồi.")
        move.label = f"Đã trả lại: {recipient.name}"


def note_answer(sent: Packet, at: datetime) -> None:
    """The exchange heard from a recipient: 01 to 06 move its line forward, 15, 16 answer a recall. As the carrier."""
    about = sent
    if sent.kind == PacketKind.REPLACE and sent.answer in {"15", "16"} and sent.original is not None:
        about = sent.original  # they speak of the document that was replaced
    if about.record_id is None:
        return
    lines = Recipient.objects.filter(document_id=about.record_id, address=sent.peer_code, channel__in=ELECTRONIC)
    for line in lines.exclude(state=State.REMOVED):
        if not rules.status_moves(line.status, sent.answer):
            continue
        changed: dict[str, object] = {"status": sent.answer, "status_at": at, "reason": sent.reason}
        is_taking_back = sent.kind in {PacketKind.RECALL, PacketKind.REPLACE, PacketKind.UPDATE}
        if sent.answer == "15" and is_taking_back and line.state == State.RECALL_ASKED:
            changed["state"] = State.RECALLED
        elif sent.answer == "02":
            changed["state"] = State.FAILED
        elif line.state == State.QUEUED and sent.state == PacketState.DONE:
            changed["state"] = State.SENT
        Recipient.objects.filter(pk=line.pk).update(**changed)
