"""Signing many papers with one PIN. What is signed stays signed; the rest waits and can be gone on with.

The PIN lives in the memory of the process that got it, until the work ends; it is in no table, file, queue or log.
So the work runs beside the web process, not in the worker: after a restart the person presses “Ký tiếp”.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from threading import Thread

from django.db import connection, transaction
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.models import Blob
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import JobRefused, Progress, run_job
from congso.kernel.signing.appearance import Look
from congso.kernel.signing.keys.opened import OpenKey
from congso.kernel.signing.means import Means
from congso.kernel.signing.models import Batch, BatchItem, Credential
from congso.kernel.signing.pictures.services import picture_of
from congso.kernel.signing.places import Place, PlaceKind
from congso.kernel.signing.refusals import SigningRefused
from congso.kernel.signing.services import key_of, sign_blob
from congso.kernel.signing.trust import default_means

SIGN_BATCH = "signing.sign_batch"
_AGAIN = "Hãy mở lô ký, bấm “Ký tiếp” và nhập lại mã PIN: mã không được lưu ở đâu cả."
_secrets: dict[int, str] = {}


@dataclass(frozen=True)
class Paper:
    """One paper to be signed: bytes, where on them, for whom, and what people call it."""

    blob: Blob
    place: Place
    purpose: str
    reference: str
    label: str


@transaction.atomic
def make_batch(papers: Iterable[Paper], *, credential: Credential, reason: str = "", by: Actor, at: datetime) -> Batch:
    """A batch of papers waiting for one PIN. Nothing is signed yet."""
    batch = Batch.objects.create(
        person_id=by.id, credential=credential, organization_id=credential.organization_id, reason=reason,
        made_at=at,
    )  # fmt: skip
    BatchItem.objects.bulk_create(
        BatchItem(
            batch=batch, position=position, label=one.label[:300], source=one.blob, place=asdict(one.place),
            purpose=one.purpose, reference=one.reference,
        )
        for position, one in enumerate(papers, 1)
    )  # fmt: skip
    return batch


@transaction.atomic
def start_batch(batch: Batch, secret: str, *, by: Actor, at: datetime) -> Job:
    """Sign what still waits or was refused, in the background; also how a broken-off batch is gone on with."""
    started = hold_secret(batch, secret, by=by, at=at)
    transaction.on_commit(partial(Thread(target=_run, args=(started.pk, by), daemon=True).start))
    return started


def hold_secret(batch: Batch, secret: str, *, by: Actor, at: datetime) -> Job:
    """The job's row, with the PIN beside it in memory; `start_batch` runs it."""
    BatchItem.objects.filter(batch=batch, state=BatchItem.State.REFUSED).update(
        state=BatchItem.State.WAITING, message=""
    )
    waiting = batch.items.filter(state=BatchItem.State.WAITING).count()
    started = Job.objects.create(
        task=SIGN_BATCH, arguments={"batch_id": batch.pk}, label=f"Ký số {waiting} văn bản", person_id=by.person_id,
        total=waiting, queued_at=at,
    )  # fmt: skip
    Batch.objects.filter(pk=batch.pk).update(job=started)
    _secrets[batch.pk] = secret
    return started


def sign_waiting(progress: Progress, *, batch_id: int) -> None:
    """The body of the job: one key opened once, paper after paper, each its own transaction.

    Raises JobRefused with what to do when the key fails; what is signed by then stays.
    """
    secret = _secrets.pop(batch_id, None)
    if secret is None:
        raise JobRefused(_AGAIN)
    actor = progress.actor
    with acting_as(actor):
        batch = Batch.objects.select_related("credential", "person", "organization").get(pk=batch_id)
        ids = list(batch.items.filter(state=BatchItem.State.WAITING).order_by("position").values_list("id", flat=True))
        key, means = key_of(batch.credential, description=f"{len(ids)} văn bản"), default_means()
    done = 0
    try:
        with key.opened(secret, signatures=len(ids)) as opened:
            for pk in ids:
                progress.step(done, len(ids), f"Đã ký {done}/{len(ids)} văn bản")
                _sign_one(pk, batch, opened, means, actor)
                done += 1
    except SigningRefused as refused:
        raise JobRefused(f"Đã ký {done}/{len(ids)} văn bản. {refused}") from refused
    progress.step(done, len(ids), f"Đã xử lý {done}/{len(ids)} văn bản")


def _sign_one(pk: int, batch: Batch, opened: OpenKey, means: Means, actor: Actor) -> None:
    """Sign one paper unless it is signed already. A fault of the paper is noted on it; one of the key is raised."""
    at = timezone.now()
    try:
        with acting_as(actor):
            item = BatchItem.objects.select_for_update(of=("self",)).select_related("source").get(pk=pk)
            if item.state == BatchItem.State.SIGNED:
                return
            signed = sign_blob(
                item.source, key=opened, credential=batch.credential, place=place_of(item), look=look_of(batch),
                reason=batch.reason, purpose=item.purpose, reference=item.reference, means=means, by=actor, at=at,
            )  # fmt: skip
            BatchItem.objects.filter(pk=pk).update(state=BatchItem.State.SIGNED, signed=signed, message="")
    except SigningRefused as refused:
        if refused.is_of_the_key:
            raise
        with acting_as(actor):
            BatchItem.objects.filter(pk=pk).update(state=BatchItem.State.REFUSED, message=str(refused)[:500])


def place_of(item: BatchItem) -> Place:
    """The place kept with the item."""
    told = item.place
    box = tuple(told["box"]) if told["box"] else None
    return Place(told["name"], PlaceKind(told["kind"]), told["page"], box, told["title"])


def look_of(batch: Batch) -> Look:
    """Whose name the signatures show."""
    name = batch.organization.name if batch.organization else batch.person.full_name
    return Look(name, picture_of(batch.credential))


def _run(job_id: int, actor: Actor) -> None:
    with suppress(Exception):  # run_job has written down how it ended
        run_job(job_id, actor)
    connection.close()
