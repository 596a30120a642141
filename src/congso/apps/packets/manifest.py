from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.exchange.queries import for_people
from congso.kernel.manifest.registry import Manifest
from congso.kernel.web.navigation import Group, MenuItem, holds

_COUNTED = 100


def _keeps_a_registry(request: OfficeRequest) -> bool:
    return holds(request, Function.CLERKS, Function.CHIEFS)


def _waiting(request: OfficeRequest) -> int:
    return for_people(timezone.now())[:_COUNTED].count() if _keeps_a_registry(request) else 0


MANIFEST = Manifest(
    label="packets",
    url_prefix="trao-doi",
    menu=(
        MenuItem(
            "packets",
            _("Trao đổi qua trục"),
            "repeat",
            "packets:stuck",
            Group.DOCUMENTS,
            order=60,
            count=_waiting,
            visible=_keeps_a_registry,
        ),
    ),
)
