"""How the routes of code lists are filled (tests/routes.py): everybody reads, keepers draft."""

from typing import Any

from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.catalogues.models import Catalogue, Version
from congso.kernel.catalogues.services import start_draft
from congso.kernel.directory.testing import World
from tests.ways import Way


def draft(world: World) -> Version:
    """A draft of the types of documents."""
    with acting_as(Actor.person(world.administrator)):
        by, found = world.administrator, Catalogue.objects.get(code="document_types")
        return start_draft(found, by=by, at=timezone.now())


def _with(**more: Any) -> Any:
    def fill(office: Any) -> dict[str, Any]:
        office.once(draft)
        return {"code": "document_types", **more}

    return fill


_KEPT = {"owner": "administrator"}
_API = "/api/v1/catalogues/{code}"
WAYS = {
    "/danh-muc/{code}": Way(_with(), is_open=True, **_KEPT),
    "/danh-muc/{code}/phien-ban/{number}": Way(_with(number=1), is_open=True, **_KEPT),
    "/danh-muc/{code}/thiet-dat": Way(_with(), **_KEPT),
    "/danh-muc/{code}/ban-thao": Way(_with(), **_KEPT),
    "/danh-muc/{code}/ban-thao/muc/{item_code}": Way(_with(item_code="letter"), **_KEPT),
    "/danh-muc/{code}.{kind}": Way(_with(kind="csv"), is_open=True, **_KEPT),
    "/du-lieu-mo/danh-muc/{code}.{kind}": Way(_with(kind="json"), is_public=True, **_KEPT),
    _API: Way(_with(), is_open=True, **_KEPT),
    f"{_API}/draft/items/{{item_code}}": Way(_with(item_code="letter"), is_open=True, **_KEPT),
    f"{_API}/versions/{{number}}": Way(_with(number=1), is_open=True, **_KEPT),
}
