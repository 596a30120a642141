"""Long work of incoming documents: the ĐẾN stamp, the watched folder."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from congso.apps.documents.queries import incoming_document
from congso.apps.documents.services.papers import stamp_document
from congso.apps.documents.services.registry import STAMP_JOB
from congso.apps.documents.services.watching import take_in_watched_files
from congso.kernel.access.services import acting_as
from congso.kernel.jobs.services import Progress, job


@job(STAMP_JOB)
def stamp_arrival_of(progress: Progress, document_id: int) -> None:
    """Put the stamp on the document's readable copy, as the clerk who registered it."""
    with acting_as(progress.actor):
        stamp_document(incoming_document(document_id), by=progress.actor)


@app.periodic(cron="* * * * *")
@app.task(name="documents.watch_folder", queueing_lock="watch_folder", lock="watch_folder")
def watch_folder(timestamp: int) -> None:
    """Every minute, where a folder is set; one round never meets another."""
    if settings.WATCH_FOLDER:
        take_in_watched_files(settings.WATCH_FOLDER, settings.WATCH_AS, at=timezone.now())
