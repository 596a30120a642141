"""What auditors do: have the book closed, have it read from end to end. The machine's keeper does the work."""

from datetime import datetime

from django.utils import timezone

from congso.apps.security.queries import VERIFY_JOB
from congso.kernel.access.principals import Role, System, role
from congso.kernel.access.services import Actor, acting_as, current_principals
from congso.kernel.directory.queries import title_of
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import Progress, job, queue_job
from congso.kernel.journal.closing import ClosingRefused, make_checkpoint
from congso.kernel.journal.models import Checkpoint, Verification
from congso.kernel.journal.queries import verify_journal
from congso.kernel.journal.services import note_verification, write_entry
from congso.kernel.workflow.services import NotYours, Refused

KEEPER = Actor.system(System.JOURNAL)


def close_book(*, by: Actor, at: datetime) -> Checkpoint:
    """Close the book now, at an auditor's word, which is journaled in her name; the daily job closes it anyway.

    Raises NotYours for others, Refused when the book is shorter than the last checkpoint says.
    """
    _check_auditor()
    _note("journal.checkpoint_asked", by, at)
    try:
        with acting_as(KEEPER):
            return make_checkpoint(actor=str(KEEPER), at=at)
    except ClosingRefused as refused:
        raise Refused(str(refused)) from refused


def ask_verification(*, by: Actor, at: datetime) -> Job:
    """Queue a reading of the whole book; one that waits or runs already is returned instead. Raises NotYours."""
    _check_auditor()
    open_states = (Job.State.WAITING, Job.State.RUNNING)
    running = Job.objects.filter(task=VERIFY_JOB, person_id=by.id, state__in=open_states).first()
    if running:
        return running
    _note("journal.verification_asked", by, at)
    return queue_job(VERIFY_JOB, label="Kiểm tra nhật ký", by=by, at=at, arguments={})


@job(VERIFY_JOB)
def carry_out_verification(progress: Progress) -> None:
    """Read the whole book and note what was found."""
    verify_book()


def verify_book() -> Verification:
    """Read the whole book as its keeper and note what was found."""
    started = timezone.now()
    with acting_as(KEEPER):
        return note_verification(verify_journal(), started_at=started)


def _check_auditor() -> None:
    if role(Role.AUDITOR) not in current_principals():
        raise NotYours("Chỉ người soát xét nhật ký được làm việc này.")


def _note(act: str, by: Actor, at: datetime) -> None:
    label = title_of(by.id, timezone.localdate(at))
    write_entry(act=act, actor=str(by), actor_label=label, at=at)
