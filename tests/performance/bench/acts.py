"""How many acts a second: registrations that take a number, and transitions; one thread and eight, real commits."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from django.db import connection

from congso.kernel.access import principals
from congso.kernel.access.principals import Function
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Record
from congso.kernel.records.numbering import ARRIVALS, next_number
from congso.kernel.workflow.flow import Flow, Role, State, Transition, register_flow
from congso.kernel.workflow.services import act, start

_AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
_ACTS = 400
CLERKS = Role("clerks", "Văn thư", lambda record: [principals.office(record.owner_id, Function.CLERKS)])
FLOW = Flow(
    "bench",
    "open",
    states=(State("open", "Mở", (CLERKS,)), State("given", "Đã giao", (CLERKS,))),
    transitions=(
        Transition("give", "Giao", ("open",), "given", (CLERKS,)),
        Transition("take", "Lấy lại", ("given",), "open", (CLERKS,)),
    ),
)


def measure_acts(clerk_id: int, office_id: int) -> dict[str, dict[int, float]]:
    """Acts per second by kind and number of threads."""
    register_flow(FLOW)
    clerk = Actor.person(clerk_id)
    records = [_registered(office_id, clerk) for _ in range(_ACTS)]
    return {
        "registrations with a number, one series": {
            n: _per_second(n, lambda _: _registered(office_id, clerk)) for n in (1, 8)
        },
        "transitions, one record each": {
            n: _per_second(n, lambda place, key=key: _move(records[place], clerk, key))
            for n, key in ((1, "give"), (8, "take"))
        },
    }


def _registered(office_id: int, clerk: Actor) -> Record:
    record = Record(type="bench", title="Công văn", owner_id=office_id, opened_on=_AT.date())
    with acting_as(clerk), start(record, by=clerk, at=_AT):
        office = Organization.objects.get(pk=office_id)
        next_number(record, organization=office, series=ARRIVALS, period="2026", at=_AT)
    return record


def _move(record: Record, clerk: Actor, key: str) -> None:
    with acting_as(clerk), act(record, key, by=clerk, at=_AT):
        pass


def _per_second(threads: int, one: Callable[[int], object]) -> float:
    def share(first: int) -> None:
        for place in range(first, _ACTS, threads):
            one(place)
        connection.close()

    connection.close()  # the pool holds eight
    begun = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(share, range(threads)))
    return _ACTS / (time.perf_counter() - begun)
