"""Long work of the archive: destroying bytes, checking stored files at night, reminders."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.apps.dossiers.queries import disposals
from congso.apps.dossiers.services.checking import check_fixity, remind
from congso.apps.dossiers.services.disposing import DESTROY_JOB, destroy_files
from congso.kernel.access.services import acting_as
from congso.kernel.jobs.services import JobRefused, Progress, job
from congso.kernel.workflow.services import Refused


@job(DESTROY_JOB)
def destroy_files_of(progress: Progress, disposal_id: int) -> None:
    """Overwrite what a decision destroys, as the archivist who carries it out."""
    with acting_as(progress.actor):
        try:
            destroy_files(disposals().get(pk=disposal_id), by=progress.actor, at=timezone.now())
        except Refused as refused:
            raise JobRefused(str(refused)) from refused


@app.periodic(cron="20 18 * * *")  # 01:20 in Vietnam
@app.task(name="dossiers.check_fixity", queueing_lock="check_fixity", lock="check_fixity")
def check_fixity_nightly(timestamp: int) -> None:
    """Every night a share of the archive's files, oldest check first."""
    check_fixity(at=timezone.now())


@app.periodic(cron="40 23 * * *")  # 06:40 in Vietnam
@app.task(name="dossiers.remind", queueing_lock="remind_archive", lock="remind_archive")
def remind_daily(timestamp: int) -> None:
    """Every morning: hand-overs and loans due or late."""
    remind(at=timezone.now())
