"""The package's work: signing a batch (beside the web process, see bulk.py) and renewing archive timestamps."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.kernel.jobs.services import Progress, job
from congso.kernel.signing.bulk import SIGN_BATCH, sign_waiting
from congso.kernel.signing.configuration import timestamp_address
from congso.kernel.signing.renewing import renew_ageing

log = logging.getLogger(__name__)


@job(SIGN_BATCH)
def sign_batch(progress: Progress, *, batch_id: int) -> None:
    """Sign what waits in a batch. A worker that takes it up has no PIN and says so."""
    sign_waiting(progress, batch_id=batch_id)


@app.periodic(cron="40 1 * * *")
@app.task(name="congso.renew_timestamps", queueing_lock="renew_timestamps")
def renew_timestamps(timestamp: int) -> None:
    """Every night, where a timestamping authority is configured."""
    if timestamp_address():
        renewed, failed = renew_ageing(at=timezone.now())
        if renewed or failed:
            log.warning("archive timestamps: %s renewed, %s failed", renewed, failed)
