"""What several pages need."""

from typing import Any

from congso.apps.digitization.models import DigitalCopy, ScanBatch
from congso.apps.digitization.queries import batch_of, copy_of
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.workflow.services import possible_transitions


def seen_batch(request: OfficeRequest, pk: int) -> ScanBatch:
    """A batch the person sees. Raises ScanBatch.DoesNotExist."""
    batch = batch_of(pk)
    request.shown_record = pk
    return batch


def seen_copy(request: OfficeRequest, pk: int) -> DigitalCopy:
    """A copy the person sees. Raises DigitalCopy.DoesNotExist."""
    copy = copy_of(pk)
    request.shown_record = pk
    return copy


def keys_of(request: OfficeRequest, record: Any) -> set[str]:
    """What the flow lets this person do now."""
    return {one.key for one in possible_transitions(record, held=request.principals)}
