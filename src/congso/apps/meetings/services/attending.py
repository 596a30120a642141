"""Attendance: noted by hand, or by oneself with the code on the room's screen; late, leaving, corrections.

The code on the screen lives for a minute or two, so that who is not in the room cannot use a photograph of it for long.
Reading it gives a pass in one's own name for ten minutes: time to sign in and to press.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone

from congso.apps.meetings.models import EventKind, Meeting, Participant, Presence, PresenceKind, Way
from congso.apps.meetings.queries import participant_of
from congso.apps.meetings.rules import Happened, Standing, standing_of
from congso.apps.meetings.services.moving import happened, journal
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.queries import title_of
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import NotYours, Refused, WrongState
from congso.lib.languages import in_vietnamese

CODE_SECONDS = 120
PASS_SECONDS = 600
EARLY = timedelta(hours=3)
_CODE, _PASS = "meetings.code", "meetings.pass"
OLD_CODE = "Mã điểm danh đã hết hạn. Hãy quét lại mã trên màn hình phòng họp."


def room_code(meeting: Meeting) -> str:
    """The code the room's screen shows now."""
    return signing.TimestampSigner(salt=_CODE).sign(str(meeting.pk))


def pass_for(meeting: Meeting, code: str, *, by: Actor) -> str:
    """A pass in the reader's own name. Raises Refused for a code that is old, made up, or of another meeting."""
    if _read(_CODE, code, CODE_SECONDS) != str(meeting.pk):
        raise Refused(OLD_CODE)
    return signing.TimestampSigner(salt=_PASS).sign(f"{meeting.pk}-{by.person_id}")


@transaction.atomic
@in_vietnamese()
def come_by_code(meeting: Meeting, given: str, *, by: Actor, at: datetime) -> Presence:
    """Note that who holds the pass is there. Pressed twice it is noted once."""
    if _read(_PASS, given, PASS_SECONDS) != f"{meeting.pk}-{by.person_id}":
        raise Refused(OLD_CODE)
    own = participant_of(meeting, by.person_id)
    if own is None:
        raise NotYours("Bạn không có trong thành phần cuộc họp này.")
    return _note(meeting, own, PresenceKind.CAME, Way.CODE, when=at, reason="", by=by, at=at)


@transaction.atomic
@in_vietnamese()
def note_presence(
    meeting: Meeting, participant: Participant, kind: str, *, when: datetime | None = None, reason: str = "", by: Actor,
    at: datetime,
) -> Presence:  # fmt: skip
    """The secretary notes that somebody came, left, or was noted by mistake. `when`: if not now, with a reason.

    Raises NotYours for who does not run the meeting, Refused for a moment to come or before the meeting, leaving
    without having come, a correction without a reason.
    """
    if not current_principals() & set(meeting.handlers):
        raise NotYours("Chỉ chủ trì, thư ký và văn phòng ghi điểm danh.")
    if participant.meeting_id != meeting.pk or participant.left_out_at is not None:
        raise Refused("Người này không có trong thành phần cuộc họp.")
    words = reason.strip()[:500]
    if (kind == PresenceKind.VOID or when is not None or meeting.state == "closed") and not words:
        raise Refused("Hãy ghi lý do khi sửa điểm danh.")
    return _note(meeting, participant, kind, Way.HAND, when=when or at, reason=words, by=by, at=at)


def _note(
    meeting: Meeting, participant: Participant, kind: str, way: str, *, when: datetime, reason: str, by: Actor,
    at: datetime,
) -> Presence:  # fmt: skip
    _check_moment(meeting, way, when, at)
    # Two presses, two devices: the second waits and finds what the first one wrote.
    Participant.objects.select_for_update().filter(pk=participant.pk).first()
    rows = list(participant.presences.order_by("id"))
    standing = standing_of([Happened(one.kind, one.at) for one in rows])
    if kind == PresenceKind.CAME and standing.is_present:
        return rows[-1]
    _check_order(standing, kind, when)
    made = Presence.objects.create(
        participant=participant, kind=kind, way=way, at=when, noted_at=at, reason=reason,
        by_label=title_of(by.id, timezone.localdate(at))[:300],
    )  # fmt: skip
    journal(
        meeting, "presence", label=made.by_label, by=by, at=at, participant=participant.person_id, kind=kind, way=way,
        when=when.isoformat(), reason=reason,
    )  # fmt: skip
    words = {"came": "có mặt", "left": "ra về", "void": "được sửa: không có mặt"}[kind]
    happened(meeting, EventKind.PRESENCE, f"{participant.label} {words}", at=at)
    return made


def _check_moment(meeting: Meeting, way: str, when: datetime, at: datetime) -> None:
    state = Record.objects.filter(pk=meeting.pk).values_list("state", flat=True).first()
    if state not in ("convened", "open", "closed") or (state == "closed" and way == Way.CODE):
        raise WrongState("Cuộc họp không điểm danh ở bước này.")
    if when > at:
        raise Refused("Không ghi được giờ trong tương lai.")
    if when < meeting.starts_at - EARLY:
        raise Refused("Chưa đến giờ điểm danh: điểm danh mở trước giờ họp 3 tiếng.")


def _check_order(standing: Standing, kind: str, when: datetime) -> None:
    if kind not in PresenceKind.values:
        raise Refused("Không có loại điểm danh này.")
    if kind == PresenceKind.LEFT and not standing.is_present:
        raise Refused("Người này chưa được ghi có mặt.")
    if kind == PresenceKind.LEFT and standing.came_at is not None and when < standing.came_at:
        raise Refused("Giờ ra về phải sau giờ đến.")
    if kind == PresenceKind.VOID and not standing.has_been:
        raise Refused("Người này chưa được ghi có mặt.")


def _read(salt: str, text: str, seconds: int) -> str:
    try:
        return str(signing.TimestampSigner(salt=salt).unsign(text, max_age=seconds))
    except signing.BadSignature:
        return ""
