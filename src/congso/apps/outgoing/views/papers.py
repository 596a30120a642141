"""The files of a document as its pages show them: the newest paper first, then versions, enclosures."""

from django.urls import reverse

from congso.apps.outgoing.models import OutgoingDocument
from congso.kernel.files.models import Attachment
from congso.kernel.files.queries import files_of
from congso.kernel.web.detail import FileLine, PageImage

# A4 at the width the pages are drawn, so that nothing jumps while they load.
WIDTH, HEIGHT = 1000, 1414
MOST_PAGES = 300


def line_for(attachment: Attachment, *, download: Attachment | None = None, note: str = "") -> FileLine:
    """One PDF, readable page by page."""
    blob = attachment.blob
    pages = [
        PageImage(number, reverse("files:page", args=[attachment.pk, number, WIDTH]), WIDTH, HEIGHT)
        for number in range(1, min(blob.pages, MOST_PAGES) + 1)
    ]
    given = download or attachment
    return FileLine(given.name, reverse("files:download", args=[given.pk]), blob.size, note, pages)


def file_lines(document: OutgoingDocument) -> list[FileLine]:
    """The paper on its way, else the newest version; after it what was enclosed. Versions stand in their own list."""
    lines = []
    version = document.last_version
    if document.paper is not None:
        lines.append(line_for(document.paper))
    elif version is not None and version.pdf is not None:
        lines.append(line_for(version.pdf, download=version.attachment))
    beside = {Attachment.Role.ENCLOSURE, Attachment.Role.EVIDENCE}
    lines += [line_for(held.shown, download=held.file) for held in files_of(document) if held.file.role in beside]
    return lines
