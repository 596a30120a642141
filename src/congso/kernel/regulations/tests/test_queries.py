from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from congso.kernel.regulations.models import CalendarDay, Parameter
from congso.kernel.regulations.queries import (
    NotInForce,
    calendar,
    calendar_years,
    parameters_on,
    unverified,
    value,
    versions_of,
)
from congso.lib.workdays import add_working_days, term_end

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("documents.present_working_days", 1), ("documents.arrival_number_period", "year"),
        ("numbering.party_period", "term"), ("directives.default_deadline_days", 10),
        ("documents.secrecy_grades", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"]),
    ],
)  # fmt: skip
def test_a_new_office_knows_the_values_its_rules_need(key: str, expected: object) -> None:
    assert value(key, on=TODAY) == expected


def test_a_value_before_its_law_or_without_law_is_an_error_not_a_guess() -> None:
    with pytest.raises(NotInForce):
        value("documents.present_working_days", on=date(2019, 1, 1))
    with pytest.raises(NotInForce):
        value("documents.no_such_thing", on=TODAY)


def test_the_calendar_passes_the_examples_of_the_handbook() -> None:
    days = calendar()
    assert add_working_days(date(2026, 8, 28), 7, days) == date(2026, 9, 11)
    assert add_working_days(date(2026, 8, 20), 3, days) == date(2026, 8, 24)
    assert term_end(date(2026, 3, 31), days, days=30) == date(2026, 5, 4)
    assert add_working_days(date(2026, 11, 23), 5, days) == date(2026, 12, 1)


def test_deadlines_of_a_year_without_a_notice_are_provisional() -> None:
    assert not calendar().is_provisional(date(2026, 12, 31))
    assert calendar().is_provisional(date(2027, 1, 4))


def test_days_off_are_weekdays_and_worked_days_are_not() -> None:
    for day in CalendarDay.objects.all():
        assert (day.day.weekday() < 5) == (day.kind == CalendarDay.Kind.OFF), day


def test_every_value_names_its_source() -> None:
    assert not Parameter.objects.filter(source="").exists()


def test_a_second_question_costs_one_small_query(django_assert_num_queries: pytest.FixtureRequest) -> None:
    value("documents.present_working_days", on=TODAY)
    with django_assert_num_queries(1):
        value("directives.reminder_steps", on=TODAY)
    with django_assert_num_queries(1):
        calendar()


def test_what_nobody_has_verified_is_listed() -> None:
    waiting = unverified(TODAY)
    assert any("directives.default_deadline_days" in item.subject for item in waiting)
    assert any(item.subject == "Lịch nghỉ năm 2027" for item in waiting)
    assert any(item.subject.startswith("31/08/2026") for item in waiting)
    assert not any("documents.present_working_days" in item.subject for item in waiting)


def test_the_command_prints_the_unverified_and_how_many() -> None:
    printed = StringIO()
    call_command("regulations", "check", stdout=printed)
    assert "directives.due_soon_working_days" in printed.getvalue()
    assert f"{len(unverified(TODAY))} tham số hoặc ngày chưa được kiểm chứng" in printed.getvalue()


def test_the_screen_has_its_lists() -> None:
    assert parameters_on(TODAY).filter(key="documents.urgency_levels").exists()
    assert [year.year for year in calendar_years()][:3] == [2027, 2026, 2025]
    assert versions_of("directives.extension").count() == 1
