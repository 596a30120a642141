from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import ProgrammingError, connection, transaction

from congso.kernel.journal.models import Entry
from congso.kernel.regulations.internal.starter import load
from congso.kernel.regulations.models import CalendarDay, Parameter
from congso.kernel.regulations.queries import calendar, unverified, value, versions_of
from congso.kernel.regulations.services import (
    RegulationRefused,
    confirm_calendar_year,
    confirm_parameter,
    propose_calendar_year,
    set_calendar_day,
    set_parameter,
)

if TYPE_CHECKING:
    from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db
Acting = Callable[[str], AbstractContextManager[Any]]
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
KEY = "directives.default_deadline_days"
NEW_YEAR = date(2027, 1, 1)


def change(world: "World", new_value: Any, valid_from: date = NEW_YEAR) -> None:
    set_parameter(KEY, new_value, valid_from=valid_from, source="Quy chế làm việc thử", by=world.administrator, at=AT)


def test_a_new_value_holds_from_its_day_and_the_old_one_before(world: "World", acting: Acting) -> None:
    with acting("administrator"):
        change(world, 7)
        assert value(KEY, on=date(2026, 12, 31)) == 10
        assert value(KEY, on=NEW_YEAR) == 7
        assert [version.valid_to for version in versions_of(KEY)] == [None, NEW_YEAR]


def test_a_version_put_between_two_ends_where_the_later_begins(world: "World", acting: Acting) -> None:
    with acting("administrator"):
        change(world, 7)
        change(world, 8, date(2026, 6, 1))
        assert value(KEY, on=date(2026, 12, 31)) == 8
        assert value(KEY, on=NEW_YEAR) == 7


def test_the_same_first_day_corrects_a_version(world: "World", acting: Acting) -> None:
    with acting("administrator"):
        change(world, 15, date(2025, 7, 1))
        assert value(KEY, on=date(2026, 1, 1)) == 15
        assert versions_of(KEY).count() == 1


def test_a_change_is_journaled_with_the_old_and_new_value(world: "World", acting: Acting) -> None:
    with acting("administrator"):
        change(world, 7)
        entry = Entry.objects.latest("id")
        assert (entry.act, entry.facts["old"], entry.facts["new"]) == ("regulations.parameter_changed", 10, 7)


@pytest.mark.parametrize("wrong", ["7", 7.5, None, [7], True])
def test_a_value_of_another_shape_is_refused(world: "World", acting: Acting, wrong: Any) -> None:
    with acting("administrator"), pytest.raises(RegulationRefused, match="cùng kiểu"):
        change(world, wrong)


def test_a_confirmed_value_is_no_longer_listed(world: "World", acting: Acting) -> None:
    with acting("administrator"):
        parameter = Parameter.objects.get(key=KEY)
        confirm_parameter(parameter, by=world.administrator, at=AT)
        parameter.refresh_from_db()
        assert (parameter.confirmed_by_id, parameter.confirmed_at) == (world.administrator, AT)
        assert not any(KEY in item.subject for item in unverified(AT.date()))


def test_a_swap_announced_later_moves_deadlines(world: "World", acting: Acting) -> None:
    saturday = date(2027, 3, 6)
    with acting("administrator"):
        assert not calendar().is_working_day(saturday)
        set_calendar_day(
            saturday, kind=CalendarDay.Kind.WORKING, name="Làm bù", notice="Thông báo thử",
            by=world.administrator, at=AT,
        )  # fmt: skip
        assert calendar().is_working_day(saturday)


def test_a_wrong_proposal_becomes_an_ordinary_day(world: "World", acting: Acting) -> None:
    with acting("administrator"):
        set_calendar_day(
            date(2027, 2, 4), kind=CalendarDay.Kind.ORDINARY, name="Ngày thường", notice="Thông báo thử",
            by=world.administrator, at=AT,
        )  # fmt: skip
        assert calendar().is_working_day(date(2027, 2, 4))


def test_a_year_is_proposed_then_confirmed_by_its_notice(world: "World", acting: Acting) -> None:
    with acting("administrator"):
        assert propose_calendar_year(2028, by=world.administrator, at=AT) >= 8
        assert not calendar().is_working_day(date(2028, 1, 26))
        assert calendar().is_provisional(date(2028, 1, 26))
        confirm_calendar_year(2028, notice="Thông báo thử", by=world.administrator, at=AT)
        assert not calendar().is_provisional(date(2028, 1, 26))
        with pytest.raises(RegulationRefused, match="đã có"):
            propose_calendar_year(2028, by=world.administrator, at=AT)


def test_a_year_is_confirmed_only_with_a_notice_and_only_when_entered(world: "World", acting: Acting) -> None:
    with acting("administrator"):
        with pytest.raises(RegulationRefused, match="thông báo"):
            confirm_calendar_year(2027, notice=" ", by=world.administrator, at=AT)
        with pytest.raises(RegulationRefused, match="Chưa có lịch"):
            confirm_calendar_year(2040, notice="Thông báo thử", by=world.administrator, at=AT)


def test_a_rolled_back_change_is_forgotten(world: "World", acting: Acting) -> None:
    with acting("administrator"):
        with transaction.atomic():
            change(world, 7)
            assert value(KEY, on=NEW_YEAR) == 7
            transaction.set_rollback(True)
        assert value(KEY, on=NEW_YEAR) == 10


@pytest.mark.parametrize("who", ["clerk", "secretary", "reader", "auditor", "stranger"])
def test_only_administrators_change_the_law(world: "World", acting: Acting, who: str) -> None:
    person, parameter = getattr(world, who), Parameter.objects.get(key=KEY)
    day = {"kind": CalendarDay.Kind.OFF, "name": "x", "notice": "x"}
    with acting(who):
        for act in (
            lambda: change(world, 7),
            lambda: confirm_parameter(parameter, by=person, at=AT),
            lambda: set_calendar_day(date(2027, 3, 8), **day, by=person, at=AT),
            lambda: confirm_calendar_year(2027, notice="x", by=person, at=AT),
        ):
            with pytest.raises(RegulationRefused, match="Chỉ quản trị viên"):
                act()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE regulations_parameter SET value = '1'", "DELETE FROM regulations_parameter",
        "INSERT INTO regulations_calendaryear VALUES (2030, '', 'V', '')",
        "UPDATE regulations_calendarday SET kind = 'off'", "UPDATE regulations_revision SET id = 1",
    ],
)  # fmt: skip
def test_not_even_an_administrator_writes_the_tables_directly(acting: Acting, statement: str) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with acting("administrator"), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_loading_the_starter_files_again_would_insert_nothing() -> None:
    from django.apps import apps

    before = list(Parameter.objects.values_list("id", flat=True))
    load(apps)
    assert list(Parameter.objects.values_list("id", flat=True)) == before
