"""The demo's reports: three months of the regular report of eight communes, and the key leaders' monthly report.

Made by the services, each act by the person who would do it; the figures are invented, the same on every machine.
"""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from congso.apps.reports import services
from congso.apps.reports.models import Form, Report
from congso.apps.reports.queries import report_of
from congso.apps.reports.services import Given, NewForm
from congso.apps.reports.services.starting import starter_forms
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Organization
from congso.kernel.indicators.periods import Frequency, Period

_REMINDERS = Actor.system(System.REMINDERS)
_CHIEF, _TRACKER = "chanhvp.vptu", "theodoi1.vptu"
_COMMUNES = {
    "LC.DU.02647": "laocai", "LC.DU.02671": "camduong", "LC.DU.03006": "sapa", "LC.DU.04252": "yenbai",
    "LC.DU.02683": "batxat", "LC.DU.02839": "bacha", "LC.DU.04456": "mucangchai", "LC.DU.04672": "vanchan",
}  # fmt: skip
_AGENCIES = ("LC.BTCTU", "LC.UBKTTU", "LC.BTGDVTU", "LC.BNCTU")
_LATE, _RETURNED, _BEGUN = "LC.DU.02839", "LC.DU.04672", "LC.DU.03006"
_OWNER, _SCOPE = "LC.VPTU", "LC.TU"


@transaction.atomic
def load() -> int:
    """Make the demo's reports; returns how many, 0 when they are there."""
    with acting_as(_person(_CHIEF)):
        if Form.objects.exists():
            return 0
    this = Period.containing(timezone.localdate(), Frequency.MONTH)
    months = [this.previous.previous, this.previous, this]
    _form("cong-tac-thang", tuple(_COMMUNES), months[0].start)
    _form("lanh-dao-thang", _AGENCIES, this.previous.start)
    for month in months[1:]:
        with acting_as(_REMINDERS):
            services.open_reports(by=_REMINDERS, at=_moment(month.start + timedelta(days=1)))
    for place, code in enumerate(_COMMUNES):
        for month in months[:2]:
            _tell(code, month, place, is_last=month == months[1])
    _begin(_BEGUN, this)
    with acting_as(_person(_CHIEF)):
        return Report.objects.count()


def _form(key: str, units: tuple[str, ...], starts_on: date) -> None:
    chief, starter = _person(_CHIEF), starter_forms()[key]
    at = _moment(starts_on)
    with acting_as(chief):
        by_code = {one.code: one for one in Organization.objects.filter(code__in=(*units, _OWNER, _SCOPE))}
        new = NewForm(
            code=key, title=starter.title, owner=by_code[_OWNER], scope=by_code[_SCOPE],
            frequency=starter.frequency, closes_on=starter.closes_on, due_working_days=starter.due_working_days,
            starts_on=starts_on, note=starter.note,
        )  # fmt: skip
        form = services.create_form(new, schema=starter.schema, by=chief, at=at)
        services.publish_form(form, by=chief, at=at)
        receiver = by_code[_OWNER].pk
        wanted = {by_code[code].pk: receiver for code in units if code in by_code}
        services.set_units(form, wanted, day=starts_on, by=chief, at=at)


def _tell(code: str, month: Period, place: int, *, is_last: bool) -> None:
    report = _report(code, month)
    if report is None or report.due_on is None:
        return
    clerk = _person(f"vanthu.{_COMMUNES[code]}")
    sent_on = report.due_on + timedelta(days=2 if code == _LATE and is_last else -1)
    at = _moment(sent_on)
    with acting_as(clerk):
        services.save_cells(report_of(report.pk), _figures(place, month), by=clerk, at=at)
        services.submit_report(report_of(report.pk), by=clerk, at=at)
    _judge(report, at + timedelta(hours=3), is_returned=code == _RETURNED and is_last, is_locked=not is_last)


def _judge(report: Report, at: datetime, *, is_returned: bool, is_locked: bool) -> None:
    tracker, chief = _person(_TRACKER), _person(_CHIEF)
    with acting_as(tracker):
        if is_returned:
            services.return_report(
                report_of(report.pk), by=tracker, at=at, note="Đề nghị kiểm tra lại số văn bản ký số.",
                remarks={"van_ban.di_ky_so": "Thấp hơn hẳn các xã khác; có sót văn bản ký trên điện thoại không?"},
            )  # fmt: skip
            return
        services.approve_report(report_of(report.pk), by=tracker, at=at)
    if is_locked:
        with acting_as(chief):
            services.lock_report(report_of(report.pk), by=chief, at=at + timedelta(hours=1))


def _begin(code: str, month: Period) -> None:
    """One commune has begun this month's report."""
    report, clerk = _report(code, month), _person(f"vanthu.{_COMMUNES[code]}")
    if report is None:
        return
    with acting_as(clerk):
        given = {"van_ban.den": Given("98"), "van_ban.den_dung_han": Given("95")}
        services.save_cells(report_of(report.pk), given, by=clerk, at=timezone.now())


def _figures(place: int, month: Period) -> dict[str, Given]:
    """Figures of a commune's month: made from its place and the month alone."""
    base = 90 + 17 * place + 3 * month.start.month
    told: dict[str, Any] = {
        "van_ban.den": base, "van_ban.den_dung_han": base - 2 - place % 3, "van_ban.di": base // 2,
        "van_ban.di_ky_so": base // 2 - (place % 4) * 5, "van_ban.di_hanh_chinh": base // 4,
        "nhiem_vu.giao": 12 + place, "nhiem_vu.xong": 11 + place, "nhiem_vu.dung_han": 10 + place - place % 2,
        "to_chuc.chi_bo": 30 + 2 * place, "to_chuc.dang_vien": 800 + 90 * place + month.start.month,
        "to_chuc.ket_nap": place % 4, "to_chuc.sinh_hoat": 29 + 2 * place,
        "hoi_nghi.cap_tinh.truc_tiep": 1, "hoi_nghi.cap_tinh.truc_tuyen": 3,
        "hoi_nghi.don_vi.truc_tiep": 4 + place % 3, "hoi_nghi.don_vi.truc_tuyen": 5,
        "ket_qua": "Hoàn thành các nhiệm vụ theo chương trình công tác; sinh hoạt chi bộ đúng định kỳ.",
        "han_che": "Đường truyền ở một số thôn chưa ổn định." if place % 2 else "Cán bộ mới nhận việc, còn lúng túng.",
        "ke_hoach": "Tập trung số hóa hồ sơ và hoàn thành các nhiệm vụ đến hạn.",
    }  # fmt: skip
    return {key: Given(str(value)) for key, value in told.items()}


def _report(code: str, month: Period) -> Report | None:
    with acting_as(_person(_CHIEF)):
        return Report.objects.filter(
            form__code="cong-tac-thang", organization__code=code, first_day=month.start
        ).first()


@cache
def _person(username: str) -> Actor:
    return Actor.person(User.objects.values_list("person_id", flat=True).get(username=username))


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 30)))
