"""Issuing: the registry judges the whole paper once more, fixes it, and sends it by every channel."""

from datetime import datetime

from django.utils import timezone

from congso.apps.outgoing.models import Channel, OutgoingDocument, Recipient
from congso.apps.outgoing.services.addressing import Address, write_recipients
from congso.apps.outgoing.services.packing import ELECTRONIC, queue_new
from congso.apps.outgoing.services.papers import paper_file
from congso.kernel.access.services import Actor
from congso.kernel.jobs.services import queue_job
from congso.kernel.records.models import Link
from congso.kernel.records.services import link_records
from congso.kernel.signing.trust import check_file
from congso.kernel.signing.validation.report import Report
from congso.kernel.signing.validation.verdicts import Verdict
from congso.kernel.workflow.services import Refused, act

MAIL_JOB = "outgoing.send_mail"
SECONDS = 30
State = Recipient.State


def report_of(document: OutgoingDocument, *, at: datetime) -> Report:
    """The validation report of the paper as it stands."""
    with paper_file(document) as path:
        return check_file(path, at=at, seconds=SECONDS)


def issue_document(document: OutgoingDocument, *, by: Actor, at: datetime) -> None:
    """Send a sealed document out. Everything is checked before anything leaves (office 2, rule 7).

    Raises Refused: without a recipient, or when the paper's signatures are not both valid; then nothing was sent.
    What it replaces is replaced in the same moment.
    """
    document.refresh_from_db(fields=["state"])
    recipients = _waiting(document)
    if not recipients:
        raise Refused("Chưa có nơi nhận nào; hãy thêm nơi nhận trước khi phát hành.")
    _check_paper(document, at)
    with act(document, "issue", by=by, at=at) as move:
        _check_same(document)
        document.issued_at = at
        document.save(update_fields=["issued_at"])
        send_to(document, recipients, by=by, at=at)
        move.label = f"Phát hành {document.number} đến {len(recipients)} nơi"
        move.facts |= {"sha256": document.paper_sha256, "recipients": len(recipients)}
        if document.replaces is not None:
            _replace(document.replaces, document, by=by, at=at)


def send_more(document: OutgoingDocument, addresses: list[Address], *, by: Actor, at: datetime) -> list[Recipient]:
    """Send an issued document to more recipients."""
    with act(document, "send_more", by=by, at=at) as move:
        made = write_recipients(document, addresses, at=at)
        send_to(document, made, by=by, at=at)
        move.label = f"Gửi thêm {len(made)} nơi nhận"
        move.note = "; ".join(one.name for one in made)
    return made


def mark_sent(recipient: Recipient, *, by: Actor, at: datetime) -> None:
    """A paper copy was handed over or posted; a letter that failed is sent again."""
    document = recipient.document
    with act(document, "mark_sent", by=by, at=at) as move:
        if recipient.channel == Channel.EMAIL:
            send_to(document, [recipient], by=by, at=at)
            move.label = f"Gửi lại thư: {recipient.name}"
            return
        if recipient.channel != Channel.PAPER:
            raise Refused("Nơi nhận này được gửi qua hệ thống; xem mục Trao đổi qua trục.")
        Recipient.objects.filter(pk=recipient.pk).update(state=State.SENT, sent_at=at)
        move.label = f"Đã chuyển bản giấy: {recipient.name}"


def send_to(document: OutgoingDocument, recipients: list[Recipient], *, by: Actor, at: datetime) -> None:
    """By each one's channel, inside an act: packets, letters in the background, paper for the clerk to hand over."""
    queue_new(document, [one for one in recipients if one.channel in ELECTRONIC], by=by, at=at)
    for one in recipients:
        if one.channel == Channel.EMAIL:
            Recipient.objects.filter(pk=one.pk).update(state=State.QUEUED, reason="")
            queue_job(MAIL_JOB, label=f"Gửi thư {document.number}", by=by, at=at, arguments={"recipient_id": one.pk})


def _waiting(document: OutgoingDocument) -> list[Recipient]:
    return list(document.recipients.filter(state=State.WAITING).order_by("id"))


def _check_paper(document: OutgoingDocument, at: datetime) -> None:
    if document.state != "sealed":
        return  # the flow says it better
    report = report_of(document, at=at)
    others = document.signers_after
    wanted = 2 + len(others) + sum(one.has_seal for one in others)  # the signer's and the seal, and each co-signer's
    if report.verdict is not Verdict.VALID or len(report.people) < wanted:
        why = " ".join(str(said.what) for one in report.people for said in one.said)
        why = why or " ".join(str(said.what) for said in report.said)
        raise Refused(f"Bản phát hành chưa hợp lệ nên chưa gửi đi: {report.shown.label}. {why}"[:900])


def _check_same(document: OutgoingDocument) -> None:
    if document.paper is None or document.paper.blob_id != document.paper_sha256:
        raise Refused("Bản phát hành không còn khớp với bản đã đóng dấu.")


def _replace(replaced: OutgoingDocument, by_document: OutgoingDocument, *, by: Actor, at: datetime) -> None:
    note = f"{by_document.replace_reason} (thay bằng {by_document.number} ngày {timezone.localdate(at):%d/%m/%Y})"
    link_records(by_document, replaced, kind=Link.Kind.RELATED, by=by, at=at)
    with act(replaced, "replace", by=by, at=at, note=note):
        replaced.recipients.filter(state__in=[State.QUEUED, State.SENT]).update(state=State.RECALL_ASKED)
