"""The monthly meeting's papers: what the board says that day, kept as it was, and the Word paper made of it."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from congso.apps.plan_board.models import Figure, Item, Matter, Pack, Plan
from congso.apps.plan_board.queries import Board, Node, board_of
from congso.apps.plan_board.rules import Outlook, TaskStanding, month_of
from congso.apps.plan_board.services.moving import moving
from congso.apps.plan_board.services.words import outlook_words, reason_of, shown
from congso.kernel.access.services import Actor
from congso.kernel.composing.contents import Authority, Block, Grid, Layout, Level, PaperContent, Passage, Signature
from congso.kernel.composing.templates import make_docx
from congso.kernel.directory.queries import assignments_of, people_in, title_of
from congso.kernel.workflow.services import NotYours, Refused
from congso.lib.languages import in_vietnamese

MOST_AGENDA = 30
MOST_LATE = 200


def make_pack(
    plan: Plan, *, month: date, meeting_on: date, place: str, agenda: Iterable[str], by: Actor, at: datetime
) -> Pack:
    """The papers of the month's meeting as the board stands now. A second one of the month is its next edition."""
    if by.person_id is None:
        raise NotYours("Tài liệu phải có người lập.")
    today = timezone.localdate(at)
    lines = [line.strip()[:500] for line in agenda if line.strip()]
    if not lines:
        raise Refused("Hãy ghi ít nhất một nội dung họp.")
    if len(lines) > MOST_AGENDA:
        raise Refused(f"Chương trình họp có nhiều nhất {MOST_AGENDA} nội dung.")
    if month_of(month) > month_of(today):
        raise Refused("Chưa lập tài liệu cho tháng sau tháng này.")
    with moving(plan, "pack", by=by, at=at) as move, in_vietnamese():
        first = month_of(month)
        last = Pack.objects.filter(plan=plan, month=first).order_by("-edition").first()
        content = _content(move.record, today) | {
            "agenda": lines, "place": place.strip()[:200], "counted_on": today.isoformat(),
            "counted_by": title_of(by.person_id, today), "signature": _signature(move.record, today),
        }  # fmt: skip
        pack = Pack.objects.create(
            plan=move.record, month=first, edition=last.edition + 1 if last else 1, meeting_on=meeting_on,
            content=content, by_id=by.person_id, by_label=title_of(by.person_id, today), at=at,
        )  # fmt: skip
        move.note = f"Tháng {first:%m/%Y}, bản {pack.edition}"
        move.facts |= {"pack": pack.pk}
    return pack


def _content(plan: Plan, day: date) -> dict[str, Any]:
    """Everything a pack says, as plain values."""
    board = board_of(plan, day)
    matters = list(Matter.objects.filter(plan=plan).select_related("item"))
    return {
        "targets": [_target(node) for node in board.targets],
        "counts": _counts(board),
        "late": [_late(line.record, line.clause, day) for line in board.overdue[:MOST_LATE]],
        "late_more": max(0, len(board.overdue) - MOST_LATE),
        "awaiting": [_matter(one) for one in matters if not one.decision],
        "decided": [_matter(one) for one in matters if one.decision][-20:],
    }


def _counts(board: Board) -> dict[str, int]:
    tasks = [line.standing for line in board.tasks]
    outlooks = [node.judgement.outlook for node in board.targets]
    return {
        **{f"task_{standing}": tasks.count(standing) for standing in TaskStanding},
        "tasks": sum(line.is_counted for line in board.tasks),
        **{f"target_{outlook}": outlooks.count(outlook) for outlook in Outlook},
        "targets": len(outlooks),
    }


def _target(node: Node) -> dict[str, Any]:
    item, judgement = node.item, node.judgement
    return {
        "code": item.code,
        "text": item.text,
        "unit": item.unit.short_name or item.unit.name if item.unit else "",
        "value": _with_unit(node.figure.value if node.figure else None, item),
        "day": node.figure.day.isoformat() if node.figure else "",
        "milestone": _with_unit(judgement.milestone.value if judgement.milestone else None, item),
        "due": judgement.milestone.day.isoformat() if judgement.milestone else "",
        "outlook": str(judgement.outlook),
        "outlook_words": str(outlook_words(judgement.outlook)),
        "reason": reason_of(judgement, item),
        "source": _source(node.figure) if node.figure else None,
    }


