"""How the routes of the calendar are filled (tests/routes.py)."""

from functools import partial

from congso.apps.schedule.tests.factories import make, proposed, room
from tests.ways import Way

# The office's own clerk proposes; a clerk of another agency has no part in it.
_proposer = partial(Way, owner="clerk", colleague="agency_clerk")
WAYS = {
    "/lich/{pk}": _proposer(lambda office: {"pk": office.once(make).pk}),
    "/lich/{pk}/{key}": Way(
        lambda office: {"pk": office.once(proposed).pk, "key": "return"}, owner="chief", colleague="agency_clerk"
    ),
    "/lich/do-dung/{thing}": _proposer(lambda office: {"thing": office.once(room).pk}),
}
