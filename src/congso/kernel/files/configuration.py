"""What the installation sets: folders, limits, the store, the virus scanner."""

from pathlib import Path
from typing import Literal

from django.conf import settings

from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.store import FolderStore

Place = Literal["blobs", "spool", "quarantine", "pictures"]


def folder(place: Place) -> Path:
    """One of the package's folders, made on first use and closed to others."""
    path = Path(settings.FILES_DIR) / place
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
    return path


def store() -> FolderStore:
    """Where blobs lie."""
    return FolderStore(folder("blobs"))


def limits() -> Limits:
    """What one upload may take."""
    return Limits(bytes=settings.UPLOAD_MAX_BYTES, ocr_jobs=settings.OCR_JOBS)