def _source(figure: Figure) -> dict[str, str]:
    """Where a figure came from, as the meeting is told."""
    parts = [str(figure.get_origin_display())]
    if figure.denominator is not None and figure.numerator is not None:
        parts[0] += f": {shown(figure.numerator)}/{shown(figure.denominator)}"
    if figure.evidence_id:
        parts.append(f"hồ sơ số {figure.evidence_id} trên hệ thống")
    return {
        "words": ". ".join([*parts, *filter(None, (figure.scope.rstrip("."), figure.note.rstrip(".")))]),
        "by": figure.by_label,
        "at": f"{timezone.localtime(figure.at):%H:%M %d/%m/%Y}",
    }


def _with_unit(value: Decimal | None, item: Item) -> str:
    return "" if value is None else f"{shown(value)} {item.figure_unit}".strip()


def _late(record: Any, clause: str, day: date) -> dict[str, Any]:
    return {
        "clause": clause,
        "title": record.title,
        "unit": (record.unit.short_name or record.unit.name) if record.unit else "",
        "due": record.due_on.isoformat(),
        "days": (day - record.due_on).days,
    }


def _matter(one: Matter) -> dict[str, Any]:
    return {
        "text": one.text,
        "item": str(one.item) if one.item else "",
        "by": one.raised_label,
        "decision": one.decision,
    }


def _signature(plan: Plan, day: date) -> dict[str, str]:
    """Who signs: the highest leader of the standing unit; blank where there is nobody yet."""
    head = people_in(plan.unit, day, ["leaders"]).first() if plan.unit else None
    held = assignments_of(head.pk, day).first() if head else None
    return {"name": head.full_name if head else "", "post": held.post.name.upper() if held else ""}


def paper_of(pack: Pack) -> bytes:
    """The pack as an official report in Word. Same pack, same bytes. Raises Refused when it cannot be laid out."""
    plan, told = pack.plan, pack.content
    issuer = plan.unit or plan.owner
    superior = plan.owner.name if plan.unit else ""
    own = issuer.name
    if superior and own.lower().endswith(superior.lower()) and own != superior:
        own = own[: -len(superior)].strip()
    signature = told.get("signature", {})
    content = PaperContent(
        layout=Layout(issuer.layout_profile), issuer=own.upper(), parent=superior.upper(),
        symbol=f"BC/{issuer.symbol}" if issuer.layout_profile == "PARTY" else f"BC-{issuer.symbol}",
        place=_place(plan.owner.name), doc_type="report", year=pack.month.year,
        title=pack_title(pack),
        body=pack_body(pack),
        signatures=(Signature(signature.get("name") or "…", signature.get("post", ""), Authority.OWN),),
        recipients=pack_recipients(pack),
    )  # fmt: skip
    try:
        return make_docx(content)
    except ValueError as problem:
        raise Refused(f"Không dàn được văn bản: {problem}") from problem


def pack_title(pack: Pack) -> str:
    """The abstract below the word BÁO CÁO."""
    month = f"{pack.month.month}/{pack.month.year}"
    return f"tình hình thực hiện {pack.plan.number or 'Kế hoạch'} tháng {month}"


def pack_recipients(pack: Pack) -> tuple[str, ...]:
    """Nơi nhận."""
    issuer = pack.plan.unit or pack.plan.owner
    return f"{pack.plan.owner.name} (báo cáo)", "Thành viên Ban Chỉ đạo", f"Lưu {issuer.short_name or issuer.name}"


def pack_body(pack: Pack) -> tuple[Block, ...]:
    """What the papers say, as it stood when they were made."""
    return tuple(_body(pack))


def _place(name: str) -> str:
    return re.sub(r"^(?:Tỉnh ủy|Thành ủy|Đảng ủy(?: xã| phường)?)\s+", "", name)


