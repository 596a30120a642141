"""The worker's part: reading batches, making archive files, reading again."""

from congso.apps.digitization.services.accepting import BIND, bind
from congso.apps.digitization.services.processing import PROCESS, process
from congso.apps.digitization.services.rereading import REREAD, reread
from congso.kernel.jobs.services import Progress, job


@job(PROCESS)
def process_batch(progress: Progress, *, batch_id: int) -> None:
    """Read a batch."""
    process(progress, batch_id=batch_id)


@job(BIND)
def bind_batch(progress: Progress, *, batch_id: int) -> None:
    """Make a batch's archive files."""
    bind(progress, batch_id=batch_id)


@job(REREAD)
def reread_batch(progress: Progress, *, batch_id: int, engine: str) -> None:
    """Read a batch with another engine."""
    reread(progress, batch_id=batch_id, engine=engine)
