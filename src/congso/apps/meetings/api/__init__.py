"""REST for meetings: the same services and permissions as the screens, refusals as problem answers."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Status
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.meetings import queries, services
from congso.apps.meetings.api.schemas import (
    MeetingDetailOut,
    MeetingItemDetailOut,
    MeetingListIn,
    MeetingOpinionChangeIn,
    MeetingOpinionIn,
    MeetingOpinionOut,
    MeetingOut,
    MeetingReplyIn,
    PresenceIn,
)
from congso.apps.meetings.models import Item, Meeting, Opinion, Participant
from congso.apps.meetings.queries.attendance import Attended
from congso.apps.meetings.queries.items import ShownPaper, ShownVersion
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Person
from congso.kernel.workflow.services import Refused, possible_transitions

router = Router()


@router.get("/", response=list[MeetingOut])
@paginate(LimitOffsetPagination)
def list_meetings(request: OfficeRequest, narrowed: Query[MeetingListIn]) -> Any:
    """Cuộc họp người gọi được xem, mới nhất trước."""
    found = queries.meetings()
    if narrowed.mine:
        found = queries.mine(found, request.actor.person_id or 0)
    if narrowed.state:
        found = found.filter(state=narrowed.state)
    return found.order_by("-starts_at", "-pk")


@router.get("/items/{int:pk}", response=MeetingItemDetailOut)
def get_item(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """Một nội dung họp và tài liệu của nó; khách mời chỉ xem được nội dung của mình."""
    item = queries.item_of(pk)
    return _item(item, queries.papers_of(item)) | {
        "meeting_title": item.meets_as, "meets_at": item.meets_at, "meets_in": item.meets_in,
        "guests": [one.label for one in item.guests.all()], "acts": _acts(request, item),
    }  # fmt: skip


@router.get("/{int:pk}", response=MeetingDetailOut)
def get_meeting(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """Một cuộc họp: chương trình, thành phần, điều kiện họp."""
    return _detail(request, queries.meeting_of(pk))


@router.post("/{int:pk}/reply", response=MeetingDetailOut)
def reply_to_invitation(request: OfficeRequest, pk: int, facts: MeetingReplyIn) -> dict[str, Any]:
    """Trả lời giấy mời: dự, vắng mặt có lý do, cử người dự thay."""
    delegate = Person.objects.filter(pk=facts.delegate).first() if facts.delegate else None
    services.reply_to(
        queries.meeting_of(pk), facts.answer, reason=facts.reason, delegate=delegate, mandate=facts.mandate,
        **_who(request),
    )  # fmt: skip
    return _detail(request, queries.meeting_of(pk))


@router.post("/{int:pk}/presence", response=MeetingDetailOut)
def note_presence(request: OfficeRequest, pk: int, facts: PresenceIn) -> dict[str, Any]:
    """Thư ký ghi có mặt, ra về, hoặc sửa điểm danh kèm lý do."""
    meeting = queries.meeting_of(pk)
    who_came = _participant(meeting, facts.participant)
    services.note_presence(meeting, who_came, facts.kind, when=facts.when, reason=facts.reason, **_who(request))
    return _detail(request, queries.meeting_of(pk))


@router.get("/{int:pk}/opinions", response=list[MeetingOpinionOut])
def list_opinions(request: OfficeRequest, pk: int) -> Any:
    """Ý kiến tại cuộc họp, theo thứ tự nội dung."""
    return queries.opinions_of(queries.meeting_of(pk))


@router.post("/{int:pk}/opinions", response={201: MeetingOpinionOut})
def write_opinion(request: OfficeRequest, pk: int, facts: MeetingOpinionIn) -> Any:
    """Ghi ý kiến của mình; chủ trì, thư ký, văn phòng ghi được ý kiến của người khác."""
    meeting = queries.meeting_of(pk)
    item = queries.items_of(meeting).filter(pk=facts.item).first()
    if item is None:
        raise Refused("Nội dung không thuộc cuộc họp này.")
    speaker = _participant(meeting, facts.speaker) if facts.speaker else None
    return Status(201, services.write_opinion(meeting, item, facts.text, speaker=speaker, **_who(request)))


@router.post("/{int:pk}/opinions/{int:opinion}", response=MeetingOpinionOut)
def change_opinion(request: OfficeRequest, pk: int, opinion: int, facts: MeetingOpinionChangeIn) -> Opinion:
    """Sửa ý kiến do chính mình ghi, khi biên bản chưa chốt."""
    meeting = queries.meeting_of(pk)
    found = Opinion.objects.get(pk=opinion, meeting=pk)
    services.change_opinion(meeting, found, facts.text, **_who(request))
    found.refresh_from_db()
    return found


def _participant(meeting: Meeting, pk: int) -> Participant:
    found = next((one for one in meeting.participants.all() if one.pk == pk), None)
    if found is None:
        raise Refused("Người này không có trong thành phần cuộc họp.")
    return found


def _who(request: OfficeRequest) -> dict[str, Any]:
    return {"by": request.actor, "at": timezone.now()}


def _acts(request: OfficeRequest, record: Meeting | Item) -> list[str]:
    return [one.key for one in possible_transitions(record, held=request.principals)]


def _detail(request: OfficeRequest, meeting: Meeting) -> dict[str, Any]:
    request.shown_record = meeting.pk
    there, items = queries.attendance_of(meeting), list(queries.items_of(meeting))
    papers = queries.papers_by_item(items)
    told = [field.alias or name for name, field in MeetingOut.model_fields.items()]
    return {name: getattr(meeting, name) for name in told} | {
        "note": meeting.note, "sat_from": meeting.sat_from, "sat_until": meeting.sat_until,
        "agenda": [_item(one, papers[one.pk]) for one in items],
        "attendance": [_line(one) for one in there.lines], "quorum": there.words,
        "quorum_source": there.quorum.source, "is_quorate": there.is_enough, "acts": _acts(request, meeting),
    }  # fmt: skip


def _item(item: Item, papers: list[ShownPaper]) -> dict[str, Any]:
    return {
        "id": item.pk, "position": item.position, "title": item.title, "state": item.state,
        "minutes_planned": item.minutes_planned, "presenter": item.presenter_label, "preparer": item.unit_id,
        "papers_due_on": item.due_on.isoformat() if item.due_on else "", "output": item.output,
        "papers": [
            {"id": one.paper.pk, "title": one.paper.title, "versions": [_version(each) for each in one.versions]}
            for one in papers
        ],
    }  # fmt: skip


def _version(shown: ShownVersion) -> dict[str, Any]:
    file, version = shown.file, shown.version
    return {
        "id": version.pk, "number": version.number, "is_late": version.is_late, "at": version.at,
        "name": file.name if file else "", "file": file.pk if file else None,
        "url": reverse("files:download", args=[file.pk]) if file else "", "sha256": file.blob_id if file else "",
    }  # fmt: skip


def _line(one: Attended) -> dict[str, Any]:
    part, standing = one.participant, one.standing
    return {
        "participant": part.pk, "label": part.label, "capacity": part.capacity, "is_voting": part.is_voting,
        "answer": one.reply.answer if one.reply else "", "is_present": standing.is_present,
        "came_at": standing.came_at, "left_at": standing.left_at,
    }  # fmt: skip