def _body(pack: Pack) -> Iterable[Block]:
    told, counts = pack.content, pack.content["counts"]
    counted = date.fromisoformat(told["counted_on"])
    where = f", tại {told['place']}" if told["place"] else ""
    yield Passage(
        f"Phục vụ phiên họp Ban Chỉ đạo ngày {pack.meeting_on:%d/%m/%Y}{where}; số liệu tính đến {counted:%d/%m/%Y} "
        f"trong phạm vi được xem của {told['counted_by']}."
    )
    yield Passage("I- NỘI DUNG HỌP", Level.SECTION)
    for place, line in enumerate(told["agenda"], 1):
        yield Passage(f"{place}. {line}")
    yield Passage("II- KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU", Level.SECTION)
    yield Passage(
        f"Trong {counts['targets']} chỉ tiêu: {counts['target_reached']} đã đạt, {counts['target_on_course']} đúng "
        f"tiến độ, {counts['target_at_risk']} có nguy cơ chậm, {counts['target_late']} chậm, "
        f"{counts['target_unmeasured']} chưa có số đo."
    )
    if told["targets"]:
        yield Grid(
            (("Ký hiệu", "Chỉ tiêu", "Kết quả", "Phải đạt", "Đánh giá"),
             *((one["code"], one["text"], one["value"] or "chưa đo",
                f"{one['milestone']} đến {_day(one['due'])}" if one["due"] else "",
                f"{one['outlook_words']}. {one['reason']}") for one in told["targets"])),
            widths=(1, 4, 1.4, 1.8, 3.4),
        )  # fmt: skip
    yield from _tasks(told, counts)
    yield from _matters(told)
    yield from _sources(told)


def _tasks(told: dict[str, Any], counts: dict[str, int]) -> Iterable[Block]:
    yield Passage("III- NHIỆM VỤ", Level.SECTION)
    done, late_done = counts["task_done"], counts["task_done_late"]
    yield Passage(
        f"Có {counts['tasks']} nhiệm vụ: {done + late_done} đã hoàn thành ({late_done} quá hạn), "
        f"{counts['task_running']} trong hạn, {counts['task_overdue']} quá hạn, {counts['task_resting']} tạm dừng "
        "hoặc chưa tới lượt ai."
    )
    if not told["late"]:
        yield Passage("Không có nhiệm vụ quá hạn.")
        return
    yield Passage("Nhiệm vụ quá hạn:")
    yield Grid(
        (("Mục", "Nội dung", "Chủ trì", "Hạn", "Số ngày quá hạn"),
         *((one["clause"], one["title"], one["unit"], _day(one["due"]), str(one["days"])) for one in told["late"])),
        widths=(1, 5, 2.2, 1.4, 1.2),
    )  # fmt: skip
    if told["late_more"]:
        yield Passage(f"Và {told['late_more']} nhiệm vụ quá hạn khác.")


def _matters(told: dict[str, Any]) -> Iterable[Block]:
    yield Passage("IV- VẤN ĐỀ XIN Ý KIẾN BAN CHỈ ĐẠO", Level.SECTION)
    if not told["awaiting"]:
        yield Passage("Không có.")
    for place, one in enumerate(told["awaiting"], 1):
        about = f" (về {one['item']})" if one["item"] else ""
        yield Passage(f"{place}. {one['text']}{about}. Nơi nêu: {one['by']}.")
    if told["decided"]:
        yield Passage("Kết luận đã có về các vấn đề trước:")
        for one in told["decided"]:
            yield Passage(f"- {one['text']}: {one['decision']}")


def _sources(told: dict[str, Any]) -> Iterable[Block]:
    """What each figure was counted from, by whom; papers made before this was kept say nothing of it."""
    known = [one for one in told["targets"] if one.get("source")]
    if not known:
        return
    yield Passage("V- NGUỒN SỐ ĐO", Level.SECTION)
    yield Grid(
        (("Ký hiệu", "Kết quả", "Tính đến", "Lấy từ đâu", "Người ghi"),
         *((one["code"], one["value"], _day(one["day"]), one["source"]["words"],
            f"{one['source']['by']}, {one['source']['at']}") for one in known)),
        widths=(1, 1.4, 1.4, 4.4, 3),
    )  # fmt: skip


def _day(written: str) -> str:
    return f"{date.fromisoformat(written):%d/%m/%Y}" if written else ""
