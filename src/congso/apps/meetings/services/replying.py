"""Answering an invitation; sitting in for somebody with leave of who convened."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from congso.apps.meetings.models import Answer, Capacity, Decision, EventKind, Meeting, Participant, Reply
from congso.apps.meetings.queries import participant_of, refresh_parties
from congso.apps.meetings.services.moving import hand_items_on, happened, journal, moving
from congso.kernel.access.principals import person
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Person
from congso.kernel.directory.queries import title_of
from congso.kernel.notify.services import notify
from congso.kernel.workflow.services import NotYours, Refused, WrongState
from congso.lib.languages import in_vietnamese


@transaction.atomic
@in_vietnamese()
def reply_to(
    meeting: Meeting, answer: str, *, reason: str = "", delegate: Person | None = None, mandate: str = "", by: Actor,
    at: datetime,
) -> Reply:  # fmt: skip
    """What somebody convened answers; the last answer stands, the same one twice is kept once.

    Raises NotYours for who is not convened or only sits in for somebody, WrongState once the sitting is over, Refused
    for an absence without a reason and a delegate without a mandate, who is convened already, or oneself.
    """
    own = participant_of(meeting, by.person_id)
    if own is None or own.capacity == Capacity.DELEGATE:
        raise NotYours("Bạn không có trong thành phần triệu tập của cuộc họp này.")
    if meeting.state not in ("convened", "open"):
        raise WrongState("Cuộc họp không còn nhận trả lời.")
    words = {"reason": reason.strip()[:500], "mandate": mandate.strip()[:500]}
    _check(meeting, own, answer, delegate, words)
    before = own.replies.order_by("-id").first()
    delegate_id = delegate.pk if delegate and answer == Answer.DELEGATE else None
    if before is not None and _said(before) == (answer, *words.values(), delegate_id):
        return before
    if before is not None and before.decision == Decision.GRANTED:
        raise Refused("Người dự thay đã được đồng ý; hãy báo văn phòng để thay đổi.")
    label = title_of(delegate_id, timezone.localdate(at))[:300] if delegate_id else ""
    made = Reply.objects.create(
        participant=own, answer=answer, at=at, delegate_id=delegate_id, delegate_label=label,
        reason=words["reason"] if answer != Answer.ATTEND else "",
        mandate=words["mandate"] if answer == Answer.DELEGATE else "",
    )  # fmt: skip
    journal(meeting, "reply", label=own.label, by=by, at=at, answer=answer, delegate=delegate_id)
    happened(meeting, EventKind.PRESENCE, f"{own.label} trả lời giấy mời", at=at)
    return made


def decide_delegate(
    meeting: Meeting, reply: Reply, *, is_granted: bool, note: str = "", by: Actor, at: datetime
) -> None:
    """Who convened agrees that somebody sits in, or not, with the reason. She sees the meeting, without vote.

    Raises Refused when the reply was decided already, is not the last one, or a refusal has no reason.
    """
    with moving(meeting, "decide", by=by, at=at, note=note) as move:
        last = Reply.objects.filter(participant=reply.participant_id).order_by("-id").first()
        if last is None or last.pk != reply.pk or last.decision or last.delegate_id is None:
            raise Refused("Đề nghị cử người dự thay này đã được xem xét hoặc đã thay đổi.")
        if not is_granted and not note.strip():
            raise Refused("Hãy ghi lý do không đồng ý.")
        decided_by = title_of(by.id, timezone.localdate(at))[:300]
        Reply.objects.filter(pk=reply.pk).update(
            decision=Decision.GRANTED if is_granted else Decision.REFUSED, decided_by_label=decided_by,
            decided_reason=note.strip()[:500], decided_at=at,
        )  # fmt: skip
        own = Participant.objects.get(pk=reply.participant_id)
        move.label = ("Đồng ý" if is_granted else "Không đồng ý") + f" {last.delegate_label} dự thay {own.label}"
        move.label = move.label[:200]
        move.facts |= {"delegate": last.delegate_id, "for": own.person_id, "granted": is_granted}
        if is_granted:
            _seat(meeting, own, last, at=at)
    told = {person(own.person_id)} | ({person(last.delegate_id)} if is_granted else set())
    notify(meeting, principals=told, text=move.label, by=by, at=at)


def _seat(meeting: Meeting, own: Participant, reply: Reply, *, at: datetime) -> None:
    if any(one.person_id == reply.delegate_id and one.left_out_at is None for one in meeting.participants.all()):
        raise Refused(f"{reply.delegate_label} đã có trong thành phần cuộc họp.")
    meeting.participants.filter(replaces=own, left_out_at=None).update(left_out_at=at)
    Participant.objects.create(
        meeting=meeting, person_id=reply.delegate_id or 0, label=reply.delegate_label, capacity=Capacity.DELEGATE,
        is_voting=False, replaces=own,
    )  # fmt: skip
    refresh_parties(meeting)
    hand_items_on(meeting, at=at)


def _said(reply: Reply) -> tuple[object, ...]:
    return (reply.answer, reply.reason, reply.mandate, reply.delegate_id)


def _check(meeting: Meeting, own: Participant, answer: str, delegate: Person | None, words: dict[str, str]) -> None:
    if answer not in Answer.values:
        raise Refused("Hãy chọn dự họp, vắng mặt hay cử người dự thay.")
    if answer == Answer.ABSENT and not words["reason"]:
        raise Refused("Hãy ghi lý do vắng mặt.")
    if answer != Answer.DELEGATE:
        return
    if delegate is None or not words["mandate"]:
        raise Refused("Cử người dự thay phải ghi ai dự thay và được ủy quyền những gì.")
    if delegate.pk == own.person_id:
        raise Refused("Người dự thay phải là người khác.")
    if participant_of(meeting, delegate.pk) is not None:
        raise Refused(f"{delegate.full_name} đã có trong thành phần cuộc họp.")
