"""How the routes of one's own account are filled (tests/routes.py)."""

from tests.ways import Way

WAYS = {
    "/tai-khoan/ma-truy-cap/{pk}": Way(lambda office: {"pk": office.token.pk}, owner="clerk"),
    "/tai-khoan/khoa/{pk}": Way(lambda office: {"pk": office.passkey.pk}, owner="clerk"),
    "/tai-khoan/dinh-danh/{pk}": Way(lambda office: {"pk": office.identity.pk}, owner="clerk"),
    "/tai-khoan/dinh-danh/{provider_id}": Way(lambda office: {"provider_id": "vneid"}, owner=""),
}
