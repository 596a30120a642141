"""How the routes of ballots are filled (tests/routes.py)."""

from functools import partial
from typing import Any

from congso.apps.voting.tests.factories import closed, counted, opened, own_rule, prepare
from congso.apps.voting.tests.secret_world import Held, allow, close, collecting, handing_out, opened_box, prepared
from tests.ways import Way


def _held(made: Any) -> Any:
    def of_world(world: Any) -> Held:
        allow(world)
        return made(world)

    return of_world


def _to_open(world: Any) -> Held:
    allow(world)
    held = collecting(world)
    close(world, held)
    return held


def _paper_list(made: Any) -> Any:
    return lambda world: made(
        world, rule="bau-tai-hoi-nghi", subject="list", method="paper", seats=2, is_poll_recorded=True,
        names=("Lê Thị An", "Trần Văn Bình", "Phạm Thị Cúc"),
    )  # fmt: skip


_PAPER_DRAFT, _PAPER_CLOSED = _paper_list(prepare), _paper_list(closed)
_HANDING_OUT, _OPENED = _held(handing_out), _held(opened_box)

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
    "/bieu-quyet/{pk}/nhan-phieu": Way(
        lambda office: {"pk": office.once(_HANDING_OUT).ballot.pk}, owner="secretary", colleague="commune_clerk"
    ),
    "/bieu-quyet/{pk}/khoa": Way(
        lambda office: {"pk": office.once(prepared)[0].pk}, owner="specialist", colleague="commune_clerk"
    ),
    "/bieu-quyet/{pk}/mo-hom": Way(
        lambda office: {"pk": office.once(_to_open).ballot.pk}, owner="specialist", colleague="commune_clerk"
    ),
    "/bieu-quyet/{pk}/in-phieu": _office(lambda office: {"pk": office.once(_PAPER_DRAFT).pk}),
    "/bieu-quyet/{pk}/phieu-quet": Way(
        lambda office: {"pk": office.once(_PAPER_CLOSED).pk}, owner="specialist", colleague="commune_clerk"
    ),
    "/bieu-quyet/{pk}/kiem-lai": _office(lambda office: {"pk": office.once(_OPENED).ballot.pk}),
    "/bieu-quyet/hom/{address}": Way(
        lambda office: {"address": office.once(_OPENED).address}, owner="", is_public=True
    ),
    "/bieu-quyet/{pk}/bien-ban": _office(lambda office: {"pk": office.once(counted).pk}),
    "/api/v1/voting/{pk}": _office(lambda office: {"pk": office.once(counted).pk}),
    "/api/v1/voting/{pk}/open": _office(lambda office: {"pk": office.once(prepare).pk}),
    "/api/v1/voting/{pk}/close": _office(lambda office: {"pk": office.once(opened).pk}),
    "/api/v1/voting/{pk}/vote": Way(
        lambda office: {"pk": office.once(opened).pk}, owner="secretary", colleague="commune_clerk"
    ),
    "/bieu-quyet/quy-tac/{code}": Way(
        lambda office: {"code": office.once(own_rule).code}, owner="clerk", colleague="commune_clerk", is_open=True
    ),
}
