"""The organization's digital seal, after signature, number and date; in the registry's hands."""

from datetime import datetime

from congso.apps.outgoing.models import OutgoingDocument
from congso.apps.outgoing.queries import outgoing_document
from congso.apps.outgoing.services.papers import point_at, seal_place
from congso.kernel.access.services import Actor
from congso.kernel.signing.appearance import Look
from congso.kernel.signing.models import Credential, SignedFile
from congso.kernel.signing.refusals import SigningRefused, Why
from congso.kernel.signing.services import key_of, sign_blob
from congso.kernel.signing.trust import default_means
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.services import Refused, act, check

PURPOSE = "outgoing.seal"


def seal_document(document: OutgoingDocument, *, credential: Credential, secret: str, by: Actor, at: datetime) -> None:
    """Seal the numbered paper with the issuer's (or its office's) key. Raises Refused; then nothing is sealed."""
    check(document, flow_of(document.type).transition("seal"), at=at, note="")
    if credential.organization_id not in {document.issuer_id, document.owner_id}:
        raise Refused(f"Hãy đóng dấu bằng chứng thư của {document.issuer}.")
    if document.paper is None:
        raise Refused("Chưa có bản đã cấp số.")
    try:
        with key_of(credential, description=document.number).opened(secret) as key:
            sign_blob(
                document.paper.blob, key=key, credential=credential, place=seal_place(document),
                look=Look(document.issuer.name), reason="Phát hành", purpose=PURPOSE, reference=str(document.pk),
                means=default_means(), by=by, at=at,
            )  # fmt: skip
    except SigningRefused as refused:
        raise Refused(str(refused)) from refused


def keep_sealed_paper(signed: SignedFile, by: Actor, at: datetime) -> None:
    """The handler of sealed bytes: ready to go out, its SHA-256 fixed. A renewed file changes nothing here."""
    if hasattr(signed, "replaces"):
        return
    try:
        document = outgoing_document(int(signed.reference))
        with act(document, "seal", by=by, at=at) as move:
            point_at(document, signed.blob, stage="sealed", by=by, at=at)
            move.facts |= {"sha256": signed.blob_id, "credential": signed.credential_id}
    except OutgoingDocument.DoesNotExist as gone:
        words = "Văn bản đã được rút lại hoặc chuyển bước nên không ký nữa."
        raise SigningRefused(Why.NOT_ALLOWED, words) from gone
    except Refused as refused:
        raise SigningRefused(Why.NOT_ALLOWED, str(refused)) from refused
