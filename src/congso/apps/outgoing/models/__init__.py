"""Outgoing documents: the paper and its drafts, opinions, recipients; who signs."""

from congso.apps.outgoing.models.documents import (
    RECORD_TYPE,
    Channel,
    DraftVersion,
    Opinion,
    OpinionPoint,
    OpinionRound,
    OutgoingDocument,
    PageNote,
    Recipient,
    Told,
)
from congso.apps.outgoing.models.signers import Authority, CoSigner, SigningGrant

__all__ = [
    "RECORD_TYPE",
    "Authority",
    "Channel",
    "CoSigner",
    "DraftVersion",
    "Opinion",
    "OpinionPoint",
    "OpinionRound",
    "OutgoingDocument",
    "PageNote",
    "Recipient",
    "SigningGrant",
    "Told",
]
