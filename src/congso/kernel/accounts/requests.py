"""What a request carries once `EnterOffice` has let it in; views annotate their request with it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from congso.kernel.access.services import Actor


class OfficeRequest(HttpRequest):
    """A request with its actor (`actor.id` is the person's id on pages that require sign-in) and principals."""

    actor: Actor
    principals: frozenset[int]
    htmx: HtmxDetails
