"""Long-term proof: before the last archive timestamp's certificate ends, one more is laid over everything.

ETSI EN 319 142-1, 5.4.3; domain handbook, public 6.2 rule 6. Signed bytes stay; the renewed paper is a new file.
"""

from datetime import datetime, timedelta

from django.db import transaction

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.configuration import store
from congso.kernel.signing.journaling import note
from congso.kernel.signing.keeping import provable_until, store_signed
from congso.kernel.signing.models import SignedFile
from congso.kernel.signing.pades import add_archive_timestamp
from congso.kernel.signing.purposes import handler_for
from congso.kernel.signing.refusals import SigningRefused
from congso.kernel.signing.trust import default_means

AHEAD = timedelta(days=90)
A_NIGHT = 1_000
_SYSTEM = Actor.system(System.REMINDERS)


def renew_ageing(*, at: datetime, most: int = A_NIGHT) -> tuple[int, int]:
    """Stamp again what comes near its end, the nearest first; returns how many were renewed and how many failed.

    Each is a transaction of its own: stopping in the middle loses nothing, running twice renews nothing twice.
    """
    with acting_as(_SYSTEM):
        due = SignedFile.objects.filter(replaced_by__isnull=True, provable_until__lt=at + AHEAD)
        ids = list(due.order_by("provable_until", "id").values_list("id", flat=True)[:most])
    renewed = failed = 0
    for pk in ids:
        try:
            renewed += renew(pk, at=at)
        except SigningRefused:
            failed += 1
    return renewed, failed


def renew(pk: int, *, at: datetime) -> bool:
    """One more archive timestamp on one file; false when another worker has done it. Raises SigningRefused."""
    with acting_as(_SYSTEM):
        old = SignedFile.objects.get(pk=pk)
        stamped = add_archive_timestamp(store().read(old.blob_id), means=default_means())
    with acting_as(_SYSTEM), transaction.atomic():
        held = SignedFile.objects.select_for_update().filter(pk=pk, replaced_by__isnull=True).first()
        if held is None:
            return False
        new = SignedFile.objects.create(
            blob=store_signed(stamped, by=_SYSTEM, at=at), organization_id=old.organization_id,
            signed_at=at, purpose=old.purpose, reference=old.reference, provable_until=provable_until(stamped),
        )  # fmt: skip
        SignedFile.objects.filter(pk=pk).update(replaced_by=new)
        handler_for(old.purpose)(new, _SYSTEM, at)
        note("renewed", by=_SYSTEM, at=at, organization_id=old.organization_id, of=old.blob_id, made=new.blob_id)
    return True
