"""What is sent goes out once it can; what comes is taken in once, however often and in whatever order."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, connection, transaction

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.directory.testing import World
from congso.kernel.exchange import carrying, deciding, handlers, settling
from congso.kernel.exchange.axis import AxisError
from congso.kernel.exchange.carrying import receive, send_due
from congso.kernel.exchange.configuration import BadConfiguration, Connection
from congso.kernel.exchange.configuration import connection as configured
from congso.kernel.exchange.handlers import PacketHandler
from congso.kernel.exchange.jobs import carry_packets
from congso.kernel.exchange.models import Packet, PacketKind, PacketState
from congso.kernel.exchange.outgoing import queue_document
from congso.kernel.exchange.queries import for_people, stuck
from congso.kernel.exchange.rules import MOST_TRIES, may_follow, pause
from congso.kernel.exchange.tests.factories import (
    DAY,
    NOON,
    OURS,
    THEIRS,
    PaperAxis,
    about,
    arrive,
    document,
    one,
    rows,
    simulated,
    status,
)
from congso.kernel.workflow.services import NotYours, ReasonMissing, WrongState
from congso.lib.edxml.packets import Kind, Status, StatusPacket, document_id
from congso.lib.edxml.reading import read_packet
from congso.lib.edxml.writing import write_packet

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DOCUMENTS = 100 if os.environ.get("FAULTS") else 3


@pytest.fixture
def office(world: World, db: None) -> Organization:
    """The committee's office, which answers for our code; the agency answers for theirs."""
    with acting_as(Actor.person(world.administrator)):
        for name, code in (("VPTU", OURS), ("BTC", THEIRS)):
            Organization.objects.filter(pk=world.organizations[name]).update(official_code=code)
        return world.organization("VPTU")


@pytest.fixture
def axis() -> PaperAxis:
    return PaperAxis()


@pytest.fixture
def register() -> Iterator[list[tuple[str, str]]]:
    """What the system behind accepted and took back, in order."""
    did: list[tuple[str, str]] = []
    before = handlers.packet_handler()
    handlers.register_packet_handler(
        PacketHandler(
            lambda packet, read, by, at: did.append(("accept", read.document_id)),
            lambda packet, by, at: did.append(("take back", packet.document_id)),
        )
    )
    yield did
    handlers._handlers[:] = [before] if before else []


def sends(world: World, office: Organization, *numbers: int, kind: Kind = Kind.NEW) -> None:
    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        for number in numbers:
            packet = document(number, sender=OURS, receivers=(THEIRS,))
            packet = packet if kind == Kind.NEW else about(kind, number, by=OURS, to=THEIRS)
            queue_document(packet, organization=office, by=clerk, at=NOON)


def connected(axis: PaperAxis) -> Connection:
    return Connection(axis, (OURS,))


def told(axis: PaperAxis) -> list[str]:
    """The statuses that went out."""
    return [read.status.value for _, raw in axis.sent if isinstance(read := read_packet(raw), StatusPacket)]


def test_a_document_goes_to_each_addressee_once(world: World, office: Organization, axis: PaperAxis) -> None:
    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        for _ in range(2):
            packet = document(sender=OURS, receivers=(THEIRS, "H38.03"))
            queue_document(packet, organization=office, by=clerk, at=NOON)
    for _ in range(2):
        send_due(connected(axis), at=NOON)
    assert sorted(receiver for receiver, _ in axis.sent) == [THEIRS, "H38.03"]
    assert {row.state for row in rows()} == {PacketState.DONE}


def test_passing_errors_are_tried_longer_each_time_and_then_a_person_must_look(
    world: World, office: Organization, axis: PaperAxis
) -> None:
    sends(world, office, 1)
    axis.error, at = AxisError.unreachable("hết giờ"), NOON
    for tries in range(1, MOST_TRIES):
        send_due(connected(axis), at=at)
        row = one()
        assert (row.state, row.tries) == (PacketState.TRYING, tries)
        assert row.next_try_at - at == pause(tries)
        send_due(connected(axis), at=row.next_try_at - timedelta(seconds=1))
        assert one().tries == tries
        at = row.next_try_at
    send_due(connected(axis), at=at)
    row = one()
    assert (row.state, row.next_try_at) == (PacketState.STUCK, None)
    assert "Không kết nối được trục" in row.reason
    axis.error = None
    with acting_as(Actor.person(world.clerk)):
        deciding.retry_packet(row, by=Actor.person(world.clerk), at=at)
    send_due(connected(axis), at=at)
    assert one().state == PacketState.DONE


