"""Whoever's turn it is signs the prepared paper with her own key; the first signature certifies it (DocMDP level 2).

Of several signers each adds an increment at her own place, in the order of the list; only after the last one the
registry numbers the paper.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from congso.apps.outgoing.models import CoSigner, OutgoingDocument
from congso.apps.outgoing.queries import outgoing_document
from congso.apps.outgoing.services.papers import check_extends, point_at, signature_place
from congso.apps.outgoing.services.powers import check_signer
from congso.apps.outgoing.services.turns import Turn, transition_of, turn_of
from congso.kernel.access.services import Actor
from congso.kernel.signing.appearance import Look
from congso.kernel.signing.bulk import Paper, make_batch
from congso.kernel.signing.models import Batch, Credential, SignedFile
from congso.kernel.signing.pictures.services import picture_of
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
    turn = check_signable(document, credential, by=by, at=at)
    if document.paper is None:
        raise Refused("Chưa có bản trình ký.")
    try:
        with key_of(credential, description=f"{document.type_and_abstract[:120]}").opened(secret) as key:
            sign_blob(
                document.paper.blob, key=key, credential=credential, place=signature_place(document, turn.key),
                look=Look(turn.name, picture_of(credential)), reason="Ký ban hành", purpose=PURPOSE,
                reference=str(document.pk), means=default_means(), by=by, at=at,
            )  # fmt: skip
    except SigningRefused as refused:
        raise Refused(str(refused)) from refused


def batch_of(documents: Sequence[OutgoingDocument], *, credential: Credential, by: Actor, at: datetime) -> Batch:
    """Many papers to be signed with one PIN; each moves on as it is signed. Raises Refused for one that may not be."""
    papers = []
    for document in documents:
        turn = check_signable(document, credential, by=by, at=at)
        if document.paper is None:
            raise Refused("Chưa có bản trình ký.")
        place = signature_place(document, turn.key)
        papers.append(Paper(document.paper.blob, place, PURPOSE, str(document.pk), document.type_and_abstract))
    if not papers:
        raise Refused("Hãy chọn văn bản để ký.")
    return make_batch(papers, credential=credential, reason="Ký ban hành", by=by, at=at)


def check_signable(document: OutgoingDocument, credential: Credential, *, by: Actor, at: datetime) -> Turn:
    """The right state, turn, power and certificate. Raises Refused."""
    turn = turn_of(document)
    check(document, flow_of(document.type).transition(transition_of(turn)), at=at, note="")
    if by.person_id is None or by.person_id != turn.person_id:
        raise NotYours("Chỉ người ký ghi trên văn bản mới ký được; người khác ký thay thì đổi người ký.")
    if credential.person_id != by.person_id:
        raise Refused("Hãy ký bằng chứng thư số của chính mình.")
    check_signer(document, timezone.localdate(at))
    return turn


def sign_with(document: OutgoingDocument, signed: SignedFile, *, by: Actor, at: datetime) -> None:
    """Signed bytes become the paper, whoever's turn it is has signed. Raises Refused."""
    turn = turn_of(document)
    with act(document, transition_of(turn), by=by, at=at) as move:
        check_extends(document, signed.blob)
        point_at(document, signed.blob, stage="signed", by=by, at=at)
        if turn.co_signer is None:
            document.signed_at = at
            document.save(update_fields=["signed_at"])
        else:
            CoSigner.objects.filter(pk=turn.co_signer.pk).update(signed_at=at)
        document.forget()
        move.facts |= {"sha256": signed.blob_id, "credential": signed.credential_id, "place": turn.key}


def keep_signed_paper(signed: SignedFile, by: Actor, at: datetime) -> None:
    """The handler of signed bytes: the paper is signed, the registry's turn. A renewed file changes nothing here."""
    if hasattr(signed, "replaces"):
        return
    try:
        sign_with(outgoing_document(int(signed.reference)), signed, by=by, at=at)
    except OutgoingDocument.DoesNotExist as gone:
        words = "Văn bản đã được rút lại hoặc chuyển bước nên không ký nữa."
        raise SigningRefused(Why.NOT_ALLOWED, words) from gone
    except Refused as refused:
        raise SigningRefused(Why.NOT_ALLOWED, str(refused)) from refused
