"""Keeping signed bytes, and knowing until when they prove themselves."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from asn1crypto.ocsp import OCSPResponse
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError

from congso.kernel.access.services import Actor
from congso.kernel.files.models import Blob
from congso.kernel.files.services import store_file


def store_signed(signed: bytes, *, by: Actor, at: datetime) -> Blob:
    """Keep the bytes as a blob of their own; the ones before stay."""
    with TemporaryDirectory(prefix="congso-signed-") as folder:
        path = Path(folder) / "signed.pdf"
        path.write_bytes(signed)
        return store_file(path, media_type="application/pdf", pages=_pages(signed), by=by, at=at)


def _pages(pdf: bytes) -> int:
    try:
        return int(PdfFileReader(BytesIO(pdf), strict=False).root["/Pages"]["/Count"])
    except (PdfError, ValueError, KeyError, TypeError):
        return 0


def provable_until(pdf: bytes) -> datetime | None:
    """Until when the last archive timestamp can be checked; None without one. For bytes we made.

    The earliest end among the timestamping authority's certificate and those of the OCSP responders enclosed.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        stamps = reader.embedded_timestamp_signatures
        answers = DocumentSecurityStore.read_dss(reader).ocsps if stamps else []
        told = [OCSPResponse.load(one.get_object().data) for one in answers]
    except (PdfError, NoDSSFoundError, ValueError, KeyError):
        return None
    if not stamps:
        return None
    responders = [one for answer in told for one in answer.basic_ocsp_response["certs"] or ()]
    ends: list[datetime] = [one.not_valid_after for one in [stamps[-1].signer_cert, *responders]]
    return min(ends)
