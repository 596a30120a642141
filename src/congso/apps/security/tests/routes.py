"""How the routes of the journal's readers are filled (tests/routes.py): auditors alone come in."""

from typing import Any

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.journal.models import Checkpoint, Entry, Key
from congso.kernel.journal.tests.factories import close_book
from tests.ways import Way


def checkpoint(_world: World) -> Checkpoint:
    """The book, closed once."""
    return close_book()


def entry(world: World) -> int:
    """The first line of the book."""
    with acting_as(Actor.person(world.auditor)):
        return Entry.objects.order_by("id").values_list("id", flat=True)[0]


def key(office: Any) -> str:
    """The fingerprint of the key that signed it."""
    office.once(checkpoint)
    with acting_as(Actor.person(office.world.auditor)):
        return Key.objects.values_list("pk", flat=True)[0]


_LINE = Way(lambda office: {"pk": office.once(entry)}, owner="auditor", colleague="clerk")
_CLOSED = Way(lambda office: {"number": office.once(checkpoint).number}, owner="auditor", colleague="clerk")
WAYS = {
    "/an-toan/dong/{pk}": _LINE,
    "/an-toan/bien-ban/{number}": _CLOSED,
    "/an-toan/bien-ban/{number}.json": _CLOSED,
    "/an-toan/bien-ban/{number}.svg": _CLOSED,
    "/an-toan/khoa/{fingerprint}.pem": Way(
        lambda office: {"fingerprint": key(office)}, owner="auditor", colleague="clerk"
    ),
    "/api/v1/security/entries/{pk}": _LINE,
    "/api/v1/security/checkpoints/{number}": _CLOSED,
}