@pytest.mark.parametrize("code", ["10", "15", "18", "19", "22", "không biết"])
def test_permanent_errors_are_not_tried_again(world: World, office: Organization, axis: PaperAxis, code: str) -> None:
    sends(world, office, 1)
    axis.error = AxisError.of_code(code, "told")
    for _ in range(3):
        send_due(connected(axis), at=NOON)
    row = one()
    assert (row.state, row.tries) == (PacketState.STUCK, 1)
    assert row.reason
    assert row.next_step


def test_urgent_packets_go_first(world: World, office: Organization, axis: PaperAxis) -> None:
    sends(world, office, 1, 2)
    with (
        acting_as(Actor.person(world.clerk)),
        connection.cursor() as cursor,
        pytest.raises(Error),
        transaction.atomic(),
    ):
        cursor.execute("UPDATE exchange_packet SET urgency = 4")
    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        urgent = document(3, sender=OURS, receivers=(THEIRS,))
        urgent = type(urgent)(**(vars(urgent) | {"urgency": 3}))
        queue_document(urgent, organization=office, by=clerk, at=NOON)
    send_due(connected(axis), at=NOON)
    assert read_packet(axis.sent[0][1]).number == "3"


def test_a_document_waits_for_the_clerk_and_its_sender_hears_01(office: Organization, axis: PaperAxis) -> None:
    arrive(axis, office, document())
    row = one(kind=PacketKind.NEW)
    assert (row.state, row.answer, row.peer_code) == (PacketState.ARRIVED, "01", THEIRS)
    send_due(connected(axis), at=NOON)
    assert told(axis) == ["01"]
    assert axis.waiting == {}


def test_a_packet_that_comes_again_is_the_same_and_is_answered_again(office: Organization, axis: PaperAxis) -> None:
    arrive(axis, office, document(), document(at=NOON + HOUR))
    row = one(kind=PacketKind.NEW)
    assert row.repeats == 1
    send_due(connected(axis), at=NOON)
    arrive(axis, office, document())
    send_due(connected(axis), at=NOON)
    assert told(axis) == ["01", "01"]


def test_the_same_document_with_other_words_is_not_taken_silently(office: Organization, axis: PaperAxis) -> None:
    changed = type(document())(**(vars(document()) | {"subject": "Nội dung khác"}))
    arrive(axis, office, document(), changed, changed)
    first, second = rows(kind=PacketKind.NEW)
    assert (first.state, second.state) == (PacketState.ARRIVED, PacketState.STUCK)
    assert "nội dung khác" in second.reason
    assert second.repeats == 1


@pytest.mark.parametrize("kind", [Kind.RECALL, Kind.UPDATE, Kind.REPLACE])
def test_what_comes_before_its_document_is_held_and_then_found(
    office: Organization, axis: PaperAxis, kind: Kind
) -> None:
    arrive(axis, office, about(kind))
    held = one(about_id=document().document_id)
    assert held.state == PacketState.HELD
    arrive(axis, office, document(), at=NOON + timedelta(minutes=20))
    assert one(pk=held.pk).state == PacketState.ARRIVED


@pytest.mark.parametrize("kind", [Kind.RECALL, Kind.UPDATE, Kind.REPLACE])
def test_what_speaks_of_an_unknown_document_is_refused_after_an_hour(
    office: Organization, axis: PaperAxis, kind: Kind
) -> None:
    arrive(axis, office, about(kind))
    arrive(axis, office, document(99), at=NOON + HOUR)
    assert one(about_id=document().document_id).state == PacketState.REFUSED
    send_due(connected(axis), at=NOON + HOUR)
    assert "02" in told(axis)


