"""What those do who received a document: open, pass on inside the unit, send back, report, complete."""

from datetime import datetime

from django.utils import timezone

from congso.apps.documents import rules
from congso.apps.documents.models import Handling, IncomingDocument
from congso.apps.documents.queries import parts_of
from congso.apps.documents.services.directing import Order, Target, add_lines, check_decider, end_line, givers_of
from congso.apps.documents.services.registry import tell_how_it_goes
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import people_in, title_of
from congso.kernel.journal.services import write_entry
from congso.kernel.notify.services import notify
from congso.kernel.records.models import Link, Record
from congso.kernel.records.services import link_records
from congso.kernel.workflow.services import NotYours, Refused, act
from congso.lib.edxml.packets import Status

_NO_RESULT = "Hãy ghi kết quả xử lý bằng lời; không hoàn thành với nội dung trống."


def open_document(document: IncomingDocument, *, by: Actor, at: datetime) -> None:
    """A receiver looks at the document: the first time is kept, and his lines can no longer be withdrawn.

    When the lead opens it, handling begins. Looking again, or looking as somebody else, changes nothing.
    """
    held = current_principals()
    waiting = [line for line in document.live_handlings if line.first_opened_at is None and held & set(line.receivers)]
    opened = []
    for line in waiting:
        unopened = Handling.objects.filter(pk=line.pk, first_opened_at__isnull=True, ending="")
        if unopened.update(first_opened_at=at, first_opened_by_id=by.person_id):
            opened.append(line)
    if not opened or by.person_id is None:
        return
    document.forget_handlings()
    if document.state == "directed" and any(line.is_lead for line in opened):
        with act(document, "open", by=by, at=at) as move:
            move.facts["lines"] = [line.pk for line in opened]
            tell_how_it_goes(document, Status.IN_WORK, at=at)
        return
    label = title_of(by.person_id, timezone.localdate(at))
    write_entry(
        act="incoming_document.read",
        actor=str(by),
        actor_label=label,
        at=at,
        organization_id=document.owner_id,
        record_id=document.pk,
        facts={"lines": [line.pk for line in opened]},
    )


def pass_on(line: Handling, *, order: Order, by: Actor, at: datetime) -> list[Handling]:
    """The unit's leader passes its part on to people or sub-units inside the unit, who see it from now on.

    At most one lead inside the unit. What came only to know goes on only to know. Raises Refused.
    """
    document = line.document
    _check_mine(line)
    if line.unit is None or not line.is_live:
        raise Refused("Chỉ đơn vị đang nhận văn bản mới chuyển tiếp trong đơn vị được.")
    targets = list(order)
    if not targets:
        raise Refused("Hãy chọn người hoặc bộ phận nhận.")
    for kind, target in targets:
        if not rules.may_pass_on(line.kind, kind):
            raise Refused("Văn bản nhận để biết chỉ chuyển tiếp để biết.")
        if not _is_inside(line.unit, target, at):
            raise Refused(f"{target.unit or target.person} không thuộc {line.unit.short_name}.")
    if order.lead and any(
        one.parent_id == line.pk and one.kind == Handling.Kind.LEAD for one in document.live_handlings
    ):
        raise Refused("Đơn vị đã có người chủ trì; hãy thu hồi hoặc nhận trả lại trước khi giao người khác.")
    with act(document, "pass_on", by=by, at=at, note=order.text) as move:
        lines = add_lines(document, targets, order=order, by=by, at=at, parent=line)
        move.label = f"Chuyển trong {line.unit.short_name}"
        move.facts["targets"] = [str(one) for one in lines]
    return lines


def ask_return(line: Handling, *, reason: str, by: Actor, at: datetime) -> None:
    """Propose to give the work back, with the reason; who gave it decides (office 2.1 step 5)."""
    document = line.document
    _check_mine(line)
    _check_open(line)
    with act(document, "ask_return" if line.is_lead else "ask_line_return", by=by, at=at, note=reason) as move:
        Handling.objects.filter(pk=line.pk).update(return_asked_at=at, return_reason=reason.strip())
        move.label = f"Đề nghị trả lại: {line.target_label}"
        if not line.is_lead:
            _tell(document, sorted(givers_of(line)), move.label, by, at)
        document.forget_handlings()


def accept_return(line: Handling, *, by: Actor, at: datetime, note: str = "") -> None:
    """The work comes back; when it was the lead's, the document waits for another direction."""
    document = line.document
    check_decider(line)
    _check_asked(line)
    with act(document, "accept_return" if line.is_lead else "accept_line_return", by=by, at=at, note=note) as move:
        move.label = f"Đồng ý cho trả lại: {line.target_label}"
        _tell(document, line.receivers, move.label, by, at)
        end_line(line, Handling.Ending.RETURNED, at)
        if line.is_lead:
            document.unit = document.due_on = None
            document.save(update_fields=["unit", "due_on"])
        document.forget_handlings()


