"""REST for one's own notices and how one wants to be told: the same services as the screens."""

from datetime import datetime, time
from typing import Annotated

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status
from pydantic import WithJsonSchema

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.notify.models import Notice, PushDevice
from congso.kernel.notify.push_devices import PushRefused, add_device, devices_of, remove_device
from congso.kernel.notify.queries import Place, choices_of, mail_settings_of, narrowed, notices_for, unread_count
from congso.kernel.notify.rules import Frequency, Kind, Way
from congso.kernel.notify.services import ChoiceRefused, choose_letters, choose_ways, mark_read, mark_unread
from congso.kernel.records.types import url_of

router = Router()
PAGE = 50


class NoticeOut(Schema):
    """One line of the bell; `url` opens the record."""

    id: int
    kind: Kind
    text: str
    sender: str
    at: datetime
    read_at: datetime | None
    record: int | None
    number: str
    title: str
    url: str


class NoticesOut(Schema):
    """A page of notices, newest first; `next` asks for the next one as `older_than`, empty at the end."""

    unread: int
    rows: list[NoticeOut]
    next: str


class NoticesAsked(Schema):
    """What narrows the bell, and where the page before ended."""

    unread: bool = False
    waiting: bool = False
    kind: Kind | None = None
    older_than: str = ""
    limit: int = Field(PAGE, ge=1, le=PAGE)


class Marked(Schema):
    """How many changed, and the moment by which it can be taken back."""

    count: int
    read_at: datetime | None = None


class Named(Schema):
    """Which notices; without any, all of them."""

    notices: list[int] | None = Field(None, max_length=1000)


class TakenBack(Schema):
    """What was marked at a moment, or the named notices."""

    read_at: datetime | None = None
    notices: list[int] | None = Field(None, max_length=1000)


# JSON Schema's own “time” wants an offset; a time of day has none.
TimeOfDay = Annotated[
    time, WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$"})
]


class Preferences(Schema):
    """How one is told of each kind, when a digest comes, in which hours nothing is sent at once."""

    ways: dict[Kind, Way]
    frequency: Frequency
    hour: int = Field(ge=0, le=23)
    quiet_from: TimeOfDay
    quiet_until: TimeOfDay


class NoticeProblem(Schema):
    """Why not."""

    code: str
    message: str


class PushDeviceIn(Schema):
    """What a browser's subscription gives, and a name the person recognises."""

    endpoint: str = Field(min_length=1, max_length=1000)
    p256dh: str = Field(min_length=1, max_length=100)
    auth: str = Field(min_length=1, max_length=40)
    device: str = Field(min_length=1, max_length=80)


class PushDeviceOut(Schema):
    """A device that is woken; its address is told to nobody."""

    id: int
    device: str
    made_at: datetime
    told_at: datetime | None


@router.get("/notices", response=NoticesOut)
def list_notices(request: OfficeRequest, asked: Query[NoticesAsked]) -> dict[str, object]:
    """Thông báo của người gọi, mới nhất trước; từng trang theo khóa."""
    found = narrowed(
        notices_for(request.actor.id),
        unread=asked.unread,
        awaiting=request.principals if asked.waiting else None,
        kind=asked.kind,
        older_than=Place.read(asked.older_than),
    )
    rows = list(found[: asked.limit + 1])
    last = rows[asked.limit - 1] if len(rows) > asked.limit else None
    return {
        "unread": unread_count(request.actor.id),
        "rows": [_row(notice) for notice in rows[: asked.limit]],
        "next": str(Place(last.at, last.pk)) if last else "",
    }


@router.post("/notices/read", response=Marked)
def read_notices(request: OfficeRequest, named: Named) -> dict[str, object]:
    """Đánh dấu đã đọc: các thông báo nêu tên, hoặc tất cả."""
    now = timezone.now()
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)  # as JSON carries it, so that it can be taken back
    return {"count": mark_read(by=request.actor, at=now, notices=_ids(named.notices)), "read_at": now}


@router.post("/notices/unread", response=Marked)
def unread_notices(request: OfficeRequest, taken: TakenBack) -> dict[str, object]:
    """Hoàn tác: những gì đánh dấu vào một thời điểm, hoặc các thông báo nêu tên."""
    moment = _aware(taken.read_at) if taken.read_at else None
    return {"count": mark_unread(by=request.actor, read_at=moment, notices=_ids(taken.notices))}


@router.get("/preferences", response=Preferences)
def show_preferences(request: OfficeRequest) -> dict[str, object]:
    """Cách người gọi nhận thông báo."""
    return _preferences(request)


@router.put("/preferences", response={200: Preferences, 422: NoticeProblem})
def change_preferences(request: OfficeRequest, wanted: Preferences) -> dict[str, object] | Status[dict[str, str]]:
    """Chọn cách nhận thông báo; loại bắt buộc không tắt được."""
    try:
        choose_ways(wanted.ways, by=request.actor)
    except ChoiceRefused as refused:
        return Status(422, {"code": "refused", "message": str(refused)})
    choose_letters(
        frequency=wanted.frequency,
        hour=wanted.hour,
        quiet_from=wanted.quiet_from.replace(tzinfo=None),
        quiet_until=wanted.quiet_until.replace(tzinfo=None),
        by=request.actor,
    )
    return _preferences(request)


@router.get("/devices", response=list[PushDeviceOut])
def list_push_devices(request: OfficeRequest) -> list[PushDevice]:
    """Thiết bị của người gọi nhận báo qua dịch vụ đẩy, mới nhất trước."""
    return list(devices_of(request.actor.id))


@router.post("/devices", response={201: PushDeviceOut, 422: NoticeProblem})
def add_push_device(request: OfficeRequest, given: PushDeviceIn) -> Status[PushDevice] | Status[dict[str, str]]:
    """Đăng ký một thiết bị bằng những gì trình duyệt cấp; 422 khi cơ quan không cho phép dịch vụ đẩy đó."""
    try:
        made = add_device(**given.model_dump(), by=request.actor, at=timezone.now())
    except PushRefused as refused:
        return Status(422, {"code": "refused", "message": str(refused)})
    return Status(201, made)


@router.delete("/devices/{device_id}", response={204: None, 404: NoticeProblem})
def remove_push_device(request: OfficeRequest, device_id: int) -> Status[None] | Status[dict[str, str]]:
    """Thôi báo lên thiết bị đó."""
    if 0 < device_id < 2**63 and remove_device(device_id, by=request.actor):
        return Status(204, None)
    return Status(404, {"code": "not_found", "message": "Không có thiết bị này."})


def _preferences(request: OfficeRequest) -> dict[str, object]:
    held = mail_settings_of(request.actor.id)
    return {
        "ways": choices_of(request.actor.id),
        "frequency": held.frequency,
        "hour": held.hour,
        "quiet_from": held.quiet_from,
        "quiet_until": held.quiet_until,
    }


def _row(notice: Notice) -> dict[str, object]:
    record = notice.record
    return {
        "id": notice.pk,
        "kind": notice.kind,
        "text": notice.text,
        "sender": notice.sender,
        "at": notice.at,
        "read_at": notice.read_at,
        "record": notice.record_id,
        "number": record.number if record else "",
        "title": record.title if record else "",
        "url": url_of(record) if record else "",
    }


def _ids(given: list[int] | None) -> list[int] | None:
    return None if given is None else [one for one in given if 0 < one < 2**63]


def _aware(moment: datetime | None) -> datetime:
    given = moment or timezone.now()
    return timezone.make_aware(given) if timezone.is_naive(given) else given
