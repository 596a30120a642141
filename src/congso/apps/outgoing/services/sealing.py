"""The digital seals, after signatures, number and date: of agencies that issue it too, then of the lead agency."""

from datetime import datetime

from congso.apps.outgoing import rules
from congso.apps.outgoing.flow import seals_missing
from congso.apps.outgoing.models import CoSigner, OutgoingDocument
from congso.apps.outgoing.queries import outgoing_document
from congso.apps.outgoing.services.contents import KEY
from congso.apps.outgoing.services.papers import check_extends, point_at, seal_place
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.signing.appearance import Look
from congso.kernel.signing.models import Credential, SignedFile
from congso.kernel.signing.pictures.services import picture_of
from congso.kernel.signing.refusals import SigningRefused, Why
from congso.kernel.signing.services import key_of, sign_blob
from congso.kernel.signing.trust import default_means
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.services import Refused, act, check

PURPOSE, PART = "outgoing.seal", "outgoing.seal_part"


def seal_document(document: OutgoingDocument, *, credential: Credential, secret: str, by: Actor, at: datetime) -> None:
    """Seal the numbered paper with the issuer's (or its office's) key. Raises Refused; then nothing is sealed."""
    check(document, flow_of(document.type).transition("seal"), at=at, note="")
    if credential.organization_id not in {document.issuer_id, document.owner_id}:
        raise Refused(f"Hãy đóng dấu bằng chứng thư của {document.issuer}.")
    _seal(document, document.issuer, KEY, PURPOSE, credential=credential, secret=secret, by=by, at=at)


def seal_part(document: OutgoingDocument, *, credential: Credential, secret: str, by: Actor, at: datetime) -> None:
    """Seal for another agency that issues it too, over its own signature. Raises Refused; then nothing is sealed."""
    check(document, flow_of(document.type).transition("seal_part"), at=at, note="")
    signer = _sealed_with(document, credential)
    if signer is None:
        missing = ", ".join(one.body for one in seals_missing(document))
        raise Refused(f"Hãy đóng dấu bằng chứng thư của {missing} hoặc của văn phòng phục vụ.")
    issuer = signer.issuer or document.issuer
    _seal(document, issuer, signer.key, PART, credential=credential, secret=secret, by=by, at=at)


def seals_of(document: OutgoingDocument) -> set[int]:
    """The organizations whose seal may be put now: each agency's own, or that of the office that serves it."""
    missing = seals_missing(document)
    issuers = {one.issuer_id for one in missing if one.issuer_id is not None}
    if not missing:
        return {document.issuer_id, document.owner_id}
    return issuers | set(Organization.objects.filter(serves__in=issuers).values_list("pk", flat=True))


def keep_sealed_paper(signed: SignedFile, by: Actor, at: datetime) -> None:
    """The handler of sealed bytes: ready to go out, its SHA-256 fixed. A renewed file changes nothing here."""
    _keep(signed, "seal", "sealed", by, at)


def keep_part_sealed(signed: SignedFile, by: Actor, at: datetime) -> None:
    """The handler of another agency's seal: the paper waits for the next one."""
    _keep(signed, "seal_part", "numbered", by, at)


def _seal(
    document: OutgoingDocument, issuer: Organization, key: str, purpose: str, *, credential: Credential, secret: str,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    if document.paper is None:
        raise Refused("Chưa có bản đã cấp số.")
    try:
        with key_of(credential, description=document.number).opened(secret) as opened:
            sign_blob(
                document.paper.blob, key=opened, credential=credential, place=seal_place(document, key),
                look=_look(issuer, credential), reason="Phát hành", purpose=purpose,
                reference=str(document.pk), means=default_means(), by=by, at=at,
            )  # fmt: skip
    except SigningRefused as refused:
        raise Refused(str(refused)) from refused


def _look(issuer: Organization, credential: Credential) -> Look:
    """The Party's form shows the seal alone, the state form says agency and time too."""
    return Look(issuer.name, picture_of(credential), is_told=issuer.layout_profile == rules.STATE)


def _keep(signed: SignedFile, key: str, stage: str, by: Actor, at: datetime) -> None:
    if hasattr(signed, "replaces"):
        return
    try:
        document = outgoing_document(int(signed.reference))
        signer = _sealed_with(document, signed.credential) if key == "seal_part" else None
        seal_with(document, key, signed, signer, stage=stage, by=by, at=at)
    except OutgoingDocument.DoesNotExist as gone:
        words = "Văn bản đã được rút lại hoặc chuyển bước nên không ký nữa."
        raise SigningRefused(Why.NOT_ALLOWED, words) from gone
    except Refused as refused:
        raise SigningRefused(Why.NOT_ALLOWED, str(refused)) from refused


def seal_with(
    document: OutgoingDocument, key: str, signed: SignedFile, signer: CoSigner | None, *, stage: str, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Sealed bytes become the paper: of the lead agency (`seal`), or of another over its signature. Raises Refused."""
    with act(document, key, by=by, at=at) as move:
        check_extends(document, signed.blob)
        point_at(document, signed.blob, stage=stage, by=by, at=at)
        move.facts |= {"sha256": signed.blob_id, "credential": signed.credential_id}
        if signer is not None:
            CoSigner.objects.filter(pk=signer.pk).update(sealed_at=at)
            move.label = f"Đóng dấu {signer.body}"
            document.forget()


def _sealed_with(document: OutgoingDocument, credential: Credential | None) -> CoSigner | None:
    """The signature this seal belongs to: of the agency itself, or of the one its office serves."""
    if credential is None or credential.organization is None:
        return None
    bodies = {credential.organization_id, credential.organization.serves_id}
    bodies.discard(None)
    return next((one for one in seals_missing(document) if one.issuer_id in bodies), None)
