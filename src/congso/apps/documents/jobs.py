"""Long work of incoming documents: the ĐẾN stamp."""

from congso.apps.documents.queries import incoming_document
from congso.apps.documents.services.papers import stamp_document
from congso.apps.documents.services.registry import STAMP_JOB
from congso.kernel.access.services import acting_as
from congso.kernel.jobs.services import Progress, job


@job(STAMP_JOB)
def stamp_arrival_of(progress: Progress, document_id: int) -> None:
    """Put the stamp on the document's readable copy, as the clerk who registered it."""
    with acting_as(progress.actor):
        stamp_document(incoming_document(document_id), by=progress.actor)
