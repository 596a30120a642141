"""Uploading as one of the cast, the worker's part, and what a sample system makes of an upload."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone

from congso.kernel.access import principals
from congso.kernel.access.principals import Function
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.directory.testing import World
from congso.kernel.files.models import Upload
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.services import attach_upload, receive_upload
from congso.kernel.jobs.services import run_job
from congso.kernel.records.models import Record

Send = Callable[..., Upload]


def make_record(read: ReadUpload, by: Actor, at: datetime) -> Record:
    """What a system does with an upload: a record for the office's clerks."""
    organization = read.upload.organization_id
    held = [principals.person(by.id), principals.office(organization, Function.CLERKS)]
    record = Record.objects.create(
        type="thử", title=read.upload.name, state="mới", owner_id=organization, opened_on=at.date(),
        created_by_id=by.id, created_at=at, updated_at=at, audience=held, handlers=held,
    )  # fmt: skip
    attach_upload(read, record, by=by, at=at)
    return record


def sender(world: World) -> Send:
    """Upload as one of the cast: `send(data, "tên.pdf", who="clerk", purpose=…, details=…)`."""

    def send(data: bytes, name: str = "kế hoạch.pdf", who: str = "clerk", **more: Any) -> Upload:
        actor = Actor.person(getattr(world, who))
        with acting_as(actor):
            office = Organization.objects.get(code="T.VPTU")
            return receive_upload(
                [data[:1000], data[1000:]], name=name, organization=office, purpose=more.pop("purpose", "thử"),
                by=actor, at=timezone.now(), **more,
            )  # fmt: skip

    return send


def work(upload: Upload) -> None:
    """What the worker does."""
    run_job(upload.job_id, Actor.person(upload.uploaded_by_id))


def again(upload: Upload) -> Upload:
    """The upload as its uploader sees it now."""
    with acting_as(Actor.person(upload.uploaded_by_id)):
        return Upload.objects.select_related("blob", "searchable", "record", "job").get(pk=upload.pk)
