"""What runs by itself: the book is closed every day and carried elsewhere, read every night, told to the SIEM.

Each may run twice, and makes up for days and nights without power.
"""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.apps.security.services import KEEPER, verify_book
from congso.kernel.access.services import acting_as
from congso.kernel.journal.closing import ClosingRefused, make_checkpoint
from congso.kernel.journal.delivering import deliver_checkpoints
from congso.kernel.journal.forwarding import BATCH, forward_journal
from congso.kernel.journal.models import Checkpoint

logger = logging.getLogger(__name__)


@app.periodic(cron="7 * * * *")
@app.task(name="security.close_day", queueing_lock="security.close_day")
def close_day(timestamp: int) -> None:
    """Close the book when today has no checkpoint yet; what stands in the way is read, noted and shown to auditors."""
    now = timezone.now()
    with acting_as(KEEPER):
        newest = Checkpoint.objects.order_by("-number").values_list("made_at", flat=True).first()
    if newest is not None and timezone.localdate(newest) >= timezone.localdate(now):
        return
    try:
        with acting_as(KEEPER):
            make_checkpoint(actor=str(KEEPER), at=now)
    except ClosingRefused as refused:
        logger.error("the journal's book is not closed: %s", refused)  # noqa: TRY400 - no fault of the program
        verify_book()


@app.periodic(cron="*/10 * * * *")
@app.task(name="security.deliver", queueing_lock="security.deliver")
def deliver(timestamp: int) -> None:
    """Carry checkpoints to where the operator wants them."""
    with acting_as(KEEPER):
        deliver_checkpoints(at=timezone.now())


@app.periodic(cron="40 1 * * *")
@app.task(name="security.verify_nightly", queueing_lock="security.verify_nightly")
def verify_nightly(timestamp: int) -> None:
    """Read the whole book while few people work."""
    verify_book()


@app.periodic(cron="* * * * * */10")
@app.task(name="security.forward", queueing_lock="security.forward")
def forward(timestamp: int) -> None:
    """Tell the SIEM what is new."""
    while True:
        with acting_as(KEEPER):
            told = forward_journal(at=timezone.now())
        if told < BATCH:
            return
