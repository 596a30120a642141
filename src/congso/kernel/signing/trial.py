"""A trial signature: one page of ours, signed, judged, thrown away."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from congso.kernel.signing.appearance import Look
from congso.kernel.signing.models import Credential
from congso.kernel.signing.pades import sign
from congso.kernel.signing.places import Place, PlaceKind, prepare
from congso.kernel.signing.services import key_of
from congso.kernel.signing.trust import check_file, default_means
from congso.kernel.signing.validation.report import Report

_PLACE = Place("ky_thu", PlaceKind.PERSONAL, box=(320, 600, 540, 660))


def try_out(credential: Credential, secret: str, *, at: datetime) -> Report:
    """Sign a sample page with the credential and judge the result like anybody's file. Raises SigningRefused."""
    page = prepare(_blank(), [_PLACE])
    with key_of(credential, description="Ký thử").opened(secret) as key:
        signed = sign(
            page, key=key, place=_PLACE, reason="Ký thử", by=Look(credential.subject), at=at, means=default_means()
        )
    with TemporaryDirectory(prefix="congso-trial-") as folder:
        path = Path(folder) / "trial.pdf"
        path.write_bytes(signed)
        return check_file(path, at=at)


def _blank() -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        made = BytesIO()
        pdf.save(made)
    return made.getvalue()
