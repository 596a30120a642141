"""Whose turn to sign it is, and which signature carries which agency's seal."""

from dataclasses import dataclass

from congso.apps.outgoing.models import CoSigner, OutgoingDocument
from congso.apps.outgoing.services.contents import KEY


@dataclass(frozen=True)
class Turn:
    """Who signs now, at which block of the paper, and whether it is wholly signed after it."""

    person_id: int | None
    name: str
    key: str
    is_last: bool
    co_signer: CoSigner | None = None


def turn_of(document: OutgoingDocument) -> Turn:
    """The document's own signer first, then the others in their order."""
    left = [one for one in document.signers_after if one.signed_at is None]
    if document.signed_at is None or not left:
        return Turn(document.signer_id, document.signer_name, KEY, not left)
    return Turn(left[0].person_id, left[0].name, left[0].key, len(left) == 1, left[0])


def transition_of(turn: Turn) -> str:
    """What the flow calls signing at this turn."""
    if turn.co_signer is not None and turn.co_signer.is_outside:
        return "take_outside" if turn.is_last else "take_outside_part"
    return "sign" if turn.is_last else "sign_part"


def settle_seals(document: OutgoingDocument) -> None:
    """Each agency seals once, on the first signature made for it; the issuer's own seal is on its signer's."""
    document.forget()
    sealing = {document.issuer_id}
    for one in document.signers_after:
        if one.issuer_id is None:
            continue  # whether it seals was said when it was named
        has_seal = one.issuer_id not in sealing
        sealing.add(one.issuer_id)
        if one.has_seal != has_seal:
            CoSigner.objects.filter(pk=one.pk).update(has_seal=has_seal)
    document.forget()
