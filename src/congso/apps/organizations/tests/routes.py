"""How the routes of the organization chart are filled (tests/routes.py): everybody reads, administrators change."""

from tests.ways import Way

_KEPT = {"owner": "administrator", "is_open": True}
WAYS = {
    "/to-chuc/{pk}": Way(lambda office: {"pk": office.world.organizations["BTC"]}, **_KEPT),
    "/to-chuc/nguoi/{pk}": Way(lambda office: {"pk": office.world.clerk}, **_KEPT),
    "/to-chuc/chuc-vu/{pk}": Way(lambda office: {"pk": office.post.pk}, **_KEPT),
    "/to-chuc/bo-nhiem/{pk}": Way(lambda office: {"pk": office.assignment.pk}, **_KEPT),
    "/to-chuc/nguoi-thay/{pk}": Way(lambda office: {"pk": office.delegation.pk}, **_KEPT),
    "/api/v1/organizations/organizations/{code}": Way(lambda office: {"code": "T.VPTU"}, **_KEPT),
}
