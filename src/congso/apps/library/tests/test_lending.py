"""Loans, returns, holds and what mornings do."""

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction

from congso.apps.library import services
from congso.apps.library.models import Copy, Hold, Loan, Usage
from congso.apps.library.queries import copies_kept, differences
from congso.apps.library.tests.factories import NOW, lent, opened, returned, shelved, waiting, who
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.jobs.mornings import REMINDERS
from congso.kernel.notify.models import Notice
from congso.kernel.workflow.services import NotYours, Refused

pytestmark = pytest.mark.django_db


def state(world, copy: Copy) -> str:
    with acting_as(Actor.person(world.clerk)):
        return str(Copy.objects.get(pk=copy.pk).state)


def morning(days: int = 0) -> None:
    with acting_as(REMINDERS):
        services.look_after(by=REMINDERS, at=NOW + timedelta(days=days))


def told(world, name: str) -> list[str]:
    with acting_as(Actor.person(getattr(world, name))):
        return list(Notice.objects.filter(person_id=getattr(world, name)).order_by("id").values_list("text", flat=True))


def test_numbers_of_the_book_follow_each_other_and_none_comes_twice(world) -> None:
    work = opened(world)
    assert [one.number for one in shelved(world, work, 2)] == ["TV000001", "TV000002"]
    assert [one.number for one in shelved(world, work)] == ["TV000003"]
    with pytest.raises(Refused, match="đã có trong sổ"):
        shelved(world, work, numbers=("TV000002",))


def test_a_copy_is_lent_and_comes_back(world) -> None:
    copy = shelved(world, opened(world))[0]
    loan = lent(world, copy)
    assert (state(world, copy), f"{loan.due_on}") == ("lent", "2026-12-08")
    with acting_as(Actor.person(world.specialist)):
        assert [one.pk for one in Loan.objects.all()] == [loan.pk]
    with acting_as(Actor.person(world.head)):
        assert not Loan.objects.exists()
    with pytest.raises(Refused, match="đang cho mượn"):
        lent(world, copy, "head")
    ended, hold = returned(world, copy)
    assert (ended.ending, hold, state(world, copy)) == ("returned", None, "shelved")
    with acting_as(Actor.person(world.clerk)):
        assert list(Usage.objects.values_list("kind", "count")) == [("lent", 1)]


def test_the_database_itself_lends_a_copy_once(world) -> None:
    copy = shelved(world, opened(world))[0]
    first = lent(world, copy)
    with acting_as(Actor.person(world.clerk)), pytest.raises(Error), transaction.atomic():
        Loan.objects.create(
            copy=copy, card_id=copy.card_id, library_id=copy.library_id, reader_id=world.head, lent_at=NOW,
            lent_by_id=world.clerk, due_on=first.due_on,
        )  # fmt: skip


def test_limits_of_a_reader(world) -> None:
    copies = shelved(world, opened(world), 6)
    for copy in copies[:5]:
        lent(world, copy)
    with pytest.raises(Refused, match="đủ số"):
        lent(world, copies[5])
    with pytest.raises(Refused, match="quá hạn"):
        lent(world, copies[5], at=NOW + timedelta(days=30))


def test_only_the_librarian_lends(world) -> None:
    copy = shelved(world, opened(world))[0]
    with acting_as(Actor.person(world.specialist)):
        fresh = Copy.objects.select_related("library", "card").get(pk=copy.pk)
        with pytest.raises(NotYours):
            services.lend_copy(fresh, reader=None, **who(world, "specialist"))  # type: ignore[arg-type]


def test_a_reader_prolongs_within_the_settings_and_not_while_another_waits(world) -> None:
    work = opened(world)
    copy = shelved(world, work)[0]
    loan = lent(world, copy)
    later = NOW + timedelta(days=7)

    def renew(name: str = "specialist"):
        with acting_as(Actor.person(getattr(world, name))):
            connection.cursor().execute("SELECT 1")
            return services.renew_loan(loan, **who(world, name, later))

    loan.due_on = renew()
    assert loan.due_on > NOW.date() + timedelta(days=15)
    waiting(world, work, "head")
    with pytest.raises(Refused, match="Có người đang chờ"):
        renew()
    with acting_as(Actor.person(world.head)), pytest.raises(Error), transaction.atomic():
        services.renew_loan(loan, **who(world, "head", later))


