"""The acts on outgoing documents, each one transaction."""

from congso.apps.outgoing.services.addressing import Address, add_recipients, remove_recipient
from congso.apps.outgoing.services.approving import (
    approve,
    approve_unit,
    change_signer,
    send_back,
    submit,
    take_back,
    verify,
    withdraw,
)
from congso.apps.outgoing.services.checking import check_again, repair_version
from congso.apps.outgoing.services.consulting import Point, ask_opinions, close_opinions, decide_points, give_opinion
from congso.apps.outgoing.services.drafting import (
    DraftFacts,
    bring_version,
    edit_draft,
    note_on_page,
    start_draft,
)
from congso.apps.outgoing.services.following import (
    Changes,
    drop_recipient,
    mark_returned,
    recall_document,
    update_document,
)
from congso.apps.outgoing.services.handing import HandedPaper, take_paper, takes_papers_of
from congso.apps.outgoing.services.issuing import issue_document, mark_sent, report_of, send_more
from congso.apps.outgoing.services.numbering import cancel_document, number_document, reserve
from congso.apps.outgoing.services.outside import (
    OutsideStep,
    outside_step,
    paper_for_outside,
    send_outside,
    take_back_signed,
)
from congso.apps.outgoing.services.powers import end_signing, grant_signing
from congso.apps.outgoing.services.sealing import seal_document, seal_part, seals_of
from congso.apps.outgoing.services.signers import (
    OutsideSigning,
    Signing,
    add_co_signer,
    add_outside_signer,
    drop_co_signer,
    move_co_signer,
)
from congso.apps.outgoing.services.signing import batch_of, sign_document
from congso.apps.outgoing.services.turns import turn_of

__all__ = [
    "Address",
    "Changes",
    "DraftFacts",
    "HandedPaper",
    "OutsideSigning",
    "OutsideStep",
    "Point",
    "Signing",
    "add_co_signer",
    "add_outside_signer",
    "add_recipients",
    "approve",
    "approve_unit",
    "ask_opinions",
    "batch_of",
    "bring_version",
    "cancel_document",
    "change_signer",
    "check_again",
    "close_opinions",
    "decide_points",
    "drop_co_signer",
    "drop_recipient",
    "edit_draft",
    "end_signing",
    "give_opinion",
    "grant_signing",
    "issue_document",
    "mark_returned",
    "mark_sent",
    "move_co_signer",
    "note_on_page",
    "number_document",
    "outside_step",
    "paper_for_outside",
    "recall_document",
    "remove_recipient",
    "repair_version",
    "report_of",
    "reserve",
    "seal_document",
    "seal_part",
    "seals_of",
    "send_back",
    "send_more",
    "send_outside",
    "sign_document",
    "start_draft",
    "submit",
    "take_back",
    "take_back_signed",
    "take_paper",
    "takes_papers_of",
    "turn_of",
    "update_document",
    "verify",
    "withdraw",
]
