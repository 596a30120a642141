"""Whom the portal trusts: the operator's folder and the administrators' table together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from asn1crypto import pem, x509
from django.db import transaction

from congso.kernel.access.services import Actor
from congso.kernel.signing.configuration import timestamp_address, trust_folder
from congso.kernel.signing.journaling import note
from congso.kernel.signing.means import Level, Means, timestamper_at
from congso.kernel.signing.models import TrustAnchor
from congso.kernel.signing.validation.report import LIMITS, Report, read_report

_ENDINGS = {".pem", ".crt", ".cer", ".der"}


class NotAnAnchor(Exception):
    """What was given cannot be a root; the message tells why, in Vietnamese."""


@dataclass(frozen=True)
class Trusted:
    """Roots in DER, fingerprints of the worthless ones, revocation lists in DER."""

    anchors: tuple[bytes, ...]
    tests: frozenset[str]
    lists: tuple[bytes, ...] = ()


def trusted() -> Trusted:
    """Everything trusted now. One query; the folder is read anew, so that a change holds at once."""
    folder = trust_folder()
    rows = TrustAnchor.objects.filter(withdrawn_at__isnull=True).values_list("certificate", "is_test")
    official = [*_in(folder), *(_load(words.encode()) for words, is_test in rows if not is_test)]
    worthless = [*_in(folder / "test"), *(_load(words.encode()) for words, is_test in rows if is_test)]
    lists = tuple(_bare(path.read_bytes()) for path in sorted(folder.glob("*.crl")))
    every = {one.dump() for one in [*official, *worthless]}
    return Trusted(tuple(sorted(every)), frozenset(one.sha256.hex() for one in worthless), lists)


def default_means() -> Means:
    """What signing uses in this installation: B-LTA with a timestamping authority, B-B without."""
    stamper = timestamper_at(timestamp_address())
    anchors = [x509.Certificate.load(one) for one in trusted().anchors]
    return Means(anchors, stamper, Level.B_LTA if stamper else Level.B_B)


def check_file(path: Path, *, at: datetime, seconds: float = LIMITS.seconds_per_file) -> Report:
    """The validation report of a PDF, judged in a guarded child within so many seconds. Nothing of it is kept."""
    told = trusted()
    with TemporaryDirectory(prefix="congso-check-") as work:
        return read_report(
            path, anchors=told.anchors, tests=told.tests, lists=told.lists, at=at, work=Path(work), seconds=seconds
        )


@transaction.atomic
def trust_anchor(data: bytes, *, is_test: bool, reason: str, by: Actor, at: datetime) -> TrustAnchor:
    """Trust a root from now on; journaled. Raises NotAnAnchor. The database lets administrators alone."""
    try:
        certificate = _load(data)
        is_root = bool(certificate.ca) and certificate.subject.dump() == certificate.issuer.dump()
    except (ValueError, TypeError, KeyError) as error:
        raise NotAnAnchor("Tệp không phải chứng thư số (PEM hoặc DER).") from error
    if not is_root:
        raise NotAnAnchor("Đây không phải chứng thư gốc: gốc do chính mình ký và được quyền cấp chứng thư.")
    if not reason.strip():
        raise NotAnAnchor("Hãy ghi căn cứ tin cậy (văn bản, nguồn lấy chứng thư).")
    made = TrustAnchor.objects.create(
        name=certificate.subject.human_friendly[:300],
        certificate=pem.armor("CERTIFICATE", certificate.dump()).decode(),
        fingerprint=certificate.sha256.hex(), is_test=is_test, reason=reason.strip()[:300], added_by_id=by.id,
        added_at=at,
    )  # fmt: skip
    note("anchor_trusted", by=by, at=at, name=made.name, fingerprint=made.fingerprint, reason=made.reason)
    return made


@transaction.atomic
def withdraw_anchor(anchor: TrustAnchor, *, by: Actor, at: datetime) -> None:
    """Trust it no longer; journaled."""
    if TrustAnchor.objects.filter(pk=anchor.pk, withdrawn_at__isnull=True).update(withdrawn_at=at):
        note("anchor_withdrawn", by=by, at=at, name=anchor.name, fingerprint=anchor.fingerprint)


def _in(folder: Path) -> Iterable[x509.Certificate]:
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return [_load(path.read_bytes()) for path in paths if path.suffix in _ENDINGS]


def _load(data: bytes) -> x509.Certificate:
    return x509.Certificate.load(_bare(data), strict=True)


def _bare(data: bytes) -> bytes:
    return pem.unarmor(data)[2] if pem.detect(data) else data
