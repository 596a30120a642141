"""What the installation sets: folders, limits, the store, the virus scanner."""

from functools import cache
from pathlib import Path
from typing import Literal

from django.conf import settings

from congso.kernel.files.bucket import BucketPlace, BucketStore
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.store import FolderStore, Store

Place = Literal["blobs", "spool", "quarantine", "pictures"]


def folder(place: Place) -> Path:
    """One of the package's folders, made on first use and closed to others."""
    path = Path(settings.FILES_DIR) / place
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
    return path


def store() -> Store:
    """Where blobs lie: in the bucket the operator names, else in the folder."""
    return bucket_store() if settings.S3_ENDPOINT else folder_store()


def folder_store() -> FolderStore:
    """The folder of blobs, whatever the store in use."""
    return FolderStore(folder("blobs"))


def bucket_store() -> BucketStore:
    """The bucket the settings name. Raises NoClient."""
    place = BucketPlace(
        endpoint=settings.S3_ENDPOINT, bucket=settings.S3_BUCKET, access_key=settings.S3_ACCESS_KEY,
        secret_key=settings.S3_SECRET_KEY, region=settings.S3_REGION, prefix=settings.S3_PREFIX,
        encryption=settings.S3_ENCRYPTION, kms_key=settings.S3_KMS_KEY, checksums=settings.S3_CHECKSUMS,
        ca_file=settings.S3_CA_FILE,
    )  # fmt: skip
    return _bucket(place, folder("spool"))


@cache
def _bucket(place: BucketPlace, work: Path) -> BucketStore:
    """One client a process: it keeps its connections, and is safe between threads."""
    return BucketStore(place, work)


def limits() -> Limits:
    """What one upload may take."""
    return Limits(bytes=settings.UPLOAD_MAX_BYTES, ocr_jobs=settings.OCR_JOBS)
