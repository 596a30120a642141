"""Emergency openings (“mở khẩn cấp”): sight for hours, asked by one person, agreed to by one of the owner's.

The database decides (`internal/openings.sql`), keeps every look, and lets sight end by itself.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from congso.kernel.access.granting import RightRefused, call, words_for
from congso.kernel.access.models import Opening
from congso.kernel.access.principals import Kind, describe
from congso.kernel.directory.models import Organization
from congso.kernel.regulations.queries import value


@dataclass(frozen=True)
class Match:
    """A record an opening may mean: no title, only what tells it from others of the same number."""

    record: int
    number: str
    opened_on: date


def ask_opening(organization: Organization, *, number: str, hours: int, reason: str) -> Opening:
    """Ask for sight of the record the organization keeps under this number; with none, of all its records.

    The asking person is not told whether the record exists. Raises RightRefused, as everything here.
    """
    most = int(value("access.opening_hours_most", on=timezone.localdate()))
    if not reason.strip():
        raise RightRefused("Hãy ghi lý do.")
    if not 1 <= hours <= most:
        raise RightRefused(f"Mỗi lần mở từ 1 đến {most} giờ.")
    with words_for("Bạn đang có 5 đề nghị chưa ai trả lời; hãy chờ hoặc rút bớt."):
        made = call("SELECT congso.ask_opening(%s, %s, %s, %s)", [organization.pk, number, hours, reason])
    return Opening.objects.select_related("organization", "asked_by").get(pk=made)


def matches_of(opening: Opening) -> list[Match]:
    """Which records it may mean, newest first; only for who may answer. Sealed records are never among them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT record, number, opened_on FROM congso.opening_matches(%s)", [opening.pk])
        return [Match(*row) for row in cursor.fetchall()]


def may_answer(opening: Opening, *, by: int) -> bool:
    """Whether the acting person is the second one it needs."""
    return opening.asked_by_id != by and bool(call("SELECT congso.answers_openings(%s)", [opening.organization_id]))


def agree_to_opening(opening: Opening, *, record: int | None, words: str, by: int) -> datetime:
    """Sight begins now; returns its end. `record` is one of `matches_of` when a number was named."""
    return _answered(opening, agree=True, record=record, words=words, by=by)


def refuse_opening(opening: Opening, *, reason: str, by: int) -> None:
    """Not opened, with the reason."""
    if not reason.strip():
        raise RightRefused("Hãy ghi lý do từ chối.")
    _answered(opening, agree=False, record=None, words=reason, by=by)


def end_opening(opening: Opening) -> None:
    """Closed at once, or taken back while nobody answered: by who asked; a running one also by who may answer."""
    with words_for("Không còn gì để đóng, hoặc việc này không phải của bạn."):
        call("SELECT congso.end_opening(%s)", [opening.pk])


def holds_opening(principals: frozenset[int]) -> bool:
    """Whether anything is open to somebody with these principals beyond her own work."""
    return any(describe(held)[0] in {Kind.RECORDS, Kind.OPENING} for held in principals)


def note_use(record_id: int, *, path: str) -> int:
    """The acting person looked at a record; kept and journaled when only an opening shows it to her."""
    return int(call("SELECT congso.note_opening_use(%s, %s)", [record_id, path[:300]]))


def close_openings() -> list[int]:
    """The openings that have ended since the last call; each is told once. For the machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.close_openings()")
        return [int(pk) for (pk,) in cursor.fetchall()]


def _answered(opening: Opening, *, agree: bool, record: int | None, words: str, by: int) -> datetime:
    now = timezone.now()
    if by == opening.asked_by_id:
        raise RightRefused("Người xin mở không tự đồng ý; cần người thứ hai.")
    if not opening.is_open(now):
        raise RightRefused(f"Đề nghị này không còn chờ trả lời: {opening.standing(now)}.")
    if agree and opening.number and record is None:
        raise RightRefused("Hãy chọn hồ sơ được mở; hồ sơ niêm phong không mở khẩn cấp được.")
    with words_for("Chỉ người có thẩm quyền của cơ quan có hồ sơ, hoặc người soát xét nhật ký, trả lời được."):
        ends: datetime = call(
            "SELECT congso.answer_opening(%s, %s, %s, %s)", [opening.pk, agree, words, record if agree else None]
        )
    return ends
