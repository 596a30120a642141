from collections.abc import Callable

from django.db import transaction
from django.http import HttpResponse

from congso.kernel.access.services import NOBODY, Actor, enter
from congso.kernel.accounts.requests import OfficeRequest


class EnterOffice:
    """Every request is one transaction, opened for the signed-in person, or for nobody.

    An error answer (4xx, 5xx) rolls everything back: nothing stays half done. `request.actor` and
    `request.principals` are what views pass on.
    """

    def __init__(self, get_response: Callable[[OfficeRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: OfficeRequest) -> HttpResponse:
        with transaction.atomic():
            request.actor = _actor(request)
            request.principals = enter(request.actor)
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            return response


def _actor(request: OfficeRequest) -> Actor:
    user = request.user
    return Actor.person(user.person_id) if user.is_authenticated else NOBODY
