"""What a request names, as the person may see it."""

from congso.apps.programme.models import Item, Opinion, Programme
from congso.apps.programme.queries import programme_of
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.workflow.services import possible_transitions


def opened(request: OfficeRequest, pk: int) -> Programme:
    """The programme with its parties; looked at by the person. Raises Programme.DoesNotExist."""
    programme = programme_of(pk)
    request.shown_record = pk
    return programme


def item_in(programme: Programme, pk: int) -> Item:
    """One of its items. Raises Item.DoesNotExist."""
    item = next((one for one in programme.items.all() if one.pk == pk), None)
    if item is None:
        raise Item.DoesNotExist
    item.programme = programme
    return item


def opinion_on(programme: Programme, pk: int) -> Opinion:
    """An opinion on it. Raises Opinion.DoesNotExist."""
    opinion = Opinion.objects.select_related("organization", "item").get(pk=pk, programme=programme)
    opinion.programme = programme
    return opinion


def can(request: OfficeRequest, programme: Programme, key: str) -> bool:
    """Whether the person may do this now."""
    return key in {one.key for one in possible_transitions(programme, held=request.principals)}
