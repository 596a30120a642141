"""The package's work for the worker: reading an upload, and sweeping up what died left behind."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.kernel.files import intake
from congso.kernel.files.services import READ_UPLOAD
from congso.kernel.files.sweeping import revive_stuck_uploads, sweep_folders
from congso.kernel.jobs.services import Progress, job


@job(READ_UPLOAD)
def read_upload(progress: Progress, *, upload_id: int) -> None:
    """Read one upload."""
    intake.read_upload(progress, upload_id=upload_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="congso.sweep_files", queueing_lock="sweep_files")
def sweep(timestamp: int) -> None:
    """Every five minutes."""
    revive_stuck_uploads(at=timezone.now())
    sweep_folders(at=timezone.now())
