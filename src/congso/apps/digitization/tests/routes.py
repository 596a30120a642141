"""How the routes of digitization are filled (tests/routes.py)."""

from typing import Any

from congso.apps.digitization.models import Folder, Page
from congso.apps.digitization.tests import factories
from congso.kernel.access.services import acting_as
from tests.ways import Way


def scanned(world: Any) -> Any:
    """A batch that is being scanned."""
    return factories.scanned(world)


def checking(world: Any) -> Any:
    """A batch whose document waits to be checked."""
    return factories.checking(world)


def _copy_of(world: Any) -> Any:
    return factories.copy_in(world, factories.checking(world))


def _page_of(world: Any) -> Any:
    batch = factories.checking(world)
    with acting_as(factories.by(world, "clerk")):
        return Page.objects.filter(batch=batch).order_by("place")[0]


def _folder_of(world: Any) -> Any:
    batch = factories.checking(world)
    with acting_as(factories.by(world, "clerk")):
        return Folder.objects.filter(batch=batch)[0]


def _folder(office: Any) -> dict[str, Any]:
    found = office.once(_folder_of)
    return {"pk": found.batch_id, "folder_id": found.pk}


def _batch(**more: Any) -> Any:
    return lambda office: {"pk": office.once(scanned).pk, **more}


def _page(**more: Any) -> Any:
    return lambda office: {"pk": office.once(_page_of).pk, **more}


def _copy(**more: Any) -> Any:
    return lambda office: {"pk": office.once(_copy_of).pk, **more}


WAYS = {
    "/so-hoa/{pk}": Way(_batch(), owner="clerk", colleague="stranger"),
    "/so-hoa/{pk}/ho-so/{folder_id}": Way(_folder, owner="clerk", colleague="stranger"),
    "/so-hoa/{pk}/to-phan-cach/{kind}/{number}": Way(_batch(kind="v", number=1), owner="clerk", colleague="stranger"),
    "/so-hoa/{pk}/viec/{key}": Way(_batch(key="process"), owner="clerk", colleague="stranger"),
    "/so-hoa/trang/{pk}": Way(_page(), owner="clerk", colleague="stranger"),
    "/so-hoa/trang/{pk}/anh/{width}": Way(_page(width=240), owner="clerk", colleague="stranger"),
    "/so-hoa/tai-lieu/{pk}": Way(_copy(), owner="clerk", colleague="stranger"),
    "/so-hoa/tai-lieu/{pk}/viec/{key}": Way(_copy(key="drop"), owner="clerk", colleague="stranger"),
}
