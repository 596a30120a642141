"""What a request carries once `EnterOffice` has let it in; views annotate their request with it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from congso.kernel.access.services import Actor
from congso.kernel.accounts.models import ApiToken, User


class OfficeRequest(HttpRequest):
    """A request with its actor (`actor.id` is the person's id on pages that require sign-in) and principals."""

    actor: Actor
    principals: frozenset[int]
    token: ApiToken | None
    is_factor_pending: bool
    form_targets: list[str]
    shown_record: int
    htmx: HtmxDetails


def account_of(request: OfficeRequest) -> User:
    """The account of the person signed in, on pages that require it. Raises PermissionDenied for a visitor."""
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied
