"""What the chair concluded: point by point, given on as tasks, told in a notice of conclusions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from congso.apps.directives.services import NewTask, assign_tasks
from congso.apps.meetings.models import Conclusion, Forum, Item, Meeting
from congso.apps.meetings.services.moving import moving
from congso.apps.outgoing.services import HandedPaper, take_paper, takes_papers_of
from congso.kernel.access.services import Actor
from congso.kernel.composing.contents import Block, Passage
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Record
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import Refused

MOST = 100


@dataclass(frozen=True)
class Concluded:
    """A point: who leads it by when, or why no task is given."""

    text: str
    lead: Organization | None = None
    due_on: date | None = None
    product: str = ""
    no_task_reason: str = ""
    item: Item | None = None


def conclude_point(meeting: Meeting, point: Concluded, *, by: Actor, at: datetime) -> Conclusion:
    """Write a point down. Raises Refused without words, or when it neither gives a task nor says why not."""
    _check(point, at)
    with moving(meeting, "write", by=by, at=at) as move:
        if point.item is not None and point.item.sitting_id != meeting.pk:
            raise Refused("Nội dung không thuộc cuộc họp này.")
        last = meeting.conclusions.aggregate(last=Max("position"))["last"] or 0
        if last >= MOST:
            raise Refused(f"Một cuộc họp có nhiều nhất {MOST} điểm kết luận.")
        made = Conclusion.objects.create(
            meeting=meeting, item=point.item, position=last + 1, text=point.text.strip(), lead=point.lead,
            due_on=point.due_on, product=point.product.strip(), no_task_reason=point.no_task_reason.strip(),
        )  # fmt: skip
        move.label, move.facts = f"Ghi kết luận {made.position}", {"conclusion": made.pk}
    return made


def change_point(conclusion: Conclusion, point: Concluded, *, by: Actor, at: datetime) -> None:
    """Say it otherwise, as long as no task came of it."""
    _check(point, at)
    meeting = conclusion.meeting
    with moving(meeting, "write", by=by, at=at) as move:
        changed = meeting.conclusions.filter(pk=conclusion.pk, task=None).update(
            text=point.text.strip(), lead=point.lead, due_on=point.due_on, product=point.product.strip(),
            no_task_reason=point.no_task_reason.strip(), item=point.item,
        )  # fmt: skip
        if not changed:
            raise Refused("Kết luận này đã giao thành nhiệm vụ nên không sửa được.")
        move.label, move.facts = f"Sửa kết luận {conclusion.position}", {"conclusion": conclusion.pk}


def give_tasks(meeting: Meeting, *, by: Actor, at: datetime) -> list[Record]:
    """Give every point that has a lead and no task yet on as a task with its clause; all or none. Safe to repeat.

    Raises NotYours when the actor may not give work in the body's name, Refused when there is nothing to give.
    """
    with moving(meeting, "task", by=by, at=at) as move:
        found = list(meeting.conclusions.filter(task=None, lead__isnull=False).order_by("position"))
        if not found:
            raise Refused("Không còn kết luận nào chờ giao thành nhiệm vụ.")
        wanted = [
            NewTask(content=one.text, lead=one.lead, clause=f"Kết luận {one.position}", due_on=one.due_on,
                    product=one.product)
            for one in found
        ]  # fmt: skip
        made = assign_tasks(
            wanted, owner=meeting.owner, by=by, at=at, source=meeting, source_symbol=_symbol(meeting),
            assigned_on=timezone.localdate(at),
        )  # fmt: skip
        for one, task in zip(found, made, strict=True):
            meeting.conclusions.filter(pk=one.pk).update(task=task)
        move.facts = {"tasks": [task.pk for task in made]}
    return list(made)


def may_draft_notice(meeting: Meeting, by: Actor, day: date) -> bool:
    """Whether the person drafts documents of the body."""
    return by.person_id is not None and takes_papers_of(meeting.owner, by.person_id, day)


def draft_notice(meeting: Meeting, *, by: Actor, at: datetime) -> Record:
    """The conclusions become a draft of the outgoing documents, linked to the meeting. Once.

    Every point must be given as a task or say why not first (office 7, rule 7). Raises Refused, NotYours.
    """
    with moving(meeting, "notice", by=by, at=at) as move:
        found = list(meeting.conclusions.select_related("lead").order_by("position"))
        if not found:
            raise Refused("Chưa ghi kết luận nào.")
        waiting = [one for one in found if not one.is_settled]
        if waiting:
            points = ", ".join(str(one.position) for one in waiting)
            raise Refused(f"Hãy giao nhiệm vụ từ kết luận {points} trước, hoặc ghi vì sao không giao việc.")
        if meeting.notice_id is not None:
            raise Refused("Thông báo kết luận của cuộc họp đã được soạn.")
        is_committee = meeting.forum == Forum.COMMITTEE
        handed = HandedPaper(
            issuer=meeting.owner,
            doc_type="conclusion" if is_committee else "notice",
            title=notice_title(meeting),
            body=tuple(notice_body(meeting, found)),
            recipients=(*dict.fromkeys(f"{one.lead.name}," for one in found if one.lead), "Lưu Văn phòng."),
        )
        document = take_paper(handed, source=meeting, by=by, at=at)
        save(meeting, notice=document)
        move.facts = {"document": document.pk}
    return document


def notice_title(meeting: Meeting) -> str:
    """What the notice is about."""
    who = "" if meeting.forum == Forum.AGENCY else f" của {Forum(meeting.forum).label}"
    return f"kết luận{who} tại {meeting.title[:1].lower()}{meeting.title[1:]}, ngày {meeting.opened_on:%d/%m/%Y}"


def notice_body(meeting: Meeting, found: Sequence[Conclusion]) -> list[Block]:
    """What was concluded, who leads what by when."""
    told: list[Block] = [
        Passage(
            f"Ngày {meeting.opened_on:%d/%m/%Y}, {meeting.chair_label} chủ trì {meeting.title[:1].lower()}"
            f"{meeting.title[1:]}. Sau khi thảo luận, cuộc họp kết luận như sau:"
        )
    ]
    for one in found:
        words = " ".join(one.text.split())
        told.append(Passage(f"{one.position}. {words}"))
        if one.lead is not None and one.due_on is not None:
            product = f"; sản phẩm: {one.product}" if one.product else ""
            told.append(Passage(f"Chủ trì: {one.lead.name}; thời hạn: {one.due_on:%d/%m/%Y}{product}."))
    return told


def _symbol(meeting: Meeting) -> str:
    return f"Kết luận cuộc họp ngày {meeting.opened_on:%d/%m/%Y}"


def _check(point: Concluded, at: datetime) -> None:
    if not point.text.strip():
        raise Refused("Hãy ghi nội dung kết luận.")
    is_given = point.lead is not None and point.due_on is not None
    if is_given == bool(point.no_task_reason.strip()) or (point.lead is None) != (point.due_on is None):
        raise Refused("Mỗi kết luận phải có cơ quan chủ trì và thời hạn, hoặc ghi vì sao không giao việc.")
    if point.due_on is not None and point.due_on < timezone.localdate(at):
        raise Refused("Thời hạn không thể trước ngày hôm nay.")