def test_who_waits_longest_gets_the_copy_and_the_next_when_she_does_not_come(world) -> None:
    work = opened(world)
    copy = shelved(world, work)[0]
    lent(world, copy)
    waiting(world, work, "head", NOW)
    waiting(world, work, "chief", NOW + timedelta(minutes=1))
    with pytest.raises(Refused, match="đã đặt chỗ"):
        waiting(world, work, "head")
    _loan, hold = returned(world, copy)
    assert hold is not None
    assert (hold.reader_id, state(world, copy)) == (world.head, "kept")
    assert any("đến nhận" in one for one in told(world, "head"))
    with pytest.raises(Refused, match="giữ cho người đặt"):
        lent(world, copy, "chief")
    morning(10)
    assert any("đến nhận" in one for one in told(world, "chief"))
    lent(world, copy, "chief", NOW + timedelta(days=10))
    with acting_as(Actor.person(world.clerk)):
        assert list(Hold.objects.order_by("placed_at").values_list("state", flat=True)) == ["expired", "taken"]


def test_a_reader_gives_her_place_up_and_cannot_take_anothers(world) -> None:
    work = opened(world)
    lent(world, shelved(world, work)[0])
    hold = waiting(world, work, "head")
    with acting_as(Actor.person(world.chief)), pytest.raises(Refused):
        services.cancel_hold(hold, **who(world, "chief"))
    with acting_as(Actor.person(world.head)), pytest.raises(Error), transaction.atomic():
        Hold.objects.filter(pk=hold.pk).update(state="taken")
    with acting_as(Actor.person(world.head)):
        services.cancel_hold(Hold.objects.select_related("copy").get(pk=hold.pk), **who(world, "head"))


def test_readers_are_reminded_once_a_step(world) -> None:
    lent(world, shelved(world, opened(world))[0])  # due on 8 December
    for day in (5, 12, 12, 15, 16, 16, 23):
        morning(day)
    heads = [one.split(":")[0].split(",")[0] for one in told(world, "specialist")]
    assert (
        heads
        == ["Sách sắp đến hạn trả", "Hôm nay là hạn trả sách"]
        + ["Sách quá hạn trả từ ngày 08/12/2026; hãy mang trả thư viện"] * 2
    )


def test_a_loan_long_over_names_nobody(world) -> None:
    copy = shelved(world, opened(world))[0]
    loan = lent(world, copy)
    returned(world, copy)
    for days, expected in ((300, world.specialist), (400, None)):
        morning(days)
        with acting_as(Actor.person(world.clerk)):
            loan.refresh_from_db()
            assert loan.reader_id == expected
    assert loan.reader_label == ""


def test_lost_and_damaged_want_a_record(world) -> None:
    copies = shelved(world, opened(world), 2)
    lent(world, copies[0])
    with acting_as(Actor.person(world.clerk)):
        first, second = copies_kept([copies[0].library_id]).order_by("number")
        with pytest.raises(Refused, match="biên bản"):
            services.close_damaged(first, ending="lost", note=" ", **who(world, "clerk"))
        loan = services.close_damaged(first, ending="lost", note="BB 01, đền bản mới", **who(world, "clerk"))
        assert loan is not None
        assert loan.ending == "lost"
        assert services.close_damaged(second, ending="damaged", note="Ướt", **who(world, "clerk")) is None
    assert (state(world, copies[0]), state(world, copies[1])) == ("lost", "damaged")


def test_copies_leave_the_book_together_or_not_at_all(world) -> None:
    copies = shelved(world, opened(world), 3)
    lent(world, copies[0])
    numbers = [one.number for one in copies]
    with acting_as(Actor.person(world.clerk)):
        told_who = {"library": world.organization("VPTU"), "paper": "BB 02/2026", **who(world, "clerk")}
        for wrong in (numbers, [*numbers[1:], "TV999999"]):
            with pytest.raises(Refused):
                services.withdraw_copies(wrong, **told_who)
        assert len(services.withdraw_copies(numbers[1:], **told_who)) == 2
    assert [state(world, one) for one in copies] == ["lent", "withdrawn", "withdrawn"]
    assert shelved(world, opened(world, "Sách khác"))[0].number == "TV000004"


def test_a_count_of_the_shelves_tells_the_differences(world) -> None:
    copies = shelved(world, opened(world), 4)
    lent(world, copies[0])
    with acting_as(Actor.person(world.clerk)):
        take = services.start_stocktake("Kiểm kê 2026", library=world.organization("VPTU"), **who(world, "clerk"))
        numbers = [copies[0].number, copies[1].number.lower(), "XX1", copies[1].number]
        assert services.see_copies(take, numbers, **who(world, "clerk")) == 3
        assert services.see_copies(take, numbers, **who(world, "clerk")) == 0
        found = differences(take)
        assert [one.number for one in found.missing] == [copies[2].number, copies[3].number]
        assert [one.number for one in found.unexpected] == [copies[0].number]
        assert found.unknown == ["XX1"]
        services.close_stocktake(take, **who(world, "clerk"))
        with pytest.raises(Refused):
            services.close_stocktake(take, **who(world, "clerk"))
