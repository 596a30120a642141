"""What may stay on a device: the operator's choice, the device's choice, the kind of record."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from congso.kernel.records.models import Record
from congso.kernel.records.types import type_of

COOKIE = "offline"  # `keep` or `no`, chosen on the device
KEEP = "X-Offline"
WHOSE = "X-Offline-For"


def is_on() -> bool:
    """Whether the operator allows anything to be kept on devices at all."""
    return str(settings.OFFLINE) != "off"


def device_keeps(request: HttpRequest) -> bool:
    """Whether the device that asks keeps copies; one that did not say so gets no leave."""
    return is_on() and request.COOKIES.get(COOKIE) == "keep"


def may_be_kept(record: Record) -> bool:
    """Whether a copy of the record, its forms and its files may stay on the device of a person who sees it.

    No, unless its kind says yes: never a kind that does not know the question, never what was recalled, never
    what belongs to an organization the operator excepted.
    """
    if record.are_files_closed or record.owner.code in settings.OFFLINE_NOT_FOR:
        return False
    declared = type_of(record).kept_offline
    return declared is not None and declared(record)


def kept_records(ids: list[int]) -> list[int]:
    """Of the records a device holds copies of, those it may go on holding: still seen, still allowed."""
    found = Record.objects.filter(pk__in=ids).select_related("owner")
    return [record.pk for record in found if may_be_kept(record)]


def person_tag(person_id: int) -> str:
    """A name for the person that says nothing of her: a device compares it and forgets another's copies."""
    return salted_hmac("congso.offline", str(person_id), algorithm="sha256").hexdigest()[:20]
