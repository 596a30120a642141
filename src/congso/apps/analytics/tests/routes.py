"""How the routes of analytics are filled (tests/routes.py)."""

from typing import Any

from congso.apps.analytics.tests import factories
from tests.ways import Way


def board(world: Any) -> Any:
    """A dashboard of the tracker's with a question."""
    made = factories.board(world)
    factories.question(world, made)
    return made


def public_board(world: Any) -> Any:
    """A dashboard told to everybody by the chief of its office."""
    made = factories.indicator(world, code="KTXH.09")
    factories.observed(world, made)
    board_made = factories.board(world)
    factories.question(world, board_made, source="indicator", indicator=made.code, split_by="period")
    return factories.published(world, board_made)


def _question(world: Any) -> Any:
    return factories.question(world, factories.board(world))


def _file(world: Any) -> Any:
    return factories.file(world)


def _asked(office: Any) -> dict[str, Any]:
    found = office.once(_question)
    return {"pk": found.dashboard_id, "question_id": found.pk}


# Whoever works in the owner's office and its units sees its dashboards.
OFFICE = ("administrator",)
WAYS = {
    "/phan-tich/bang/{pk}": Way(
        lambda office: {"pk": office.once(board).pk}, owner="tracker", colleague="stranger", also=OFFICE
    ),
    "/phan-tich/bang/{pk}/cau-hoi/{question_id}": Way(_asked, owner="tracker", colleague="stranger", also=OFFICE),
    "/phan-tich/bang/{pk}/cong-bo": Way(
        lambda office: {"pk": office.once(board).pk}, owner="chief", colleague="stranger"
    ),
    "/phan-tich/cong-khai/{pk}": Way(
        lambda office: {"pk": office.once(public_board).pk}, owner="clerk", is_public=True
    ),
    "/phan-tich/chi-tieu/{code}": Way(
        lambda office: {"code": office.once(factories.indicator).code}, owner="clerk", is_open=True
    ),
    "/phan-tich/chi-tieu/{code}/nguoi-doc": Way(
        lambda office: {"code": office.once(factories.indicator).code},
        owner="clerk",
        colleague="stranger",
        also=OFFICE,
    ),
    "/phan-tich/tep/{pk}": Way(lambda office: {"pk": office.once(_file).pk}, owner="chief", colleague="clerk"),
}
