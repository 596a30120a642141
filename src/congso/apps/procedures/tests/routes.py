"""How the routes of procedures and cases are filled (tests/routes.py)."""

from datetime import date
from typing import Any

from congso.apps.procedures import services
from congso.apps.procedures.tests import factories
from tests.ways import Way


def publication(world: Any) -> Any:
    """A published procedure with a form to download."""
    return factories.publish(world, with_form=True)


def edition(world: Any) -> Any:
    """A draft of the office's clerk."""
    return factories.draft(world, number="1.000009")


def late_case(world: Any) -> Any:
    """A case at its first step, late and apologised for."""
    made = factories.publish(world, number="1.000003")
    case = factories.at_desk(world, made, at=factories.moment(date(2026, 11, 3)))
    factories.do(world, "chief", services.apologise, case, new_due_on=date(2027, 3, 2), note="Chờ xác nhận")
    return case


def unsent(world: Any) -> Any:
    """An application of the agency's specialist, not handed in."""
    made = factories.publish(world, number="1.000004")
    return factories.apply(world, made, who="agency_specialist")


def _case(**more: Any) -> Any:
    return lambda office: {"pk": office.once(late_case).pk, **more}


WAYS = {
    "/thu-tuc/xem/{code}": Way(lambda office: {"code": office.once(publication).code}, owner="clerk", is_public=True),
    "/thu-tuc/mau/{pk}": Way(
        lambda office: {"pk": office.once(publication).forms.get().pk}, owner="clerk", is_public=True
    ),
    "/thu-tuc/soan/{pk}": Way(lambda office: {"pk": office.once(edition).pk}, owner="clerk"),
    "/thu-tuc/soan/{pk}/phien-ban": Way(lambda office: {"pk": office.once(publication).procedure_id}, owner="clerk"),
    "/thu-tuc/soan/{pk}/viec/{key}": Way(
        lambda office: {"pk": office.once(edition).pk, "key": "submit"}, owner="clerk"
    ),
    "/thu-tuc/ho-so/nop/{code}": Way(
        lambda office: {"code": office.once(publication).code}, owner="clerk", is_open=True
    ),
    "/thu-tuc/ho-so/tiep-nhan/{code}": Way(lambda office: {"code": office.once(publication).code}, owner="clerk"),
    "/thu-tuc/ho-so/{pk}": Way(_case(), owner="clerk"),
    "/thu-tuc/ho-so/{pk}/sua": Way(lambda office: {"pk": office.once(unsent).pk}, owner="agency_specialist"),
    "/thu-tuc/ho-so/{pk}/viec/{key}": Way(_case(key="ask_additions"), owner="clerk"),
    "/api/v1/procedures/cases/{pk}": Way(_case(), owner="clerk"),
    "/api/v1/procedures/cases/{pk}/submit": Way(
        lambda office: {"pk": office.once(unsent).pk}, owner="agency_specialist"
    ),
}
