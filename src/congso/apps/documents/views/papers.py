"""The files of a document as its pages show them."""

from django.urls import reverse

from congso.apps.documents.models import IncomingDocument
from congso.kernel.files.queries import files_of
from congso.kernel.web.detail import FileLine, PageImage

# A4 at the width the pages are drawn, so that nothing jumps while they load.
WIDTH, HEIGHT = 1000, 1414


def readable(document: IncomingDocument) -> FileLine | None:
    """The file to read beside a form."""
    return next((file for file in file_lines(document) if file.pages), None)


def file_lines(document: IncomingDocument) -> list[FileLine]:
    """The document's files, readable ones first; none once its issuer has recalled it (office 2.5)."""
    if document.state == "recalled":
        return []
    lines = []
    for one in files_of(document):
        shown = one.shown
        pages = [
            PageImage(number, reverse("files:page", args=[shown.pk, number, WIDTH]), WIDTH, HEIGHT)
            for number in range(1, one.pages + 1)
        ]
        url = reverse("files:download", args=[one.file.pk])
        lines.append(FileLine(one.file.name, url, one.file.blob.size, one.file.note, pages, one.file.pk))
    return sorted(lines, key=lambda line: not line.pages)
