"""REST: judge a PDF, see one's credentials, follow a batch. Signing itself is asked for where a PIN can be typed."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.signing.models import Batch, Credential
from congso.kernel.signing.queries import credentials_of
from congso.kernel.signing.trust import check_file
from congso.kernel.signing.validation.report import Report, SignatureReport
from congso.kernel.workflow.services import Refused

LARGEST = 50 * 2**20
SECONDS = 30
router = Router()


class SaidOut(Schema):
    """A reason: its code, what was found, what to do."""

    code: str
    what: str
    then: str


class SignatureOut(Schema):
    """One signature; times are UTC, `trusted_at` an authority's, `claimed_at` the signer's own word."""

    field: str
    is_timestamp: bool
    verdict: str
    level: str
    signer: str
    organization: str
    issuer: str
    certificate_sha256: str
    trusted_at: datetime | None
    claimed_at: datetime | None
    filled: list[str]
    reasons: list[SaidOut]


class ValidationOut(Schema):
    """valid, untrusted, unknown, invalid or unsigned: the file's worst signature decides."""

    verdict: str
    label: str
    reasons: list[SaidOut]
    signatures: list[SignatureOut]


class CredentialOut(Schema):
    """A certificate one may sign with."""

    id: int
    subject: str
    issuer: str
    provider: str
    status: str
    is_demonstration: bool
    valid_from: datetime
    valid_to: datetime


class BatchOut(Schema):
    """A batch by the state of its papers; `job_state` and `message` tell how its last run went."""

    id: int
    job_state: str
    message: str
    waiting: int
    signed: int
    refused: int


@router.post("/check", response=ValidationOut)
def check(request: OfficeRequest, file: File[UploadedFile]) -> dict[str, Any]:
    """Kiểm tra chữ ký số trên một tệp PDF; tệp không được lưu."""
    if (file.size or 0) > LARGEST:
        raise Refused("Tệp lớn hơn 50 MB.")
    with TemporaryDirectory(prefix="congso-check-") as folder:
        path = Path(folder) / "given.pdf"
        with path.open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        return _report(check_file(path, at=timezone.now(), seconds=SECONDS))


@router.get("/credentials", response=list[CredentialOut])
def list_credentials(request: OfficeRequest) -> list[Credential]:
    """Chứng thư số của người gọi và của cơ quan người gọi làm văn thư."""
    return list(credentials_of())


@router.get("/batches/{pk}", response=BatchOut)
def get_batch(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """Tiến độ một lô ký số của người gọi."""
    found = get_object_or_404(Batch.objects.select_related("job"), pk=pk)
    states = [str(state) for state in found.items.values_list("state", flat=True)]
    counts = {name: states.count(name) for name in ("waiting", "signed", "refused")}
    job = found.job
    return {"id": pk, "job_state": job.state if job else "", "message": job.message if job else "", **counts}


def _report(report: Report) -> dict[str, Any]:
    return {
        "verdict": report.verdict, "label": str(report.shown.label),
        "reasons": _said(report), "signatures": [_signature(one) for one in report.signatures],
    }  # fmt: skip


def _said(judged: Report | SignatureReport) -> list[dict[str, str]]:
    pairs = zip(judged.reasons, judged.said, strict=True)
    return [{"code": code, "what": str(said.what), "then": str(said.then)} for code, said in pairs]


def _signature(one: SignatureReport) -> dict[str, Any]:
    who = one.signer
    return {
        "field": one.field, "is_timestamp": one.is_timestamp, "verdict": one.verdict, "level": one.level,
        "signer": who.name if who else "", "organization": who.organization if who else "",
        "issuer": who.issuer if who else "", "certificate_sha256": who.fingerprint if who else "",
        "trusted_at": one.trusted_at, "claimed_at": one.claimed_at, "filled": list(one.filled), "reasons": _said(one),
    }  # fmt: skip
