"""Minutes (biên bản) built from what happened, remarked on by members, confirmed by secretary and chair."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.utils import timezone

from congso.apps.meetings.models import EventKind, Handling, Meeting, Remark
from congso.apps.meetings.queries import attendance_of, ballots_of, opinions_of, participant_of, verdict_of
from congso.apps.meetings.queries.attendance import Attended
from congso.apps.meetings.services.moving import happened, journal, moving
from congso.kernel.access.services import Actor
from congso.kernel.composing.contents import Block, Grid, Layout, Level, PaperContent, Passage, Signature
from congso.kernel.composing.templates import make_docx
from congso.kernel.directory.queries import name_on
from congso.kernel.files.models import Attachment
from congso.kernel.files.services import attach, store_file
from congso.kernel.jobs.services import queue_job
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import NotYours, Refused, WrongState
from congso.lib.languages import in_vietnamese

PRINT_JOB = "meetings.print_minutes"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write_words(meeting: Meeting, *, opening: str, closing: str, by: Actor, at: datetime) -> None:
    """What the secretary adds at the beginning and at the end."""
    with moving(meeting, "write", by=by, at=at) as move:
        save(meeting, opening_words=opening.strip()[:5000], closing_words=closing.strip()[:5000])
        move.label = "Ghi phần mở đầu, kết thúc biên bản"


def circulate_minutes(meeting: Meeting, *, by: Actor, at: datetime, note: str = "") -> None:
    """Ask the participants for what they have to say about the minutes."""
    with moving(meeting, "circulate", by=by, at=at, note=note):
        save(meeting, circulated_at=at)


@transaction.atomic
@in_vietnamese()
def remark_on_minutes(meeting: Meeting, text: str, *, by: Actor, at: datetime) -> Remark:
    """What a participant has to say about the minutes. Raises NotYours, WrongState, Refused."""
    own, words = participant_of(meeting, by.person_id), text.strip()[:3000]
    if own is None:
        raise NotYours("Bạn không có trong thành phần cuộc họp này.")
    if meeting.state != "closed" or meeting.circulated_at is None or meeting.secretary_signed_at is not None:
        raise WrongState("Biên bản không ở bước lấy ý kiến.")
    if not words:
        raise Refused("Hãy viết nội dung ý kiến.")
    made = Remark.objects.create(meeting_id=meeting.pk, participant=own, text=words, at=at)
    journal(meeting, "remark", label=own.label, by=by, at=at, remark=made.pk)
    happened(meeting, EventKind.MINUTES, f"{own.label} góp ý biên bản", at=at)
    return made


def answer_remark(
    meeting: Meeting, remark: Remark, *, handling: str, answer: str = "", by: Actor, at: datetime
) -> None:
    """The secretary takes the remark, or explains why not."""
    if handling not in (Handling.TAKEN, Handling.EXPLAINED):
        raise Refused("Hãy chọn tiếp thu hay giải trình.")
    if handling == Handling.EXPLAINED and not answer.strip():
        raise Refused("Hãy ghi lý do không tiếp thu.")
    with moving(meeting, "write", by=by, at=at) as move:
        meeting.remarks.filter(pk=remark.pk).update(handling=handling, answer=answer.strip()[:1000])
        move.label, move.facts = "Trả lời ý kiến về biên bản", {"remark": remark.pk, "handling": handling}


def sign_minutes(meeting: Meeting, *, by: Actor, at: datetime, note: str = "") -> None:
    """The secretary confirms: the minutes are kept as they are; they are printed, for who signs them with a key."""
    with moving(meeting, "sign", by=by, at=at, note=note):
        save(meeting, minutes_kept=[_plain(one) for one in minutes_body(meeting)], secretary_signed_at=at)
        queue_job(PRINT_JOB, label=f"In biên bản: {meeting.title}", by=by, at=at, arguments={"meeting_id": meeting.pk})


def unsign_minutes(meeting: Meeting, *, by: Actor, at: datetime, note: str) -> None:
    """They are to be written again, with the reason."""
    with moving(meeting, "unsign", by=by, at=at, note=note):
        save(
            meeting, minutes_kept=[], secretary_signed_at=None, minutes_file=None, minutes_places={},
            secretary_key_at=None,
        )  # fmt: skip


def conclude_meeting(meeting: Meeting, *, by: Actor, at: datetime, note: str = "") -> None:
    """The chair confirms what the secretary confirmed, without a key; nothing of it changes any more.

    Raises Refused where the secretary signed with a key: half a signed paper is none.
    """
    with moving(meeting, "conclude", by=by, at=at, note=note):
        if meeting.secretary_key_at is not None:
            raise Refused("Thư ký đã ký số biên bản; chủ trì ký số để chốt.")
        with TemporaryDirectory(prefix="congso-minutes-") as folder:
            path = Path(folder) / "minutes.docx"
            path.write_bytes(minutes_paper(meeting))
            blob = store_file(path, media_type=WORD, pages=0, by=by, at=at)
        attach(meeting, blob, name="Biên bản.docx", role=Attachment.Role.ENCLOSURE, by=by, at=at)


@in_vietnamese()
def minutes_body(meeting: Meeting) -> list[Block]:
    """The text: as it was confirmed, before that as everything stands now."""
    if meeting.minutes_kept:
        return [_block(one) for one in meeting.minutes_kept]
    return [*_head(meeting), *_people(meeting), *_course(meeting), *_conclusions(meeting), *_foot(meeting)]


@in_vietnamese()
def minutes_paper(meeting: Meeting) -> bytes:
    """The minutes as a Word file in the official form."""
    owner, day = meeting.owner, meeting.opened_on
    layout = Layout(owner.layout_profile)
    separator = "-" if layout is Layout.STATE else "/"
    return make_docx(
        PaperContent(
            layout=layout,
            issuer=name_on(owner, day).upper(),
            parent=name_on(owner.parent, day).upper() if owner.parent else "",
            symbol=f"BB{separator}{owner.symbol}" if owner.symbol else "BB",
            place="",
            doc_type="minutes",
            title=meeting.title,
            body=tuple(minutes_body(meeting)),
            signatures=(
                Signature(name=_name(meeting.secretary_label), post="THƯ KÝ", has_seal=False, key="1"),
                Signature(name=_name(meeting.chair_label), post="CHỦ TRÌ", has_seal=False, key="2"),
            ),
            recipients=("Lưu hồ sơ cuộc họp.",),
            issued_on=day,
            year=day.year,
        )
    )


def _name(label: str) -> str:
    return label.partition(",")[0]


def _head(meeting: Meeting) -> Iterator[Block]:
    begun = meeting.sat_from or meeting.starts_at
    yield Passage("I- Thời gian, địa điểm, người chủ trì", Level.SECTION)
    yield Passage(f"Bắt đầu {_moment(begun)}.")
    if meeting.place:
        yield Passage(f"Địa điểm: {meeting.place}.")
    yield Passage(f"Chủ trì: {meeting.chair_label}. Thư ký: {meeting.secretary_label}.")
    for line in meeting.opening_words.splitlines():
        if line.strip():
            yield Passage(line.strip())


def _people(meeting: Meeting) -> Iterator[Block]:
    there = attendance_of(meeting)
    yield Passage("II- Thành phần", Level.SECTION)
    words = meeting.quorum_kept.get("words") or there.words
    source = f" (Căn cứ: {there.quorum.source})" if there.quorum.source else ""
    yield Passage(f"{words}{source}")
    rows = [("TT", "Họ và tên, chức vụ", "Có mặt", "Ghi chú")]
    rows += [
        (str(place), one.participant.label, _presence_words(one), _remark_words(one, meeting))
        for place, one in enumerate(there.lines, start=1)
    ]
    yield Grid(tuple(rows), widths=(1, 6, 4, 5))
    guests = [f"{guest.label} (nội dung {item.position})" for item in _agenda(meeting) for guest in item.guests.all()]
    if guests:
        yield Passage(f"Khách mời: {'; '.join(guests)}.")


def _presence_words(one: Attended) -> str:
    standing = one.standing
    if standing.came_at is None:
        return "Vắng mặt"
    told = f"từ {timezone.localtime(standing.came_at):%H:%M}"
    if standing.left_at is not None and not standing.is_present:
        told += f" đến {timezone.localtime(standing.left_at):%H:%M}"
    return told


def _remark_words(one: Attended, meeting: Meeting) -> str:
    told = []
    if one.participant.replaces_id is not None:
        told.append("dự thay, không biểu quyết")
    if one.standing.is_late(meeting.sat_from):
        told.append("đến muộn")
    if not one.standing.has_been and one.reply is not None and one.reply.reason:
        told.append(f"lý do: {one.reply.reason}")
    if not one.standing.has_been and one.has_mandate and one.reply is not None:
        told.append(f"cử {one.reply.delegate_label} dự thay")
    return "; ".join(told)


def _agenda(meeting: Meeting) -> list[Any]:
    found = meeting.items.prefetch_related("guests").exclude(state="dropped").order_by("position", "id")
    return list(found)


def _course(meeting: Meeting) -> Iterator[Block]:
    items, said = _agenda(meeting), opinions_of(meeting)
    votes = ballots_of(items)
    yield Passage("III- Diễn biến", Level.SECTION)
    for item in items:
        yield Passage(f"{item.position}. {item.title}", Level.HEADING)
        if item.state in ("planned", "released"):
            yield Passage("Chưa họp nội dung này.")
            continue
        if item.presenter_label:
            yield Passage(f"Trình bày: {item.presenter_label}.")
        for line in item.summary.splitlines():
            if line.strip():
                yield Passage(line.strip())
        for one in said:
            if one.item_id == item.pk:
                yield Passage(f"- {one.speaker_label}: {' '.join(one.text.split())}")
        for ballot in votes.get(item.pk, ()):
            yield Passage(_vote_words(ballot))


def _vote_words(ballot: Any) -> str:
    tally = ballot.result.get("tally")
    if not tally:
        return f"Biểu quyết: {ballot.title} (chưa có kết quả)."
    figures = (
        "" if ballot.is_list else f" đồng ý {tally['yes']}, không đồng ý {tally['no']}, ý kiến khác {tally['other']};"
    )
    issued = f" phát ra {tally['issued']}, thu về {tally['collected']}, hợp lệ {tally['valid']};"
    return f"Biểu quyết: {ballot.title}.{issued}{figures} kết quả: {verdict_of(ballot)}."


def _conclusions(meeting: Meeting) -> Iterator[Block]:
    found = list(meeting.conclusions.select_related("lead").order_by("position", "id"))
    if not found:
        return
    yield Passage("IV- Kết luận", Level.SECTION)
    for one in found:
        told = " ".join(one.text.split())
        if one.lead is not None and one.due_on is not None:
            told += f" (Chủ trì: {one.lead.name}; thời hạn: {one.due_on:%d/%m/%Y})"
        yield Passage(f"{one.position}. {told}")


def _foot(meeting: Meeting) -> Iterator[Block]:
    for line in meeting.closing_words.splitlines():
        if line.strip():
            yield Passage(line.strip())
    if meeting.sat_until:
        yield Passage(f"Cuộc họp kết thúc {_moment(meeting.sat_until)}.")


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):lúc %H giờ %M phút ngày %d/%m/%Y}"


def _plain(block: Block) -> dict[str, Any]:
    if isinstance(block, Grid):
        return {"rows": [list(row) for row in block.rows], "widths": list(block.widths)}
    return {"text": block.text, "level": block.level.value}


def _block(plain: dict[str, Any]) -> Block:
    if "rows" in plain:
        return Grid(tuple(tuple(row) for row in plain["rows"]), widths=tuple(plain["widths"]))
    return Passage(plain["text"], Level(plain["level"]))
