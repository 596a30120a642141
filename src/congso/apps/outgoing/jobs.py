"""Long work of outgoing documents: preflight of a version, letters."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.apps.outgoing.models import CoSigner, DraftVersion, Recipient
from congso.apps.outgoing.services.checking import findings_in, keep_findings, keep_print, print_of, to_check
from congso.apps.outgoing.services.drafting import CHECK_JOB
from congso.apps.outgoing.services.issuing import MAIL_JOB
from congso.apps.outgoing.services.mailing import letter_outside, letter_to, note_sent, send
from congso.apps.outgoing.services.outside import MAIL_JOB as OUTSIDE_JOB
from congso.apps.outgoing.services.reminding import remind
from congso.kernel.access.services import acting_as
from congso.kernel.jobs.services import JobRefused, Progress, job
from congso.kernel.workflow.services import Refused


@job(CHECK_JOB)
def check_version(progress: Progress, version_id: int) -> None:
    """Print and preflight a version as who made it, outside any transaction; both then stand beside it."""
    with acting_as(progress.actor):
        version = DraftVersion.objects.select_related(
            "document__issuer__parent", "document__signer", "document__replaces", "attachment"
        ).get(pk=version_id)
        data, expected = to_check(version)
    try:
        printed = print_of(data) if version.is_word else None
        found = findings_in(data, expected)
    except Refused as refused:
        raise JobRefused(str(refused)) from refused
    with acting_as(progress.actor):
        now = timezone.now()
        if printed is not None:
            keep_print(version, printed, by=progress.actor, at=now)
        keep_findings(version, found, at=now)


@app.periodic(cron="10 23 * * *")  # 06:10 in Vietnam
@app.task(name="outgoing.remind", queueing_lock="remind_outgoing", lock="remind_outgoing")
def remind_daily(timestamp: int) -> None:
    """Every morning: opinions due or late."""
    remind(at=timezone.now())


@job(OUTSIDE_JOB)
def send_paper_outside(progress: Progress, signer_id: int, is_seal: bool) -> None:  # noqa: FBT001 - a job's argument
    """The paper to an agency outside; a failure stands beside its name and the paper can be sent again."""
    with acting_as(progress.actor):
        signer = CoSigner.objects.select_related("document__issuer", "document__paper").get(pk=signer_id)
        letter = letter_outside(signer, is_seal=is_seal)
    try:
        send(letter)
    except JobRefused as refused:
        with acting_as(progress.actor):
            CoSigner.objects.filter(pk=signer_id).update(sent_problem=str(refused)[:500])
        raise


@job(MAIL_JOB)
def send_mail(progress: Progress, recipient_id: int, recall: str = "") -> None:
    """Send one copy, or the word of a recall; a failure is told on the list and can be tried again."""
    with acting_as(progress.actor):
        recipient = Recipient.objects.select_related("document__issuer", "document__paper").get(pk=recipient_id)
        letter = letter_to(recipient, recall=recall)
    try:
        send(letter)
    except JobRefused as refused:
        with acting_as(progress.actor):
            note_sent(recipient_id, at=timezone.now(), problem=str(refused))
        raise
    if not recall:
        with acting_as(progress.actor):
            note_sent(recipient_id, at=timezone.now())