def test_another_sender_cannot_recall_the_document(office: Organization, axis: PaperAxis) -> None:
    arrive(axis, office, document())
    axis.put(about(Kind.RECALL), sender="H38.99")
    receive(axis, office, at=NOON)
    row = one(kind=PacketKind.RECALL)
    assert row.state == PacketState.STUCK
    assert "H38.99" in row.reason


@pytest.mark.parametrize(
    ("order", "ends"),
    [
        (["01", "03", "04", "05", "06"], "06"),
        (["06", "01", "03"], "06"),
        (["03", "01"], "03"),
        (["01", "06", "05"], "06"),
        (["01", "01", "03", "03"], "03"),
        (["03", "02"], "03"),
    ],
)
def test_statuses_move_forward_alone(
    world: World, office: Organization, axis: PaperAxis, order: list[str], ends: str
) -> None:
    sends(world, office, 16)
    send_due(connected(axis), at=NOON)
    arrive(axis, office, *(status(Status(code)) for code in order))
    assert one(direction="out").answer == ends
    assert {row.state for row in rows(kind=PacketKind.STATUS)} == {PacketState.DONE}


def test_a_status_before_its_document_is_held(world: World, office: Organization, axis: PaperAxis) -> None:
    arrive(axis, office, status(Status.ARRIVED))
    assert one().state == PacketState.HELD
    sends(world, office, 16)
    arrive(axis, office, at=NOON + HOUR)
    axis.put(status(Status.REGISTERED))
    arrive(axis, office, status(Status.REGISTERED), at=NOON + timedelta(minutes=30))
    assert one(direction="out").answer == "03"


def test_a_late_status_of_a_document_does_not_settle_its_recall(
    world: World, office: Organization, axis: PaperAxis
) -> None:
    sends(world, office, 1)
    send_due(connected(axis), at=NOON)
    arrive(axis, office, status(Status.DONE, 1))
    sends(world, office, 1, kind=Kind.RECALL)
    arrive(axis, office, status(Status.IN_WORK, 1))
    recall = one(kind=PacketKind.RECALL)
    assert (recall.state, recall.answer, one(kind=PacketKind.NEW).answer) == (PacketState.WAITING, "", "06")
    send_due(connected(axis), at=NOON)
    assert one(kind=PacketKind.RECALL).state == PacketState.DONE
    assert [read_packet(raw).business.kind for _, raw in axis.sent] == [Kind.NEW, Kind.RECALL]


def test_a_refusal_comes_back_to_the_sender_as_a_persons_work(
    world: World, office: Organization, axis: PaperAxis
) -> None:
    sends(world, office, 16)
    send_due(connected(axis), at=NOON)
    arrive(axis, office, status(Status.REFUSED, words="Sai nơi nhận"))
    row = one(direction="out")
    assert row.state == PacketState.STUCK
    assert "Sai nơi nhận" in row.reason


@pytest.mark.parametrize(
    ("kind", "answer", "document_ends", "act_ends"),
    [
        (Kind.RECALL, Status.TAKE_BACK_AGREED, PacketState.RECALLED, PacketState.DONE),
        (Kind.REPLACE, Status.TAKE_BACK_AGREED, PacketState.REPLACED, PacketState.DONE),
        (Kind.UPDATE, Status.TAKE_BACK_AGREED, PacketState.DONE, PacketState.DONE),
        (Kind.RECALL, Status.TAKE_BACK_REFUSED, PacketState.DONE, PacketState.STUCK),
        (Kind.UPDATE, Status.TAKE_BACK_REFUSED, PacketState.DONE, PacketState.STUCK),
    ],
)
def test_the_answer_to_our_recall_update_or_replacement(  # noqa: PLR0917
    world: World, office: Organization, axis: PaperAxis, kind: Kind, answer: Status, document_ends: str, act_ends: str
) -> None:
    sends(world, office, 16)
    sends(world, office, 16, kind=kind)
    send_due(connected(axis), at=NOON)
    arrive(axis, office, status(answer))
    sent, asked = rows(direction="out")
    assert asked.original_id == sent.pk
    assert (sent.state, asked.state) == (document_ends, act_ends)


