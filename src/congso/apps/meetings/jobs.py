"""Long work of meetings: minutes are printed for who signs them with a key."""

from django.utils import timezone

from congso.apps.meetings.queries import meeting_of
from congso.apps.meetings.services.minutes import PRINT_JOB, minutes_paper
from congso.apps.meetings.services.signing import keep_printed, printed_minutes
from congso.kernel.access.services import acting_as
from congso.kernel.jobs.services import JobRefused, Progress, job
from congso.kernel.workflow.services import Refused


@job(PRINT_JOB)
def print_minutes(progress: Progress, meeting_id: int) -> None:
    """Print what the secretary confirmed, outside any transaction. Opened again meanwhile: it is printed anew later."""
    with acting_as(progress.actor):
        meeting = meeting_of(meeting_id)
        confirmed_at, docx = meeting.secretary_signed_at, minutes_paper(meeting)
    try:
        pdf, places = printed_minutes(docx)
        with acting_as(progress.actor):
            meeting = meeting_of(meeting_id)
            if meeting.secretary_signed_at is None or meeting.secretary_signed_at != confirmed_at:
                return
            if meeting.minutes_file_id is None:
                keep_printed(meeting, pdf, places, by=progress.actor, at=timezone.now())
    except Refused as refused:
        raise JobRefused(str(refused)) from refused
