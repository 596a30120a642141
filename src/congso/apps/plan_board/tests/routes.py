"""How the routes of the plan board are filled (tests/routes.py)."""

from typing import Any

from congso.apps.plan_board import services
from congso.apps.plan_board.tests import factories
from congso.kernel.access.services import acting_as
from tests.ways import Way


def plan(world: Any) -> Any:
    """A plan in force."""
    return factories.in_force(world)


def draft(world: Any) -> Any:
    """A plan still being written."""
    return factories.draft(world)


def _item_of(world: Any) -> Any:
    made = factories.in_force(world)
    factories.report(world, made)
    with acting_as(factories.by(world, "tracker")):
        return factories.item(made, "CT15")


def _matter_of(world: Any) -> Any:
    made = factories.in_force(world)
    return factories.do(world, "tracker", services.raise_matter, made, text="Xin ý kiến", item=None)


def _pack_of(world: Any) -> Any:
    return factories.pack(world, factories.in_force(world))


def _plan(**more: Any) -> Any:
    return lambda office: {"pk": office.once(plan).pk, **more}


def _item(office: Any) -> dict[str, Any]:
    found = office.once(_item_of)
    return {"pk": found.plan_id, "item_id": found.pk}


def _matter(office: Any) -> dict[str, Any]:
    found = office.once(_matter_of)
    return {"pk": found.plan_id, "matter_id": found.pk}


def _pack(office: Any) -> dict[str, Any]:
    found = office.once(_pack_of)
    return {"pk": found.plan_id, "pack_id": found.pk}


WAYS = {
    "/ban-chi-dao/{pk}": Way(_plan(), owner="tracker", colleague="stranger"),
    "/ban-chi-dao/{pk}/muc/{item_id}": Way(_item, owner="tracker", colleague="stranger"),
    # A plan in force is adjusted by its deciders alone.
    "/ban-chi-dao/{pk}/sua": Way(lambda office: {"pk": office.once(draft).pk}, owner="tracker", colleague="stranger"),
    "/ban-chi-dao/{pk}/muc/moi": Way(_plan(), owner="chief", colleague="stranger"),
    "/ban-chi-dao/{pk}/muc/{item_id}/sua": Way(_item, owner="chief", colleague="stranger"),
    "/ban-chi-dao/{pk}/muc/{item_id}/bo": Way(_item, owner="chief", colleague="stranger"),
    "/ban-chi-dao/{pk}/kien-nghi/{matter_id}": Way(_matter, owner="tracker", colleague="stranger"),
    "/ban-chi-dao/{pk}/hop/{pack_id}": Way(_pack, owner="tracker", colleague="stranger"),
    "/ban-chi-dao/{pk}/viec/{key}": Way(_plan(key="close"), owner="chief", colleague="stranger"),
}
