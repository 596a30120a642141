"""How the routes of the shell are filled (tests/routes.py)."""

from tests.ways import Way

WAYS = {
    "/ho-so/{pk}": Way(lambda office: {"pk": office.document.pk}, owner="clerk"),
    "/quy-dinh/{pk}": Way(lambda office: {"pk": office.regulation.pk}, owner="administrator", is_open=True),
    "/quy-dinh/lich/{year}": Way(lambda office: {"year": 2027}, owner="administrator", is_open=True),
}
