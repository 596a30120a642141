"""The signer signs the prepared paper with her own key; the first signature certifies it (DocMDP level 2)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from congso.apps.outgoing.models import OutgoingDocument
from congso.apps.outgoing.queries import outgoing_document
from congso.apps.outgoing.services.papers import point_at, signature_place
from congso.apps.outgoing.services.powers import check_signer
from congso.kernel.access.services import Actor
from congso.kernel.signing.appearance import Look
from congso.kernel.signing.bulk import Paper, make_batch
from congso.kernel.signing.models import Batch, Credential, SignedFile
from congso.kernel.signing.refusals import SigningRefused, Why
from congso.kernel.signing.services import key_of, sign_blob
from congso.kernel.signing.trust import default_means
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.services import NotYours, Refused, act, check

PURPOSE = "outgoing.sign"


def sign_document(document: OutgoingDocument, *, credential: Credential, secret: str, by: Actor, at: datetime) -> None:
    """Sign with a token, a remote key or, for demonstration, a software key. Raises Refused; then nothing is signed.

    The signature is made before anything is written: a key that fails leaves the paper waiting for its signer.
    """
    check_signable(document, credential, by=by, at=at)
    if document.paper is None:
        raise Refused("Chưa có bản trình ký.")
    try:
        with key_of(credential, description=f"{document.type_and_abstract[:120]}").opened(secret) as key:
            sign_blob(
                document.paper.blob, key=key, credential=credential, place=signature_place(document),
                look=Look(document.signer_name), reason="Ký ban hành", purpose=PURPOSE, reference=str(document.pk),
                means=default_means(), by=by, at=at,
            )  # fmt: skip
    except SigningRefused as refused:
        raise Refused(str(refused)) from refused


def batch_of(documents: Sequence[OutgoingDocument], *, credential: Credential, by: Actor, at: datetime) -> Batch:
    """Many papers to be signed with one PIN; each moves on as it is signed. Raises Refused for one that may not be."""
    papers = []
    for document in documents:
        check_signable(document, credential, by=by, at=at)
        if document.paper is None:
            raise Refused("Chưa có bản trình ký.")
        papers.append(
            Paper(document.paper.blob, signature_place(document), PURPOSE, str(document.pk), document.type_and_abstract)
        )
    if not papers:
        raise Refused("Hãy chọn văn bản để ký.")
    return make_batch(papers, credential=credential, reason="Ký ban hành", by=by, at=at)


def check_signable(document: OutgoingDocument, credential: Credential, *, by: Actor, at: datetime) -> None:
    """The right state, signer, power and certificate. Raises Refused."""
    check(document, flow_of(document.type).transition("sign"), at=at, note="")
    if by.person_id is None or by.person_id != document.signer_id:
        raise NotYours("Chỉ người ký ghi trên văn bản mới ký được; người khác ký thay thì đổi người ký.")
    if credential.person_id != by.person_id:
        raise Refused("Hãy ký bằng chứng thư số của chính mình.")
    check_signer(document, timezone.localdate(at))


def keep_signed_paper(signed: SignedFile, by: Actor, at: datetime) -> None:
    """The handler of signed bytes: the paper is signed, the registry's turn. A renewed file changes nothing here."""
    if hasattr(signed, "replaces"):
        return
    try:
        document = outgoing_document(int(signed.reference))
        with act(document, "sign", by=by, at=at) as move:
            point_at(document, signed.blob, stage="signed", by=by, at=at)
            document.signed_at = at
            document.save(update_fields=["signed_at"])
            move.facts |= {"sha256": signed.blob_id, "credential": signed.credential_id}
    except OutgoingDocument.DoesNotExist as gone:
        words = "Văn bản đã được rút lại hoặc chuyển bước nên không ký nữa."
        raise SigningRefused(Why.NOT_ALLOWED, words) from gone
    except Refused as refused:
        raise SigningRefused(Why.NOT_ALLOWED, str(refused)) from refused
