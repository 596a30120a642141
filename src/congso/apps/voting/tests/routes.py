"""How the routes of ballots are filled (tests/routes.py)."""

from functools import partial

from congso.apps.voting.tests.factories import closed, counted, opened, own_rule, prepare
from tests.ways import Way

# The committee's office prepares; a commune's clerk has no part in it.
_office = partial(Way, owner="clerk", colleague="commune_clerk")
WAYS = {
    "/bieu-quyet/{pk}": _office(lambda office: {"pk": office.once(prepare).pk}),
    "/bieu-quyet/{pk}/{key}": _office(lambda office: {"pk": office.once(prepare).pk, "key": "open"}),
    "/bieu-quyet/{pk}/co-mat": _office(lambda office: {"pk": office.once(opened).pk}),
    "/bieu-quyet/{pk}/phieu": Way(
        lambda office: {"pk": office.once(opened).pk}, owner="secretary", colleague="commune_clerk"
    ),
    "/bieu-quyet/{pk}/dem": Way(
        lambda office: {"pk": office.once(closed).pk}, owner="specialist", colleague="commune_clerk"
    ),
    "/bieu-quyet/{pk}/bien-ban": _office(lambda office: {"pk": office.once(counted).pk}),
    "/bieu-quyet/quy-tac/{code}": Way(
        lambda office: {"code": office.once(own_rule).code}, owner="clerk", colleague="commune_clerk", is_open=True
    ),
}
