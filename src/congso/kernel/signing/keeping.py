"""Keeping signed bytes, and knowing until when they prove themselves."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from congso.kernel.access.services import Actor
from congso.kernel.files.models import Blob
from congso.kernel.files.services import store_file


def store_signed(signed: bytes, *, pages: int, by: Actor, at: datetime) -> Blob:
    """Keep the bytes as a blob of their own; the ones before stay."""
    with TemporaryDirectory(prefix="congso-signed-") as folder:
        path = Path(folder) / "signed.pdf"
        path.write_bytes(signed)
        return store_file(path, media_type="application/pdf", pages=pages, by=by, at=at)


def provable_until(pdf: bytes) -> datetime | None:
    """When the certificate of the last archive timestamp ends; None without one. For bytes we made."""
    try:
        stamps = PdfFileReader(BytesIO(pdf), strict=False).embedded_timestamp_signatures
    except (PdfError, ValueError, KeyError):
        return None
    return stamps[-1].signer_cert.not_valid_after if stamps else None