def test_what_cannot_be_read_waits_for_a_person_and_secrets_are_not_kept(
    office: Organization, axis: PaperAxis, settings: object
) -> None:
    arrive(axis, office, b"<edXML><half")
    row = one()
    assert (row.kind, row.state) == (PacketKind.UNREADABLE, PacketState.STUCK)
    assert "not_xml" in row.reason
    secret = _secret()
    arrive(axis, office, secret)
    named = write_packet(document(78)).replace(b"78.txt", "BC 78 (MẬT).txt".encode())
    arrive(axis, office, named)
    assert (rows(kind=PacketKind.UNREADABLE)[2].state, rows(kind=PacketKind.UNREADABLE)[2].digest) == ("refused", "")
    row = rows(kind=PacketKind.UNREADABLE)[1]
    assert (row.state, row.digest, row.subject) == (PacketState.REFUSED, "", "")
    send_due(connected(axis), at=NOON)
    assert told(axis) == ["02", "02"]
    folder = Path(settings.FILES_DIR) / "packets"  # type: ignore[attr-defined]
    assert not any(secret in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def _secret() -> bytes:
    return write_packet(document(77)).replace(
        b"<edXML:SteeringType>", b"<edXML:Secrecy>1</edXML:Secrecy><edXML:SteeringType>"
    )


# What the clerk may do: kind of packet, who asks, which act, in which state it ends, what the sender hears.
ACTS = [
    (Kind.NEW, "accept", PacketState.DONE, []),
    (Kind.NEW, "refuse", PacketState.REFUSED, ["02"]),
    (Kind.RECALL, "agree", PacketState.DONE, ["15"]),
    (Kind.RECALL, "refuse", PacketState.REFUSED, ["16"]),
    (Kind.UPDATE, "agree", PacketState.DONE, ["15"]),
    (Kind.UPDATE, "refuse", PacketState.REFUSED, ["16"]),
    (Kind.REPLACE, "accept", PacketState.DONE, ["15"]),
    (Kind.REPLACE, "refuse", PacketState.REFUSED, ["16"]),
]
DO = {
    "accept": lambda row, by: deciding.accept_packet(row, by=by, at=NOON),
    "agree": lambda row, by: deciding.agree_packet(row, by=by, at=NOON),
    "refuse": lambda row, by: deciding.refuse_packet(row, reason="Sai nơi nhận", by=by, at=NOON),
    "retry": lambda row, by: deciding.retry_packet(row, by=by, at=NOON),
    "give_up": lambda row, by: deciding.give_up_packet(row, reason="Đã gửi giấy", by=by, at=NOON),
    "report": lambda row, by: deciding.report_status(row, Status.REGISTERED, by=by, at=NOON),
}


@pytest.mark.parametrize(("kind", "act", "ends", "heard"), ACTS)
def test_the_clerk_decides(  # noqa: PLR0917
    world: World, office: Organization, axis: PaperAxis, register: list, kind: Kind, act: str, ends: str, heard: list
) -> None:
    arrive(axis, office, document())
    if kind != Kind.NEW:
        arrive(axis, office, about(kind))
    row = rows(state=PacketState.ARRIVED)[-1]
    clerk = Actor.person(world.clerk)
    for stranger in (world.agency_clerk, world.chief):
        with pytest.raises((NotYours, Packet.DoesNotExist)), acting_as(Actor.person(stranger)):
            DO[act](row, Actor.person(stranger))
    for other in set(DO) - set(deciding.acts_of(row, NOON)):
        with pytest.raises(WrongState), acting_as(clerk):
            DO[other](row, clerk)
    with acting_as(clerk):
        DO[act](row, clerk)
    assert one(pk=row.pk).state == ends
    send_due(connected(axis), at=NOON)
    assert [code for code in told(axis) if code != "01"] == heard
    assert register == ([("accept", row.document_id)] if act == "accept" else [])
    with pytest.raises(WrongState), acting_as(clerk):
        DO[act](row, clerk)


@pytest.mark.parametrize(("kind", "ends"), [(Kind.RECALL, PacketState.RECALLED), (Kind.REPLACE, PacketState.REPLACED)])
def test_an_accepted_document_is_taken_back_in_the_register(  # noqa: PLR0917
    world: World, office: Organization, axis: PaperAxis, register: list, kind: Kind, ends: str
) -> None:
    clerk = Actor.person(world.clerk)
    arrive(axis, office, document())
    with acting_as(clerk):
        DO["accept"](one(kind=PacketKind.NEW), clerk)
    arrive(axis, office, about(kind))
    row = one(state=PacketState.ARRIVED)
    with acting_as(clerk):
        DO["agree" if kind == Kind.RECALL else "accept"](row, clerk)
    assert one(kind=PacketKind.NEW).state == ends
    assert ("take back", document().document_id) in register


def test_an_accepted_document_is_reported_forward(
    world: World, office: Organization, axis: PaperAxis, register: list
) -> None:
    clerk = Actor.person(world.clerk)
    arrive(axis, office, document())
    row = one(kind=PacketKind.NEW)
    with acting_as(clerk):
        DO["accept"](row, clerk)
        for code in (Status.REGISTERED, Status.IN_WORK, Status.DONE):
            deciding.report_status(row, code, by=clerk, at=NOON)
        with pytest.raises(WrongState):
            deciding.report_status(row, Status.ASSIGNED, by=clerk, at=NOON)
    send_due(connected(axis), at=NOON)
    assert sorted(told(axis)) == ["01", "03", "05", "06"]


def test_refusing_needs_a_reason_and_hostile_words_are_cleaned(
    world: World, office: Organization, axis: PaperAxis
) -> None:
    clerk = Actor.person(world.clerk)
    arrive(axis, office, document())
    row = one(kind=PacketKind.NEW)
    with acting_as(clerk):
        with pytest.raises(ReasonMissing):
            deciding.refuse_packet(row, reason=" \t", by=clerk, at=NOON)
        deciding.refuse_packet(row, reason="Sai\x00 nơi\n<b>nhận", by=clerk, at=NOON)
    assert one(pk=row.pk).reason == "Sai nơi <b>nhận"


def test_nothing_hangs_unseen(world: World, office: Organization, axis: PaperAxis) -> None:
    sends(world, office, 1, 2)
    send_due(connected(axis), at=NOON)
    arrive(axis, office, document(), about(Kind.RECALL, 50), b"junk", status(Status.ARRIVED, 2))
    later = NOON + timedelta(days=2)
    with acting_as(Actor.person(world.clerk)):
        seen = {(row.kind, row.state) for row in stuck(later)}
        assert {
            ("new", "arrived"), ("recall", "held"), ("unreadable", "stuck"), ("new", "done"), ("status", "waiting"),
        } == seen  # fmt: skip
        assert all(row.reason and row.next_step for row in stuck(later) if row.state not in {"done", "waiting"})
        assert for_people(later).count() == 3


def test_only_the_registry_sees_packets_and_nobody_makes_up_an_arrival(
    world: World, office: Organization, axis: PaperAxis
) -> None:
    arrive(axis, office, document())
    columns = dict.fromkeys(
        ("own_code", "peer_code", "peer_name", "document_id", "about_id", "symbol", "subject", "files", "status",
         "answer", "reason", "next_step", "axis_id", "digest", "content_digest", "signature", "signature_reasons",
         "signer", "signer_fingerprint"), "''",
    )  # fmt: skip
    columns |= {"urgency": "0", "tries": "0", "repeats": "0", "kind": "'new'", "state": "'done'", "made_at": "now()"}
    forged = (
        f"INSERT INTO exchange_packet (direction, organization_id, key, {', '.join(columns)})"
        f" VALUES (%s, %s, %s, {', '.join(columns.values())})"
    )
    sees = {"clerk": 1, "chief": 1, "head": 0, "agency_clerk": 0, "administrator": 0, "auditor": 0, "reader": 0}
    for who, count in sees.items():
        with acting_as(Actor.person(getattr(world, who))), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM exchange_packet WHERE kind = 'new' AND direction = 'in'")
            assert cursor.fetchone() == (count,), who
            for direction in ("in", "out"):
                may = who == "clerk" and direction == "out"
                try:
                    with transaction.atomic():
                        cursor.execute(forged, [direction, office.pk, f"{who}{direction}"])
                    assert may, (who, direction)
                except Error:
                    assert not may, (who, direction)
            cursor.execute("UPDATE exchange_packet SET reason = 'x' WHERE kind = 'new' AND direction = 'in'")
            assert cursor.rowcount == (1 if who == "clerk" else 0), who
            for change in ("document_id = 'x'", "digest = 'x'", "organization_id = 1"):
                with pytest.raises(Error), transaction.atomic():
                    cursor.execute(f"UPDATE exchange_packet SET {change}")


class Killed(BaseException):
    """The process is gone."""


def _die(*_args: object, **_named: object) -> None:
    raise Killed


def _place_of_death(dies_at: str, axis: PaperAxis, patch: pytest.MonkeyPatch) -> None:
    plain = axis.send

    def send_and_die(*args: Any, **named: Any) -> None:
        plain(*args, **named)
        raise Killed

    if dies_at == "before the row":
        patch.setattr(carrying, "take_in", _die)
    elif dies_at == "after the row":
        patch.setattr(axis, "acknowledge", _die)
    else:
        patch.setattr(axis, "send", send_and_die)


def _round(axis: PaperAxis, office: Organization, minutes: int = 0) -> None:
    send_due(connected(axis), at=NOON + timedelta(minutes=minutes))
    receive(axis, office, at=NOON + timedelta(minutes=minutes))


@pytest.mark.parametrize("dies_at", ["before the row", "after the row", "after sending"])
def test_a_process_that_dies_anywhere_leaves_each_packet_once(
    world: World, office: Organization, axis: PaperAxis, monkeypatch: pytest.MonkeyPatch, dies_at: str
) -> None:
    sends(world, office, 1)
    axis.put(document(5), name="m")
    with monkeypatch.context() as patch:
        _place_of_death(dies_at, axis, patch)
        with pytest.raises(Killed):
            _round(axis, office)
    for minutes in (0, 6):
        _round(axis, office, minutes)
    assert one(kind=PacketKind.NEW, direction="in").repeats == 0
    assert {row.state for row in rows(direction="out")} == {PacketState.DONE}
    assert axis.waiting == {}
    copies = [raw for _, raw in axis.sent if not isinstance(read_packet(raw), StatusPacket)]
    assert len(set(copies)) == 1
    assert len(copies) == (2 if dies_at == "after sending" else 1)


@pytest.mark.faults
def test_two_offices_exchange_through_a_faulty_axis(
    world: World, office: Organization, tmp_path: Path, register: list
) -> None:
    """Errors, lost answers, duplicates, any order: each document arrives once and both sides agree on its end."""
    faults = {"error": 0.2, "lost": 0.2, "duplicate": 0.3, "reorder": 0.5, "again": 0.3}
    other, clerk = world.organizations["BTC"], Actor.person(world.agency_clerk)
    sends(world, office, *range(1, DOCUMENTS + 1))
    at = NOON
    with simulated(tmp_path / "axis", **faults) as (_store, ours, theirs):
        for _turn in range(200):
            at += timedelta(minutes=10)
            for side in (ours, theirs):
                carrying.carry(side, at=at)
            with acting_as(clerk):
                for row in Packet.objects.filter(organization_id=other, kind=PacketKind.NEW):
                    if row.state == PacketState.ARRIVED:
                        deciding.accept_packet(row, by=clerk, at=at)
                    elif row.state == PacketState.DONE and row.answer != "06":
                        code = {"01": Status.REGISTERED, "03": Status.IN_WORK, "05": Status.DONE}[row.answer]
                        deciding.report_status(row, code, by=clerk, at=at)
            if {row.answer for row in rows(organization=office, direction="out")} == {"06"}:
                break
    ids = sorted(document_id(OURS, DAY, str(number), "CV/SM") for number in range(1, DOCUMENTS + 1))
    assert sorted(done for _, done in register) == ids
    sent = rows(organization=office, direction="out")
    assert {(row.answer, row.state) for row in sent} == {("06", PacketState.DONE)}
    assert len(rows(organization_id=other, direction="in")) == DOCUMENTS


def test_the_real_axis_class_tells_errors_apart(office: Organization, tmp_path: Path) -> None:
    with simulated(tmp_path) as (store, ours, _theirs):
        with pytest.raises(AxisError) as unknown:
            ours.axis.send(b"<x/>", sender=OURS, receiver="H38.77", kind="edoc")
        store.systems[OURS] = "changed"
        with pytest.raises(AxisError) as refused:
            ours.axis.received(OURS)
        store.systems[OURS], store.faults.error = "ours", 1.0
        with pytest.raises(AxisError) as down:
            ours.axis.received(OURS)
    with pytest.raises(AxisError) as gone:
        ours.axis.received(OURS)
    codes = [(one.value.code, one.value.is_passing) for one in (unknown, refused, down, gone)]
    assert codes == [("18", False), ("15", False), ("", True), ("", True)]


def test_the_connection_is_read_from_its_file(office: Organization, settings: object, tmp_path: Path) -> None:
    settings.AXIS_FILE = tmp_path / "axis.json"  # type: ignore[attr-defined]
    assert configured() is None
    carry_packets(0)
    for wrong in ("", "[]", '{"url": "https://x"}', '{"url": "http://axis.example", "systems": {}}'):
        settings.AXIS_FILE.write_text(wrong)  # type: ignore[attr-defined]
        with pytest.raises(BadConfiguration):
            configured()
    with simulated(tmp_path / "axis") as (store, ours, _theirs):
        url = ours.axis._url
        settings.AXIS_FILE.write_text(f'{{"url": "{url}", "systems": {{"{OURS}": "ours"}}}}')  # type: ignore[attr-defined]
        store.send(b"junk", {"from": THEIRS, "to": OURS, "messageType": "edoc"})
        carry_packets(0)
    assert one().kind == PacketKind.UNREADABLE


def test_the_order_of_statuses_is_the_handbooks() -> None:
    forward = {
        ("", "01"),
        ("01", "02"),
        ("01", "03"),
        ("03", "04"),
        ("04", "05"),
        ("05", "06"),
        ("03", "05"),
        ("03", "06"),
        ("15", "03"),  # a replacement that was agreed to, then registered
    }
    assert all(may_follow(before, Status(after)) for before, after in forward)
    backward = {("03", "02"), ("06", "05"), ("02", "03"), ("03", "01"), ("06", "06"), ("01", "15"), ("01", "13")}
    backward |= {("15", "01"), ("15", "02"), ("16", "01")}
    assert not any(may_follow(before, Status(after)) for before, after in backward)


def test_a_packet_that_cannot_be_settled_stops_no_other(
    world: World, office: Organization, axis: PaperAxis, monkeypatch: pytest.MonkeyPatch
) -> None:
    sends(world, office, 16, 17)
    send_due(connected(axis), at=NOON)
    plain = settling._progress

    def broken(packet: Packet, at: datetime) -> bool:
        if packet.document_id.split(",")[2].startswith("16"):
            raise ValueError("ours to mend")
        return plain(packet, at)

    monkeypatch.setattr(settling, "_progress", broken)
    arrive(axis, office, status(Status.ARRIVED, 16), status(Status.ARRIVED, 17))
    first, second = rows(kind=PacketKind.STATUS)
    assert (first.state, second.state) == (PacketState.STUCK, PacketState.DONE)
    assert first.next_step
    assert one(kind=PacketKind.NEW, document_id__contains=",17").answer == "01"
