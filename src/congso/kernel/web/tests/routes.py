"""How the routes of the shell are filled (tests/routes.py)."""

from django.core import signing

from congso.kernel.notify import letters
from tests.ways import Way

WAYS = {
    "/ho-so/{pk}/ai-xem": Way(lambda office: {"pk": office.document.pk}, owner="clerk"),
    "/quy-dinh/{pk}": Way(lambda office: {"pk": office.regulation.pk}, owner="administrator", is_open=True),
    "/thong-bao/thoi-nhan/{token}": Way(
        lambda office: {"token": signing.dumps([office.world.clerk, letters.DIGEST], salt=letters._SALT)},
        owner="clerk",
        is_public=True,
    ),
    "/quy-dinh/lich/{year}": Way(lambda office: {"year": 2027}, owner="administrator", is_open=True),
}
