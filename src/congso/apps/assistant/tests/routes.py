"""How the routes of the assistant are filled (tests/routes.py)."""

from typing import Any

from congso.apps.assistant.tests.factories import answered_turn
from tests.ways import Way


def _turn(world: Any) -> Any:
    return answered_turn(world)


WAYS = {
    "/tro-ly/{pk}": Way(lambda office: {"pk": office.once(_turn).conversation_id}, owner="clerk", colleague="chief"),
    "/tro-ly/y/{pk}": Way(lambda office: {"pk": office.once(_turn).pk}, owner="clerk", colleague="chief"),
    "/tro-ly/trich-dan/{pk}": Way(lambda office: {"pk": office.once(_turn).cited_pk}, owner="clerk", colleague="chief"),
    "/tro-ly/tom-tat/{pk}": Way(lambda office: {"pk": office.document.pk}, owner="clerk"),
    "/api/v1/assistant/questions/{pk}": Way(
        lambda office: {"pk": office.once(_turn).pk}, owner="clerk", colleague="chief"
    ),
}
