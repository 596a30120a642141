"""How the routes of programmes are filled (tests/routes.py)."""

from functools import partial
from typing import Any

from congso.apps.programme.models import Item
from congso.apps.programme.tests.factories import approved, as_one, consulted, make
from tests.ways import Way

_office = partial(Way, owner="chief", colleague="agency_clerk")


def _asked(office: Any) -> Any:
    """A draft the Organization Commission was asked about, with its opinion."""
    return office.once(consulted)


def _item(office: Any) -> int:
    programme, _said = _asked(office)
    with as_one(office.world, "chief"):
        return int(Item.objects.filter(programme=programme).values_list("pk", flat=True)[0])


def _draft(office: Any) -> int:
    return int(office.once(_other).pk)


def _other(world: Any) -> Any:
    return make(world, body="TT")


def _in_force(office: Any) -> tuple[int, int]:
    """An approved programme and its item."""
    programme = office.once(_approved)
    with as_one(office.world, "chief"):
        return programme.pk, int(Item.objects.filter(programme=programme).values_list("pk", flat=True)[0])


def _approved(world: Any) -> Any:
    return approved(world, body="BCH")


WAYS = {
    "/chuong-trinh/{pk}": _office(lambda office: {"pk": _draft(office)}),
    "/chuong-trinh/{pk}/{key}": _office(lambda office: {"pk": _draft(office), "key": "drop"}),
    "/chuong-trinh/{pk}/gop-y": Way(
        lambda office: {"pk": _asked(office)[0].pk}, owner="agency_leader", colleague="commune_clerk"
    ),
    "/chuong-trinh/{pk}/gop-y/{opinion}": Way(
        lambda office: {"pk": _asked(office)[0].pk, "opinion": _asked(office)[1].pk}, owner="chief",
        colleague="commune_clerk",
    ),
    "/chuong-trinh/{pk}/noi-dung/{item}": Way(
        lambda office: {"pk": _asked(office)[0].pk, "item": _item(office)}, owner="chief", colleague="commune_clerk"
    ),
    "/chuong-trinh/{pk}/noi-dung/{item}/{how}": Way(
        lambda office: {"pk": _in_force(office)[0], "item": _in_force(office)[1], "how": "rut"}, owner="chief",
        colleague="commune_clerk",
    ),
}  # fmt: skip
