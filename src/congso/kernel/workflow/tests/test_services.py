"""A transition happens wholly, for who may, from where it may, or not at all."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.kernel.access import principals
from congso.kernel.access.principals import Function
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.journal.models import Entry
from congso.kernel.notify.models import Notice
from congso.kernel.records.models import Record, TimelineEntry
from congso.kernel.workflow import flow as flow_module
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Transition, register_flow
from congso.kernel.workflow.moving import moved, moved_copy
from congso.kernel.workflow.services import (
    NotYours,
    ReasonMissing,
    Refused,
    WrongState,
    act,
    possible_transitions,
    start,
)

pytestmark = pytest.mark.django_db

CLERKS = Role("clerks", "Văn thư", lambda r: [principals.office(r.owner_id, Function.CLERKS)])
CHIEFS = Role("chiefs", "Lãnh đạo văn phòng", lambda r: [principals.office(r.owner_id, Function.CHIEFS)])
UNIT = Role("unit", "Đơn vị", lambda r: [principals.office(r.unit_id, Function.STAFF)] if r.unit_id else [])
FLOW = Flow(
    "thử",
    "new",
    states=(
        State("new", "Mới", (), awaits=(CLERKS,)),
        State("given", "Đã giao", (CHIEFS,), awaits=(UNIT,)),
        State("done", "Xong", (UNIT,), is_closed=True),
    ),
    transitions=(
        Transition("give", "Giao", ("new",), "given", (CLERKS,), notifies=(UNIT,)),
        Transition(
            "finish",
            "Hoàn thành",
            ("given",),
            "done",
            (UNIT,),
            needs_reason=True,
            guards=(Guard(lambda r, at: r.title != "hỏng", "Hồ sơ hỏng."),),
        ),
        Transition("remark", "Ghi nhận", ("new", "given"), "", (CLERKS,)),
    ),
)


@pytest.fixture(autouse=True)
def _flow() -> Iterator[None]:
    register_flow(FLOW)
    yield
    flow_module._flows.pop("thử")


@pytest.fixture
def at() -> datetime:
    return timezone.now()


@pytest.fixture
def record(world: World, at: datetime) -> Record:
    made = Record(
        type="thử",
        title="Một việc",
        owner_id=world.organizations["VPTU"],
        opened_on=at.date(),
        unit_id=world.organizations["TH"],
    )
    with acting_as(Actor.person(world.clerk)), start(made, by=Actor.person(world.clerk), at=at):
        pass
    return made


def do(record: Record, key: str, person: int, at: datetime, note: str = "") -> None:
    with acting_as(Actor.person(person)), act(record, key, by=Actor.person(person), at=at, note=note):
        pass


def sees(person: int) -> bool:
    with acting_as(Actor.person(person)):
        return Record.objects.exists()


def test_who_sees_follows_the_state(world: World, record: Record, at: datetime) -> None:
    people = (world.clerk, world.chief, world.specialist, world.reader, world.stranger)
    assert [sees(p) for p in people] == [True, False, False, True, False]
    do(record, "give", world.clerk, at)
    assert [sees(p) for p in people] == [True, True, True, True, False]
    do(record, "finish", world.specialist, at, note="xong")
    assert [sees(p) for p in people] == [False, False, True, True, False]


def test_whose_turn_it_is_follows_the_state(world: World, record: Record, at: datetime) -> None:
    def waits_for(person: int) -> bool:
        with acting_as(Actor.person(person)) as held:
            return Record.objects.filter(awaited__overlap=sorted(held)).exists()

    do(record, "give", world.clerk, at)
    assert [waits_for(p) for p in (world.clerk, world.specialist, world.chief)] == [False, True, False]


def test_it_is_told_written_and_journaled_once(world: World, record: Record, at: datetime) -> None:
    do(record, "give", world.clerk, at)
    with acting_as(Actor.person(world.specialist)):
        assert [n.text for n in Notice.objects.all()] == ["Giao"]
        last = TimelineEntry.objects.last()
        assert (last.from_state, last.to_state, last.actor_label) == ("new", "given", "Nguyễn Ví Dụ, Văn thư")
    with acting_as(Actor.person(world.auditor)):
        assert [e.act for e in Entry.objects.order_by("id")] == ["thử.start", "thử.give"]


@pytest.mark.parametrize(("who", "refusal"), [("specialist", NotYours), ("stranger", NotYours), ("reader", NotYours)])
def test_others_are_refused(world: World, record: Record, at: datetime, who: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        do(record, "give", getattr(world, who), at)


def test_from_the_wrong_state_it_says_where_things_stand(world: World, record: Record, at: datetime) -> None:
    do(record, "give", world.clerk, at)
    with pytest.raises(WrongState, match="Đã giao"):
        do(record, "give", world.clerk, at)


def test_a_reason_and_a_guard_are_asked_for(world: World, record: Record, at: datetime) -> None:
    do(record, "give", world.clerk, at)
    with pytest.raises(ReasonMissing):
        do(record, "finish", world.specialist, at, note="  ")
    record.title = "hỏng"
    with pytest.raises(Refused, match=r"Hồ sơ hỏng\."):
        do(record, "finish", world.specialist, at, note="xong")


def test_a_failure_inside_leaves_nothing(world: World, record: Record, at: datetime) -> None:
    clerk = Actor.person(world.clerk)
    with pytest.raises(ZeroDivisionError), acting_as(clerk), act(record, "give", by=clerk, at=at):
        raise ZeroDivisionError
    assert not sees(world.chief)
    with acting_as(clerk):
        assert TimelineEntry.objects.count() == 1


def test_staying_keeps_the_state_and_counts_a_version(world: World, record: Record, at: datetime) -> None:
    before = record.version
    do(record, "remark", world.clerk, at)
    assert (record.state, record.version) == ("new", before + 1)


def test_buttons_are_what_the_table_allows(world: World, record: Record) -> None:
    with acting_as(Actor.person(world.clerk)) as held:
        assert [t.key for t in possible_transitions(record, held=held)] == ["give", "remark"]
    with acting_as(Actor.person(world.stranger)) as held:
        assert possible_transitions(record, held=held) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_record SET state = 'done'",
        "UPDATE records_record SET audience = '{1}'",
        "UPDATE records_record SET handlers = '{1}'",
        "UPDATE records_record SET owner_id = 1",
        "DELETE FROM records_record",
        "UPDATE records_timelineentry SET note = ''",
        "DELETE FROM records_timelineentry",
    ],
)
def test_plain_sql_cannot_go_around_the_flow(world: World, record: Record, statement: str) -> None:
    with acting_as(Actor.person(world.clerk)), pytest.raises(Error), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_reader_changes_no_row(world: World, record: Record) -> None:
    with acting_as(Actor.person(world.reader)):
        assert Record.objects.filter(pk=record.pk).update(title="đã sửa") == 0


def test_moving_needs_hands_on_the_record(world: World, record: Record) -> None:
    for who in (world.stranger, world.reader, world.chief):
        with acting_as(Actor.person(who)), pytest.raises(Error), transaction.atomic():
            connection.cursor().execute(
                "SELECT congso.move_record(%s, 'new', 'done', '{1}', '{1}', NULL, now())", [record.pk]
            )


def test_a_malformed_table_fails_when_it_is_read() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        Flow("x", "a", (State("a", "A", ()),), (Transition("go", "Đi", ("a",), "nowhere", ()),))


def test_moving_takes_over_what_somebody_did_meanwhile(world: World, record: Record, at: datetime) -> None:
    clerk, refusal, told = Actor.person(world.clerk), "Việc đã sang người khác.", []
    how = {"read": lambda pk: Record.objects.get(pk=pk), "refusal": refusal, "at": at}
    with acting_as(clerk):
        stale, copy = Record.objects.get(pk=record.pk), Record.objects.get(pk=record.pk)
        with moved(record, "remark", by=clerk, then=lambda one: told.append(one.state), **how) as move:
            assert move.record is record
        with moved_copy(copy, "give", by=clerk, **how) as move:
            assert move.record is not copy
        assert (copy.state, told) == ("given", ["new"])
        with pytest.raises(WrongState), moved(stale, "give", by=clerk, **how):
            pytest.fail("the state it was shown in has passed")
        assert (stale.state, stale.version) == ("given", copy.version)
    for moving in (moved, moved_copy):
        for who, refused in (("stranger", refusal), ("head", "ở bước này|đã chuyển")):
            actor = Actor.person(getattr(world, who))
            with acting_as(actor), pytest.raises(NotYours, match=refused), moving(stale, "remark", by=actor, **how):
                pytest.fail("nobody but a clerk remarks")
