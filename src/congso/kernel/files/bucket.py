"""Stored bytes in a bucket of an S3-compatible service, under the same content addresses as in the folder.

Bytes go up and come down in pieces, never whole in memory. What comes down is compared with its name before anybody
gets a byte of it. Calls are repeated by the client (standard mode, five attempts); what then still fails is
StorageAway.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from congso.kernel.files.store import Damaged, StorageAway, StorageFull, checked_name, full_disk_is_told

_PIECE = 8 * 2**20  # of an upload; two are under way at once
_READ = 2**20
_FULL = {"QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity", "507"}
_MISSING = {"404", "NoSuchKey", "NotFound"}


class NoClient(Exception):
    """A bucket is named, but the library that speaks to it is not installed."""


@dataclass(frozen=True)
class BucketPlace:
    """Where a bucket is and how it is spoken to.

    `encryption`: `AES256` or `aws:kms` asks the service to encrypt each object (with `kms_key`, when given); empty
    sends no such header. `checksums`: send and demand the protocol's checksums; off for old servers that refuse them.
    """

    endpoint: str
    bucket: str
    access_key: str
    secret_key: str
    region: str = "us-east-1"
    prefix: str = ""
    encryption: str = ""
    kms_key: str = ""
    checksums: bool = True
    ca_file: str = ""


class BucketStore:
    """Blobs as objects `prefix/ab/cd/abcd…`. `work` is a folder for files that are on their way down."""

    def __init__(self, place: BucketPlace, work: Path, *, client: Any = None) -> None:
        self._place = place
        self._work = work
        self._client = client or _client(place)

    def put(self, source: Path, sha256: str) -> None:
        """As `Store.put`; compared by size afterwards, by checksum on the way."""
        if self.size(sha256) == source.stat().st_size:
            return
        from boto3.s3.transfer import TransferConfig

        config = TransferConfig(
            multipart_threshold=_PIECE, multipart_chunksize=_PIECE, max_concurrency=2, use_threads=False
        )
        with self._told(), source.open("rb") as file:
            self._client.upload_fileobj(
                file, self._place.bucket, self._key(sha256), ExtraArgs=self._headers(sha256), Config=config
            )
        if self.size(sha256) != source.stat().st_size:
            raise StorageAway

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """As `Store.local`: a copy of one's own, compared with its name, gone when the block ends."""
        path = self._fetch(sha256)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def open(self, sha256: str) -> BinaryIO:
        """As `Store.open`: the copy has no name any more, so it is gone when it is closed."""
        path = self._fetch(sha256)
        try:
            return path.open("rb")
        finally:
            path.unlink(missing_ok=True)

    def read(self, sha256: str) -> bytes:
        """As `Store.read`."""
        with self.open(sha256) as file:
            return file.read()

    def size(self, sha256: str) -> int | None:
        """As `Store.size`."""
        try:
            with self._told():
                found = self._client.head_object(Bucket=self._place.bucket, Key=self._key(sha256))
        except FileNotFoundError:
            return None
        return int(found["ContentLength"])

    def check(self, sha256: str) -> bool:
        """As `Store.check`."""
        digest = hashlib.sha256()
        for piece in self._pieces(sha256):
            digest.update(piece)
        return digest.hexdigest() == sha256

    def names(self) -> Iterator[str]:
        """As `Store.names`: a page of a thousand at a time."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._place.bucket, Prefix=self._prefix, PaginationConfig={"PageSize": 1000}
        )
        found = iter(pages)
        while True:
            with self._told():
                page = next(found, None)
            if page is None:
                return
            names = (str(one["Key"]).rpartition("/")[2] for one in page.get("Contents", ()))
            yield from (name for name in names if len(name) == 64)

    def destroy(self, sha256: str) -> bool:
        """As `Store.destroy`: every version of the object, where the bucket keeps versions."""
        is_found = False
        with self._told():
            versions = self._client.get_paginator("list_object_versions")
            for page in versions.paginate(Bucket=self._place.bucket, Prefix=self._key(sha256)):
                for one in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
                    is_found = True
                    name = {"Key": one["Key"], "VersionId": one["VersionId"]}
                    self._client.delete_object(Bucket=self._place.bucket, **name)
        return is_found

    @property
    def _prefix(self) -> str:
        return f"{self._place.prefix.strip('/')}/" if self._place.prefix.strip("/") else ""

    def _key(self, sha256: str) -> str:
        return f"{self._prefix}{checked_name(sha256)[:2]}/{sha256[2:4]}/{sha256}"

    def _headers(self, sha256: str) -> dict[str, Any]:
        headers: dict[str, Any] = {"ContentType": "application/octet-stream", "Metadata": {"sha256": sha256}}
        if self._place.encryption:
            headers["ServerSideEncryption"] = self._place.encryption
        if self._place.kms_key:
            headers["SSEKMSKeyId"] = self._place.kms_key
        return headers

    def _fetch(self, sha256: str) -> Path:
        """A copy in the work folder, compared with its name. Raises Damaged, and keeps nothing then."""
        target = self._work / f"{uuid4().hex}.fetched"
        digest = hashlib.sha256()
        try:
            with (
                full_disk_is_told(),
                os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file,
            ):
                for piece in self._pieces(sha256):
                    digest.update(piece)
                    file.write(piece)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        if digest.hexdigest() != sha256:
            target.unlink(missing_ok=True)
            raise Damaged(sha256)
        return target

    def _pieces(self, sha256: str) -> Iterator[bytes]:
        """The object's bytes; a connection lost on the way is taken up again where it broke off."""
        place, attempts = 0, 0
        while True:
            try:
                with self._told():
                    told = {"Range": f"bytes={place}-"} if place else {}
                    found = self._client.get_object(Bucket=self._place.bucket, Key=self._key(sha256), **told)
                total = place + int(found["ContentLength"])
                with closing(found["Body"]) as body:
                    while piece := self._next(body):
                        place += len(piece)
                        yield piece
                if place >= total:
                    return
            except StorageAway:
                if attempts >= 3:
                    raise
            attempts += 1
            if attempts > 3:
                raise StorageAway

    def _next(self, body: Any) -> bytes:
        with self._told():
            return bytes(body.read(_READ))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the client's errors into ours; the details are in its log, not in what people read."""
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in _MISSING:
                raise FileNotFoundError(code) from error
            if code in _FULL:
                raise StorageFull from error
            raise StorageAway from error
        except (BotoCoreError, Boto3Error, OSError) as error:
            if isinstance(error, OSError) and not isinstance(error, ConnectionError | TimeoutError):
                raise
            raise StorageAway from error


def _client(place: BucketPlace) -> Any:
    try:
        import boto3
        from botocore.config import Config
    except ImportError as missing:
        raise NoClient("S3_ENDPOINT is set, but the library boto3 is not installed") from missing
    checksums = "when_supported" if place.checksums else "when_required"
    config = Config(
        region_name=place.region, connect_timeout=10, read_timeout=60, max_pool_connections=4,
        retries={"max_attempts": 5, "mode": "standard"}, s3={"addressing_style": "path"}, signature_version="s3v4",
        request_checksum_calculation=checksums, response_checksum_validation=checksums,
        ignore_configured_endpoint_urls=True,
    )  # fmt: skip
    session = boto3.session.Session(aws_access_key_id=place.access_key, aws_secret_access_key=place.secret_key)
    return session.client("s3", endpoint_url=place.endpoint, config=config, verify=place.ca_file or None)