def refuse_return(line: Handling, *, reason: str, by: Actor, at: datetime) -> None:
    """The work stays where it is, with the reason."""
    document = line.document
    check_decider(line)
    _check_asked(line)
    key = "refuse_return" if line.is_lead else "refuse_line_return"
    with act(document, key, by=by, at=at, note=reason) as move:
        move.label = f"Không đồng ý cho trả lại: {line.target_label}"
        Handling.objects.filter(pk=line.pk).update(return_asked_at=None)
        if not line.is_lead:
            _tell(document, line.receivers, move.label, by, at)
        document.forget_handlings()


def report_result(line: Handling, *, result: str, by: Actor, at: datetime, reply_symbol: str = "") -> None:
    """A supporting unit, or a person inside a unit, says what was done; the lead completes the whole."""
    document = line.document
    _check_mine(line)
    _check_open(line)
    if line.is_lead:
        raise Refused("Đơn vị chủ trì báo cáo bằng “Hoàn thành” văn bản.")
    if not rules.is_result(result):
        raise Refused(_NO_RESULT)
    with act(document, "report_result", by=by, at=at, note=result) as move:
        move.label = f"Báo cáo kết quả: {line.target_label}"
        _finish(line, result, reply_symbol, at)
        document.forget_handlings()


def complete_document(
    document: IncomingDocument, *, result: str, by: Actor, at: datetime, reply_symbol: str = ""
) -> None:
    """The work is done, with its result in words; the system itself says when that was late (office 2.1)."""
    if not rules.is_result(result):
        raise Refused(_NO_RESULT)
    with act(document, "complete", by=by, at=at, note=result) as move:
        document.forget_handlings()
        lead = document.lead
        if lead is None:
            raise Refused("Văn bản chưa có đơn vị chủ trì.")
        _finish(lead, result, reply_symbol, at)
        if rules.is_late(document.due_on, None, timezone.localdate(at)):
            move.label = "Hoàn thành quá hạn"
        move.facts["due_on"] = document.due_on.isoformat() if document.due_on else None
        document.forget_handlings()
        tell_how_it_goes(document, Status.DONE, at=at)


def reopen_document(document: IncomingDocument, *, reason: str, by: Actor, at: datetime) -> None:
    """A leader finds the work not done after all; the lead's result stays in the timeline."""
    with act(document, "reopen", by=by, at=at, note=reason):
        Handling.objects.filter(document=document, kind=Handling.Kind.LEAD, parent=None, ending="").update(
            completed_at=None
        )
        document.forget_handlings()


def link_reply(document: IncomingDocument, *, reply: Record, by: Actor, at: datetime) -> Link:
    """Tie the document that answers this one; both must be visible to the actor. Raises Refused for itself."""
    if reply.pk == document.pk:
        raise Refused("Văn bản không thể là văn bản trả lời của chính nó.")
    with act(document, "link_reply", by=by, at=at) as move:
        move.label = f"Gắn văn bản trả lời: {reply.number or reply.title}"[:200]
        move.facts["reply"] = reply.pk
        return link_records(document, reply, kind=Link.Kind.REPLY, by=by, at=at)


def _check_mine(line: Handling) -> None:
    if not current_principals() & set(line.receivers):
        raise NotYours("Phần việc này không giao cho bạn.")


def _check_open(line: Handling) -> None:
    line.refresh_from_db(fields=["ending", "completed_at", "kind"])
    if not rules.may_complete(line.kind):
        raise Refused("Văn bản nhận để biết không có phần việc phải báo cáo hay trả lại.")
    if not line.is_open_work:
        raise Refused("Phần việc này đã kết thúc.")


def _check_asked(line: Handling) -> None:
    line.refresh_from_db(fields=["ending", "return_asked_at"])
    if line.return_asked_at is None or not line.is_live:
        raise Refused("Không có đề nghị trả lại nào đang chờ.")


def _finish(line: Handling, result: str, reply_symbol: str, at: datetime) -> None:
    Handling.objects.filter(pk=line.pk).update(
        completed_at=at, result=result.strip(), reply_symbol=reply_symbol.strip()[:120]
    )


def _tell(document: IncomingDocument, whom: list[int], text: str, by: Actor, at: datetime) -> None:
    notify(document, principals=whom, text=text[:300], by=by, at=at)


def _is_inside(unit: Organization, target: Target, at: datetime) -> bool:
    """People who hold a post in the unit or its sub-units, and those sub-units."""
    day = timezone.localdate(at)
    below = list(parts_of(unit, day))
    if target.unit:
        return target.unit in below
    return target.person is not None and any(
        people_in(one, day).filter(pk=target.person.pk).exists() for one in (unit, *below)
    )
