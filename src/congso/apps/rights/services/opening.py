"""Emergency openings: ask, agree, refuse, end; their owner is told at once, and what was looked at when they end."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from congso.apps.rights.services.telling import tell
from congso.kernel.access import openings
from congso.kernel.access.models import Opening
from congso.kernel.directory.models import Organization


@transaction.atomic
def ask_sight(organization: Organization, *, number: str, hours: int, reason: str, by: int) -> Opening:
    """Ask; those who may answer are told. Raises RightRefused, as everything here."""
    opening = openings.ask_opening(organization, number=number, hours=hours, reason=reason)
    tell(
        "opening", opening.pk, f"{opening.asked_by} xin mở khẩn cấp {what(opening)} trong {hours} giờ: {reason}", by=by
    )
    return opening


@transaction.atomic
def give_sight(opening: Opening, *, record: int | None, words: str, by: int) -> datetime:
    """Agree; the owner's leaders and chiefs and who asked are told at once."""
    ends = openings.agree_to_opening(opening, record=record, words=words, by=by)
    until = f"{timezone.localtime(ends):%H:%M %d/%m/%Y}"
    tell("opening", opening.pk, f"Đã mở khẩn cấp {what(opening)} cho {opening.asked_by} đến {until}", by=by)
    return ends


@transaction.atomic
def refuse_sight(opening: Opening, *, reason: str, by: int) -> None:
    """Refuse; who asked is told why."""
    openings.refuse_opening(opening, reason=reason, by=by)
    tell("opening", opening.pk, f"Từ chối mở khẩn cấp {what(opening)} cho {opening.asked_by}: {reason}", by=by)


@transaction.atomic
def end_sight(opening: Opening, *, by: int) -> None:
    """Close before its time, or take the question back."""
    openings.end_opening(opening)
    tell("opening", opening.pk, f"Đã đóng, rút lượt mở khẩn cấp {what(opening)} của {opening.asked_by}", by=by)


@transaction.atomic
def report_ended() -> int:
    """What ended since the last call: its owner is told how often it was looked at; returns how many ended."""
    closed = openings.close_openings()
    for opening in Opening.objects.filter(pk__in=closed).select_related("organization", "asked_by"):
        looks = opening.uses.count()
        words = f"Hết hạn mở khẩn cấp {what(opening)} của {opening.asked_by}: {looks} lượt mở, xem báo cáo"
        tell("opening", opening.pk, words, by=None)
    return len(closed)


def what(opening: Opening) -> str:
    """What was asked for, in words: as the asking person wrote it."""
    where = opening.organization.short_name
    return f"hồ sơ {opening.number} của {where}" if opening.number else f"hồ sơ của {where}"
