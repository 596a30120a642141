"""How the routes of packets are filled (tests/routes.py): each act meets a packet on which it can be done."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from congso.apps.packets.tests.test_pages import filled
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.exchange.deciding import accept_packet
from congso.kernel.exchange.models import Direction, Packet, PacketKind, PacketState
from tests.ways import Way


def packets(world: World) -> dict[str, int]:
    """An office with packets of every standing; which of them each act fits."""
    office, clerk = filled(world), Actor.person(world.clerk)
    with acting_as(clerk):
        own = Packet.objects.filter(organization=office)
        arrived = list(own.filter(kind=PacketKind.NEW, state=PacketState.ARRIVED).order_by("pk"))
        asked_back = own.filter(kind=PacketKind.RECALL, state=PacketState.ARRIVED).first()
        accepted = accept_packet(arrived[1], by=clerk, at=timezone.now())
        failing = own.filter(direction=Direction.OUT, state=PacketState.TRYING).first()
        own.filter(pk=arrived[0].pk).update(signature="unknown", signature_reasons="unconfirmed", signer="Sở Mẫu")
        return {"waiting": arrived[0].pk, "recall": asked_back.pk, "accepted": accepted.pk, "failing": failing.pk}


def _way(standing: str, **more: Any) -> Way:
    fill: Callable[[Any], dict[str, Any]] = lambda office: {"pk": office.once(packets)[standing]}  # noqa: E731
    return Way(fill, owner="clerk", **more)


_ACTS = {
    "waiting": (
        ("tiep-nhan", "accept"),
        ("tu-choi", "refuse"),
        ("dung-chung-thu", "confirm-signer"),
        ("kiem-tra-chu-ky", "recheck"),
    ),
    "recall": (("dong-y", "agree"),),
    "accepted": (("bao", "report"),),
    "failing": (("gui-lai", "retry"), ("thoi", "give-up")),
}
_PAGES, _API = "/trao-doi/{pk}", "/api/v1/packets/{pk}"
WAYS = {_PAGES: _way("waiting"), _API: _way("waiting")}
WAYS |= {f"{_PAGES}/{page}": _way(one) for one, acts in _ACTS.items() for page, _ in acts}
WAYS |= {f"{_API}/{act}": _way(one) for one, acts in _ACTS.items() for _, act in acts}
WAYS[f"{_API}/report"] = _way("accepted", form={"status": "03"})
