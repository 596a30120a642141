"""Administrators' acts on the law. The database refuses everybody else."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry
from congso.kernel.regulations.models import CalendarDay, Parameter
from congso.kernel.regulations.queries import NotInForce, value
from congso.lib.lunar import propose_days_off


class RegulationRefused(Exception):
    """The act on the law is not possible; the message says why, in Vietnamese."""


@transaction.atomic
def confirm_parameter(parameter: Parameter, *, by: int, at: datetime) -> None:
    """The person (an administrator, by id) vouches that the value is what the law says."""
    if not _call("SELECT congso.confirm_parameter(%s, %s)", [parameter.pk, at]):
        raise RegulationRefused("Không tìm thấy tham số cần xác nhận.")
    _write("regulations.parameter_confirmed", by, at, {"key": parameter.key, "value": parameter.value})


@transaction.atomic
def set_parameter(
    key: str,
    new_value: Any,
    *,
    valid_from: date,
    source: str,
    by: int,
    at: datetime,
    clause: str = "",
    note: str = "",
) -> None:
    """From the day on the law says otherwise; on a version's own first day the version is corrected.

    The new value must have the old one's shape and counts as confirmed by the person. Open deadlines are
    recomputed by the apps that own them. Raises RegulationRefused.
    """
    try:
        old = value(key, on=valid_from)
    except NotInForce:
        raise RegulationRefused(f"Tham số {key} chưa có vào ngày {valid_from:%d/%m/%Y}.") from None
    if type(old) is not type(new_value):
        raise RegulationRefused(f"Giá trị mới của {key} phải cùng kiểu với giá trị cũ ({old}).")
    written = json.dumps(new_value, ensure_ascii=False)
    _call(
        "SELECT congso.set_parameter(%s, %s, %s, %s, %s, %s, %s)",
        [key, written, valid_from, source, clause, note, at],
    )
    facts = {"key": key, "old": old, "new": new_value, "valid_from": valid_from.isoformat(), "source": source}
    _write("regulations.parameter_changed", by, at, facts)


@transaction.atomic
def set_calendar_day(day: date, *, kind: CalendarDay.Kind, name: str, notice: str, by: int, at: datetime) -> None:
    """The day is off, worked in exchange, or ordinary after all, by the notice named."""
    _call("SELECT congso.set_calendar_day(%s, %s, %s, %s)", [day, kind, name, notice])
    facts = {"day": day.isoformat(), "kind": str(kind), "notice": notice}
    _write("regulations.calendar_day_changed", by, at, facts)


@transaction.atomic
def propose_calendar_year(year: int, *, by: int, at: datetime) -> int:
    """Enter the year's probable days off, as a proposal; returns how many. Its deadlines stay provisional."""
    if CalendarDay.objects.filter(year=year).exists():
        raise RegulationRefused(f"Lịch nghỉ năm {year} đã có.")
    proposed = propose_days_off(year)
    for off in proposed:
        _call("SELECT congso.set_calendar_day(%s, 'off', %s, '')", [off.day, off.name])
    _write("regulations.calendar_year_proposed", by, at, {"year": year, "days": len(proposed)})
    return len(proposed)


@transaction.atomic
def confirm_calendar_year(year: int, *, notice: str, by: int, at: datetime) -> None:
    """The year's days agree with the official notice; deadlines in it are no longer provisional."""
    if not notice.strip():
        raise RegulationRefused("Hãy ghi số, ngày của thông báo nghỉ lễ, Tết.")
    if not _call("SELECT congso.confirm_calendar_year(%s, %s, %s)", [year, notice.strip(), at]):
        raise RegulationRefused(f"Chưa có lịch nghỉ năm {year} để xác nhận.")
    _write("regulations.calendar_year_confirmed", by, at, {"year": year, "notice": notice.strip()})


def _call(statement: str, arguments: Sequence[Any]) -> Any:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, arguments)
            return cursor.fetchone()[0]
    except ProgrammingError as error:
        if isinstance(error.__cause__, InsufficientPrivilege):
            raise RegulationRefused("Chỉ quản trị viên được sửa tham số và lịch nghỉ.") from None
        raise


def _write(act: str, by: int, at: datetime, facts: dict[str, Any]) -> None:
    label = title_of(by, at.date())
    write_entry(act=act, actor=f"person:{by}", actor_label=label, at=at, facts=facts)
