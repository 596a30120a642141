"""The files of a document as its pages show them."""

from congso.apps.documents.models import IncomingDocument
from congso.kernel.web.detail import FileLine


def file_lines(document: IncomingDocument) -> list[FileLine]:
    """The document's files, the readable one first; none once its issuer has recalled it (office 2.5)."""
    return []
