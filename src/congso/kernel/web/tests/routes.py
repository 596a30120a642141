"""How the routes of the shell are filled (tests/routes.py)."""

from django.core import signing
from django.http import QueryDict
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.notify import letters
from congso.kernel.notify.models import PushDevice
from congso.kernel.search.models import SavedSearch
from congso.kernel.search.saving import save_search
from tests.ways import Way


def push_device(world: World) -> PushDevice:
    """A device of the clerk's that is woken."""
    with acting_as(Actor.person(world.clerk)):
        return PushDevice.objects.create(
            person_id=world.clerk, endpoint="https://push.example/x", p256dh="x", auth="x", device="x",
            made_at=timezone.now(),
        )  # fmt: skip


def kept_search(world: World) -> SavedSearch:
    """A question the clerk keeps."""
    with acting_as(Actor.person(world.clerk)):
        return save_search(QueryDict("q=chuyển đổi số"), by=Actor.person(world.clerk), at=timezone.now())


WAYS = {
    "/tim-kiem/luu/{pk}": Way(lambda office: {"pk": office.once(kept_search).pk}, owner="clerk"),
    "/thong-bao/thiet-bi/{pk}/bo": Way(lambda office: {"pk": office.once(push_device).pk}, owner="clerk"),
    "/api/v1/notify/devices/{device_id}": Way(lambda office: {"device_id": office.once(push_device).pk}, owner="clerk"),
    "/ho-so/{pk}/ai-xem": Way(lambda office: {"pk": office.document.pk}, owner="clerk"),
    "/quy-dinh/{pk}": Way(lambda office: {"pk": office.regulation.pk}, owner="administrator", is_open=True),
    "/thong-bao/thoi-nhan/{token}": Way(
        lambda office: {"token": signing.dumps([office.world.clerk, letters.DIGEST], salt=letters._SALT)},
        owner="clerk",
        is_public=True,
    ),
    "/quy-dinh/lich/{year}": Way(lambda office: {"year": 2027}, owner="administrator", is_open=True),
}
