"""What one system offers to do with another's records: a document's page shows “Giao nhiệm vụ” without
knowing who gives tasks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.models import Record
from congso.kernel.records.types import Words


@dataclass(frozen=True)
class Offer:
    """An act that starts from a record of another system; its page takes the record's id as `source`."""

    label: Words
    icon: str
    url_name: str
    visible: Callable[[OfficeRequest, Record], bool]


_offers: list[Offer] = []


def register_offers(offers: Iterable[Offer]) -> None:
    """Announce offers; done once at start-up by the manifests."""
    _offers.extend(offers)


def offers_for(request: OfficeRequest, record: Record) -> list[tuple[Offer, str]]:
    """What this person may start from this record, with addresses."""
    return [
        (offer, f"{reverse(offer.url_name)}?source={record.pk}") for offer in _offers if offer.visible(request, record)
    ]
