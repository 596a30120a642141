"""One office on the axis, as its carrier and its clerk: `python -m tests.faults.exchanging sender|receiver`.

Run inside an installation and killed there. The carrier's rounds are the product's own (`carrying.carry`); their clock
runs sixty times as fast as the wall's, so that pauses and leases of minutes pass in seconds, and is the same before and
after a death. All that is known of what was done is in the database.
"""

import os
import sys
import time
from datetime import UTC, datetime, timedelta

import django

OURS, THEIRS = "A38.01", "H38.02"
FASTER = 60
RECALLED_EVERY = 10  # documents: that one is asked back once it is done
UNDER_WAY = 40  # documents at most, and a fifth of all, so that deaths meet all parts of an exchange to the end
DONE = "06"
_FROM = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def moment() -> datetime:
    """The exchanging offices' time."""
    return _FROM + timedelta(seconds=(time.time() - float(os.environ["EXCHANGE_BEGUN"])) * FASTER)


def send() -> None:
    """The sender's clerk: the next documents while few are under way, and what is asked back once it is done there."""
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.directory.models import Organization
    from congso.kernel.exchange.models import Direction, Packet, PacketKind
    from congso.kernel.exchange.outgoing import queue_document
    from congso.kernel.exchange.tests.factories import about, document
    from congso.lib.edxml.packets import Kind

    clerk, count = Actor.person(int(os.environ["EXCHANGE_CLERK"])), int(os.environ["EXCHANGE_COUNT"])
    with acting_as(clerk):
        office = Organization.objects.get(official_code=OURS)
        sent = Packet.objects.filter(organization=office, direction=Direction.OUT)
        known = dict(sent.filter(kind=PacketKind.NEW).values_list("document_id", "answer"))
        asked_back = set(sent.filter(kind=PacketKind.RECALL).values_list("about_id", flat=True))
    new, back, room = [], [], min(UNDER_WAY, count // 5) - sum(answer != DONE for answer in known.values())
    for number in range(1, count + 1):
        packet = document(number, sender=OURS, receivers=(THEIRS,))
        if packet.document_id not in known and len(new) < room:
            new.append(packet)
        is_done = known.get(packet.document_id) == DONE
        if is_done and number % RECALLED_EVERY == 0 and packet.document_id not in asked_back:
            back.append(about(Kind.RECALL, number, by=OURS, to=THEIRS))
    for packet in new + back:
        with acting_as(clerk):
            queue_document(packet, organization=office, by=clerk, at=moment())


def receive() -> None:
    """The receiver's clerk: takes each into the register, reports it 03, 05, 06, agrees when it is asked back."""
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.exchange import deciding
    from congso.kernel.exchange.models import Direction, Packet, PacketKind, PacketState
    from congso.lib.edxml.packets import Status

    clerk = Actor.person(int(os.environ["EXCHANGE_CLERK"]))
    following = {"01": Status.REGISTERED, "03": Status.IN_WORK, "05": Status.DONE}
    with acting_as(clerk):
        came = Packet.objects.filter(direction=Direction.IN)
        arrived = list(came.filter(state=PacketState.ARRIVED)[:UNDER_WAY])
        taken = list(
            came.filter(kind=PacketKind.NEW, state=PacketState.DONE, answer__in=following).order_by("pk")[:UNDER_WAY]
        )
    for packet in arrived:
        act = deciding.accept_packet if packet.kind == PacketKind.NEW else deciding.agree_packet
        with acting_as(clerk):
            act(packet, by=clerk, at=moment())
    for packet in taken:
        with acting_as(clerk):
            deciding.report_status(packet, following[packet.answer], by=clerk, at=moment())


def main(role: str) -> None:
    """Round after round until killed."""
    django.setup()
    from congso.kernel.exchange.carrying import carry
    from congso.kernel.exchange.configuration import connection

    clerk = {"sender": send, "receiver": receive}[role]
    while True:
        clerk()
        found = connection()
        assert found is not None, "the axis is configured"
        carry(found, at=moment())
        time.sleep(0.1)


if __name__ == "__main__":
    main(sys.argv[1])
