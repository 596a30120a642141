"""What the library does by itself each morning, and its long work when asked. All may run twice."""

from django.utils import timezone

from congso.apps.library import services
from congso.apps.library.services import IMPORT, OPEN_BOOK
from congso.kernel.jobs.mornings import each_morning
from congso.kernel.jobs.services import JobRefused, Progress, job
from congso.kernel.workflow.services import Refused

each_morning("library.look_after", minute=25)(services.look_after)


@job(OPEN_BOOK)
def open_book(progress: Progress, *, book_id: int) -> None:
    """Unpack an e-book for the screen."""
    services.open_book(progress, book_id=book_id, at=timezone.now())


@job(IMPORT)
def take_in(progress: Progress, *, run_id: int) -> None:
    """Take in catalogue records from a file."""
    try:
        services.carry_on(progress, run_id=run_id)
    except Refused as refused:
        raise JobRefused(str(refused)) from refused
